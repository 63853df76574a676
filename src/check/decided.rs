//! What a duty came to, before its time of grace and its weight.

use crate::finding::{Reason, Verdict};
use crate::policy::{Check, Expression};
use crate::text::Localized;

/// What a duty came to before grace.
#[derive(Debug, Clone)]
pub(super) struct Decided<'p> {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<Reason>,
    pub(super) check: Option<&'p Check>,
    pub(super) state: Option<&'static str>,
    pub(super) why: Option<Localized>,
    /// The condition that decided.
    pub(super) by: Option<&'p Expression>,
    pub(super) has_grace: bool,
}

impl Decided<'_> {
    pub(super) fn state(verdict: Verdict, state: &'static str) -> Self {
        Self {
            verdict,
            reason: None,
            check: None,
            state: Some(state),
            why: None,
            by: None,
            has_grace: true,
        }
    }

    pub(super) fn not_applicable(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::NotApplicable, "")
        }
    }

    pub(super) fn unknown(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::Unknown, "")
        }
    }
}
