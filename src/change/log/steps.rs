//! Which states of a plan are to be held against each other.

use super::{Snapshot, Span};

/// A state and the one it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The state before.
    pub old: usize,
    /// The state.
    pub new: usize,
    /// Whether an edition began between them: what it says of itself explains the changes.
    pub is_edition: bool,
}

/// The steps that the last edition took: from where the edition before was issued to where it was
/// itself, and from there to the last state, for what an issued edition says it keeps saying. One that
/// is not issued is taken as it is. The last state counts whether or not it still says an edition: the
/// caller hands over none last that could not be read.
pub fn steps(states: &[Snapshot], spans: &[Span]) -> Vec<Step> {
    let Some((last, before)) = spans.split_last() else {
        return Vec::new();
    };
    let issued = last.issued(states);
    let begun = before.last().map(|before| Step {
        old: before.issued(states),
        new: issued,
        is_edition: true,
    });
    let tip = states.len() - 1;
    let since = (issued < tip).then_some(Step {
        old: issued,
        new: tip,
        is_edition: false,
    });
    begun.into_iter().chain(since).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Row, spans};
    use super::*;

    /// `1.0` an edition with its row, `1.0?` without, `1.0#` without and tagged, `1.0~` as a draft, `?` no
    /// edition at all.
    fn check(written: &[&str], expected: &[(usize, usize, bool)]) {
        let state = |(at, written): (usize, &&str)| {
            let edition = written.trim_end_matches(['?', '#', '~']).to_owned();
            let row = Row {
                edition: edition.clone(),
                ..Row::default()
            };
            Snapshot {
                content: at.to_string(),
                rows: if written.ends_with(['?', '#']) {
                    Vec::new()
                } else {
                    vec![row]
                },
                status: written.ends_with('~').then(|| "draft".to_owned()),
                edition: Some(edition).filter(|edition| !edition.is_empty()),
                ..Snapshot::default()
            }
        };
        let states: Vec<Snapshot> = written.iter().enumerate().map(state).collect();
        let mut spans = spans(&states);
        for span in &mut spans {
            let tagged = |at: &usize| written[*at].ends_with('#');
            span.tagged = (span.first..=span.last).rfind(tagged);
        }
        let found = steps(&states, &spans);
        let found: Vec<_> = found.iter().map(|s| (s.old, s.new, s.is_edition)).collect();
        assert_eq!(found, expected, "{written:?}");
    }

    #[test]
    fn an_edition_is_held_against_the_one_before() {
        check(&[], &[]);
        check(&["1.0"], &[]);
        check(&["1.0", "1.1"], &[(0, 1, true)]);
        check(&["1.0?", "1.0?", "1.1"], &[(1, 2, true)]);
    }

    #[test]
    fn an_edition_is_held_against_the_one_before_as_it_was_issued() {
        check(&["1.0", "1.0", "1.1"], &[(0, 2, true)]);
        check(&["1.0~", "1.0", "1.0", "1.1"], &[(1, 3, true)]);
    }

    #[test]
    fn a_state_without_an_edition_is_not_passed_over() {
        check(&["1.0", "1.1", "?"], &[(0, 1, true), (1, 2, false)]);
        check(&["1.0", "1.1?", "?"], &[(0, 1, true), (1, 2, false)]);
        check(&["1.0", "?", "1.1"], &[(0, 2, true)]);
        check(&["?", "?"], &[]);
    }

    #[test]
    fn what_comes_after_the_issue_is_held_against_the_issue() {
        check(&["1.0", "1.1", "1.1"], &[(0, 1, true), (1, 2, false)]);
        check(&["1.0", "1.0"], &[(0, 1, false)]);
    }

    #[test]
    fn what_is_tagged_is_issued_where_no_row_says_when() {
        check(&["1.0#", "1.0?"], &[(0, 1, false)]);
        check(
            &["1.0?", "1.1?", "1.1#", "1.1?"],
            &[(0, 2, true), (2, 3, false)],
        );
        check(&["1.0#", "1.0?", "1.1?"], &[(0, 2, true)]);
        // The row goes before the tag, which may be set at any time.
        check(&["1.0", "1.0#"], &[(0, 1, false)]);
        check(&["1.0#", "1.0"], &[]);
    }

    #[test]
    fn what_is_not_issued_is_taken_as_it_is() {
        check(&["1.0", "1.1?", "1.1?"], &[(0, 2, true)]);
        check(&["1.0", "1.1~", "1.1~", "1.1"], &[(0, 3, true)]);
        check(
            &["1.0", "1.1?", "1.1", "1.1"],
            &[(0, 2, true), (2, 3, false)],
        );
    }
}
