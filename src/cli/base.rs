//! The base of a comparison: a revision that plans, configuration, policies and waivers are read
//! from, so that a change cannot weaken the gate that judges it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{CheckArguments, When};
use super::plans::{self, Found, in_revision};
use super::world::World;
use crate::document::{self, Limits};
use crate::policy::PackSource;
use crate::source::git::{GitError, Repository, Revision, Typed, moved};
use crate::source::{Content, Folder, PlanFile, Refusal, SourceError};
use crate::text::Localized;

/// The plans of a base.
#[derive(Default)]
pub(super) struct Was {
    /// As they were, by the names that they have now.
    pub(super) plans: BTreeMap<String, PlanFile>,
    /// Those that are gone.
    pub(super) removed: Vec<PlanFile>,
    /// Plans that were moved: their names now, and then.
    moved: BTreeMap<String, String>,
}

/// A revision to compare with.
pub(super) struct Base {
    repository: Arc<Repository>,
    revision: Revision,
}

impl Base {
    /// What plans are held against. `--as-of issued` is not taken beside it: the date of the plan as proposed is a
    /// switch of the change's own, and that of the base one that the change before could turn.
    pub(super) fn of(arguments: &CheckArguments) -> Result<Option<Self>, Localized> {
        let Some(written) = &arguments.base else {
            return Ok(None);
        };
        if arguments.shared.as_of == When::Issued {
            return Err(Localized::new(
                "--base 以同一日之法規判定變更前後，--as-of issued 為各版各自之發行日；改指定一日，如 --as-of today 或 --as-of 2026-01-07",
                "--base judges both sides by the law of one day, and --as-of issued means a day of each; name a day, such as --as-of today or --as-of 2026-01-07",
            ));
        }
        let base = Self::open(written, arguments.repo.as_deref());
        base.map(Some).map_err(|error| error.message())
    }

