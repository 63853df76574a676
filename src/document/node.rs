//! The tree as its readers see it.

use std::sync::Arc;

use crate::text::{SourceFile, Span};

use super::arena::{Pair, Record, Tables, Value, index};
use super::content::{Content, Style};

/// A file read as a tree. Nodes are numbered in the order of the text.
#[derive(Debug)]
pub struct Document {
    pub(super) file: Arc<SourceFile>,
    pub(super) arena: Tables,
    pub(super) complete: bool,
}

/// The number of a node in its [`Document`]; a later node of the text has a greater one.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node every document has.
    pub const ROOT: Self = Self(0);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }

    /// Its place among [`Document::nodes`].
    pub fn number(self) -> usize {
        self.index()
    }
}

/// A node of a [`Document`].
#[derive(Copy, Clone)]
pub struct Node<'d> {
    document: &'d Document,
    id: NodeId,
}

/// One entry of a map.
#[derive(Debug, Copy, Clone)]
pub struct Entry<'d> {
    /// The key's text, unescaped.
    pub key: &'d str,
    /// The key as it stands, quotes included.
    pub key_span: Span,
    /// The value; null where the file says nothing after the colon.
    pub value: Node<'d>,
}

impl Document {
    /// The file it was read from.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// The root; null for an empty file.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId::ROOT)
    }

    /// The node of a number of this document.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        debug_assert!(
            id.index() < self.arena.nodes.len(),
            "the number is of this document"
        );
        Node { document: self, id }
    }

    /// All nodes in the order of their numbers; a container comes before what it holds.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> {
        let all = 0..self.arena.nodes.len();
        all.map(|at| self.node(NodeId(index(at))))
    }

    /// How many nodes there are, the ones of repeated keys included; numbers are below it.
    pub fn len(&self) -> usize {
        self.arena.nodes.len()
    }

    /// Never: every document has its root.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether the whole file was read; false after a syntax error or a limit, and then a key that
    /// is not here may well be in the file.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The innermost node at a byte of the file; a byte of a key counts as the entry's value.
    pub fn at(&self, byte: u32) -> Node<'_> {
        let mut node = self.root();
        while let Some(child) = node.child_at(byte) {
            node = child;
        }
        node
    }
}

impl<'d> Node<'d> {
    /// Its number.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree it belongs to.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// The bytes it takes: a scalar with its quotes or its `|`; a block from its first key or dash
    /// to the end of its last value; nothing, after the colon or dash, for a value left out.
    pub fn span(self) -> Span {
        self.record().span
    }

    /// How it is written.
    pub fn style(self) -> Style {
        self.record().style
    }

