//! `policy lint`, `policy test`, `policy new` and `policy list`, as an author meets them.

#![expect(
    clippy::disallowed_methods,
    reason = "changes the policies that it has made"
)]

mod world;

use std::fs;

use world::{Run, folder, run};

/// The lines a command wrote that hold a word.
fn with<'r>(run: &'r Run, word: &str) -> Vec<&'r str> {
    run.out.lines().filter(|line| line.contains(word)).collect()
}

/// A pack with one policy, just made.
fn made() -> (world::Folder, String) {
    let folder = folder(&[("city/README.txt", "")]);
    let pack = folder.path("city");
    let run = run(&[
        "policy",
        "new",
        "controls/password-too-short",
        "--in",
        &pack,
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    (folder, pack)
}

#[test]
fn a_new_policy_loads_lints_and_tests_from_the_start() {
    let (_folder, pack) = made();
    for language in ["zh-TW", "en"] {
        let lint = run(&["policy", "lint", &pack, "--lang", language]);
        assert_eq!((lint.code, lint.err.as_str()), (0, ""), "{}", lint.out);
        let test = run(&["policy", "test", &pack, "--lang", language]);
        assert_eq!((test.code, test.err.as_str()), (0, ""), "{}", test.out);
    }
    let strict = run(&["policy", "lint", &pack, "--fail-on", "note"]);
    assert_eq!(strict.code, 0, "{}", strict.out);
    let listed = run(&["policy", "list", "--policies", &pack]);
    assert_eq!(
        with(&listed, "city/password-too-short").len(),
        1,
        "{}",
        listed.out
    );
    let text = fs::read_to_string(format!("{pack}/controls/password-too-short.yaml"));
    assert!(text.expect("it is there").matches("填寫：").count() >= 8);
}

#[test]
fn a_policy_that_is_there_is_left_as_it_is() {
    let (_folder, pack) = made();
    let path = format!("{pack}/controls/password-too-short.yaml");
    fs::write(&path, "mine").expect("it is written");
    let again = run(&[
        "policy",
        "new",
        "controls/password-too-short",
        "--in",
        &pack,
    ]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("已存在"), "{}", again.err);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
}

#[test]
fn a_name_that_leads_elsewhere_makes_no_file() {
    let folder = folder(&[("city/README.txt", "")]);
    let pack = folder.path("city");
    for name in [
        "../out/x",
        "x",
        "a/b/c",
        "Controls/x",
        "controls/x.yaml",
        "controls/",
        "a/-b",
        "/etc/x",
    ] {
        let run = run(&["policy", "new", name, "--in", &pack]);
        assert_eq!(run.code, 2, "{name}: {}", run.out);
    }
    assert_eq!(fs::read_dir(&pack).expect("it reads").count(), 1);
}

#[test]
fn a_check_that_no_example_needs_is_told_with_its_place() {
    let (_folder, pack) = made();
    let path = format!("{pack}/controls/password-too-short.yaml");
    let text = fs::read_to_string(&path).expect("it is there");
    let more = "  - { id: long-enough, assert: fact >= params.length }\n  \
                - { id: not-absurd, assert: fact <= 512, verdict: doubt }\n";
    let text = text.replace(
        "  - { id: long-enough, assert: fact >= params.length }\n",
        more,
    );
    let line = text
        .lines()
        .position(|line| line.contains("not-absurd"))
        .expect("it is there")
        + 1;
    fs::write(&path, text).expect("it is written");
    let test = run(&["policy", "test", &path, "--lang", "en"]);
    assert_eq!(test.code, 1, "{}", test.out);
    assert_eq!(
        with(&test, "untested city/password-too-short › not-absurd").len(),
        1,
        "{}",
        test.out
    );
    assert_eq!(
        with(&test, &format!("{path}:{line}:")).len(),
        1,
        "{}",
        test.out
    );
    assert!(test.out.contains("were it always true"), "{}", test.out);
    assert!(
        test.out.contains("6 hold, 0 do not; 1 checks untested"),
        "{}",
        test.out
    );
}

#[test]
fn an_example_that_does_not_hold_says_what_it_came_to() {
    let (_folder, pack) = made();
    let path = format!("{pack}/controls/password-too-short.yaml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("min_length: 11", "min_length: 13")).expect("it is written");
    let test = run(&["policy", "test", &pack, "--lang", "en"]);
    assert_eq!(test.code, 1);
    assert!(
        test.out.contains("fails city/password-too-short › 少一字"),
        "{}",
        test.out
    );
    assert!(test.out.contains("expected fail, got"), "{}", test.out);
}

#[test]
fn what_fails_lint_does_not_load() {
    let plan = (
        "plan.yaml",
        "header: { title: 計畫, agency: jia, issued: 111-04-27 }\n",
    );
    let policy = include_str!("../fixtures/wrong-policies/lint/check-never-fails.yaml");
    let folder = folder(&[plan, ("city/lint/check-never-fails.yaml", policy)]);
    let pack = folder.path("city");
    let lint = run(&["policy", "lint", &pack]);
    assert_eq!(lint.code, 1, "{}", lint.out);
    assert!(
        lint.out.contains("error[policy/never-fails]"),
        "{}",
        lint.out
    );
    let check = run(&["check", &folder.path("plan.yaml"), "--policies", &pack]);
    assert_eq!((check.code, check.out.as_str()), (2, ""));
    assert!(
        check.err.contains("error[policy/never-fails]"),
        "{}",
        check.err
    );
    let test = run(&["policy", "test", &pack]);
    assert_eq!((test.code, test.out.as_str()), (2, ""));
}

#[test]
fn a_warning_is_told_and_loads() {
    let policy = include_str!("../fixtures/wrong-policies/lint/unused-figure.yaml");
    let folder = folder(&[("city/lint/unused-figure.yaml", policy)]);
    let pack = folder.path("city");
    let lint = |fail_on| {
        run(&[
            "policy",
            "lint",
            &pack,
            "--lang",
            "en",
            "--fail-on",
            fail_on,
        ])
    };
    assert_eq!(lint("error").code, 0);
    assert_eq!(lint("warning").code, 1);
    assert_eq!(
        with(&lint("error"), "1 policies load, 0 errors, 2 warnings").len(),
        1
    );
}

#[test]
fn only_what_was_asked_for_is_linted() {
    let whole = run(&["policy", "lint", "fixtures/wrong-policies", "--lang", "en"]);
    let one = run(&[
        "policy",
        "lint",
        "fixtures/wrong-policies/lint/unknown-field.yaml",
        "--lang",
        "en",
    ]);
    assert_eq!((whole.code, one.code), (1, 1));
    assert_eq!(with(&one, "error[").len(), 1, "{}", one.out);
    assert!(with(&whole, "error[").len() > 12);
}

#[test]
fn the_list_is_narrowed_by_grade_day_and_end() {
    let ids = |more: &[&str]| -> Vec<String> {
        let arguments = [&["policy", "list", "--format", "json"], more].concat();
        let listed = run(&arguments);
        assert_eq!(listed.code, 0, "{}", listed.err);
        let json: serde_json::Value = serde_json::from_str(&listed.out).expect("JSON");
        let policies = json["policies"].as_array().expect("a list").iter();
        policies
            .map(|policy| policy["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let has = |ids: &[String], id: &str| ids.iter().any(|other| other == id);
    let staff = "too-few-dedicated-personnel";
    assert!(has(&ids(&["--grade", "C"]), staff) && !has(&ids(&["--grade", "D"]), staff));
    // The detection of endpoints was asked from 2021-08-23 on.
    let edr = "endpoint-detection-missing";
    assert!(has(&ids(&["--edition", "2021-08-23"]), edr));
    assert!(!has(&ids(&["--edition", "2021-08-22"]), edr));
    // The norm by sector ceased on 2026-01-05, without a successor.
    let norm = "notification-norm-of-wrong-sector";
    for day in ["2025-12-31", "2026-01-05"] {
        assert!(has(&ids(&["--ending", "--as-of", day]), norm), "{day}");
    }
    assert!(!has(&ids(&["--ending"]), "high-system-not-core"));
}

#[test]
fn the_columns_line_up_under_full_width_characters() {
    let listed = run(&["policy", "list", "--confidence", "--edition", "2022-01-01"]);
    let rows: Vec<&str> = listed
        .out
        .lines()
        .filter(|line| line.starts_with("  "))
        .collect();
    let column =
        |row: &&str| plangate::text::display_width(row.split("自 民國").next().expect("a part"));
    let columns: std::collections::BTreeSet<usize> = rows.iter().map(column).collect();
    assert!(
        rows.len() > 20 && columns.len() == 1,
        "{columns:?}\n{}",
        listed.out
    );
    assert_eq!(with(&listed, "把握程度").len(), 1);
    let wrong = run(&["policy", "list", "--grade", "F"]);
    assert_eq!(wrong.code, 2);
}