    /// Finds the revision.
    fn open(written: &str, repo: Option<&Path>) -> Result<Self, SourceError> {
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

    /// Reads a file by its path, if it is there. Something else in its place is an error: taken as
    /// absent, it would loosen the gate that it was to set.
    pub(super) fn read(&self, typed: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(path) = self.place_of(typed) else {
            return Ok(None);
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let Some(folder) = self.repository.folder(&self.revision, folder)? else {
            return Ok(None);
        };
        match folder.read(name, Limits::default().bytes)? {
            Content::Bytes(bytes) => Ok(Some(bytes)),
            Content::Absent => Ok(None),
            Content::Refused(why) => Err(refused(typed, why)),
        }
    }

    /// What is to be said where a file or a pack was named that it does not have.
    pub(super) fn lacks(&self, typed: &str) -> SourceError {
        SourceError::NotInBase {
            path: typed.into(),
            revision: self.revision.written.clone(),
        }
    }

    /// The way from the top of the repository to a path as typed. A relative one begins where we are, or at
    /// the top where we are elsewhere: `--repo` says which repository is meant, and not where in it.
    pub(super) fn place_of(&self, typed: &str) -> Option<String> {
        let path = Path::new(typed);
        if path.is_absolute() {
            return self.repository.path_of(path);
        }
        let here = self.repository.path_of(Path::new("."));
        Some(format!("{}/{typed}", here.unwrap_or_default()))
    }

    /// A local pack.
    pub(super) fn pack(&self, typed: &str) -> Result<PackSource, SourceError> {
        let typed = typed.trim_end_matches('/');
        let path = self.place_of(typed).ok_or_else(|| self.lacks(typed))?;
        let folder = self.repository.folder(&self.revision, &path)?;
        let folder = folder.ok_or_else(|| self.lacks(typed))?;
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

    /// The plans that arguments name, as they were. A plan that is the same, byte for byte, is taken
    /// out of `found`: nothing of it was changed.
    pub(super) fn plans(
        &self,
        typed: &[String],
        found: &mut Vec<Found>,
    ) -> Result<Was, SourceError> {
        let mut left = self.known(typed)?;
        let (mut was, mut fresh, mut judged) = (Was::default(), Vec::new(), Vec::new());
        for plan in found.drain(..) {
            let now = match &plan {
                Found::File(file) => Some(file),
                Found::Given(_) => None,
            };
            let before = now.and_then(|now| left.remove(&self.path(now)?));
            match (now, before) {
                (Some(now), Some(before)) if is_same(now, &before)? => continue,
                (Some(now), Some(before)) => was.note(now, before),
                (Some(now), None) => fresh.push(now.clone()),
                (None, _) => {}
            }
            judged.push(plan);
        }
        *found = judged;
        was.removed = left.into_values().collect();
        was.find_moved(&fresh)?;
        Ok(was)
    }

    /// The plans that arguments name today. What is named by a way through a link of the work tree is not
    /// to be read: the base has something else there, or the link.
    pub(super) fn find(
        &self,
        world: &mut World<'_>,
        typed: &[String],
        repo: Option<&Path>,
    ) -> Result<Vec<Found>, SourceError> {
        let mut found = self.find_any(world, typed, repo)?;
        let mut work = typed.iter().filter(|text| in_revision(text).is_none());
        if work.any(|text| self.repository.is_through_link(Path::new(text))) {
            for plan in &mut found {
                if let Found::File(plan) = plan
                    && let Folder::Work(folder) = &plan.folder
                    && self.repository.is_through_link(&folder.join(&plan.file))
                {
                    plan.refused = Some(Refusal::Link);
                }
            }
        }
        Ok(found)
    }

    /// The same, links and all. An argument that names plans of the base and none any more is no mistake: they
    /// are gone.
    fn find_any(
        &self,
        world: &mut World<'_>,
        typed: &[String],
        repo: Option<&Path>,
    ) -> Result<Vec<Found>, SourceError> {
        let all = plans::find_unlike(world, typed, repo, &self.revision);
        if !all.as_ref().is_err_and(is_nothing) {
            return all;
        }
        let mut left = Vec::new();
        for text in typed {
            let one = std::slice::from_ref(text);
            // What comes through standard input can be read once.
            if plans::is_input(text) {
                left.push(text.clone());
                continue;
            }
            match plans::find_unlike(world, one, repo, &self.revision) {
                Err(error) if is_nothing(&error) && !self.known(one)?.is_empty() => {}
                Err(error) => return Err(error),
                Ok(_) => left.push(text.clone()),
            }
        }
        plans::find_unlike(world, &left, repo, &self.revision)
    }

    /// The plans of the base that arguments name, by their paths from the top; where they name another
    /// revision, only those in folders that it has not alike.
    fn known(&self, typed: &[String]) -> Result<BTreeMap<String, PlanFile>, SourceError> {
        let (mut known, here) = (BTreeMap::new(), &self.revision);
        for text in typed {
            let plans = if let Some(Typed { revision, path }) = in_revision(text) {
                let now = self.repository.revision(revision)?;
                self.repository.plan_files_unlike(here, path, &now)
            } else if plans::is_input(text) {
                continue;
            } else if let Some(path) = self.repository.path_of(Path::new(text)) {
                self.repository.plan_files(here, &path)
            } else {
                // What the base has there nobody could say: a plan that is gone would not be told.
                return Err(SourceError::Git(GitError::NotInWorkTree {
                    path: text.into(),
                    repository: self.repository.place().to_owned(),
                }));
            };
            match plans {
                Ok(plans) => known.extend(plans.into_iter().map(|plan| (plan.name.clone(), plan))),
                Err(GitError::NoPath { .. } | GitError::NoPlan { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(known)
    }

    /// The way to a plan from the top of the repository.
    fn path(&self, now: &PlanFile) -> Option<String> {
        match &now.folder {
            Folder::Revision(_) => Some(now.name.clone()),
            Folder::Work(folder) => self.repository.path_of(&folder.join(&now.file)),
        }
    }
}

impl Was {
    /// The name of a plan now and then, where it was moved.
    pub(super) fn moved(&self, name: &str) -> Option<(&str, &str)> {
        let (now, then) = self.moved.get_key_value(name)?;
        Some((now, then))
    }

    /// A plan as it was, under the name that it has now.
    fn note(&mut self, now: &PlanFile, before: PlanFile) {
        let name = now.name.clone();
        self.plans.insert(name.clone(), PlanFile { name, ..before });
    }

    /// Takes plans that are gone for those that are new, where only the folder has another name.
    fn find_moved(&mut self, fresh: &[PlanFile]) -> Result<(), SourceError> {
        if self.removed.is_empty() || fresh.is_empty() {
            return Ok(());
        }
        let read = |plans: &[PlanFile]| {
            plans
                .iter()
                .map(plans::bytes)
                .collect::<Result<Vec<_>, _>>()
        };
        let pairs = moved(&read(fresh)?, &read(&self.removed)?);
        let mut removed: Vec<Option<PlanFile>> = self.removed.drain(..).map(Some).collect();
        for (came, went) in pairs {
            if let Some(before) = removed[went].take() {
                let now = fresh[came].name.clone();
                self.moved.insert(now, before.name.clone());
                self.note(&fresh[came], before);
            }
        }
        self.removed = removed.into_iter().flatten().collect();
        Ok(())
    }
}

/// Whether nothing is where a plan was looked for.
fn is_nothing(error: &SourceError) -> bool {
    matches!(
        error,
        SourceError::NotFound { .. }
            | SourceError::NoPlan { .. }
            | SourceError::Git(GitError::NoPath { .. } | GitError::NoPlan { .. })
    )
}

fn refused(path: &str, why: Refusal) -> SourceError {
    SourceError::Refused {
        path: path.into(),
        why,
    }
}

fn is_same(now: &PlanFile, was: &PlanFile) -> Result<bool, SourceError> {
    if now.file != was.file || now.refused.is_some() || was.refused.is_some() {
        return Ok(false);
    }
    Ok(match (&now.folder, &was.folder) {
        (Folder::Revision(a), Folder::Revision(b)) => a.id() == b.id(),
        (Folder::Work(now), Folder::Revision(was)) => {
            was.is_laid_at(now, Limits::default().bytes)?
        }
        _ => false,
    })
}
