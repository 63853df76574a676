//! Base, head and what was reviewed, brought into a bare repository before anything is judged.

use std::path::Path;
use std::sync::Arc;

use super::gather::Told;
use super::scratch::Scratch;
use super::{Host, Refused, Repository};
use crate::cli::connect::unusable;
use crate::forge::Carrier;
use crate::source::git::ObjectId;
use crate::source::git::fetch::{Access, Address, FetchError, FetchLimits, Origin, Store, Want};
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
    pub(super) fn new(typed: &str, store: &Path, host: &Host) -> Result<Self, Refused> {
        let origin = if typed.contains("://") {
            let carrier = Carrier::new(host.proxy.as_ref());
            let carrier = carrier.map_err(|error| Refused(unusable(error)))?;
            Origin::Forge {
                address: Address::parse(typed)?,
                access: Access {
                    credentials: host.forge.credentials(),
                    transport: Arc::new(carrier),
                },
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

    /// From the repository of the forge, into a folder that goes away with this.
    pub(super) fn for_one_run(host: &Host, temporary: &Path) -> Result<Self, Refused> {
        let scratch = Scratch::within(temporary).map_err(|error| {
            let told = format!("{}: {error}", temporary.display());
            Refused(Localized::new(told.clone(), told))
        })?;
        let fetching = Self::new(&host.address, &scratch.path().join("store.git"), host)?;
        Ok(Self {
            _scratch: Some(scratch),
            ..fetching
        })
    }

    pub(super) fn repository(&self) -> Arc<Repository> {
        Arc::clone(self.store.repository())
    }

    /// Fetches commits, each under a reference of its own; where no commit is named, what stands there.
    pub(super) fn fetch_commits<'c>(
        &self,
        commits: impl IntoIterator<Item = (String, &'c str)>,
    ) -> Result<Vec<ObjectId>, Refused> {
        let wants = commits.into_iter();
        let wants: Vec<Want> = wants.map(|(name, commit)| want(name, commit)).collect();
        let fetched = self
            .store
            .fetch(&self.origin, &wants, FetchLimits::default())?;
        Ok(fetched)
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
