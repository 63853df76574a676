//! `check --base`: what a change brings blocks; what was there already does not; and no switch of
//! the plan's own turns the gate green.

use std::collections::BTreeSet;

use git2::{Signature, Time};

use crate::repository::{Built, History};
use crate::world::Run;

pub(crate) const FILE: &str = "plans/jia/plan.yaml";
/// A plan with much amiss. Nothing of it was brought by the changes below.
pub(crate) const PLAN: &str = "\
header: { title: 資通安全維護計畫, agency: jia, edition: \"1.0\", issued: 2024-03-01, approver: 局長 }
bodies:
  - { id: jia, name: 甲局, grade: C, grade_status: approved, graded_on: 2019-06-01 }
  - { id: yi, name: 乙所, grade: D, grade_status: approved, graded_on: 2019-06-01 }
personnel:
  dedicated:
    - { title: 專職人員, count: 1, per: body }
controls:
  health_check: { every: 3y }
history:
  - { edition: \"1.0\", issued: 2024-03-01, approver: 局長, notes: [初版] }
";
/// A row that names everything, so that the change log has nothing to add.
pub(crate) const ROW: &str = "  - edition: \"1.1\"
    issued: 2024-04-01
    approver: 局長
    notes: [{ text: 修正, covers: [bodies, personnel, controls] }]
";

/// The plan, committed twice: as it is, and with each text in place of another.
pub(crate) fn changed(changes: &[(&str, &str)]) -> Built {
    let mut text = PLAN.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    of(&[(FILE, PLAN)], &[(FILE, &text)])
}

pub(crate) fn of(base: &[(&str, &str)], head: &[(&str, &str)]) -> Built {
    committed(&[base, head])
}

/// A repository whose commits hold these files, one after the other.
pub(crate) fn committed(commits: &[&[(&str, &str)]]) -> Built {
    let mut history = History::read();
    history.commits.list.clear();
    history.texts.clear();
    let built = history.build();
    let who = Signature::new(
        "甲局",
        "plans@example.invalid",
        &Time::new(1_700_000_000, 480),
    );
    let who = who.expect("a signature");
    for files in commits {
        built.commit(files, "state", &who);
    }
    built
}

pub(crate) fn check(built: &Built, more: &[&str]) -> Run {
    let repo = built.path("");
    let mut arguments = vec!["check", "--base", "main~1", "main:plans", "--repo", &repo];
    arguments.extend(["--format", "json"]);
    arguments.extend(more);
    crate::world::run(&arguments)
}

/// (policy, path, status) of every finding.
pub(crate) fn told(run: &Run) -> BTreeSet<(String, String, String)> {
    let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let findings = report["findings"].as_array().expect("findings").iter();
    let told = findings.map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap_or("none").to_owned();
        (text("policy"), text("path"), text("status"))
    });
    told.collect()
}

/// Its edition raised and its row added.
pub(crate) fn next<'t>(changes: &[(&'t str, &'t str)], row: &'t str) -> Vec<(&'t str, &'t str)> {
    let edition = (
        "edition: \"1.0\", issued: 2024-03-01, approver: 局長 }\nbodies",
        "edition: \"1.1\", issued: 2024-04-01, approver: 局長 }\nbodies",
    );
    let mut all = vec![edition, ("notes: [初版] }\n", row)];
    all.extend(changes);
    all
}

