//! The table: policy × plan × day.

use std::collections::{BTreeMap, BTreeSet};

use plangate::policy::{Pack, Policy};
use plangate::text::Day;

use crate::changes::{Change, expected, read_the_laws};
use crate::plans::Plan;
use crate::state::{OnDay, State};
use crate::words::Words;

/// Where the table and the pack disagree about what changed between two days.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// Policies that changed though nothing of theirs did.
    pub(crate) unexpected: Vec<String>,
    /// Policies that changed nothing though something of theirs did.
    pub(crate) unseen: Vec<String>,
}

/// Every state of every policy, by day and policy, plan by plan.
pub(crate) struct Table<'p> {
    pub(crate) pack: &'p Pack,
    pub(crate) days: Vec<Day>,
    plans: Vec<&'static str>,
    states: BTreeMap<(Day, &'p str), Vec<State>>,
}

impl<'p> Table<'p> {
    pub(crate) fn of(pack: &'p Pack, days: &[&str]) -> Self {
        let (plans, words) = (Plan::all(), Words::read());
        let days: Vec<Day> = days.iter().map(|day| day.parse().expect("a day")).collect();
        let mut states = BTreeMap::new();
        for &day in &days {
            let on_day = OnDay::new(pack, &words, day);
            for policy in pack.policies.values() {
                let of_plans = plans.iter().map(|plan| on_day.state(policy, plan));
                states.insert((day, &*policy.id), of_plans.collect());
            }
        }
        Self {
            pack,
            days,
            plans: plans.iter().map(|plan| plan.name).collect(),
            states,
        }
    }

    /// The states of a policy on a day, with the plans' names.
    pub(crate) fn states(&self, day: Day, policy: &'p Policy) -> Vec<(&'static str, &State)> {
        let states = &self.states[&(day, &*policy.id)];
        self.plans.iter().copied().zip(states).collect()
    }

    /// Every policy on two days.
    pub(crate) fn changes(&self, before: Day, after: Day) -> Vec<Change<'_>> {
        let change = |policy: &'p Policy| {
            let pairs = self
                .states(before, policy)
                .into_iter()
                .zip(self.states(after, policy));
            let plans = pairs.map(|((name, before), (_, after))| (name, before, after));
            Change {
                policy,
                plans: plans.collect(),
            }
        };
        self.pack.policies.values().map(change).collect()
    }

    /// What changed between two days, but for times of grace that only ran out, against what the
    /// editions of policies and laws say.
    pub(crate) fn compared(&self, before: Day, after: Day) -> Compared {
        let changes = self.changes(before, after);
        let changed = changes.iter().filter(|change| change.is_one());
        let changed = changed.filter(|change| !change.is_lapse_alone(before, after));
        let changed: BTreeSet<String> =
            changed.map(|change| change.policy.id.to_string()).collect();
        let expected = expected(self.pack, before, after);
        let by_law = read_the_laws(self.pack);
        let caused: BTreeSet<String> = expected.union(&by_law).cloned().collect();
        Compared {
            unexpected: changed.difference(&caused).cloned().collect(),
            unseen: expected.difference(&changed).cloned().collect(),
        }
    }

    /// The editions of laws that came into force after one day and up to another, or ceased.
    pub(crate) fn laws_between(&self, before: Day, after: Day) -> Vec<String> {
        let within = |day: Day| before < day && day <= after;
        let mut found = Vec::new();
        for law in self.pack.laws.all() {
            for edition in law.editions.iter().filter(|edition| within(edition.from)) {
                found.push(format!("{}（{} 年版）", edition.name.zh_tw, edition.id));
            }
            for edition in law
                .editions
                .iter()
                .filter(|edition| edition.until.is_some_and(within))
            {
                found.push(format!("{}（停止適用）", edition.name.zh_tw));
            }
        }
        found
    }
}
