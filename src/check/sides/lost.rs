//! Duties that one plan met and another does not: what a change of the plan gave up.

use std::collections::BTreeSet;

use crate::check::examples::visited::Visited;
use crate::check::run::Judge;
use crate::finding::{Finding, Verdict};
use crate::plan::PlanFiles;
use crate::policy::Policy;

/// Whom a duty was asked of, and about which item.
type Duty = (Option<String>, Option<String>, Option<String>);

impl Judge<'_> {
    /// The findings of the new plan about duties that the old one passed, judged on the same date by
    /// the same pack: from pass to anything else. Sorted like all findings.
    pub fn lost(&self, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let policies = self.pack().policies.values();
        let lost = policies.flat_map(|policy| self.lost_by(policy, old, new));
        let mut lost: Vec<Finding> = lost.collect();
        crate::check::sort(&mut lost);
        lost
    }

    fn lost_by(&self, policy: &Policy, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let were: BTreeSet<Duty> = self
            .policy(old, policy)
            .0
            .into_iter()
            .filter(|visited| visited.verdict == Verdict::Pass)
            .map(duty)
            .collect();
        if were.is_empty() {
            return Vec::new();
        }
        let (visited, mut findings) = self.policy(new, policy);
        let are: Vec<(Option<String>, Verdict)> = visited
            .into_iter()
            .filter(|visited| visited.verdict != Verdict::Pass)
            .map(|visited| (visited.verdict, duty(visited)))
            .filter(|(_, duty)| were.contains(duty))
            .map(|(verdict, duty)| (duty.0, verdict))
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

fn duty(visited: Visited) -> Duty {
    (visited.body, visited.need, visited.item)
}
