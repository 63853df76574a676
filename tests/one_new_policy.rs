//! A policy is one new file: put into a pack, every command and format knows it, with nothing else
//! touched.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the policies of this repository"
)]

mod pack;
mod world;

use std::fs;
use std::path::Path;

use plangate::check::{Judge, Settings, example_files};
use plangate::policy::Pack;
use plangate::report::{self, Format, Options};
use plangate::text::Day;
use world::{Run, folder, run};

/// One file: a duty that no other policy knows.
const POLICY: &str = "
title: { zh-TW: 未載明通行碼長度, en: No password length }
why: 甲市之資通安全規範要求載明通行碼長度。
severity: error
applies_to: { sector: [government], grade: [A, B, C] }
each: bodies
fact: controls.password.min_length
checks:
  - { id: long, assert: 'fact >= params.length' }
message: { zh-TW: '{body.name}之通行碼長度為 {fact}，應至少 {params.length}', en: '{body.name}: passwords of {fact}, at least {params.length} required' }
messages:
  silent: { zh-TW: '{body.name}未載明通行碼長度，應至少 {params.length}', en: '{body.name}: no password length, at least {params.length} required' }
help: { zh-TW: 於 controls.password 載明 min_length, en: state min_length under controls.password }
write: { set: '{params.length}' }
params: { length: 12 }
editions:
  - { from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }
examples:
  - { name: 恰足, expect: pass, plan: { bodies: [{ name: 甲局, grade: C }], controls: { password: { min_length: 12 } } } }
  - { name: 過短, expect: fail, check: long, plan: { bodies: [{ name: 甲局, grade: C }], controls: { password: { min_length: 11 } } } }
  - { name: 未載, expect: fail, plan: { bodies: [{ name: 甲局, grade: C }] } }
";

const PLAN: &str = "header: { title: 甲局資通安全維護計畫, agency: jia, issued: 2026-03-01 }
bodies: [{ id: jia, name: 甲局, grade: C, graded_on: 2019-03-01 }]
controls: { password: { min_length: 8 } }
";

const ID: &str = "password-length-not-stated";

/// Every file below a folder, by its path from there.
fn files(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder reads") {
        let path = entry.expect("the entry reads").path();
        if path.is_dir() {
            files(root, &path, found);
            continue;
        }
        let below = path.strip_prefix(root).expect("it is below");
        let text = fs::read_to_string(&path).expect("the file reads");
        found.push((below.to_string_lossy().replace('\\', "/"), text));
    }
}

#[test]
fn a_local_pack_of_one_file_is_listed_explained_and_judged_by() {
    let file = format!("city/controls/{ID}.yaml");
    let folder = folder(&[(&file, POLICY), ("plan.yaml", PLAN)]);
    let (pack, plan) = (folder.path("city"), folder.path("plan.yaml"));
    let id = format!("city/{ID}");

    let Run {
        code,
        out: listed,
        err,
    } = run(&["policy", "list", "--policies", &pack]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        listed.contains(&id) && listed.contains("未載明通行碼長度"),
        "{listed}"
    );

    let Run {
        code,
        out: explained,
        err,
    } = run(&["policy", "explain", &id, "--policies", &pack]);
    assert_eq!((code, err.as_str()), (0, ""));
    for part in [
        "甲市之資通安全規範",
        "fact >= params.length",
        "12",
        "過短",
        &format!("{ID}.yaml"),
    ] {
        assert!(explained.contains(part), "{part}: {explained}");
    }

    let Run {
        code, out: text, ..
    } = run(&["check", &plan, "--policies", &pack]);
    assert_eq!(code, 1);
    assert!(
        text.contains(&id) && text.contains("甲局之通行碼長度為 8，應至少 12"),
        "{text}"
    );
    let Run { out: without, .. } = run(&["check", &plan]);
    assert!(!without.contains(ID), "{without}");

    let Run { out: sarif, .. } = run(&["check", &plan, "--policies", &pack, "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif).expect("SARIF is JSON");
    let of_run = &log["runs"][0];
    let rules = of_run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["id"] == *id), "{sarif}");
    let results = of_run["results"].as_array().expect("results");
    let own: Vec<_> = results
        .iter()
        .filter(|result| result["ruleId"] == *id)
        .collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["level"], "error");
    assert_eq!(
        own[0]["locations"][0]["physicalLocation"]["region"]["startLine"],
        3
    );
}

#[test]
fn a_file_added_to_the_whole_pack_is_a_policy_of_it() {
    let mut copied = Vec::new();
    files(&pack::folder(), &pack::folder(), &mut copied);
    copied.push((format!("controls/{ID}.yaml"), POLICY.to_owned()));
    let copied: Vec<(&str, &str)> = copied
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let folder = folder(&copied);
    let (before, _) = pack::load(&pack::folder());
    let (pack, problems) = pack::load(Path::new(&folder.path("")));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(pack.policies.len(), before.policies.len() + 1);

    let day = Day::constant(2026, 4, 1);
    let mut listed = Vec::new();
    let language = Options::default().language;
    let choice = report::policy::Choice {
        day,
        in_force: false,
        grade: None,
        ending: false,
        confidence: false,
    };
    report::policy::list(&pack, &choice, language, &mut listed).expect("the list is written");
    assert!(String::from_utf8_lossy(&listed).contains(ID));

    let policy = pack.get(ID).expect("the policy is there");
    let mut explained = Vec::new();
    report::policy::explain(policy, day, language, &mut explained).expect("it is written");
    assert!(String::from_utf8_lossy(&explained).contains("甲市之資通安全規範"));
    for example in &policy.examples {
        let told = plangate::check::run_example(&pack, &pack::SCHEMA, policy, example);
        assert_eq!(told, Ok(()), "{}", example.name);
    }

    for format in [
        Format::Text,
        Format::Sarif,
        Format::Json,
        Format::Markdown,
        Format::Github,
    ] {
        let rendered = rendered(&pack, day, format);
        assert!(
            rendered.contains(ID) || rendered.contains("通行碼長度"),
            "{}",
            format.word()
        );
    }
}

fn rendered(pack: &Pack, day: Day, format: Format) -> String {
    let judge = Judge::new(pack, &pack::SCHEMA, Settings::on(day));
    let files = example_files(PLAN).expect("the plan reads");
    let outcome = judge.outcome(vec![judge.plan(&files)], "0");
    let mut out = Vec::new();
    report::render(format, &outcome, Options::default(), &mut out).expect("it is written");
    String::from_utf8(out).expect("UTF-8")
}
