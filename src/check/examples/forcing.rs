//! Is a check tested at all? Forced to be true, then to be false, it must break an example.
//!
//! In: a policy with its examples. Out: the checks that no example would miss. What is forced stands
//! in every edition that has the same expression; an edition's own is forced by itself.

use std::sync::Arc;

use crate::check::examples::{Played, example_day, told};
use crate::check::run::{Judge, Settings};
use crate::plan::Schema;
use crate::policy::{Example, Expression, Pack, Policy};
use crate::text::{Day, Span};

/// A check whose result no example depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untested {
    /// The check.
    pub check: Arc<str>,
    /// Its expression in the policy's file.
    pub span: Span,
    /// What it may always be without any example noticing.
    pub always: bool,
}

/// Forces each check of a policy, which is put back as it was.
pub fn untested(pack: &Pack, schema: &Schema, policy: &mut Policy) -> Vec<Untested> {
    let examples = policy.examples.clone();
    let plays = Plays::of(pack, schema, policy, &examples);
    let mut checks: Vec<(Arc<str>, Expression)> = Vec::new();
    for check in policy.editions.iter().flat_map(|edition| &edition.checks) {
        if !checks
            .iter()
            .any(|(_, known)| known.span == check.assert.span)
        {
            checks.push((Arc::clone(&check.id), check.assert.clone()));
        }
    }
    // A pattern that is never found is one way only: found everywhere, it would have no place.
    let ways: &[bool] = match policy.forbid {
        Some(_) => &[true],
        None => &[true, false],
    };
    let mut found = Vec::new();
    for (check, own) in checks {
        for &always in ways {
            set(policy, &own.always(always));
            if plays.all_hold(policy) {
                found.push(Untested {
                    check: Arc::clone(&check),
                    span: own.span,
                    always,
                });
            }
        }
        set(policy, &own);
    }
    found
}

/// Another expression for every check that stands at its place.
fn set(policy: &mut Policy, expression: &Expression) {
    let checks = policy
        .editions
        .iter_mut()
        .flat_map(|edition| &mut edition.checks);
    for check in checks.filter(|check| check.assert.span == expression.span) {
        check.assert = expression.clone();
    }
}

/// The examples of a policy, read once, and judges for their days.
struct Plays<'p> {
    judges: Vec<(Day, Judge<'p>)>,
    plays: Vec<(Day, Played, &'p Example)>,
}

impl<'p> Plays<'p> {
    /// An example that cannot be played has been told by its own test.
    fn of(pack: &'p Pack, schema: &'p Schema, policy: &Policy, examples: &'p [Example]) -> Self {
        let play = |example: &'p Example| {
            let day = example_day(policy, example).ok()?;
            Some((day, Played::of(policy, example).ok()?, example))
        };
        let plays: Vec<_> = examples.iter().filter_map(play).collect();
        let mut days: Vec<Day> = plays.iter().map(|(day, ..)| *day).collect();
        days.sort();
        days.dedup();
        let judge = |day| (day, Judge::new(pack, schema, Settings::on(day)));
        Self {
            judges: days.into_iter().map(judge).collect(),
            plays,
        }
    }

    fn all_hold(&self, policy: &Policy) -> bool {
        self.plays.iter().all(|(day, played, example)| {
            let judge = self.judges.iter().find(|(other, _)| other == day);
            judge.is_some_and(|(_, judge)| {
                let (visited, findings) = played.by(judge, policy);
                told(example, &visited, &findings).is_ok()
            })
        })
    }
}
