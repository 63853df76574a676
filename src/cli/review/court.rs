//! What a run stands on, whichever pull request it hears.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::base::Library;
use super::fetching::Fetching;
use super::gather::Told;
use super::{Host, Refused};
use crate::cli::arguments::ReviewArguments;
use crate::forge::Web;
use crate::plan::{Schema, Validator};
use crate::policy::PackSource;
use crate::source::git::Repository;
use crate::text::Language;

/// What a run stands on.
pub(super) struct Court {
    pub(super) repository: Arc<Repository>,
    pub(super) schema: Schema,
    pub(super) validator: Validator,
    pub(super) language: Option<Language>,
    pub(super) taken_at: Timestamp,
    /// The address of the repository at the forge, for links.
    pub(super) address: String,
    /// The pack that comes with the program, or the one that stands in for it.
    pub(super) builtin: PackSource,
    /// Where objects are fetched from first, if at all.
    pub(super) fetching: Option<Fetching>,
}

impl Court {
    /// Where the arguments say; with `--fetch`, in a repository that is filled first. What a forge
    /// tells of and nobody keeps is fetched from there, for this run.
    pub(super) fn open(
        arguments: &ReviewArguments,
        host: &Host,
        temporary: &Path,
    ) -> Result<Self, Refused> {
        let kept = arguments.repository.as_deref();
        let fetching = match (&arguments.fetch, kept, &arguments.snapshot) {
            (Some(typed), Some(folder), _) => Some(Fetching::new(typed, folder, host)?),
            (None, None, None) => Some(Fetching::for_one_run(host, temporary)?),
            _ => None,
        };
        let repository = match &fetching {
            Some(fetching) => fetching.repository(),
            None => Arc::new(Repository::around(kept.unwrap_or(Path::new(".")))?),
        };
        Ok(Self {
            fetching,
            taken_at: host.taken_at,
            address: host.address.clone(),
            ..Self::new(repository, arguments.lang)
        })
    }

    /// On a repository, before anything is asked of a forge.
    pub(super) fn new(repository: Arc<Repository>, language: Option<Language>) -> Self {
        let schema = Schema::builtin();
        Self {
            repository,
            validator: Validator::new(&schema),
            schema,
            language,
            taken_at: Timestamp::default(),
            address: String::new(),
            builtin: PackSource::builtin(),
            fetching: None,
        }
    }

    /// What is the same at every commit.
    pub(super) fn library(&self) -> Library<'_> {
        Library {
            schema: &self.schema,
            builtin: &self.builtin,
        }
    }

    /// Where links lead.
    pub(super) fn web(&self, told: &Told) -> Web {
        let branch = told.proposal.head_repository.clone();
        Web {
            address: self.address.trim_end_matches('/').to_owned(),
            head: told.snapshot.pull_request.head.to_string(),
            branch: branch.map(|repository| (repository, told.proposal.head_branch.clone())),
        }
    }
}
