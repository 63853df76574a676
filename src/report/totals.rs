//! How many findings of which kind: all that the closing lines need to know of them.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity, Stake, Status, Verdict};

/// Counts of findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// The places to attend to, by verdict.
    pub(super) places: BTreeMap<Verdict, usize>,
    /// The failures among them, by severity.
    pub(super) weights: BTreeMap<Severity, usize>,
    /// What blocks: failures by severity, and by verdict what blocks without being one.
    blocking: BTreeMap<Severity, usize>,
    pub(super) owed: BTreeMap<Verdict, usize>,
    /// Against the base, where there is one.
    pub(super) statuses: BTreeMap<Status, usize>,
}

impl Totals {
    /// Counts findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut totals = Self::default();
        for finding in findings
            .into_iter()
            .filter(|finding| finding.verdict.needs_attention())
        {
            if let Some(against) = finding.against {
                *totals.statuses.entry(against.status).or_default() += 1;
            }
            if finding.is_fixed() {
                continue;
            }
            totals.gate(finding);
            *totals.places.entry(finding.verdict).or_default() += 1;
            if finding.verdict == Verdict::Fail {
                *totals.weights.entry(finding.severity).or_default() += 1;
            }
        }
        totals
    }

    fn gate(&mut self, finding: &Finding) {
        let stake = finding.against.map_or(Stake::Failure, |own| own.stake);
        if stake == Stake::Owed {
            *self.owed.entry(finding.verdict).or_default() += 1;
        } else if stake == Stake::Failure && finding.verdict == Verdict::Fail {
            *self.blocking.entry(finding.severity).or_default() += 1;
        }
    }

    /// Counts all of another.
    pub fn join(&mut self, other: &Self) {
        for (&verdict, count) in &other.places {
            *self.places.entry(verdict).or_default() += count;
        }
        for (&severity, count) in &other.weights {
            *self.weights.entry(severity).or_default() += count;
        }
        for (&severity, count) in &other.blocking {
            *self.blocking.entry(severity).or_default() += count;
        }
        for (&status, count) in &other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        for (&verdict, count) in &other.owed {
            *self.owed.entry(verdict).or_default() += count;
        }
    }

    /// How many findings block by themselves.
    pub fn blocking(&self, fail_on: Severity) -> usize {
        self.failures(fail_on) + self.owed.values().sum::<usize>()
    }

    /// How many failures of this weight or more block.
    pub(super) fn failures(&self, fail_on: Severity) -> usize {
        self.blocking.range(fail_on..).map(|(_, n)| n).sum()
    }
}
