//! The files that differ between two revisions: those that libgit2 finds, without reading what is the same.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use git2::Oid;
use plangate::source::git::{Delta, DeltaLines, Repository};
use proptest::prelude::*;

use crate::builder::{Built, FILE, LINK, SUBMODULE, TREE};

type Files = BTreeMap<String, String>;

fn deltas(built: &Built, old: Oid, new: Oid) -> Vec<Delta> {
    let revisions = [old, new].map(|tree| built.commit_with(tree, "版", &[]));
    let repository = Repository::around(built.repository.path()).expect("a repository");
    let [old, new] = revisions.map(|id| repository.revision(&id.to_string()).expect("a commit"));
    repository.deltas(&old, &new).expect("they are compared")
}

/// As libgit2 compares the same trees.
fn expected(built: &Built, old: Oid, new: Oid) -> Vec<(String, [bool; 2], Vec<DeltaLines>)> {
    let find = |id| built.repository.find_tree(id).expect("a tree");
    let mut options = git2::DiffOptions::new();
    options.context_lines(3).force_text(true);
    let diff = built
        .repository
        .diff_tree_to_tree(Some(&find(old)), Some(&find(new)), Some(&mut options))
        .expect("a diff");
    let lines = |start: u32, count: u32| -> Option<RangeInclusive<u32>> {
        (count > 0).then(|| start..=start + count - 1)
    };
    (0..diff.deltas().len())
        .map(|at| {
            let delta = diff.get_delta(at).expect("it is there");
            let path = delta
                .new_file()
                .path()
                .expect("UTF-8")
                .to_str()
                .expect("UTF-8");
            let sides = [delta.old_file(), delta.new_file()].map(|it| !it.id().is_zero());
            let patch = git2::Patch::from_diff(&diff, at).expect("lines");
            let hunks = patch.map_or(Vec::new(), |patch| {
                let hunk = |at| {
                    let (hunk, _) = patch.hunk(at).expect("it is there");
                    DeltaLines {
                        old: lines(hunk.old_start(), hunk.old_lines()),
                        new: lines(hunk.new_start(), hunk.new_lines()),
                    }
                };
                (0..patch.num_hunks()).map(hunk).collect()
            });
            (path.to_owned(), sides, hunks)
        })
        .collect()
}

fn told(deltas: Vec<Delta>) -> Vec<(String, [bool; 2], Vec<DeltaLines>)> {
    let told = |it: Delta| (it.path, [it.old.is_some(), it.new.is_some()], it.hunks);
    deltas.into_iter().map(told).collect()
}

fn laid(built: &Built, files: &Files) -> Oid {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    built.files(&files)
}

/// Few names, so that folders stay, go, come and become files.
fn files() -> impl Strategy<Value = Files> {
    let path = prop::sample::select(vec![
        "a",
        "a.b",
        "a/b",
        "a/b/c",
        "a/b-c",
        "a/c",
        "b/a/plan.yaml",
        "b/b/plan.yaml",
        "b/b0",
        "乙/a",
        "c",
    ]);
    let text = prop::collection::vec(prop::sample::select(vec!["甲\n", "乙\n", "\n", "x"]), 0..24);
    let files = prop::collection::btree_map(path, text, 0..9);
    files.prop_map(|files| {
        let mut laid = Files::new();
        for (path, text) in files {
            // A file is no folder.
            let clashes = |other: &String| path.starts_with(&format!("{other}/"));
            if !laid.keys().any(clashes) {
                laid.insert(path.to_owned(), text.concat());
            }
        }
        laid
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn they_are_those_that_libgit2_finds(old in files(), new in files()) {
        let built = Built::bare();
        let (old, new) = (laid(&built, &old), laid(&built, &new));
        prop_assert_eq!(told(deltas(&built, old, new)), expected(&built, old, new));
    }
}

#[test]
fn a_folder_that_is_the_same_is_not_read() {
    let built = Built::bare();
    let same = built.files(&[("plan.yaml", "甲")]);
    let [old, new] = ["1", "2"].map(|text| {
        let other = built.files(&[("plan.yaml", text)]);
        built.tree(&[(b"a", TREE, same), (b"b", TREE, other)])
    });
    built.lose(same);
    let paths: Vec<String> = deltas(&built, old, new)
        .into_iter()
        .map(|it| it.path)
        .collect();
    assert_eq!(paths, ["b/plan.yaml"]);
}

#[test]
fn nothing_hides_in_a_tree_that_is_out_of_order_or_names_a_file_twice() {
    let built = Built::bare();
    let [one, two] = ["1", "2"].map(|text| built.blob(text.as_bytes()));
    let old = built.tree(&[(b"a", FILE, one), (b"b", FILE, one)]);
    for (entries, expected) in [
        (vec![(&b"b"[..], FILE, two), (b"a", FILE, one)], vec!["b"]),
        (
            vec![(&b"a"[..], FILE, one), (b"a", FILE, two), (b"b", FILE, one)],
            vec!["a"],
        ),
        (
            vec![(&b"a"[..], LINK, one), (b"b", SUBMODULE, one)],
            vec!["a", "a", "b", "b"],
        ),
        (
            vec![(&b"a"[..], FILE, one), (b"b", FILE, one), (b"b", FILE, one)],
            vec!["b"],
        ),
    ] {
        let new = built.tree(&entries);
        let paths: Vec<String> = deltas(&built, old, new)
            .into_iter()
            .map(|it| it.path)
            .collect();
        assert_eq!(paths, expected);
    }
}

#[test]
fn a_tree_that_never_ends_is_refused() {
    let built = Built::bare();
    let mut folder = built.files(&[("x", "")]);
    for _ in 0..12 {
        let names: Vec<String> = (0..10).map(|at| at.to_string()).collect();
        let entries: Vec<_> = names
            .iter()
            .map(|it| (it.as_bytes(), TREE, folder))
            .collect();
        folder = built.tree(&entries);
    }
    let empty = built.files(&[]);
    let revisions = [empty, folder].map(|tree| built.commit_with(tree, "版", &[]));
    let repository = Repository::around(built.repository.path()).expect("a repository");
    let [old, new] = revisions.map(|id| repository.revision(&id.to_string()).expect("a commit"));
    let refused = repository.deltas(&old, &new).expect_err("it is not walked");
    assert!(
        format!("{refused:?}").contains("more than 100000 paths differ"),
        "{refused:?}"
    );
}
