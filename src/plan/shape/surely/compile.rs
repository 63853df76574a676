//! The source form of the schema → [`Forms`], by the same marks and places as the expansion.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;

use super::super::super::expand::Place;
use super::super::super::schema::{FieldId, Schema};
use super::super::formats::{self, Accepts};
use super::{Beside, Bounds, Form, FormId, Forms, Member, ModeKind, Object, Text};
use crate::document::{Content, Node};

pub(super) fn forms(schema: &Schema) -> Forms {
    let source = schema.source();
    let mut compiler = Compiler {
        schema,
        definitions: source.get("$defs"),
        all: Vec::new(),
        named: BTreeMap::new(),
        patterns: BTreeMap::new(),
    };
    let root = Object {
        beside: Beside {
            keys: &[],
            ..beside(Place::default())
        },
        ..compiler.fields(source, Place::default())
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

struct Compiler<'s> {
    schema: &'s Schema,
    definitions: Option<Node<'s>>,
    all: Vec<Form>,
    /// A definition for a place is read once, however often it is referred to.
    named: BTreeMap<(&'s str, Place), FormId>,
    patterns: BTreeMap<&'s str, Arc<Regex>>,
}

impl<'s> Compiler<'s> {
    fn push(&mut self, form: Form) -> FormId {
        let id = u16::try_from(self.all.len()).expect("internal: a small schema");
        self.all.push(form);
        FormId(id)
    }

    /// What may stand at a place.
    fn site(&mut self, node: Node<'s>, place: Place) -> FormId {
        let refers = text(node, "$ref").and_then(|path| path.strip_prefix("#/$defs/"));
        if let Some(name) = refers {
            return self.definition(name, place);
        }
        let form = self.plain(node, place);
        self.push(form)
    }

    fn definition(&mut self, name: &'s str, place: Place) -> FormId {
        if let Some(&known) = self.named.get(&(name, place)) {
            return known;
        }
        let id = self.push(Form::Open);
        self.named.insert((name, place), id);
        if let Some(node) = self.definitions.and_then(|all| all.get(name)) {
            let form = self.plain(node, place);
            self.all[usize::from(id.0)] = form;
        }
        id
    }

    fn plain(&mut self, node: Node<'s>, place: Place) -> Form {
        if let Some(forms) = node.get("oneOf") {
            return self.text_or(forms, place);
        }
        match (text(node, "type"), node.get("items")) {
            (Some("object"), _) => self.object(node, place),
            (Some("array"), Some(items)) if has_only(node, &["items", "uniqueItems"]) => {
                let unique = node.get("uniqueItems").and_then(Node::as_bool);
                let list = Form::List {
                    items: self.site(items, Place::of_item(&items, place)),
                    unique: unique == Some(true),
                };
                self.or_mode(list, place)
            }
            (Some("array"), _) => Form::Open,
            _ => {
                let scalar = self.scalar(node);
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

    fn text_or(&mut self, forms: Node<'s>, place: Place) -> Form {
        let is_object = |form: &Node<'_>| text(*form, "type") == Some("object");
        let (Some(object), Some(alone)) = (
            forms.items().find(is_object),
            forms.items().find(|form| !is_object(form)),
        ) else {
            return Form::Open;
        };
        let inside = Place::of_form(&object, place);
        let text = self.site(alone, Place::default());
        let object = self.object(object, inside);
        let either = Form::TextOr {
            text,
            object: self.push(object),
        };
        if inside.fact {
            return either;
        }
        self.or_mode(either, place)
    }

    fn object(&mut self, node: Node<'s>, place: Place) -> Form {
        let keywords = [
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
        ];
        let least = node.get("minProperties").map(Node::as_int);
        if !has_only(node, &keywords) || least.is_some_and(|least| least != Some(1)) {
            return Form::Open;
        }
        Form::Object(Object {
            not_empty: least.is_some(),
            ..self.fields(node, place)
        })
    }

    fn fields(&mut self, node: Node<'s>, place: Place) -> Object {
        let own = node.get("properties").into_iter().flat_map(Node::entries);
        let fields = own.map(|entry| Member {
            name: entry.key.into(),
            form: self.site(entry.value, Place::of_property(&entry.value)),
            keyed: self.keyed(entry.value),
        });
        Object {
            fields: fields.collect(),
            required: node.get("required").map(words).unwrap_or_default(),
            not_empty: false,
            beside: beside(place),
        }
    }

    fn keyed(&self, property: Node<'s>) -> Option<FieldId> {
        property.get("x-plangate")?.get("key")?;
        self.schema.keyed(property.id())
    }

    fn scalar(&mut self, node: Node<'s>) -> Form {
        let bound = |key: &str, none: f64| node.get(key).and_then(number).unwrap_or(none);
        let bounds = Bounds(
            bound("minimum", f64::NEG_INFINITY),
            bound("maximum", f64::INFINITY),
        );
        let keywords = ["format", "pattern", "minimum", "maximum"];
        match text(node, "type").filter(|_| has_only(node, &keywords)) {
            Some("integer") => Form::Integer(bounds),
            Some("number") => Form::Number(bounds),
            Some("boolean") => Form::Boolean,
            Some("string") => self.text(node),
            _ => Form::Open,
        }
    }

    fn text(&mut self, node: Node<'s>) -> Form {
        let format = text(node, "format").map(format_of);
        let pattern = text(node, "pattern").map(|it| self.pattern(it));
        let values = node.get("x-plangate").and_then(|marks| marks.get("values"));
        match (format, pattern) {
            (Some(None), _) | (_, Some(None)) => Form::Open,
            (format, pattern) => Form::Text(Text {
                words: values.map(keys),
                format: format.flatten(),
                pattern: pattern.flatten(),
            }),
        }
    }

    fn pattern(&mut self, pattern: &'s str) -> Option<Arc<Regex>> {
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

/// The text under a key.
fn text<'s>(node: Node<'s>, key: &str) -> Option<&'s str> {
    node.get(key)?.as_str()
}

fn number(node: Node<'_>) -> Option<f64> {
    match node.content() {
        Content::Int(_) => node.written().parse().ok(),
        Content::Float(value) => Some(value),
        _ => None,
    }
}

fn words(list: Node<'_>) -> Box<[Box<str>]> {
    let words = list.items().filter_map(Node::as_str);
    words.map(Box::from).collect()
}

fn keys(map: Node<'_>) -> Box<[Box<str>]> {
    map.entries().map(|entry| entry.key.into()).collect()
}

fn mode(place: Place) -> Option<ModeKind> {
    place.mode().map(|name| match name {
        "row_mode" => ModeKind::OfRow,
        _ => ModeKind::Any,
    })
}

/// Whether a schema has no other keywords than these and those that only name it. What is not
/// understood is never sure.
fn has_only(node: Node<'_>, keywords: &[&str]) -> bool {
    let names = ["type", "title", "description", "default", "x-plangate"];
    let known = |key: &str| keywords.contains(&key) || names.contains(&key);
    node.is_map() && node.entries().all(|entry| known(entry.key))
}

fn beside(place: Place) -> Beside {
    Beside {
        keys: place.beside().0,
        fact: place.fact,
        row: place.row,
        variants: place.variants,
    }
}
