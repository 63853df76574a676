//! The command line, in process: exit codes, streams, languages, what is refused and how.

mod world;

use std::collections::BTreeSet;

use serde_json::Value;
use world::{Run, folder, run, run_with};

const SOUND: &str = "header: { title: 計畫, agency: jia, issued: 111-04-27 }\n";

#[test]
fn plans_with_defects_end_with_1_and_name_the_article() {
    let run = run(&[
        "check",
        "fixtures/plans/kaohsiung-civil-affairs",
        "--as-of",
        "issued",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("error[no-core-business]"), "{}", run.out);
    assert!(
        run.out
            .contains("資通安全管理法施行細則 第 6 條第 1 項第 1 款")
    );
    assert!(run.err.is_empty(), "{}", run.err);
}

#[test]
fn the_gate_decides_what_blocks() {
    let plan = "header: { title: 計畫, agency: jia, issued: 2018-01-01, edition: \"1.0\" }\n\
                bodies: [{ id: jia, name: 甲機關, grade: E }]\n";
    // Before the first edition of the law nothing is asked of anybody.
    let early = run_with(&["check", "-", "--as-of", "2018-06-01"], plan.as_bytes());
    assert_eq!(early.code, 0, "{}", early.out);
    let strict = [
        "check",
        "-",
        "--as-of",
        "2019-02-01",
        "--fail-on",
        "warning",
    ];
    assert_eq!(run_with(&strict, plan.as_bytes()).code, 1);
}

#[test]
fn every_format_is_the_same_on_every_run() {
    for format in ["text", "json", "sarif", "github", "markdown"] {
        let arguments = [
            "check",
            "fixtures/plans",
            "--as-of",
            "2026-11-20",
            "--format",
            format,
        ];
        let (first, second) = (run(&arguments), run(&arguments));
        assert_eq!(first.out, second.out, "{format}");
        assert!(!first.out.is_empty(), "{format}");
    }
}

#[test]
fn english_says_what_chinese_says() {
    let arguments = [
        "check",
        "fixtures/plans/taichung-labor-affairs",
        "--as-of",
        "issued",
    ];
    let english = run(&[&arguments[..], &["--lang", "en"]].concat());
    assert!(
        english.out.contains("error[ciso-not-assigned]"),
        "{}",
        english.out
    );
    assert!(!english.out.contains("依據："), "{}", english.out);
}

#[test]
fn a_wrong_argument_ends_with_2_and_says_so() {
    for arguments in [
        &["check", "--format", "xml"][..],
        &["check", "--as-of", "昨天"],
        &["check", "--lang", "fr"],
        &["check", "fixtures/nowhere"],
        &["policy", "explain", "no-such-policy"],
        &["chekc"],
    ] {
        let Run { code, err, out } = run(arguments);
        assert_eq!(code, 2, "{arguments:?}: {out}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_policy_id_that_is_nearly_right_is_proposed() {
    let run = run(&["policy", "explain", "no-core-busines"]);
    assert!(run.err.contains("no-core-business"), "{}", run.err);
}

#[test]
fn a_plan_comes_through_standard_input() {
    let run = run_with(&["check", "-", "--as-of", "issued"], SOUND.as_bytes());
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("<stdin>:"), "{}", run.out);
    assert!(run.out.contains("no-bodies"), "{}", run.out);
}

#[test]
fn a_plan_that_breaks_off_is_told_at_its_place_and_the_others_are_judged() {
    let root = folder(&[
        (
            "plans/broken/plan.yaml",
            "header: { title: 計畫\nbodies:\n  - [\n",
        ),
        ("plans/sound/plan.yaml", SOUND),
    ]);
    let run = run(&[
        "check",
        root.path("plans").as_str(),
        "--format",
        "json",
        "--as-of",
        "issued",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("syntax/"), "{}", run.out);
    assert!(run.out.contains("no-bodies"), "{}", run.out);
    let broken: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.contains("broken/plan.yaml"))
        .collect();
    assert!(!broken.is_empty(), "{}", run.out);
}

#[test]
fn many_plans_are_judged_together_and_told_one_by_one() {
    // Two of these are more than is judged together.
    let long = format!("{SOUND}{}", "# 註\n".repeat(60_000));
    let kinds = [
        SOUND,
        &long,
        include_str!("../fixtures/plans/fangliao-household-registration/plan.yaml"),
        "header: { title: 計畫\nbodies:\n  - [\n",
        "header: { agency: jia }\nbodies: [{ id: jia, name: 甲局, grade: C }]\n",
    ];
    let names: Vec<String> = (0..60)
        .map(|at| format!("plans/{at:02}/plan.yaml"))
        .collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), kinds[at % kinds.len()]))
        .collect();
    let root = folder(&files);
    let plans = root.path("plans");
    let run = run(&["check", &plans, "--format", "json", "--as-of", "2026-11-20"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let all = report["findings"].as_array().expect("findings");
    let files: Vec<&str> = all.iter().filter_map(|f| f["file"].as_str()).collect();
    assert!(files.is_sorted(), "{files:?}");
    let told = |at: usize| {
        let name = root.path(&names[at]);
        let own = all
            .iter()
            .filter(|finding| finding["file"] == name.as_str());
        let keys = ["policy", "check", "verdict", "line", "column", "message"];
        let told = own.map(|finding| keys.map(|key| finding[key].to_string()));
        // What stands at one place is in the order of fingerprints, which name the folder.
        told.collect::<BTreeSet<_>>()
    };
    for at in 0..names.len() {
        assert!(!told(at).is_empty(), "{at}");
        assert_eq!(told(at), told(at % kinds.len()), "{at}");
    }
}

#[test]
fn a_configuration_is_read_and_its_mistakes_stand_at_their_place() {
    let root = folder(&[
        ("plangate.yaml", "language: en\nplan: [plans]\n"),
        ("plans/a/plan.yaml", SOUND),
    ]);
    let config = root.path("plangate.yaml");
    let refused = run(&["check", "--config", &config]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert!(refused.err.contains("plangate.yaml:2:1"), "{}", refused.err);
    let root = folder(&[(
        "plangate.yaml",
        "language: en\ngate: { fail_on: warning }\n",
    )]);
    let config = root.path("plangate.yaml");
    let run = run(&[
        "check",
        "fixtures/plans/taichung-labor-affairs",
        "--config",
        &config,
    ]);
    assert!(
        run.out.contains("core-business-named-as-system"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("依據："), "{}", run.out);
}

#[test]
fn an_annex_outside_of_the_folder_is_never_read() {
    let root = folder(&[
        ("secret.yaml", "bodies: [{ id: x, name: 不應讀到 }]\n"),
        (
            "plans/a/plan.yaml",
            "header: { title: 計畫 }\nbodies: { annex: n }\n\
             annexes: [{ id: n, title: 附件, path: ../../secret.yaml }]\n",
        ),
    ]);
    let run = run(&["check", root.path("plans").as_str()]);
    assert!(run.out.contains("shape/annex-outside"), "{}", run.out);
    assert!(!run.out.contains("不應讀到"), "{}", run.out);
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed() {
    let root = folder(&[
        ("secret.yaml", "header: { title: 不應讀到 }\n"),
        ("plans/a/x.txt", ""),
    ]);
    let link = root.path("plans/a/plan.yaml");
    std::os::unix::fs::symlink(root.path("secret.yaml"), link).expect("a link");
    let run = run(&["check", root.path("plans").as_str()]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(!run.out.contains("不應讀到") && !run.err.contains("不應讀到"));
}

#[test]
fn hostile_files_get_an_answer() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n";
    let cases = [
        ("bomb", bomb.to_owned()),
        ("brackets", "[".repeat(100_000)),
        ("dashes", "- ".repeat(100_000)),
        ("braces", "{a: ".repeat(100_000)),
        ("long line", format!("a: {}\n", "字".repeat(4 << 20 >> 2))),
        ("four mebibytes", "a: b\n".repeat(4 << 18)),
        (
            "twice",
            "header: { title: a }\nheader: { title: b }\n".to_owned(),
        ),
        ("cut off", "header: { title: 計畫, agency: \"ji".to_owned()),
        (
            "control",
            "header: { title: \u{202e}計畫\u{7} }\n".to_owned(),
        ),
        ("empty", String::new()),
        ("list", "- a\n- b\n".to_owned()),
        ("word", "計畫".to_owned()),
    ];
    for (name, text) in cases {
        for format in ["text", "json"] {
            let run = run_with(&["check", "-", "--format", format], text.as_bytes());
            assert!(run.code <= 1, "{name}: {}", run.err);
            assert!(!run.out.is_empty(), "{name}");
        }
    }
    let random: Vec<u8> = (0..200_000_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1])
        .collect();
    assert!(run_with(&["check", "-"], &random).code <= 1);
}

#[test]
fn schemas_are_printed_and_are_json() {
    for which in ["plan", "config", "waivers", "report"] {
        let run = run(&["schema", which]);
        let json: serde_json::Value = serde_json::from_str(&run.out).expect("it is JSON");
        assert!(json["$schema"].is_string(), "{which}");
    }
}

#[test]
fn completions_know_the_commands() {
    assert!(run(&["completions", "bash"]).out.contains("explain"));
}

#[test]
fn a_policy_is_explained_by_edition() {
    let run = run(&["policy", "explain", "health-check-insufficient"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for part in ["民國 115 年 1 月 7 日", "附表一", "資通安全健診", "範例"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(
        self::run(&["policy", "list"])
            .out
            .contains("health-check-insufficient")
    );
}
