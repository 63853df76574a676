//! The file of a snapshot as written, and what it says in the words of `review`.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de};

use super::Recorded;
use crate::forge::{Proposal, Seen, Signed};
use crate::review::statuses::State;
use crate::review::writes::{Own, Posted, PostedKind};
use crate::review::{Account, CommitId, PullRequest, Review, ReviewState, Standing};

/// The version of the shape.
pub(super) const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnapshotFile {
    pub(super) schema: u32,
    taken_at: Moment,
    address: Option<String>,
    own: OwnFile,
    web_address: String,
    #[serde(deserialize_with = "proposal")]
    pull_request: Proposal,
    pushers: Vec<AccountFile>,
    reviews: Vec<ReviewFile>,
    signatures: Vec<SignedFile>,
    comments: Vec<PostedFile>,
    statuses: Vec<SeenFile>,
    same_head: Vec<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFile {
    account: u64,
    app: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    id: u64,
    login: String,
    #[serde(default)]
    is_bot: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PullRequestFile {
    repository: Option<u64>,
    number: u64,
    title: String,
    author: Option<AccountFile>,
    standing: StandingWord,
    merged_at: Option<Moment>,
    is_draft: bool,
    head: String,
    base: String,
    base_commit: String,
    head_branch: String,
    head_repository: Option<String>,
    changed_files: usize,
    commits: usize,
    requested: Vec<AccountFile>,
    labels: BTreeSet<String>,
    #[serde(default)]
    is_locked: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StandingWord {
    Open,
    Conflict,
    Closed,
    Merged,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewFile {
    id: u64,
    author: Option<AccountFile>,
    #[serde(deserialize_with = "review_state")]
    state: ReviewState,
    commit: Option<String>,
    submitted_at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedFile {
    commit: String,
    author: Option<AccountFile>,
    committer: Option<AccountFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostedFile {
    id: u64,
    #[serde(deserialize_with = "kind")]
    kind: PostedKind,
    author: Option<u64>,
    app: Option<u64>,
    body: String,
    #[serde(default)]
    has_replies: bool,
    is_folded: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenFile {
    context: String,
    #[serde(deserialize_with = "state")]
    state: State,
    description: String,
    creator: Option<AccountFile>,
}

/// A moment as RFC 3339 writes it.
struct Moment(Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

/// One of some words.
fn word<'de, D: Deserializer<'de>, T: Copy>(
    deserializer: D,
    words: &[(&'static str, T)],
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        de::Error::custom(format!("`{text}` is none of {}", known.join(", ")))
    })
}

fn review_state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ReviewState, D::Error> {
    let words = [
        ("approved", ReviewState::Approved),
        ("changes_requested", ReviewState::ChangesRequested),
        ("commented", ReviewState::Commented),
        ("dismissed", ReviewState::Dismissed),
        ("pending", ReviewState::Pending),
    ];
    word(deserializer, &words)
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PostedKind, D::Error> {
    let words = [
        ("conversation", PostedKind::Conversation),
        ("diff", PostedKind::Diff),
    ];
    word(deserializer, &words)
}

fn state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
    let all = [State::Success, State::Pending, State::Failure, State::Error];
    word(deserializer, &all.map(|state| (state.word(), state)))
}

impl From<AccountFile> for Account {
    fn from(file: AccountFile) -> Self {
        Self {
            id: file.id,
            login: file.login.into(),
            is_bot: file.is_bot,
        }
    }
}

/// Commits are compared letter by letter.
fn commit(id: &str) -> CommitId {
    id.to_ascii_lowercase().into()
}

fn all<F, T: From<F>>(files: Vec<F>) -> Vec<T> {
    files.into_iter().map(T::from).collect()
}

impl From<ReviewFile> for Review {
    fn from(file: ReviewFile) -> Self {
        Self {
            id: file.id,
            author: file.author.map(Account::from),
            state: file.state,
            commit: file.commit.as_deref().map(commit),
            submitted_at: file.submitted_at.map(|moment| moment.0),
        }
    }
}

impl From<SignedFile> for Signed {
    fn from(file: SignedFile) -> Self {
        Self {
            commit: commit(&file.commit),
            author: file.author.map(Account::from),
            committer: file.committer.map(Account::from),
        }
    }
}

impl From<PostedFile> for Posted {
    fn from(file: PostedFile) -> Self {
        Self {
            id: file.id,
            kind: file.kind,
            author: file.author,
            app: file.app,
            body: file.body,
            has_replies: file.has_replies,
            is_folded: file.is_folded,
        }
    }
}

impl From<SeenFile> for Seen {
    fn from(file: SeenFile) -> Self {
        Self {
            context: file.context,
            state: file.state,
            description: file.description,
            creator: file.creator.map(Account::from),
        }
    }
}

impl PullRequestFile {
    /// `None` where a merge has no moment, or a moment no merge.
    fn standing(&self) -> Option<Standing> {
        match (self.standing, &self.merged_at) {
            (StandingWord::Open, None) => Some(Standing::Open),
            (StandingWord::Conflict, None) => Some(Standing::Conflict),
            (StandingWord::Closed, None) => Some(Standing::Closed),
            (StandingWord::Merged, Some(at)) => Some(Standing::Merged { at: at.0 }),
            _ => None,
        }
    }
}

fn proposal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Proposal, D::Error> {
    let file = PullRequestFile::deserialize(deserializer)?;
    let standing = file.standing().ok_or_else(|| {
        de::Error::custom("`merged_at` belongs to the standing `merged`, and to no other")
    })?;
    Ok(Proposal {
        repository: file.repository,
        pull_request: PullRequest {
            number: file.number,
            author: file.author.map(Account::from),
            standing,
            is_draft: file.is_draft,
            head: commit(&file.head),
            base: file.base.into(),
            requested: all(file.requested),
        },
        title: file.title,
        base_commit: commit(&file.base_commit),
        head_branch: file.head_branch,
        head_repository: file.head_repository,
        changed_files: file.changed_files,
        commits: file.commits,
        labels: file.labels,
        is_locked: file.is_locked,
    })
}

impl From<SnapshotFile> for Recorded {
    fn from(file: SnapshotFile) -> Self {
        Self {
            taken_at: file.taken_at.0,
            address: file.address,
            own: Own {
                account: file.own.account,
                app: file.own.app,
            },
            web_address: Arc::from(file.web_address),
            proposal: file.pull_request,
            pushers: all(file.pushers),
            reviews: all(file.reviews),
            signatures: all(file.signatures),
            comments: all(file.comments),
            statuses: all(file.statuses),
            same_head: file.same_head,
        }
    }
}
