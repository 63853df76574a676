//! What a forge said → the file that [`Recorded`](super::Recorded) reads.
//!
//! Comments are left out: nothing is judged by them, and they hold other people's words.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::file::VERSION;
use crate::forge::{Proposal, Seen, Signed};
use crate::review::writes::Own;
use crate::review::{Account, Review, ReviewState, Snapshot, Standing};

/// All that was asked for a judgement.
#[derive(Debug, Clone, Copy)]
pub struct Said<'s> {
    /// The address of the repository there; empty where it is not known.
    pub address: &'s str,
    /// Who we are there.
    pub own: Own,
    /// The pull request.
    pub proposal: &'s Proposal,
    /// The reviews and who pushed; its commits are Git's to tell and are not taken.
    pub snapshot: &'s Snapshot,
    /// The accounts of the commits.
    pub signatures: &'s [Signed],
    /// The statuses that stand on the head.
    pub statuses: &'s [Seen],
    /// The open pull requests of the same head and base.
    pub same_head: &'s [u64],
}

impl Said<'_> {
    /// As JSON, described by `docs/schema/snapshot.schema.json`.
    pub fn json(self) -> Value {
        let Snapshot {
            reviews,
            pushers,
            web_address,
            taken_at,
            ..
        } = self.snapshot;
        let address = (!self.address.is_empty()).then_some(self.address);
        json!({
            "schema": VERSION,
            "taken_at": moment(*taken_at),
            "address": address,
            "own": { "account": self.own.account, "app": self.own.app },
            "web_address": &**web_address,
            "pull_request": pull_request(self.proposal),
            "pushers": accounts(pushers),
            "reviews": reviews.iter().map(review).collect::<Vec<_>>(),
            "signatures": self.signatures.iter().map(signed).collect::<Vec<_>>(),
            "comments": [],
            "statuses": self.statuses.iter().map(status).collect::<Vec<_>>(),
            "same_head": self.same_head,
        })
    }
}

fn moment(at: Timestamp) -> String {
    at.to_string()
}

fn account(account: &Account) -> Value {
    json!({ "id": account.id, "login": &*account.login, "is_bot": account.is_bot })
}

fn maybe(found: Option<&Account>) -> Value {
    found.map_or(Value::Null, account)
}

fn accounts(all: &[Account]) -> Value {
    all.iter().map(account).collect()
}

fn pull_request(proposal: &Proposal) -> Value {
    let own = &proposal.pull_request;
    let (standing, merged_at) = match own.standing {
        Standing::Open => ("open", None),
        Standing::Conflict => ("conflict", None),
        Standing::Closed => ("closed", None),
        Standing::Merged { at } => ("merged", Some(moment(at))),
    };
    json!({
        "repository": proposal.repository,
        "number": own.number,
        "title": proposal.title,
        "author": maybe(own.author.as_ref()),
        "standing": standing,
        "merged_at": merged_at,
        "is_draft": own.is_draft,
        "head": &*own.head,
        "base": &*own.base,
        "base_commit": &*proposal.base_commit,
        "head_branch": proposal.head_branch,
        "head_repository": proposal.head_repository,
        "changed_files": proposal.changed_files,
        "commits": proposal.commits,
        "requested": accounts(&own.requested),
        "labels": proposal.labels,
        "is_locked": proposal.is_locked,
    })
}

fn review(review: &Review) -> Value {
    let state = match review.state {
        ReviewState::Approved => "approved",
        ReviewState::ChangesRequested => "changes_requested",
        ReviewState::Commented => "commented",
        ReviewState::Dismissed => "dismissed",
        ReviewState::Pending => "pending",
    };
    let commit = review.commit.as_ref().map(Arc::as_ref);
    json!({
        "id": review.id,
        "author": maybe(review.author.as_ref()),
        "state": state,
        "commit": commit as Option<&str>,
        "submitted_at": review.submitted_at.map(moment),
    })
}

fn signed(signed: &Signed) -> Value {
    json!({
        "commit": &*signed.commit,
        "author": maybe(signed.author.as_ref()),
        "committer": maybe(signed.committer.as_ref()),
    })
}

fn status(seen: &Seen) -> Value {
    json!({
        "context": seen.context,
        "state": seen.state.word(),
        "description": seen.description,
        "creator": maybe(seen.creator.as_ref()),
    })
}
