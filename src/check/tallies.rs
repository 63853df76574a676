//! The counts of one plan, as they are made.

use std::sync::Arc;

use super::law_date::LawDates;
use super::outcome::{BodySummary, PlanSummary, Tally};
use crate::document::Node;
use crate::finding::Verdict;
use crate::plan::{BodyIndex, Plan};
use crate::text::DateRange;

/// Counts as they are made.
pub(super) struct Tallies {
    bodies: Vec<(Tally, [Tally; 13])>,
    whole: Tally,
}

impl Tallies {
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let bodies = plan.bodies().all().iter().map(|_| Default::default());
        Self {
            bodies: bodies.collect(),
            whole: Tally::default(),
        }
    }

    pub(super) fn count(
        &mut self,
        bodies: &[BodyIndex],
        whole: bool,
        item: Option<u8>,
        verdict: Verdict,
    ) {
        if whole || bodies.is_empty() {
            self.whole.add(verdict);
        }
        for body in bodies {
            let (tally, items) = &mut self.bodies[body.0 as usize];
            if !whole {
                tally.add(verdict);
            }
            if let Some(item) = item.and_then(|item| items.get_mut(usize::from(item) - 1)) {
                item.add(verdict);
            }
        }
    }

    pub(super) fn summary(self, plan: &Plan<'_>, dates: &LawDates) -> PlanSummary {
        let header = plan.section("header").map(|section| section.node);
        let text = |key| header.and_then(|node| node.get(key)).map(Node::written);
        let agency = plan
            .bodies()
            .agency()
            .map(|body| plan.bodies().get(body).name);
        let bodies = plan.bodies().all().iter().zip(self.bodies);
        PlanSummary {
            file: Arc::clone(plan.main_file()),
            agency: agency.or(text("agency")).map(Arc::from),
            edition: text("edition").map(Arc::from),
            judged_on: DateRange {
                first: dates.range.first,
                last: dates.range.last,
            },
            bodies: bodies
                .map(|(body, (tally, items))| BodySummary {
                    id: body.id.into(),
                    name: body.name.into(),
                    grade: body.grade,
                    tally,
                    items,
                })
                .collect(),
            whole: self.whole,
            also: None,
        }
    }
}
