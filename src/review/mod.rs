//! What a pull request is worth: whose opinion counts, who is still awaited, which status is true.
//!
//! In: a [`Snapshot`] of the pull request, the roster of its base, and what its changes ask for.
//! Out: for each [`Demand`] who fills it or how many are missing, and for each review that does not
//! count the reason. Pure: no forge, no Git, no clock but that of the snapshot. Invariants: the
//! newest opinion of a person is the only one; an approval is bound to a commit and never to a time;
//! one person fills one place; what could not be read is never taken as empty.

pub mod anchor;
mod approval;
mod contributors;
pub mod facts;
pub mod health;
mod ignored;
pub mod judgement;
pub mod marker;
mod opinion;
pub mod rules;
mod seats;
mod snapshot;
pub mod statuses;
pub mod writes;

#[cfg(test)]
mod tests;

pub use crate::config::roster::Roster;
pub use approval::{
    Approval, Demand, DemandKey, Digest, Filled, Objection, Outcome, Want, day_in_taiwan, evaluate,
};
pub use contributors::{Contribution, Contributors, Part};
pub use ignored::{Ignored, Why};
pub use opinion::{Opinion, fold};
pub use snapshot::{
    Account, Commit, CommitId, PullRequest, Review, ReviewState, Signature, Snapshot, Standing,
};
