//! A policy on trial: its examples, and what they come to when a figure of it is another.

use std::sync::Arc;

use plangate::cel::Data;
use plangate::check::Visited;
use plangate::policy::{Params, Policy};

use crate::cell::Cell;
use crate::figures::{Step, replaced, value_at};
use crate::rehearsal::{Judges, Play};

/// A policy on trial. It is changed and put back.
pub(crate) struct Trial<'t, 'p> {
    pub(crate) policy: &'t mut Policy,
    pub(crate) plays: &'t [Play],
    pub(crate) judges: &'t Judges<'p>,
    /// Every verdict that an example asserts, by example.
    pub(crate) asserted: Vec<Vec<Visited>>,
}

/// Something that no example shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gap {
    pub(crate) policy: String,
    pub(crate) figure: String,
    pub(crate) cell: Cell,
    pub(crate) what: &'static str,
}

impl<'t, 'p> Trial<'t, 'p> {
    pub(crate) fn of(policy: &'t mut Policy, plays: &'t [Play], judges: &'t Judges<'p>) -> Self {
        let of_play = |play: &Play| play.asserted(&play.verdicts(judges, policy));
        Self {
            asserted: plays.iter().map(of_play).collect(),
            policy,
            plays,
            judges,
        }
    }

    pub(crate) fn gap(&self, figure: &str, cell: Cell, what: &'static str) -> Gap {
        Gap {
            policy: self.policy.id.to_string(),
            figure: figure.to_owned(),
            cell,
            what,
        }
    }

    /// The asserted verdicts of an edition that are others where the value at the path is another,
    /// row by row, for any of the other values.
    pub(crate) fn changed(
        &mut self,
        at: usize,
        path: &[Step],
        others: impl Fn(&Data) -> Vec<Data>,
    ) -> Vec<Visited> {
        let own: Arc<Params> = Arc::clone(&self.policy.editions[at].params);
        let other = |data: &Data, number: usize| {
            let value = value_at(data, path)?;
            Some(replaced(data, path, others(value).get(number)?))
        };
        let mut changed = Vec::new();
        for number in 0.. {
            let differs = std::cell::Cell::new(false);
            let params = own.map(|_, data| {
                let other = other(data, number);
                differs.set(differs.get() || other.is_some());
                other.unwrap_or_else(|| data.clone())
            });
            if !differs.get() {
                break;
            }
            self.policy.editions[at].params = Arc::new(params);
            changed.extend(self.others(at));
        }
        self.policy.editions[at].params = own;
        changed
    }

    /// The asserted verdicts of an edition that are others under the policy as it now is.
    pub(crate) fn others(&self, at: usize) -> Vec<Visited> {
        let edition = Some(self.policy.editions[at].from);
        let mut changed = Vec::new();
        for (play, asserted) in self.plays.iter().zip(&self.asserted) {
            if asserted.iter().all(|visit| visit.edition != edition) {
                continue;
            }
            let now = play.verdicts(self.judges, self.policy);
            let same = |visit: &Visited| {
                now.iter()
                    .any(|other| is_of(other, visit) && other.verdict == visit.verdict)
            };
            changed.extend(asserted.iter().filter(|visit| !same(visit)).cloned());
        }
        changed
    }
}

fn is_of(a: &Visited, b: &Visited) -> bool {
    (&a.body, &a.need, &a.item) == (&b.body, &b.need, &b.item)
}
