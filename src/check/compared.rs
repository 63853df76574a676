//! Findings of a plan beside those of what it was made from → new, touched, unchanged, fixed.
//!
//! Both sides are judged on the same day by the same pack. A finding is the same where its
//! fingerprint and its verdict are; lines and wording do not matter.

use std::collections::BTreeSet;

use crate::finding::{Finding, Fingerprint, Verdict};

/// How a finding stands to the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Novelty {
    /// The change brings it.
    New,
    /// It was there, and the change touches the value that it is about.
    Touched,
    /// It was there.
    Unchanged,
}

/// The findings of both sides.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// Those of the new side, in their order.
    pub findings: Vec<(Finding, Novelty)>,
    /// Those of the old side that are gone.
    pub fixed: Vec<Finding>,
}

impl Novelty {
    /// The word of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Touched => "touched",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Compares findings; `is_touched` tells whether the change touches the value that one is about.
pub fn compared(
    old: Vec<Finding>,
    new: Vec<Finding>,
    is_touched: impl Fn(&Finding) -> bool,
) -> Compared {
    let before: BTreeSet<(Fingerprint, Verdict)> = old.iter().flat_map(marks).collect();
    let after: BTreeSet<Fingerprint> = new
        .iter()
        .flat_map(marks)
        .map(|(fingerprint, _)| fingerprint)
        .collect();
    let novelty = |finding: &Finding| {
        let is_known = marks(finding).all(|mark| before.contains(&mark));
        match is_known {
            false => Novelty::New,
            true if is_touched(finding) => Novelty::Touched,
            true => Novelty::Unchanged,
        }
    };
    let findings = new.into_iter().map(|finding| {
        let novelty = novelty(&finding);
        (finding, novelty)
    });
    let findings = findings.collect();
    let is_gone = |finding: &Finding| {
        finding.verdict.needs_attention()
            && marks(finding).all(|(fingerprint, _)| !after.contains(&fingerprint))
    };
    let fixed = old.into_iter().filter(is_gone).collect();
    Compared { findings, fixed }
}

/// What identifies a finding, once for each body.
fn marks(finding: &Finding) -> impl Iterator<Item = (Fingerprint, Verdict)> {
    let bodies = finding.bodies.iter().map(|body| body.fingerprint);
    let whole = finding.bodies.is_empty().then_some(finding.fingerprint);
    let verdict = finding.verdict;
    bodies
        .chain(whole)
        .map(move |fingerprint| (fingerprint, verdict))
}
