//! The comparison itself: on a table of one entry and a policy of one duty, each way to differ is
//! told, and nothing is told where they agree.

use std::sync::Arc;

use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

use crate::entry::{self, Ground};
use crate::exceptions::Exceptions;
use crate::obligations::Table;
use crate::pack::SCHEMA;
use crate::tables::{self, NotJudged};

const ENTRY: &str = "
obligations:
  - id: edr-A-110
    kind: duty
    valid_from: '2021-08-23'
    valid_to: '2026-01-06'
    applies_to: { grade: [A, B], sector: [government] }
    figures:
      min_persons: 2
      hours_per_person_per_year: 12
      count: 2
      every_years: 1
      items: [防毒軟體, 網路防火牆]
      within_years: 2
      transition_deadline: '2023-08-23'
    confidence: secondary
";

const POLICY: &str = "
title: { zh-TW: 甲, en: one }
covers:
  - ids: [edr-A-110]
    figures:
      min_persons: params.people
      hours_per_person_per_year: params.rules[staff].hours
      every: params.every
      items: params.items
      within_years: deadline.within
      transition_deadline: deadline.due
severity: error
applies_to: { sector: [government], grade: [A, B] }
each: bodies
fact: controls.edr
message: { zh-TW: 乙, en: two }
help: { zh-TW: 丙, en: three }
params:
  people: { A: 2, B: 2 }
  rules: [{ id: staff, hours: 12, every: 1y }]
  every: 6mo
  items: [antivirus, firewall]
  labels: { antivirus: 防毒軟體, firewall: 網路防火牆 }
deadline: { within: 2y, after: graded_on, not_before: 2021-08-23 }
editions:
  - { from: 2021-08-23, until: 2026-01-07, cite: none, confidence: secondary }
";

/// What is told where both differ from the above by one replacement.
fn told(entry: [&str; 2], policy: [&str; 2]) -> Vec<String> {
    let replaced = |text: &str, [old, new]: [&str; 2]| {
        assert!(text.contains(old), "{old} is not there to replace");
        text.replace(old, new)
    };
    let table = Table::parse(&replaced(ENTRY, entry)).expect("the table reads");
    let pack = pack(&replaced(POLICY, policy));
    let exceptions = Exceptions::default();
    let ground = Ground {
        pack: &pack,
        table: &table,
        exceptions: &exceptions,
    };
    let mut told: Vec<String> = pack
        .policies
        .values()
        .flat_map(|policy| entry::problems(&ground, policy))
        .collect();
    told.extend(tables::invented(&ground));
    told
}

fn pack(policy: &str) -> Pack {
    let file = |path: &str, text: &str| {
        (
            path.to_owned(),
            Arc::new(SourceFile::new(path, text.to_owned())),
        )
    };
    let laws = include_str!("../../policies/laws.yaml");
    let files = vec![file("laws.yaml", laws), file("theme/one.yaml", policy)];
    let source = PackSource {
        name: "builtin".into(),
        files,
        local: false,
    };
    let (pack, problems) = Pack::load(&[source], &SCHEMA);
    let told: Vec<&str> = problems
        .iter()
        .map(|problem| &*problem.message.en)
        .collect();
    assert!(told.is_empty(), "{told:?}");
    pack
}

const SAME: [&str; 2] = ["", ""];

/// One replacement in the policy is told in these words.
fn policy_differs(old: &str, new: &str, words: &str) {
    let told = told(SAME, [old, new]);
    assert!(
        told.iter().any(|problem| problem.contains(words)),
        "{words}: {told:?}"
    );
}

/// One replacement in the table is told in these words.
fn table_differs(old: &str, new: &str, words: &str) {
    let told = told([old, new], SAME);
    assert!(
        told.iter().any(|problem| problem.contains(words)),
        "{words}: {told:?}"
    );
}

#[test]
fn what_agrees_is_not_told() {
    assert_eq!(told(SAME, SAME), Vec::<String>::new());
}

#[test]
fn a_figure_of_one_row_is_told() {
    policy_differs(
        "A: 2, B: 2",
        "A: 2, B: 3",
        "B government: min_persons is Number(2)",
    );
    policy_differs(
        "every: 6mo",
        "every: 1y",
        "every is Number(6) in the table, 1 year here",
    );
    policy_differs("hours: 12,", "hours: 11,", "hours_per_person_per_year");
    policy_differs(
        "hours: 12, every: 1y",
        "hours: 12, every: 2y",
        "hours_per_person_per_year",
    );
    policy_differs("[antivirus, firewall]", "[antivirus]", "items");
    policy_differs("防毒軟體, firewall: ", "防毒程式, firewall: ", "items");
    policy_differs("within: 2y", "within: 1y", "within_years");
    policy_differs(
        "not_before: 2021-08-23",
        "not_before: 2021-08-24",
        "the last day of grace",
    );
    table_differs(
        "min_persons: 2",
        "min_persons: 4",
        "A government: min_persons is Number(4)",
    );
}

