//! `REV:PATH` wherever a path is taken, in every kind of repository.

use std::path::Path;

use crate::builder::{Built, plan, signature};
use crate::world::{Run, run};

pub(crate) fn check(repo: &Path, path: &str) -> Run {
    let repo = repo.to_string_lossy();
    run(&["check", path, "--repo", &repo, "--as-of", "2018-06-01"])
}

const BROKEN: &str = "header: { title: 計畫, agency: jia }\nbodies: [\n";

#[test]
fn a_revision_is_checked_as_its_files_would_be() {
    let built = Built::new();
    let texts = [
        ("plans/a/plan.yaml", "header: { title: 甲 }\nnonsense: 1\n"),
        (
            "plans/a/bodies.yaml",
            "[{ id: jia, name: 甲機關, grade: Q }]\n",
        ),
        ("plans/a/annexes/one.yaml", "systems: [{ id: s }]\n"),
        ("plans/b/plan.yaml", BROKEN),
    ];
    built.commit(built.files(&texts), "初版");
    let laid = crate::world::folder(&texts);
    let expected = run(&["check", &laid.path("plans"), "--as-of", "2018-06-01"]);
    let found = check(&built.folder(), "HEAD:plans");
    let prefix = format!("{}/", laid.path("").trim_end_matches('/'));
    assert!(
        expected.out.contains("plans/a/bodies.yaml"),
        "{}",
        expected.out
    );
    assert_eq!(found.out, expected.out.replace(&prefix, ""));
    assert_eq!((found.code, expected.code), (1, 1));
}

#[test]
fn a_path_begins_at_the_top_or_with_a_dot_where_we_are() {
    let built = Built::sound();
    let here = built.folder().join("plans");
    std::fs::create_dir_all(&here).expect("it is ours");
    for (repo, path) in [
        (built.folder(), "HEAD:plans/a/plan.yaml"),
        (built.folder(), "HEAD:"),
        (here.clone(), "HEAD:plans"),
        (here.clone(), "HEAD:./a"),
        (here.clone(), "HEAD:../plans//a/"),
    ] {
        let run = check(&repo, path);
        assert_eq!(run.code, 0, "{path}: {}{}", run.out, run.err);
    }
    assert_eq!(check(&here, "HEAD:./plans").code, 2);
    assert_eq!(check(&here, "HEAD:../../plans").code, 2);
}

#[test]
fn bare_repositories_and_added_work_trees_are_read() {
    let bare = Built::bare();
    let tree = bare.files(&[("plans/a/plan.yaml", &plan("1.0"))]);
    bare.commit(tree, "初版");
    assert_eq!(check(&bare.folder(), "HEAD:plans").code, 0);

    let built = Built::sound();
    let added = built.beside("added");
    built
        .repository
        .worktree("added", Path::new(&added), None)
        .expect("a work tree");
    // Where two plans are read at once, the second handle is opened by the path of the first.
    let handle = git2::Repository::open(&added).expect("a repository");
    let second = git2::Repository::open(handle.path()).expect("a repository");
    assert!(second.is_worktree() && second.head().is_ok());
    let run = check(Path::new(&added), "added:plans");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(check(Path::new(&added), "HEAD:./plans").code, 0);
}

#[test]
fn tags_ancestors_and_merge_bases_are_revisions() {
    let built = Built::sound();
    let first = built
        .repository
        .refname_to_id("refs/heads/main")
        .expect("main");
    let commit = built.repository.find_object(first, None).expect("a commit");
    built
        .repository
        .tag("jia/1.0", &commit, &signature(), "第 1.0 版", false)
        .expect("a tag");
    let broken = built.files(&[("plans/a/plan.yaml", BROKEN)]);
    let side = built.commit_with(broken, "旁支", &[first]);
    built
        .repository
        .reference("refs/heads/side", side, true, "test")
        .expect("a branch");
    built.commit(broken, "弄壞");
    for (path, code) in [
        ("HEAD:plans", 1),
        ("HEAD~1:plans", 0),
        ("jia/1.0:plans", 0),
        ("HEAD^{/弄壞}:plans", 1),
        ("main...side:plans", 0),
        ("...side:plans", 0),
        (&format!("{first}:plans"), 0),
    ] {
        let run = check(&built.folder(), path);
        assert_eq!(run.code, code, "{path}: {}{}", run.out, run.err);
    }
}

#[test]
fn a_file_of_that_very_name_comes_first() {
    let laid = crate::world::folder(&[("HEAD:plan.yaml", &plan("1.0"))]);
    let run = run(&[
        "check",
        &laid.path("HEAD:plan.yaml"),
        "--as-of",
        "2018-06-01",
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn nothing_of_the_repository_is_run_or_written() {
    let built = Built::new();
    let marker = built.beside("marker");
    let texts = [
        (
            ".gitattributes",
            "*.yaml filter=evil diff=evil text eol=crlf\n",
        ),
        ("plans/a/plan.yaml", &plan("1.0")),
    ];
    built.commit(built.files(&texts), "初版");
    let run_it = format!("touch {marker}");
    let mut config = built.repository.config().expect("a configuration");
    for key in [
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.evil.textconv",
        "core.fsmonitor",
    ] {
        config.set_str(key, &run_it).expect("it is ours");
    }
    // What `git replace` would show instead is not what is judged.
    let own = built
        .repository
        .refname_to_id("refs/heads/main")
        .expect("main");
    let other = built.commit_with(built.files(&[("plans/a/plan.yaml", BROKEN)]), "換", &[]);
    let replace = format!("refs/replace/{own}");
    built
        .repository
        .reference(&replace, other, true, "test")
        .expect("a reference");
    let before = listing(built.repository.path());
    let run = check(&built.folder(), "HEAD:plans");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(!Path::new(&marker).exists());
    assert_eq!(listing(built.repository.path()), before);
}

/// Every file below a folder with its length.
#[expect(
    clippy::disallowed_methods,
    reason = "a test looks at its own repository"
)]
fn listing(folder: &Path) -> Vec<(String, u64)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("it is ours") {
            let path = entry.expect("it is ours").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let length = path.metadata().expect("it is ours").len();
                files.push((path.to_string_lossy().into_owned(), length));
            }
        }
    }
    files.sort();
    files
}
