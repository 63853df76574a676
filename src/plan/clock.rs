//! What an hour of this plan is, so that its spans of time can be compared.

use super::join::Plan;
use crate::document::Node;
use crate::text::{Duration, Unit};

/// The meaning of `h` and the length of a working day, as `conventions` says.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    hour: Unit,
    workday: Option<u32>,
}

impl Clock {
    /// The clock of a plan; where it says nothing, its hours are of no known clock.
    pub fn of(plan: &Plan<'_>) -> Self {
        let conventions = plan.section("conventions").map(|section| section.node);
        let convention = |key| conventions.and_then(|node| node.get(key));
        let hour = match convention("clock").and_then(Node::as_str) {
            Some("calendar") => Unit::Hour,
            Some("working") => Unit::WorkingHour,
            _ => Unit::UnclockedHour,
        };
        let workday = convention("hours_per_workday").and_then(Node::as_int);
        Self {
            hour,
            workday: workday.and_then(|hours| u32::try_from(hours).ok()),
        }
    }

    /// Reads a span of time of this plan.
    pub fn duration(self, text: &str) -> Option<Duration> {
        Some(Duration::parse(text)?.in_plan(self.hour, self.workday))
    }
}
