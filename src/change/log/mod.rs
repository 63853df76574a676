//! The states of a plan through its history → the table 版次・發行日期・修訂者・說明・核准者.
//!
//! In: what each state of the plan says of its edition, and what commits and tags say in trailers.
//! Out: a [`Row`] for each edition, oldest first, or newest first where the plan's own stand so. Knows
//! nothing of Git: the caller walks the history and hands the states over in its order. Invariant: what the plan itself says goes before what a
//! trailer says, and a row of the plan's `history` is never lost.
//!
//! An edition begins at the state where `header.edition` changes. Rows that are older than the
//! history stand in the plan's own `history`.

mod explained;
mod place;
mod proposal;
mod since;
mod snapshot;
mod span;
mod steps;
mod trailers;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::cel::compare_editions;

pub use explained::{Explained, Founded, Notes, RowNote};
pub use proposal::{Note, Proposal, base_of, next_edition};
pub use snapshot::{Row, Snapshot};
pub use span::{Span, spans};
pub use steps::{Step, steps};
pub use trailers::Trailers;

/// What is said of an edition outside of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The commit where it began; `None` for what is not committed yet.
    pub commit: Option<String>,
    /// The annotated tag `<agency>/<edition>`.
    pub tag: Option<String>,
    /// The trailers of both, those of the commit first.
    pub trailers: Trailers,
}

/// The table: the rows of the plan's `history`, and one for each edition of the states that has none
/// there. `told` goes with `spans`, one to one. A number that was used twice has two rows. Where the
/// plan's own rows stand newest first, so do all.
pub fn rows(states: &[Snapshot], spans: &[Span], told: &[Told]) -> Vec<Row> {
    let mut rows = states
        .last()
        .map(|tip| tip.rows.clone())
        .unwrap_or_default();
    let newest_first = stand_newest_first(&rows);
    if newest_first {
        rows.reverse();
    }
    let mut taken = vec![false; rows.len()];
    let mut after = None;
    for (number, (span, told)) in spans.iter().zip(told).enumerate() {
        let own = (0..rows.len()).find(|&at| !taken[at] && rows[at].edition == span.edition);
        let at = own.unwrap_or_else(|| {
            let at = match after {
                Some(before) => before + 1,
                None => before_all(&rows, &spans[number + 1..]),
            };
            rows.insert(at, Row::of(&span.edition));
            taken.insert(at, false);
            at
        });
        taken[at] = true;
        rows[at].complete(&states[span.last], told);
        after = Some(at);
    }
    if newest_first {
        rows.reverse();
    }
    rows
}

/// Whether each row is of an edition before that of the row above it; of one row nobody can tell.
fn stand_newest_first(rows: &[Row]) -> bool {
    let is_after = |pair: &[Row]| {
        let order = compare_editions(&pair[0].edition, &pair[1].edition);
        order == Some(Ordering::Greater)
    };
    rows.len() > 1 && rows.windows(2).all(is_after)
}

/// Before the first row of one of these editions; behind all rows, which are older, where none has one.
fn before_all(rows: &[Row], editions: &[Span]) -> usize {
    let is_theirs = |row: &Row| editions.iter().any(|span| span.edition == row.edition);
    rows.iter().position(is_theirs).unwrap_or(rows.len())
}
