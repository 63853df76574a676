//! The row that is proposed, written and checked again, over the plans of the fixtures and edits that
//! the schema makes possible.

use std::path::Path;

use plangate::document::{Limits, Node, read};
use plangate::plan::{Draft, Schema};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::base::{check, of};
use crate::edits::{Dice, edit};
use crate::written;

const FILE: &str = "plans/jia/plan.yaml";
const PLANS: [&str; 5] = [
    "fangliao-household-registration",
    "kaohsiung-civil-affairs",
    "keelung-elementary-school",
    "taichung-labor-affairs",
    "taipei-city",
];

/// What no row of the change log can answer: it asks for a document, a date, or the plan as it was.
const BEYOND: [&str; 2] = ["grade-changed-without-approval", "graded-on-withdrawn"];

fn plan(which: usize) -> Json {
    let path = format!("fixtures/plans/{}/plan.yaml", PLANS[which]);
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let (_, parsed) = read("plan.yaml", &bytes.expect("the fixture"), Limits::default());
    written::json(parsed.document.expect("it can be read").root())
}

/// The next edition of a plan: edited anywhere but in what says which edition it is.
fn next(schema: &Schema, old: &Json, seed: u64) -> Json {
    let mut dice = Dice::new(seed);
    let mut new = old.clone();
    for _ in 0..=dice.below(6) {
        edit(schema, &mut new, &mut dice);
    }
    for key in ["history", "header"] {
        new[key] = old[key].clone();
    }
    new["header"]["edition"] = json!("99.1");
    new["header"]["issued"] = json!("2026-11-01");
    new
}

/// The plan with an entry on each line, as people write it.
fn block(plan: &Json) -> String {
    let text = plan.to_string();
    let (_, parsed) = read("plan.yaml", text.as_bytes(), Limits::default());
    let document = parsed.document.expect("it can be read");
    let root: Node<'_> = document.root();
    Draft::of(root).document()
}

/// (policy, path, message) of what the change log is told of.
fn told(out: &str) -> Vec<(String, String, String)> {
    let report: Json = serde_json::from_str(out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let told = findings.map(|own| {
        let message = text(&own["message"]["zh-TW"]);
        (text(&own["policy"]), text(&own["path"]), message)
    });
    told.filter(|told| !BEYOND.contains(&&*told.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_row_of_any_edition_is_found_whole(which in 0..5_usize, seed: u64, is_block: bool) {
        let schema = Schema::builtin();
        let old = plan(which);
        let new = next(&schema, &old, seed);
        let write = |plan: &Json| if is_block { block(plan) } else { plan.to_string() };
        let built = of(&[], &[(FILE, &write(&old))]);
        let path = built.lay(FILE, write(&new).as_bytes());
        let check = || built.changelog(&path, &["--check", "--format", "json"]);
        let unwritten = told(&check().out);
        let run = built.changelog(&path, &["--draft", "--write"]);
        // Some edits touch only what was put back.
        prop_assume!(!run.err.contains("沒有變更"));
        prop_assert_eq!(run.code, 0, "{}", run.err);
        prop_assert_ne!(unwritten, vec![], "something was to be written");
        let run = check();
        prop_assert_eq!(told(&run.out), vec![], "{}", run.err);
    }

    #[test]
    fn what_any_edit_states_no_more_is_put_back_to_be_judged(which in 0..5_usize, seed: u64, is_block: bool) {
        let schema = Schema::builtin();
        let old = plan(which);
        let new = next(&schema, &old, seed);
        let write = |plan: &Json| if is_block { block(plan) } else { plan.to_string() };
        let built = of(&[(FILE, &write(&old))], &[(FILE, &write(&new))]);
        let run = check(&built, &[]);
        prop_assert!(run.out.contains("\"findings\""), "{}", run.err);
        prop_assert!(!run.out.contains("-not-undone"), "{}", run.out);
    }
}
