//! What a duty came to, before its time of grace and its weight.

use crate::finding::{Reason, Verdict};
use crate::policy::{Check, Expression};
use crate::text::Localized;

/// What a duty came to before grace.
#[derive(Debug, Clone)]
pub(in crate::check) struct Decided<'p> {
    pub(in crate::check) verdict: Verdict,
    pub(in crate::check) reason: Option<Reason>,
    pub(in crate::check) check: Option<&'p Check>,
    pub(in crate::check) state: Option<&'static str>,
    pub(in crate::check) why: Option<Localized>,
    /// The condition that decided.
    pub(in crate::check) by: Option<&'p Expression>,
    pub(in crate::check) has_grace: bool,
}

impl Decided<'_> {
    pub(in crate::check) fn state(verdict: Verdict, state: &'static str) -> Self {
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

    pub(in crate::check) fn not_applicable(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::NotApplicable, "")
        }
    }

    pub(in crate::check) fn unknown(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            state: None,
            ..Self::state(Verdict::Unknown, "")
        }
    }
}
