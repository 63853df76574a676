//! `check --base`: what sets the gate is read from the base, and where it cannot be, nothing is
//! checked. Taken as absent, it would be a looser gate.

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, Oid, Signature, Time};

use crate::base::{FILE, PLAN, all_blocks, of};
use crate::repository::Built;
use crate::world::Run;

const CONFIG: &str = "plangate.yaml";
const WITH_PACK: &str = "packs: [policies/city]\n";

/// A repository with a plan, on whose `main` the given entries are committed on top.
fn with(entries: &[(&str, FileMode, &[u8])]) -> Built {
    let built = of(&[(FILE, PLAN)], &[(FILE, PLAN)]);
    let mut tree = TreeUpdateBuilder::new();
    for (path, mode, bytes) in entries {
        let blob = built.repository.blob(bytes).expect("a blob");
        tree.upsert(*path, blob, *mode);
    }
    commit(&built, &mut tree);
    built
}

fn commit(built: &Built, changes: &mut TreeUpdateBuilder) -> Oid {
    let repository = &built.repository;
    let head = repository.refname_to_id("refs/heads/main").expect("main");
    let head = repository.find_commit(head).expect("a commit");
    let tree = changes.create_updated(repository, &head.tree().expect("a tree"));
    let tree = repository.find_tree(tree.expect("a tree")).expect("a tree");
    let time = Time::new(1_700_000_000, 480);
    let who = Signature::new("甲局", "plans@example.invalid", &time).expect("a signature");
    let main = Some("refs/heads/main");
    let id = repository.commit(main, &who, &who, "gate", &tree, &[&head]);
    id.expect("a commit")
}

fn check(built: &Built) -> Run {
    let repo = built.path("");
    crate::world::run(&["check", "--base", "main", "main~1:plans", "--repo", &repo])
}

/// Nothing is checked, and all of this is said of why.
fn refuses(built: &Built, says: &[&str]) {
    let run = check(built);
    assert_eq!(run.code, 2, "{}", run.out);
    assert_eq!(run.out, "");
    for part in says {
        assert!(run.err.contains(part), "{}", run.err);
    }
}

#[test]
fn a_base_that_can_be_read_is_read() {
    let built = with(&[(CONFIG, FileMode::Blob, b"language: en\n")]);
    let run = check(&built);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("does not block"), "{}", run.out);
}

#[test]
fn what_sets_the_gate_is_no_link() {
    for path in [CONFIG, "waivers.yaml"] {
        let built = with(&[(path, FileMode::Link, b"elsewhere.yaml")]);
        refuses(&built, &[path, "符號連結"]);
    }
}

#[test]
fn what_sets_the_gate_is_not_too_large() {
    let large = "# 過長\n".repeat(120_000);
    for path in [CONFIG, "waivers.yaml"] {
        let built = with(&[(path, FileMode::Blob, large.as_bytes())]);
        refuses(&built, &[path, "1048576"]);
    }
    let built = with(&[
        (CONFIG, FileMode::Blob, WITH_PACK.as_bytes()),
        ("policies/city/large.yaml", FileMode::Blob, large.as_bytes()),
    ]);
    refuses(&built, &["policies/city/large.yaml", "1048576"]);
}

#[test]
fn a_link_with_the_name_of_a_policy_is_not_passed_over() {
    for path in [
        "policies/city/strict.yaml",
        "policies/city/controls/strict.yaml",
    ] {
        let built = with(&[
            (CONFIG, FileMode::Blob, WITH_PACK.as_bytes()),
            (path, FileMode::Link, b"../../strict.yaml"),
        ]);
        refuses(&built, &[path, "符號連結"]);
    }
}

