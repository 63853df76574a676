//! The marks of the table and the verdicts that meet them.

use plangate::check::Visited;
use plangate::finding::{Reason, Verdict};
use serde::Deserialize;

/// What the table expects of a rule on a plan. An arrow reads: the mode on the left, and the mark
/// on the right for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Mark {
    /// Met.
    #[serde(rename = "P")]
    Pass,
    /// Not met.
    #[serde(rename = "F")]
    Fail,
    /// In doubt.
    #[serde(rename = "W")]
    Warn,
    /// Cannot be told.
    #[serde(rename = "U")]
    Unknown,
    /// Nothing of the kind is there.
    #[serde(rename = "V")]
    Vacuous,
    /// Not for these bodies, or not yet or no longer the law.
    #[serde(rename = "–")]
    OutOfScope,
    /// Left to a document.
    #[serde(rename = "D")]
    Delegated,
    /// Adopted from the law, which is met.
    #[serde(rename = "L→P")]
    AdoptedPass,
    /// Left to a document, which is enough.
    #[serde(rename = "D→P")]
    DelegatedPass,
    /// Left to a document, which is not enough.
    #[serde(rename = "D→W")]
    DelegatedWarn,
    /// Not met, or cannot be told because the day of the grade is not known.
    #[serde(rename = "F/W")]
    FailUnlessGrace,
}

impl Mark {
    /// Whether the mark says that something is to be told, so that the data must say by what.
    pub(crate) fn tells(self) -> bool {
        matches!(
            self,
            Self::Fail | Self::Warn | Self::Unknown | Self::DelegatedWarn | Self::FailUnlessGrace
        )
    }

    /// Whether the verdicts of all policies of a rule meet the mark.
    pub(crate) fn is_met(self, verdicts: &[&Visited]) -> bool {
        let Some(worst) = worst(verdicts) else {
            return false;
        };
        let of_mode = |mode| verdicts.iter().any(|visited| visited.mode == Some(mode));
        let not_applicable = |reasons: &[Reason]| {
            verdicts.iter().all(|visited| {
                let reason = visited.reason.filter(|reason| reasons.contains(reason));
                visited.verdict == Verdict::NotApplicable && reason.is_some()
            })
        };
        match self {
            Self::Pass => worst == Verdict::Pass,
            Self::Fail => worst == Verdict::Fail,
            Self::Warn => worst == Verdict::Doubt,
            Self::Unknown => worst == Verdict::Unknown,
            Self::Vacuous => {
                let vacuous = |visited: &&Visited| visited.reason == Some(Reason::Vacuous);
                not_applicable(&[Reason::Vacuous, Reason::Scope]) && verdicts.iter().any(vacuous)
            }
            Self::OutOfScope => not_applicable(&[Reason::Scope, Reason::NotInForce]),
            Self::Delegated | Self::DelegatedPass => worst == Verdict::Delegated,
            Self::DelegatedWarn => worst == Verdict::Doubt && of_mode("delegated"),
            Self::AdoptedPass => worst == Verdict::Pass && verdicts.iter().all(|v| is_adopted(v)),
            Self::FailUnlessGrace => {
                let no_grace = |v: &&Visited| v.reason == Some(Reason::GradedOn);
                worst == Verdict::Fail || worst == Verdict::Unknown && verdicts.iter().any(no_grace)
            }
        }
    }
}

fn is_adopted(visited: &Visited) -> bool {
    visited.verdict == Verdict::NotApplicable || visited.mode == Some("by_law")
}

/// The verdict that most needs attention.
pub(crate) fn worst(verdicts: &[&Visited]) -> Option<Verdict> {
    verdicts.iter().map(|visited| visited.verdict).min()
}
