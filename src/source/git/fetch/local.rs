//! Commits of another repository of this machine, taken as a pack.

use std::io::Write;
use std::path::Path;

use super::Want;
use crate::source::git::{GitError, Remedy};

/// Another repository, opened for reading.
pub(super) struct Local {
    handle: git2::Repository,
}

impl Local {
    pub(super) fn open(path: &Path) -> Result<Self, GitError> {
        let handle =
            git2::Repository::open(path).map_err(|source| GitError::opening(path, source))?;
        if handle.is_shallow() {
            return Err(GitError::unsupported(handle.path(), Remedy::Deepen));
        }
        Ok(Self { handle })
    }

    /// The commits that are wanted; `None` for a reference that is not there.
    pub(super) fn resolve(&self, wants: &[Want]) -> Result<Vec<Option<git2::Oid>>, GitError> {
        let found = wants.iter().map(|want| {
            if let Some(commit) = want.commit {
                return Ok(Some(commit.raw()));
            }
            match self.handle.find_reference(&want.reference) {
                Ok(reference) => Ok(Some(reference.peel_to_commit()?.id())),
                Err(error) if is_absent(&error) => Ok(None),
                Err(error) => Err(error),
            }
        });
        self.told(found.collect())
    }

    /// Writes what commits reach and `haves` do not.
    pub(super) fn pack(
        &self,
        wants: &[git2::Oid],
        haves: &[git2::Oid],
        out: &mut dyn Write,
    ) -> Result<(), GitError> {
        self.told(self.write(wants, haves, out))
    }

    fn write(
        &self,
        wants: &[git2::Oid],
        haves: &[git2::Oid],
        out: &mut dyn Write,
    ) -> Result<(), git2::Error> {
        let mut walk = self.handle.revwalk()?;
        for want in wants {
            walk.push(*want)?;
        }
        let objects = self.handle.odb()?;
        for have in haves.iter().filter(|have| objects.exists(**have)) {
            walk.hide(*have)?;
        }
        let mut pack = self.handle.packbuilder()?;
        pack.insert_walk(&mut walk)?;
        pack.foreach(|piece| out.write_all(piece).is_ok())
    }

    fn told<T>(&self, answer: Result<T, git2::Error>) -> Result<T, GitError> {
        answer.map_err(|source| GitError::in_repository(&self.handle, source))
    }
}

fn is_absent(error: &git2::Error) -> bool {
    matches!(
        error.code(),
        git2::ErrorCode::NotFound | git2::ErrorCode::InvalidSpec
    )
}
