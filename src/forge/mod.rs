//! What a code host can tell us, and be told.
//!
//! In: reads and [`Write`]s. Out: the words of `review`, or an
//! [`Error`] that says what was asked and what helps. Knows nothing of plans. Invariants: a list that
//! could not be read to its end is an error and never a shorter list; a write whose answer got lost
//! is looked for before it is sent again; no token and no header is ever printed.

mod carrier;
mod carry_out;
mod error;
pub mod github;
pub mod pace;
mod planned;
pub mod recorded;
mod web;

pub use carrier::Carrier;
pub use carry_out::{Carried, Demoted, Job, Stop, Unposted, Unset, carry_out, set_statuses};
pub use error::{Error, ErrorKind};
pub use planned::{LABEL, Planned};
pub use web::Web;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::review::health::{Protection, Required, Running};
use crate::review::statuses::State;
use crate::review::writes::{Own, Posted, Write};
use crate::review::{Account, CommitId, PullRequest, Review};
use crate::source::git::fetch::Credentials;

/// A code host. One repository, one identity.
///
/// GitHub and GitHub Enterprise Server are reached through this trait; GitLab and Gitea can be.
pub trait Forge {
    /// Who we are there.
    fn own(&mut self) -> Result<Own, Error>;

    /// What it can do.
    fn capabilities(&self) -> Capabilities;

    /// The address under which it commits what is done in a browser.
    fn web_address(&self) -> Arc<str>;

    /// What Git shows when it fetches from there; `None` as anybody may.
    fn credentials(&self) -> Option<Credentials> {
        None
    }

    /// Who moved the head of a pull request to where it is; empty where that cannot be told, which is
    /// another thing than nobody.
    fn pushers(&mut self, number: u64) -> Result<Vec<Account>, Error>;

    /// A pull request as it is now.
    fn pull_request(&mut self, number: u64) -> Result<Proposal, Error>;

    /// All open ones as they are now, those of forks included.
    fn open_pull_requests(&mut self) -> Result<Vec<Listed>, Error>;

    /// All reviews ever given, in the order of the forge.
    fn reviews(&mut self, number: u64) -> Result<Vec<Review>, Error>;

    /// The accounts behind the commits; a commit that the forge does not list is not in it.
    fn signatures(&mut self, number: u64) -> Result<Vec<Signed>, Error>;

    /// All comments, in the conversation and on the diff.
    fn comments(&mut self, number: u64) -> Result<Vec<Posted>, Error>;

    /// The newest status of each context of a commit.
    fn statuses(&mut self, commit: &CommitId) -> Result<Vec<Seen>, Error>;

    /// Sets a status.
    fn set_status(&mut self, commit: &CommitId, status: &ToSet) -> Result<(), Error>;

    /// Writes a comment, changes or folds one of ours.
    fn write(&mut self, number: u64, head: &CommitId, write: &Write) -> Result<(), Error>;

    /// Asks for reviews.
    fn request_reviews(&mut self, number: u64, logins: &[Arc<str>]) -> Result<(), Error>;

    /// How a merge into a branch waits for these statuses, among others; `None` where nothing protects
    /// it. Every reader may know this much. Where one App alone may set each of them, nothing stricter is
    /// sought. A forge that cannot tell says so.
    fn required(
        &mut self,
        branch: &str,
        _contexts: &[String],
    ) -> Result<Option<Vec<Required>>, Error> {
        Err(Error {
            kind: ErrorKind::Forbidden,
            asked: format!("statuses required of {branch}"),
            said: String::new(),
        })
    }

    /// How a branch is protected; `None` where nothing protects it. A forge that cannot tell says so.
    fn protection(&mut self, branch: &str) -> Result<Option<Protection>, Error> {
        Err(Error {
            kind: ErrorKind::Forbidden,
            asked: format!("protection of {branch}"),
            said: String::new(),
        })
    }

    /// How workflows run, and who sees the secrets of an environment. A forge that cannot tell says so.
    fn running(&mut self, environment: &str) -> Result<Running, Error> {
        Err(Error {
            kind: ErrorKind::Forbidden,
            asked: format!("environment {environment}"),
            said: String::new(),
        })
    }

    /// Puts labels on and takes labels off.
    fn label(&mut self, number: u64, add: &[&str], remove: &[&str]) -> Result<(), Error>;
}

/// A pull request and what only the forge needs to know of it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The number of the repository it goes to, which survives a renaming; `None` where the forge has
    /// none.
    pub repository: Option<u64>,
    /// What the evaluation knows.
    pub pull_request: PullRequest,
    /// What it is called; a stranger's words.
    pub title: String,
    /// The commit of the base branch.
    pub base_commit: CommitId,
    /// The branch it comes from.
    pub head_branch: String,
    /// `owner/name` of the repository it comes from; `None` where that is gone.
    pub head_repository: Option<String>,
    /// How many files it changes, as the forge counts.
    pub changed_files: usize,
    /// How many commits it has, as the forge counts.
    pub commits: usize,
    /// Its labels.
    pub labels: BTreeSet<String>,
    /// Whether nobody but a few may write into it any more.
    pub is_locked: bool,
}

/// An open pull request as a list of them shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub number: u64,
    /// Its newest commit.
    pub head: CommitId,
    /// The branch it goes to.
    pub base: Arc<str>,
    /// Whether nobody but a few may write into it any more.
    pub is_locked: bool,
}

/// The accounts of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The commit.
    pub commit: CommitId,
    /// The account of its author's address.
    pub author: Option<Account>,
    /// The account of its committer's address.
    pub committer: Option<Account>,
}

/// A status that stands on a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its context, as written.
    pub context: String,
    /// Its color.
    pub state: State,
    /// Its line.
    pub description: String,
    /// Who has set it.
    pub creator: Option<Account>,
}

/// A status to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSet {
    /// Its context.
    pub context: String,
    /// Its color.
    pub state: State,
    /// Its line, no longer than [`MAX_DESCRIPTION`](crate::review::statuses::MAX_DESCRIPTION).
    pub description: String,
    /// Where more is said.
    pub address: Option<String>,
}

/// What a forge can do.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, asked by its name"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Comments on lines of a diff.
    pub lines: bool,
    /// Comments on a file of a diff.
    pub files: bool,
    /// Suggestions that are accepted by a click.
    pub suggestions: bool,
    /// Comments folded away.
    pub folding: bool,
    /// The longest text of a comment, in bytes.
    pub text: usize,
}
