//! Duties that one plan met and another does not: what a change of the plan gave up.

use std::collections::BTreeSet;

use crate::change::{Renames, Which};
use crate::check::examples::visited::Visited;
use crate::check::run::Judge;
use crate::finding::{Finding, Verdict};
use crate::plan::{Plan, PlanFiles, Reference};
use crate::policy::Policy;

/// Whom a duty was asked of, and about which item, by the names that stand for them on both sides:
/// to be called otherwise is no way out of what was met.
pub(super) type Duty = (Option<String>, Option<String>, Option<String>);

impl Judge<'_> {
    /// The findings of the new plan about duties that the old one passed, judged on the same date by
    /// the same pack: from pass to anything else. Sorted like all findings.
    pub fn lost(&self, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let renames = Renames::between(&Plan::new(old, self.schema), &Plan::new(new, self.schema));
        let policies = self.pack().policies.values();
        let lost = policies.flat_map(|policy| self.lost_by(policy, &renames, (old, new)));
        let mut lost: Vec<Finding> = lost.collect();
        crate::check::sort(&mut lost);
        lost
    }

    fn lost_by(
        &self,
        policy: &Policy,
        renames: &Renames<'_>,
        (old, new): (&PlanFiles, &PlanFiles),
    ) -> Vec<Finding> {
        let were: BTreeSet<Duty> = self
            .policy(old, policy)
            .0
            .into_iter()
            .filter(|visited| visited.verdict == Verdict::Pass)
            .map(|visited| duty(renames, Which::Old, &visited))
            .collect();
        if were.is_empty() {
            return Vec::new();
        }
        let (visited, mut findings) = self.policy(new, policy);
        let are: Vec<(Option<String>, Verdict)> = visited
            .into_iter()
            .filter(|visited| visited.verdict != Verdict::Pass)
            .filter(|visited| were.contains(&duty(renames, Which::New, visited)))
            .map(|visited| (visited.body, visited.verdict))
            .collect();
        findings.retain(|finding| {
            are.iter().any(|(body, verdict)| {
                let concerns = body.as_ref().is_none_or(|body| {
                    finding.bodies.is_empty()
                        || finding.bodies.iter().any(|found| *found.id == **body)
                });
                *verdict == finding.verdict && concerns
            })
        });
        findings
    }
}

/// The duty that a verdict is about.
pub(super) fn duty(renames: &Renames<'_>, which: Which, visited: &Visited) -> Duty {
    let body = visited.body.as_deref();
    let item = visited.item.as_deref();
    (
        body.map(|body| renames.standing(which, Reference::Body, body)),
        visited.need.clone(),
        item.map(|item| renames.identity(which, item)),
    )
}
