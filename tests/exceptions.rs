//! `waivers.yaml` and `gate.lower`, through the command line: what is accepted stays visible, for the
//! bodies and the days it was accepted for, and what is wrong with an exception stands at its line.

mod world;

use serde_json::Value;
use world::{Folder, folder, run};

/// Two alike bodies that leave two levels out of their protection baseline.
const PLAN: &str = "header: { title: 甲局資通安全維護計畫, agency: jia, issued: 2022-03-01 }
bodies:
  - { id: jia, name: 甲局, grade: C, sector: government, graded_on: 2019-03-01 }
  - { id: yi, name: 乙處, grade: C, sector: government, graded_on: 2019-03-01 }
controls: { baseline: { levels: [高] } }
";
const POLICY: &str = "baseline-level-left-out";

/// A waiver of it, but for what `change` says.
fn waiver(change: &[(&str, &str)]) -> String {
    let mut lines = vec![
        ("policy", POLICY),
        ("plan", "plans/a"),
        ("body", "jia"),
        ("path", "controls.baseline.levels"),
        ("reason", "系統汰換中，已函報"),
        ("approver", "資通安全長"),
        ("granted", "2026-10-01"),
        ("until", "2027-09-30"),
    ];
    for &(key, value) in change {
        match lines.iter_mut().find(|(other, _)| *other == key) {
            Some(line) => line.1 = value,
            None => lines.push((key, value)),
        }
    }
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = lines
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("waivers:\n  - {}\n", lines.join("\n    "))
}

/// A repository of one plan, with its configuration.
fn repository(gate: &str, waivers: &str) -> Folder {
    let plans = folder(&[("plans/a/plan.yaml", PLAN)]);
    let config = format!("plans: [{}]\n{gate}\n", plans.path("plans"));
    #[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
    let write = |name: &str, text: &str| {
        std::fs::write(plans.path(name), text).expect("a file");
    };
    write("plangate.yaml", &config);
    if !waivers.is_empty() {
        write("waivers.yaml", waivers);
    }
    plans
}

/// The exit code and the findings of a rule, or of all exceptions.
fn checked(repository: &Folder, paths: &[&str]) -> (u8, Vec<Value>) {
    let config = repository.path("plangate.yaml");
    let fixed = [
        "check",
        "--config",
        &config,
        "--as-of",
        "2022-04-27",
        "--format",
        "json",
    ];
    let run = run(&[&fixed, paths].concat());
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    (
        run.code,
        report["findings"].as_array().expect("a list").clone(),
    )
}

fn of<'v>(findings: &'v [Value], policy: &str) -> Vec<&'v Value> {
    findings
        .iter()
        .filter(|finding| finding["policy"] == policy)
        .collect()
}

fn bodies(finding: &Value) -> Vec<&str> {
    let bodies = finding["bodies"].as_array().expect("a list");
    bodies
        .iter()
        .filter_map(|body| body["id"].as_str())
        .collect()
}

/// The rule of the one exception that is told, with the words it stands at.
fn told(gate: &str, waivers: &str) -> (String, String) {
    let repository = repository(gate, waivers);
    let (_, findings) = checked(&repository, &[]);
    let rule = |finding: &&Value| {
        let policy = finding["policy"].as_str().expect("a text");
        policy.starts_with("waiver/") || policy.starts_with("gate/")
    };
    let told: Vec<&Value> = findings.iter().filter(rule).collect();
    let [one] = told.as_slice() else {
        panic!("{} are told: {told:?}", told.len());
    };
    let text = if gate.is_empty() {
        waivers.to_owned()
    } else {
        format!("plans\n{gate}\n")
    };
    let line = one["line"]
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .expect("a line");
    let line = text
        .lines()
        .nth(line - 1)
        .unwrap_or_default()
        .trim()
        .to_owned();
    (one["policy"].as_str().expect("a text").to_owned(), line)
}

