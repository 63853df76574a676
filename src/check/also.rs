//! Two judgements of one plan → what differs: a second law date beside the first.
//!
//! A plan may be lawful today and owe three more duties from next year on. Only differences are
//! kept, without the text of the plan: a report over many plans holds them until it ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Basis, Finding, Fingerprint, Severity, Subject, Verdict};
use crate::text::{Day, Localized};

/// What another law date changes for a plan.
#[derive(Debug, Clone)]
pub struct Also {
    /// The other law date.
    pub day: Day,
    /// What is to attend to on that day and was not, or otherwise, on the first.
    pub come: Vec<Difference>,
    /// What is to attend to on the first and no longer on that day.
    pub gone: Vec<Difference>,
}

/// A finding of one of the two days.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The id of the policy.
    pub policy: Arc<str>,
    /// The check that decided.
    pub check: Option<Arc<str>>,
    /// Its verdict on its day.
    pub verdict: Verdict,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found and what is required.
    pub message: Localized,
    /// The provision on its day, as lawyers write it; none where it rests on no law.
    pub basis: Option<Localized>,
    /// The file.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The identity path.
    pub path: Arc<str>,
    /// The bodies for which it differs.
    pub bodies: Vec<Subject>,
    /// Its identity.
    pub fingerprint: Fingerprint,
}

impl Also {
    /// Whether the two days are alike for the plan.
    pub fn is_empty(&self) -> bool {
        self.come.is_empty() && self.gone.is_empty()
    }

    /// What the findings of another day have, and lack, of those of the first.
    pub fn between(first: &[Finding], other: &[Finding], day: Day) -> Self {
        let now: BTreeSet<_> = identities(first).collect();
        let then: BTreeSet<Fingerprint> = identities(other).map(|(of, _)| of).collect();
        let come = |of: Fingerprint, verdict| !now.contains(&(of, verdict));
        let gone = |of: Fingerprint, _| !then.contains(&of);
        Self {
            day,
            come: differences(other, come),
            gone: differences(first, gone),
        }
    }
}

/// Each finding to attend to, body by body, with its verdict.
fn identities(findings: &[Finding]) -> impl Iterator<Item = (Fingerprint, Verdict)> {
    findings
        .iter()
        .filter(|finding| finding.verdict.needs_attention())
        .flat_map(|finding| {
            let whole = finding.bodies.is_empty().then_some(finding.fingerprint);
            let bodies = finding.bodies.iter().map(|body| body.fingerprint);
            let verdict = finding.verdict;
            whole.into_iter().chain(bodies).map(move |of| (of, verdict))
        })
}

/// The findings of which some body is wanted, for those bodies alone.
fn differences(
    findings: &[Finding],
    wanted: impl Fn(Fingerprint, Verdict) -> bool,
) -> Vec<Difference> {
    let attended = findings.iter().filter(|f| f.verdict.needs_attention());
    let some = attended.filter_map(|finding| {
        let of = |body: &&Subject| wanted(body.fingerprint, finding.verdict);
        let bodies: Vec<Subject> = finding.bodies.iter().filter(of).cloned().collect();
        let whole = finding.bodies.is_empty() && wanted(finding.fingerprint, finding.verdict);
        (whole || !bodies.is_empty()).then(|| Difference::of(finding, bodies))
    });
    some.collect()
}

impl Difference {
    fn of(finding: &Finding, bodies: Vec<Subject>) -> Self {
        let basis = match &finding.basis {
            Basis::Law(citation) | Basis::Local(citation) => Some(citation.written()),
            Basis::Consistency(_) | Basis::Format { .. } => None,
        };
        Self {
            policy: Arc::clone(&finding.policy),
            check: finding.check.clone(),
            verdict: finding.verdict,
            severity: finding.severity,
            message: finding.message.clone(),
            basis,
            file: finding.place.file.name().into(),
            line: finding.place.start().line,
            path: Arc::clone(&finding.place.path),
            fingerprint: bodies
                .first()
                .map_or(finding.fingerprint, |body| body.fingerprint),
            bodies,
        }
    }
}
