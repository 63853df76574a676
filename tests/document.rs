//! Properties of the YAML reader: every span slices to a text that reads to the same value, and no
//! input breaks a promise about places.

use std::sync::Arc;

use plangate::document::{Content, Document, Entry, Limits, Node, parse};
use plangate::text::SourceFile;
use proptest::prelude::*;

#[path = "../fuzz/targets.rs"]
mod targets;

/// A value and how it is to be written.
#[derive(Debug, Clone)]
enum Written {
    /// A plain scalar and what it reads to.
    Plain(&'static str, &'static str),
    Word(String),
    Single(String),
    Double(String),
    Literal(String),
    List {
        items: Vec<Written>,
        flow: bool,
    },
    Map {
        entries: Vec<(String, Written)>,
        flow: bool,
        comment: bool,
    },
}

fn scalar() -> impl Strategy<Value = Written> {
    let plain = [
        ("", "null"),
        ("~", "null"),
        ("true", "true"),
        ("-12", "-12"),
        ("1.10", "1.1"),
        ("0x1F", "31"),
        ("2026-11-20", "\"2026-11-20\""),
        ("IS-02-011 委外管理程序書", "\"IS-02-011 委外管理程序書\""),
    ];
    let any = "[a-z甲乙：　 :#'\"\\\\,\\[\\]{}&*!|>%@`?~=0-9-]{0,12}";
    prop_oneof![
        proptest::sample::select(plain.to_vec())
            .prop_map(|(text, reads)| Written::Plain(text, reads)),
        "[a-z甲乙丙]{6,9}".prop_map(Written::Word),
        any.prop_map(Written::Single),
        "[a-z甲：\u{3000} :#'\"\\\\\n\t]{0,12}".prop_map(Written::Double),
        "[a-z甲#-][a-z甲：# \n]{0,16}[a-z甲]\n{0,3}".prop_map(Written::Literal),
    ]
}

fn written() -> impl Strategy<Value = Written> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        let entries = proptest::collection::btree_map("[a-z甲乙]{6,8}", inner.clone(), 0..5);
        prop_oneof![
            (proptest::collection::vec(inner, 0..5), any::<bool>())
                .prop_map(|(items, flow)| Written::List { items, flow }),
            (entries, any::<bool>(), any::<bool>()).prop_map(|(entries, flow, comment)| {
                Written::Map {
                    entries: entries.into_iter().collect(),
                    flow,
                    comment,
                }
            }),
        ]
    })
}

impl Written {
    /// What it reads to, as [`shape`] shows it.
    fn shape(&self) -> String {
        match self {
            Self::Plain(_, reads) => (*reads).to_owned(),
            Self::Word(text) | Self::Single(text) | Self::Double(text) | Self::Literal(text) => {
                format!("{text:?}")
            }
            Self::List { items, .. } => {
                format!(
                    "[{}]",
                    items.iter().map(Self::shape).collect::<Vec<_>>().join(", ")
                )
            }
            Self::Map { entries, .. } => {
                let entry = |(key, value): &(String, Self)| format!("{key:?}: {}", value.shape());
                format!(
                    "{{{}}}",
                    entries.iter().map(entry).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    /// Writes it behind a key or a dash at an indentation; `flow` inside of brackets.
    fn write(&self, indent: usize, flow: bool, out: &mut String) {
        match self {
            Self::Plain("", _) if flow => out.push('~'),
            Self::Plain(text, _) => out.push_str(text),
            Self::Word(text) => out.push_str(text),
            Self::Single(text) => out.push_str(&format!("'{}'", text.replace('\'', "''"))),
            Self::Literal(text) if !flow => literal(text, indent, out),
            Self::Double(text) | Self::Literal(text) => double(text, out),
            Self::List { items, flow: own } if flow || *own || items.is_empty() => {
                let item = |item: &Self, out: &mut String| item.write(indent, true, out);
                bracketed(items, ('[', ']'), item, out);
            }
            Self::Map {
                entries, flow: own, ..
            } if flow || *own || entries.is_empty() => {
                let entry = |(key, value): &(String, Self), out: &mut String| {
                    out.push_str(&format!("{key}: "));
                    value.write(indent, true, out);
                };
                bracketed(entries, ('{', '}'), entry, out);
            }
            Self::List { items, .. } => {
                for item in items {
                    out.push_str(&format!("\n{}- ", " ".repeat(indent)));
                    item.write(indent + 2, false, out);
                }
            }
            Self::Map {
                entries, comment, ..
            } => {
                for (key, value) in entries {
                    let margin = " ".repeat(indent);
                    let comment = if *comment {
                        format!("\n{margin}# 註解：a: b")
                    } else {
                        String::new()
                    };
                    out.push_str(&format!("{comment}\n{margin}{key}: "));
                    value.write(indent + 2, false, out);
                }
            }
        }
    }
}

fn double(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn literal(text: &str, indent: usize, out: &mut String) {
    let chomping = match text.len() - text.trim_end_matches('\n').len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    out.push_str(&format!("|{chomping}"));
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push_str(&format!("\n{}{line}", " ".repeat(indent.max(1))));
    }
}

fn bracketed<T>(
    parts: &[T],
    brackets: (char, char),
    write: impl Fn(&T, &mut String),
    out: &mut String,
) {
    out.push(brackets.0);
    for (index, part) in parts.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        write(part, out);
    }
    out.push(brackets.1);
}

fn shape(node: Node<'_>) -> String {
    match node.content() {
        Content::Null => "null".to_owned(),
        Content::Bool(value) => value.to_string(),
        Content::Int(value) => value.to_string(),
        Content::Float(value) => value.to_string(),
        Content::Text(text) => format!("{text:?}"),
        Content::List => format!(
            "[{}]",
            node.items().map(shape).collect::<Vec<_>>().join(", ")
        ),
        Content::Map => {
            let entry = |entry: Entry<'_>| format!("{:?}: {}", entry.key, shape(entry.value));
            format!(
                "{{{}}}",
                node.entries().map(entry).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

fn read(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    let parsed = parse(&file, Limits::default());
    assert!(parsed.findings.is_empty(), "{:#?}\n{text}", parsed.findings);
    parsed.document.expect("small enough")
}

/// The text of a node as a file of its own, moved to where it stood on its line.
fn slice(node: Node<'_>) -> String {
    let file = node.document().file();
    let column = file.position(node.span().start).column;
    format!("{}{}\n", " ".repeat(column - 1), file.slice(node.span()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_slices_to_a_text_that_reads_to_the_same_value(value in written(), crlf in any::<bool>()) {
        let mut text = String::new();
        value.write(0, false, &mut text);
        text.push('\n');
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let document = read(&text);
        prop_assert_eq!(shape(document.root()), value.shape(), "{}", text);
        let mut open = vec![document.root()];
        while let Some(node) = open.pop() {
            let again = read(&slice(node));
            prop_assert_eq!(shape(again.root()), shape(node), "{}", text);
            open.extend(node.items());
            open.extend(node.entries().map(|entry| entry.value));
        }
        targets::document(text.as_bytes());
    }

    #[test]
    fn no_bytes_break_a_promise(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        targets::document(&bytes);
    }

    #[test]
    fn no_indicators_break_a_promise(
        text in "(: |:|- |\\? |[\\[\\]{}]|, |\n|\n  |\"|'|\\||>|&a |\\*a|!t | #|---\n|\\.\\.\\.\n|%A\n|\\\\|：|\u{3000}|\t|\r|a|甲|no|12){0,40}"
    ) {
        targets::document(text.as_bytes());
    }
}
