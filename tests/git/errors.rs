//! What cannot be read ends with 2 and one sentence that says what to do.

use crate::builder::{Built, plan};
use crate::revisions::check;
use crate::world::folder;

fn refuses(built: &Built, path: &str, words: &[&str]) {
    let run = check(&built.folder(), path);
    assert_eq!(run.code, 2, "{path}: {}{}", run.out, run.err);
    assert_eq!(run.err.lines().count(), 1, "{path}: {}", run.err);
    for word in words {
        assert!(run.err.contains(word), "{path}: {}", run.err);
    }
}

#[test]
fn what_is_not_there_is_named() {
    let built = Built::sound();
    refuses(&built, "nowhere:plans", &["沒有版本「nowhere」"]);
    refuses(&built, "HEAD~7:plans", &["沒有版本「HEAD~7」"]);
    refuses(&built, "HEAD:plan", &["HEAD", "沒有 plan；", "./"]);
    refuses(&built, "HEAD:plans/a/plan.yaml/x", &["沒有"]);
    refuses(&built, "HEAD..HEAD:plans", &["範圍", "A...B"]);
    let tree = built.files(&[("notes/readme.md", "x")]);
    built.commit(tree, "無計畫");
    refuses(&built, "HEAD:notes", &["notes 之下沒有 plan.yaml"]);
    let unrelated = built.commit_with(tree, "另一起點", &[]);
    refuses(
        &built,
        &format!("HEAD...{unrelated}:notes"),
        &["沒有共同祖先"],
    );
    refuses(&built, ":plans/a", &["索引，不予讀取", "HEAD:plans/a"]);
    let outside = folder(&[("plan.yaml", "")]);
    let run = check(outside.path("").as_ref(), "HEAD:plans");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("不在 Git 儲存庫內") && run.err.contains("--repo"),
        "{}",
        run.err
    );
}

/// To fetch cures none of these.
#[test]
fn a_name_of_no_commit_says_what_it_is() {
    let no_fetch = |built: &Built, revision: &str, word: &str| {
        let path = format!("{revision}:plans");
        refuses(built, &path, &[&format!("「{revision}」"), word]);
        let repo = built.folder();
        let repo = repo.to_string_lossy();
        let run = |lang| {
            let arguments = ["check", "--base", revision, "HEAD:plans", "--repo", &repo];
            crate::world::run(&[&arguments[..], &["--lang", lang]].concat())
        };
        for run in [run("zh-TW"), run("en")] {
            assert_eq!(run.code, 2, "{revision}: {}", run.out);
            assert!(!run.err.contains("fetch"), "{}", run.err);
        }
        assert!(run("zh-TW").err.contains(word));
        assert!(run("en").err.is_ascii(), "{}", run("en").err);
    };
    no_fetch(&Built::new(), "HEAD", "尚無提交");
    no_fetch(&Built::new(), "HEAD~1", "尚無提交");
    no_fetch(&Built::new(), "@", "尚無提交");
    let built = Built::sound();
    no_fetch(&built, "HEAD^{tree}", "不是提交");
    let file = built.blob(b"x");
    no_fetch(&built, &file.to_string(), "不是提交");
    no_fetch(&built, "@{u}", "未設上游");
    no_fetch(&built, "main@{upstream}", "未設上游");
}

#[test]
fn a_shallow_clone_answers_for_what_it_has_and_no_more() {
    let built = Built::sound();
    let lost = built
        .repository
        .refname_to_id("refs/heads/main")
        .expect("main");
    let tree = built.files(&[("plans/a/plan.yaml", &plan("1.1"))]);
    let tip = built.commit(tree, "第 1.1 版");
    built.append("shallow", &format!("{tip}\n"));
    built.lose(lost);
    assert_eq!(check(&built.folder(), "HEAD:plans").code, 0);
    let words = ["shallow", "git fetch --unshallow", "fetch-depth: 0"];
    refuses(&built, "HEAD~1:plans", &words);
    refuses(&built, "HEAD...main:plans", &words);
    // A change log that leaves out the editions before would look right.
    let repo = built.folder();
    let log = crate::world::run(&[
        "changelog",
        "HEAD:plans/a",
        "--repo",
        &repo.to_string_lossy(),
    ]);
    assert_eq!((log.code, log.out.as_str()), (2, ""));
    assert!(log.err.contains("git fetch --unshallow"), "{}", log.err);
}

#[test]
fn a_partial_clone_says_how_to_fill_it() {
    let built = Built::new();
    let text = plan("1.0");
    let tree = built.files(&[("plans/a/plan.yaml", &text)]);
    built.commit(tree, "初版");
    built.lose(built.blob(text.as_bytes()));
    refuses(&built, "HEAD:plans", &["git fsck"]);
    built.append(
        "config",
        "[remote \"origin\"]\n\turl = x\n\tpromisor = true\n",
    );
    refuses(&built, "HEAD:plans", &["partial", "--refetch --no-filter"]);
    let extension =
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialclone = origin\n";
    built.append("config", extension);
    refuses(&built, "HEAD:plans", &["partial", "--refetch --no-filter"]);
}

#[test]
fn other_formats_are_refused_by_name() {
    let format = |extension: &str| {
        let built = Built::sound();
        let config =
            format!("[core]\n\trepositoryformatversion = 1\n[extensions]\n\t{extension}\n");
        built.append("config", &config);
        built
    };
    refuses(
        &format("objectformat = sha256"),
        "HEAD:plans",
        &["SHA-256", "--object-format=sha1"],
    );
    refuses(
        &format("refstorage = reftable"),
        "HEAD:plans",
        &["reftable", "--ref-format=files"],
    );
    refuses(&format("unheardof = true"), "HEAD:plans", &["unheardof"]);
}

#[cfg(unix)]
#[test]
fn somebody_elses_repository_is_not_read_unless_trusted() {
    use std::os::unix::fs::{MetadataExt, chown};

    let built = Built::sound();
    let folder = built.folder();
    let us = folder.metadata().expect("it is ours").uid();
    let path = built.repository.path().to_owned();
    let given = chown(&folder, Some(us + 1), None).and_then(|()| chown(&path, Some(us + 1), None));
    if given.is_err() {
        // Only root may give a folder away; the sorting of the error has a test of its own.
        return;
    }
    // Git takes the whole path of its top alone, wherever in it the command runs.
    let top = folder.canonicalize().expect("it is there");
    let remedy = format!("safe.directory {}", top.display());
    refuses(&built, "HEAD:plans", &["其他使用者", &remedy]);
    let below = folder.join("plans");
    std::fs::create_dir_all(&below).expect("it is ours");
    let run = check(&below, "HEAD:plans");
    assert!(run.err.trim_end().ends_with(&remedy), "{}", run.err);
}

#[test]
fn a_tree_with_too_many_paths_is_refused_in_time() {
    let built = Built::new();
    let mut tree = built.files(&[("plan.yaml", &plan("1.0"))]);
    let names: Vec<String> = (0..10).map(|n| format!("f{n}")).collect();
    for _ in 0..12 {
        let entries: Vec<_> = names
            .iter()
            .map(|name| (name.as_bytes(), crate::builder::TREE, tree))
            .collect();
        tree = built.tree(&entries);
    }
    built.commit(tree, "十的十二次方份計畫");
    refuses(&built, "HEAD:", &["檔案過多"]);
    for _ in 0..80 {
        tree = built.tree(&[(b"f", crate::builder::TREE, tree)]);
    }
    built.commit(tree, "過深");
    refuses(&built, "HEAD:", &["過深"]);
}
