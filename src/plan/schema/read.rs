//! The source form of the schema → the arena.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{Concern, Direction, Field, FieldId, Marks, Reference, Scalar, Shape, ShapeId};
use crate::text::Localized;

/// Every shape and field, and the shape of a whole plan. `Err` names the place that breaks the
/// rules of the source form.
pub(super) fn arena(json: &Json) -> Result<(Vec<Shape>, Vec<Field>, ShapeId), String> {
    let mut builder = Builder {
        definitions: &json["$defs"],
        shapes: Vec::new(),
        fields: Vec::new(),
        named: BTreeMap::new(),
    };
    let root = builder.shape(json, "plan")?;
    let Builder { shapes, fields, .. } = builder;
    let shapes = shapes
        .into_iter()
        .map(|shape| shape.expect("internal: every shape is set"));
    Ok((shapes.collect(), fields, root))
}

/// Builds the arena; a definition is built once, however often it is referred to.
struct Builder<'j> {
    definitions: &'j Json,
    shapes: Vec<Option<Shape>>,
    fields: Vec<Field>,
    named: BTreeMap<&'j str, ShapeId>,
}

impl<'j> Builder<'j> {
    fn shape(&mut self, json: &'j Json, path: &str) -> Result<ShapeId, String> {
        if let Some(name) = json["$ref"]
            .as_str()
            .and_then(|r| r.strip_prefix("#/$defs/"))
        {
            return self.definition(name);
        }
        let id = self.reserve();
        let shape = self.plain(json, path)?;
        self.shapes[id.0 as usize] = Some(shape);
        Ok(id)
    }

    fn reserve(&mut self) -> ShapeId {
        let id = ShapeId(u32::try_from(self.shapes.len()).expect("internal: a small schema"));
        self.shapes.push(None);
        id
    }

    fn definition(&mut self, name: &'j str) -> Result<ShapeId, String> {
        if let Some(&id) = self.named.get(name) {
            return Ok(id);
        }
        let json = &self.definitions[name];
        if json["$ref"].is_string() {
            return self.shape(json, name);
        }
        let id = self.reserve();
        self.named.insert(name, id);
        let shape = self.plain(json, name)?;
        self.shapes[id.0 as usize] = Some(shape);
        Ok(id)
    }

    fn plain(&mut self, json: &'j Json, path: &str) -> Result<Shape, String> {
        if let Some(forms) = json["oneOf"].as_array() {
            let object = forms.iter().find(|form| form["type"] != "string");
            let object = object.ok_or_else(|| format!("{path}: oneOf without an object"))?;
            let object = self.shape(object, path)?;
            let main = json["x-plangate"]["main"].as_str();
            let main = main.map(|name| self.field_named(object, name, path));
            return Ok(Shape::TextOr {
                object,
                main: main.transpose()?,
            });
        }
        match json["type"].as_str() {
            Some("object") => self.object(json, path),
            Some("array") => Ok(Shape::List {
                item: self.shape(&json["items"], path)?,
            }),
            Some("string") => Ok(Shape::Scalar(text_scalar(json))),
            Some("integer") => Ok(Shape::Scalar(Scalar::Integer)),
            Some("number") => Ok(Shape::Scalar(Scalar::Number)),
            Some("boolean") => Ok(Shape::Scalar(Scalar::Boolean)),
            other => Err(format!("{path}: type {other:?} is not of the plan schema")),
        }
    }

    fn field_named(&self, object: ShapeId, name: &str, path: &str) -> Result<FieldId, String> {
        let fields = match &self.shapes[object.0 as usize] {
            Some(Shape::Object { fields, .. }) => fields.as_slice(),
            _ => &[],
        };
        let named = |id: &&FieldId| self.fields[id.0 as usize].name == name;
        let found = fields.iter().find(named).copied();
        found.ok_or_else(|| format!("{path}: main: {name} is no field of the object"))
    }

