//! How many findings of which kind: all that the closing lines need to know of them.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity, Verdict};

/// Counts of findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// The places to attend to, by verdict.
    pub(super) places: BTreeMap<Verdict, usize>,
    /// The failures among them, by severity.
    pub(super) weights: BTreeMap<Severity, usize>,
}

impl Totals {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut totals = Self::default();
        for finding in findings
            .iter()
            .filter(|finding| finding.verdict.needs_attention())
        {
            *totals.places.entry(finding.verdict).or_default() += 1;
            if finding.verdict == Verdict::Fail {
                *totals.weights.entry(finding.severity).or_default() += 1;
            }
        }
        totals
    }

    /// Counts all of another.
    pub fn join(&mut self, other: &Self) {
        for (&verdict, count) in &other.places {
            *self.places.entry(verdict).or_default() += count;
        }
        for (&severity, count) in &other.weights {
            *self.weights.entry(severity).or_default() += count;
        }
    }

    /// How many findings block by themselves.
    pub fn blocking(&self, fail_on: Severity) -> usize {
        self.weights
            .iter()
            .filter(|(severity, _)| **severity >= fail_on)
            .map(|(_, n)| n)
            .sum()
    }
}
