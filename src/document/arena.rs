//! How a tree is stored: flat tables and byte ranges, about fifty allocations for a plan, none for a file
//! that is embedded.

use std::borrow::Cow;

use crate::text::Span;

use super::content::Style;
use super::node::NodeId;

/// The tables of a tree as its readers see it.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) nodes: Cow<'static, [Record]>,
    pub(super) items: Cow<'static, [NodeId]>,
    pub(super) pairs: Cow<'static, [Pair]>,
    pub(super) decoded: Cow<'static, str>,
}

/// The tables of a tree while it is read.
#[derive(Debug, Default)]
pub(super) struct Arena {
    /// Nodes in the order of the text; the first is the root.
    pub(super) nodes: Vec<Record>,
    /// The items of all lists, each list's in one run.
    pub(super) items: Vec<NodeId>,
    /// The entries of all maps, each map's in one run.
    pub(super) pairs: Vec<Pair>,
    /// The texts that differ from what the file says: unescaped, folded, of a block.
    pub(super) decoded: String,
}

/// One node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) span: Span,
    /// The container; the root is its own.
    pub(super) parent: NodeId,
    pub(super) style: Style,
    pub(super) value: Value,
    /// A scalar's text; empty for containers.
    pub(super) text: Text,
}

/// What a node holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text,
    List(Run),
    Map(Run),
}

/// A run in `items` or `pairs`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) len: u32,
}

impl Run {
    /// The run from `first` to the present end of a table.
    pub(super) fn new(first: usize, end: usize) -> Self {
        Self {
            first: index(first),
            len: index(end - first),
        }
    }

    /// The run as a range of its table.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.first as usize..self.first as usize + self.len as usize
    }
}

/// One entry of a map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) key: Text,
    pub(super) key_span: Span,
    pub(super) value: NodeId,
}

/// A text: a range of the file where it stands there literally, else of the decoded texts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Text {
    pub(super) range: Span,
    pub(super) decoded: bool,
}

impl Text {
    /// How many bytes it has.
    pub(super) fn len(self) -> usize {
        self.range.range().len()
    }

    /// Where it is looked up: in the file or in what was decoded.
    fn whole<'a>(self, source: &'a str, decoded: &'a str) -> &'a str {
        if self.decoded { decoded } else { source }
    }

    fn within<'a>(self, source: &'a str, decoded: &'a str) -> &'a str {
        let text = self.whole(source, decoded).get(self.range.range());
        text.expect("internal: a text is a range of its buffer")
    }

    /// The bytes alone: enough to compare it, without asking where its characters begin.
    fn bytes_within<'a>(self, source: &'a str, decoded: &'a str) -> &'a [u8] {
        &self.whole(source, decoded).as_bytes()[self.range.range()]
    }
}

impl Arena {
    /// An arena for a file of `bytes`; plans have a node in 21 to 27 bytes, an entry in 30 to 40 and an
    /// item in 60 to 100. A table that grows is copied, and stays twice as long as it has to be.
    pub(super) fn for_bytes(bytes: usize) -> Self {
        Self {
            nodes: Vec::with_capacity(bytes / 20 + 4),
            items: Vec::with_capacity(bytes / 60 + 4),
            pairs: Vec::with_capacity(bytes / 30 + 4),
            decoded: String::new(),
        }
    }

    /// Keeps a text that does not stand in the file.
    pub(super) fn decode(&mut self, text: &str) -> Text {
        let start = self.decoded.len();
        self.decoded.push_str(text);
        Text {
            range: Span::new(start, self.decoded.len()),
            decoded: true,
        }
    }

    /// Reads a text, given the text of the file.
    pub(super) fn text<'a>(&'a self, source: &'a str, text: Text) -> &'a str {
        text.within(source, &self.decoded)
    }

    /// The bytes of a text, given the text of the file.
    pub(super) fn bytes<'a>(&'a self, source: &'a str, text: Text) -> &'a [u8] {
        text.bytes_within(source, &self.decoded)
    }
}

impl From<Arena> for Tables {
    fn from(arena: Arena) -> Self {
        Self {
            nodes: arena.nodes.into(),
            items: arena.items.into(),
            pairs: arena.pairs.into(),
            decoded: arena.decoded.into(),
        }
    }
}

impl Tables {
    /// The bytes of a text, given the text of the file.
    pub(super) fn bytes<'a>(&'a self, source: &'a str, text: Text) -> &'a [u8] {
        text.bytes_within(source, &self.decoded)
    }

    /// Reads a text, given the text of the file.
    pub(super) fn text<'a>(&'a self, source: &'a str, text: Text) -> &'a str {
        text.within(source, &self.decoded)
    }
}

/// An index of a table. Tables are shorter than the file, whose offsets are 32 bits already.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("internal: a table has no more rows than the file has bytes")
}
