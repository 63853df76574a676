//! A repository, opened for reading.

use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::GitError;

/// A repository: ordinary, bare, or a work tree added to another.
///
/// libgit2's handle may be used by one thread at a time, and opening one costs a tenth of a
/// millisecond. So each thread that reads takes one out of a pool and puts it back.
pub struct Repository {
    /// The repository itself, `.git` or the bare folder.
    path: PathBuf,
    /// The way from the top of the work tree to the folder it was found from, with `/` at its end
    /// unless it is empty; `None` in a bare repository.
    below: Option<String>,
    /// The top of the work tree.
    top: Option<PathBuf>,
    handles: Mutex<Vec<git2::Repository>>,
}

impl Repository {
    /// The repository that a folder is in.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let handle = git2::Repository::discover(folder)
            .map_err(|source| GitError::opening(folder, source))?;
        let top = handle.workdir().and_then(|top| top.canonicalize().ok());
        let here = folder.canonicalize().ok();
        let objects = handle.path().canonicalize().ok();
        // What keeps the objects is no folder of the work tree, and means it from its top.
        let here = match here.zip(objects) {
            Some((here, objects)) if here.starts_with(&objects) => top.clone(),
            Some((here, _)) => Some(here),
            None => None,
        };
        let below = top.as_deref().zip(here.as_deref());
        let below = below.and_then(|(top, here)| here.strip_prefix(top).ok());
        Ok(Self {
            path: handle.path().to_owned(),
            below: below.map(with_slash),
            top,
            handles: Mutex::new(vec![handle]),
        })
    }

    /// The way from the top of the repository to a path of its work tree, whether or not something is
    /// there; `None` for a path that is not in it, and in a bare repository. A link in the work tree is
    /// itself, not what it leads to: a revision has it so.
    pub fn path_of(&self, work: &Path) -> Option<String> {
        let below = below(self.top.as_deref()?, &from_root(work)?)?;
        if below.starts_with(".git") {
            return None;
        }
        let path = with_slash(&below);
        Some(path.trim_end_matches('/').to_owned())
    }

    /// Whether a path of the work tree is a link, or goes through one.
    pub fn is_through_link(&self, work: &Path) -> bool {
        let (Some(top), Some(path)) = (&self.top, self.path_of(work)) else {
            return false;
        };
        let mut at = top.clone();
        path.split('/').any(|name| {
            at.push(name);
            at.is_symlink()
        })
    }

    /// The top of the work tree; where there is none, the repository itself.
    pub fn place(&self) -> &Path {
        self.top.as_deref().unwrap_or(&self.path)
    }

    /// The top of the work tree, where there is one.
    pub(super) fn work_tree(&self) -> Option<&Path> {
        self.top.as_deref()
    }

    /// The way from the top to where we are, `""` or with `/` at its end.
    pub(super) fn below(&self) -> &str {
        self.below.as_deref().unwrap_or_default()
    }

    /// Asks libgit2 with a handle that no other thread uses meanwhile.
    pub(super) fn with<T>(
        &self,
        ask: impl FnOnce(&git2::Repository) -> Result<T, git2::Error>,
    ) -> Result<T, GitError> {
        let idle = self.lock().pop();
        let handle = match idle {
            Some(handle) => handle,
            None => git2::Repository::open(&self.path)
                .map_err(|source| GitError::opening(&self.path, source))?,
        };
        let answer = ask(&handle).map_err(|source| GitError::in_repository(&handle, source));
        self.lock().push(handle);
        answer
    }

    /// Whether its history ends where it was cut off.
    pub fn is_shallow(&self) -> Result<bool, GitError> {
        self.with(|handle| Ok(handle.is_shallow()))
    }

    /// Refuses a repository whose history ends where it was cut off, before a wrong answer is
    /// drawn from it.
    pub(super) fn needs_whole_history(&self) -> Result<(), GitError> {
        if self.is_shallow()? {
            return Err(GitError::unsupported(&self.path, super::Remedy::Deepen));
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<git2::Repository>> {
        // A thread that panicked has not put its handle back: the pool is whole.
        self.handles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Repository")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// A path from the root of the file system, without dots. Where it goes up from a link, only the system knows
/// where that leads.
fn from_root(path: &Path) -> Option<PathBuf> {
    let mut from_root = match path.is_absolute() {
        true => PathBuf::new(),
        false => Path::new(".").canonicalize().ok()?,
    };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if from_root.is_symlink() => return whole(path),
            Component::ParentDir => drop(from_root.pop()),
            part => from_root.push(part),
        }
    }
    Some(from_root)
}

/// The way from a folder to a path: by its names, or from where the first link leads into the folder.
fn below(top: &Path, path: &Path) -> Option<PathBuf> {
    if let Ok(below) = path.strip_prefix(top) {
        return Some(below.to_owned());
    }
    let above: Vec<&Path> = path.ancestors().collect();
    let mut inside = above.into_iter().rev().filter_map(|above| {
        let leads_to = above.canonicalize().ok()?;
        let entered = leads_to.strip_prefix(top).ok()?;
        Some(entered.join(path.strip_prefix(above).ok()?))
    });
    inside.next()
}

/// A path without links and dots as far as it leads, and what is not there any more behind it.
fn whole(path: &Path) -> Option<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Some(path);
    }
    let above = path.parent()?;
    let above = if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    };
    Some(whole(above)?.join(path.file_name()?))
}

/// A path as Git writes it, with `/` behind every part.
fn with_slash(path: &Path) -> String {
    path.components()
        .map(|part| format!("{}/", part.as_os_str().to_string_lossy()))
        .collect()
}
