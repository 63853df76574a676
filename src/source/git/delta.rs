//! The files that differ between two revisions, and the lines that a diff of them shows.

use std::ops::RangeInclusive;

use super::differing::{Differing, Leaf, differing};
use super::object::Kind;
use super::{GitError, ObjectId, Repository, Revision};

/// Lines shown around each change, as forges show them.
const CONTEXT: u32 = 3;
/// Files over this many bytes are not compared by line.
const MAX_BYTES: usize = 2 << 20;

/// A file that differs. A renamed file is one that goes and one that comes, and so is one that becomes a
/// link.
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
            let differing = differing(handle, old, new)?;
            differing.iter().map(|at| delta(handle, at)).collect()
        })
    }
}

fn delta(handle: &git2::Repository, at: &Differing) -> Result<Delta, git2::Error> {
    let id = |leaf: Leaf| ObjectId::new(leaf.id);
    Ok(Delta {
        path: String::from_utf8_lossy(&at.path).into_owned(),
        is_named: std::str::from_utf8(&at.path).is_ok(),
        old: at.old.map(id),
        new: at.new.map(id),
        hunks: hunks(handle, at)?,
    })
}

/// A submodule has no lines, and of a file that is too large none are shown.
fn hunks(handle: &git2::Repository, at: &Differing) -> Result<Vec<DeltaLines>, git2::Error> {
    let text = |leaf: Option<Leaf>| {
        let leaf = leaf.filter(|leaf| leaf.kind != Some(Kind::Submodule));
        leaf.map(|leaf| handle.find_blob(leaf.id)).transpose()
    };
    let (old, new) = (text(at.old)?, text(at.new)?);
    let is_large =
        |blob: &Option<git2::Blob<'_>>| blob.as_ref().is_some_and(|it| it.size() > MAX_BYTES);
    if is_large(&old) || is_large(&new) {
        return Ok(Vec::new());
    }
    let content = |blob: &Option<git2::Blob<'_>>| {
        blob.as_ref().map_or(Vec::new(), |it| it.content().to_vec())
    };
    let mut options = git2::DiffOptions::new();
    options.context_lines(CONTEXT).force_text(true);
    let (old, new) = (content(&old), content(&new));
    let patch = git2::Patch::from_buffers(&old, None, &new, None, Some(&mut options))?;
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