    /// What it is.
    pub fn content(self) -> Content<'d> {
        match self.record().value {
            Value::Null => Content::Null,
            Value::Bool(value) => Content::Bool(value),
            Value::Int(value) => Content::Int(value),
            Value::Float(value) => Content::Float(value),
            Value::Text => Content::Text(self.written()),
            Value::List(_) => Content::List,
            Value::Map(_) => Content::Map,
        }
    }

    /// A scalar's text whatever its type, so that `1.10` stays `1.10`; quoted scalars unescaped.
    /// Empty for lists and maps.
    pub fn written(self) -> &'d str {
        self.document
            .arena
            .text(self.document.file.text(), self.record().text)
    }

    /// Where a scalar's text stands in the file, where it stands there character by character.
    pub(super) fn literal(self) -> Option<Span> {
        let text = self.record().text;
        (!text.decoded && text.len() > 0).then_some(text.range)
    }

    /// The text, of a string only.
    pub fn as_str(self) -> Option<&'d str> {
        matches!(self.record().value, Value::Text).then(|| self.written())
    }

    /// The number, of a whole number only.
    pub fn as_int(self) -> Option<i64> {
        match self.record().value {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The truth value, of `true` and `false` only.
    pub fn as_bool(self) -> Option<bool> {
        match self.record().value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        matches!(self.record().value, Value::Null)
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        matches!(self.record().value, Value::Map(_))
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.record().value, Value::List(_))
    }

    /// The value of a key of a map.
    pub fn get(self, key: &str) -> Option<Node<'d>> {
        let pair = self.pair(key)?;
        Some(self.document.node(pair.value))
    }

    /// The entry of a key of a map.
    pub fn entry(self, key: &str) -> Option<Entry<'d>> {
        self.pair(key).map(|pair| self.entry_of(pair))
    }

    fn pair(self, key: &str) -> Option<&'d Pair> {
        let (arena, source) = (&self.document.arena, self.document.file.text());
        // Most keys differ in length already, which costs no look at the text; most others at the end.
        let named = |pair: &&Pair| {
            pair.key.len() == key.len() && {
                let bytes = arena.bytes(source, pair.key);
                bytes.last() == key.as_bytes().last() && bytes == key.as_bytes()
            }
        };
        self.pairs().iter().find(named)
    }

    /// The bytes of the keys of a map, in the order of the file: enough to see which of some they are.
    pub fn keys(self) -> impl ExactSizeIterator<Item = &'d [u8]> {
        let (arena, source) = (&self.document.arena, self.document.file.text());
        let bytes = move |pair: &'d Pair| arena.bytes(source, pair.key);
        self.pairs().iter().map(bytes)
    }

    /// The entries of a map in the order of the file, each key once; none for anything else.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry<'d>> + DoubleEndedIterator {
        self.pairs().iter().map(move |pair| self.entry_of(pair))
    }

    /// The items of a list in the order of the file; none for anything else.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'d>> + DoubleEndedIterator {
        self.item_ids()
            .iter()
            .map(move |&id| self.document.node(id))
    }

    /// The item of a list at a place, from 0.
    pub fn item(self, at: usize) -> Option<Node<'d>> {
        let id = *self.item_ids().get(at)?;
        Some(self.document.node(id))
    }

    /// The list or map it stands in; none for the root.
    pub fn parent(self) -> Option<Node<'d>> {
        (self.id != NodeId::ROOT).then(|| self.document.node(self.record().parent))
    }

    /// The entry it is the value of; none in a list, at the root and under a repeated key.
    pub fn own_entry(self) -> Option<Entry<'d>> {
        let map = self.parent()?;
        let pairs = map.pairs();
        let at = pairs
            .binary_search_by_key(&self.id, |pair| pair.value)
            .ok()?;
        Some(map.entry_of(&pairs[at]))
    }

    /// Its place in its list, from 0; none anywhere else.
    pub fn own_index(self) -> Option<usize> {
        self.parent()?.item_ids().binary_search(&self.id).ok()
    }

    /// The way to it from the root by keys and indexes from 0: `bodies[0].name`; empty for the root.
    pub fn path(self) -> String {
        let Some(parent) = self.parent() else {
            return String::new();
        };
        let mut path = parent.path();
        if let Some(entry) = self.own_entry() {
            let dot = if path.is_empty() { "" } else { "." };
            path.push_str(&format!("{dot}{}", entry.key));
        } else if let Some(index) = self.own_index() {
            path.push_str(&format!("[{index}]"));
        }
        path
    }

    fn entry_of(self, pair: &Pair) -> Entry<'d> {
        Entry {
            key: self
                .document
                .arena
                .text(self.document.file.text(), pair.key),
            key_span: pair.key_span,
            value: self.document.node(pair.value),
        }
    }

    /// The child whose key or value holds a byte; between two children it is neither's.
    fn child_at(self, byte: u32) -> Option<Node<'d>> {
        let pairs = self.pairs();
        let items = self.item_ids();
        let id = if pairs.is_empty() {
            let after = items.partition_point(|&id| self.document.node(id).span().start <= byte);
            items[after.checked_sub(1)?]
        } else {
            let after = pairs.partition_point(|pair| pair.key_span.start <= byte);
            pairs[after.checked_sub(1)?].value
        };
        let child = self.document.node(id);
        (byte <= child.span().end).then_some(child)
    }

    fn pairs(self) -> &'d [Pair] {
        match self.record().value {
            Value::Map(run) => &self.document.arena.pairs[run.range()],
            _ => &[],
        }
    }

    fn item_ids(self) -> &'d [NodeId] {
        match self.record().value {
            Value::List(run) => &self.document.arena.items[run.range()],
            _ => &[],
        }
    }

    fn record(self) -> &'d Record {
        &self.document.arena.nodes[self.id.index()]
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "Node({} {:?} at {:?})",
            self.id.0,
            self.content(),
            self.span()
        )
    }
}

/// Two nodes are equal where they are the same node of the same document.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.document, other.document)
    }
}

impl Eq for Node<'_> {}