#[test]
fn a_plan_that_is_the_same_is_not_judged() {
    let built = of(&[(FILE, PLAN)], &[(FILE, PLAN)]);
    let run = check(&built, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(told(&run), BTreeSet::new());
}

/// A change that brings nothing amiss, beside what was amiss already.
fn harmless() -> String {
    let row = format!("notes: [初版] }}\n{ROW}");
    let graded = "graded_on: 2019-06-01 }\n  - { id: yi";
    let more = "graded_on: 2019-06-01, functions: [戶政] }\n  - { id: yi";
    let mut text = PLAN.to_owned();
    for (from, to) in next(&[(graded, more)], &row) {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

#[test]
fn each_finding_says_whether_it_blocks() {
    let weaker = changed(&[
        ("every: 3y", "delegated_to: 程序書"),
        ("grade: D", "grade: ~"),
    ]);
    let same = of(&[(FILE, PLAN)], &[(FILE, &harmless())]);
    for (built, word) in [(&weaker, Some("failure")), (&same, None)] {
        let run = check(built, &[]);
        let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
        let findings = report["findings"].as_array().expect("findings");
        let blocks = |own: &&serde_json::Value| own["blocks"].is_string();
        let blocking: Vec<_> = findings.iter().filter(blocks).collect();
        assert_eq!(report["summary"]["blocking"], blocking.len(), "{}", run.out);
        assert_eq!(
            blocking.first().map(|own| &own["blocks"]),
            word.map(Into::into).as_ref()
        );
    }
    let alone = crate::world::run(&[
        "check",
        "main:plans",
        "--repo",
        &same.path(""),
        "--format",
        "json",
    ]);
    assert!(!alone.out.contains("\"blocks\": \""), "{}", alone.out);
}

/// The same change, where a configuration of the base blocks on all that is amiss.
pub(crate) fn all_blocks(config: &str) -> Built {
    of(
        &[(FILE, PLAN), (config, "gate: { block: all }\n")],
        &[(FILE, &harmless()), (config, "gate: { block: new }\n")],
    )
}

#[test]
fn what_was_there_already_is_shown_and_does_not_block() {
    let built = of(&[(FILE, PLAN)], &[(FILE, &harmless())]);
    let run = check(&built, &[]);
    let statuses: BTreeSet<String> = told(&run).into_iter().map(|told| told.2).collect();
    assert!(statuses.contains("unchanged"), "{}", run.out);
    assert!(!statuses.contains("none"), "{}", run.out);
    let blocking: Vec<_> = told(&run)
        .into_iter()
        .filter(|told| told.2 == "new")
        .collect();
    assert_eq!(run.code, 0, "{blocking:?}");
    let all = all_blocks("plangate.yaml");
    assert_eq!(check(&all, &[]).code, 1, "the base decides what blocks");
}

#[test]
fn what_is_mended_is_fixed() {
    let row = format!("notes: [初版] }}\n{ROW}");
    let built = changed(&next(&[("every: 3y", "every: 1y")], &row));
    let run = check(&built, &[]);
    let fixed = told(&run).into_iter().filter(|told| told.2 == "fixed");
    let fixed: Vec<_> = fixed.map(|told| told.1).collect();
    assert!(
        fixed
            .iter()
            .any(|path| path.starts_with("controls.health_check")),
        "{}",
        run.out
    );
}

/// Each switch, with a row in the change log that names all of it and without.
#[test]
fn no_switch_turns_the_gate_green() {
    let scan = "health_check: { every: 3y }";
    let dated = "issued: 2024-04-01, approver: 局長 }\nbodies";
    let graded = "grade: C, grade_status: approved, graded_on: 2019-06-01";
    let switches: &[(&str, &str, &str)] = &[
        (
            "by law",
            scan,
            "health_check: { by_law: { law: classification } }",
        ),
        ("delegated", scan, "health_check: { delegated_to: D-01 }"),
        (
            "not applicable",
            scan,
            "health_check: { not_applicable: 無此需要 }",
        ),
        ("absent annex", scan, "health_check: { annex: annex-9 }"),
        ("silence", &format!("controls:\n  {scan}\n"), ""),
        (
            "graded later",
            graded,
            "grade: C, grade_status: approved, graded_on: 2026-11-01",
        ),
        ("no graded_on", graded, "grade: C, grade_status: approved"),
        (
            "lower grade",
            graded,
            "grade: E, grade_status: approved, graded_on: 2019-06-01",
        ),
        (
            "dissolved",
            graded,
            "grade: C, grade_status: approved, graded_on: 2019-06-01, status: dissolved",
        ),
        (
            "merged to a lower grade",
            "{ id: yi, name: 乙所, grade: D,",
            "{ id: bing, name: 丙處, merged_from: [yi], grade: E,",
        ),
        (
            "issued earlier",
            dated,
            "issued: 2018-04-01, approver: 局長 }\nbodies",
        ),
        (
            "issued two years ahead",
            dated,
            "issued: 2028-11-21, approver: 局長 }\nbodies",
        ),
    ];
    let row = format!("notes: [初版] }}\n{ROW}");
    let (mut green, mut mended) = (Vec::new(), Vec::new());
    for &(name, from, to) in switches {
        let with_row = check(&changed(&next(&[(from, to)], &row)), &[]);
        if with_row.code != 1 {
            green.push(format!("{name}, with a row"));
        }
        // What fails for another reason now is not mended.
        let all = told(&with_row);
        let fails_anew = |policy: &str| all.iter().any(|told| told.0 == policy && told.2 == "new");
        let fixed = all
            .iter()
            .filter(|told| told.2 == "fixed" && !fails_anew(&told.0));
        mended.extend(fixed.map(|told| format!("{name}: {} at {}", told.0, told.1)));
        if from != dated && check(&changed(&[(from, to)]), &[]).code != 1 {
            green.push(format!("{name}, without"));
        }
    }
    assert_eq!(green, Vec::<String>::new());
    assert_eq!(mended, Vec::<String>::new());
}

/// The law before the first law asks nothing: a date of the change's own would let everything go.
#[test]
fn a_change_does_not_choose_the_law_it_is_judged_by() {
    let built = changed(&[
        (
            "issued: 2024-03-01, approver: 局長 }\nbodies",
            "issued: 2018-12-31, approver: 局長 }\nbodies",
        ),
        ("health_check: { every: 3y }", "health_check: {}"),
    ]);
    for (more, word) in [(&[][..], "指定一日"), (&["--lang", "en"][..], "name a day")] {
        let run = check(&built, &[&["--as-of", "issued"], more].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1);
        assert!(run.err.contains(word), "{}", run.err);
    }
    for day in ["today", "2026-11-20"] {
        assert_eq!(check(&built, &["--as-of", day]).code, 1);
    }
}
