//! The commits that came upon a branch one after another, and what merging by itself makes.

use super::proposed::merge_of;
use super::{GitError, ObjectId, Repository, Revision};

/// Longer lines are not read: no merge queue makes one.
const MAX_LINE: usize = 1_000;
/// How much of a message is kept: enough for the line that a forge writes.
const MAX_SUBJECT: usize = 500;

/// A commit that lies upon another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// Its name.
    pub commit: ObjectId,
    /// Its files.
    pub tree: ObjectId,
    /// What it merges into the one below it.
    pub merges: Vec<ObjectId>,
    /// The first line of its message: whoever wrote it may have written anything.
    pub subject: String,
}

impl Repository {
    /// The commits from `below` up to `top` along first parents, oldest first; `None` where `below` is
    /// not on that line, or too far down.
    pub fn landed(
        &self,
        below: &Revision,
        top: &Revision,
    ) -> Result<Option<Vec<Landed>>, GitError> {
        self.needs_whole_history()?;
        self.with(|handle| {
            let mut line = Vec::new();
            let mut at = handle.find_commit(top.commit.raw())?;
            while at.id() != below.commit.raw() {
                line.push(Landed::read(&at));
                if at.parent_count() == 0 || line.len() > MAX_LINE {
                    return Ok(None);
                }
                at = at.parent(0)?;
            }
            line.reverse();
            Ok(Some(line))
        })
    }

    /// The files that Git makes of two commits by itself; `None` where they conflict, or have nothing
    /// in common. Nothing is kept of it.
    pub fn merged(&self, ours: ObjectId, theirs: ObjectId) -> Result<Option<ObjectId>, GitError> {
        self.needs_whole_history()?;
        let apart = self.apart()?;
        let merged = || {
            let ours = apart.find_commit(ours.raw())?;
            let theirs = apart.find_commit(theirs.raw())?;
            let Some(mut index) = merge_of(&apart, &ours, &theirs) else {
                return Ok(None);
            };
            let tree = index.write_tree_to(&apart)?;
            Ok(Some(ObjectId::new(tree)))
        };
        merged().map_err(|source| GitError::in_repository(&apart, source))
    }
}

impl Landed {
    fn read(commit: &git2::Commit<'_>) -> Self {
        let subject = String::from_utf8_lossy(commit.message_bytes());
        let subject = subject.lines().next().unwrap_or_default();
        Self {
            commit: ObjectId::new(commit.id()),
            tree: ObjectId::new(commit.tree_id()),
            merges: commit.parent_ids().skip(1).map(ObjectId::new).collect(),
            subject: subject.chars().take(MAX_SUBJECT).collect(),
        }
    }
}
