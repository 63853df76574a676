//! A tree as bytes, for files that are embedded: when the program is compiled they become its tables, and a
//! start neither parses nor copies them.
//!
//! Rows of fixed length, every number 32 bits, the lowest byte first. First how many nodes, items,
//! pairs and bytes of decoded text there are, then these, in this order. Only `build.rs` packs, so that
//! writer and reader are always of one version; bytes of any other origin are not meant to be read.

use std::str;
use std::sync::Arc;

use crate::text::{SourceFile, Span};

use super::arena::{Pair, Record, Run, Tables, Text, Value, index};
use super::content::Style;
use super::node::{Document, NodeId};

const STYLES: [Style; 7] = [
    Style::Plain,
    Style::Single,
    Style::Double,
    Style::Literal,
    Style::Folded,
    Style::Flow,
    Style::Block,
];

/// Numbers before the first row: how many rows each table has.
const TABLES: usize = 4;
/// Numbers in the row of a node: span, parent, kind and style, two of the value, text.
const OF_NODE: usize = 8;
/// Numbers in the row of a pair: key, its span, value.
const OF_PAIR: usize = 5;

impl Document {
    /// The tree without its file.
    pub fn pack(&self) -> Vec<u8> {
        let arena = &self.arena;
        let lengths = [
            arena.nodes.len(),
            arena.items.len(),
            arena.pairs.len(),
            arena.decoded.len(),
        ];
        let mut out = Vec::new();
        put(&mut out, lengths.map(index));
        arena
            .nodes
            .iter()
            .for_each(|node| put(&mut out, of_node(node)));
        arena.items.iter().for_each(|item| put(&mut out, [item.0]));
        arena
            .pairs
            .iter()
            .for_each(|pair| put(&mut out, of_pair(pair)));
        out.extend_from_slice(arena.decoded.as_bytes());
        out
    }

    /// The tree of a file that is part of the program, as it was packed.
    pub fn embedded(file: Arc<SourceFile>, tree: Tree) -> Self {
        Self {
            file,
            arena: Tables {
                nodes: tree.nodes.into(),
                items: tree.items.into(),
                pairs: tree.pairs.into(),
                decoded: tree.decoded.into(),
            },
            complete: true,
        }
    }
}

/// A tree that is part of the program.
#[derive(Debug, Clone, Copy)]
pub struct Tree {
    nodes: &'static [Record],
    items: &'static [NodeId],
    pairs: &'static [Pair],
    decoded: &'static str,
}

/// The tables of a packed tree, made when the program is compiled; the macro `tree!` knows
/// how many rows they have.
#[derive(Debug)]
pub struct Packed<const NODES: usize, const ITEMS: usize, const PAIRS: usize> {
    nodes: [Record; NODES],
    items: [NodeId; ITEMS],
    pairs: [Pair; PAIRS],
    decoded: &'static str,
}

/// The tree in a file that `build.rs` packed, ready in the program; none where the file is empty.
macro_rules! tree {
    ($path:expr) => {{
        use $crate::document::{Packed, packed_rows};

        const BYTES: &[u8] = include_bytes!($path);
        static PACKED: Packed<
            { packed_rows(BYTES, 0) },
            { packed_rows(BYTES, 1) },
            { packed_rows(BYTES, 2) },
        > = Packed::of(BYTES);
        PACKED.tree()
    }};
}
pub(crate) use tree;

/// How many rows a table of packed bytes has: nodes, items, pairs, then bytes of decoded text.
pub const fn packed_rows(bytes: &[u8], table: usize) -> usize {
    let (words, _) = bytes.as_chunks::<4>();
    if words.is_empty() {
        return 0;
    }
    u32::from_le_bytes(words[table]) as usize
}

impl<const NODES: usize, const ITEMS: usize, const PAIRS: usize> Packed<NODES, ITEMS, PAIRS> {
    /// Unpacks. Bytes that are no tree do not compile.
    pub const fn of(bytes: &'static [u8]) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        let mut packed = Self {
            nodes: [NO_NODE; NODES],
            items: [NodeId::ROOT; ITEMS],
            pairs: [NO_PAIR; PAIRS],
            decoded: "",
        };
        let end = unpack(
            words,
            &mut packed.nodes,
            &mut packed.items,
            &mut packed.pairs,
        );
        packed.decoded = match str::from_utf8(bytes.split_at(end * 4).1) {
            Ok(decoded) => decoded,
            Err(_) => panic!("decoded texts are UTF-8"),
        };
        packed
    }

    /// The tree; none of nothing.
    pub const fn tree(&'static self) -> Option<Tree> {
        if NODES == 0 {
            return None;
        }
        Some(Tree {
            nodes: &self.nodes,
            items: &self.items,
            pairs: &self.pairs,
            decoded: self.decoded,
        })
    }
}

const NO_NODE: Record = Record {
    span: Span { start: 0, end: 0 },
    parent: NodeId::ROOT,
    style: Style::Plain,
    value: Value::Null,
    text: text(0, 0),
};
const NO_PAIR: Pair = Pair {
    key: text(0, 0),
    key_span: Span { start: 0, end: 0 },
    value: NodeId::ROOT,
};

