//! The plan schema as an arena: what fields there are, of which type, with which marks.
//!
//! The source is `policies/schema/plan.schema.json`; there is no second model (DESIGN §3).

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::text::Localized;

/// A type of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeId(pub u32);

/// A field of some object of the schema, by its place in the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldId(pub u32);

/// What stands at a place of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Named fields, in the order of the schema.
    Object {
        /// The name under `$defs`, or the path of an unnamed object.
        name: String,
        /// Its fields.
        fields: Vec<FieldId>,
    },
    /// A list of items of one type.
    List {
        /// The type of its items.
        item: ShapeId,
    },
    /// One value.
    Scalar(Scalar),
    /// A text, or an object that says more (a citation with a section).
    TextOr {
        /// The object.
        object: ShapeId,
    },
}

/// The types of single values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// Any text.
    Text,
    /// One of these words.
    Words(Vec<String>),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A date to the day, month or year; ISO or ROC.
    Date,
    /// A span of time or 立即, 定期….
    Duration,
    /// A day of every year: `10-31`, 11月中.
    DayOfYear,
    /// 版次, compared part by part: `1.10` is above `1.9`.
    Edition,
}

/// What a field cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A document of the catalogue.
    Document,
    /// A law.
    Law,
    /// A body of the plan.
    Body,
    /// A system of the plan.
    System,
    /// A role title.
    Role,
    /// An organ.
    Organ,
    /// An annex.
    Annex,
}

/// The marks of a field under `x-plangate`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// A mode may stand instead of the value.
    pub fact: bool,
    /// The items of the list may say for whom they hold.
    pub scoped: bool,
    /// Identity of the items: the first alternative whose fields are all present.
    pub key: Vec<Vec<String>>,
    /// 章, 1 to 17.
    pub chapter: Option<u8>,
    /// 款 of the mandatory items, 1 to 13.
    pub item: Option<u8>,
    /// What the field cites.
    pub reference: Option<Reference>,
    /// The field names the body that owns the row.
    pub owner: bool,
    /// The provision of the law that a citation here always means.
    pub provision: Option<String>,
}

/// A field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its key in YAML.
    pub name: String,
    /// Its title in both languages.
    pub title: Localized,
    /// Its type.
    pub shape: ShapeId,
    /// Its marks.
    pub marks: Marks,
    /// The value that holds where the field is absent.
    pub default: Option<Json>,
    /// Whether identity needs it.
    pub required: bool,
}

/// The plan schema.
#[derive(Debug)]
pub struct Schema {
    shapes: Vec<Shape>,
    fields: Vec<Field>,
    root: ShapeId,
    json: Json,
}

/// The plan schema of this version.
const BUILTIN: &str = include_str!("../../policies/schema/plan.schema.json");

impl Schema {
    /// The plan schema that is embedded.
    pub fn builtin() -> Self {
        Self::parse(BUILTIN).expect("internal: the embedded schema reads, by test")
    }

    /// Reads the source form. `Err` says where the schema breaks its own rules; the embedded one
    /// never does, by test.
    pub fn parse(text: &str) -> Result<Self, String> {
        let json: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut builder = Builder {
            definitions: &json["$defs"],
            shapes: Vec::new(),
            fields: Vec::new(),
            named: BTreeMap::new(),
        };
        let root = builder.shape(&json, "plan")?;
        let Builder { shapes, fields, .. } = builder;
        let shapes = shapes
            .into_iter()
            .map(|shape| shape.expect("internal: every shape is set"));
        let shapes = shapes.collect();
        Ok(Self {
            shapes,
            fields,
            root,
            json,
        })
    }

    /// The type of the whole plan.
    pub fn root(&self) -> ShapeId {
        self.root
    }

    /// A type.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    /// A field.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.0 as usize]
    }

    /// Every field, in the order of their ids.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// The fields of an object, of the object of a [`Shape::TextOr`], or none.
    pub fn fields(&self, id: ShapeId) -> &[FieldId] {
        match self.shape(id) {
            Shape::Object { fields, .. } => fields,
            Shape::TextOr { object } => self.fields(*object),
            _ => &[],
        }
    }

    /// The field of that name.
    pub fn field_named(&self, id: ShapeId, name: &str) -> Option<FieldId> {
        self.fields(id)
            .iter()
            .copied()
            .find(|&field| self.field(field).name == name)
    }

    /// The type of the items where `id` is a list.
    pub fn item_of(&self, id: ShapeId) -> Option<ShapeId> {
        match self.shape(id) {
            Shape::List { item } => Some(*item),
            _ => None,
        }
    }

    /// The field that a path of keys leads to; `[]` and `[*]` step into the items of a list.
    pub fn resolve(&self, path: &str) -> Option<FieldId> {
        self.resolve_from(self.root, path)
    }

    /// The same, from an object.
    pub fn resolve_from(&self, start: ShapeId, path: &str) -> Option<FieldId> {
        let mut shape = start;
        let mut found = None;
        for segment in path.split('.') {
            let name = segment.trim_end_matches("[]").trim_end_matches("[*]");
            let inner = self.item_of(shape).unwrap_or(shape);
            let field = self.field_named(inner, name)?;
            found = Some(field);
            shape = self.field(field).shape;
        }
        found
    }

    /// The source form, as read.
    pub fn json(&self) -> &Json {
        &self.json
    }
}

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
            return Ok(Shape::TextOr {
                object: self.shape(object, path)?,
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
    }
}

/// `[id]` is one field, `[body, name]` several together, `[[id, name]]` the first present.
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
        Some(fields) => vec![words(fields)],
        None => Vec::new(),
    }
}

fn read_reference(word: &str) -> Option<Reference> {
    Some(match word {
        "document" => Reference::Document,
        "law" => Reference::Law,
        "body" => Reference::Body,
        "system" => Reference::System,
        "role" => Reference::Role,
        "organ" => Reference::Organ,
        "annex" => Reference::Annex,
        _ => return None,
    })
}
