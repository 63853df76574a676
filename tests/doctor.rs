//! `plangate doctor`, over repositories that `plangate init` has made and somebody has spoilt.

#![expect(clippy::disallowed_methods, reason = "spoils what was written")]

mod world;

use std::collections::BTreeMap;
use std::fs;

use git2::{Repository, RepositoryInitOptions};
use world::{Folder, folder, run};

const ACTION: &str = "plangate/plangate@0123456789abcdef0123456789abcdef01234567";
const PEOPLE: &str =
    "people:\n  - { id: a, login: a, account: 1, roles: [{ role: 資通安全長, agency: agency }] }\n";

/// A repository where all that files can tell is as it should be.
fn healthy() -> Folder {
    let folder = folder(&[("README", "")]);
    let root = folder.path("repo");
    let made = run(&[
        "init",
        &root,
        "--grade",
        "C",
        "--agency",
        "甲機關",
        "--action",
        ACTION,
    ]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let roster = format!("{root}/roster.yaml");
    change(&roster, "people: []\n", PEOPLE);
    Repository::init_opts(&root, RepositoryInitOptions::new().initial_head("main"))
        .expect("a repository");
    folder
}

fn change(path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(path).expect("the file");
    assert!(text.contains(old), "{path} has no {old}");
    fs::write(path, text.replace(old, new)).expect("it is written");
}

/// Exit code, and the states of each point by id.
fn examined(folder: &Folder, more: &[&str]) -> (u8, BTreeMap<String, Vec<String>>) {
    let root = folder.path("repo");
    let run = run(&[&["doctor", &root, "--format", "json"], more].concat());
    assert_eq!(run.err, "");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for point in report["points"].as_array().expect("points") {
        let word = |key: &str| point[key].as_str().expect("a word").to_owned();
        states.entry(word("id")).or_default().push(word("state"));
    }
    assert_eq!(report["blocks"].as_bool(), Some(run.code == 1));
    (run.code, states)
}

#[test]
fn what_init_writes_is_well_once_the_roster_has_people() {
    let (code, states) = examined(&healthy(), &["--offline"]);
    assert_eq!(code, 0, "{states:?}");
    for (id, states) in &states {
        let expected = if id == "protection" {
            "skipped"
        } else {
            "good"
        };
        assert!(
            states.iter().all(|state| state == expected),
            "{id}: {states:?}"
        );
    }
    assert_eq!(states["workflow"].len(), 5);
}

#[test]
fn without_a_forge_the_statuses_are_not_said_to_be_protected() {
    let folder = healthy();
    let (code, states) = examined(&folder, &[]);
    assert_eq!(
        (code, states["protection"].as_slice()),
        (1, &["unknown".to_owned()][..])
    );
    let told = run(&["doctor", &folder.path("repo")]);
    assert!(told.out.contains("狀態未受保護"), "{}", told.out);
}

#[test]
fn each_thing_that_is_spoilt_is_told() {
    let spoilt: [(&str, &str, &str, &str, &str, u8); 7] = [
        (
            "roster.yaml",
            "login: a",
            "login: a, x: 1",
            "roster",
            "wrong",
            1,
        ),
        (
            "roster.yaml",
            PEOPLE,
            "people: []\n",
            "approvals",
            "wrong",
            1,
        ),
        (
            "roster.yaml",
            "plans/agency",
            "plans/other",
            "plan",
            "wrong",
            1,
        ),
        (
            "plangate.yaml",
            "plans: [plans]",
            "plan: [plans]",
            "configuration",
            "wrong",
            1,
        ),
        (
            ".github/workflows/plan-gate.yml",
            ACTION,
            "plangate/plangate@v1",
            "workflow",
            "wrong",
            1,
        ),
        (
            ".github/workflows/plan-validate.yml",
            "statuses: read",
            "statuses: write",
            "workflow",
            "attention",
            0,
        ),
        (
            "schema/roster.schema.json",
            "名冊",
            "名單",
            "schema",
            "attention",
            0,
        ),
    ];
    for (file, old, new, id, state, expected) in spoilt {
        let folder = healthy();
        change(&folder.path(&format!("repo/{file}")), old, new);
        let (code, states) = examined(&folder, &["--offline"]);
        let told = states[id].iter().any(|one| one == state);
        assert!(told && code == expected, "{file} {new}: {code} {states:?}");
    }
}

#[test]
fn what_is_missing_is_told() {
    for (file, id) in [
        ("roster.yaml", "roster"),
        ("plangate.yaml", "configuration"),
        (".github/workflows/plan-gate.yml", "workflow"),
    ] {
        let folder = healthy();
        fs::remove_file(folder.path(&format!("repo/{file}"))).expect("it was there");
        let (code, states) = examined(&folder, &["--offline"]);
        assert!(
            states[id].contains(&"wrong".to_owned()),
            "{file}: {states:?}"
        );
        assert_eq!(code, 1);
    }
}

#[test]
fn a_history_that_is_cut_off_and_one_that_is_not_there_are_told() {
    let folder = healthy();
    let shallow = folder.path("repo/.git/shallow");
    fs::write(shallow, "0123456789abcdef0123456789abcdef01234567\n").expect("it is written");
    let (_, states) = examined(&folder, &["--offline"]);
    assert_eq!(states["history"], ["attention"]);
    fs::remove_dir_all(folder.path("repo/.git")).expect("it was there");
    let (code, states) = examined(&folder, &["--offline"]);
    assert_eq!(
        (code, states["history"].as_slice()),
        (1, &["unknown".to_owned()][..])
    );
}

#[test]
fn waivers_that_are_over_are_told() {
    let folder = healthy();
    let waiver = "waivers:\n  - policy: x\n    plan: plans/agency\n    path: controls\n    reason: 汰換中\n    approver: 資通安全長\n    granted: 2025-10-01\n    until: 2026-09-30\n";
    fs::write(folder.path("repo/waivers.yaml"), waiver).expect("it is written");
    let (_, states) = examined(&folder, &["--offline"]);
    assert_eq!(states["waivers"], ["attention"]);
    change(
        &folder.path("repo/waivers.yaml"),
        "2025-10-01",
        "2026-10-01",
    );
    change(
        &folder.path("repo/waivers.yaml"),
        "2026-09-30",
        "2027-09-30",
    );
    let (_, states) = examined(&folder, &["--offline"]);
    assert_eq!(states["waivers"], ["good"]);
}

#[cfg(unix)]
#[test]
fn a_link_instead_of_a_file_could_not_be_examined() {
    let folder = healthy();
    let roster = folder.path("repo/roster.yaml");
    fs::remove_file(&roster).expect("it was there");
    std::os::unix::fs::symlink("/etc/passwd", &roster).expect("a link");
    let run = run(&["doctor", &folder.path("repo"), "--offline"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(!run.err.contains("root:"), "{}", run.err);
}
