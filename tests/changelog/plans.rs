//! `check --base`: which plan of the base is which of those that are checked. One that is gone is
//! told, one in a folder of another name is the same, one that is the same byte for byte is let be.

use crate::base::{FILE, PLAN, check, of, told};
use crate::repository::Built;
use crate::world::Run;

const OTHER: &str = "plans/yi/plan.yaml";
/// Not a plan that could be read.
const BROKEN: &str = "header: [\n";

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).expect(&run.err)
}

fn how_many_plans(run: &Run) -> usize {
    let report = json(run);
    report["summary"]["plans"].as_array().expect("plans").len()
}

/// (policy, status) of what is new.
fn new(run: &Run) -> Vec<String> {
    let new = told(run).into_iter().filter(|told| told.2 == "new");
    new.map(|told| told.0).collect()
}

/// Checks the folder of the plans in the work tree against what is committed last.
fn check_work(built: &Built) -> Run {
    let (plans, repo) = (built.path("plans"), built.path(""));
    let arguments = ["check", "--base", "main", &plans, "--repo", &repo];
    crate::world::run(&[&arguments[..], &["--format", "json"]].concat())
}

#[test]
fn a_plan_that_is_taken_away_blocks_at_the_line_where_it_was() {
    let built = of(&[(FILE, PLAN), (OTHER, BROKEN)], &[(FILE, PLAN)]);
    let run = check(&built, &[]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert_eq!(new(&run), ["change/plan-removed"]);
    let report = json(&run);
    let told = report["findings"].as_array().expect("findings").iter();
    let mut told = told.filter(|told| told["policy"] == "change/plan-removed");
    let file = told.next().expect("it is told")["file"].as_str();
    let file = file.expect("a file");
    let (revision, path) = file.split_once(':').expect("a file of a revision");
    assert_eq!((revision.len(), path), (8, OTHER));
}

#[test]
fn a_folder_whose_plans_are_all_taken_away_blocks_and_is_no_mistake_of_who_asks() {
    let built = of(&[(FILE, PLAN)], &[("README.md", "nothing\n")]);
    let repo = built.path("");
    let ask = |path: &str, base: &str| {
        crate::world::run(&[
            "check", "--base", base, path, "--repo", &repo, "--format", "json",
        ])
    };
    // In a revision, and in a work tree that has not even the folder.
    for path in ["main:plans", &*built.path("plans")] {
        let run = ask(path, "main~1");
        assert_eq!(
            (run.code, new(&run)),
            (1, vec!["change/plan-removed".to_owned()]),
            "{path}"
        );
        assert_eq!(
            ask(path, "main").code,
            2,
            "{path}: the base has none either"
        );
    }
}

#[test]
fn a_plan_that_was_not_asked_for_is_not_missed() {
    let built = of(&[(FILE, PLAN), (OTHER, PLAN)], &[(FILE, PLAN)]);
    let repo = built.path("");
    let run = crate::world::run(&[
        "check",
        "--base",
        "main~1",
        "main:plans/jia",
        "--repo",
        &repo,
    ]);
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn a_plan_in_a_folder_of_another_name_is_the_same() {
    let here = "plans/bing/plan.yaml";
    let moved = check(&of(&[(FILE, PLAN)], &[(here, PLAN)]), &[]);
    assert_eq!(new(&moved), [""; 0], "{}", moved.out);
    assert!(!told(&moved).is_empty());
    assert_eq!(moved.code, 0);

    // What changed on the way is told, and only that.
    let worse = PLAN.replace("count: 1", "count: 0");
    let changed = check(&of(&[(FILE, PLAN)], &[(here, &worse)]), &[]);
    assert!(
        new(&changed).contains(&"too-few-dedicated-personnel".to_owned()),
        "{}",
        changed.out
    );
    assert!(
        !new(&changed).contains(&"ciso-not-assigned".to_owned()),
        "{}",
        changed.out
    );
    assert_eq!(changed.code, 1);

    // What was there is named by where it was.
    let gone = PLAN.replace(
        "personnel:\n  dedicated:\n    - { title: 專職人員, count: 1, per: body }\n",
        "",
    );
    let left_out = check(&of(&[(FILE, PLAN)], &[(here, &gone)]), &[]);
    let former = format!(":{FILE}");
    assert!(left_out.out.contains(&former), "{}", left_out.out);
    assert!(
        !left_out.out.contains(&format!(":{here}\"")),
        "{}",
        left_out.out
    );

    // Nothing alike is another plan: one is gone, and one is new.
    let other = check(
        &of(&[(FILE, PLAN)], &[(here, "header: { title: 他計畫 }\n")]),
        &[],
    );
    assert!(
        new(&other).contains(&"change/plan-removed".to_owned()),
        "{}",
        other.out
    );
}

#[test]
fn a_plan_of_the_work_tree_that_is_the_same_is_not_even_parsed() {
    // Parsed, it would be told that neither can be read.
    let files = [
        (FILE, BROKEN),
        ("plans/jia/annexes/a.yaml", "rows: []\n"),
        (OTHER, PLAN),
    ];
    let built = of(&[("plangate.yaml", "{}\n")], &files);
    for (file, text) in files {
        built.lay(file, text.as_bytes());
    }
    let run = check_work(&built);
    assert_eq!(
        (run.code, how_many_plans(&run)),
        (0, 0),
        "{}{}",
        run.out,
        run.err
    );

    // A space at the end of one of them, and its folder is read.
    built.lay(OTHER, format!("{PLAN} ").as_bytes());
    let run = check_work(&built);
    assert_eq!((run.code, how_many_plans(&run)), (0, 1), "{}", run.out);
    built.lay(OTHER, PLAN.as_bytes());

    // So is one with a section more, an annex less, or another one.
    built.lay("plans/jia/training.yaml", b"{}\n");
    assert_eq!(how_many_plans(&check_work(&built)), 1);
    std::fs::remove_file(built.path("plans/jia/training.yaml")).expect("it is there");
    assert_eq!(how_many_plans(&check_work(&built)), 0);
    built.lay("plans/jia/annexes/a.yaml", b"rows: [a]\n");
    assert_eq!(how_many_plans(&check_work(&built)), 1);
    std::fs::remove_file(built.path("plans/jia/annexes/a.yaml")).expect("it is there");
    assert_eq!(how_many_plans(&check_work(&built)), 1);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_same_bytes_is_not_the_same_plan() {
    let built = of(&[("plangate.yaml", "{}\n")], &[(FILE, PLAN)]);
    let aside = built.lay("aside.yaml", PLAN.as_bytes());
    built.lay("plans/jia/none", b"");
    std::fs::remove_file(built.path("plans/jia/none")).expect("it is there");
    std::os::unix::fs::symlink(aside, built.path(FILE)).expect("a link");
    let run = check_work(&built);
    assert_eq!(run.code, 2, "{}", run.out);
}

/// A plan in whose place there is a link to another, named by itself and with its neighbours.
#[cfg(unix)]
#[test]
fn a_link_to_another_plan_is_no_plan() {
    let plans = [(FILE, PLAN), (OTHER, BROKEN)];
    let built = of(&[("plangate.yaml", "{}\n")], &plans);
    let repo = built.path("");
    built.lay(FILE, PLAN.as_bytes());
    std::os::unix::fs::symlink("jia", built.path("plans/yi")).expect("a link");
    for typed in ["plans", "plans/yi", "plans/yi/plan.yaml", "plans/jia/../yi"] {
        let typed = built.path(typed);
        let arguments = ["check", "--base", "main", &typed, "--repo", &repo];
        let run = crate::world::run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!(run.code, 1, "{typed}: {}{}", run.out, run.err);
        let told = told(&run);
        let told = told.iter().any(|told| told.0 == "source/link");
        assert!(told, "{typed}: {}", run.out);
    }
}

/// Of a work tree that the repository is not that of, nobody could say which plans are gone.
#[test]
fn plans_of_another_checkout_are_not_held_against_it() {
    let built = of(
        &[(FILE, PLAN), (OTHER, PLAN)],
        &[("README.md", "nothing\n")],
    );
    let elsewhere = crate::world::folder(&[(FILE, PLAN)]);
    let (plans, repo) = (elsewhere.path("plans"), built.path(""));
    for (lang, word) in [
        ("zh-TW", "以 --repo 指定"),
        ("en", "name its repository with --repo"),
    ] {
        let arguments = ["check", "--base", "main~1", &plans, "--repo", &repo];
        let run = crate::world::run(&[&arguments[..], &["--lang", lang]].concat());
        assert_eq!(run.code, 2, "{}", run.out);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert!(
            run.err.contains(&plans) && run.err.contains(word),
            "{}",
            run.err
        );
    }
}

#[test]
fn what_is_not_known_any_more_is_not_called_a_failure() {
    // Nothing but what an annex that is not there leaves open.
    let plan =
        "header: { title: 計畫, agency: jia }\nbodies: [{ id: jia, name: 甲局, grade: E }]\n";
    let annexed =
        format!("{plan}annexes: [{{ id: a-1, title: 附件一 }}]\nbusinesses: {{ annex: a-1 }}\n");
    let built = of(&[(FILE, plan)], &[(FILE, &annexed)]);
    let repo = built.path("");
    let arguments = ["check", "--base", "main~1", "main:plans", "--repo", &repo];
    let last = |more: &[&str]| {
        let run = crate::world::run(&[&arguments[..], more].concat());
        run.out.lines().last().unwrap_or_default().to_owned()
    };
    let told = last(&[]);
    assert!(
        told.starts_with("阻擋：") && told.contains("處新增無法判定"),
        "{told}"
    );
    let told = last(&["--lang", "en"]);
    assert!(
        told.starts_with("blocks: ") && told.contains("newly unknown"),
        "{told}"
    );
}
