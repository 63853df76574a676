//! The history of one plan: along first parents, across renames of its folder.

use std::sync::Arc;

use plangate::source::git::{Repository, Step};

use crate::builder::{Built, plan, signature};

fn history(built: &Built, path: &str) -> Vec<Step> {
    let repository = Arc::new(Repository::around(&built.folder()).expect("a repository"));
    let revision = repository.revision("HEAD").expect("a head");
    repository.history(&revision, path).expect("whole")
}

fn names(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.plan.name.as_str()).collect()
}

#[test]
fn a_step_is_taken_where_the_folder_of_the_plan_changed() {
    let built = Built::new();
    let files = |edition: &str, section: &str, other: &str| {
        built.files(&[
            ("plans/a/plan.yaml", &plan(edition)),
            ("plans/a/budget.yaml", section),
            ("plans/b/plan.yaml", other),
        ])
    };
    built.commit(built.files(&[("readme.md", "")]), "起");
    let first = built.commit(files("1.0", "{}", "x"), "初版");
    built.commit(files("1.0", "{}", "y"), "別的計畫");
    let section = built.commit(files("1.0", "{ a: 1 }", "y"), "章節檔");
    built.commit(files("1.0", "{ a: 1 }", "z"), "別的計畫");
    let steps = history(&built, "plans/a/plan.yaml");
    let found: Vec<String> = steps
        .iter()
        .map(|step| step.commit.id.to_string())
        .collect();
    assert_eq!(found, [first.to_string(), section.to_string()]);
    assert!(history(&built, "plans/c/plan.yaml").is_empty());
}

#[test]
fn a_plan_is_followed_where_its_folder_is_renamed() {
    let built = Built::new();
    let at = |folder: &str, edition: &str| {
        let other = plan("9.9").replace("第", "另");
        built.files(&[
            (&format!("{folder}/plan.yaml"), &plan(edition)),
            ("plans/other/plan.yaml", &other),
        ])
    };
    built.commit(at("a", "1.0"), "初版");
    built.commit(at("plans/old", "1.0"), "移入 plans");
    built.commit(at("plans/new", "1.1"), "改名並改版");
    // Another plan that goes away in the same commit is not taken for it.
    let alone = built.files(&[("plans/最新/plan.yaml", &plan("1.2"))]);
    built.commit(alone, "再改名，另一份刪除");
    assert_eq!(
        names(&history(&built, "plans/最新/plan.yaml")),
        [
            "a/plan.yaml",
            "plans/old/plan.yaml",
            "plans/new/plan.yaml",
            "plans/最新/plan.yaml"
        ]
    );
}

#[test]
fn a_plan_is_followed_where_its_file_is_renamed() {
    let built = Built::new();
    let at = |path: &str, edition: &str| {
        built.files(&[(path, &plan(edition)), ("plans/readme.md", &plan(edition))])
    };
    built.commit(at("plans/甲.yaml", "1.0"), "一個檔案");
    built.commit(at("plans/jia.yml", "1.1"), "改檔名並改版");
    built.commit(at("plans/jia/plan.yaml", "1.1"), "改為資料夾");
    built.commit(at("jia.yaml", "1.2"), "又改為檔案");
    assert_eq!(
        names(&history(&built, "jia.yaml")),
        [
            "plans/甲.yaml",
            "plans/jia.yml",
            "plans/jia/plan.yaml",
            "jia.yaml"
        ]
    );
}

