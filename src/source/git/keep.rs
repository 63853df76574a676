//! Files put on a branch as a commit, without any work tree.
//!
//! The one place that writes a reference of a user's repository, and only the one that was named.

use git2::build::TreeUpdateBuilder;

use super::{GitError, ObjectId, Repository, Revision};

/// Who the commits are by: no person, and nobody's address.
const NAME: &str = "plangate";
const ADDRESS: &str = "plangate@users.noreply.invalid";

/// What to keep.
#[derive(Debug)]
pub struct Keep<'k> {
    /// The branch, without `refs/heads/`; it is made where there is none.
    pub branch: &'k str,
    /// Files by their path.
    pub files: &'k [(String, Vec<u8>)],
    /// Commits that must not be lost as long as the branch is there: its commit names them as parents.
    pub alive: &'k [Revision],
    /// The message.
    pub message: &'k str,
    /// Seconds since 1970.
    pub at: i64,
}

impl Repository {
    /// Puts files on a branch. Gives the new commit; `None` where the branch has all of them.
    pub fn keep(&self, keep: &Keep<'_>) -> Result<Option<ObjectId>, GitError> {
        let kept = self.with(|handle| write(handle, keep))?;
        Ok(kept.map(ObjectId::new))
    }

    /// What stands at a path of a revision: the name of the object.
    pub fn object_at(&self, revision: &Revision, path: &str) -> Result<Option<ObjectId>, GitError> {
        let tree = revision.tree.raw();
        let found = self.with(|handle| super::plans::entry_at(handle, tree, path))?;
        Ok(found.map(|(_, id)| ObjectId::new(id)))
    }
}

fn write(handle: &git2::Repository, keep: &Keep<'_>) -> Result<Option<git2::Oid>, git2::Error> {
    let name = format!("refs/heads/{}", keep.branch);
    let tip = match handle.find_reference(&name) {
        Ok(reference) => Some(reference.peel_to_commit()?),
        Err(error) if error.code() == git2::ErrorCode::NotFound => None,
        Err(error) => return Err(error),
    };
    let before = match &tip {
        Some(tip) => tip.tree()?,
        None => handle.find_tree(handle.treebuilder(None)?.write()?)?,
    };
    let mut update = TreeUpdateBuilder::new();
    for (path, bytes) in keep.files {
        update.upsert(path, handle.blob(bytes)?, git2::FileMode::Blob);
    }
    let tree = update.create_updated(handle, &before)?;
    if tree == before.id() {
        return Ok(None);
    }
    let mut parents: Vec<git2::Commit<'_>> = tip.iter().cloned().collect();
    for commit in keep.alive {
        let id = commit.commit.raw();
        let is_alive = parents.iter().try_fold(false, |known, parent| {
            Ok::<bool, git2::Error>(
                known || parent.id() == id || handle.graph_descendant_of(parent.id(), id)?,
            )
        })?;
        if !is_alive {
            parents.push(handle.find_commit(id)?);
        }
    }
    let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
    let tree = handle.find_tree(tree)?;
    let time = git2::Time::new(keep.at, 0);
    let who = git2::Signature::new(NAME, ADDRESS, &time)?;
    let commit = handle.commit(None, &who, &who, keep.message, &tree, &parents)?;
    // Whoever wrote meanwhile is not written over.
    match tip {
        Some(tip) => handle.reference_matching(&name, commit, true, tip.id(), keep.message)?,
        None => handle.reference(&name, commit, false, keep.message)?,
    };
    Ok(Some(commit))
}
