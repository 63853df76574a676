//! The 74 edge cases and 40 threats of a review: each has a test that carries its number
//! (`edge_08_…`, `threat_18_…`), or a row in `docs/limits.md` with its reason, or is still open.
//!
//! `tests/limits/open.txt` holds those that are open. It only gets shorter: a number that has its test
//! has to be taken out; `UPDATE=1 cargo test --test limits` does that, and never adds one.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the tests of this repository"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// `edge` or `threat`, and its number.
type Reference = (String, u32);

const COUNTS: [(&str, u32); 2] = [("edge", 74), ("threat", 40)];
/// Rows that may be left to operators.
const MOST: usize = 12;
const OPEN: &str = "tests/limits/open.txt";

static TESTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#\[test\]\s+(?:#\[[^\]]*\]\s+)*fn\s+(\w+)").expect("a pattern"));
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(edge|threat)_(\d+)(?:_|$)").expect("a pattern"));

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn all() -> BTreeSet<Reference> {
    let numbers = COUNTS
        .iter()
        .flat_map(|&(kind, count)| (1..=count).map(move |number| (kind.to_owned(), number)));
    numbers.collect()
}

/// What may not be left to anybody: these decide whether the gate can be believed.
fn must_be_tested((kind, number): &Reference) -> bool {
    match kind.as_str() {
        "edge" => *number <= 36,
        _ => matches!(number, 1..=13 | 18..=27),
    }
}

/// The numbers in the names of the tests of a source file.
fn named(source: &str) -> BTreeSet<Reference> {
    let names = TESTS.captures_iter(source).map(|found| found[1].to_owned());
    let mut references = BTreeSet::new();
    for name in names {
        references.extend(NUMBER.captures_iter(&name).filter_map(|found| {
            let number = found[2].parse().ok()?;
            Some((found[1].to_owned(), number))
        }));
    }
    references
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).expect("the file is text"));
        }
    }
}

fn tested() -> BTreeSet<Reference> {
    let mut texts = Vec::new();
    for folder in ["src", "tests"] {
        sources(&root().join(folder), &mut texts);
    }
    texts.iter().flat_map(|text| named(text)).collect()
}

/// `edge 15` at the start of a line, or in the first cell of a row.
fn listed(text: &str) -> BTreeSet<Reference> {
    let line = Regex::new(r"(?m)^(?:\| )?(edge|threat) (\d+)\b").expect("a pattern");
    let found = line.captures_iter(text).filter_map(|found| {
        let number = found[2].parse().ok()?;
        Some((found[1].to_owned(), number))
    });
    found.collect()
}

#[test]
fn every_number_has_a_test_a_reason_or_is_still_open() {
    let (tested, left, open) = (
        tested(),
        listed(&read("docs/limits.md")),
        listed(&read(OPEN)),
    );
    let all = all();
    let told: BTreeSet<_> = tested.iter().chain(&left).chain(&open).cloned().collect();
    let missing: Vec<_> = all.difference(&told).collect();
    assert!(
        missing.is_empty(),
        "neither tested, nor left, nor open: {missing:?}"
    );
    let unknown: Vec<_> = told.difference(&all).collect();
    assert!(unknown.is_empty(), "there is no such number: {unknown:?}");
}

#[test]
fn what_is_open_only_gets_less() {
    let text = read(OPEN);
    let tested = tested();
    let left = listed(&read("docs/limits.md"));
    let done = |line: &&str| {
        listed(line)
            .iter()
            .any(|one| tested.contains(one) || left.contains(one))
    };
    if std::env::var("UPDATE").is_ok() {
        let kept = text.lines().filter(|line| !done(line));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        fs::write(root().join(OPEN), kept).expect("it is written");
        return;
    }
    let done: Vec<&str> = text.lines().filter(done).collect();
    assert!(
        done.is_empty(),
        "take out of {OPEN}, it has its test or its reason: {done:?}"
    );
}

#[test]
fn few_are_left_to_operators_and_none_that_the_gate_stands_on() {
    let left = listed(&read("docs/limits.md"));
    assert!(!left.is_empty(), "the table was not found");
    assert!(left.len() <= MOST, "{left:?}");
    let wrong: Vec<_> = left.iter().filter(|one| must_be_tested(one)).collect();
    assert!(wrong.is_empty(), "these need a test: {wrong:?}");
}

#[test]
fn only_a_test_counts_and_a_number_is_read_whole() {
    let source = "#[test]\nfn edge_08_edge_12_x() {}\nfn edge_09_helper() {}\n#[cfg(unix)]\n#[test]\n#[expect(a, reason = \"b\")]\nfn threat_2() {}\n// edge_10_x\n";
    let expected = [("edge", 8), ("edge", 12), ("threat", 2)];
    let expected = expected.map(|(kind, number)| (kind.to_owned(), number));
    assert_eq!(named(source), expected.into());
    assert_eq!(listed("| threat 14 | x |\nedge 3\nsee edge 4\n").len(), 2);
}
