//! What every stage may say about a file that a user wrote.
//!
//! In: a verdict, its place and its ground. Out: a [`Finding`], the one type that all formats
//! render. Knows nothing of plans, policies or forges. Invariant: a finding without a place and
//! without a basis cannot be built.

mod against;
mod basis;
mod edit;
mod exception;
mod fingerprint;
mod place;
mod severity;
mod step;
mod verdict;

pub use against::{Against, Stake, Status};
pub use basis::{Basis, Citation};
pub use edit::Edit;
pub use exception::{Lowered, Waiver, Written};
pub use fingerprint::{Fingerprint, Item};
pub use place::{Place, Related};
pub use severity::Severity;
pub use step::Step;
pub use verdict::{Reason, Verdict};

use std::sync::Arc;

use crate::text::{DateRange, Localized};

/// Something to know about one place of a file, with its ground. What few have is boxed: findings are moved
/// until they are told.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The id of the policy, or of the rule of the profile (`syntax/…`, `shape/…`).
    pub policy: Arc<str>,
    /// The id of the check that decided, where the policy has several.
    pub check: Option<Arc<str>>,
    /// The outcome of the duty at this place.
    pub verdict: Verdict,
    /// How much it weighs; only a `fail` at [`Severity::Error`] blocks by itself.
    pub severity: Severity,
    /// The defect as a noun phrase.
    pub title: Arc<Localized>,
    /// What was found and what is required, in one sentence.
    pub message: Localized,
    /// Where it is, or where the missing thing would go.
    pub place: Place,
    /// Other places that bear on it.
    pub related: Vec<Related>,
    /// Why it is so: exactly one ground.
    pub basis: Basis,
    /// The next act.
    pub help: Option<Localized>,
    /// The lines to write, as an edit of the file of `place`.
    pub write: Option<Edit>,
    /// The bodies it concerns; empty where the duty is the plan's as a whole.
    pub bodies: Vec<Subject>,
    /// Identity over revisions, of the first body where there are several.
    pub fingerprint: Fingerprint,
    /// What it is about, of the first body where there are several; none of the form of a file.
    pub item: Option<Arc<Item>>,
    /// Why it is `unknown`, `delegated` or `pending`: findings of one place and one cause may be told
    /// together.
    pub cause: Option<Box<Cause>>,
    /// The law date or dates it was judged on.
    pub judged_on: Option<DateRange>,
    /// What the expression that decided saw, where that was asked for.
    pub trace: Option<Arc<Step>>,
    /// How it stands against the base, where there is one.
    pub against: Option<Against>,
}

/// Why a verdict is not settled, in words that stand without the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The cause: 「所在附件未隨附」.
    pub why: Localized,
    /// What hangs on it: the fact that is elsewhere or not yet due; of what cannot be told, the
    /// defect that may be there or not.
    pub about: Arc<Localized>,
}

/// One body that a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The body's id in the plan, or its name where it has none.
    pub id: Arc<str>,
    /// The body's name.
    pub name: Arc<str>,
    /// What the finding is about for this body alone.
    pub item: Arc<Item>,
    /// The fingerprint of the finding for this body alone.
    pub fingerprint: Fingerprint,
}

impl Finding {
    /// A finding about the form of a file: it fails, and its ground is the rule `policy` of the
    /// profile itself.
    pub fn of_form(
        policy: &str,
        severity: Severity,
        place: Place,
        message: Localized,
        help: Option<Localized>,
    ) -> Self {
        let policy: Arc<str> = policy.into();
        let fingerprint = Fingerprint::new(&[&policy, place.file.name(), &place.path]);
        Self {
            check: None,
            verdict: Verdict::Fail,
            severity,
            title: Arc::new(message.clone()),
            message,
            place,
            related: Vec::new(),
            basis: Basis::Format {
                rule: Arc::clone(&policy),
            },
            help,
            write: None,
            bodies: Vec::new(),
            fingerprint,
            item: None,
            cause: None,
            judged_on: None,
            trace: None,
            against: None,
            policy,
        }
    }

    /// Whether it blocks by itself.
    pub fn blocks_at(&self, fail_on: Severity) -> bool {
        let fails = self.verdict == Verdict::Fail && self.severity >= fail_on;
        match self.against {
            None => fails,
            Some(against) => match against.stake {
                Stake::Shown => false,
                Stake::Failure => fails,
                Stake::Owed => true,
            },
        }
    }

    /// Whether it is told only because the base had it.
    pub fn is_fixed(&self) -> bool {
        self.against
            .is_some_and(|against| against.status == Status::Fixed)
    }
}
