//! The first item of a list, before what stands there.

use std::iter::repeat_n;
use std::slice;

use super::{Draft, column, flow, push_items};
use crate::document::{Node, Style};
use crate::finding::Edit;
use crate::text::Span;

/// Writes an item into a list that has some, before them; what is said above the first stays above.
pub fn insert_first(into: Node<'_>, item: &Draft) -> Option<Edit> {
    let first = into.items().next()?;
    if matches!(into.style(), Style::Flow) {
        return flow::insert_first(into, first, item);
    }
    let at = into.span().start as usize;
    let source = into.document().file().text();
    if !source.get(at..)?.starts_with('-') {
        return None;
    }
    let indent = column(source, at);
    let mut text = String::new();
    push_items(slice::from_ref(item), indent, &mut text);
    text.push('\n');
    text.extend(repeat_n(' ', indent));
    let span = Span::at(at);
    Some(Edit { span, text })
}
