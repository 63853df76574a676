//! What is different between two days, and what the pack says may be.

use std::collections::BTreeSet;

use plangate::policy::{Edition, Grounds, Pack, Policy};
use plangate::text::Day;

use crate::state::State;

/// The states of one policy on two days, plan by plan.
#[derive(Debug)]
pub(crate) struct Change<'s> {
    pub(crate) policy: &'s Policy,
    /// The plan's name, before, after.
    pub(crate) plans: Vec<(&'static str, &'s State, &'s State)>,
}

impl Change<'_> {
    /// Whether anything differs for any plan.
    pub(crate) fn is_one(&self) -> bool {
        self.plans
            .iter()
            .any(|(_, before, after)| told(before) != told(after))
    }

    /// Whether nothing but verdicts differs, and only because a time of grace ran out.
    pub(crate) fn is_lapse_alone(&self, before: Day, after: Day) -> bool {
        self.lapses(before, after)
            && self.plans.iter().all(|(_, a, b)| {
                let plain = |state: &State| State {
                    plain: String::new(),
                    figures_stated: String::new(),
                    ..told(state)
                };
                plain(a) == plain(b)
            })
    }

    /// Whether a time of grace ran out between the days.
    pub(crate) fn lapses(&self, before: Day, after: Day) -> bool {
        let due = self.plans.iter().filter_map(|(_, state, _)| state.due);
        due.into_iter().any(|due| before <= due && due < after)
    }
}

/// A state without the day on which grace ends, which is the same day seen from either side.
fn told(state: &State) -> State {
    State {
        due: None,
        ..state.clone()
    }
}

/// The policies of which an edition, an edition of a law they cite, or the article of a provision
/// they cite is another on the second day. Read from the pack alone.
pub(crate) fn expected(pack: &Pack, before: Day, after: Day) -> BTreeSet<String> {
    let changed = |policy: &&Policy| {
        let (a, b) = (policy.on(before), policy.on(after));
        a.map(|edition| edition.from) != b.map(|edition| edition.from)
            || a.is_some_and(|edition| law_changed(edition, before, after))
    };
    let policies = pack.policies.values().filter(changed);
    policies.map(|policy| policy.id.to_string()).collect()
}

/// The policies that ask where a cited provision stands, or what a law is called, on the law date:
/// they change with the laws that a plan cites, whichever these are.
pub(crate) fn read_the_laws(pack: &Pack) -> BTreeSet<String> {
    let asks = |policy: &&Policy| {
        let checks = policy.editions.iter().flat_map(|edition| &edition.checks);
        let mut reads = checks.flat_map(|check| check.assert.program().reads());
        reads.any(|read| read.fields.iter().any(|field| field.ends_with("_now")))
    };
    let policies = pack.policies.values().filter(asks);
    policies.map(|policy| policy.id.to_string()).collect()
}

fn law_changed(edition: &Edition, before: Day, after: Day) -> bool {
    let Grounds::Law(cites) = &edition.grounds else {
        return false;
    };
    cites.iter().any(|cite| {
        let (law, provision) = (&cite.law, cite.provision.as_ref());
        let located = |day| provision.map(|own| format!("{:?}", own.on(day)));
        law.on(before).id != law.on(after).id || located(before) != located(after)
    })
}
