//! Base, head and what was reviewed, brought into a bare repository before anything is judged.

use std::path::Path;
use std::sync::Arc;

use super::gather::Told;
use super::scratch::Scratch;
use super::{Refused, Repository};
use crate::forge::Forge;
use crate::source::git::ObjectId;
use crate::source::git::fetch::{Address, FetchError, FetchLimits, Origin, Store, Want};
use crate::text::Localized;

impl From<FetchError> for Refused {
    fn from(error: FetchError) -> Self {
        Self(error.message())
    }
}

/// Where objects come from, and where they go.
pub(super) struct Fetching {
    store: Store,
    origin: Origin,
    /// Where the store is, if it goes away with this.
    _scratch: Option<Scratch>,
}

impl Fetching {
    /// From an address or a folder, as it was typed. A token is the forge's and goes to its host.
    pub(super) fn new(typed: &str, store: &Path, forge: &dyn Forge) -> Result<Self, Refused> {
        let origin = if typed.contains("://") {
            Origin::Forge {
                address: Address::parse(typed)?,
                access: forge.access(),
            }
        } else {
            Origin::Local(typed.into())
        };
        Ok(Self {
            store: Store::at(store)?,
            origin,
            _scratch: None,
        })
    }

    /// From an address, into a folder that goes away with this.
    pub(super) fn for_one_run(
        address: &str,
        temporary: &Path,
        forge: &dyn Forge,
    ) -> Result<Self, Refused> {
        let scratch = Scratch::within(temporary).map_err(|error| {
            let told = format!("{}: {error}", temporary.display());
            Refused(Localized::new(told.clone(), told))
        })?;
        let fetching = Self::new(address, &scratch.path().join("store.git"), forge)?;
        Ok(Self {
            _scratch: Some(scratch),
            ..fetching
        })
    }

    pub(super) fn repository(&self) -> Arc<Repository> {
        Arc::clone(self.store.repository())
    }

    /// Fetches what the forge has told of. A reviewed commit that is gone is no failure: what was
    /// approved there counts for nothing.
    pub(super) fn fetch(&self, told: &Told) -> Result<(), Refused> {
        let pull_request = &told.snapshot.pull_request;
        let number = pull_request.number;
        let base = format!("refs/heads/{}", pull_request.base);
        let head = format!("refs/pull/{number}/head");
        let wants = [
            want(base, &told.proposal.base_commit),
            want(head, &pull_request.head),
        ];
        self.store
            .fetch(&self.origin, &wants, FetchLimits::default())?;
        let reviews = told.snapshot.reviews.iter();
        for commit in reviews.filter_map(|review| review.commit.as_deref()) {
            let name = format!("refs/pull/{number}/reviewed/{commit}");
            let wants = [want(name, commit)];
            match self
                .store
                .fetch(&self.origin, &wants, FetchLimits::default())
            {
                Ok(_) | Err(FetchError::Refused { .. } | FetchError::Repository(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The very commit; where the forge told no whole name of one, what stands at the reference.
fn want(reference: String, commit: &str) -> Want {
    let commit = ObjectId::parse(commit);
    Want { reference, commit }
}
