//! The comparison itself: a new edition that changes nothing is told, a renumbered provision counts
//! for the policies that cite it and for no other.

use std::sync::Arc;

use plangate::policy::{Pack, PackSource};
use plangate::text::SourceFile;

use crate::pack::SCHEMA;
use crate::table::{Compared, Table};

const LAWS: &str = "
act:
  source: 虛構
  editions: [{ id: \"107\", from: 2019-01-01, name: { zh-TW: 甲法, en: Act } }]
  provisions:
    first: { title: { zh-TW: 甲, en: one }, at: [{ from: 2019-01-01, article: 1 }, { from: 2020-01-01, article: 2 }] }
    second: { title: { zh-TW: 乙, en: two }, at: [{ from: 2019-01-01, article: 5 }] }
";

const POLICY: &str = "
title: { zh-TW: 甲, en: one }
severity: error
each: bodies
fact: controls.gcb
message: { zh-TW: 乙, en: two }
help: { zh-TW: 丙, en: three }
";

fn compared(editions: [&str; 2]) -> Compared {
    let file = |path: &str, text: String| (path.to_owned(), Arc::new(SourceFile::new(path, text)));
    let policy = |editions| format!("{POLICY}editions:\n{editions}");
    let files = vec![
        file("laws.yaml", LAWS.to_owned()),
        file("theme/one.yaml", policy(editions[0])),
        file("theme/two.yaml", policy(editions[1])),
    ];
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
    let table = Table::of(&pack, &["2019-06-01", "2021-06-01"]);
    table.compared(table.days[0], table.days[1])
}

const FIRST: &str =
    "  - { from: 2019-01-01, cite: { law: act, provision: first }, confidence: verified }\n";
const SECOND: &str =
    "  - { from: 2019-01-01, cite: { law: act, provision: second }, confidence: verified }\n";

#[test]
fn a_renumbered_provision_is_a_change_of_the_policy_that_cites_it_alone() {
    let nothing = Compared {
        unexpected: Vec::new(),
        unseen: Vec::new(),
    };
    assert_eq!(compared([FIRST, SECOND]), nothing);
}

#[test]
fn an_edition_that_changes_nothing_is_told() {
    let again = SECOND.replace("2019-01-01", "2020-01-01");
    let told = compared([FIRST, &format!("{again}{SECOND}")]);
    assert_eq!(told.unseen, ["two"]);
}

#[test]
fn an_edition_of_another_confidence_is_a_change() {
    let again = SECOND
        .replace("2019-01-01", "2020-01-01")
        .replace("verified", "memory");
    let told = compared([FIRST, &format!("{again}{SECOND}")]);
    assert_eq!(
        told,
        Compared {
            unexpected: Vec::new(),
            unseen: Vec::new()
        }
    );
}
