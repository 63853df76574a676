//! The source form of the schema → the arena.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

use super::{Concern, Direction, Field, FieldId, Marks, Reference, Scalar, Shape, ShapeId, Words};
use crate::document::{Content, Entry, Node};
use crate::text::Localized;

/// Every shape and field, and the shape of a whole plan. `Err` names the place that breaks the
/// rules of the source form.
pub(super) fn arena(source: Node<'_>) -> Result<(Vec<Shape>, Vec<Field>, ShapeId), String> {
    // Some nine nodes of the schema make a field, and a shape: the tables would else be copied as they grow.
    let nodes = source.document().len();
    let mut builder = Builder {
        definitions: source.get("$defs"),
        shapes: Vec::with_capacity(nodes / 9),
        fields: Vec::with_capacity(nodes / 9),
        named: BTreeMap::new(),
    };
    let root = builder.shape(source, &Path::Top("plan"))?;
    let Builder { shapes, fields, .. } = builder;
    let shapes = shapes
        .into_iter()
        .map(|shape| shape.expect("internal: every shape is set"));
    Ok((shapes.collect(), fields, root))
}

/// Where a shape stands: what it is called where something is wrong with it, written only then.
enum Path<'p> {
    Top(&'p str),
    Below(&'p Path<'p>, &'p str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(name) => out.write_str(name),
            Self::Below(path, name) => write!(out, "{path}.{name}"),
        }
    }
}

/// Builds the arena; a definition is built once, however often it is referred to.
struct Builder<'s> {
    definitions: Option<Node<'s>>,
    shapes: Vec<Option<Shape>>,
    fields: Vec<Field>,
    named: BTreeMap<&'s str, ShapeId>,
}

impl<'s> Builder<'s> {
    fn shape(&mut self, node: Node<'s>, path: &Path<'_>) -> Result<ShapeId, String> {
        if let Some(name) = text(node, "$ref").and_then(|r| r.strip_prefix("#/$defs/")) {
            return self.definition(name);
        }
        let id = self.reserve();
        let shape = self.plain(node, path)?;
        self.shapes[id.0 as usize] = Some(shape);
        Ok(id)
    }

    fn reserve(&mut self) -> ShapeId {
        let id = ShapeId(u32::try_from(self.shapes.len()).expect("internal: a small schema"));
        self.shapes.push(None);
        id
    }

    fn definition(&mut self, name: &'s str) -> Result<ShapeId, String> {
        if let Some(&id) = self.named.get(name) {
            return Ok(id);
        }
        let node = self.definitions.and_then(|all| all.get(name));
        let node = node.ok_or_else(|| format!("{name} is not defined"))?;
        if text(node, "$ref").is_some() {
            return self.shape(node, &Path::Top(name));
        }
        let id = self.reserve();
        self.named.insert(name, id);
        let shape = self.plain(node, &Path::Top(name))?;
        self.shapes[id.0 as usize] = Some(shape);
        Ok(id)
    }

    fn plain(&mut self, node: Node<'s>, path: &Path<'_>) -> Result<Shape, String> {
        if let Some(forms) = node.get("oneOf") {
            let form = |is_text: bool| {
                let mut forms = forms.items();
                forms.find(|&form| (text(form, "type") == Some("string")) == is_text)
            };
            let object = form(false).ok_or_else(|| format!("{path}: oneOf without an object"))?;
            let alone = form(true).ok_or_else(|| format!("{path}: oneOf without a text"))?;
            let object = self.shape(object, path)?;
            let alone = self.shape(alone, path)?;
            let main = node.get("x-plangate").and_then(|marks| text(marks, "main"));
            let main = main.map(|name| self.field_named(object, name, path));
            return Ok(Shape::TextOr {
                text: alone,
                object,
                main: main.transpose()?,
            });
        }
        match text(node, "type") {
            Some("object") => self.object(node, path),
            Some("array") => {
                let items = node.get("items");
                let items = items.ok_or_else(|| format!("{path}: a list without items"))?;
                let item = self.shape(items, path)?;
                Ok(Shape::List { item })
            }
            Some("string") => Ok(Shape::Scalar(text_scalar(node))),
            Some("integer") => Ok(Shape::Scalar(Scalar::Integer)),
            Some("number") => Ok(Shape::Scalar(Scalar::Number)),
            Some("boolean") => Ok(Shape::Scalar(Scalar::Boolean)),
            other => Err(format!("{path}: type {other:?} is not of the plan schema")),
        }
    }

    fn field_named(&self, object: ShapeId, name: &str, path: &Path<'_>) -> Result<FieldId, String> {
        let fields = match &self.shapes[object.0 as usize] {
            Some(Shape::Object { fields, .. }) => fields.as_slice(),
            _ => &[],
        };
        let named = |id: &&FieldId| self.fields[id.0 as usize].name == name;
        let found = fields.iter().find(named).copied();
        found.ok_or_else(|| format!("{path}: main: {name} is no field of the object"))
    }

