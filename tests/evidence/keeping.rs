//! Receipts kept on a branch.

use std::path::Path;

use plangate::source::git::fetch::{FetchLimits, Origin, Store, Want};

use crate::scene::Scene;
use crate::world::{Run, run};

fn keep(scene: &Scene, name: &str) -> Run {
    let path = scene.written(name, &scene.receipt().to_string());
    run(&[
        "evidence",
        "keep",
        &path,
        "--repository",
        &scene.repository(),
        "--lang",
        "en",
    ])
}

fn tip(scene: &Scene) -> git2::Oid {
    let repository = &scene.built.repository;
    repository
        .refname_to_id("refs/heads/plangate-evidence")
        .expect("the branch")
}

#[test]
fn a_receipt_is_kept_once_with_the_pack_that_judged() {
    let scene = Scene::new();
    let before = scene
        .built
        .repository
        .refname_to_id("refs/heads/main")
        .unwrap();
    let first = keep(&scene, "one.json");
    assert_eq!(first.code, 0, "{}", first.err);
    let kept = tip(&scene);
    let commit = scene.built.repository.find_commit(kept).unwrap();
    let tree = commit.tree().unwrap();
    let receipts = tree.get_path(Path::new("receipts/7")).unwrap();
    let receipts = scene.built.repository.find_tree(receipts.id()).unwrap();
    assert_eq!(receipts.len(), 1);
    let digest = scene.receipt()["packs"][0]["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let laws = format!("packs/{digest}/laws.yaml");
    assert!(tree.get_path(Path::new(&laws)).is_ok());
    let again = keep(&scene, "two.json");
    assert!(again.out.contains("already"), "{}", again.out);
    assert_eq!(tip(&scene), kept, "nothing new, no commit");
    let main = scene
        .built
        .repository
        .refname_to_id("refs/heads/main")
        .unwrap();
    assert_eq!(main, before);
}

#[test]
fn another_receipt_comes_after_the_first() {
    let mut scene = Scene::new();
    keep(&scene, "one.json");
    let first = tip(&scene);
    scene.said["reviews"].as_array_mut().unwrap().pop();
    assert_eq!(keep(&scene, "two.json").code, 0);
    let commit = scene.built.repository.find_commit(tip(&scene)).unwrap();
    let parents: Vec<_> = commit.parent_ids().collect();
    assert_eq!(parents, [first], "head and base are alive already");
    let receipts = commit
        .tree()
        .unwrap()
        .get_path(Path::new("receipts/7"))
        .unwrap()
        .id();
    assert_eq!(scene.built.repository.find_tree(receipts).unwrap().len(), 2);
}

#[test]
fn a_receipt_without_its_commits_is_not_kept() {
    let scene = Scene::new();
    let mut receipt = scene.receipt();
    receipt["objects"]["head"]["commit"] = "0".repeat(40).into();
    let path = scene.written("one.json", &receipt.to_string());
    let run = run(&[
        "evidence",
        "keep",
        &path,
        "--repository",
        &scene.repository(),
    ]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(
        scene
            .built
            .repository
            .find_reference("refs/heads/plangate-evidence")
            .is_err()
    );
}

#[test]
fn a_pull_request_is_fetched_and_judged_without_a_clone() {
    let scene = Scene::new();
    let head = scene
        .built
        .repository
        .reference("refs/pull/7/head", scene.head, true, "test");
    head.unwrap();
    let snapshot = scene.written("snapshot.json", &scene.said.to_string());
    let (store, receipt) = (
        scene.built.beside("store.git"),
        scene.built.beside("receipt.json"),
    );
    let from = scene.repository();
    let given = ["review", "--snapshot", &snapshot, "--evidence", &receipt];
    let fetched = run(&[&given[..], &["--fetch", &from, "--repository", &store]].concat());
    assert!(
        fetched.code < 2 && fetched.err.is_empty(),
        "{}{}",
        fetched.out,
        fetched.err
    );
    let verified = run(&["verify-evidence", &receipt, "--repository", &store]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);

    // What cannot be fetched is told by the statuses, never passed over.
    let none = scene.built.beside("none.git");
    let refused = run(&[&given[..], &["--fetch", &none, "--repository", &store]].concat());
    assert_eq!(refused.code, 2, "{}{}", refused.out, refused.err);
    let refused = run(&[
        &given[..],
        &["--fetch", "http://forge.example/x", "--repository", &store],
    ]
    .concat());
    assert!(
        refused.code == 2 && refused.err.contains("https"),
        "{}",
        refused.err
    );
}

#[test]
fn edge_73_a_squash_keeps_what_was_approved() {
    let scene = Scene::new();
    assert_eq!(keep(&scene, "one.json").code, 0);
    // The base went on, then the pull request was squashed: none of its commits is on the branch.
    scene.on_main("1y", "三");
    scene.on_main("2y", "三");
    let receipt = scene.receipt();

    // A clone years later has the two branches and nothing of the pull request.
    let clone = scene.built.beside("clone");
    let wants = ["refs/heads/main", "refs/heads/plangate-evidence"].map(|reference| Want {
        reference: reference.to_owned(),
        commit: None,
    });
    let store = Store::at(Path::new(&clone)).unwrap();
    let origin = Origin::Local(scene.built.folder());
    store
        .fetch(&origin, &wants, FetchLimits::default())
        .unwrap();
    let path = scene.written("given.json", &receipt.to_string());
    let verify = |revision: &str| {
        run(&[
            "verify-evidence",
            &path,
            "--repository",
            &clone,
            "--revision",
            revision,
        ])
    };
    let run = verify("refs/plangate/heads/main");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(
        verify("refs/plangate/heads/main~1").code,
        1,
        "before it was merged"
    );
}
