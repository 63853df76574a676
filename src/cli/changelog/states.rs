//! The states of one plan: those of its history, then the one that was asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{Refused, plans, read};
use crate::change::log::{Row, Snapshot, Span, Told, Trailers, spans};
use crate::plan::{Plan, PlanFiles, Schema};
use crate::source::git::{Commit, GitError, ObjectId, Repository, Revision, Step, Trailer};
use crate::source::{self, Folder, PlanFile};
use crate::text::Localized;

/// What a change log is made of.
pub(super) struct States {
    /// The plan that was asked for.
    pub(super) plan: PlanFile,
    /// Its states, oldest first.
    pub(super) snapshots: Vec<Snapshot>,
    /// The editions among them.
    pub(super) spans: Vec<Span>,
    /// What commits and tags say of each edition.
    pub(super) told: Vec<Told>,
    /// Commits where the plan could not be read.
    pub(super) unread: Vec<String>,
    steps: Vec<Step>,
}

/// Where the history of a plan is.
struct Origin {
    repository: Arc<Repository>,
    revision: Revision,
    path: String,
}

impl States {
    /// The states of the plan that a path means.
    pub(super) fn find(typed: &str, repo: Option<&Path>, schema: &Schema) -> Result<Self, Refused> {
        let (plan, origin) = match plans::in_revision(typed) {
            Some(typed) => {
                let repository = Arc::new(Repository::around(repo.unwrap_or(Path::new(".")))?);
                let revision = repository.revision(typed.revision)?;
                let plan = only(repository.plan_files(&revision, typed.path)?)?;
                let path = plan.name.clone();
                let origin = Origin {
                    repository,
                    revision,
                    path,
                };
                (plan, Some(origin))
            }
            None => {
                let plan = only(source::plan_files(&[PathBuf::from(typed)])?)?;
                let origin = around(&plan)?;
                (plan, origin)
            }
        };
        let mut states = Self {
            plan,
            snapshots: Vec::new(),
            spans: Vec::new(),
            told: Vec::new(),
            unread: Vec::new(),
            steps: Vec::new(),
        };
        if let Some(origin) = &origin {
            states.steps = origin.repository.history(&origin.revision, &origin.path)?;
            states.read_steps(schema)?;
        }
        // A commit that cannot be read is passed over; the plan that was asked for is not.
        let files = read(&states.plan)?;
        if matches!(states.plan.folder, Folder::Work(_)) {
            states.snapshots.push(snapshot(&files, schema));
        }
        states.spans = spans(&states.snapshots);
        if let Some(origin) = &origin {
            states.told = states.tell(&origin.repository)?;
        }
        states.told.resize(states.spans.len(), Told::default());
        Ok(states)
    }

    /// The plan in one of the states.
    pub(super) fn plan_at(&self, state: usize) -> Option<&PlanFile> {
        let committed = self.steps.get(state).map(|step| &step.plan);
        committed.or((state + 1 == self.snapshots.len()).then_some(&self.plan))
    }

    /// What the commit of a state is called; nothing for the work tree.
    pub(super) fn called(&self, state: usize) -> Option<String> {
        let commit = self.steps.get(state)?.commit.id;
        Some(commit.short())
    }

    /// Whether the reasons of the last edition stand in trailers: its row in a state has no notes,
    /// which would go before them.
    pub(super) fn told_in_trailers(&self, state: usize) -> bool {
        let (snapshot, told) = (&self.snapshots[state], self.told.last());
        let own = |row: &&Row| Some(&row.edition) == snapshot.edition.as_ref();
        let row = snapshot.rows.iter().find(own);
        let silent = row.is_none_or(|row| row.notes.is_empty());
        silent && told.is_some_and(|told| !told.trailers.reasons.is_empty())
    }

    /// A commit with a plan that cannot be read says nothing; those around it still do.
    fn read_steps(&mut self, schema: &Schema) -> Result<(), Refused> {
        for step in &self.steps {
            let snapshot = match plans::read_file(&step.plan)?.files {
                Some(files) => snapshot(&files, schema),
                None => {
                    self.unread.push(step.commit.id.to_string());
                    Snapshot::default()
                }
            };
            self.snapshots.push(snapshot);
        }
        Ok(())
    }

