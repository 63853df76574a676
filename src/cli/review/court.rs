//! What a run stands on, whichever pull request it hears.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::Refused;
use super::base::Library;
use super::fetching::Fetching;
use super::gather::Told;
use crate::cli::arguments::ReviewArguments;
use crate::forge::{Forge, Web};
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
    /// Where the arguments say; with `--fetch`, in a repository that is filled first.
    pub(super) fn open(arguments: &ReviewArguments, forge: &dyn Forge) -> Result<Self, Refused> {
        let folder = arguments.repository.as_deref().unwrap_or(Path::new("."));
        let Some(typed) = &arguments.fetch else {
            let repository = Arc::new(Repository::around(folder)?);
            return Ok(Self::new(repository, arguments.lang));
        };
        let fetching = Fetching::new(typed, folder, forge)?;
        let court = Self::new(fetching.repository(), arguments.lang);
        Ok(Self {
            fetching: Some(fetching),
            ..court
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
