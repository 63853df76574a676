//! `plangate diff` as a whole: what a bureau reads, what a program reads, and how it ends.

mod world;

use std::path::Path;

use serde_json::Value;
use world::{Run, folder, run};

const STORY: &str = "fixtures/changes/a-year-of-changes";

fn diff(more: &[&str]) -> Run {
    let (before, after) = (
        format!("{STORY}/before/plan.yaml"),
        format!("{STORY}/after/plan.yaml"),
    );
    let mut arguments = vec!["diff", &before, &after];
    arguments.extend(more);
    run(&arguments)
}

/// Compares an output with a whole file; `UPDATE=1` writes it anew.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads and updates its expected files"
)]
fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(STORY).join(name);
    if std::env::var("UPDATE").is_ok_and(|value| !value.is_empty()) {
        std::fs::write(&path, found).expect("the file can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "{name} differs; UPDATE=1 writes it anew\n{found}"
    );
}

#[test]
fn what_a_bureau_reads() {
    golden("changes.txt", &diff(&[]).out);
    golden("changes.md", &diff(&["--format", "markdown"]).out);
    golden(
        "changes.en.md",
        &diff(&["--format", "markdown", "--lang", "en"]).out,
    );
}

#[test]
fn what_a_program_reads_is_what_its_schema_says() {
    let output: Value = serde_json::from_str(&diff(&["--format", "json"]).out).expect("JSON");
    let schema: Value = serde_json::from_str(&run(&["schema", "diff"]).out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<String> = validator
        .iter_errors(&output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(output["plans"][0]["agency"], "甲局");
    assert_eq!(output["plans"][0]["may_weaken"], true);
}

#[test]
fn the_gate_is_what_was_asked_for() {
    let same = format!("{STORY}/before/plan.yaml");
    assert_eq!(diff(&[]).code, 0);
    assert_eq!(diff(&["--fail-on", "weakened"]).code, 1);
    assert_eq!(diff(&["--fail-on", "changed"]).code, 1);
    let run = run(&["diff", &same, &same, "--fail-on", "changed"]);
    assert_eq!(
        (run.code, run.out.contains("內容無變更")),
        (0, true),
        "{}",
        run.out
    );
}

#[test]
fn a_strengthening_does_not_block() {
    let plans = folder(&[
        ("a.yaml", "controls: { password: { min_length: 8 } }\n"),
        ("b.yaml", "controls: { password: { min_length: 12 } }\n"),
    ]);
    let (a, b) = (plans.path("a.yaml"), plans.path("b.yaml"));
    assert_eq!(run(&["diff", &a, &b, "--fail-on", "weakened"]).code, 0);
    assert_eq!(run(&["diff", &b, &a, "--fail-on", "weakened"]).code, 1);
}

#[test]
fn people_read_what_words_are_called_and_programs_the_words() {
    let plan = |counted: &str, who: &str| {
        format!(
            "bodies: [{{ id: jia, name: 甲局, grade: C }}]\n\
             personnel: {{ certificates: [{{ body: jia, people: 2, counted: {counted} }}] }}\n\
             training: {{ rules: [{{ who: [{who}], kind: general, hours: 3 }}] }}\n\
             controls: {{ remote_work: {{ approval: must }} }}\n"
        )
    };
    let plans = folder(&[
        ("a.yaml", &plan("same-person", "managers")),
        ("b.yaml", &plan("total", "managers, users")),
    ]);
    let (a, b) = (plans.path("a.yaml"), plans.path("b.yaml"));
    let shown = |more: &[&str]| run(&[&["diff", &*a, &*b], more].concat()).out;
    for more in [&[][..], &["--format", "markdown"]] {
        let text = shown(more);
        for expected in ["同一人兼具", "合計", "主管、一般使用者／通識或一般"]
        {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        for word in ["same-person", "total", "users", "general"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    assert!(shown(&["--lang", "en"]).contains("by one and the same person"));
    let json = shown(&["--format", "json"]);
    assert!(json.contains("\"same-person\""), "{json}");
}

#[test]
fn what_is_cited_is_called_as_a_document_calls_it() {
    let register = "bodies: [{ id: jia, name: 甲局, grade: C }]\n\
                    systems: [{ id: mail, name: 郵件系統, body: jia }]\n\
                    annexes: [{ id: annex-1, title: 機關清單 }]\n";
    let before = "basis: { laws: [{ law: act, article: 10 }] }\n\
                  controls: { penetration_test: { every: 2y }, vulnerability_scan: { every: 1y } }\n";
    let after = "basis: { laws: [{ law: act, article: 12 }] }\n\
                 controls:\n\
                \x20 penetration_test: { every: { by_law: { law: classification, schedule: 5 } } }\n\
                \x20 vulnerability_scan: { every: { annex: annex-1 } }\n\
                 businesses: [{ name: 民政, body: jia, systems: [mail] }]\n\
                 training: { rules: [{ who: [users], kind: general, for: [C] }] }\n";
    let plans = folder(&[
        ("a.yaml", &format!("{register}{before}")),
        ("b.yaml", &format!("{register}{after}")),
    ]);
    let (a, b) = (plans.path("a.yaml"), plans.path("b.yaml"));
    let text = run(&["diff", &a, &b, "--format", "markdown"]).out;
    for expected in [
        "訂定依據 › 資通安全管理法 第 12 條",
        "依法定內容：資通安全責任等級分級辦法 附表五",
        "於附件：機關清單",
        "所屬機關：甲局，所用資通系統：郵件系統",
        "適用對象：C 級",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    for id in ["jia", "mail", "annex-1", "classification", "：act"] {
        assert!(!text.contains(id), "{id}: {text}");
    }
}

#[test]
fn folders_are_compared_plan_by_plan() {
    let plan = |name: &str| format!("header: {{ title: {name} }}\n");
    let both = folder(&[
        ("base/jia/plan.yaml", &plan("甲")),
        ("base/yi/plan.yaml", &plan("乙")),
        ("base/old/plan.yaml", &plan("舊")),
        ("head/jia/plan.yaml", &plan("甲")),
        ("head/yi/plan.yaml", &plan("乙局")),
        ("head/new/plan.yaml", &plan("新")),
    ]);
    let run = run(&[
        "diff",
        &both.path("base"),
        &both.path("head"),
        "--fail-on",
        "weakened",
    ]);
    assert!(!run.out.contains("jia/plan.yaml"), "{}", run.out);
    for expected in ["yi/plan.yaml", "整份計畫已刪除", "新的計畫"] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    assert_eq!(run.code, 1, "a plan that is gone asks nothing any more");
}

#[test]
fn what_cannot_be_read_is_not_compared() {
    let plans = folder(&[
        ("a.yaml", "header: { title: 甲 }\n"),
        ("b.yaml", "header: [\n"),
    ]);
    let run_ = run(&["diff", &plans.path("a.yaml"), &plans.path("b.yaml")]);
    assert_eq!(run_.code, 2);
    assert!(run_.out.is_empty() && !run_.err.is_empty(), "{}", run_.err);
    assert_eq!(
        run(&["diff", &plans.path("a.yaml"), &plans.path("c.yaml")]).code,
        2
    );
}

#[test]
fn verdicts_that_passed_are_told() {
    let run = diff(&["--verdicts", "--as-of", "111-06-01", "--format", "json"]);
    let output: Value = serde_json::from_str(&run.out).expect("JSON");
    let lost = output["plans"][0]["lost"].as_array().expect("a list");
    let words = |lost: &Value| ["policy", "now"].map(|key| lost[key].as_str().map(str::to_owned));
    let told: Vec<_> = lost.iter().map(words).collect();
    let expected = [
        ["graded-on-missing", "doubt"],
        ["no-core-business", "not_applicable"],
        ["core-system-without-tolerable-outage", "fail"],
    ];
    let expected = expected.map(|pair| pair.map(|word| Some(word.to_owned())));
    assert_eq!(told, expected);
}

#[test]
fn what_is_called_otherwise_is_still_no_longer_met() {
    let plan = |body: &str, system: &str, outage: &str| {
        format!(
            "header: {{ title: 計畫, agency: {body}, issued: 110-12-27 }}\nbodies:\n  \
             - {{ id: {body}, name: 甲局, grade: C, graded_on: 108-05-01 }}\nsystems:\n  \
             - {{ id: {system}, name: 郵件系統, body: {body}, core: true, protection_level: 高{outage} }}\n"
        )
    };
    let (met, not) = (", max_tolerable_interruption: 8h", "");
    let plans = folder(&[
        ("a.yaml", &plan("jia", "mail", met)),
        ("same.yaml", &plan("jia", "mail", not)),
        ("renamed.yaml", &plan("jia2", "post", not)),
    ]);
    let lost = |new: &str| {
        let (a, b) = (plans.path("a.yaml"), plans.path(new));
        let run = run(&[
            "diff",
            &a,
            &b,
            "--verdicts",
            "--as-of",
            "issued",
            "--format",
            "json",
        ]);
        let output: Value = serde_json::from_str(&run.out).expect("JSON");
        let lost = output["plans"][0]["lost"]
            .as_array()
            .expect("a list")
            .clone();
        let policies = lost.iter().map(|lost| lost["policy"].to_string());
        policies.collect::<Vec<_>>()
    };
    assert!(!lost("same.yaml").is_empty());
    assert_eq!(lost("renamed.yaml"), lost("same.yaml"));
}

#[test]
fn a_hostile_value_stays_in_its_cell() {
    let plans = folder(&[
        ("a.yaml", "header: { title: 甲 }\n"),
        (
            "b.yaml",
            "header: { title: \"| x | <script> @octocat\\n# h\" }\n",
        ),
    ]);
    let (a, b) = (plans.path("a.yaml"), plans.path("b.yaml"));
    let run = run(&["diff", &a, &b, "--format", "markdown"]);
    let row = run
        .out
        .lines()
        .find(|line| line.contains("octocat"))
        .expect("the row");
    assert!(
        row.contains("\\| x \\|") && !row.contains("<script>") && !row.contains("@octocat"),
        "{row}"
    );
}

/// The text and the Markdown of what changed between two plans.
fn told(old: &str, new: &str) -> [String; 2] {
    let plans = folder(&[("a.yaml", old), ("b.yaml", new)]);
    let (a, b) = (plans.path("a.yaml"), plans.path("b.yaml"));
    ["text", "markdown"].map(|format| run(&["diff", &a, &b, "--format", format]).out)
}

#[test]
fn of_a_long_list_what_left_it_is_told() {
    let documents: Vec<String> = (1..=40).map(|n| format!("{n} 資通安全程序書")).collect();
    let plan = |documents: &[String]| {
        let list = documents.join(", ");
        format!("controls: {{ vulnerability_scan: {{ delegated_to: [{list}] }} }}\n")
    };
    let outputs = told(&plan(&documents), &plan(&documents[..39]));
    for out in outputs {
        let shown = out.matches("40 資通安全程序書").count();
        assert_eq!(shown, 1, "{out}");
        assert!(!out.contains("1 資通安全程序書、2 "), "{out}");
    }
}

#[test]
fn white_space_that_came_is_seen() {
    let plan = |title: &str| format!("header: {{ title: \"{title}\" }}\n");
    let long = "甲局暨所屬機關資通安全維護計畫（一一一年修正版）";
    for (title, came) in [(long, "\\u{3000}"), ("甲", "\\u{3000}")] {
        let outputs = told(&plan(title), &plan(&format!("{title}\u{3000}")));
        for out in outputs {
            assert!(out.contains(came), "{out}");
            assert!(!out.contains("<ins></ins>"), "{out}");
        }
    }
    let [_, markdown] = told(&plan(long), &plan(&format!("{long}\\n")));
    assert!(markdown.contains("<ins>\\\\n</ins>"), "{markdown}");
}

#[test]
fn what_a_reading_passes_over_is_not_called_unchanged() {
    let old = "controls: { health_check: { every: 1y } }\n";
    for new in [
        "controls: { health_check: { every: 1y, every: 2y } }\n",
        "controls: { health_check: { every: 1y } }\n---\ncontrols: { health_check: { every: 2y } }\n",
    ] {
        let plans = folder(&[("a.yaml", old), ("b.yaml", new)]);
        let diff = run(&["diff", &plans.path("a.yaml"), &plans.path("b.yaml")]);
        let is_told = diff.err.contains("b.yaml 有語法問題");
        assert!(is_told && !diff.err.contains("a.yaml"), "{}", diff.err);
    }
}
