//! `plangate init`, as an officer meets it: what it writes is checked by the program itself.

#![expect(clippy::disallowed_methods, reason = "reads what was written")]

mod world;

use std::fs;
use std::path::Path;

use world::{Folder, Run, folder, run};

const ACTION: &str = "plangate/plangate@0123456789abcdef0123456789abcdef01234567";

fn init(folder: &Folder, more: &[&str]) -> Run {
    let root = folder.path("repo");
    let fixed = ["init", &root, "--agency", "甲機關"];
    run(&[&fixed, more].concat())
}

fn made(more: &[&str]) -> Folder {
    let folder = folder(&[("README", "")]);
    let run = init(&folder, more);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    folder
}

fn read(folder: &Folder, path: &str) -> String {
    let path = folder.path(&format!("repo/{path}"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The findings on the plan, by policy, verdict and whether there are lines to write.
fn findings(folder: &Folder) -> Vec<(String, String, bool)> {
    let plan = folder.path("repo/plans");
    let config = folder.path("repo/plangate.yaml");
    let run = run(&["check", &plan, "--config", &config, "--format", "json"]);
    assert_eq!(run.err, "");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let word = |finding: &serde_json::Value, key: &str| {
        finding[key].as_str().unwrap_or_default().to_owned()
    };
    findings
        .map(|f| (word(f, "policy"), word(f, "verdict"), !f["write"].is_null()))
        .collect()
}

/// The plan with every draft taken for true.
fn uncommented(plan: &str) -> String {
    let bare = |line| str::strip_prefix(line, "# ").unwrap_or(line);
    // The first line tells editors the schema, and stays what it is.
    let lines = plan.lines().skip(1).map(bare);
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_first_plan_is_well_formed_and_asserts_nothing() {
    for grade in ["A", "D", "E"] {
        let folder = made(&["--grade", grade]);
        let found = findings(&folder);
        let form: Vec<_> = found
            .iter()
            .filter(|(policy, ..)| policy.contains('/'))
            .collect();
        assert_eq!(form, Vec::<&(String, String, bool)>::new(), "grade {grade}");
        let items = found.iter().filter(|(p, ..)| p == "mandatory-item-missing");
        assert_eq!(
            items.count(),
            13,
            "grade {grade}: every item is still to be written"
        );
    }
}

#[test]
fn the_drafts_are_well_formed_too_and_leave_nothing_that_could_have_been_proposed() {
    for (grade, sector) in [
        ("A", "government"),
        ("C", "government"),
        ("B", "specific_non_government"),
    ] {
        let graded = [
            "--grade",
            grade,
            "--sector",
            sector,
            "--graded-on",
            "2020-01-01",
        ];
        let folder = made(&graded);
        let path = folder.path("repo/plans/agency/plan.yaml");
        let plan = read(&folder, "plans/agency/plan.yaml");
        fs::write(&path, uncommented(&plan)).expect("it is written");
        let found = findings(&folder);
        let form: Vec<_> = found.iter().filter(|(p, ..)| p.contains('/')).collect();
        assert_eq!(
            form,
            Vec::<&(String, String, bool)>::new(),
            "{grade} {sector}\n{plan}"
        );
        let proposed: Vec<_> = found
            .iter()
            .filter(|(policy, verdict, writes)| {
                *writes && verdict == "fail" && policy != "no-bodies"
            })
            .collect();
        assert_eq!(
            proposed,
            Vec::<&(String, String, bool)>::new(),
            "{grade} {sector}\n{plan}"
        );
    }
}

#[test]
fn what_is_asked_of_the_grade_decides_what_is_proposed() {
    let plan = |grade| read(&made(&["--grade", grade]), "plans/agency/plan.yaml");
    let (strict, lenient) = (plan("A"), plan("E"));
    assert!(strict.contains("#   soc:"), "{strict}");
    assert!(!lenient.contains("#   soc:"), "{lenient}");
}

#[test]
fn nothing_is_overwritten_and_nothing_is_written_by_halves() {
    let folder = folder(&[("repo/roster.yaml", "mine\n")]);
    let run = init(&folder, &["--grade", "C"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("roster.yaml"), "{}", run.err);
    assert_eq!(read(&folder, "roster.yaml"), "mine\n");
    assert!(!Path::new(&folder.path("repo/plangate.yaml")).exists());
}

#[test]
fn a_dry_run_lists_and_writes_nothing() {
    let folder = folder(&[("README", "")]);
    let dry = init(&folder, &["--grade", "C", "--dry-run", "--action", ACTION]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(!Path::new(&folder.path("repo")).exists());
    let wet = init(&folder, &["--grade", "C", "--action", ACTION]);
    let files = |run: &Run| -> Vec<String> {
        let lines = run.out.lines().take_while(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    assert_eq!(files(&dry), files(&wet));
    for file in files(&wet) {
        assert!(Path::new(&file).is_file(), "{file}");
    }
}

#[test]
fn without_a_pinned_action_no_workflow_is_written_and_it_is_said() {
    let folder = made(&["--grade", "C"]);
    assert!(!Path::new(&folder.path("repo/.github/workflows")).exists());
    let unpinned = init(
        &folder,
        &["--grade", "C", "--action", "plangate/plangate@v1"],
    );
    assert_eq!(unpinned.code, 2, "{}", unpinned.out);
}

#[test]
fn a_name_that_yaml_would_read_otherwise_stays_a_name() {
    for name in ["甲: 乙 #丙", "@AGENCY@", "\"甲\" {乙}", "true", "'"] {
        let folder = folder(&[("README", "")]);
        let root = folder.path("repo");
        let supervisor = ["--supervisor", name];
        let run = run(&[
            &["init", &root, "--grade", "C", "--agency", name],
            &supervisor[..],
        ]
        .concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let form = findings(&folder);
        assert!(
            form.iter().all(|(policy, ..)| !policy.contains('/')),
            "{name}: {form:?}"
        );
        let roster = read(&folder, "roster.yaml");
        let file = plangate::text::SourceFile::new("roster.yaml", roster);
        let (roster, amiss) = plangate::config::roster::read(&std::sync::Arc::new(file));
        assert!(amiss.is_empty(), "{name}: {amiss:?}");
        assert_eq!(&*roster.agencies["agency"].name, name);
        assert_eq!(&*roster.agencies["supervisor"].name, name);
    }
}

#[test]
fn the_approval_rules_hold_once_the_roster_has_people() {
    use plangate::config::{self, roster};
    use plangate::review::rules::compile;
    use plangate::text::SourceFile;

    let folder = made(&["--grade", "C", "--supervisor", "乙部"]);
    let source = |path: &str, text: String| std::sync::Arc::new(SourceFile::new(path, text));
    let file = source("plangate.yaml", read(&folder, "plangate.yaml"));
    let (config, amiss) = config::read(&file);
    assert!(amiss.is_empty(), "{amiss:?}");
    let day = "2026-11-20".parse().expect("a day");
    let empty = read(&folder, "roster.yaml");
    let (nobody, amiss) = roster::read(&source("roster.yaml", empty.clone()));
    assert!(amiss.is_empty(), "{amiss:?}");
    let (_, findings) = compile(&config.approvals, &file, &nobody, day);
    assert!(
        findings.iter().all(|f| &*f.policy == "approvals/nobody"),
        "{findings:?}"
    );
    assert_eq!(findings.len(), 3, "one for each rule");
    let people = "people:\n\
        - { id: a, login: a, roles: [{ role: 資通安全長, agency: agency }] }\n\
        - { id: b, login: b, roles: [{ role: 機關首長, agency: supervisor }] }\n";
    let (filled, amiss) = roster::read(&source("roster.yaml", empty.replace("people: []", people)));
    assert!(amiss.is_empty(), "{amiss:?}");
    let (_, findings) = compile(&config.approvals, &file, &filled, day);
    assert!(findings.is_empty(), "{findings:?}");
}
