//! Placeholders that have no value in the state they are shown in.

use std::collections::BTreeMap;

use crate::cel::{Data, Known, Program, foresee};
use crate::finding::Verdict;
use crate::policy::expression::Expression;
use crate::policy::message::{Message, Placeholder};
use crate::policy::modes::ModeVerdict;
use crate::policy::policy::{Edition, Policy, Start};
use crate::policy::problem::Problems;

/// Variables that have a value in some states only: the fact where it is stated, the day where a
/// duty is not due yet, the reason and the document where they are given.
const OF_STATES: [(&str, &[&str]); 4] = [
    ("fact", &["stated", "pending", "unknown"]),
    ("due", &["pending"]),
    ("reason", &["not_applicable"]),
    ("document", &["delegated"]),
];

/// Says which placeholders would show `?`.
pub(super) fn check(policy: &Policy, problems: &mut Problems<'_>) {
    for edition in &policy.editions {
        for (state, message) in &edition.messages {
            let lint = Lint {
                policy,
                state,
                own: true,
            };
            lint.message(message, &[&policy.show], problems);
        }
        let lint = Lint {
            policy,
            state: "stated",
            own: true,
        };
        // Without a check that speaks in its words it is for other states alone.
        if edition.checks.iter().any(|check| check.message.is_none()) {
            lint.message(&edition.message, &[&policy.show], problems);
        }
        for check in &edition.checks {
            let shows = [&policy.show, &check.show];
            for message in check.message.iter().chain(&check.help) {
                lint.message(message, &shows, problems);
            }
        }
        for state in shared(policy, edition) {
            let lint = Lint {
                policy,
                state,
                own: false,
            };
            lint.message(&edition.message, &[&policy.show], problems);
        }
    }
}

/// The states that end in a failure and have no message of their own.
fn shared(policy: &Policy, edition: &Edition) -> Vec<&'static str> {
    if policy.fact.is_none() {
        return Vec::new();
    }
    let modes = &edition.modes;
    let fails = |mode: &Option<ModeVerdict>, by_itself: bool| match mode {
        None => by_itself,
        Some(ModeVerdict::Fixed(verdict)) => *verdict == Verdict::Fail,
        Some(ModeVerdict::Accepted(_)) => true,
    };
    let states = [
        ("silent", fails(&modes.silent, true)),
        ("delegated", fails(&modes.delegated, false)),
        ("by_law", fails(&modes.by_law, true)),
        ("not_applicable", fails(&modes.not_applicable, true)),
    ];
    let states = states.into_iter().filter(|(_, fails)| *fails);
    states
        .map(|(state, _)| state)
        .filter(|state| !edition.messages.contains_key(state) && is_judged(policy, edition, state))
        .collect()
}

/// Whether the guard lets a fact of this mode through.
fn is_judged(policy: &Policy, edition: &Edition, state: &str) -> bool {
    let (Some(when), Some(fact)) = (&edition.when, &policy.fact) else {
        return true;
    };
    let from = match fact.start {
        Start::Plan => "own",
        Start::Item => "it",
        Start::ItemItself | Start::Fact => return true,
    };
    let mut known = Known::default();
    let path = format!("mode({from}.{})", fact.keys.join("."));
    known.set(&path, Data::text(state));
    foresee(when.program(), &known).may_hold
}

struct Lint<'l> {
    policy: &'l Policy,
    state: &'l str,
    /// Whether the message is for this state alone.
    own: bool,
}

impl Lint<'_> {
    fn message(
        &self,
        message: &Message,
        shows: &[&BTreeMap<String, Expression>],
        problems: &mut Problems<'_>,
    ) {
        for (placeholder, span) in message.placed() {
            let (source, expression) = match placeholder {
                Placeholder::Path(expression) => (expression.program().source(), Some(expression)),
                Placeholder::Shown(name) => (
                    name.as_str(),
                    shows.iter().rev().find_map(|show| show.get(name)),
                ),
            };
            let missing = expression.and_then(|expression| self.missing(expression.program()));
            let Some(variable) = missing else { continue };
            let state = self.state;
            let (zh, en) = if self.own {
                (
                    format!("{{{source}}} 於 {state} 時無值（{variable}）"),
                    format!("{{{source}}} has no value where it is {state} ({variable})"),
                )
            } else {
                (
                    format!("{{{source}}} 於 {state} 時無值，而 messages 未另載 {state}"),
                    format!(
                        "{{{source}}} has no value where it is {state}, and messages has no {state}"
                    ),
                )
            };
            // Silence is what most plans show; the other states seldom end in a failure.
            if self.own || state == "silent" {
                problems.say("policy/placeholder-state", span, zh, en);
            } else {
                problems.warn("policy/placeholder-state", span, zh, en);
            }
        }
    }

    /// The variable that has no value here.
    fn missing(&self, program: &Program) -> Option<&'static str> {
        let read: Vec<&str> = program.variables().collect();
        let missing = OF_STATES.iter().find(|(variable, states)| {
            read.contains(variable)
                && !states.contains(&self.state)
                && !(*variable == "fact" && self.policy.fact.is_none())
        });
        missing.map(|(variable, _)| *variable)
    }
}
