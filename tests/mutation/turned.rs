//! Whether a policy tells a broken plan from the whole one.

use std::collections::BTreeSet;

use plangate::cel::Data;
use plangate::check::{Judge, Played, Settings, Visited, example_day, example_files};
use plangate::finding::Verdict;
use plangate::plan::Draft;
use plangate::policy::{Each, Example, Expectation, Pack, Policy, Start};

use crate::mutants::{Breaker, Texts};
use crate::pack::SCHEMA;

/// Whether any break of any example that passes makes a verdict that passed fail or doubtful.
pub(crate) fn turns(pack: &Pack, policy: &Policy) -> bool {
    let passing = policy.examples.iter().filter(|example| passes(example));
    passing
        .into_iter()
        .any(|example| turns_from(pack, policy, example))
}

fn passes(example: &Example) -> bool {
    match &example.expect {
        Expectation::All(verdict) => *verdict == Verdict::Pass,
        Expectation::Each(named) => named.values().any(|verdict| *verdict == Verdict::Pass),
        Expectation::Nonsense(_) => false,
    }
}

fn turns_from(pack: &Pack, policy: &Policy, example: &Example) -> bool {
    let day = example_day(policy, example).expect("an example has a day");
    let judge = Judge::new(pack, &SCHEMA, Settings::on(day));
    let whole = example_files(&example.plan).expect("the plan of an example reads");
    // Of a transition the plan before stays as it is.
    let play = |plan: String| {
        let broken = Example {
            plan,
            ..example.clone()
        };
        Some(Played::of(policy, &broken).ok()?.by(&judge, policy).0)
    };
    let before = play(example.plan.clone()).expect("an example plays");
    let texts = texts(policy);
    let (words, delegates): (Vec<String>, Vec<String>) = (
        texts.words.into_iter().collect(),
        texts.delegates.into_iter().collect(),
    );
    let breaker = Breaker {
        schema: &SCHEMA,
        sections: &sections(policy),
        words: &words,
        delegates: &delegates,
    };
    let broken = breaker.broken(&Draft::of(whole.main.root()));
    broken.iter().any(|plan| {
        let after = play(plan.document());
        after.is_some_and(|after| has_turned(policy, &before, &after))
    })
}

/// Whether a verdict that passed is amiss. A policy that looks for words passes where it finds none.
fn has_turned(policy: &Policy, before: &[Visited], after: &[Visited]) -> bool {
    let amiss = |one: &&Visited| matches!(one.verdict, Verdict::Fail | Verdict::Doubt);
    let mut now = after.iter().filter(amiss);
    if policy.forbid.is_some() {
        return !before.iter().any(|one| amiss(&one)) && now.next().is_some();
    }
    if policy.transition.is_some() || matches!(policy.each, Each::Derived(_)) {
        // What is cited is part of where it stands: a broken citation is another one. And what
        // changed is told by itself.
        return now.any(|after| {
            !before
                .iter()
                .any(|before| amiss(&before) && is_same(before, after))
        });
    }
    now.any(|after| {
        let mut passed = before.iter().filter(|one| one.verdict == Verdict::Pass);
        passed.any(|before| is_same(before, after))
    })
}

/// The sections of the plan that hold what the policy asks about: that of its fact or of what it
/// visits, and those that its checks read. Who the bodies are and when the plan was issued is no part
/// of the answer, unless asked. A policy without a fact may be turned anywhere.
fn sections(policy: &Policy) -> BTreeSet<String> {
    let visited = match &policy.each {
        Each::Bodies => Some("bodies"),
        Each::Rows(path) => path.first().map(String::as_str),
        Each::Plan | Each::Derived(_) => None,
    };
    let Some(fact) = &policy.fact else {
        return BTreeSet::new();
    };
    let own = match fact.start {
        Start::Plan => fact.keys.first().map(String::as_str),
        _ => visited,
    };
    let checks = policy.editions.iter().flat_map(|edition| &edition.checks);
    let reads = checks.flat_map(|check| check.assert.program().reads());
    let of_plan = reads.filter(|read| matches!(&*read.variable, "own" | "plan"));
    let read = of_plan.filter_map(|read| read.fields.first().map(|field| &**field));
    read.filter(|section| !matches!(*section, "bodies" | "header"))
        .chain(own)
        .map(str::to_owned)
        .collect()
}

/// The texts among the figures of a policy, which are the enumerations of the law that the schema
/// leaves free, and those of its examples.
fn texts(policy: &Policy) -> Texts {
    let mut found = Texts::default();
    let reader = Breaker {
        schema: &SCHEMA,
        sections: &BTreeSet::new(),
        words: &[],
        delegates: &[],
    };
    for example in &policy.examples {
        let files = example_files(&example.plan).expect("the plan of an example reads");
        let plan = Draft::of(files.main.root());
        reader.texts(&plan, SCHEMA.root(), &mut found);
    }
    for edition in &policy.editions {
        for row in edition.applies_to.rows() {
            collect(edition.params.at(row), &mut found.words);
        }
    }
    found
}

fn collect(data: &Data, words: &mut BTreeSet<String>) {
    match data {
        Data::Text(text) => drop(words.insert(text.to_string())),
        Data::List(items) => items.iter().for_each(|item| collect(item, words)),
        Data::Record(fields) => fields.iter().for_each(|(_, data)| collect(data, words)),
        _ => {}
    }
}

/// The same visit; a plan that lost its bodies is visited without one.
fn is_same(before: &Visited, after: &Visited) -> bool {
    let body = after.body.is_none() || before.body == after.body;
    body && (&before.need, &before.item) == (&after.need, &after.item)
}
