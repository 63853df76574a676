//! The last day of grace, and the day after it.

use plangate::check::Visited;
use plangate::finding::Verdict;
use plangate::policy::Deadline;

use crate::cell::Cell;
use crate::rehearsal::{Play, amiss, before};
use crate::trial::{Gap, Trial};

impl Trial<'_, '_> {
    /// The gaps of its times of grace, edition by edition.
    pub(crate) fn grace(&mut self) -> Vec<Gap> {
        let mut found = Vec::new();
        for at in 0..self.policy.editions.len() {
            let Some(deadline) = self.policy.editions[at].deadline.clone() else {
                continue;
            };
            let cells = Cell::of(&self.policy.editions[at]);
            for &cell in &cells {
                if !self.on_the_last_day(cell) {
                    found.push(self.gap("deadline", cell, "no example on the last day is pending"));
                }
                if !self.on_the_day_after(cell) {
                    found.push(self.gap("deadline", cell, "no example on the day after fails"));
                }
            }
            found.extend(self.parts(at, &deadline, cells[0]));
        }
        found
    }

    fn on_the_last_day(&self, cell: Cell) -> bool {
        let mut plays = self.plays.iter().zip(&self.asserted);
        plays.any(|(play, asserted)| {
            let pending =
                |visit: &Visited| visit.verdict == Verdict::Pending && visit.due == Some(play.day);
            asserted
                .iter()
                .any(|visit| cell.holds(visit) && pending(visit))
        })
    }

    fn on_the_day_after(&self, cell: Cell) -> bool {
        let mut plays = self.plays.iter().zip(&self.asserted);
        plays.any(|(play, asserted)| {
            let failed = asserted
                .iter()
                .filter(|visit| cell.holds(visit) && amiss(visit.verdict));
            let failed: Vec<&Visited> = failed.collect();
            !failed.is_empty() && self.was_the_last_day(play, &failed)
        })
    }

    /// Whether one of the verdicts was pending on the day before, which was the last.
    fn was_the_last_day(&self, play: &Play, failed: &[&Visited]) -> bool {
        let day = before(play.day);
        let (visits, _) = play.on(self.judges, self.policy, day);
        failed.iter().any(|own| {
            visits.iter().any(|visit| {
                (&visit.body, &visit.need) == (&own.body, &own.need) && visit.due == Some(day)
            })
        })
    }

    /// The first day of a span and its run to the end of a year decide somewhere.
    fn parts(&mut self, at: usize, deadline: &Deadline, cell: Cell) -> Vec<Gap> {
        let mut others = Vec::new();
        if deadline.not_before.is_some() {
            let other = Deadline {
                not_before: None,
                ..deadline.clone()
            };
            others.push(("deadline.not_before", other));
        }
        if deadline.until_year_end {
            let other = Deadline {
                until_year_end: false,
                ..deadline.clone()
            };
            others.push(("deadline.until", other));
        }
        let mut found = Vec::new();
        for (name, other) in others {
            self.policy.editions[at].deadline = Some(other);
            if self.others(at).is_empty() {
                found.push(self.gap(name, cell, "no example hangs on it"));
            }
            self.policy.editions[at].deadline = Some(deadline.clone());
        }
        found
    }
}