#[test]
fn what_is_waived_stays_visible_and_holds_for_its_body_alone() {
    let repository = repository("", &waiver(&[]));
    let (_, findings) = checked(&repository, &[]);
    let found = of(&findings, POLICY);
    assert_eq!(found.len(), 2, "{found:?}");
    let verdict = |id: &str| {
        let one = found.iter().find(|finding| bodies(finding) == [id]);
        one.map(|finding| finding["verdict"].as_str().expect("a text"))
    };
    assert_eq!(
        (verdict("jia"), verdict("yi")),
        (Some("waived"), Some("fail"))
    );
    let waived = found
        .iter()
        .find(|f| f["verdict"] == "waived")
        .expect("one");
    let message = waived["message"]["zh-TW"].as_str().expect("a text");
    assert!(
        message.contains("資通安全長核准豁免至民國 116 年 9 月 30 日：系統汰換中，已函報"),
        "{message}"
    );
    assert!(waived["related"].to_string().contains("waivers.yaml"));
}

#[test]
fn a_waived_failure_is_counted_as_waived() {
    let repository = repository("", &waiver(&[]));
    let config = repository.path("plangate.yaml");
    let count = |word: &str| {
        let run = run(&[
            "check",
            "--config",
            &config,
            "--as-of",
            "2022-04-27",
            "--format",
            "json",
        ]);
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        report["summary"]["verdicts"][word]
            .as_u64()
            .expect("a count")
    };
    let (waived, fails) = (count("waived"), count("fail"));
    std::fs::remove_file(repository.path("waivers.yaml")).expect("it is there");
    assert_eq!((waived, count("waived"), count("fail")), (1, 0, fails + 1));
}

#[test]
fn a_waiver_of_another_plan_check_body_or_path_waives_nothing() {
    for change in [
        ("plan", "plans/b"),
        ("check", "no-such-check"),
        ("body", "bing"),
        ("body", ""),
        ("path", "controls.baseline"),
        ("need", "soc"),
    ] {
        let repository = repository("", &waiver(&[change]));
        let (_, findings) = checked(&repository, &[]);
        let found = of(&findings, POLICY);
        assert_eq!(found.len(), 1, "{change:?}");
        assert_eq!(bodies(found[0]), ["jia", "yi"]);
        assert_eq!(found[0]["verdict"], "fail", "{change:?}");
    }
}

#[test]
fn a_waiver_that_is_wrong_or_over_is_told_at_its_line() {
    for (change, rule, line) in [
        (
            &[("policy", "no-such-policy")][..],
            "waiver/unknown-policy",
            "- policy: no-such-policy",
        ),
        (
            &[("policy", "mandatory-item-missing")],
            "waiver/not-waivable",
            "- policy: mandatory-item-missing",
        ),
        (
            &[("granted", "2025-11-19"), ("until", "2026-11-19")],
            "waiver/expired",
            "until: 2026-11-19",
        ),
        (
            &[("granted", "2026-11-21")],
            "waiver/not-yet",
            "granted: 2026-11-21",
        ),
        (
            &[("path", "controls.gcb")],
            "waiver/unused",
            "path: controls.gcb",
        ),
        (
            &[("plan", "plans/b")],
            "waiver/unknown-plan",
            "plan: plans/b",
        ),
    ] {
        assert_eq!(
            told("", &waiver(change)),
            (rule.to_owned(), line.to_owned())
        );
    }
}

#[test]
fn the_last_day_of_a_waiver_is_still_waived() {
    let repository = repository(
        "",
        &waiver(&[("granted", "2025-11-20"), ("until", "115-11-20")]),
    );
    let (_, findings) = checked(&repository, &[]);
    assert_eq!(
        of(&findings, POLICY)
            .iter()
            .filter(|f| f["verdict"] == "waived")
            .count(),
        1
    );
}

#[test]
fn plans_that_were_not_judged_leave_their_waivers_alone() {
    let repository = repository("", &waiver(&[("plan", "plans/b")]));
    let (_, findings) = checked(&repository, &[&repository.path("plans/a")]);
    assert!(!findings.iter().any(|f| {
        f["policy"]
            .as_str()
            .is_some_and(|p| p.starts_with("waiver/"))
    }));
}

