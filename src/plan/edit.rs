//! The lines to write: a value put into a plan at its place, in the style of what stands there.

mod first;
mod flow;

use std::iter::repeat_n;
use std::slice;

pub use first::insert_first;

use super::fact::MODE_KEYS;
use crate::document::{Node, Style};
use crate::finding::Edit;
use crate::text::{Span, display_width};

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A scalar as it is written, quotes included.
    Scalar(String),
    /// Items.
    List(Vec<Draft>),
    /// Entries, in order.
    Map(Vec<(String, Draft)>),
}

/// Maps of more entries than this are written one to a line.
const FLOW_ENTRIES: usize = 3;
/// Flow style ends where a line would be longer than this.
const LINE_WIDTH: usize = 90;

impl Draft {
    /// A value of a file, as it is written there.
    pub fn of(node: Node<'_>) -> Self {
        if node.is_list() {
            return Self::List(node.items().map(Self::of).collect());
        }
        if node.is_map() {
            let entries = node
                .entries()
                .map(|entry| (entry.key.to_owned(), Self::of(entry.value)));
            return Self::Map(entries.collect());
        }
        match node.style() {
            Style::Literal | Style::Folded => Self::text(node.written()),
            _ => Self::Scalar(node.document().file().slice(node.span()).to_owned()),
        }
    }

    /// A text, in quotes where another reader would take it for something else.
    pub fn text(text: &str) -> Self {
        let marks = [
            ':', '#', '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
        ];
        let first = text.chars().next();
        let looks_plain = first.is_some_and(char::is_alphabetic)
            && !text.contains(marks)
            && !text.contains(is_escaped)
            && text.trim() == text
            && !matches!(
                text.to_ascii_lowercase().as_str(),
                "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
            );
        if looks_plain {
            return Self::Scalar(text.to_owned());
        }
        Self::Scalar(quoted(text))
    }

    /// The value as a whole file.
    pub fn document(&self) -> String {
        let mut text = String::new();
        match self {
            Self::Map(entries) if !entries.is_empty() => push_entries(entries, 0, &mut text),
            other => other.push_flow(&mut text),
        }
        text.push('\n');
        text
    }

    /// The value under the keys of a path.
    #[must_use]
    pub fn under(self, path: &[String]) -> Self {
        path.iter()
            .rev()
            .fold(self, |value, key| Self::Map(vec![(key.clone(), value)]))
    }

    /// On one line.
    fn flow(&self) -> String {
        let mut text = String::new();
        self.push_flow(&mut text);
        text
    }

    fn push_flow(&self, text: &mut String) {
        match self {
            Self::Scalar(own) => text.push_str(own),
            Self::List(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    text.push_str(if at == 0 { "" } else { ", " });
                    item.push_flow(text);
                }
                text.push(']');
            }
            Self::Map(entries) => {
                text.push_str("{ ");
                push_pairs(entries, text);
                text.push_str(" }");
            }
        }
    }

    /// Columns that it takes on one line.
    fn width(&self) -> usize {
        let between = |count: usize| 2 * count.saturating_sub(1);
        match self {
            Self::Scalar(text) => display_width(text),
            Self::List(items) => {
                let inside: usize = items.iter().map(Self::width).sum();
                inside + between(items.len()) + 2
            }
            Self::Map(entries) => {
                let pair = |(key, value): &(String, Self)| display_width(key) + 2 + value.width();
                let inside: usize = entries.iter().map(pair).sum();
                inside + between(entries.len()) + 4
            }
        }
    }

    /// Whether it is written on one line that has so many columns before it.
    fn is_flat(&self, indent: usize) -> bool {
        let is_short = || self.width() + indent <= LINE_WIDTH;
        match self {
            Self::Scalar(_) => true,
            Self::List(items) => {
                items.iter().all(|item| matches!(item, Self::Scalar(_))) && is_short()
            }
            Self::Map(entries) => {
                let scalar = |value: &Self| !matches!(value, Self::Map(_)) && value.is_flat(indent);
                entries.len() <= FLOW_ENTRIES
                    && entries.iter().all(|(_, v)| scalar(v))
                    && is_short()
            }
        }
    }

    /// Behind the dash of an item, or the key of nothing.
    fn push_block(&self, indent: usize, text: &mut String) {
        match self {
            Self::Map(entries) if !self.is_flat(indent) => push_entries(entries, indent, text),
            _ => self.push_flow(text),
        }
    }
}

/// A text in double quotes (YAML 1.2.2 §5.7). What no file may hold as it is stands as its number.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if is_escaped(character) => {
                quoted.push_str(&format!("\\U{:08x}", u32::from(character)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether it is written as its number: a control, or what other readers take for the end of a line.
fn is_escaped(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Entries on one line, without braces.
fn push_pairs(entries: &[(String, Draft)], text: &mut String) {
    for (at, (key, value)) in entries.iter().enumerate() {
        for part in [if at == 0 { "" } else { ", " }, key, ": "] {
            text.push_str(part);
        }
        value.push_flow(text);
    }
}

/// Entries below each other at an indentation, without that of the first line.
fn push_entries(entries: &[(String, Draft)], indent: usize, text: &mut String) {
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 {
            push_break(indent, text);
        }
        push_entry(key, value, indent, text);
    }
}

/// Items below each other at an indentation, without that of the first line.
fn push_items(items: &[Draft], indent: usize, text: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            push_break(indent, text);
        }
        text.push_str("- ");
        item.push_block(indent + 2, text);
    }
}

