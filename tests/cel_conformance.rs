//! The specification's own tests of CEL, run from its data.
//!
//! `cel_conformance/spec/` holds the files as they were published, `outside.yaml` which features
//! policies do not have and why, `ratchet.yaml` which tests of the others do not pass yet. A test of
//! a feature that we do not have must be refused before it is evaluated: it never gives a wrong answer.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the specification and docs/cel.md"
)]

#[path = "cel_conformance/accounts.rs"]
mod accounts;
#[path = "cel_conformance/dynamic.rs"]
mod dynamic;
#[path = "cel_conformance/plain.rs"]
mod plain;
#[path = "cel_conformance/run.rs"]
mod run;
#[path = "cel_conformance/suite.rs"]
mod suite;
#[path = "cel_conformance/textproto.rs"]
mod textproto;
#[path = "cel_conformance/world.rs"]
mod world;

use std::path::{Path, PathBuf};

use accounts::Accounts;
use run::Outcome;
use suite::Test;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cel_conformance")
}

/// Every test with what came of it, and what was known of it before.
struct Results {
    tests: Vec<Test>,
    accounts: Accounts,
}

impl Results {
    fn read() -> Self {
        Self {
            tests: suite::tests(&folder().join("spec")),
            accounts: Accounts::read(&folder()),
        }
    }

    fn outside(&self) -> impl Iterator<Item = &Test> {
        self.tests
            .iter()
            .filter(|test| self.accounts.outside_of(test).is_some())
    }

    fn protobuf(&self) -> impl Iterator<Item = &Test> {
        self.tests
            .iter()
            .filter(|test| test.protobuf && self.accounts.outside_of(test).is_none())
    }

    /// The tests of the features that policies have.
    fn inside(&self) -> impl Iterator<Item = &Test> {
        self.tests
            .iter()
            .filter(|test| !test.protobuf && self.accounts.outside_of(test).is_none())
    }
}

#[test]
fn what_policies_have_does_what_the_specification_says() {
    let results = Results::read();
    let mut wrong = Vec::new();
    for test in results.inside() {
        let listed = results.accounts.ratchet.contains_key(&test.name);
        match (run::run(test), listed) {
            (Outcome::Passes, false) | (Outcome::Refused(_) | Outcome::Differs(_), true) => {}
            (Outcome::Passes, true) => wrong.push(format!(
                "{}: passes: strike it from ratchet.yaml",
                test.name
            )),
            (Outcome::Refused(why) | Outcome::Differs(why), false) => {
                wrong.push(format!("{}: {}: {why}", test.name, test.expression));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_policies_do_not_have_is_refused_and_never_evaluated() {
    let results = Results::read();
    let evaluated = results
        .outside()
        .filter(|test| matches!(run::run(test), Outcome::Differs(_)));
    let evaluated: Vec<&str> = evaluated.map(|test| &*test.name).collect();
    assert!(evaluated.is_empty(), "{}", evaluated.join("\n"));
}

#[test]
fn nothing_is_listed_that_no_test_has() {
    let Results { tests, accounts } = Results::read();
    for feature in &accounts.outside {
        assert!(!feature.why.is_empty(), "{}", feature.name);
        assert_eq!(feature.idle(&tests), [""; 0], "{}", feature.name);
    }
    for (name, why) in &accounts.ratchet {
        assert!(
            tests.iter().any(|test| test.name == *name),
            "no test {name}"
        );
        assert!(!why.is_empty(), "{name}: why does it not pass?");
    }
}

#[test]
fn the_figure_in_the_documents_is_the_one_that_was_measured() {
    let results = Results::read();
    let inside: Vec<&Test> = results.inside().collect();
    let passed = inside
        .iter()
        .filter(|test| matches!(run::run(test), Outcome::Passes))
        .count();
    let per_mille = passed * 1000 / inside.len();
    let line = format!(
        "Of {} tests, {} need protocol buffers, {} are about features that policies do not have, and of the \
         other **{}, {passed} pass ({}.{} %)**.",
        results.tests.len(),
        results.protobuf().count(),
        results.outside().count(),
        inside.len(),
        per_mille / 10,
        per_mille % 10,
    );
    let page = folder().join("../../docs/cel.md");
    let page = std::fs::read_to_string(page)
        .expect("docs/cel.md")
        .replace('\n', " ");
    assert!(page.contains(&line), "docs/cel.md should say: {line}");
    assert!(per_mille >= 950, "{line}");
}

#[test]
fn the_reader_of_the_specification_reads_all_of_it() {
    let results = Results::read();
    let written: usize = std::fs::read_dir(folder().join("spec"))
        .expect("the folder of the specification")
        .filter_map(|file| std::fs::read_to_string(file.expect("a file").path()).ok())
        .map(|text| {
            text.lines()
                .filter(|line| line.trim_start().starts_with("expr:"))
                .count()
        })
        .sum();
    assert_eq!(results.tests.len(), written);
}