#[test]
fn what_the_file_alone_shows_to_be_wrong_stops_the_run_at_its_place() {
    for (change, place) in [
        (&[("until", "2027-10-02")][..], "waivers.yaml:9:12"),
        (&[("until", "2026-09-30")], "waivers.yaml:9:12"),
        (&[("until", "明年")], "waivers.yaml:9:12"),
        (&[("reason", "\" \"")], "waivers.yaml:6:13"),
        (&[("approver", "\"\"")], "waivers.yaml:7:15"),
        (&[("granted", "2026-10")], "waivers.yaml:8:14"),
        (&[("expiry", "2027-01-01")], "waivers.yaml:10:5"),
        (&[("reason", "")], "waivers.yaml:2:"),
    ] {
        let repository = repository("", &waiver(change));
        let run = run(&["check", "--config", &repository.path("plangate.yaml")]);
        assert_eq!(run.code, 2, "{change:?}: {}", run.out);
        assert!(run.err.contains(place), "{change:?}: {}", run.err);
    }
}

#[test]
fn a_lowered_policy_weighs_less_and_says_why() {
    let lower = |policy: &str, to: &str, until: &str| {
        format!(
            "gate:\n  lower:\n    - policy: {policy}\n      to: {to}\n      reason: 汰換中\n      until: {until}"
        )
    };
    let weight = |gate: &str| {
        let repository = repository(gate, "");
        let (_, findings) = checked(&repository, &[]);
        let found = of(&findings, POLICY);
        (
            found[0]["severity"].clone(),
            found[0]["related"].to_string(),
        )
    };
    let (severity, related) = weight(&lower(POLICY, "note", "2026-11-20"));
    assert_eq!(severity, "note");
    assert!(
        related.contains("汰換中") && related.contains("plangate.yaml"),
        "{related}"
    );
    let plain = weight("").0;
    assert_ne!(plain, "note");
    assert_eq!(weight(&lower(POLICY, "note", "2026-11-19")).0, plain);
    for (policy, until, rule, line) in [
        (
            "no-such-policy",
            "2027-01-01",
            "gate/unknown-policy",
            "- policy: no-such-policy",
        ),
        (POLICY, "2026-11-19", "gate/expired", "until: 2026-11-19"),
        (
            "high-system-not-core",
            "2027-01-01",
            "gate/unused",
            "- policy: high-system-not-core",
        ),
        (
            "edition-or-approver-missing",
            "2027-01-01",
            "gate/not-lower",
            "to: warning",
        ),
    ] {
        let found = told(&lower(policy, "warning", until), "");
        assert_eq!(found, (rule.to_owned(), line.to_owned()));
    }
    for missing in ["reason", "until"] {
        let gate = lower(POLICY, "note", "2027-01-01");
        let gate: Vec<&str> = gate
            .lines()
            .filter(|line| !line.contains(missing))
            .collect();
        let repository = repository(&gate.join("\n"), "");
        let run = run(&["check", "--config", &repository.path("plangate.yaml")]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("plangate.yaml:4:"), "{}", run.err);
    }
}

#[test]
fn the_schemas_for_editors_know_what_the_program_reads() {
    for (which, pointer, keys) in [
        (
            "waivers",
            "/properties/waivers/items/properties",
            &[
                "policy", "check", "need", "plan", "body", "path", "reason", "approver", "granted",
                "until",
            ][..],
        ),
        (
            "config",
            "/properties/gate/properties/lower/items/properties",
            &["policy", "to", "reason", "until"],
        ),
    ] {
        let schema: Value = serde_json::from_str(&run(&["schema", which]).out).expect("JSON");
        let properties = schema
            .pointer(pointer)
            .and_then(Value::as_object)
            .expect("there");
        let mut found: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut keys = keys.to_vec();
        found.sort_unstable();
        keys.sort_unstable();
        assert_eq!(found, keys);
    }
}

#[test]
fn each_waiver_that_is_told_has_an_identity_of_its_own() {
    let one = waiver(&[("path", "controls.gcb")]);
    let other = waiver(&[("path", "controls.soc")]);
    let both = format!("{one}{}", other.trim_start_matches("waivers:\n"));
    let (_, findings) = checked(&repository("", &both), &[]);
    let told = of(&findings, "waiver/unused");
    assert_eq!(told.len(), 2);
    assert_ne!(told[0]["fingerprint"], told[1]["fingerprint"]);
}
