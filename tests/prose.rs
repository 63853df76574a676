//! Words found in prose: at their very characters in every style of YAML, cured by what is written
//! instead, and never quoted in full where they are private.

mod pack;
mod world;

use std::sync::LazyLock;

use pack::SCHEMA;
use plangate::check::{Judge, Settings, example_files};
use plangate::finding::{Finding, Verdict};
use plangate::policy::{Pack, Policy};
use plangate::text::parse_day;
use world::{folder, run};

static PACK: LazyLock<Pack> = LazyLock::new(|| pack::load(&pack::folder()).0);

/// The statements of a plan, one in each style.
const PLAN: &str = "header: { agency: jia }
security_policy:
  statements:
    - 個人病例資料
    - '單引號''病例'
    - \"雙引號\\t病例\\u3002\"
    - >-
      折行之文字，
      其中有病例二字，
      逐字找到
    - |
      逐行保留
        病例
    - 續行之文字
      也有病例
";

fn found(policy: &str, plan: &str) -> Vec<Finding> {
    let policy: &Policy = PACK.get(policy).expect("the policy is in the pack");
    let settings = Settings::on(parse_day("2026-11-20").expect("a day"));
    let judge = Judge::new(&PACK, &SCHEMA, settings);
    let files = example_files(plan).expect("the plan reads");
    let (_, mut findings) = judge.policy(&files, policy);
    findings.retain(|finding| matches!(finding.verdict, Verdict::Fail | Verdict::Doubt));
    findings
}

#[test]
fn a_word_is_found_at_its_characters_in_every_style() {
    let findings = found("misspelt-word", PLAN);
    let texts: Vec<&str> = findings
        .iter()
        .map(|finding| finding.place.text())
        .collect();
    assert_eq!(texts, ["病例"; 6]);
    let lines: Vec<usize> = findings
        .iter()
        .map(|finding| finding.place.start().line)
        .collect();
    assert_eq!(lines, [4, 5, 6, 9, 13, 15]);
}

#[test]
fn what_is_written_instead_changes_these_characters_and_nothing_else() {
    let mut plan = PLAN.to_owned();
    for left in (1..=6).rev() {
        let findings = found("misspelt-word", &plan);
        assert_eq!(findings.len(), left);
        let edit = findings[0].write.as_ref().expect("the word to write");
        plan = edit.apply(&plan);
    }
    assert_eq!(plan, PLAN.replace("病例", "病歷"));
}

#[test]
fn each_match_is_a_finding_of_its_own() {
    let plan = "security_policy: { statements: [病例與病例, 病例] }\n";
    let findings = found("misspelt-word", plan);
    let mut prints: Vec<String> = findings
        .iter()
        .map(|finding| finding.fingerprint.to_string())
        .collect();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), 3);
}

#[test]
fn a_private_word_is_in_no_output() {
    let secret = "0900-000-000";
    let text =
        format!("header: {{ agency: jia }}\nsecurity_policy:\n  statements:\n    - {secret}\n");
    let folder = folder(&[("plan.yaml", &text)]);
    for format in ["text", "json", "sarif", "github", "markdown"] {
        let told = run(&["check", &folder.path("plan.yaml"), "--format", format]);
        let about = told.out.contains("personal-data") || told.out.contains("個人聯絡資料");
        assert!(about, "{format}: {}", told.out);
        assert!(!told.out.contains(secret), "{format}: {}", told.out);
    }
}

#[test]
fn a_plan_full_of_matches_is_answered_by_a_thousand() {
    let words = "病例".repeat(50_000);
    for quote in ["", "\""] {
        let escape = if quote.is_empty() { "" } else { "\\t" };
        let plan = format!("security_policy: {{ statements: [{quote}{escape}{words}{quote}] }}\n");
        assert_eq!(found("misspelt-word", &plan).len(), 1000);
    }
}
