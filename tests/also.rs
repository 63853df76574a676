//! `--also-as-of`: a second law date beside the first, of which only the differences are told. Held
//! against two runs, one on each day.

mod world;

use std::collections::BTreeSet;

use serde_json::Value;
use world::{folder, run};

const PLANS: [&str; 3] = [
    "fixtures/plans/kaohsiung-civil-affairs",
    "fixtures/plans/taichung-labor-affairs",
    "fixtures/plans/fangliao-household-registration",
];

fn json(arguments: &[&str]) -> Value {
    let run = run(&[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err))
}

/// Fingerprints, body by body, with their verdicts.
fn identities(findings: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for finding in findings.as_array().expect("a list") {
        // What is wrong with the form of a file is so on every day.
        if finding["basis"]["kind"] == "format" && finding["judged_on"].is_null() {
            continue;
        }
        let verdict = finding["verdict"].as_str().expect("a word").to_owned();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let bodies = finding["bodies"].as_array().expect("a list");
        if bodies.is_empty() {
            found.insert((text(&finding["fingerprint"]), verdict));
            continue;
        }
        for body in bodies {
            found.insert((text(&body["fingerprint"]), verdict.clone()));
        }
    }
    found
}

#[test]
fn the_differences_are_those_of_two_runs() {
    for plan in PLANS {
        let both = json(&["--as-of", "issued", "--also-as-of", "115-02-01", plan]);
        let first = json(&["--as-of", "issued", plan]);
        let other = json(&["--as-of", "2026-02-01", plan]);
        assert_eq!(
            both["findings"], first["findings"],
            "{plan}: the first stays as it is"
        );
        let also = &both["summary"]["plans"][0]["also"];
        assert_eq!(also["law_date"], "2026-02-01");
        let (first, other) = (
            identities(&first["findings"]),
            identities(&other["findings"]),
        );
        let fingerprints = |of: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            of.iter()
                .map(|(fingerprint, _)| fingerprint.clone())
                .collect()
        };
        let told = |key: &str| also[key].as_array().expect("a list").clone();
        let bodies = |key: &str| -> usize {
            told(key)
                .iter()
                .map(|d| d["bodies"].as_array().map_or(0, Vec::len).max(1))
                .sum()
        };
        let come: Vec<_> = other.difference(&first).collect();
        let (then, now) = (fingerprints(&other), fingerprints(&first));
        assert_eq!(bodies("come"), come.len(), "{plan}");
        assert_eq!(bodies("gone"), now.difference(&then).count(), "{plan}");
        assert!(
            !come.is_empty(),
            "{plan}: six years of law change something"
        );
        for difference in told("come") {
            let fingerprint = difference["fingerprint"]
                .as_str()
                .expect("a text")
                .to_owned();
            let verdict = difference["verdict"].as_str().expect("a word").to_owned();
            assert!(other.contains(&(fingerprint.clone(), verdict.clone())));
            assert!(!first.contains(&(fingerprint, verdict)));
        }
    }
}

#[test]
fn the_same_day_changes_nothing() {
    let run = run(&[
        "check",
        "--as-of",
        "2022-04-27",
        "--also-as-of",
        "111-04-27",
        PLANS[1],
    ]);
    assert!(
        run.out.contains("依民國 111 年 4 月 27 日之法規：並無不同"),
        "{}",
        run.out
    );
    let report = json(&["--as-of", "2022-04-27", PLANS[1]]);
    assert!(report["summary"]["plans"][0]["also"].is_null());
}

#[test]
fn a_plan_that_is_lawful_now_is_told_what_comes() {
    let root = folder(&[(
        "a/plan.yaml",
        "header: { title: 計畫, agency: jia, edition: \"1.0\", approver: 局長, issued: 2022-03-01 }\n\
         bodies: [{ id: jia, name: 甲局, grade: A, sector: government, graded_on: 2019-03-01 }]\n",
    )]);
    let path = root.path("a");
    for (language, more, verdict) in [
        ("zh-TW", "依民國 115 年 3 月 1 日之法規：多 ", "\n    + "),
        ("en", "by the law of 2026-03-01: ", "\n    + "),
    ] {
        let arguments = [
            "--as-of",
            "2018-12-31",
            "--also-as-of",
            "2026-03-01",
            "--lang",
            language,
        ];
        let run = run(&[&["check"], &arguments[..], &[&path]].concat());
        let now = if language == "en" {
            "no failure on the law date; "
        } else {
            "法規日無不符；"
        };
        assert!(run.out.contains(&format!("{now}{more}")), "{}", run.out);
        assert!(run.out.contains(verdict), "{}", run.out);
        assert_eq!(run.code, 0, "the second day never blocks: {}", run.out);
        let sheet =
            self::run(&[&["check", "--format", "markdown"], &arguments[..], &[&path]].concat());
        assert!(sheet.out.contains(more), "{}", sheet.out);
    }
}

#[test]
fn what_is_no_day_is_a_usage_error() {
    for word in ["today", "115年", "soon"] {
        assert_eq!(
            run(&["check", "--also-as-of", word, PLANS[1]]).code,
            2,
            "{word}"
        );
    }
}
