//! What an evaluation saw on its way, for `policy explain` and for authors.

use std::ops::Range;

use super::{Cause, Content, List, Value};
use crate::text::Language;

/// The longest value shown, in characters.
const SHOWN: usize = 40;
/// The most steps kept; what follows says nothing new to a reader.
const STEPS: usize = 2_000;

/// The steps of an evaluation, in the order they were finished. Holds values of the plan: it is for
/// the reader who asked for it, not for logs.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace<N> {
    /// The steps.
    pub steps: Vec<Step<N>>,
    /// Whether there were more than are kept.
    pub truncated: bool,
}

/// One sub-expression and what it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<N> {
    /// The bytes of the expression.
    pub range: Range<usize>,
    /// Its value, rendered short, or why it has none.
    pub seen: Result<String, Cause<N>>,
    /// The node the value was read from.
    pub origin: Option<N>,
}

impl<N> Default for Trace<N> {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            truncated: false,
        }
    }
}

/// Takes note of steps, or of nothing at no cost.
pub(super) trait Record<N> {
    /// Whether anything is taken note of.
    const ON: bool;

    fn record(&mut self, range: Range<usize>, seen: Result<&Value<'_, N>, &Cause<N>>);
}

/// Takes note of nothing.
pub(super) struct Off;

impl<N> Record<N> for Off {
    const ON: bool = false;

    fn record(&mut self, _: Range<usize>, _: Result<&Value<'_, N>, &Cause<N>>) {}
}

impl<N: Copy> Record<N> for &mut Trace<N> {
    const ON: bool = true;

    fn record(&mut self, range: Range<usize>, seen: Result<&Value<'_, N>, &Cause<N>>) {
        if self.steps.len() == STEPS {
            self.truncated = true;
            return;
        }
        self.steps.push(Step {
            range,
            origin: seen.ok().and_then(|value| value.origin),
            seen: seen.map(render).map_err(Clone::clone),
        });
    }
}

fn render<N: Copy>(value: &Value<'_, N>) -> String {
    let mut shown = String::new();
    show(&value.content, &mut shown);
    shorten(&shown)
}

/// A value as an author would write it, up to about [`SHOWN`] characters: what is longer is never
/// rendered, however deep it nests.
fn show<N: Copy>(content: &Content<'_, N>, shown: &mut String) {
    match content {
        Content::Null => shown.push_str("null"),
        Content::Bool(value) => shown.push_str(if *value { "true" } else { "false" }),
        Content::Int(value) => shown.push_str(&value.to_string()),
        Content::Uint(value) => shown.push_str(&format!("{value}u")),
        Content::Double(value) => shown.push_str(&format!("{value:?}")),
        Content::Text(text) => {
            let start: String = text.chars().take(SHOWN).collect();
            shown.push_str(&format!("{start:?}"));
        }
        Content::Bytes(bytes) => shown.push_str(&format!("bytes({})", bytes.len())),
        Content::Date(date) => shown.push_str(&date.show(Language::En)),
        Content::Duration(duration) => shown.push_str(&duration.show(Language::En)),
        Content::List(List::Made(elements)) => list(elements.iter().cloned(), shown),
        Content::List(List::Data(elements)) => list(elements.iter().map(Value::<N>::data), shown),
        Content::List(List::Range(end)) => shown.push_str(&format!("range({end})")),
        Content::List(List::Host(_)) => shown.push_str("[…]"),
        Content::Record(_) | Content::Map(_) | Content::Object(_) => shown.push_str("{…}"),
    }
}

fn list<'v, N: Copy>(elements: impl Iterator<Item = Value<'v, N>>, shown: &mut String) {
    shown.push('[');
    for (index, element) in elements.enumerate() {
        if shown.len() > 4 * SHOWN {
            return;
        }
        if index > 0 {
            shown.push_str(", ");
        }
        show(&element.content, shown);
    }
    shown.push(']');
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
