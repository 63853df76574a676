//! `REV:PATH` → a commit and a path in it.

use super::{GitError, ObjectId, Repository};

/// What a user typed where a path is taken, seen as a revision and a path in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed<'t> {
    /// `HEAD`, a branch, a tag, an object name, or `A...B` for the merge base of two.
    pub revision: &'t str,
    /// From the top of the repository; from the current folder where it begins with `./` or `../`.
    pub path: &'t str,
}

impl<'t> Typed<'t> {
    /// Splits at the colon; `None` where there is none. A colon in braces belongs to the revision
    /// (`HEAD^{/fix: typo}`), and `C:\` and `C:/` are drives.
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut depth = 0_usize;
        let at = text.char_indices().find_map(|(at, character)| {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ':' if depth == 0 => return Some(at),
                _ => {}
            }
            None
        })?;
        let (revision, path) = (&text[..at], &text[at + 1..]);
        let is_drive = cfg!(windows)
            && revision.len() == 1
            && revision.chars().all(|c| c.is_ascii_alphabetic())
            && path.starts_with(['\\', '/']);
        (!revision.is_empty() && !is_drive).then_some(Self { revision, path })
    }
}

/// A commit that a user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// As it was typed.
    pub written: String,
    /// The commit.
    pub commit: ObjectId,
    /// The files of the commit.
    pub tree: ObjectId,
}

impl Repository {
    /// The commit that a name means: what `git rev-parse` takes, through tags; and `A...B`, the
    /// merge base of two.
    pub fn revision(&self, written: &str) -> Result<Revision, GitError> {
        if let Some((one, other)) = written.split_once("...") {
            let (one, other) = (or_head(one), or_head(other));
            return self.merge_base(&self.revision(one)?, &self.revision(other)?);
        }
        if written.contains("..") {
            let written = written.to_owned();
            return Err(GitError::Range { written });
        }
        let found = self.with(|handle| match commit_of(handle, written) {
            Ok(commit) => Ok(Ok((commit.id(), commit.tree_id()))),
            Err(error) if is_no_name(&error) => Ok(Err(unnamed(handle, written))),
            Err(error) => Err(error),
        })?;
        let (commit, tree) = match found {
            Ok(found) => found,
            Err(unnamed) => {
                // In a shallow clone, what is missing may be missing for that reason alone.
                if matches!(unnamed, GitError::NoRevision { .. }) {
                    self.needs_whole_history()?;
                }
                return Err(unnamed);
            }
        };
        Ok(Revision {
            written: written.to_owned(),
            commit: ObjectId::new(commit),
            tree: ObjectId::new(tree),
        })
    }

    /// The best common ancestor of two commits: where a branch left the other.
    pub fn merge_base(&self, one: &Revision, other: &Revision) -> Result<Revision, GitError> {
        self.needs_whole_history()?;
        let written = format!("{}...{}", one.written, other.written);
        let ids = (one.commit.raw(), other.commit.raw());
        let found = self.with(|handle| match handle.merge_base(ids.0, ids.1) {
            Ok(base) => Ok(Some((base, handle.find_commit(base)?.tree_id()))),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        })?;
        match found {
            Some((commit, tree)) => Ok(Revision {
                written,
                commit: ObjectId::new(commit),
                tree: ObjectId::new(tree),
            }),
            None => Err(GitError::NoMergeBase { written }),
        }
    }

    /// A typed path as a path from the top of the repository, without `.`, `..` and doubled `/`;
    /// `None` where it leads out of it.
    pub(super) fn path_from_top(&self, path: &str) -> Option<String> {
        let is_relative =
            path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
        let below = if is_relative { self.below() } else { "" };
        joined(below, path)
    }
}

/// A path from a folder as a path from the top, without `.`, `..` and doubled `/`; `None` where it leads
/// out of it.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn or_head(written: &str) -> &str {
    if written.is_empty() { "HEAD" } else { written }
}

fn commit_of<'r>(
    handle: &'r git2::Repository,
    written: &str,
) -> Result<git2::Commit<'r>, git2::Error> {
    handle.revparse_single(written)?.peel_to_commit()
}

/// Why a name means no commit. To fetch helps only where it may be the name of one.
fn unnamed(handle: &git2::Repository, written: &str) -> GitError {
    let is_of_head = written.starts_with("HEAD") || written.starts_with('@');
    let is_unborn = |error: git2::Error| error.code() == git2::ErrorCode::UnbornBranch;
    let follows = ["@{u}", "@{upstream}", "@{push}"];
    let own = written.to_owned();
    match () {
        () if is_of_head && handle.head().err().is_some_and(is_unborn) => {
            GitError::NoCommitYet { written: own }
        }
        () if follows.iter().any(|end| written.contains(end)) => {
            GitError::NoUpstream { written: own }
        }
        () if handle.revparse_single(written).is_ok() => GitError::NotACommit { written: own },
        () => GitError::NoRevision { written: own },
    }
}

/// Whether libgit2 says that a name means no commit, and not that it could not look.
fn is_no_name(error: &git2::Error) -> bool {
    use git2::ErrorCode::{Ambiguous, InvalidSpec, NotFound, Peel, UnbornBranch};
    matches!(
        error.code(),
        Ambiguous | InvalidSpec | NotFound | Peel | UnbornBranch
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let typed = Typed::parse(text).map(|typed| (typed.revision, typed.path));
        assert_eq!(typed, expected, "{text}");
    }

    #[test]
    fn a_typed_path_is_split_where_git_splits_it() {
        check("HEAD:plans/a", Some(("HEAD", "plans/a")));
        check("HEAD:", Some(("HEAD", "")));
        check("v1.0:plans/a:b.yaml", Some(("v1.0", "plans/a:b.yaml")));
        check("HEAD^{/fix: it}:plans", Some(("HEAD^{/fix: it}", "plans")));
        check("main@{1}:plans", Some(("main@{1}", "plans")));
        check("plans/a", None);
        check(":plans", None);
    }
}
