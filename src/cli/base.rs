//! The base of a comparison: a revision that plans, configuration, policies and waivers are read
//! from, so that a change cannot weaken the gate that judges it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::plans::Found;
use crate::document::{self, Limits};
use crate::policy::PackSource;
use crate::source::git::{GitError, Repository, Revision};
use crate::source::{Content, Folder, PlanFile, Refusal, SourceError};

/// A revision to compare with.
pub(super) struct Base {
    repository: Arc<Repository>,
    revision: Revision,
}

impl Base {
    /// Finds the revision.
    pub(super) fn open(written: &str, repo: Option<&Path>) -> Result<Self, SourceError> {
        let repository = Arc::new(Repository::around(repo.unwrap_or(Path::new(".")))?);
        let revision = repository.revision(written)?;
        Ok(Self {
            repository,
            revision,
        })
    }

    /// What places in it are called.
    pub(super) fn called(&self) -> String {
        self.revision.commit.short()
    }

    /// Reads a file by its path from the current folder, if it is there. Something else in its place
    /// is an error: taken as absent, it would loosen the gate that it was to set.
    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let Some(folder) = self.repository.folder(&self.revision, &here(folder))? else {
            return Ok(None);
        };
        match folder.read(name, Limits::default().bytes)? {
            Content::Bytes(bytes) => Ok(Some(bytes)),
            Content::Absent => Ok(None),
            Content::Refused(why) => Err(refused(path, why)),
        }
    }

    /// A local pack.
    pub(super) fn pack(&self, typed: &str) -> Result<PackSource, SourceError> {
        let typed = typed.trim_end_matches('/');
        let no_folder = || SourceError::NotFound { path: typed.into() };
        let folder = self.repository.folder(&self.revision, &here(typed))?;
        let folder = folder.ok_or_else(no_folder)?;
        let limits = Limits::default();
        let mut files = Vec::new();
        for path in folder.yaml_files_below()? {
            let name = format!("{typed}/{path}");
            match folder.read(&path, limits.bytes)? {
                Content::Bytes(bytes) => {
                    let decoded = document::decode(&name, &bytes, limits);
                    files.push((path, Arc::clone(&decoded.file)));
                }
                Content::Absent => {}
                Content::Refused(why) => return Err(refused(&name, why)),
            }
        }
        let name = typed.rsplit('/').next().unwrap_or(typed);
        Ok(PackSource {
            name: name.into(),
            files,
            local: true,
        })
    }

    /// The plans as they were, by the names that they have now; a plan that is the same, object for
    /// object, is taken out of `found`: nothing of it was changed.
    pub(super) fn plans(
        &self,
        found: &mut Vec<Found>,
    ) -> Result<BTreeMap<String, PlanFile>, SourceError> {
        let mut before = BTreeMap::new();
        let mut left = Vec::new();
        for plan in found.drain(..) {
            let was = match &plan {
                Found::File(file) => self.plan(file)?,
                Found::Given(_) => None,
            };
            match (&plan, was) {
                (Found::File(now), Some(was)) if is_same(now, &was) => continue,
                (_, Some(was)) => {
                    before.insert(was.name.clone(), was);
                }
                (_, None) => {}
            }
            left.push(plan);
        }
        *found = left;
        Ok(before)
    }

    /// A plan as it was, under the name that it has now.
    fn plan(&self, now: &PlanFile) -> Result<Option<PlanFile>, SourceError> {
        let path = match &now.folder {
            Folder::Revision(_) => Some(now.name.clone()),
            Folder::Work(folder) => self.repository.path_of(&folder.join(&now.file)),
        };
        let Some(path) = path else {
            return Ok(None);
        };
        let was = match self.repository.plan_files(&self.revision, &path) {
            Ok(was) => was,
            Err(GitError::NoPath { .. } | GitError::NoPlan { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let was = was.into_iter().next();
        Ok(was.map(|was| PlanFile {
            name: now.name.clone(),
            ..was
        }))
    }
}

fn refused(path: &str, why: Refusal) -> SourceError {
    SourceError::Refused {
        path: path.into(),
        why,
    }
}

/// A path from the current folder, as the repository takes it.
fn here(path: &str) -> String {
    format!("./{}", path.trim_start_matches("./"))
}

fn is_same(now: &PlanFile, was: &PlanFile) -> bool {
    match (&now.folder, &was.folder) {
        (Folder::Revision(a), Folder::Revision(b)) => {
            a.id() == b.id() && now.file == was.file && now.refused.is_none()
        }
        _ => false,
    }
}