#[test]
fn of_files_that_went_the_most_alike_is_taken_and_then_the_one_of_the_same_name() {
    let check = |went: &[(&str, &str)], from: &[&str]| {
        let built = Built::new();
        built.commit(built.files(went), "先前");
        built.commit(built.files(&[("b/plan.yaml", &plan("1.1"))]), "移動");
        let history = history(&built, "b/plan.yaml");
        let (now, before) = names(&history)
            .split_last()
            .map(|(now, before)| (*now, before.to_vec()))
            .expect("one");
        assert_eq!((now, before), ("b/plan.yaml", from.to_vec()));
    };
    let (same, other) = (plan("1.1"), plan("1.0"));
    let unlike = plan("1.0").replacen("說明", "另載", 9);
    check(
        &[("a.yaml", &same), ("a/plan.yaml", &same)],
        &["a/plan.yaml"],
    );
    check(
        &[("a.yaml", &other), ("a/plan.yaml", &other)],
        &["a/plan.yaml"],
    );
    // The plan of another agency that goes at the same time is made after the same model.
    check(&[("a.yaml", &same), ("z/plan.yaml", &other)], &["a.yaml"]);
    check(&[("a.yaml", &other), ("z/plan.yaml", &unlike)], &["a.yaml"]);
    check(&[("z/plan.yaml", &unlike)], &["z/plan.yaml"]);
    // What is no YAML is no plan of another name.
    check(&[("plan.txt", &same)], &[]);
}

#[test]
fn a_plan_that_is_like_no_other_is_new() {
    let built = Built::new();
    built.commit(built.files(&[("plans/a/plan.yaml", "# 全然不同\n")]), "甲");
    built.commit(built.files(&[("plans/b/plan.yaml", &plan("1.0"))]), "乙");
    assert_eq!(
        names(&history(&built, "plans/b/plan.yaml")),
        ["plans/b/plan.yaml"]
    );
}

#[test]
fn what_was_merged_counts_when_it_was_merged() {
    let built = Built::new();
    let files = |edition: &str| built.files(&[("plans/a/plan.yaml", &plan(edition))]);
    let first = built.commit(files("1.0"), "初版");
    let draft = built.commit_with(files("1.1"), "草稿\n\nReason: 甲\n", &[first]);
    let fixed = built.commit_with(files("1.2"), "修正\n\nReason: 乙\n", &[draft]);
    let merge = built.commit_with(files("1.2"), "合併", &[first, fixed]);
    built
        .repository
        .reference("refs/heads/main", merge, true, "test")
        .expect("main");
    let steps = history(&built, "plans/a/plan.yaml");
    let found: Vec<String> = steps
        .iter()
        .map(|step| step.commit.id.to_string())
        .collect();
    assert_eq!(found, [first.to_string(), merge.to_string()]);

    let repository = Repository::around(&built.folder()).expect("a repository");
    let merged = repository.merged_by(steps[1].commit.id).expect("whole");
    let reasons: Vec<&str> = merged
        .iter()
        .flat_map(|commit| &commit.trailers)
        .map(|trailer| trailer.value.as_str())
        .collect();
    assert_eq!(reasons, ["甲", "乙"]);
    assert!(
        repository
            .merged_by(steps[0].commit.id)
            .expect("whole")
            .is_empty()
    );
}

#[test]
fn only_annotated_tags_say_something() {
    let built = Built::sound();
    let main = built
        .repository
        .refname_to_id("refs/heads/main")
        .expect("main");
    let object = built.repository.find_object(main, None).expect("a commit");
    built
        .repository
        .tag(
            "jia/1.0",
            &object,
            &signature(),
            "第 1.0 版\n\nApprover: 局長\n",
            false,
        )
        .expect("a tag");
    built
        .repository
        .tag_lightweight("jia/0.9", &object, false)
        .expect("a tag");
    let repository = Repository::around(&built.folder()).expect("a repository");
    let tag = repository
        .tag("jia/1.0")
        .expect("whole")
        .expect("it is annotated");
    assert_eq!(tag.commit.to_string(), main.to_string());
    assert_eq!(tag.trailers[0].value, "局長");
    assert_eq!(tag.on.expect("it has a tagger").to_string(), "2019-02-18");
    for name in ["jia/0.9", "jia/2.0", "../heads/main", "jia 1.0", "", "a\nb"] {
        assert!(repository.tag(name).expect("whole").is_none(), "{name}");
    }
}
