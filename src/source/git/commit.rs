//! Commits, and what their messages say in trailers.

use super::{GitError, ObjectId, Repository};
use crate::text::Day;

/// Commits of a merged branch that are asked for their trailers.
const MAX_MERGED: usize = 250;

/// A commit, as far as it bears on a plan. Who wrote it is not part of it: a plan names no person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: ObjectId,
    /// The day it was committed, on the clock of the one who committed it.
    pub on: Day,
    /// The trailers of its message.
    pub trailers: Vec<Trailer>,
}

/// A line `Key: value` of the last paragraph of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trailer {
    /// The key as written; compare it without case.
    pub key: String,
    /// The value, continued lines joined.
    pub value: String,
}

impl Commit {
    pub(super) fn read(commit: &git2::Commit<'_>) -> Self {
        Self {
            id: ObjectId::new(commit.id()),
            on: day(commit.time()),
            trailers: trailers(commit.message_bytes()),
        }
    }
}

impl Repository {
    /// The commits that a merge brought, oldest first: those that its other parents reach and its
    /// first does not. Empty for a commit that is no merge. At most 250 are read, the newest.
    pub fn merged_by(&self, commit: ObjectId) -> Result<Vec<Commit>, GitError> {
        self.with(|handle| {
            let merge = handle.find_commit(commit.raw())?;
            let mut parents = merge.parent_ids();
            let mut walk = handle.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL)?;
            if let Some(first) = parents.next() {
                walk.hide(first)?;
            }
            for other in parents {
                walk.push(other)?;
            }
            let mut commits = Vec::new();
            for id in walk.take(MAX_MERGED) {
                commits.push(Commit::read(&handle.find_commit(id?)?));
            }
            commits.reverse();
            Ok(commits)
        })
    }
}

/// The trailers of a message. What is not UTF-8 is shown as U+FFFD; a message that Git would not
/// store, with a NUL in it, has none.
pub(super) fn trailers(message: &[u8]) -> Vec<Trailer> {
    let message = String::from_utf8_lossy(message);
    let Ok(found) = git2::message_trailers_strs(message.as_ref()) else {
        return Vec::new();
    };
    let one_line = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = found.iter().map(|(key, value)| Trailer {
        key: key.trim().to_owned(),
        value: one_line(value),
    });
    found.collect()
}

/// The day of a moment on the clock it was taken from; the first day of all for a moment that no
/// calendar has.
pub(super) fn day(time: git2::Time) -> Day {
    let moment = jiff::Timestamp::from_second(time.seconds()).unwrap_or(jiff::Timestamp::MIN);
    let seconds = time.offset_minutes().saturating_mul(60);
    let offset = jiff::tz::Offset::from_seconds(seconds).unwrap_or(jiff::tz::Offset::UTC);
    offset.to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_are_the_last_paragraph_and_may_repeat() {
        let message = "修正\n\nReason: 不是尾註\n\n說明文字\n\nPlan-Edition: 1.3\nReason: 一\nreason: 二\n  續行\n";
        let found = trailers(message.as_bytes());
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|trailer| (trailer.key.as_str(), trailer.value.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("Plan-Edition", "1.3"),
                ("Reason", "一"),
                ("reason", "二 續行")
            ]
        );
        assert!(trailers("一行\n".as_bytes()).is_empty());
        assert!(trailers(b"a\0b\n\nReason: c\n").is_empty());
        assert_eq!(trailers(b"a\n\nReason: \xFF\n")[0].value, "\u{FFFD}");
    }

    #[test]
    fn a_day_is_that_of_the_committers_clock() {
        // 2019-02-17 16:30 UTC is half past midnight in Taipei.
        let time = git2::Time::new(1_550_421_000, 8 * 60);
        assert_eq!(day(time).to_string(), "2019-02-18");
        assert_eq!(day(git2::Time::new(i64::MAX, i32::MAX)).year(), -9999);
    }
}
