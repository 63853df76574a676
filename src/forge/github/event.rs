//! The event that started a workflow → what to review.
//!
//! Of a payload only numbers and ids of commits are taken: it was true when the event was sent and
//! may not be now, and much of it is written by strangers. Whatever is judged is read again. Who
//! started the run is not looked at, for it may be anybody.

use std::sync::Arc;

use serde::Deserialize;

use crate::review::CommitId;

/// Where GitHub keeps the commits of merge queues: `gh-readonly-queue/main/pr-12-…`.
const QUEUE: &str = "gh-readonly-queue/";

/// What an event asks to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// One pull request.
    PullRequest(u64),
    /// Those open ones whose head is this commit. A run of another workflow tells no more that could
    /// be believed: the numbers in its payload are missing for forks, and its artifacts are the
    /// forks' own.
    Head(CommitId),
    /// A commit that the merge queue has made.
    Queue {
        /// The commit.
        head: CommitId,
        /// What it was made upon; `None` where that is not told and is the branch as it is.
        base: Option<CommitId>,
        /// The branch it goes to.
        branch: Arc<str>,
    },
    /// Every open pull request that goes to this branch: the rules may have changed.
    Branch(Arc<str>),
    /// Every open pull request: time has passed.
    AllOpen,
    /// None: a branch was deleted, a tag was pushed, a group left the merge queue.
    Nothing,
}

/// Why an event cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Nobody said that this event is to be reviewed.
    Unknown,
    /// The payload is not what GitHub describes.
    Malformed,
}

#[derive(Deserialize)]
struct OfPullRequest {
    pull_request: Number,
}

#[derive(Deserialize)]
struct Number {
    number: u64,
}

#[derive(Deserialize)]
struct OfRun {
    workflow_run: Run,
}

#[derive(Deserialize)]
struct Run {
    head_sha: String,
    #[serde(default)]
    event: String,
    #[serde(default)]
    head_branch: Option<String>,
}

#[derive(Deserialize)]
struct OfQueue {
    action: String,
    merge_group: Group,
}

#[derive(Deserialize)]
struct Group {
    head_sha: String,
    base_sha: String,
    base_ref: String,
}

#[derive(Deserialize)]
struct OfPush {
    #[serde(rename = "ref")]
    reference: String,
    deleted: bool,
}

impl Event {
    /// Reads an event: its name as in `GITHUB_EVENT_NAME`, its payload as in the file of
    /// `GITHUB_EVENT_PATH`.
    pub fn read(name: &str, payload: &[u8]) -> Result<Self, Unread> {
        match name {
            "pull_request" | "pull_request_target" | "pull_request_review" => {
                let of: OfPullRequest = decode(payload)?;
                Ok(Self::PullRequest(of.pull_request.number))
            }
            "workflow_run" => {
                let of: OfRun = decode(payload)?;
                of_run(&of.workflow_run)
            }
            "merge_group" => queue(&decode(payload)?),
            "push" => {
                let of: OfPush = decode(payload)?;
                let branch = of.reference.strip_prefix("refs/heads/");
                let alive = branch.filter(|_| !of.deleted);
                Ok(alive.map_or(Self::Nothing, |branch| Self::Branch(branch.into())))
            }
            // Neither says anything that matters.
            "schedule" | "workflow_dispatch" => Ok(Self::AllOpen),
            _ => Err(Unread::Unknown),
        }
    }
}

/// A workflow that ran for the merge queue was run at a commit of its. Which branch that goes to stands
/// in the name of its reference; a wrong one has no pull request that explains the commit.
fn of_run(run: &Run) -> Result<Event, Unread> {
    let head = commit(&run.head_sha)?;
    if run.event != "merge_group" {
        return Ok(Event::Head(head));
    }
    let reference = run.head_branch.as_deref().unwrap_or_default();
    let below = reference
        .strip_prefix(QUEUE)
        .and_then(|rest| rest.rsplit_once('/'));
    let (branch, _) = below.ok_or(Unread::Malformed)?;
    Ok(Event::Queue {
        head,
        base: None,
        branch: branch.into(),
    })
}

fn queue(of: &OfQueue) -> Result<Event, Unread> {
    if of.action != "checks_requested" {
        return Ok(Event::Nothing);
    }
    let group = &of.merge_group;
    let branch = group.base_ref.strip_prefix("refs/heads/");
    Ok(Event::Queue {
        head: commit(&group.head_sha)?,
        base: Some(commit(&group.base_sha)?),
        branch: branch.ok_or(Unread::Malformed)?.into(),
    })
}

fn decode<'p, T: Deserialize<'p>>(payload: &'p [u8]) -> Result<T, Unread> {
    serde_json::from_slice(payload).map_err(|_| Unread::Malformed)
}

/// Nothing but the id of a commit goes on from here into routes and revisions.
fn commit(sha: &str) -> Result<CommitId, Unread> {
    let is_id = matches!(sha.len(), 40 | 64) && sha.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id {
        Ok(sha.to_ascii_lowercase().into())
    } else {
        Err(Unread::Malformed)
    }
}
