//! What plans came to → one outcome, with what formats need to know of who judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::exceptions::Used;
use super::outcome::{Outcome, PlanSummary, Rule, Tally, Tool};
use super::rule::rule;
use super::run::{Judge, Judged, sort};
use crate::finding::Finding;
use crate::plan;
use crate::policy::Policy;
use crate::text::{DateRange, Day, SourceFile};

impl Judge<'_> {
    /// A plan that could not be read to its end: its form is told, its duties are not judged.
    pub fn unread(&self, file: &Arc<SourceFile>, mut findings: Vec<Finding>) -> Judged {
        sort(&mut findings);
        let summary = PlanSummary {
            file: Arc::clone(file),
            agency: None,
            edition: None,
            judged_on: DateRange::day(self.settings.today),
            bodies: Vec::new(),
            whole: Tally::default(),
            also: None,
        };
        let used = Used::default();
        Judged {
            findings,
            summary,
            used,
        }
    }

    /// Who judges.
    pub fn tool(&self, version: &'static str) -> Tool {
        let packs = self.pack.sources.clone();
        Tool { version, packs }
    }

    /// Puts plans together.
    pub fn outcome(&self, judged: Vec<Judged>, version: &'static str) -> Outcome {
        let mut outcome = Outcome {
            tool: self.tool(version),
            ..Outcome::default()
        };
        let names = plan::item_names(self.schema);
        outcome
            .items
            .iter_mut()
            .zip(names)
            .for_each(|(slot, name)| *slot = name);
        for plan in judged {
            outcome.findings.extend(plan.findings);
            outcome.plans.push(plan.summary);
        }
        outcome.rules = self.rules(
            &outcome.findings,
            outcome.plans.iter().map(|p| p.judged_on.last).max(),
        );
        outcome
    }

    fn rules(&self, findings: &[Finding], day: Option<Day>) -> Vec<Rule> {
        let mut named: BTreeMap<&str, &Policy> = BTreeMap::new();
        for finding in findings {
            named.extend(
                self.pack
                    .get(&finding.policy)
                    .map(|policy| (&*finding.policy, policy)),
            );
        }
        let day = day.unwrap_or(self.settings.today);
        named
            .into_values()
            .map(|policy| rule(policy, day))
            .collect()
    }
}
