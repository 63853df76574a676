//! The plan schema as an arena: what fields there are, of which type, with which marks.
//!
//! The source is `policies/schema/plan.schema.json`; there is no second model (ARCHITECTURE.md).

mod marks;
mod read;
mod words;

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, OnceLock};

use crate::document::{Document, Limits, Node, NodeId, Tree, parse, tree};
use crate::text::{Localized, SourceFile};
pub use marks::{Concern, Direction, Marks, Reference};
pub use words::{Words, yes_or_no};

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
        /// The text.
        text: ShapeId,
        /// The object.
        object: ShapeId,
        /// The field of the object that the text alone stands for, where expressions read the object
        /// (`x-plangate.main`); without it they read the text.
        main: Option<FieldId>,
    },
}

/// The types of single values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// Any text.
    Text,
    /// One of these words, each with a title.
    Words(Words),
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
    /// The property of the schema that describes it.
    pub(super) property: NodeId,
}

/// The plan schema; a copy is another hold on the same one.
#[derive(Debug, Clone)]
pub struct Schema(Arc<Tables>);

#[derive(Debug)]
struct Tables {
    shapes: Vec<Shape>,
    fields: Vec<Field>,
    root: ShapeId,
    tree: Document,
    /// Read when it is first asked for: few plans have a form that the schema has to explain.
    json: OnceLock<Json>,
}

/// The plan schema of this version.
const BUILTIN: &str = include_str!("../../../policies/schema/plan.schema.json");
/// Its tree, as `build.rs` packs it.
static BUILTIN_TREE: Option<Tree> = tree!(concat!(env!("OUT_DIR"), "/schema.tree"));
/// What it goes by where it has to be named.
const NAME: &str = "policies/schema/plan.schema.json";

impl Schema {
    /// The plan schema that is embedded.
    pub fn builtin() -> Self {
        let file = Arc::new(SourceFile::embedded(NAME, BUILTIN));
        let tree = BUILTIN_TREE.expect("internal: the embedded schema is packed, by test");
        Self::of(Document::embedded(file, tree), OnceLock::new())
            .expect("internal: the embedded schema reads, by test")
    }

    /// The SHA-256 of the embedded schema, in hexadecimal digits.
    pub fn builtin_digest() -> String {
        let digest = Sha256::digest(BUILTIN.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads the source form. `Err` says where the schema breaks its own rules; the embedded one
    /// never does, by test.
    pub fn parse(text: &str) -> Result<Self, String> {
        let json: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let file = Arc::new(SourceFile::new(NAME, text));
        let parsed = parse(&file, Limits::default());
        match (parsed.document, parsed.findings.first()) {
            (Some(tree), None) => Self::of(tree, OnceLock::from(json)),
            (_, Some(finding)) => Err(finding.message.en.clone()),
            (None, None) => Err("it is too large".to_owned()),
        }
    }

    fn of(tree: Document, json: OnceLock<Json>) -> Result<Self, String> {
        let (shapes, fields, root) = read::arena(tree.root())?;
        Ok(Self(Arc::new(Tables {
            shapes,
            fields,
            root,
            tree,
            json,
        })))
    }

    /// The type of the whole plan.
    pub fn root(&self) -> ShapeId {
        self.0.root
    }

    /// A type.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.0.shapes[id.0 as usize]
    }

    /// A field.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.0.fields[id.0 as usize]
    }

    /// Every field, in the order of their ids.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.0.fields.iter()
    }

    /// The field that a property of the source form describes, where it is a list whose items have an
    /// identity.
    pub(super) fn keyed(&self, property: NodeId) -> Option<FieldId> {
        let is_it = |field: &Field| !field.marks.key.is_empty() && field.property == property;
        let at = self.0.fields.iter().position(is_it)?;
        u32::try_from(at).ok().map(FieldId)
    }

    /// The fields of an object, of the object of a [`Shape::TextOr`], or none.
    pub fn fields(&self, id: ShapeId) -> &[FieldId] {
        match self.shape(id) {
            Shape::Object { fields, .. } => fields,
            Shape::TextOr { object, .. } => self.fields(*object),
            _ => &[],
        }
    }

    /// The field for which a text stands that is written instead of the map: the one that identity
    /// needs, else the first.
    pub fn main_field(&self, id: ShapeId) -> Option<&Field> {
        let is_text_or = matches!(self.shape(id), Shape::TextOr { .. });
        let fields = || self.fields(id).iter().map(|&id| self.field(id));
        let main = fields().find(|field| field.required).or(fields().next());
        main.filter(|_| is_text_or)
    }

    /// The field of that name.
    pub fn field_named(&self, id: ShapeId, name: &str) -> Option<FieldId> {
        self.fields(id)
            .iter()
            .copied()
            .find(|&field| self.field(field).name == name)
    }

    /// The same and its place among the fields, for who goes over the keys of a map: `next` is where it is
    /// sought first, since plans follow the order of the schema.
    pub fn field_from(&self, id: ShapeId, name: &str, next: usize) -> Option<(usize, FieldId)> {
        let fields = self.fields(id);
        let is_it = |&field: &FieldId| self.field(field).name == name;
        let (behind, ahead) = fields.split_at(next.min(fields.len()));
        let at = match ahead.iter().position(is_it) {
            Some(steps) => behind.len() + steps,
            None => behind.iter().position(is_it)?,
        };
        Some((at, fields[at]))
    }

    /// The type of the items where `id` is a list.
    pub fn item_of(&self, id: ShapeId) -> Option<ShapeId> {
        match self.shape(id) {
            Shape::List { item } => Some(*item),
            _ => None,
        }
    }

    /// The object that a name under `$defs` stands for.
    pub fn definition(&self, name: &str) -> Option<ShapeId> {
        let is_it = |shape: &Shape| matches!(shape, Shape::Object { name: own, .. } if own == name);
        let at = self.0.shapes.iter().position(is_it)?;
        u32::try_from(at).ok().map(ShapeId)
    }

    /// The field that a path of keys leads to; `[]` and `[*]` step into the items of a list.
    pub fn resolve(&self, path: &str) -> Option<FieldId> {
        self.resolve_from(self.0.root, path)
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

    /// The title of a chapter, 1 to 17.
    pub fn chapter_title(&self, chapter: u8) -> Option<Localized> {
        let at = usize::from(chapter).checked_sub(1)?;
        let titles = self.source().get("x-plangate")?.get("chapters")?;
        let title = titles.items().nth(at)?;
        let text = |language: &str| title.get(language)?.as_str();
        Some(Localized::new(text("zh-TW")?, text("en")?))
    }

    /// The source form as a tree.
    pub fn source(&self) -> Node<'_> {
        self.0.tree.root()
    }

    /// The source form as JSON.
    pub fn json(&self) -> &Json {
        let text = self.0.tree.file().text();
        let json = || serde_json::from_str(text).expect("internal: the embedded schema is JSON");
        self.0.json.get_or_init(json)
    }
}
