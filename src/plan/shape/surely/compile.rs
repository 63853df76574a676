//! The source form of the schema → [`Forms`], by the same marks and places as the expansion.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use serde_json::Value as Json;

use super::super::super::expand::Place;
use super::super::formats::{self, Accepts};
use super::{Beside, Bounds, Form, FormId, Forms, ModeKind, Object, Text};

pub(super) fn forms(schema: &Json) -> Forms {
    let mut compiler = Compiler {
        definitions: &schema["$defs"],
        all: Vec::new(),
        named: BTreeMap::new(),
        patterns: BTreeMap::new(),
    };
    let root = Object {
        beside: Beside {
            keys: &[],
            ..beside(Place::default())
        },
        ..compiler.fields(schema, Place::default())
    };
    let root = compiler.push(Form::Object(root));
    let document = compiler.definition("document_citation", Place::default());
    let law = compiler.definition("law_citation", Place::default());
    Forms {
        all: compiler.all,
        root,
        document,
        law,
    }
}

struct Compiler<'j> {
    definitions: &'j Json,
    all: Vec<Form>,
    /// A definition for a place is read once, however often it is referred to.
    named: BTreeMap<(&'j str, Place), FormId>,
    patterns: BTreeMap<&'j str, Arc<Regex>>,
}

impl<'j> Compiler<'j> {
    fn push(&mut self, form: Form) -> FormId {
        let id = u16::try_from(self.all.len()).expect("internal: a small schema");
        self.all.push(form);
        FormId(id)
    }

    /// What may stand at a place.
    fn site(&mut self, json: &'j Json, place: Place) -> FormId {
        if let Some(name) = json["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix("#/$defs/"))
        {
            return self.definition(name, place);
        }
        let form = self.plain(json, place);
        self.push(form)
    }

    fn definition(&mut self, name: &'j str, place: Place) -> FormId {
        if let Some(&known) = self.named.get(&(name, place)) {
            return known;
        }
        let id = self.push(Form::Open);
        self.named.insert((name, place), id);
        let form = self.plain(&self.definitions[name], place);
        self.all[usize::from(id.0)] = form;
        id
    }

    fn plain(&mut self, json: &'j Json, place: Place) -> Form {
        if let Some(forms) = json["oneOf"].as_array() {
            return self.text_or(forms, place);
        }
        match json["type"].as_str() {
            Some("object") => self.object(json, place),
            Some("array") if has_only(json, &["items", "uniqueItems"]) => {
                let items = &json["items"];
                let list = Form::List {
                    items: self.site(items, Place::of_item(items, place)),
                    unique: json["uniqueItems"] == true,
                };
                self.or_mode(list, place)
            }
            Some("array") => Form::Open,
            _ => {
                let scalar = self.scalar(json);
                self.or_mode(scalar, place)
            }
        }
    }

    fn or_mode(&mut self, form: Form, place: Place) -> Form {
        match mode(place) {
            Some(mode) => Form::Fact {
                value: self.push(form),
                mode,
            },
            None => form,
        }
    }

    fn text_or(&mut self, forms: &'j [Json], place: Place) -> Form {
        let is_object = |form: &&Json| form["type"] == "object";
        let (Some(object), Some(text)) = (
            forms.iter().find(is_object),
            forms.iter().find(|form| !is_object(form)),
        ) else {
            return Form::Open;
        };
        let inside = Place::of_form(object, place);
        let (text, object) = (self.scalar(text), self.object(object, inside));
        let either = Form::TextOr {
            text: self.push(text),
            object: self.push(object),
        };
        if inside.fact {
            return either;
        }
        self.or_mode(either, place)
    }

    fn object(&mut self, json: &'j Json, place: Place) -> Form {
        let keywords = [
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
        ];
        let least = json.get("minProperties");
        if !has_only(json, &keywords) || least.is_some_and(|least| *least != 1) {
            return Form::Open;
        }
        Form::Object(Object {
            not_empty: least.is_some(),
            ..self.fields(json, place)
        })
    }

    fn fields(&mut self, json: &'j Json, place: Place) -> Object {
        let own = json["properties"].as_object().into_iter().flatten();
        let fields = own.map(|(name, property)| {
            let form = self.site(property, Place::of_property(property));
            (name.as_str().into(), form)
        });
        Object {
            fields: fields.collect(),
            required: words(&json["required"]).unwrap_or_default(),
            not_empty: false,
            beside: beside(place),
        }
    }

    fn scalar(&mut self, json: &'j Json) -> Form {
        let bound = |key: &str, none: f64| json[key].as_f64().unwrap_or(none);
        let bounds = Bounds(
            bound("minimum", f64::NEG_INFINITY),
            bound("maximum", f64::INFINITY),
        );
        let keywords = ["enum", "format", "pattern", "minimum", "maximum"];
        match json["type"].as_str().filter(|_| has_only(json, &keywords)) {
            Some("integer") => Form::Integer(bounds),
            Some("number") => Form::Number(bounds),
            Some("boolean") => Form::Boolean,
            Some("string") => self.text(json),
            _ => Form::Open,
        }
    }

    fn text(&mut self, json: &'j Json) -> Form {
        let format = json["format"].as_str().map(format_of);
        let pattern = json["pattern"].as_str().map(|it| self.pattern(it));
        match (format, pattern) {
            (Some(None), _) | (_, Some(None)) => Form::Open,
            (format, pattern) => Form::Text(Text {
                words: words(&json["enum"]),
                format: format.flatten(),
                pattern: pattern.flatten(),
            }),
        }
    }

    fn pattern(&mut self, pattern: &'j str) -> Option<Arc<Regex>> {
        if let Some(known) = self.patterns.get(pattern) {
            return Some(Arc::clone(known));
        }
        let regex = Arc::new(Regex::new(pattern).ok()?);
        self.patterns.insert(pattern, Arc::clone(&regex));
        Some(regex)
    }
}

fn format_of(name: &str) -> Option<Accepts> {
    formats::all().find_map(|(known, accepts)| (known == name).then_some(accepts))
}

fn words(json: &Json) -> Option<Box<[Box<str>]>> {
    let words = json.as_array()?.iter().filter_map(Json::as_str);
    Some(words.map(Box::from).collect())
}

fn mode(place: Place) -> Option<ModeKind> {
    place.mode().map(|name| match name {
        "row_mode" => ModeKind::OfRow,
        _ => ModeKind::Any,
    })
}

/// Whether a schema has no other keywords than these and those that only name it. What is not
/// understood is never sure.
fn has_only(json: &Json, keywords: &[&str]) -> bool {
    let names = ["type", "title", "description", "default", "x-plangate"];
    let known = |key: &String| keywords.contains(&key.as_str()) || names.contains(&key.as_str());
    json.as_object().is_some_and(|json| json.keys().all(known))
}

fn beside(place: Place) -> Beside {
    Beside {
        keys: place.beside().0,
        fact: place.fact,
        row: place.row,
        variants: place.variants,
    }
}
