//! An edition that is still being written goes on from commit to commit: its row grows with it.

use crate::base::{FILE, PLAN, ROW, check, committed, told};
use crate::repository::Built;

const STATED: &str = "edition: \"1.0\", issued: 2024-03-01, approver: 局長 }\nbodies";
const NOTE: &str = "{ text: 修正, covers: [bodies, personnel, controls] }";

/// The plan with its next edition, in a state, with health checks so often and these notes.
fn next(status: &str, every: &str, notes: &str) -> String {
    let stated = format!(
        "edition: \"1.1\", issued: 2024-04-01, approver: 局長, status: {status} }}\nbodies"
    );
    let row = ROW.replace(NOTE, notes);
    PLAN.replace(STATED, &stated)
        .replace("every: 3y", &format!("every: {every}"))
        .replace("notes: [初版] }\n", &format!("notes: [初版] }}\n{row}"))
}

/// An edition, the next as a draft that tells of `bodies` only, and what became of that.
fn continued(draft: &str, then: &str) -> Built {
    committed(&[&[(FILE, PLAN)], &[(FILE, draft)], &[(FILE, then)]])
}

/// The policies of revisions that find something: from the draft on, and from the edition before.
fn found(built: &Built) -> (Vec<String>, Vec<String>) {
    const OF_REVISIONS: [&str; 4] = [
        "change-not-in-log",
        "edition-not-raised",
        "note-without-change",
        "past-row-altered",
    ];
    let of = |run| {
        let policies = told(run).into_iter().map(|(policy, ..)| policy);
        let own = policies.filter(|policy| OF_REVISIONS.contains(&policy.as_str()));
        own.collect()
    };
    let log = ["--check", "--format", "json"];
    let log = built.changelog("main:plans/jia", &log);
    (of(&check(built, &[])), of(&log))
}

#[test]
fn a_draft_is_continued_with_a_note_of_its_row() {
    const TWO: &str =
        "{ text: 修正, covers: [personnel] }, { text: 縮短, covers: [controls.health_check] }";
    let nothing = (vec![], vec![]);
    for (status, then) in [
        ("draft", "draft"),
        ("draft", "in-force"),
        ("submitted", "submitted"),
        ("submitted", "in-force"),
    ] {
        let draft = next(status, "3y", "{ text: 修正, covers: [personnel] }");
        let draft = draft.replace("count: 1", "count: 2");
        let then = next(then, "2y", TWO).replace("count: 1", "count: 2");
        let built = continued(&draft, &then);
        assert_eq!(found(&built), nothing, "{status} → {then}");
    }
    // The row awaits a reason, and nobody calls the plan a draft.
    let plain = |text: &str| text.replace(", status: draft", "");
    let draft = next(
        "draft",
        "2y",
        "{ text: 縮短（理由待填）, covers: [controls.health_check] }",
    );
    let then = next(
        "draft",
        "1y",
        "{ text: 縮短, covers: [controls.health_check] }",
    );
    let built = continued(&plain(&draft), &plain(&then));
    assert!(!found(&built).0.contains(&"change-not-in-log".to_owned()));
    assert_eq!(found(&built).1, [""; 0]);
}

#[test]
fn what_the_row_of_a_draft_does_not_name_is_not_told() {
    const ONE: &str = "{ text: 修正, covers: [bodies] }";
    let built = continued(&next("draft", "3y", ONE), &next("draft", "2y", ONE));
    let (from_draft, _) = found(&built);
    assert_eq!(from_draft, ["change-not-in-log"]);
}

#[test]
fn what_weakens_is_named_by_the_row_that_is_proposed() {
    let plan = |edition: &str, hours: u8| {
        let business = format!(
            "{{ name: 戶政, body: jia, core: true, max_tolerable_interruption: {hours}h }}"
        );
        let text = PLAN.replace(
            "personnel:\n",
            &format!("businesses: [{business}]\npersonnel:\n"),
        );
        text.replacen("edition: \"1.0\"", &format!("edition: \"{edition}\""), 1)
    };
    let built = committed(&[&[(FILE, &plan("1.0", 8))], &[(FILE, &plan("1.1", 99))]]);
    let path = built.lay(FILE, plan("1.1", 99).as_bytes());
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let written = std::fs::read_to_string(&path).expect("the plan");
    assert!(
        written.contains("businesses[jia/戶政].max_tolerable_interruption"),
        "{written}"
    );
    let run = built.changelog(&path, &["--check"]);
    assert_eq!(run.code, 0, "{}", run.out);
    // The section alone is no more than the chapter.
    let covers = written
        .find("\"businesses[jia")
        .or(written.find("businesses[jia"));
    let end = covers.and_then(|at| written[at..].find("tion\"").map(|end| at + end + 5));
    let whole = format!(
        "{}businesses{}",
        &written[..covers.expect("it")],
        &written[end.expect("it")..]
    );
    built.lay(FILE, whole.as_bytes());
    let run = built.changelog(&path, &["--check"]);
    assert_eq!(run.code, 1, "{whole}{}", run.out);
}

#[test]
fn what_a_row_does_not_say_yet_is_proposed() {
    let empty = next("in-force", "2y", "");
    for built in [
        committed(&[&[(FILE, PLAN)], &[(FILE, &empty)]]),
        committed(&[&[(FILE, PLAN)]]),
    ] {
        let path = built.lay(FILE, empty.as_bytes());
        let run = built.changelog(&path, &["--draft"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(
            run.out.contains("| 1.1 |") && run.out.contains("健診"),
            "{}",
            run.out
        );
        // The row is there, and what it says is the author's.
        let run = built.changelog(&path, &["--draft", "--write"]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("history 已有 1.1 版之列"), "{}", run.err);
        assert_eq!(std::fs::read_to_string(&path).expect("the plan"), empty);
    }
}
