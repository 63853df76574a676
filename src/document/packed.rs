//! A tree as bytes, for files that are embedded: reading it back takes a hundredth of the time that
//! parsing takes.
//!
//! Every number is a LEB128 varint. First how many nodes, items, pairs and bytes of decoded text
//! there are, then these, in this order. Only `build.rs` packs, so that writer and reader are always
//! of one version; bytes of any other origin are not meant to be read, and give nothing.

use std::sync::Arc;

use crate::text::{SourceFile, Span};

use super::arena::{Arena, Pair, Record, Run, Text, Value};
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

impl Document {
    /// The tree without its file.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let arena = &self.arena;
        let lengths = [
            arena.nodes.len(),
            arena.items.len(),
            arena.pairs.len(),
            arena.decoded.len(),
        ];
        for length in lengths {
            put(&mut out, length as u64);
        }
        arena.nodes.iter().for_each(|node| put_node(&mut out, node));
        arena
            .items
            .iter()
            .for_each(|item| put(&mut out, item.0.into()));
        for pair in &arena.pairs {
            put_text(&mut out, pair.key);
            put_span(&mut out, pair.key_span);
            put(&mut out, pair.value.0.into());
        }
        out.extend_from_slice(arena.decoded.as_bytes());
        out
    }

    /// The tree of a file, whole, as it was packed; `None` where the bytes are no such tree.
    pub fn unpack(file: Arc<SourceFile>, bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let [nodes, items, pairs, decoded] = [(); 4].map(|()| bytes.length());
        let arena = Arena {
            nodes: (0..nodes?).map(|_| bytes.node()).collect::<Option<_>>()?,
            items: (0..items?).map(|_| bytes.id()).collect::<Option<_>>()?,
            pairs: (0..pairs?).map(|_| bytes.pair()).collect::<Option<_>>()?,
            decoded: bytes.rest(decoded?)?.to_owned(),
        };
        Some(Self {
            file,
            arena,
            complete: true,
        })
    }
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

fn put_span(out: &mut Vec<u8>, span: Span) {
    put(out, span.start.into());
    put(out, (span.end - span.start).into());
}

fn put_text(out: &mut Vec<u8>, text: Text) {
    put_span(out, text.range);
    put(out, text.decoded.into());
}

fn put_node(out: &mut Vec<u8>, node: &Record) {
    put_span(out, node.span);
    put(out, node.parent.0.into());
    put(out, node.style as u64);
    let (kind, [first, second]) = match node.value {
        Value::Null => (0, [0, 0]),
        Value::Bool(value) => (1, [value.into(), 0]),
        Value::Int(value) => (2, [u64::from_le_bytes(value.to_le_bytes()), 0]),
        Value::Float(value) => (3, [value.to_bits(), 0]),
        Value::Text => (4, [0, 0]),
        Value::List(run) => (5, [run.first.into(), run.len.into()]),
        Value::Map(run) => (6, [run.first.into(), run.len.into()]),
    };
    for number in [kind, first, second] {
        put(out, number);
    }
    put_text(out, node.text);
}

/// What is still to be read.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A length is never more than the bytes that are left.
    fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.0.len()).then_some(length)
    }

    fn id(&mut self) -> Option<NodeId> {
        self.small().map(NodeId)
    }

    fn span(&mut self) -> Option<Span> {
        let start = self.small()?;
        let end = start.checked_add(self.small()?)?;
        Some(Span { start, end })
    }

    fn text(&mut self) -> Option<Text> {
        let range = self.span()?;
        let decoded = self.number()? == 1;
        Some(Text { range, decoded })
    }

    fn pair(&mut self) -> Option<Pair> {
        Some(Pair {
            key: self.text()?,
            key_span: self.span()?,
            value: self.id()?,
        })
    }

    fn node(&mut self) -> Option<Record> {
        let (span, parent) = (self.span()?, self.id()?);
        let style = *STYLES.get(usize::try_from(self.number()?).ok()?)?;
        let (kind, first, second) = (self.number()?, self.number()?, self.number()?);
        let run = || {
            Some(Run {
                first: u32::try_from(first).ok()?,
                len: u32::try_from(second).ok()?,
            })
        };
        let value = match kind {
            0 => Value::Null,
            1 => Value::Bool(first == 1),
            2 => Value::Int(i64::from_le_bytes(first.to_le_bytes())),
            3 => Value::Float(f64::from_bits(first)),
            4 => Value::Text,
            5 => Value::List(run()?),
            6 => Value::Map(run()?),
            _ => return None,
        };
        Some(Record {
            span,
            parent,
            style,
            value,
            text: self.text()?,
        })
    }

    fn rest(self, length: usize) -> Option<&'b str> {
        (self.0.len() == length)
            .then(|| std::str::from_utf8(self.0).ok())
            .flatten()
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
