//! What an evaluation saw on its way, for `policy explain` and for authors.

use std::ops::Range;

use super::{Cause, Content, Data, List, Value};

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
    fn record(&mut self, range: Range<usize>, seen: Result<&Value<'_, N>, &Cause<N>>);
}

/// Takes note of nothing.
pub(super) struct Off;

impl<N> Record<N> for Off {
    fn record(&mut self, _: Range<usize>, _: Result<&Value<'_, N>, &Cause<N>>) {}
}

impl<N: Copy> Record<N> for &mut Trace<N> {
    fn record(&mut self, range: Range<usize>, seen: Result<&Value<'_, N>, &Cause<N>>) {
        if self.steps.len() == STEPS {
            self.truncated = true;
            return;
        }
        self.steps.push(Step {
            range,
            origin: seen.ok().and_then(|value| value.origin),
            seen: seen
                .map(|value| shorten(&show(&value.content)))
                .map_err(Clone::clone),
        });
    }
}

fn show<N: Copy>(content: &Content<'_, N>) -> String {
    match content {
        Content::Null => "null".to_owned(),
        Content::Bool(value) => value.to_string(),
        Content::Int(value) => value.to_string(),
        Content::Uint(value) => format!("{value}u"),
        Content::Double(value) => format!("{value:?}"),
        Content::Text(text) => format!("{:?}", &**text),
        Content::Bytes(bytes) => format!("bytes({})", bytes.len()),
        Content::Date(date) => date.show(crate::text::Language::En),
        Content::Duration(duration) => duration.show(crate::text::Language::En),
        Content::List(List::Made(elements)) => {
            list(elements.iter().map(|element| show(&element.content)))
        }
        Content::List(List::Data(elements)) => list(
            elements
                .iter()
                .map(|element: &Data| show(&Value::<N>::data(element).content)),
        ),
        Content::List(List::Range(end)) => format!("range({end})"),
        Content::List(List::Host(_)) => "[…]".to_owned(),
        Content::Record(_) | Content::Map(_) | Content::Object(_) => "{…}".to_owned(),
    }
}

/// Lists show their first elements; the rest would be cut off anyway.
fn list(elements: impl ExactSizeIterator<Item = String>) -> String {
    let more = if elements.len() > SHOWN / 2 {
        ", …"
    } else {
        ""
    };
    format!(
        "[{}{more}]",
        elements.take(SHOWN / 2).collect::<Vec<_>>().join(", ")
    )
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
