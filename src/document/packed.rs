//! A tree as bytes, for files that are embedded: reading it back takes a thousandth of the time that
//! parsing takes.
//!
//! Rows of fixed length, every number 32 bits, the lowest byte first. First how many nodes, items,
//! pairs and bytes of decoded text there are, then these, in this order. Only `build.rs` packs, so that
//! writer and reader are always of one version; bytes of any other origin are not meant to be read, and
//! give nothing.

use std::array;
use std::sync::Arc;

use crate::text::{SourceFile, Span};

use super::arena::{Arena, Pair, Record, Run, Text, Value, index};
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

    /// The tree of a file, whole, as it was packed; `None` where the bytes are no such tree.
    pub fn unpack(file: Arc<SourceFile>, bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let [nodes, items, pairs, decoded] = rows::<4>(&mut rest, 1)?.next()?;
        let arena = Arena {
            nodes: all(rows(&mut rest, nodes)?.map(node))?,
            items: rows(&mut rest, items)?.map(|[id]| NodeId(id)).collect(),
            pairs: rows(&mut rest, pairs)?.map(pair).collect(),
            decoded: text_of(rest, decoded)?.to_owned(),
        };
        Some(Self {
            file,
            arena,
            complete: true,
        })
    }
}

fn put<const N: usize>(out: &mut Vec<u8>, row: [u32; N]) {
    out.extend(row.into_iter().flat_map(u32::to_le_bytes));
}

/// So many rows of `N` numbers, taken off the bytes.
fn rows<'b, const N: usize>(
    bytes: &mut &'b [u8],
    count: u32,
) -> Option<impl Iterator<Item = [u32; N]> + use<'b, N>> {
    let length = usize::try_from(count).ok()?.checked_mul(N * 4)?;
    let (rows, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    let numbers = |row: &[u8]| {
        let (numbers, _) = row.as_chunks::<4>();
        array::from_fn(|at| u32::from_le_bytes(numbers[at]))
    };
    Some(rows.chunks_exact(N * 4).map(numbers))
}

/// All of them or nothing. Collected into an option, they would not tell how many they are, and the
/// table would grow by doubling.
fn all<T>(rows: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let (least, _) = rows.size_hint();
    let mut table = Vec::with_capacity(least);
    for row in rows {
        table.push(row?);
    }
    Some(table)
}

fn text_of(bytes: &[u8], length: u32) -> Option<&str> {
    let is_whole = usize::try_from(length) == Ok(bytes.len());
    is_whole.then(|| std::str::from_utf8(bytes).ok()).flatten()
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

fn node([start, end, parent, kind, first, second, from, to]: [u32; OF_NODE]) -> Option<Record> {
    let whole = u64::from(first) | u64::from(second) << 32;
    let run = Run { first, len: second };
    let value = match kind & 0xff {
        0 => Value::Null,
        1 => Value::Bool(first == 1),
        2 => Value::Int(i64::from_le_bytes(whole.to_le_bytes())),
        3 => Value::Float(f64::from_bits(whole)),
        4 => Value::Text,
        5 => Value::List(run),
        6 => Value::Map(run),
        _ => return None,
    };
    Some(Record {
        span: Span { start, end },
        parent: NodeId(parent),
        style: *STYLES.get((kind >> 8) as usize)?,
        value,
        text: text(from, to),
    })
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

fn pair([from, to, start, end, value]: [u32; OF_PAIR]) -> Pair {
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

fn text(start: u32, end: u32) -> Text {
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
            let back = Document::unpack(Arc::clone(document.file()), &document.pack()).unwrap();
            assert_eq!(format!("{document:?}"), format!("{back:?}"), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_cut_off_give_nothing() {
        let document = read(TEXT);
        let packed = document.pack();
        for end in 0..packed.len() {
            let file = Arc::clone(document.file());
            assert!(Document::unpack(file, &packed[..end]).is_none(), "{end}");
        }
    }
}