#[test]
#[cfg(unix)]
fn nor_is_it_in_a_work_tree() {
    let aside = "examples: []\n";
    for name in ["strict.yaml", "controls/strict.yaml"] {
        let pack = crate::world::folder(&[("city/controls/a.txt", aside), ("strict.yaml", aside)]);
        let link = pack.path(&format!("city/{name}"));
        std::os::unix::fs::symlink(pack.path("strict.yaml"), &link).expect("a link");
        let run = crate::world::run(&["policy", "lint", &pack.path("city")]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(
            run.err.contains(name) && run.err.contains("符號連結"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_pack_that_is_not_there_or_is_a_link_is_not_an_empty_one() {
    let config = (CONFIG, FileMode::Blob, WITH_PACK.as_bytes());
    refuses(&with(&[config]), &["policies/city"]);
    let link = ("policies/city", FileMode::Link, &b"../elsewhere"[..]);
    refuses(&with(&[config, link]), &["policies/city"]);
}

#[test]
fn a_pack_of_too_many_files_is_not_cut_short() {
    let built = with(&[(CONFIG, FileMode::Blob, WITH_PACK.as_bytes())]);
    let blob = built.repository.blob(b"").expect("a blob");
    let mut pack = built.repository.treebuilder(None).expect("a tree");
    for at in 0..=10_000 {
        let mode = FileMode::Blob.into();
        pack.insert(format!("{at:05}.yaml"), blob, mode)
            .expect("an entry");
    }
    let mut tree = TreeUpdateBuilder::new();
    tree.upsert(
        "policies/city",
        pack.write().expect("a tree"),
        FileMode::Tree,
    );
    commit(&built, &mut tree);
    refuses(&built, &["more than 10000 files"]);
}

/// However the repository and the configuration are named, the gate is that of the base.
#[test]
fn a_gate_is_found_however_it_is_named() {
    let built = all_blocks(CONFIG);
    built.lay(FILE, PLAN.as_bytes());
    let check = |repo: &str, more: &[&str]| {
        let repo = built.path(repo);
        let arguments = ["check", "--base", "main~1", "main:plans", "--repo", &repo];
        crate::world::run(&[&arguments, more].concat())
    };
    let path = built.path(CONFIG);
    let named: [&[&str]; 3] = [&[], &["--config", CONFIG], &["--config", &path]];
    for repo in ["", ".git", "plans", "plans/jia"] {
        for more in named {
            let run = check(repo, more);
            assert_eq!(run.code, 1, "{repo} {more:?}: {}", run.err);
        }
    }
}

#[test]
fn a_file_that_was_named_is_not_taken_as_absent() {
    let built = all_blocks(CONFIG);
    let aside = crate::world::folder(&[(CONFIG, ""), ("city/strict.yaml", "")]);
    let (config, city) = (aside.path(CONFIG), aside.path("city"));
    let nowhere = built.path("nosuch.yaml");
    for (flag, path) in [
        ("--config", "nosuch.yaml"),
        ("--config", &nowhere),
        ("--config", &config),
        ("--policies", "nosuch"),
        ("--policies", &city),
    ] {
        let repo = built.path("");
        let run = |lang| {
            let arguments = ["check", "--base", "main~1", "main:plans", "--repo", &repo];
            crate::world::run(&[&arguments[..], &[flag, path, "--lang", lang]].concat())
        };
        for (lang, word) in [("zh-TW", "先將其併入"), ("en", "merge it there first")] {
            let run = run(lang);
            assert_eq!(run.code, 2, "{path}");
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
            assert!(
                run.err.contains(path) && run.err.contains(word),
                "{}",
                run.err
            );
        }
    }
}

#[test]
fn a_pack_is_found_by_its_path_in_the_work_tree() {
    let built = with(&[("city/strict.yaml", FileMode::Link, b"../strict.yaml")]);
    for typed in ["city".to_owned(), built.path("city"), built.path("city/")] {
        let repo = built.path("");
        let arguments = ["check", "--base", "main", "main~1:plans", "--repo", &repo];
        let run = crate::world::run(&[&arguments[..], &["--policies", &typed]].concat());
        assert_eq!(run.code, 2, "{}", run.out);
        let says = "city/strict.yaml：此檔為符號連結";
        assert!(run.err.contains(says), "{}", run.err);
    }
}