    fn object(&mut self, json: &'j Json, path: &str) -> Result<Shape, String> {
        let none = Map::new();
        let required = json["required"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut ids = Vec::new();
        for (name, property) in json["properties"].as_object().into_iter().flatten() {
            let shape = self.shape(property, &format!("{path}.{name}"))?;
            let marks = property["x-plangate"].as_object().unwrap_or(&none);
            let field = Field {
                name: name.clone(),
                title: Localized::new(
                    property["title"].as_str().unwrap_or(name),
                    marks.get("en").and_then(Json::as_str).unwrap_or(name),
                ),
                shape,
                marks: read_marks(marks),
                default: property.get("default").cloned(),
                required: required.iter().any(|key| key == name),
            };
            ids.push(FieldId(
                u32::try_from(self.fields.len()).expect("internal: a small schema"),
            ));
            self.fields.push(field);
        }
        Ok(Shape::Object {
            name: path.to_owned(),
            fields: ids,
        })
    }
}

fn text_scalar(json: &Json) -> Scalar {
    if let Some(words) = json["enum"].as_array() {
        return Scalar::Words(
            words
                .iter()
                .filter_map(Json::as_str)
                .map(str::to_owned)
                .collect(),
        );
    }
    match json["format"].as_str() {
        Some("plan-date") => Scalar::Date,
        Some("plan-duration") => Scalar::Duration,
        Some("plan-day-of-year") => Scalar::DayOfYear,
        Some("plan-edition") => Scalar::Edition,
        _ => Scalar::Text,
    }
}

fn read_marks(marks: &Map<String, Json>) -> Marks {
    let flag = |name: &str| marks.get(name).and_then(Json::as_bool).unwrap_or(false);
    let number = |name: &str| {
        marks
            .get(name)
            .and_then(Json::as_u64)
            .and_then(|number| u8::try_from(number).ok())
    };
    Marks {
        fact: flag("fact"),
        scoped: flag("scoped"),
        key: marks.get("key").map(read_key).unwrap_or_default(),
        chapter: number("chapter"),
        item: number("item"),
        reference: marks
            .get("ref")
            .and_then(Json::as_str)
            .and_then(read_reference),
        owner: flag("owner"),
        provision: marks
            .get("provision")
            .and_then(Json::as_str)
            .map(str::to_owned),
        direction: marks
            .get("direction")
            .and_then(|word| read_direction(word, marks.get("ahead"))),
        concern: match marks.get("change").and_then(Json::as_str) {
            Some("grade") => Some(Concern::Grade),
            Some("scope") => Some(Concern::Scope),
            _ => None,
        },
        switch: flag("switch"),
        record: flag("record"),
        merges: flag("merges"),
        strength: match marks.get("strength").and_then(Json::as_str) {
            Some("may") => Some(1),
            Some("should") => Some(2),
            Some("must") => Some(3),
            _ => None,
        },
    }
}

/// A word, or the words or truth values of the field, the weakest first.
fn read_direction(json: &Json, ahead: Option<&Json>) -> Option<Direction> {
    let Some(word) = json.as_str() else {
        let list = json.as_array()?;
        if let Some(strongest) = list.last().and_then(Json::as_bool) {
            return Some(Direction::Truth(strongest));
        }
        let words = list.iter().filter_map(Json::as_str).map(str::to_owned);
        return Some(Direction::Words(words.collect()));
    };
    Some(match word {
        "higher" => Direction::Higher,
        "lower" => Direction::Lower,
        "more" => Direction::More,
        "fewer" => Direction::Fewer,
        "later" => Direction::Later {
            ahead: ahead.and_then(Json::as_str).map(str::to_owned),
        },
        "none" => Direction::Neither,
        _ => return None,
    })
}

/// `[id]` is one field, `[body, name]` several together, `[[id, name]]` the first present,
/// `[[law, title], article]` the first present with the others behind it.
fn read_key(key: &Json) -> Vec<Vec<String>> {
    let words = |list: &[Json]| -> Vec<String> {
        list.iter()
            .filter_map(Json::as_str)
            .map(str::to_owned)
            .collect()
    };
    match key.as_array().map(Vec::as_slice) {
        Some([Json::Array(alternatives)]) => words(alternatives)
            .into_iter()
            .map(|name| vec![name])
            .collect(),
        Some([Json::Array(alternatives), rest @ ..]) => words(alternatives)
            .into_iter()
            .map(|first| std::iter::once(first).chain(words(rest)).collect())
            .collect(),
        Some(fields) => vec![words(fields)],
        None => Vec::new(),
    }
}

fn read_reference(word: &str) -> Option<Reference> {
    let mut all = Reference::ALL.into_iter();
    all.find_map(|(known, reference)| (known == word).then_some(reference))
}
