//! Fields that may be silent, read where nothing says that they are not.
//!
//! A warning: the verdict is then `unknown`, which is never a pass and sometimes what is meant.

use crate::cel::Guards;
use crate::policy::expression::Expression;
use crate::policy::modes::ModeVerdict;
use crate::policy::policy::{Check, Each, Edition, Policy, Start};
use crate::policy::problem::Problems;

/// Says which reads have no guard. Only conditions are asked: a message without an answer shows `?`.
pub(super) fn check(policy: &Policy, problems: &mut Problems<'_>) {
    for edition in &policy.editions {
        let mut guards = of_policy(policy, edition);
        if let Some(when) = &edition.when {
            tell(policy, when, &guards, problems);
            guards.assume(when.program(), true);
        }
        let modes = &edition.modes;
        for mode in [
            &modes.silent,
            &modes.delegated,
            &modes.by_law,
            &modes.not_applicable,
            &modes.blanket,
        ] {
            if let Some(ModeVerdict::Accepted(condition)) = mode {
                tell(policy, condition, &guards, problems);
            }
        }
        stated_fact(policy, &mut guards);
        for check in &edition.checks {
            of_check(policy, check, &mut guards, problems);
        }
    }
}

fn of_check(policy: &Policy, check: &Check, guards: &mut Guards, problems: &mut Problems<'_>) {
    let Some(when) = &check.when else {
        tell(policy, &check.assert, guards, problems);
        guards.assume(check.assert.program(), true);
        return;
    };
    tell(policy, when, guards, problems);
    let mut then = guards.clone();
    then.assume(when.program(), true);
    tell(policy, &check.assert, &then, problems);
}

/// What visiting an item says by itself.
fn of_policy(policy: &Policy, edition: &Edition) -> Guards {
    let mut guards = Guards::default();
    for plan in ["plan", "own"] {
        guards.stated(&format!("{plan}.bodies"));
    }
    match &policy.each {
        Each::Bodies => guards.alias("body", "it"),
        Each::Rows(path) => {
            let path = path.join(".");
            guards.stated(&format!("plan.{path}"));
            guards.stated(&format!("own.{path}"));
        }
        Each::Plan | Each::Derived(_) => {}
    }
    if edition.applies_to.needs_grade() {
        guards.stated("body.grade");
        guards.stated("it.grade");
    }
    guards
}

/// Checks are asked only of a fact that is stated.
fn stated_fact(policy: &Policy, guards: &mut Guards) {
    let Some(fact) = &policy.fact else { return };
    if fact.keys.iter().any(|key| key.starts_with('{')) {
        return;
    }
    let keys = fact.keys.join(".");
    let names: &[&str] = match fact.start {
        Start::Plan => &["own"],
        Start::Item => &["it"],
        Start::ItemItself | Start::Fact => return,
    };
    for name in names {
        guards.stated(&format!("{name}.{keys}"));
        guards.alias(&format!("{name}.{keys}"), "fact");
    }
    guards.stated("fact");
}

fn tell(policy: &Policy, condition: &Expression, guards: &Guards, problems: &mut Problems<'_>) {
    for read in guards.unguarded(condition.program()) {
        let span = condition.part(policy, &read.range);
        let path = &read.path;
        let zh = format!("{path} 可能未載明，此處未先判斷");
        let en = format!("{path} may be silent, and nothing here asks first");
        problems.warn("policy/unguarded", span, zh, en);
    }
}