/// Fills the tables with the rows of packed words; gives the word behind the last.
const fn unpack(
    words: &[[u8; 4]],
    nodes: &mut [Record],
    items: &mut [NodeId],
    pairs: &mut [Pair],
) -> usize {
    // Iterators do not run while a program is compiled.
    let (mut word, mut row) = (if words.is_empty() { 0 } else { TABLES }, 0);
    while row < nodes.len() {
        nodes[row] = node(row_of(words, word));
        (word, row) = (word + OF_NODE, row + 1);
    }
    row = 0;
    while row < items.len() {
        let [id] = row_of(words, word);
        items[row] = NodeId(id);
        (word, row) = (word + 1, row + 1);
    }
    row = 0;
    while row < pairs.len() {
        pairs[row] = pair(row_of(words, word));
        (word, row) = (word + OF_PAIR, row + 1);
    }
    word
}

const fn row_of<const N: usize>(words: &[[u8; 4]], from: usize) -> [u32; N] {
    let mut row = [0; N];
    let mut at = 0;
    while at < N {
        row[at] = u32::from_le_bytes(words[from + at]);
        at += 1;
    }
    row
}

fn put<const N: usize>(out: &mut Vec<u8>, row: [u32; N]) {
    out.extend(row.into_iter().flat_map(u32::to_le_bytes));
}

fn of_node(node: &Record) -> [u32; OF_NODE] {
    let halves = |number: u64| {
        let bytes = number.to_le_bytes();
        let (halves, _) = bytes.as_chunks::<4>();
        [halves[0], halves[1]].map(u32::from_le_bytes)
    };
    let (kind, [first, second]) = match node.value {
        Value::Null => (0, [0, 0]),
        Value::Bool(value) => (1, [value.into(), 0]),
        Value::Int(value) => (2, halves(u64::from_le_bytes(value.to_le_bytes()))),
        Value::Float(value) => (3, halves(value.to_bits())),
        Value::Text => (4, [0, 0]),
        Value::List(run) => (5, [run.first, run.len]),
        Value::Map(run) => (6, [run.first, run.len]),
    };
    let [from, to] = of_text(node.text);
    [
        node.span.start,
        node.span.end,
        node.parent.0,
        kind | (node.style as u32) << 8,
        first,
        second,
        from,
        to,
    ]
}

const fn node([start, end, parent, kind, first, second, from, to]: [u32; OF_NODE]) -> Record {
    let whole = first as u64 | (second as u64) << 32;
    let run = Run { first, len: second };
    let value = match kind & 0xff {
        0 => Value::Null,
        1 => Value::Bool(first == 1),
        2 => Value::Int(whole.cast_signed()),
        3 => Value::Float(f64::from_bits(whole)),
        4 => Value::Text,
        5 => Value::List(run),
        6 => Value::Map(run),
        _ => panic!("there are seven kinds of values"),
    };
    Record {
        span: Span { start, end },
        parent: NodeId(parent),
        style: STYLES[(kind >> 8) as usize],
        value,
        text: text(from, to),
    }
}

fn of_pair(pair: &Pair) -> [u32; OF_PAIR] {
    let [from, to] = of_text(pair.key);
    [
        from,
        to,
        pair.key_span.start,
        pair.key_span.end,
        pair.value.0,
    ]
}

const fn pair([from, to, start, end, value]: [u32; OF_PAIR]) -> Pair {
    Pair {
        key: text(from, to),
        key_span: Span { start, end },
        value: NodeId(value),
    }
}

/// Offsets are far below 2³¹: the lowest bit of the second says whether the text is a decoded one.
fn of_text(text: Text) -> [u32; 2] {
    [
        text.range.start,
        text.range.end << 1 | u32::from(text.decoded),
    ]
}

const fn text(start: u32, end: u32) -> Text {
    Text {
        range: Span {
            start,
            end: end >> 1,
        },
        decoded: end & 1 == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, parse};
    use super::*;

    const TEXT: &str = "a: [1, -2, 3.5, true, ~, '甲''乙', \"\\t\"]\nb:\n  c: |\n    丙\n";

    fn read(text: &str) -> Document {
        let file = Arc::new(SourceFile::new("a.yaml", text));
        parse(&file, Limits::default()).document.unwrap()
    }

    #[test]
    fn what_was_packed_comes_back() {
        for text in [TEXT, "", "甲", "- - - []\n- {}\n- \"\"\n"] {
            let document = read(text);
            let bytes = document.pack();
            let rows = |table| packed_rows(&bytes, table);
            let mut nodes = vec![NO_NODE; rows(0)];
            let mut items = vec![NodeId::ROOT; rows(1)];
            let mut pairs = vec![NO_PAIR; rows(2)];
            let (words, _) = bytes.as_chunks();
            let end = unpack(words, &mut nodes, &mut items, &mut pairs) * 4;
            let decoded = str::from_utf8(&bytes[end..]).unwrap().to_owned();
            assert_eq!(decoded.len(), rows(3));
            let arena = Tables {
                nodes: nodes.into(),
                items: items.into(),
                pairs: pairs.into(),
                decoded: decoded.into(),
            };
            assert_eq!(
                format!("{:?}", document.arena),
                format!("{arena:?}"),
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_is_packed_of_a_file_that_has_to_be_parsed() {
        static NOTHING: Packed<0, 0, 0> = Packed::of(&[]);
        assert!(NOTHING.tree().is_none());
    }
}
