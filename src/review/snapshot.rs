//! A pull request at one moment, in words that every forge has.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::approval::DemandKey;

/// The id of a commit: hexadecimal digits in lower case.
pub type CommitId = Arc<str>;

/// All that the evaluation knows of a pull request. A list that could not be read whole makes no
/// snapshot.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The pull request.
    pub pull_request: PullRequest,
    /// Every review ever given, in the order of the forge.
    pub reviews: Vec<Review>,
    /// The commits that the head has and the base has not, along all parents.
    pub commits: Vec<Commit>,
    /// Who moved the head to where it is; empty where the forge does not tell, and then it may have
    /// been anybody.
    pub pushers: Vec<Account>,
    /// The address under which the forge itself commits what was done in a browser.
    pub web_address: Arc<str>,
    /// When the snapshot was taken.
    pub taken_at: Timestamp,
}

impl Snapshot {
    /// The moment as of which it is judged. A merge is judged as it was: what falls due or runs out
    /// between then and the snapshot has stopped nothing, and makes nothing good.
    pub fn judged_at(&self) -> Timestamp {
        match self.pull_request.standing {
            Standing::Merged { at } => at,
            Standing::Open | Standing::Conflict | Standing::Closed => self.taken_at,
        }
    }

    /// Whether a review was given after the merge. Forges count whole seconds: one of the same
    /// second was there.
    pub(super) fn is_too_late(&self, review: &Review) -> bool {
        let is_merged = matches!(self.pull_request.standing, Standing::Merged { .. });
        is_merged
            && review
                .submitted_at
                .is_some_and(|given| given > self.judged_at())
    }
}

/// What is proposed.
#[derive(Debug, Clone)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// Who opened it; `None` for an account that is gone.
    pub author: Option<Account>,
    /// Whether it can still be merged.
    pub standing: Standing,
    /// Whether its author calls it unfinished.
    pub is_draft: bool,
    /// The newest commit.
    pub head: CommitId,
    /// The branch it goes to.
    pub base: Arc<str>,
    /// Whose review is asked for and has not been given since.
    pub requested: Vec<Account>,
}

/// Whether a pull request can still be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is open.
    Open,
    /// It is open, and does not merge without a decision.
    Conflict,
    /// It was closed.
    Closed,
    /// It was merged.
    Merged {
        /// When; what is said afterwards comes too late.
        at: Timestamp,
    },
}

/// An account of the forge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Its number; survives a renaming.
    pub id: u64,
    /// Its name today.
    pub login: Arc<str>,
    /// Whether it is a program's.
    pub is_bot: bool,
}

/// A review as the forge lists it.
#[derive(Debug, Clone)]
pub struct Review {
    /// Its id.
    pub id: u64,
    /// Whose it is; `None` for an account that is gone.
    pub author: Option<Account>,
    /// What it says today; the forge changes a dismissed review in place.
    pub state: ReviewState,
    /// The commit it was given for; `None` where the forge has lost it.
    pub commit: Option<CommitId>,
    /// When it was given; `None` before.
    pub submitted_at: Option<Timestamp>,
}

/// What a review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Yes.
    Approved,
    /// Not like this.
    ChangesRequested,
    /// Neither.
    Commented,
    /// It said something, and was set aside.
    Dismissed,
    /// Not given yet; its writer alone sees it.
    Pending,
}

/// A commit of the pull request.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Its id.
    pub id: CommitId,
    /// Who wrote it.
    pub author: Signature,
    /// Who put it into the history.
    pub committer: Signature,
    /// Who is named in `Co-authored-by` trailers.
    pub co_authors: Vec<Signature>,
    /// Whether it is a merge that Git makes by itself to the very same tree, which adds no work of
    /// whoever pressed the button.
    pub is_clean_merge: bool,
    /// Whether it was made by accepting a suggestion of a review.
    pub is_suggestion: bool,
    /// The demands whose changes this commit has a part in.
    pub touches: BTreeSet<DemandKey>,
}

/// A name under a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The address, as written.
    pub email: Arc<str>,
    /// The account that the forge has for the address.
    pub account: Option<Account>,
}
