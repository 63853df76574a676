//! What a forge said, in a file: a pull request can be judged again without the forge.
//!
//! In: JSON, version 1, described by `docs/schema/snapshot.schema.json`. Out: a [`Forge`] that
//! answers from it and takes no write. Invariant: a key that is not known, and a list that is not
//! there, are errors and never an empty answer.

mod file;
mod said;

pub use said::Said;

use std::iter;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Capabilities, Error, ErrorKind, Forge, Listed, Proposal, Seen, Signed, ToSet};
use crate::review::writes::{Own, Posted, Write};
use crate::review::{Account, CommitId, Review};
use crate::text::Localized;

/// The JSON Schema of the file.
pub const SCHEMA: &str = include_str!("../../../docs/schema/snapshot.schema.json");

/// A forge that has answered once.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// When it was asked.
    pub taken_at: Timestamp,
    /// The address of the repository there, such as `https://github.com/owner/name`.
    pub address: Option<String>,
    own: Own,
    web_address: Arc<str>,
    proposal: Proposal,
    pushers: Vec<Account>,
    reviews: Vec<Review>,
    signatures: Vec<Signed>,
    comments: Vec<Posted>,
    statuses: Vec<Seen>,
    same_head: Vec<u64>,
}

impl Recorded {
    /// Reads the file; the sentence says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, Localized> {
        let file: file::SnapshotFile = serde_json::from_str(text).map_err(|error| {
            Localized::new(
                format!("快照無法解讀：{error}"),
                format!("the snapshot makes no sense: {error}"),
            )
        })?;
        if file.schema != file::VERSION {
            let version = file.schema;
            return Err(Localized::new(
                format!("快照為第 {version} 版，僅能讀第 {} 版", file::VERSION),
                format!(
                    "the snapshot is of version {version}; {} is read",
                    file::VERSION
                ),
            ));
        }
        Ok(file.into())
    }

    /// The number of the pull request.
    pub fn number(&self) -> u64 {
        self.proposal.pull_request.number
    }

    /// An answer about this pull request; there is none about another.
    fn about<T>(&self, number: u64, asked: &str, answer: T) -> Result<T, Error> {
        if number == self.number() {
            return Ok(answer);
        }
        Err(refused(ErrorKind::NotFound, format!("{asked} {number}")))
    }
}

fn refused(kind: ErrorKind, asked: String) -> Error {
    let said = String::new();
    Error { kind, asked, said }
}

/// A recording takes no write.
fn no_write(what: &str) -> Error {
    refused(ErrorKind::Forbidden, what.to_owned())
}

impl Forge for Recorded {
    fn own(&mut self) -> Result<Own, Error> {
        Ok(self.own)
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lines: true,
            files: true,
            suggestions: true,
            folding: true,
            text: 65_536,
        }
    }

    fn web_address(&self) -> Arc<str> {
        Arc::clone(&self.web_address)
    }

    fn pushers(&mut self, number: u64) -> Result<Vec<Account>, Error> {
        self.about(number, "pushers", self.pushers.clone())
    }

    fn pull_request(&mut self, number: u64) -> Result<Proposal, Error> {
        self.about(number, "pull request", self.proposal.clone())
    }

    /// The one that is on record, open or not, and those of the same head and base.
    fn open_pull_requests(&mut self) -> Result<Vec<Listed>, Error> {
        let own = &self.proposal.pull_request;
        let listed = |number: u64| Listed {
            number,
            head: Arc::clone(&own.head),
            base: Arc::clone(&own.base),
            is_locked: self.proposal.is_locked,
        };
        let others = self.same_head.iter().copied();
        let others = others.filter(|other| *other != own.number);
        Ok(iter::once(own.number).chain(others).map(listed).collect())
    }

    fn reviews(&mut self, number: u64) -> Result<Vec<Review>, Error> {
        self.about(number, "reviews", self.reviews.clone())
    }

    fn signatures(&mut self, number: u64) -> Result<Vec<Signed>, Error> {
        self.about(number, "signatures", self.signatures.clone())
    }

    fn comments(&mut self, number: u64) -> Result<Vec<Posted>, Error> {
        self.about(number, "comments", self.comments.clone())
    }

    fn statuses(&mut self, commit: &CommitId) -> Result<Vec<Seen>, Error> {
        if *commit != self.proposal.pull_request.head {
            return Err(refused(
                ErrorKind::NotFound,
                format!("statuses of {commit}"),
            ));
        }
        Ok(self.statuses.clone())
    }

    fn set_status(&mut self, _: &CommitId, _: &ToSet) -> Result<(), Error> {
        Err(no_write("status"))
    }

    fn write(&mut self, _: u64, _: &CommitId, _: &Write) -> Result<(), Error> {
        Err(no_write("comment"))
    }

    fn request_reviews(&mut self, _: u64, _: &[Arc<str>]) -> Result<(), Error> {
        Err(no_write("review request"))
    }

    fn label(&mut self, _: u64, _: &[&str], _: &[&str]) -> Result<(), Error> {
        Err(no_write("label"))
    }
}
