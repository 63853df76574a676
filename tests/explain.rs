//! `--explain`: what the condition that decided saw, in every format that shows it.
//!
//! `explain/pack/` holds four small policies, `explain/plan.yaml` a plan that fails one of them on an
//! element of `all`, leaves one in doubt by `exists`, leaves one unknown behind a delegation, and is
//! silent where one looks. `UPDATE=1 cargo test --test explain` rewrites `tests/goldens/explain/`.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the policies and goldens of this repository"
)]

mod pack;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use plangate::check::Outcome;
use plangate::check::{Judge, Settings, run_example};
use plangate::finding::Verdict;
use plangate::plan::PlanFiles;
use plangate::report::{Format, Options, json, render};
use plangate::text::{Day, Language};

fn here() -> PathBuf {
    pack::folder().with_file_name("tests").join("explain")
}

fn plan() -> PlanFiles {
    let text = fs::read_to_string(here().join("plan.yaml")).expect("the plan");
    plangate::check::example_files(&text).expect("the plan reads")
}

fn outcome(explains: bool) -> Outcome {
    let (pack, problems) = pack::load(&here().join("pack"));
    assert_eq!(problems, Vec::<String>::new());
    let settings = Settings {
        all: false,
        ..Settings::on(Day::constant(2026, 11, 21))
    };
    let judge = Judge::new(&pack, &pack::SCHEMA, settings).explaining(explains);
    judge.outcome(vec![judge.plan(&plan())], "0")
}

fn written(format: Format, language: Language, outcome: &Outcome) -> String {
    let mut out = Vec::new();
    let options = Options {
        language,
        ..Options::default()
    };
    render(format, outcome, options, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("the output is UTF-8")
}

fn check(name: &str, format: Format, language: Language) {
    let found = written(format, language, &outcome(true));
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens/explain")
        .join(name);
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        fs::write(&path, &found).expect("the folder of goldens can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{name} differs; UPDATE=1 rewrites it\n{found}"
    );
}

#[test]
fn text_tells_each_part_with_its_value_and_line() {
    check("explain.txt", Format::Text, Language::ZhTw);
    check("explain.en.txt", Format::Text, Language::En);
}

#[test]
fn markdown_tells_the_same() {
    check("explain.md", Format::Markdown, Language::ZhTw);
    check("explain.en.md", Format::Markdown, Language::En);
}

#[test]
fn json_tells_it_in_both_languages_and_keeps_its_schema() {
    check("explain.json", Format::Json, Language::ZhTw);
    let schema: serde_json::Value = serde_json::from_str(json::SCHEMA).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let report = written(Format::Json, Language::En, &outcome(true));
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn every_verdict_that_a_condition_decided_is_explained() {
    let mut verdicts: Vec<Verdict> = Vec::new();
    for finding in outcome(true).findings {
        let trace = finding.trace.expect("a condition decided");
        assert_eq!(
            trace.has_value,
            finding.verdict != Verdict::Unknown,
            "{}",
            finding.policy
        );
        verdicts.push(finding.verdict);
    }
    verdicts.sort();
    assert_eq!(
        verdicts,
        [
            Verdict::Fail,
            Verdict::Fail,
            Verdict::Doubt,
            Verdict::Unknown
        ]
    );
}

#[test]
fn without_being_asked_nothing_is_explained() {
    let silent = outcome(false);
    assert!(
        silent
            .findings
            .iter()
            .all(|finding| finding.trace.is_none())
    );
    let report = written(Format::Json, Language::En, &silent);
    assert!(!report.contains("\"trace\""), "{report}");
}

#[test]
fn the_command_line_asks_for_it() {
    let plan = here().join("plan.yaml");
    let plan = plan.to_string_lossy();
    let policies = here().join("pack");
    let policies = policies.to_string_lossy();
    let run = |more: &[&str]| {
        let mut arguments = vec!["check", &plan, "--policies", &policies, "--lang", "en"];
        arguments.extend(more);
        world::run(&arguments).out
    };
    assert!(run(&["--explain"]).contains("s = permits"));
    assert!(!run(&[]).contains("s = permits"));
}

#[test]
fn a_policy_is_explained_on_a_plan() {
    let (plan, policies) = (here().join("plan.yaml"), here().join("pack"));
    let (plan, policies) = (plan.to_string_lossy(), policies.to_string_lossy());
    let id = "pack/core-outage-too-long";
    let arguments = [
        "policy",
        "explain",
        id,
        "--policies",
        &policies,
        "--lang",
        "en",
    ];
    let alone = world::run(&arguments);
    let on_plan = world::run(&[&arguments[..], &["--plan", &plan]].concat());
    assert_eq!((alone.code, on_plan.code), (0, 0), "{}", on_plan.err);
    assert!(on_plan.out.starts_with(&alone.out));
    assert!(!alone.out.contains("s = permits"));
    let told = &on_plan.out[alone.out.len()..];
    assert!(
        told.contains("s = permits") && !told.contains("scan-too-seldom"),
        "{told}"
    );
    let absent = world::run(&[&arguments[..], &["--plan", "nowhere.yaml"]].concat());
    assert_eq!(absent.code, 2);
}

#[test]
fn the_policies_of_this_test_do_what_their_examples_say() {
    let (pack, _) = pack::load(&here().join("pack"));
    for policy in pack.policies.values() {
        for example in &policy.examples {
            assert_eq!(
                run_example(&pack, &pack::SCHEMA, policy, example),
                Ok(()),
                "{}",
                policy.id
            );
        }
    }
}