    fn object(&mut self, node: Node<'s>, path: &Path<'_>) -> Result<Shape, String> {
        let required = node.get("required");
        let mut ids = Vec::new();
        for property in node.get("properties").into_iter().flat_map(Node::entries) {
            let (name, property) = (property.key, property.value);
            let shape = self.shape(property, &Path::Below(path, name))?;
            let marks = property.get("x-plangate");
            let field = Field {
                name: name.to_owned(),
                title: Localized::new(
                    text(property, "title").unwrap_or(name),
                    marks.and_then(|marks| text(marks, "en")).unwrap_or(name),
                ),
                shape,
                marks: marks.map(read_marks).unwrap_or_default(),
                default: property.get("default").and_then(scalar),
                required: required
                    .is_some_and(|keys| keys.items().any(|key| key.written() == name)),
                property: property.id(),
            };
            ids.push(FieldId(
                u32::try_from(self.fields.len()).expect("internal: a small schema"),
            ));
            self.fields.push(field);
        }
        Ok(Shape::Object {
            name: path.to_string(),
            fields: ids,
        })
    }
}

/// The text under a key.
fn text<'s>(node: Node<'s>, key: &str) -> Option<&'s str> {
    node.get(key)?.as_str()
}

/// The texts of a list.
fn texts(list: Node<'_>) -> Vec<String> {
    let texts = list.items().filter_map(Node::as_str);
    texts.map(str::to_owned).collect()
}

/// A default: only texts, numbers and truth values have one.
fn scalar(node: Node<'_>) -> Option<Json> {
    match node.content() {
        Content::Bool(value) => Some(value.into()),
        Content::Int(value) => Some(value.into()),
        Content::Text(text) => Some(text.into()),
        _ => None,
    }
}

fn text_scalar(node: Node<'_>) -> Scalar {
    let values = node.get("x-plangate").and_then(|marks| marks.get("values"));
    if let Some(values) = values {
        return Scalar::Words(Words::read(values));
    }
    match text(node, "format") {
        Some("plan-date") => Scalar::Date,
        Some("plan-duration") => Scalar::Duration,
        Some("plan-day-of-year") => Scalar::DayOfYear,
        Some("plan-edition") => Scalar::Edition,
        _ => Scalar::Text,
    }
}

/// Few of the marks stand at a field: what stands there is asked which it is, and not each whether it stands.
fn read_marks(entries: Node<'_>) -> Marks {
    let mut marks = Marks::default();
    for Entry { key, value, .. } in entries.entries() {
        let flag = value.as_bool().unwrap_or(false);
        let number = || value.as_int().and_then(|number| u8::try_from(number).ok());
        let word = value.as_str();
        match key {
            "fact" => marks.fact = flag,
            "scoped" => marks.scoped = flag,
            "key" => marks.key = read_key(value),
            "chapter" => marks.chapter = number(),
            "item" => marks.item = number(),
            "ref" => marks.reference = word.and_then(read_reference),
            "owner" => marks.owner = flag,
            "provision" => marks.provision = word.map(str::to_owned),
            "direction" => marks.direction = read_direction(value, text(entries, "ahead")),
            "change" => marks.concern = word.and_then(read_concern),
            "switch" => marks.switch = flag,
            "record" => marks.record = flag,
            "merges" => marks.merges = flag,
            "asks" => marks.asks = flag,
            "exact" => marks.exact = flag,
            "strength" => {
                marks.strength = word.and_then(read_strength);
                marks.shares_strength = word == Some("shared");
            }
            _ => {}
        }
    }
    marks
}

fn read_concern(word: &str) -> Option<Concern> {
    match word {
        "grade" => Some(Concern::Grade),
        "scope" => Some(Concern::Scope),
        _ => None,
    }
}

fn read_strength(word: &str) -> Option<u8> {
    match word {
        "may" => Some(1),
        "should" => Some(2),
        "must" => Some(3),
        _ => None,
    }
}

/// A word, or the words or truth values of the field, the weakest first.
fn read_direction(node: Node<'_>, ahead: Option<&str>) -> Option<Direction> {
    if node.is_list() {
        if let Some(strongest) = node.items().last().and_then(Node::as_bool) {
            return Some(Direction::Truth(strongest));
        }
        return Some(Direction::Words(texts(node)));
    }
    Some(match node.as_str()? {
        "higher" => Direction::Higher,
        "lower" => Direction::Lower,
        "more" => Direction::More,
        "fewer" => Direction::Fewer,
        "later" => Direction::Later {
            ahead: ahead.map(str::to_owned),
        },
        "absent" => Direction::Absent,
        "unclear" => Direction::Unclear,
        "none" => Direction::Neither,
        _ => return None,
    })
}

/// `[id]` is one field, `[body, name]` several together, `[[id, name]]` the first present,
/// `[[law, title], article]` the first present with the others behind it.
fn read_key(key: Node<'_>) -> Vec<Vec<String>> {
    let mut items = key.items();
    let Some(alternatives) = items.next().filter(|first| first.is_list()) else {
        return vec![texts(key)];
    };
    let rest: Vec<String> = items.filter_map(Node::as_str).map(str::to_owned).collect();
    let with_the_rest = |first| std::iter::once(first).chain(rest.iter().cloned()).collect();
    texts(alternatives).into_iter().map(with_the_rest).collect()
}

fn read_reference(word: &str) -> Option<Reference> {
    let mut all = Reference::ALL.into_iter();
    all.find_map(|(known, reference)| (known == word).then_some(reference))
}
