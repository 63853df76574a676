//! The files that differ between two revisions, and the lines that a diff of them shows.

use std::ops::RangeInclusive;

use super::{GitError, ObjectId, Repository, Revision};

/// Lines shown around each change, as forges show them.
const CONTEXT: u32 = 3;
/// Files over this many bytes are not compared by line.
const MAX_BYTES: i64 = 2 << 20;

/// A file that differs. A renamed file is one that goes and one that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// Its path from the top of the repository; what is not UTF-8 is shown as U+FFFD.
    pub path: String,
    /// Whether the path is UTF-8.
    pub is_named: bool,
    /// Its content before; `None` where it comes.
    pub old: Option<ObjectId>,
    /// Its content after; `None` where it goes.
    pub new: Option<ObjectId>,
    /// The lines that a diff shows.
    pub hunks: Vec<DeltaLines>,
}

/// One stretch of a diff: lines of both sides from 1, `None` where a side has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeltaLines {
    /// Before.
    pub old: Option<RangeInclusive<u32>>,
    /// After.
    pub new: Option<RangeInclusive<u32>>,
}

impl Repository {
    /// The files that differ between two revisions, by path. Folders that are the same are not
    /// entered.
    pub fn deltas(&self, old: &Revision, new: &Revision) -> Result<Vec<Delta>, GitError> {
        let (old, new) = (old.tree.raw(), new.tree.raw());
        self.with(|handle| {
            let (old, new) = (handle.find_tree(old)?, handle.find_tree(new)?);
            let mut options = git2::DiffOptions::new();
            options
                .context_lines(CONTEXT)
                .max_size(MAX_BYTES)
                .force_text(true);
            let diff = handle.diff_tree_to_tree(Some(&old), Some(&new), Some(&mut options))?;
            (0..diff.deltas().len())
                .filter_map(|at| delta(&diff, at).transpose())
                .collect()
        })
    }
}

fn delta(diff: &git2::Diff<'_>, at: usize) -> Result<Option<Delta>, git2::Error> {
    let Some(delta) = diff.get_delta(at) else {
        return Ok(None);
    };
    let side = |file: &git2::DiffFile<'_>| (!file.id().is_zero()).then(|| ObjectId::new(file.id()));
    let (old, new) = (delta.old_file(), delta.new_file());
    let path = new.path_bytes().or(old.path_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(path).into_owned();
    Ok(Some(Delta {
        is_named: std::str::from_utf8(path).is_ok(),
        path: text,
        old: side(&old),
        new: side(&new),
        hunks: hunks(diff, at)?,
    }))
}

fn hunks(diff: &git2::Diff<'_>, at: usize) -> Result<Vec<DeltaLines>, git2::Error> {
    let Some(patch) = git2::Patch::from_diff(diff, at)? else {
        return Ok(Vec::new());
    };
    let lines = |start: u32, count: u32| (count > 0).then(|| start..=start + count - 1);
    let hunk = |at| {
        let (hunk, _) = patch.hunk(at)?;
        Ok(DeltaLines {
            old: lines(hunk.old_start(), hunk.old_lines()),
            new: lines(hunk.new_start(), hunk.new_lines()),
        })
    };
    (0..patch.num_hunks()).map(hunk).collect()
}
