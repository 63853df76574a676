//! GitHub's words → ours. Only what we read is named; what GitHub adds later is not looked at.
//!
//! A word that is not known makes the whole answer unreadable: half of a list is no list.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::forge::{Listed, Proposal, Seen, Signed};
use crate::review::statuses::State;
use crate::review::{Account, CommitId, PullRequest, Standing};

/// An account.
#[derive(Debug, Deserialize)]
pub(super) struct Person {
    pub(super) id: u64,
    login: String,
    #[serde(rename = "type", default)]
    kind: String,
}

impl From<Person> for Account {
    /// GitHub tells programs by their type. The login says it too, and is not trusted alone: nobody
    /// can take one with a bracket, but Enterprise Servers have imported some.
    fn from(person: Person) -> Self {
        Self {
            is_bot: person.kind == "Bot" || person.login.ends_with("[bot]"),
            id: person.id,
            login: person.login.into(),
        }
    }
}

fn account(person: Option<Person>) -> Option<Account> {
    person.map(Account::from)
}

/// A pull request in a list.
#[derive(Deserialize)]
pub(super) struct InList {
    number: u64,
    head: Tip,
    base: Tip,
    locked: bool,
}

impl From<InList> for Listed {
    fn from(pull: InList) -> Self {
        Self {
            number: pull.number,
            head: commit(&pull.head.sha),
            base: pull.base.branch.into(),
            is_locked: pull.locked,
        }
    }
}

/// Where a branch is.
#[derive(Deserialize)]
struct Tip {
    sha: String,
    #[serde(rename = "ref")]
    branch: String,
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    id: u64,
    full_name: String,
}

#[derive(Deserialize)]
struct Label {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Openness {
    Open,
    Closed,
}

/// A pull request.
#[derive(Deserialize)]
pub(super) struct Pull {
    number: u64,
    user: Option<Person>,
    state: Openness,
    merged: bool,
    #[serde(default, deserialize_with = "moment")]
    merged_at: Option<Timestamp>,
    #[serde(default)]
    draft: bool,
    mergeable: Option<bool>,
    head: Tip,
    base: Tip,
    #[serde(default)]
    requested_reviewers: Vec<Person>,
    labels: Vec<Label>,
    locked: bool,
    title: String,
    changed_files: usize,
    commits: usize,
}

impl Pull {
    /// `None` where it was merged and nobody says when.
    fn standing(&self) -> Option<Standing> {
        Some(match (self.merged, &self.state, self.mergeable) {
            (true, _, _) => Standing::Merged {
                at: self.merged_at?,
            },
            (false, Openness::Closed, _) => Standing::Closed,
            (false, Openness::Open, Some(false)) => Standing::Conflict,
            (false, Openness::Open, _) => Standing::Open,
        })
    }

    /// In our words, as far as it makes sense.
    pub(super) fn proposal(self) -> Option<Proposal> {
        let standing = self.standing()?;
        let pull = self;
        let requested = pull.requested_reviewers.into_iter().map(Account::from);
        Some(Proposal {
            repository: pull.base.repo.map(|repository| repository.id),
            pull_request: PullRequest {
                number: pull.number,
                author: account(pull.user),
                standing,
                is_draft: pull.draft,
                head: commit(&pull.head.sha),
                base: pull.base.branch.into(),
                requested: requested.collect(),
            },
            title: pull.title,
            base_commit: commit(&pull.base.sha),
            head_branch: pull.head.branch,
            head_repository: pull.head.repo.map(|repository| repository.full_name),
            changed_files: pull.changed_files,
            commits: pull.commits,
            labels: names(pull.labels),
            is_locked: pull.locked,
        })
    }
}

fn names(labels: Vec<Label>) -> BTreeSet<String> {
    labels.into_iter().map(|label| label.name).collect()
}

/// The id of a commit as we write it.
pub(super) fn commit(sha: &str) -> CommitId {
    Arc::from(sha.to_ascii_lowercase())
}

/// A moment, where there is one.
pub(super) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let written: Option<String> = Option::deserialize(from)?;
    let read = written.map(|written| written.parse().map_err(D::Error::custom));
    read.transpose()
}

/// A commit. GitHub writes `null` or `{}` where an address is nobody's.
#[derive(Deserialize)]
pub(super) struct Committed {
    sha: String,
    author: Option<Maybe>,
    committer: Option<Maybe>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Maybe {
    Somebody(Person),
    Nobody {},
}

impl Maybe {
    fn account(self) -> Option<Account> {
        match self {
            Self::Somebody(person) => Some(person.into()),
            Self::Nobody {} => None,
        }
    }
}

impl From<Committed> for Signed {
    fn from(committed: Committed) -> Self {
        Self {
            commit: commit(&committed.sha),
            author: committed.author.and_then(Maybe::account),
            committer: committed.committer.and_then(Maybe::account),
        }
    }
}

/// A branch that was moved.
#[derive(Deserialize)]
pub(super) struct Moved {
    pub(super) after: String,
    pub(super) actor: Option<Person>,
}

/// A comment, for what GraphQL does not tell of it, or has not told.
#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    pub(super) node_id: String,
    performed_via_github_app: Option<Through>,
}

#[derive(Deserialize)]
struct Through {
    id: u64,
}

impl Comment {
    /// The App that wrote it in somebody's name.
    pub(super) fn through(&self) -> Option<u64> {
        self.performed_via_github_app.as_ref().map(|app| app.id)
    }
}

/// A status.
#[derive(Deserialize)]
pub(super) struct Told {
    context: String,
    state: Color,
    description: Option<String>,
    creator: Option<Person>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Success,
    Pending,
    Failure,
    Error,
}

impl From<Told> for Seen {
    fn from(told: Told) -> Self {
        Self {
            context: told.context,
            state: match told.state {
                Color::Success => State::Success,
                Color::Pending => State::Pending,
                Color::Failure => State::Failure,
                Color::Error => State::Error,
            },
            description: told.description.unwrap_or_default(),
            creator: account(told.creator),
        }
    }
}
