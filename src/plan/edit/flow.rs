//! Between brackets: where the next item goes, beside commas and comments that stand there.

use super::{Draft, push_pairs};
use crate::document::Node;
use crate::finding::Edit;
use crate::text::Span;

/// Writes entries into a map, or an item into a list, in flow style, behind what stands there. Every
/// byte that stands there stays. `None` where something else stands there than that style has.
pub(super) fn insert(into: Node<'_>, value: &Draft) -> Option<Edit> {
    let source = into.document().file().text();
    let span = into.span().range();
    let (open, close) = (span.start + 1, span.end.checked_sub(1)?);
    let own = written(into, value)?;
    let Some(last) = last_of(into) else {
        let tail = Tail::read(source.get(open..close)?)?;
        return Some(match tail.last_line {
            Some(line) => Edit {
                span: Span::at(open + line),
                text: format!("{}  {own}\n", &tail.text[line..]),
            },
            None if into.is_list() => Edit {
                span: Span::at(open),
                text: own,
            },
            None => Edit {
                span: Span::at(open),
                text: format!(" {own}{}", if tail.text.is_empty() { " " } else { "" }),
            },
        });
    };
    let tail = Tail::read(source.get(last.end..close)?)?;
    let Some(line) = tail.last_line else {
        return Some(Edit {
            span: Span::at(last.end + tail.comma.map_or(0, |comma| comma + 1)),
            text: format!("{} {own}", if tail.comma.is_none() { "," } else { "" }),
        });
    };
    let own_line = source[..last.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &source[own_line..last.start];
    let indent = match before.trim_start().is_empty() {
        true => before.to_owned(),
        false => format!("{}  ", &tail.text[line..]),
    };
    Some(match tail.comma {
        Some(_) => Edit {
            span: Span::at(last.end + line),
            text: format!("{indent}{own},\n"),
        },
        None => Edit {
            span: Span::new(last.end, last.end + line),
            text: format!(",{}{indent}{own}\n", &tail.text[..line]),
        },
    })
}

/// Writes an item before the first of a list, on a line of its own where that has one. `None` where
/// more than blanks and comments stands before it.
pub(super) fn insert_first(into: Node<'_>, first: Node<'_>, item: &Draft) -> Option<Edit> {
    let source = into.document().file().text();
    let (open, at) = (into.span().range().start + 1, first.span().range().start);
    let before = source.get(open..at)?;
    let between = match Tail::read(before)?.last_line {
        Some(line) => format!(",\n{}", &before[line..]),
        None => ", ".to_owned(),
    };
    Some(Edit {
        span: Span::at(at),
        text: written(into, item)? + &between,
    })
}

/// The value as it stands between brackets.
fn written(into: Node<'_>, value: &Draft) -> Option<String> {
    let mut text = String::new();
    match value {
        Draft::Map(entries) if into.is_map() => push_pairs(entries, &mut text),
        item if into.is_list() => item.push_flow(&mut text),
        _ => return None,
    }
    Some(text)
}

/// The last item, or the last entry from its key on.
fn last_of(into: Node<'_>) -> Option<std::ops::Range<usize>> {
    let Some(entry) = into.entries().last() else {
        return Some(into.items().last()?.span().range());
    };
    let (key, value) = (entry.key_span.range(), entry.value.span().range());
    Some(key.start..value.end.max(key.end))
}

/// What stands between an item and the bracket.
struct Tail<'s> {
    text: &'s str,
    /// The byte of a comma.
    comma: Option<usize>,
    /// The byte where the line of the bracket begins, if it is another.
    last_line: Option<usize>,
}

impl<'s> Tail<'s> {
    /// `None` where there is more than blanks, a comma and comments.
    fn read(text: &'s str) -> Option<Self> {
        let (mut comma, mut last_line, mut in_comment) = (None, None, false);
        for (at, character) in text.char_indices() {
            match character {
                '\n' => {
                    in_comment = false;
                    last_line = Some(at + 1);
                }
                _ if in_comment => {}
                '#' => in_comment = true,
                ',' if comma.is_none() => comma = Some(at),
                ' ' | '\t' | '\r' => {}
                _ => return None,
            }
        }
        Some(Self {
            text,
            comma,
            last_line,
        })
    }
}
