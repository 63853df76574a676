//! What JSON Schema cannot say, found on one way through a file: text without quotes, identities
//! given twice, lists that stand where one object is wanted.

use super::super::fact::is_mode;
use super::super::schema::{FieldId, Scalar, Schema, Shape, ShapeId};
use super::site::is_reserved;
use crate::document::{Content, Node};

/// What is to be looked at again.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Seen<'p> {
    /// Numbers and truth values where text belongs.
    pub unquoted: Vec<Node<'p>>,
    /// Lists whose items have an identity, with their fields.
    pub keyed: Vec<(Node<'p>, FieldId)>,
    /// Lists of variants of one object.
    pub variants: Vec<Node<'p>>,
}

impl<'p> Seen<'p> {
    /// What is seen in a plan, whatever its form.
    pub(super) fn plan(root: Node<'p>, schema: &Schema) -> Self {
        let mut seen = Self::default();
        seen.node(root, schema.root(), schema);
        seen
    }

    /// What is seen in a section in a file of its own.
    pub(super) fn section(name: &str, node: Node<'p>, schema: &Schema) -> Self {
        let mut seen = Self::default();
        if let Some(field) = schema.field_named(schema.root(), name) {
            seen.field(node, field, schema);
        }
        seen
    }

    fn field(&mut self, node: Node<'p>, id: FieldId, schema: &Schema) {
        let field = schema.field(id);
        if !field.marks.key.is_empty() && node.is_list() {
            self.keyed.push((node, id));
        }
        self.node(node, field.shape, schema);
    }

    /// Looks at a node and what is under it.
    fn node(&mut self, node: Node<'p>, shape: ShapeId, schema: &Schema) {
        match node.content() {
            Content::Map => self.map(node, shape, schema),
            Content::List => {
                let item = schema.item_of(shape);
                if item.is_none() && has_fields(schema, shape) {
                    self.variants.push(node);
                }
                let item = item.unwrap_or(shape);
                node.items().for_each(|node| self.node(node, item, schema));
            }
            _ if is_text(schema, shape) => self.text(node),
            _ => {}
        }
    }

    fn map(&mut self, map: Node<'p>, shape: ShapeId, schema: &Schema) {
        for entry in map.entries() {
            match schema.field_named(shape, entry.key) {
                Some(field) => self.field(entry.value, field, schema),
                None if is_reserved(entry.key) => self.citations(entry.value),
                None => {}
            }
        }
    }

    /// What stands where text belongs.
    pub(super) fn text(&mut self, node: Node<'p>) {
        let other = match node.content() {
            Content::Bool(_) | Content::Int(_) | Content::Float(_) => true,
            Content::Null | Content::Text(_) | Content::List | Content::Map => false,
        };
        if other && reads_plainly(node) {
            self.unquoted.push(node);
        }
    }

    /// Documents, bodies, a reason: texts, or maps that a law or document is cited with.
    pub(super) fn citations(&mut self, value: Node<'p>) {
        let scalar = |node: &Node<'p>| !node.is_map() && !node.is_list();
        let texts = value.items().chain([value]).filter(scalar);
        let unquoted = texts.filter(|node| node.as_str().is_none() && reads_plainly(*node));
        self.unquoted.extend(unquoted);
    }
}

fn has_fields(schema: &Schema, shape: ShapeId) -> bool {
    matches!(
        schema.shape(shape),
        Shape::Object { .. } | Shape::TextOr { .. }
    )
}

fn is_text(schema: &Schema, shape: ShapeId) -> bool {
    match schema.shape(shape) {
        Shape::Scalar(scalar) => {
            !matches!(scalar, Scalar::Integer | Scalar::Number | Scalar::Boolean)
        }
        Shape::TextOr { .. } => true,
        Shape::Object { .. } | Shape::List { .. } => false,
    }
}

/// Whether all readers take a scalar for the same number or truth value. Where they do not (`012`,
/// `1_0`, `True`), reading the file has already said to quote it.
fn reads_plainly(node: Node<'_>) -> bool {
    let text = node.written();
    match node.content() {
        Content::Bool(value) => text == if value { "true" } else { "false" },
        Content::Int(value) => text == value.to_string(),
        Content::Float(_) => {
            let leading_zero = text.starts_with('0') && !text.starts_with("0.");
            !leading_zero
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        Content::Null | Content::Text(_) | Content::List | Content::Map => false,
    }
}

/// The rows of a list that state something of their own.
pub(super) fn rows(list: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    list.items().filter(|&row| !is_mode(row))
}
