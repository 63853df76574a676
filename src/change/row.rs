//! The items of a list as pairing sees them: identity, name, scope, and what they were merged from.

use super::meaning::{content, folded};
use super::pairing::Row;
use crate::document::Node;
use crate::plan::{Field, Scalar, Schema, Shape, ShapeId};

/// The items of a list, or the one map that stands for it. `body` gives the body that an owner's
/// field names, or the plan's own where the field is absent.
pub(super) fn rows<'p>(
    schema: &Schema,
    field: &Field,
    item: ShapeId,
    list: Node<'p>,
    body: &dyn Fn(Option<Node<'_>>) -> Option<String>,
) -> Vec<Row<'p>> {
    let fields = || schema.fields(item).iter().map(|&id| schema.field(id));
    let reader = RowReader {
        keys: &field.marks.key,
        main: schema.main_field(item).map(|field| field.name.as_str()),
        owner: fields().find(|field| field.marks.owner),
        label: label_field(schema, field, item),
        merges: fields().find(|field| field.marks.merges),
        body,
    };
    match list.is_list() {
        true => list.items().map(|node| reader.row(node)).collect(),
        false => vec![reader.row(list)],
    }
}

/// The field that names an item to people: the last of its identity that is a text, else the text
/// that it cannot be without.
pub(super) fn label_field<'s>(schema: &'s Schema, list: &Field, item: ShapeId) -> Option<&'s str> {
    let keys = &list.marks.key;
    let in_identity = |name: &str| match keys.as_slice() {
        [] => false,
        [only] => only.iter().any(|key| key == name),
        several => {
            several.iter().all(|key| key.len() == 1)
                && several.last().is_some_and(|key| key[0] == name)
        }
    };
    let fields = schema.fields(item).iter().map(|&id| schema.field(id));
    let texts = fields.filter(|field| {
        matches!(schema.shape(field.shape), Shape::Scalar(Scalar::Text)) && !field.marks.owner
    });
    let mut named = texts.filter(|field| match keys.is_empty() {
        true => field.required,
        false => in_identity(&field.name),
    });
    named.next_back().map(|field| field.name.as_str())
}

struct RowReader<'s> {
    keys: &'s [Vec<String>],
    main: Option<&'s str>,
    owner: Option<&'s Field>,
    label: Option<&'s str>,
    merges: Option<&'s Field>,
    body: &'s dyn Fn(Option<Node<'_>>) -> Option<String>,
}

impl RowReader<'_> {
    fn row<'p>(&self, node: Node<'p>) -> Row<'p> {
        let scope = ["for", "except"].map(|key| node.get(key).map(content).unwrap_or_default());
        let merged = self.merges.and_then(|field| node.get(&field.name));
        Row {
            node,
            key: self.key(node),
            label: self.label.and_then(|name| self.text(node, name)),
            scope: scope.join("|"),
            merged_from: merged
                .into_iter()
                .flat_map(Node::items)
                .map(|name| folded(name.written()))
                .collect(),
        }
    }

    /// The first alternative that begins with something, else the first of which anything is there.
    /// What has nothing of an identity that its list asks for shares an empty one with its like.
    fn key(&self, node: Node<'_>) -> Option<String> {
        if self.keys.is_empty() {
            return None;
        }
        let begun = |key: &&Vec<String>| key.first().is_some_and(|name| self.has(node, name));
        let chosen = self.keys.iter().find(begun);
        let partly = |key: &&Vec<String>| key.iter().any(|name| self.has(node, name));
        let chosen = chosen.or_else(|| self.keys.iter().find(partly));
        let parts = chosen.into_iter().flatten().map(|name| match self.owner {
            Some(owner) if owner.name == *name => (self.body)(node.get(name)).unwrap_or_default(),
            _ => self.text(node, name).unwrap_or_default(),
        });
        Some(parts.collect::<Vec<_>>().join("\u{1f}"))
    }

    fn has(&self, node: Node<'_>, name: &str) -> bool {
        self.part(node, name).is_some()
    }

    fn text(&self, node: Node<'_>, name: &str) -> Option<String> {
        self.part(node, name).map(content)
    }

    fn part<'p>(&self, node: Node<'p>, name: &str) -> Option<Node<'p>> {
        match node.is_map() {
            true => node.get(name),
            false => (self.main == Some(name) && !node.is_list()).then_some(node),
        }
    }
}