/// The lines of `key: value` at an indentation, without that of the first line.
fn push_entry(key: &str, value: &Draft, indent: usize, text: &mut String) {
    text.push_str(key);
    text.push(':');
    let inner = indent + 2;
    let is_flat = value.is_flat(indent + key.len() + 2) && !nested(value);
    match value {
        Draft::List(items) if !is_flat => {
            push_break(inner, text);
            push_items(items, inner, text);
        }
        Draft::Map(entries) if !is_flat => {
            push_break(inner, text);
            push_entries(entries, inner, text);
        }
        _ => {
            text.push(' ');
            value.push_flow(text);
        }
    }
}

fn push_break(indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(repeat_n(' ', indent));
}

/// A path with one more key below it reads better as a block than as braces.
fn nested(value: &Draft) -> bool {
    match value {
        Draft::Map(entries) => entries
            .iter()
            .any(|(_, value)| matches!(value, Draft::Map(_))),
        Draft::List(items) => items.iter().any(|item| matches!(item, Draft::Map(_))),
        Draft::Scalar(_) => false,
    }
}

/// Writes several items into a list, behind what stands there.
pub fn insert_all(into: Node<'_>, items: &[Draft]) -> Option<Edit> {
    let edits: Option<Vec<Edit>> = items.iter().map(|item| insert(into, item)).collect();
    let edits = edits?;
    let first = edits.first()?;
    if matches!(into.style(), Style::Flow) && items.len() > 1 {
        let pieces: Vec<String> = items.iter().map(Draft::flow).collect();
        return flow::insert(into, &Draft::Scalar(pieces.join(", ")));
    }
    Some(Edit {
        span: first.span,
        text: edits.iter().map(|edit| edit.text.as_str()).collect(),
    })
}

/// Writes entries into a map, or an item into a list, behind what stands there.
pub fn insert(into: Node<'_>, value: &Draft) -> Option<Edit> {
    if into.is_null() {
        return None;
    }
    let text = into.document().file().text();
    if matches!(into.style(), Style::Flow) {
        return flow::insert(into, value);
    }
    let last = if into.is_map() {
        into.entries().last().map(|entry| entry.value)
    } else {
        into.items().last()
    }?;
    let indent = column(text, into.span().start as usize);
    let end = line_end(text, last.span().end as usize);
    let needs_break = end > 0 && !text[..end].ends_with('\n');
    let mut lines = String::from(if needs_break { "\n" } else { "" });
    lines.extend(repeat_n(' ', indent));
    match value {
        Draft::Map(entries) if into.is_map() => push_entries(entries, indent, &mut lines),
        item if into.is_list() => push_items(slice::from_ref(item), indent, &mut lines),
        _ => return None,
    }
    if needs_break {
        lines.truncate(lines.trim_end().len());
    } else {
        lines.push('\n');
    }
    Some(Edit {
        span: Span::at(end),
        text: lines,
    })
}

/// Replaces a value; of a map that carries a mode, the mode.
pub fn replace(node: Node<'_>, value: &Draft) -> Edit {
    let text = node.document().file().text();
    let span = node.span();
    let indent = column(text, span.start as usize);
    let is_block = matches!(node.style(), Style::Block);
    let mut text = String::new();
    match value {
        Draft::Map(entries) if is_block && node.is_map() => {
            push_entries(entries, indent, &mut text);
        }
        Draft::List(items) if is_block && node.is_list() => push_items(items, indent, &mut text),
        other => other.push_flow(&mut text),
    }
    Edit { span, text }
}

/// Adds what `value` has to what a stated map has: keys that stand are replaced, others inserted,
/// mode keys vanish.
pub fn merge(node: Node<'_>, value: &Draft) -> Edit {
    let Draft::Map(new) = value else {
        return replace(node, value);
    };
    if !node.is_map() {
        return replace(node, value);
    }
    let kept = node
        .entries()
        .filter(|entry| !MODE_KEYS.contains(&entry.key));
    let mut entries: Vec<(String, Draft)> = kept
        .map(|entry| (entry.key.to_owned(), Draft::of(entry.value)))
        .collect();
    for (key, value) in new {
        match entries.iter_mut().find(|(other, _)| other == key) {
            Some(entry) => entry.1 = value.clone(),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    replace(node, &Draft::Map(entries))
}

/// Writes a value where there is none: a null, a map that holds only side keys, or one that holds
/// for others; beside the last, as one of several.
pub fn replace_silent(node: Node<'_>, value: &Draft) -> Edit {
    let holds_for_others = node.get("for").or(node.get("except")).is_some();
    if node.is_map() && holds_for_others {
        return replace(node, &Draft::List(vec![Draft::of(node), value.clone()]));
    }
    if node.is_map() {
        return merge(node, value);
    }
    let mut edit = replace(node, value);
    if node.is_null() && edit.span.start == edit.span.end {
        let text = node.document().file().text();
        let at = edit.span.start as usize;
        if node == node.document().root() {
            return whole(text, value);
        }
        let after = if text[at..].starts_with('#') { " " } else { "" };
        edit.text = format!(" {}{after}", value.flow());
    }
    edit
}

/// Writes a value behind the comments of a file that says nothing else.
fn whole(text: &str, value: &Draft) -> Edit {
    let needs_break = !text.is_empty() && !text.ends_with('\n');
    let mut lines = String::from(if needs_break { "\n" } else { "" });
    match value {
        Draft::List(items) => push_items(items, 0, &mut lines),
        Draft::Map(entries) => push_entries(entries, 0, &mut lines),
        Draft::Scalar(own) => lines.push_str(own),
    }
    lines.push('\n');
    Edit {
        span: Span::at(text.len()),
        text: lines,
    }
}

fn column(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..at].chars().count()
}

/// One past the line break of the line that byte `at` is on.
fn line_end(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') {
        return at;
    }
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}