    /// What the commit that began each edition says of it, what the commits say that it merged, and
    /// what the tag says.
    fn tell(&mut self, repository: &Repository) -> Result<Vec<Told>, Refused> {
        let begun = |span: &Span| self.steps.get(span.first).map(|step| &step.commit);
        let (mut told, mut tagged) = (Vec::new(), Vec::new());
        for (at, span) in self.spans.iter().enumerate() {
            let Some(commit) = begun(span) else {
                continue;
            };
            let merged = repository.merged_by(commit.id)?;
            let merged = merged.iter().flat_map(|commit: &Commit| &commit.trailers);
            let agency = self.snapshots[span.last].agency.as_deref();
            let own = (agency, span.edition.as_str());
            let trailers = of(own, &commit.trailers).or(of(own, merged));
            let next = self.spans.get(at + 1).and_then(begun).map(|next| next.id);
            let tag = self.tag(repository, span, (commit.id, next))?;
            tagged.push(match &tag {
                Some(tag) => self.tagged(repository, span, tag)?,
                None => None,
            });
            told.push(Told {
                commit: Some(commit.id.to_string()),
                trailers: match &tag {
                    Some(tag) => trailers.or(of(own, &tag.trailers)),
                    None => trailers,
                },
                tag: tag.map(|tag| tag.name),
            });
        }
        for (span, tagged) in self.spans.iter_mut().zip(tagged) {
            span.tagged = tagged;
        }
        Ok(told)
    }

    /// The last state of an edition that its tag has, unless that is a draft.
    fn tagged(
        &self,
        repository: &Repository,
        span: &Span,
        tag: &source::git::Tag,
    ) -> Result<Option<usize>, Refused> {
        for at in (span.first..=span.last).rev() {
            let (Some(step), state) = (self.steps.get(at), &self.snapshots[at]) else {
                continue;
            };
            let is_its = state.edition.as_deref() == Some(&span.edition);
            if is_its && repository.is_from(tag.commit, step.commit.id)? {
                return Ok(Some(at).filter(|_| !state.is_draft()));
            }
        }
        Ok(None)
    }

    /// The tag `<agency>/<edition>`, if it names a commit from where the edition began to where the
    /// next did.
    fn tag(
        &self,
        repository: &Repository,
        span: &Span,
        (begun, next): (ObjectId, Option<ObjectId>),
    ) -> Result<Option<source::git::Tag>, Refused> {
        let Some(agency) = &self.snapshots[span.last].agency else {
            return Ok(None);
        };
        let Some(tag) = repository.tag(&format!("{agency}/{}", span.edition))? else {
            return Ok(None);
        };
        let past = match next {
            Some(next) => repository.is_from(tag.commit, next)?,
            None => false,
        };
        let within = repository.is_from(tag.commit, begun)? && !past;
        Ok(within.then_some(tag))
    }
}

/// What a state says, under the name of what its files hold: what else lies in the folder is no part of
/// the plan.
fn snapshot(files: &PlanFiles, schema: &Schema) -> Snapshot {
    let mut hash = Sha256::new();
    let sections = files.sections.iter().chain(&files.annexes);
    let sections = sections.map(|(name, document)| (name.as_str(), document));
    for (name, document) in sections.chain([("", &files.main)]) {
        for part in [name, document.file().text()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digest = hash.finalize();
    let content = digest.iter().map(|byte| format!("{byte:02x}"));
    Snapshot::read(&Plan::new(files, schema), content.collect::<String>())
}

fn of<'t>(own: (Option<&str>, &str), trailers: impl IntoIterator<Item = &'t Trailer>) -> Trailers {
    let pairs = trailers.into_iter();
    let pairs = pairs.map(|trailer| (trailer.key.as_str(), trailer.value.as_str()));
    Trailers::read(own, pairs)
}

/// The one plan that was meant.
fn only(mut plans: Vec<PlanFile>) -> Result<PlanFile, Refused> {
    match (plans.len(), plans.pop()) {
        (1, Some(plan)) => Ok(plan),
        (count, _) => Err(Refused::Usage(Localized::new(
            format!("此路徑有 {count} 份計畫；變更紀錄一次一份，指定其資料夾"),
            format!("there are {count} plans at this path; name the folder of one"),
        ))),
    }
}

/// The history of a plan of the work tree. A plan outside of any repository, or in one without a
/// commit, has none but its own `history`.
fn around(plan: &PlanFile) -> Result<Option<Origin>, Refused> {
    let Folder::Work(folder) = &plan.folder else {
        return Ok(None);
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let repository = match Repository::around(folder) {
        Ok(repository) => Arc::new(repository),
        Err(GitError::NoRepository { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let revision = match repository.revision("HEAD") {
        Ok(revision) => revision,
        Err(GitError::NoRevision { .. } | GitError::NoCommitYet { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(path) = repository.path_of(&folder.join(&plan.file)) else {
        return Ok(None);
    };
    // One that was moved and is not committed yet has its past where it was.
    let before = repository.moved_in_work_tree(&revision, &path, &plans::bytes(plan)?)?;
    let path = before.unwrap_or(path);
    Ok(Some(Origin {
        repository,
        revision,
        path,
    }))
}
