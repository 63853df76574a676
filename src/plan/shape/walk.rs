//! What JSON Schema cannot say, found on one way through a file: text without quotes, identities
//! given twice, lists that stand where one object is wanted.

use super::super::fact::is_mode;
use super::super::schema::{Field, Scalar, Schema, Shape, ShapeId};
use super::site::is_reserved;
use crate::document::{Content, Node};

/// What is to be looked at again.
#[derive(Debug)]
pub(super) struct Seen<'p> {
    /// Numbers and truth values where text belongs.
    pub unquoted: Vec<Node<'p>>,
    /// Lists whose items have an identity, with their fields.
    pub keyed: Vec<(Node<'p>, &'p Field)>,
    /// Lists of variants of one object.
    pub variants: Vec<Node<'p>>,
    schema: &'p Schema,
}

impl<'p> Seen<'p> {
    /// Nothing yet.
    pub(super) fn nothing(schema: &'p Schema) -> Self {
        Self {
            unquoted: Vec::new(),
            keyed: Vec::new(),
            variants: Vec::new(),
            schema,
        }
    }

    /// Looks at a section in a file of its own.
    pub(super) fn section(&mut self, name: &str, node: Node<'p>) {
        let root = self.schema.root();
        if let Some(field) = self.schema.field_named(root, name) {
            self.field(node, self.schema.field(field));
        }
    }

    fn field(&mut self, node: Node<'p>, field: &'p Field) {
        if !field.marks.key.is_empty() && node.is_list() {
            self.keyed.push((node, field));
        }
        self.node(node, field.shape);
    }

    /// Looks at a node and what is under it.
    pub(super) fn node(&mut self, node: Node<'p>, shape: ShapeId) {
        match node.content() {
            Content::Null | Content::Text(_) => {}
            Content::Bool(_) | Content::Int(_) | Content::Float(_) => {
                if self.is_text(shape) && reads_plainly(node) {
                    self.unquoted.push(node);
                }
            }
            Content::Map => self.map(node, shape),
            Content::List => {
                let item = self.schema.item_of(shape);
                if item.is_none() && self.has_fields(shape) {
                    self.variants.push(node);
                }
                let item = item.unwrap_or(shape);
                node.items().for_each(|node| self.node(node, item));
            }
        }
    }

    fn map(&mut self, map: Node<'p>, shape: ShapeId) {
        let fields = self.schema.fields(shape);
        // Plans follow the order of the schema: the next field is most often the next key.
        let mut next = 0;
        for entry in map.entries() {
            let (behind, ahead) = fields.split_at(next);
            let mut ordered = ahead
                .iter()
                .chain(behind)
                .map(|&field| self.schema.field(field));
            match ordered.position(|field| field.name == entry.key) {
                Some(steps) => {
                    let at = (next + steps) % fields.len();
                    next = at + 1;
                    self.field(entry.value, self.schema.field(fields[at]));
                }
                None if is_reserved(entry.key) => self.citations(entry.value),
                None => {}
            }
        }
    }

    /// Documents, bodies, a reason: texts, or maps that a law or document is cited with.
    fn citations(&mut self, value: Node<'p>) {
        let scalar = |node: &Node<'p>| !node.is_map() && !node.is_list();
        let texts = value.items().chain([value]).filter(scalar);
        let unquoted = texts.filter(|node| node.as_str().is_none() && reads_plainly(*node));
        self.unquoted.extend(unquoted);
    }

    fn has_fields(&self, shape: ShapeId) -> bool {
        matches!(
            self.schema.shape(shape),
            Shape::Object { .. } | Shape::TextOr { .. }
        )
    }

    fn is_text(&self, shape: ShapeId) -> bool {
        match self.schema.shape(shape) {
            Shape::Scalar(scalar) => {
                !matches!(scalar, Scalar::Integer | Scalar::Number | Scalar::Boolean)
            }
            Shape::TextOr { .. } => true,
            Shape::Object { .. } | Shape::List { .. } => false,
        }
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
