//! Real output against the schemas: ours of the JSON, the OASIS one of SARIF.

use std::process::Command;

use plangate::check::Outcome;
use plangate::finding::{Severity, Verdict};
use plangate::report::{Format, Options};
use serde_json::{Value, json};

use crate::{hostile, sample, written};

const ALL: Options = Options { all: true, ..PLAIN };
const PLAIN: Options = Options {
    language: plangate::text::Language::ZhTw,
    color: false,
    fail_on: Severity::Error,
    all: false,
};

fn parsed(format: Format, outcome: &Outcome, options: Options) -> Value {
    serde_json::from_str(&written(format, outcome, options)).expect("the output is JSON")
}

/// The first error of each output, so that a failing test says where it is wrong.
fn errors(schema: &Value, output: &Value) -> Vec<String> {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("the schema is a schema");
    validator
        .iter_errors(output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn report_schema() -> Value {
    serde_json::from_str(include_str!("../../docs/schema/report.schema.json")).expect("JSON")
}

/// The schema as the `serde-sarif` package carries it: OASIS's own, under draft 7.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the schema where cargo has put it"
)]
fn sarif_schema() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform=host-tuple",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("cargo's metadata");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let carrier = packages
        .iter()
        .find(|package| package["name"] == "serde-sarif");
    let manifest = carrier
        .and_then(|package| package["manifest_path"].as_str())
        .expect("a path");
    let schema = std::path::Path::new(manifest)
        .with_file_name("src")
        .join("schema.json");
    let text = std::fs::read_to_string(schema).expect("the schema");
    // Errata 01 of the standard mends this pattern of a language tag, which is no regular expression.
    let (wrong, mended) = (
        "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$",
        "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$",
    );
    serde_json::from_str(&text.replace(wrong, mended)).expect("JSON")
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = report_schema();
    let hostile = hostile::outcomes().map(|(outcome, _)| outcome);
    for outcome in [sample::outcome(), Outcome::default()]
        .into_iter()
        .chain(hostile)
    {
        for options in [PLAIN, ALL] {
            let output = parsed(Format::Json, &outcome, options);
            assert_eq!(errors(&schema, &output), Vec::<String>::new());
        }
    }
}

#[test]
fn the_schema_of_the_report_refuses_what_is_not_a_report() {
    let schema = report_schema();
    let report = parsed(Format::Json, &sample::outcome(), ALL);
    for (pointer, wrong) in [
        ("/schema", json!(2)),
        ("/findings/0/verdict", json!("maybe")),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/line", json!(0)),
        ("/findings/0/message", json!({ "zh-TW": "甲" })),
        (
            "/findings/0/basis",
            json!({ "kind": "format", "rule": "x", "law": "y" }),
        ),
        ("/findings/0/basis/kind", json!("custom")),
        ("/findings/0/fingerprint", json!("short")),
        ("/findings/0/write/text", Value::Null),
        ("/findings/0", json!({})),
        ("/findings/1/judged_on/first", json!("民國 115 年")),
        ("/summary/plans/0/bodies/0/items", json!([])),
        ("/summary/verdicts/pass", json!(-1)),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(pointer).expect("a place of the report") = wrong;
        assert!(!errors(&schema, &report).is_empty(), "{pointer}");
    }
    let mut report = report;
    report["findings"][0]["surprise"] = json!(true);
    assert!(
        !errors(&schema, &report).is_empty(),
        "a key that the schema does not know"
    );
}

#[test]
fn the_schema_of_the_report_knows_every_word() {
    let schema = report_schema();
    let verdicts: Vec<_> = Verdict::ALL.into_iter().map(Verdict::word).collect();
    assert_eq!(schema["$defs"]["verdict"]["enum"], json!(verdicts));
    let severities: Vec<_> = Severity::ALL
        .into_iter()
        .rev()
        .map(Severity::word)
        .collect();
    assert_eq!(schema["$defs"]["severity"]["enum"], json!(severities));
}

#[test]
fn sarif_is_as_the_standard_says() {
    let schema = sarif_schema();
    let hostile = hostile::outcomes().map(|(outcome, _)| outcome);
    for outcome in [sample::outcome(), Outcome::default()]
        .into_iter()
        .chain(hostile)
    {
        let output = parsed(Format::Sarif, &outcome, ALL);
        assert_eq!(errors(&schema, &output), Vec::<String>::new());
        let read: serde_sarif::sarif::Sarif =
            serde_json::from_value(output).expect("types made from the standard read it");
        assert_eq!(
            read.runs[0].results.as_ref().map(Vec::len),
            Some(outcome.findings.len())
        );
    }
    let mut output = parsed(Format::Sarif, &sample::outcome(), ALL);
    output["runs"][0]["results"][0]["kind"] = json!("maybe");
    assert!(
        !errors(&schema, &output).is_empty(),
        "the schema refuses what the standard does"
    );
}

#[test]
fn the_help_of_a_rule_is_markdown_that_closes_its_emphasis() {
    let output = parsed(Format::Sarif, &sample::outcome(), ALL);
    for rule in output["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
    {
        let help = rule["help"]["markdown"].as_str().expect("markdown");
        let html = comrak::markdown_to_html(help, &comrak::Options::default());
        assert!(!html.contains("**"), "{html}");
    }
}

#[test]
fn sarif_gives_a_level_to_failures_alone() {
    let output = parsed(Format::Sarif, &sample::outcome(), ALL);
    for result in output["runs"][0]["results"].as_array().expect("results") {
        let fails = result["kind"] == "fail";
        assert_eq!(result.get("level").is_some(), fails, "{result}");
        assert_eq!(result["properties"]["verdict"] == "fail", fails, "{result}");
    }
}
