//! The search for gaps itself: a small policy whose examples leave none, and the gap that each of
//! them fills.

use std::sync::Arc;

use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

use crate::pack::SCHEMA;
use crate::rehearsal::{Judges, Play};
use crate::trial::{Gap, Trial};

const POLICY: &str = "
title: { zh-TW: 甲, en: one }
severity: error
applies_to: { sector: [government], grade: [A, B] }
each: bodies
fact: controls.health_check
checks:
  - { id: often, assert: 'fact.every <= params.every', deadline: false }
  - { id: items, assert: 'params.items.all(i, i in fact.items)', deadline: false }
message: { zh-TW: 乙, en: two }
help: { zh-TW: 丙, en: three }
params:
  every: { A: 1y, B: 2y }
  items: { A: [network, clients], B: [network] }
deadline: { within: 1y, after: graded_on }
editions:
  - { from: 2019-01-01, cite: none, confidence: verified }
base:
  bodies:
    - { id: a, name: 甲機關, grade: A, graded_on: 2019-03-01 }
    - { id: b, name: 乙機關, grade: B, graded_on: 2019-03-01 }
examples:
  - name: on it
    as_of: 2022-01-01
    expect: pass
    plan: { controls: { health_check: [{ for: [A], every: 1y, items: [network, clients] }, { for: [B], every: 2y, items: [network] }] } }
  - name: beside it
    as_of: 2022-01-01
    expect: fail
    plan: { controls: { health_check: [{ for: [A], every: 13mo, items: [network, clients] }, { for: [B], every: 25mo, items: [network] }] } }
  - name: without an item
    as_of: 2022-01-01
    expect: fail
    plan: { controls: { health_check: [{ for: [A], every: 1y, items: [network] }, { for: [B], every: 1y, items: [] }] } }
  - name: without another
    as_of: 2022-01-01
    expect: fail
    plan: { controls: { health_check: [{ for: [A], every: 1y, items: [clients] }, { for: [B], every: 1y, items: [] }] } }
  - { name: last day, as_of: 2020-03-01, expect: pending }
  - { name: next day, as_of: 2020-03-02, expect: fail }
";

/// The gaps that `of` finds in a policy.
fn gaps(policy: &str, of: impl Fn(&mut Trial<'_, '_>) -> Vec<Gap>) -> Vec<String> {
    let laws = include_str!("../../policies/laws.yaml");
    let file = |path: &str, text: &str| {
        let source = SourceFile::new(path, text.to_owned());
        (path.to_owned(), Arc::new(source))
    };
    let files = vec![file("laws.yaml", laws), file("theme/one.yaml", policy)];
    let load = || {
        let source = PackSource {
            name: "builtin".into(),
            files: files.clone(),
            local: false,
        };
        let (pack, problems) = Pack::load(&[source], &SCHEMA);
        let told: Vec<&str> = problems
            .iter()
            .map(|problem| &*problem.message.en)
            .collect();
        assert!(told.is_empty(), "{told:?}");
        pack
    };
    let (pack, mut other) = (load(), load());
    let judges = Judges::of(&pack);
    let policy = other.policies.get_mut("one").expect("the policy loads");
    let plays = Play::all(policy);
    let gaps = of(&mut Trial::of(policy, &plays, &judges));
    let told = |gap: &Gap| format!("{} {}: {}", gap.figure, gap.cell.named(), gap.what);
    gaps.iter().map(told).collect()
}

fn boundaries(trial: &mut Trial<'_, '_>) -> Vec<Gap> {
    let mut found = trial.figures();
    found.extend(trial.idle_elements());
    found.extend(trial.grace());
    found
}

/// The policy with another text.
fn told(old: &str, new: &str) -> Vec<String> {
    assert!(POLICY.contains(old), "{old} is not there to replace");
    gaps(&POLICY.replace(old, new), boundaries)
}

fn tells(old: &str, new: &str, words: &str) {
    let told = told(old, new);
    assert!(
        told.iter().any(|gap| gap.contains(words)),
        "{words}: {told:?}"
    );
}

#[test]
fn examples_on_and_beside_every_boundary_leave_no_gap() {
    assert_eq!(told("", ""), Vec::<String>::new());
}

#[test]
fn an_example_that_only_passes_is_not_on_the_boundary() {
    tells(
        "[A], every: 1y, items: [network, clients]",
        "[A], every: 11mo, items: [network, clients]",
        "every 2019-01-01 A government: no example on it passes",
    );
    tells(
        "[B], every: 2y",
        "[B], every: 23mo",
        "every 2019-01-01 B government: no example on it",
    );
}

#[test]
fn an_example_that_fails_by_far_is_not_beside_the_boundary() {
    tells(
        "every: 13mo",
        "every: 3y",
        "every 2019-01-01 A government: no example beside it fails",
    );
    tells(
        "every: 25mo",
        "every: 4y",
        "every 2019-01-01 B government: no example beside it fails",
    );
}

#[test]
fn a_list_needs_an_example_for_what_it_holds_and_for_what_it_leaves_out() {
    let gap = "items clients 2019-01-01 A government: no example hangs on this element";
    tells(
        "[A], every: 1y, items: [network] }",
        "[A], every: 2y, items: [network] }",
        gap,
    );
    let gap = "items 2019-01-01 B government: no example hangs on what it leaves out";
    tells(
        "[B], every: 2y, items: [network] }",
        "[B], every: 2y, items: [network, clients] }",
        gap,
    );
    let gap = "items 2019-01-01 B government: no example hangs on an element of it";
    tells(
        "[B], every: 1y, items: []",
        "[B], every: 3y, items: []",
        gap,
    );
}

#[test]
fn the_days_around_the_end_of_grace_are_exact() {
    let gap = "deadline 2019-01-01 A government: no example on the last day is pending";
    tells("as_of: 2020-03-01", "as_of: 2020-02-29", gap);
    let gap = "deadline 2019-01-01 B government: no example on the day after fails";
    tells("as_of: 2020-03-02", "as_of: 2020-03-03", gap);
    let gap = "deadline.not_before 2019-01-01 A government: no example hangs on it";
    tells(
        "after: graded_on }",
        "after: graded_on, not_before: 2019-01-01 }",
        gap,
    );
}

#[test]
fn a_verdict_that_no_example_asserts_shows_nothing() {
    let gap = "every 2019-01-01 B government: no example on it passes";
    tells("expect: pass", "expect: { a: pass }", gap);
}

#[test]
fn a_mode_without_an_example_is_told() {
    let told = gaps(POLICY, |trial| trial.modes(&SCHEMA));
    let gap = |mode: &str| format!("{mode} 2019-01-01 A government: no example has this mode");
    assert_eq!(
        told,
        ["annex", "by_law", "delegated", "not_applicable"].map(gap)
    );
    let example = "  - { name: annex, as_of: 2022-01-01, expect: unknown, plan: { controls: { annex: x } } }\n";
    let told = gaps(&format!("{POLICY}{example}"), |trial| trial.modes(&SCHEMA));
    assert_eq!(told, ["by_law", "delegated", "not_applicable"].map(gap));
}

#[test]
fn silence_without_lines_to_write_is_told() {
    assert_eq!(gaps(POLICY, |trial| trial.unwritten()).len(), 1);
    let write = "params:\n  every: { A";
    let policy = POLICY.replace(
        write,
        &format!("write: {{ set: {{ every: 1y }} }}\n{write}"),
    );
    assert_eq!(gaps(&policy, |trial| trial.unwritten()).len(), 0);
}
