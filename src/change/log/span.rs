//! Where editions begin and end among the states of a plan.

use super::Snapshot;

/// The states of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The edition.
    pub edition: String,
    /// The state where it began.
    pub first: usize,
    /// Its last state.
    pub last: usize,
    /// Its last state that its tag has: what is tagged is issued, though nothing else says so.
    pub tagged: Option<usize>,
}

impl Span {
    /// The state where it was issued: where its row first stands, else what is tagged; where it is not
    /// issued, its last one, as it is.
    pub fn issued(&self, states: &[Snapshot]) -> usize {
        let is_issued = |&at: &usize| {
            let state = &states[at];
            state.edition.as_deref() == Some(self.edition.as_str()) && state.is_issued()
        };
        (self.first..=self.last)
            .find(is_issued)
            .or(self.tagged)
            .unwrap_or(self.last)
    }
}

/// The editions of the states, oldest first.
///
/// A state that could not be read or states no edition ends none. A state that restores an earlier
/// one byte for byte takes back the editions since: they were withdrawn. One of them that a state restores
/// in turn began where it first did.
pub fn spans(states: &[Snapshot]) -> Vec<Span> {
    let (mut spans, mut withdrawn): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for (at, state) in states.iter().enumerate() {
        let Some(edition) = &state.edition else {
            continue;
        };
        let has_it = |span: &Span| {
            let mut earlier = states[span.first..=span.last].iter();
            span.edition == *edition && earlier.any(|earlier| earlier.content == state.content)
        };
        if let Some(restored) = spans.iter().position(has_it) {
            withdrawn.extend(spans.drain(restored + 1..));
        }
        if let Some(span) = spans.last_mut().filter(|span| span.edition == *edition) {
            span.last = at;
            continue;
        }
        let again = withdrawn.iter().rposition(has_it);
        let first = again.map_or(at, |again| withdrawn.swap_remove(again).first);
        spans.push(Span {
            edition: edition.clone(),
            first,
            last: at,
            tagged: None,
        });
    }
    spans
}
