//! The examples of a policy, played: which verdicts they assert, and what those become when the
//! policy or the day is another.

use std::collections::BTreeMap;

use plangate::check::{Judge, Played, Settings, Visited, example_day};
use plangate::finding::{Finding, Verdict};
use plangate::policy::{Expectation, Pack, Policy};
use plangate::text::Day;

use crate::pack::SCHEMA;

/// Judges by day: making one costs more than an example.
pub(crate) struct Judges<'p> {
    by_day: BTreeMap<Day, Judge<'p>>,
}

/// One example, its plan read once.
pub(crate) struct Play {
    pub(crate) day: Day,
    expect: Expectation,
    files: Played,
}

impl<'p> Judges<'p> {
    /// For the days of all examples, and the day before each.
    pub(crate) fn of(pack: &'p Pack) -> Self {
        let examples = pack.policies.values();
        let days = examples.flat_map(|policy| {
            let day = |example| example_day(policy, example).expect("an example has a day");
            policy.examples.iter().map(day).collect::<Vec<_>>()
        });
        let days = days.flat_map(|day| [day, before(day)]);
        let judge = |day| (day, Judge::new(pack, &SCHEMA, Settings::on(day)));
        Self {
            by_day: days.map(judge).collect(),
        }
    }
}

impl Play {
    /// Every example of a policy.
    pub(crate) fn all(policy: &Policy) -> Vec<Self> {
        let play = |example: &plangate::policy::Example| Self {
            day: example_day(policy, example).expect("an example has a day"),
            expect: example.expect.clone(),
            files: Played::of(policy, example).expect("the plan of an example reads"),
        };
        policy.examples.iter().map(play).collect()
    }

    /// The verdicts and findings of a policy on a day.
    pub(crate) fn on(
        &self,
        judges: &Judges<'_>,
        policy: &Policy,
        day: Day,
    ) -> (Vec<Visited>, Vec<Finding>) {
        let judge = judges.by_day.get(&day).expect("a day of the examples");
        self.files.by(judge, policy)
    }

    /// The verdicts on its own day.
    pub(crate) fn verdicts(&self, judges: &Judges<'_>, policy: &Policy) -> Vec<Visited> {
        self.on(judges, policy, self.day).0
    }

    /// The verdicts that the example asserts. One expectation for all says nothing of what is not
    /// applicable, unless it is that.
    pub(crate) fn asserted(&self, visited: &[Visited]) -> Vec<Visited> {
        let asserts = |visit: &&Visited| match &self.expect {
            Expectation::All(verdict) => visit.verdict == *verdict,
            Expectation::Each(named) => visit.names().iter().any(|name| named.contains_key(name)),
            Expectation::Nonsense(_) => false,
        };
        visited.iter().filter(asserts).cloned().collect()
    }
}

/// The day before.
pub(crate) fn before(day: Day) -> Day {
    day.yesterday().expect("a day of this era")
}

/// Whether a verdict says that something is amiss.
pub(crate) fn amiss(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Doubt)
}
