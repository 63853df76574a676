//! The pack against the table of obligations: every figure, row, day and confidence of an entry is
//! that of the policies which say they cover it; no duty of the tables is left out or made up.
//!
//! `policies/obligations.yaml` was compiled from the law apart from the policies and is never
//! edited to fit them.

#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes a page of this repository"
)]

mod pack;

#[path = "covers/annex10.rs"]
mod annex10;
#[path = "covers/cases.rs"]
mod cases;
#[path = "covers/citation.rs"]
mod citation;
#[path = "covers/entry.rs"]
mod entry;
#[path = "covers/exceptions.rs"]
mod exceptions;
#[path = "covers/figure.rs"]
mod figure;
#[path = "covers/obligations.rs"]
mod obligations;
#[path = "covers/page.rs"]
mod page;
#[path = "covers/path.rs"]
mod path;
#[path = "covers/severity.rs"]
mod severity;
#[path = "covers/tables.rs"]
mod tables;

use std::sync::LazyLock;
use std::{env, fs};

use entry::Ground;
use exceptions::Exceptions;
use obligations::Table;
use plangate::policy::Pack;
use sha2::{Digest, Sha256};
use tables::NotJudged;

const OBLIGATIONS: &str = include_str!("../policies/obligations.yaml");
/// Of the table as it was compiled. A change of the law's table is a change of this line, seen.
const DIGEST: &str = "8a511efb8e42fbf8dbf1cb5ac1d447aa80ce9ea0ac3d849446e8bad79e66ebb5";

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    pack
});

fn table() -> Table {
    Table::parse(OBLIGATIONS).expect("the table reads")
}

fn exceptions() -> Exceptions {
    Exceptions::parse(include_str!("covers/exceptions.yaml")).expect("the exceptions read")
}

fn not_judged() -> NotJudged {
    NotJudged::parse(include_str!("../policies/not-judged.yaml")).expect("the reasons read")
}

fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_table_is_the_one_that_was_compiled() {
    let digest = Sha256::digest(OBLIGATIONS.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, DIGEST);
}

#[test]
fn every_policy_is_what_it_covers() {
    let (table, exceptions) = (table(), exceptions());
    let ground = Ground {
        pack: &PACK,
        table: &table,
        exceptions: &exceptions,
    };
    let policies = PACK.policies.values();
    let mut problems: Vec<String> = policies
        .flat_map(|policy| entry::problems(&ground, policy))
        .collect();
    problems.extend(tables::invented(&ground));
    problems.extend(exceptions.idle());
    none(&problems);
}

#[test]
fn every_entry_is_covered_or_says_why_not() {
    none(&tables::uncovered(&table(), &PACK, &not_judged()));
}

#[test]
fn the_controls_of_annex_10_are_those_of_the_table() {
    none(&annex10::problems(&PACK, OBLIGATIONS));
}

#[test]
fn the_page_of_coverage_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/coverage.md");
    let page = page::page(&table(), &PACK, &not_judged());
    if env::var("UPDATE").is_ok() {
        fs::write(path, &page).expect("the page can be written");
    }
    let stands = fs::read_to_string(path).unwrap_or_default();
    assert!(
        stands == page,
        "docs/coverage.md is stale: UPDATE=1 cargo test --test covers"
    );
}

#[test]
fn what_is_not_sure_never_blocks() {
    none(&severity::unsure_errors(&PACK));
}
