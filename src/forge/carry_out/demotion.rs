//! What the forge refuses in one place → where it is said instead.

use super::{Demoted, Error, Unposted};
use crate::review::anchor::Anchor;
use crate::review::marker::{Marker, text_of};
use crate::review::writes::Write;

/// Where a refused write goes next; `None` for what has no other place.
pub(super) fn next_place(write: &Write) -> Option<Anchor> {
    match write {
        Write::Comment { anchor, .. } => Some(match anchor {
            Anchor::Lines { path, .. } => Anchor::File { path: path.clone() },
            Anchor::File { .. } | Anchor::Summary => Anchor::Summary,
        }),
        // A comment that is gone, about a finding that still holds.
        Write::Edit { body, .. } => {
            let marker = Marker::read(body)?;
            let holds = !marker.is_fixed && marker.id != Marker::SUMMARY;
            holds.then_some(Anchor::Summary)
        }
        _ => None,
    }
}

/// What waits to be said in the summary.
pub(super) struct Demotions<'h> {
    heading: &'h str,
    waiting: Vec<Unposted>,
    /// How many of them stand in the summary that was made last.
    shown: usize,
}

impl<'h> Demotions<'h> {
    pub(super) fn new(heading: &'h str) -> Self {
        Self {
            heading,
            waiting: Vec::new(),
            shown: 0,
        }
    }

    pub(super) fn take(&mut self, write: Write, error: Error) {
        let error = Some(error);
        self.waiting.push(Unposted { write, error });
    }

    pub(super) fn are_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// A summary with as many as find room under it.
    pub(super) fn under(&mut self, summary: &str, limit: usize) -> String {
        let mut text = summary.to_owned();
        self.shown = 0;
        for entry in &self.waiting {
            let heading = if self.shown == 0 { self.heading } else { "---" };
            let piece = format!("\n\n{heading}\n\n{}", text_of(body_of(&entry.write)));
            if text.len() + piece.len() > limit {
                break;
            }
            text.push_str(&piece);
            self.shown += 1;
        }
        text
    }

    /// The summary that was made last stands.
    pub(super) fn are_said(&mut self, demoted: &mut Vec<Demoted>) {
        for entry in self.waiting.drain(..self.shown) {
            let to = Anchor::Summary;
            let id = id_of(&entry.write);
            demoted.push(Demoted { id, to });
        }
        self.shown = 0;
    }

    /// What found no room.
    pub(super) fn rest(&mut self) -> Vec<Unposted> {
        std::mem::take(&mut self.waiting)
    }
}

fn body_of(write: &Write) -> &str {
    match write {
        Write::Comment { body, .. } | Write::Edit { body, .. } | Write::Summary { body } => body,
        Write::Fold { .. } | Write::Unfold { .. } => "",
    }
}

fn id_of(write: &Write) -> String {
    Marker::read(body_of(write)).map_or_else(String::new, |marker| marker.id)
}
