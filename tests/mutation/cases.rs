//! The breaking itself: a policy that listens is turned, one that does not is found.

use std::sync::Arc;

use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

use crate::pack::SCHEMA;
use crate::turned;

const POLICY: &str = "
title: { zh-TW: 甲, en: one }
severity: error
applies_to: { sector: [government], grade: [A, B] }
each: bodies
fact: controls.password.min_length
checks: [{ id: long, assert: 'fact >= 12' }]
message: { zh-TW: 乙, en: two }
help: { zh-TW: 丙, en: three }
editions: [{ from: 2019-01-01, cite: none, confidence: verified }]
examples:
  - { name: 恰足, expect: pass, plan: { bodies: [{ name: 甲局, grade: A }], controls: { password: { min_length: 12 } } } }
";

fn turns(old: &str, new: &str) -> bool {
    assert!(POLICY.contains(old), "{old} is not there to replace");
    turns_as(&POLICY.replacen(old, new, 1))
}

fn turns_as(text: &str) -> bool {
    let file = Arc::new(SourceFile::new("theme/one.yaml", text.to_owned()));
    let source = PackSource {
        name: "builtin".into(),
        files: vec![("theme/one.yaml".to_owned(), file)],
        local: false,
    };
    let (pack, problems) = Pack::load(&[source], &SCHEMA);
    let told: Vec<&str> = problems.iter().map(|told| &*told.message.en).collect();
    assert!(told.is_empty(), "{told:?}");
    turned::turns(&pack, pack.get("one").expect("it is loaded"))
}

#[test]
fn a_figure_a_step_away_turns_it() {
    let silence = "modes: { silent: pass }\nchecks: [";
    assert!(turns("checks: [", silence), "11 is too short");
}

#[test]
fn a_fact_that_is_dropped_turns_it() {
    let presence = "checks: []";
    assert!(turns(
        "checks: [{ id: long, assert: 'fact >= 12' }]",
        presence
    ));
}

#[test]
fn a_word_that_the_policy_names_turns_it() {
    let (fact, checks) = (
        "controls.password.min_length",
        "checks: [{ id: long, assert: 'fact >= 12' }]",
    );
    let policy = POLICY
        .replace(fact, "organization.ciso")
        .replace(checks, "modes: { silent: pass }\nparams: { heads: [局長] }\nchecks: [{ id: head, assert: 'fact.all(c, !(c.title in params.heads))' }]")
        .replace("controls: { password: { min_length: 12 } }", "organization: { ciso: [{ title: 副局長 }] }");
    assert!(turns_as(&policy));
    assert!(!turns_as(
        &policy
            .replace("[局長] }", "[處長] }")
            .replace("in params.heads", "in [\"局長\"]")
    ));
}

#[test]
fn a_policy_that_asks_nothing_of_its_fact_is_found() {
    let deaf = "modes: { silent: pass }\nchecks: [{ id: long, assert: 'true || fact >= 12' }]";
    assert!(!turns("checks: [{ id: long, assert: 'fact >= 12' }]", deaf));
}

#[test]
fn what_a_body_is_does_not_answer_for_the_fact() {
    let by_grade = "modes: { silent: pass }\nchecks: [{ id: long, assert: 'body.grade == \"A\"' }]";
    assert!(!turns(
        "checks: [{ id: long, assert: 'fact >= 12' }]",
        by_grade
    ));
}

#[test]
fn without_an_example_that_passes_nothing_can_turn() {
    assert!(!turns("expect: pass", "expect: fail"));
}
