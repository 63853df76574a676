//! A finding → where on a diff it can be said.
//!
//! Forges refuse a comment on a line that is not in the diff, and with it the whole review. So the
//! lines that can be commented on are computed from Git's own diff, and a finding elsewhere is said
//! on the file or in the summary: it never gets lost.

use std::ops::RangeInclusive;
use std::sync::Arc;

/// A file of the diff from the merge base to the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path at the head; at the merge base where it was removed.
    pub path: Arc<str>,
    /// The lines shown, with their context, in order.
    pub hunks: Vec<Hunk>,
}

/// Lines that a diff shows, counted from 1; `None` where one side has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// At the merge base.
    pub old: Option<RangeInclusive<u32>>,
    /// At the head.
    pub new: Option<RangeInclusive<u32>>,
}

/// A side of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The merge base: what was removed.
    Old,
    /// The head.
    New,
}

/// Where something can be said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// On lines of one hunk.
    Lines {
        /// The file.
        path: Arc<str>,
        /// The side.
        side: Side,
        /// The first line, where there are several.
        start: Option<u32>,
        /// The last line, or the only one.
        line: u32,
    },
    /// On a file of the diff.
    File {
        /// The file.
        path: Arc<str>,
    },
    /// In the summary.
    Summary,
}

/// Where lines of a file can be commented on. Where they run out of a hunk, the part from the first
/// line on is taken.
pub fn anchor(files: &[ChangedFile], path: &str, side: Side, lines: RangeInclusive<u32>) -> Anchor {
    let Some(file) = files.iter().find(|file| *file.path == *path) else {
        return Anchor::Summary;
    };
    let shown = file.hunks.iter().filter_map(|hunk| match side {
        Side::Old => hunk.old.as_ref(),
        Side::New => hunk.new.as_ref(),
    });
    let (first, last) = (*lines.start(), (*lines.end()).max(*lines.start()));
    let Some(hunk) = shown.into_iter().find(|hunk| hunk.contains(&first)) else {
        return Anchor::File {
            path: Arc::clone(&file.path),
        };
    };
    let line = last.min(*hunk.end());
    Anchor::Lines {
        path: Arc::clone(&file.path),
        side,
        start: (first < line).then_some(first),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<ChangedFile> {
        let hunk = |old, new| Hunk {
            old: Some(old),
            new: Some(new),
        };
        let hunks = vec![hunk(1..=7, 1..=8), hunk(20..=26, 21..=24)];
        let path = "plans/a/plan.yaml".into();
        vec![ChangedFile { path, hunks }]
    }

    fn at(side: Side, lines: RangeInclusive<u32>) -> Anchor {
        anchor(&files(), "plans/a/plan.yaml", side, lines)
    }

    fn lines(side: Side, start: Option<u32>, line: u32) -> Anchor {
        let path = "plans/a/plan.yaml".into();
        Anchor::Lines {
            path,
            side,
            start,
            line,
        }
    }

    #[test]
    fn edge_54_a_line_that_is_not_shown_goes_to_the_file() {
        let path = "plans/a/plan.yaml".into();
        assert_eq!(at(Side::New, 9..=9), Anchor::File { path });
    }

    #[test]
    fn edge_55_a_file_that_did_not_change_goes_to_the_summary() {
        assert_eq!(
            anchor(&files(), "plans/b/plan.yaml", Side::New, 1..=1),
            Anchor::Summary
        );
    }

    #[test]
    fn edge_56_one_line_has_no_start() {
        assert_eq!(at(Side::New, 8..=8), lines(Side::New, None, 8));
        assert_eq!(at(Side::New, 2..=4), lines(Side::New, Some(2), 4));
    }

    #[test]
    fn edge_57_lines_of_two_hunks_stay_in_the_first() {
        assert_eq!(at(Side::New, 7..=22), lines(Side::New, Some(7), 8));
        assert_eq!(at(Side::New, 8..=22), lines(Side::New, None, 8));
    }

    #[test]
    fn edge_58_what_was_removed_is_said_on_the_old_side() {
        assert_eq!(at(Side::Old, 26..=26), lines(Side::Old, None, 26));
    }
}
