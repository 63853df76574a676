//! The commits in which the folder of a plan changed.

use std::sync::Arc;

use super::plans::join;
use super::renames::moved_from;
use super::way::Way;
use super::{Commit, GitError, ObjectId, Repository, Revision, RevisionFolder};
use crate::source::{Folder, PlanFile};

/// A state of a plan, and the commit that brought it about.
#[derive(Debug, Clone)]
pub struct Step {
    /// The commit, of the first-parent line.
    pub commit: Commit,
    /// The plan as it stood there, under the path it had there.
    pub plan: PlanFile,
}

/// Where a plan is in one commit.
struct At {
    commit: git2::Oid,
    /// The path of its folder.
    folder: String,
    /// The name of its main file there.
    file: String,
    /// The name of the folder's content.
    tree: git2::Oid,
}

impl At {
    /// What makes a state another one.
    fn what(&self) -> (git2::Oid, &str, &str) {
        (self.tree, &self.folder, &self.file)
    }
}

impl Repository {
    /// The states of a plan from a revision back to the commit that brought it, oldest first, along
    /// the first parents: what was merged counts on the day it was merged. The plan is followed
    /// where its folder or its file is renamed. `path` is the path of its main file there.
    ///
    /// A step is taken where anything in the folder of the plan changed: a section may have a file
    /// of its own.
    pub fn history(
        self: &Arc<Self>,
        revision: &Revision,
        path: &str,
    ) -> Result<Vec<Step>, GitError> {
        self.needs_whole_history()?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let start = (revision.commit.raw(), folder.to_owned());
        let (states, commits) = self.with(|handle| {
            let states = states(handle, start, file)?;
            let commits = states.iter().map(|state| {
                let commit = handle.find_commit(state.commit)?;
                Ok(Commit::read(&commit))
            });
            let commits: Result<Vec<Commit>, git2::Error> = commits.collect();
            Ok((states, commits?))
        })?;
        let steps = states.into_iter().zip(commits).map(|(state, commit)| {
            let tree = ObjectId::new(state.tree);
            let name = join(&state.folder, &state.file);
            let folder = Folder::Revision(RevisionFolder::new(self, tree, state.folder));
            let plan = PlanFile {
                name,
                below: state.file.clone(),
                folder,
                file: state.file,
                refused: None,
            };
            Step { commit, plan }
        });
        Ok(steps.collect())
    }
}

/// The states of a plan, oldest first.
fn states(
    handle: &git2::Repository,
    (commit, folder): (git2::Oid, String),
    file: &str,
) -> Result<Vec<At>, git2::Error> {
    let mut states = Vec::new();
    let mut way = Way::new(&folder, file);
    let mut current = look(handle, &handle.find_commit(commit)?, &mut way)?;
    while let Some(at) = current {
        let commit = handle.find_commit(at.commit)?;
        let parent = match commit.parent_ids().next() {
            Some(parent) => before(handle, parent, &at, &mut way)?,
            None => None,
        };
        let changed = parent
            .as_ref()
            .is_none_or(|parent| parent.what() != at.what());
        if changed {
            states.push(at);
        }
        current = parent;
    }
    states.reverse();
    Ok(states)
}

/// Where a plan was in the parent of a commit: under the same path, or where it was moved from. One that
/// was taken away and put back is where it was before that: to take it away does not make it a new one.
fn before(
    handle: &git2::Repository,
    parent: git2::Oid,
    at: &At,
    way: &mut Way,
) -> Result<Option<At>, git2::Error> {
    let parent = handle.find_commit(parent)?;
    if let Some(found) = look(handle, &parent, way)? {
        return Ok(Some(found));
    }
    let trees = (parent.tree_id(), handle.find_commit(at.commit)?.tree_id());
    let Some((folder, file)) = moved_from(handle, trees, (&at.folder, &at.file))? else {
        return taken_away(handle, parent, way);
    };
    *way = Way::new(&folder, &file);
    look(handle, &parent, way)
}

/// The plan in the last commit before one that does not have it.
fn taken_away<'h>(
    handle: &'h git2::Repository,
    mut without: git2::Commit<'h>,
    way: &mut Way,
) -> Result<Option<At>, git2::Error> {
    while let Some(parent) = without.parent_ids().next() {
        let parent = handle.find_commit(parent)?;
        if let Some(found) = look(handle, &parent, way)? {
            return Ok(Some(found));
        }
        without = parent;
    }
    Ok(None)
}

/// The plan in a commit; `None` where there is no such file.
fn look(
    handle: &git2::Repository,
    commit: &git2::Commit<'_>,
    way: &mut Way,
) -> Result<Option<At>, git2::Error> {
    let tree = way.folder_below(handle, commit.tree_id())?;
    Ok(tree.map(|tree| At {
        commit: commit.id(),
        folder: way.folder().to_owned(),
        file: way.file().to_owned(),
        tree,
    }))
}
