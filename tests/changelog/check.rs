//! The change log held against what changed, out of the repository.

use std::collections::BTreeSet;

use crate::repository::{Built, History};
use crate::world::Run;

const FILE: &str = "plans/kaohsiung-civil-affairs/plan.yaml";

/// What `changelog --check` finds, as (policy, verdict, path, file), and its exit code.
type Found = (BTreeSet<(String, String, String, String)>, u8);

fn found(run: &Run) -> Found {
    let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let findings = report["findings"].as_array().expect("findings").iter();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let told = findings.map(|finding| {
        let [policy, verdict, path, file] =
            ["policy", "verdict", "path", "file"].map(|key| text(&finding[key]));
        (policy, verdict, path, file)
    });
    (told.collect(), run.code)
}

fn check(built: &Built, edition: &str, code: u8, expected: &[(&str, &str, &str)]) {
    let path = format!("cab/{edition}:plans/kaohsiung-civil-affairs");
    let (found, exit) = found(&built.changelog(&path, &["--check", "--format", "json"]));
    let short = |(policy, verdict, path, _): &(String, String, String, String)| {
        (policy.clone(), verdict.clone(), path.clone())
    };
    let own = |&(policy, verdict, path): &(&str, &str, &str)| {
        (policy.to_owned(), verdict.to_owned(), path.to_owned())
    };
    let found: BTreeSet<_> = found.iter().map(short).collect();
    assert_eq!(found, expected.iter().map(own).collect(), "{edition}");
    assert_eq!(exit, code, "{edition}");
}

#[test]
fn the_first_edition_has_none_before() {
    let built = History::read().build();
    let run = built.changelog("cab/1.0:plans/kaohsiung-civil-affairs", &["--check"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.err.contains("沒有前一版可供比較"), "{}", run.err);
}

#[test]
fn a_grade_that_was_approved_wants_its_reference() {
    let reference = (
        "grade-changed-without-approval",
        "doubt",
        "bodies[military].grade",
    );
    check(&History::read().build(), "1.1", 0, &[reference]);
}

#[test]
fn a_merger_and_two_sites_that_left_are_explained() {
    let built = History::read().build();
    check(&built, "1.2", 0, &[]);
    check(&built, "1.3", 0, &[]);
}

#[test]
fn the_training_that_the_last_row_left_out_is_found() {
    let told = |path| ("change-not-in-log", "fail", path);
    let silent = [
        told("training.rules[dedicated/professional].people"),
        told("training.rules[it/professional]"),
        told("training.rules[it/general]"),
    ];
    check(&History::read().build(), "1.4", 1, &silent);
}

#[test]
fn what_is_gone_is_shown_where_it_was() {
    let built = History::read().build();
    let path = "main:plans/kaohsiung-civil-affairs";
    let (found, _) = found(&built.changelog(path, &["--check", "--format", "json"]));
    let gone = "training.rules[dedicated/professional].people";
    let (.., file) = found.iter().find(|one| one.2 == gone).expect("it is told");
    let commit = built.repository.revparse_single("cab/1.3^{commit}");
    let commit = commit.expect("a commit").id().to_string();
    assert_eq!(*file, format!("{}:{FILE}", &commit[..8]));
}

#[test]
fn reasons_in_trailers_may_explain_anything() {
    let built = History::read().without_history().build();
    let path = "main:plans/kaohsiung-civil-affairs";
    let (found, code) = found(&built.changelog(path, &["--check", "--format", "json"]));
    let verdicts: BTreeSet<&str> = found
        .iter()
        .filter(|(policy, ..)| policy == "change-not-in-log")
        .map(|(_, verdict, ..)| verdict.as_str())
        .collect();
    assert_eq!(verdicts.into_iter().collect::<Vec<_>>(), ["doubt"]);
    assert_eq!(code, 0);

    let built = History::read().without_history().without_trailers().build();
    let run = built.changelog(path, &["--check"]);
    assert_eq!(run.code, 1, "{}", run.out);
}

/// The change log of the last edition with another text in place of one, in the work tree.
fn altered(from: &str, to: &str) -> Found {
    let history = History::read();
    let built = history.build();
    let text = history.texts.last().expect("five editions");
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, *text);
    let path = built.lay(FILE, changed.as_bytes());
    found(&built.changelog(&path, &["--check", "--format", "json"]))
}

fn finds(from: &str, to: &str, policy: &str) {
    let (found, code) = altered(from, to);
    let own = found.iter().any(|(own, ..)| own == policy);
    assert!(own, "{from} → {to}: {found:?}");
    assert_eq!(code, 1);
}

#[test]
fn an_issued_edition_keeps_saying_what_it_says() {
    finds("issued: 108-06-27", "issued: 108-06-28", "past-row-altered");
    finds(
        "notes: [初版文件發行]",
        "notes: [初版文件修訂發行]",
        "past-row-altered",
    );
    finds(
        "edition: \"1.4\"\n  issued",
        "edition: \"1.3\"\n  issued",
        "edition-not-raised",
    );
    finds(
        "issued: 111-04-27",
        "issued: 110-01-01",
        "issue-date-out-of-order",
    );
}

#[test]
fn the_row_that_is_proposed_and_written_is_found_whole() {
    let history = History::read();
    let (mut rest, mut editions) = (history, Vec::new());
    while rest.texts.len() > 1 {
        let text = rest.texts.pop().expect("an edition");
        rest.commits.list.pop();
        let edition = ["1.1", "1.2", "1.3", "1.4"][rest.texts.len() - 1];
        let start = text
            .find(&format!("  - edition: \"{edition}\"\n"))
            .expect("its row");
        let end = text.find("\neditorial:").expect("what comes after");
        let text = format!("{}{}", &text[..start], &text[end..]);
        let built = rest.build();
        let path = built.lay(FILE, text.as_bytes());
        let run = built.changelog(&path, &["--draft", "--write"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let (found, code) = found(&built.changelog(&path, &["--check", "--format", "json"]));
        let of_log = found.into_iter();
        let of_log = of_log.filter(|(policy, ..)| policy != "grade-changed-without-approval");
        assert_eq!(of_log.collect::<Vec<_>>(), [], "{edition}");
        assert_eq!(code, 0, "{edition}");
        editions.push(edition);
    }
    assert_eq!(editions.len(), 4);
}