#[test]
fn a_figure_that_nobody_judges_is_told() {
    policy_differs(
        "      every: params.every\n",
        "",
        "every is neither judged nor left",
    );
    policy_differs(
        "every: params.every",
        "often: params.every",
        "no figure often",
    );
    policy_differs(
        "params.people\n",
        "params.persons\n",
        "nothing stands at params.persons",
    );
    policy_differs(
        "ids: [edr-A-110]",
        "ids: [edr-A-111]",
        "edr-A-111 is not in the table",
    );
    let left = "figures:\n      min_persons: params.people";
    policy_differs(
        left,
        "left: { min_persons: '' }\n    figures:",
        "left without a reason",
    );
}

#[test]
fn a_row_or_a_day_without_the_duty_is_told() {
    policy_differs(
        "grade: [A, B] }\neach",
        "grade: [A] }\neach",
        "not asked of B government",
    );
    policy_differs(
        "until: 2026-01-07, ",
        "until: 2026-01-06, ",
        "no edition in force on 2026-01-06",
    );
    policy_differs(
        "from: 2021-08-23, ",
        "from: 2021-08-24, ",
        "no edition in force on 2021-08-23",
    );
}

#[test]
fn a_duty_that_no_entry_knows_is_told() {
    policy_differs(
        "sector: [government]",
        "sector: []",
        "A specific_non_government has no entry",
    );
    policy_differs(
        "from: 2021-08-23, ",
        "from: 2021-08-22, ",
        "2021-08-22: A government has no",
    );
    policy_differs(
        "until: 2026-01-07, ",
        "",
        "2026-01-07: A government has no entry",
    );
    table_differs("grade: [A, B]", "grade: [A]", "B government has no entry");
}

#[test]
fn another_confidence_is_told_unless_the_first_day_is_assumed() {
    policy_differs(
        "confidence: secondary",
        "confidence: memory",
        "the policy memory",
    );
    policy_differs(
        "confidence: secondary",
        "confidence: verified",
        "the policy verified",
    );
    let assumed = "confidence: secondary\n    valid_from_confidence: assumed";
    let entry = ["confidence: secondary", assumed];
    let less_sure = told(entry, ["confidence: secondary", "confidence: conflict"]);
    assert_eq!(less_sure, Vec::<String>::new());
    let surer = told(entry, ["confidence: secondary", "confidence: verified"]);
    assert!(!surer.is_empty());
}

#[test]
fn what_the_notes_know_from_memory_is_so_in_the_policy() {
    let note =
        "confidence: secondary\n    note: x | for sector nonpublic this pre-115 row is from memory";
    let told = told(["confidence: secondary", note], SAME);
    assert_eq!(
        told,
        Vec::<String>::new(),
        "the note is of the other sector"
    );
    let rows = [
        "government] }\n    figures",
        "government, specific_non_government] }\n    figures",
    ];
    let both = ENTRY
        .replace(rows[0], rows[1])
        .replace("confidence: secondary", note);
    let table = Table::parse(&both).expect("the table reads");
    let row = |sector| plangate::policy::Row::of(sector, Some('A'));
    let entry = table.get("edr-A-110").expect("it is there");
    assert_eq!(entry.confidence(row("government")).word(), "secondary");
    assert_eq!(
        entry.confidence(row("specific_non_government")).word(),
        "memory"
    );
}

#[test]
fn an_entry_that_nobody_covers_needs_a_reason() {
    let table = Table::parse(ENTRY).expect("the table reads");
    let check = |policy: [&str; 2], reasons: &str| {
        let pack = pack(&POLICY.replace(policy[0], policy[1]));
        let not_judged = NotJudged::parse(reasons).expect("the reasons read");
        tables::uncovered(&table, &pack, &not_judged).join(", ")
    };
    let nobody = ["ids: [edr-A-110]", "ids: [x]"];
    assert_eq!(check(SAME, "{}"), "");
    assert_eq!(check(nobody, "edr-A-110: { zh-TW: 理由, en: why }"), "");
    assert_eq!(
        check(nobody, "{}"),
        "edr-A-110 is neither covered nor said not to be"
    );
    assert_eq!(
        check(SAME, "edr-A-110: { zh-TW: 理由, en: why }"),
        "edr-A-110 is covered and said not to be"
    );
    assert_eq!(
        check(nobody, "edr-A-110: { zh-TW: 理由, en: '' }"),
        "edr-A-110: no reason"
    );
    assert_eq!(
        check(SAME, "edr-B: { zh-TW: 理由, en: why }"),
        "edr-B is not in the table"
    );
}

#[test]
fn an_exception_that_excuses_nothing_is_told() {
    let text =
        "unlisted: [{ policy: one, from: 2021-08-23, sector: government, grades: [C], why: x }]";
    let exceptions = Exceptions::parse(text).expect("the exceptions read");
    assert_eq!(exceptions.idle().len(), 1);
    let row = plangate::policy::Row::of("government", Some('C'));
    assert!(exceptions.unlisted("one", row, "2021-08-23".parse().expect("a day")));
    assert_eq!(exceptions.idle().len(), 0);
}
