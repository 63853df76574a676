//! Duties that turned from one plan to another: what a change of the plan gave up or put off.

use std::collections::BTreeSet;

use super::run::Judge;
use super::visited::Visited;
use crate::finding::{Finding, Verdict};
use crate::plan::PlanFiles;
use crate::policy::Policy;

/// Whom a duty was asked of, and about which item.
type Duty = (Option<String>, Option<String>, Option<String>);

/// From which verdicts to which a duty turns.
#[derive(Clone, Copy)]
struct Turn {
    from: fn(Verdict) -> bool,
    to: fn(Verdict) -> bool,
}

impl Judge<'_> {
    /// The findings of the new plan about duties that the old one passed, judged on the same date by
    /// the same pack: from pass to anything else. Sorted like all findings.
    pub fn lost(&self, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let turn = Turn {
            from: |was| was == Verdict::Pass,
            to: |is| is != Verdict::Pass,
        };
        self.turned(turn, old, new)
    }

    /// The findings of the new plan that say that a duty is not due yet, where the old one owed it.
    pub fn deferred(&self, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let turn = Turn {
            from: |was| {
                use Verdict::{Delegated, Doubt, Fail, Pass, Waived};
                matches!(was, Pass | Fail | Doubt | Delegated | Waived)
            },
            to: |is| is == Verdict::Pending,
        };
        self.turned(turn, old, new)
    }

    fn turned(&self, turn: Turn, old: &PlanFiles, new: &PlanFiles) -> Vec<Finding> {
        let policies = self.pack().policies.values();
        let mut turned: Vec<Finding> = policies
            .flat_map(|policy| self.turned_by(policy, turn, old, new))
            .collect();
        super::sort(&mut turned);
        turned
    }

    fn turned_by(
        &self,
        policy: &Policy,
        turn: Turn,
        old: &PlanFiles,
        new: &PlanFiles,
    ) -> Vec<Finding> {
        let were: BTreeSet<Duty> = self
            .policy(old, policy)
            .0
            .into_iter()
            .filter(|visited| (turn.from)(visited.verdict))
            .map(duty)
            .collect();
        if were.is_empty() {
            return Vec::new();
        }
        let (visited, mut findings) = self.policy(new, policy);
        let are: Vec<(Option<String>, Verdict)> = visited
            .into_iter()
            .filter(|visited| (turn.to)(visited.verdict))
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
