//! Receipts judged again.

use serde_json::{Value, json};

use crate::scene::Scene;

#[test]
fn a_receipt_is_judged_again_to_the_same() {
    let scene = Scene::new();
    let receipt = scene.receipt();
    assert_eq!(
        receipt["verdict"]["statuses"][2]["state"], "success",
        "{receipt:#}"
    );
    assert_eq!(receipt["objects"]["head"]["commit"], scene.head.to_string());
    assert_eq!(receipt["digests"][0]["rule"], "weakened");
    let run = scene.verify(&receipt, &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let (proven, stated) = run.out.split_once("only stated").expect("both parts");
    assert_eq!(proven.matches("  holds: ").count(), 3, "{proven}");
    assert!(
        stated.contains("review 82: director (account 3) approved"),
        "{stated}"
    );
}

#[test]
fn a_receipt_has_the_published_shape() {
    let schema = |name: &str| -> Value {
        let path = format!(
            "{}/docs/schema/{name}.schema.json",
            env!("CARGO_MANIFEST_DIR")
        );
        #[expect(
            clippy::disallowed_methods,
            reason = "reads the schema of this repository"
        )]
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let mut whole = schema("evidence");
    // One document, so that nothing is looked up outside.
    for name in ["review", "snapshot"] {
        whole["$defs"][name] = schema(name);
    }
    let validator = jsonschema::validator_for(&whole).unwrap();
    let receipt = Scene::new().receipt();
    let errors: Vec<String> = validator
        .iter_errors(&receipt)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    let mut other = receipt;
    other["objects"]["head"]["tree"] = json!("none");
    assert!(!validator.is_valid(&other));
}

#[test]
fn whatever_is_changed_in_a_receipt_is_found() {
    let scene = Scene::new();
    let receipt = scene.receipt();
    let zeros = json!("0".repeat(40));
    for (pointer, value) in [
        ("/today", json!("2026-11-19")),
        ("/objects/head/tree", zeros.clone()),
        ("/objects/control/1/id", zeros.clone()),
        ("/objects/plans/0/blob", zeros),
        ("/packs/1/sha256", json!("0".repeat(64))),
        ("/digests/0/rule", json!("other")),
        ("/verdict/plans/0/findings", json!([])),
        (
            "/verdict/approvals/demands/0/wants/0/by/0/review",
            json!(99),
        ),
        ("/verdict/statuses/2/state", json!("failure")),
        ("/said/pull_request/number", json!(9)),
        ("/said/reviews", json!([])),
        (
            "/said/comments",
            json!([{ "id": 1, "kind": "diff", "author": 1, "body": "x" }]),
        ),
    ] {
        let mut changed = receipt.clone();
        let at = changed
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer}: {receipt:#}"));
        assert_ne!(*at, value, "{pointer}");
        *at = value;
        let run = scene.verify(&changed, &[]);
        assert_ne!(run.code, 0, "{pointer}: {}", run.out);
    }
    let mut more = receipt;
    more["signed_off"] = json!(true);
    assert_eq!(scene.verify(&more, &[]).code, 1);
}

#[test]
fn threat_38_an_old_receipt_proves_nothing_of_another_plan() {
    let scene = Scene::new();
    let receipt = scene.receipt();
    scene.on_main("2y", "二");
    let run = scene.verify(&receipt, &["--revision", "main"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);

    // The plan is weakened further and nobody was asked: the old receipt is not of that.
    let later = scene.on_main("3y", "二");
    let run = scene.verify(&receipt, &["--revision", "main"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(
        run.out.contains("not those that were judged: plans/office"),
        "{}",
        run.out
    );

    // Made out to another head, it is judged again for that one, and the approvals are gone.
    let mut replayed = receipt.clone();
    let tree = scene.built.repository.find_commit(later).unwrap().tree_id();
    replayed["said"]["pull_request"]["head"] = json!(later.to_string());
    replayed["verdict"]["pull_request"]["head"] = json!(later.to_string());
    replayed["objects"]["head"] = json!({ "commit": later.to_string(), "tree": tree.to_string() });
    let run = scene.verify(&replayed, &[]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("/verdict/statuses/2/state"), "{}", run.out);

    // Rules that were never on the branch judge nothing that is on it.
    let aside = scene.built.commit_with(tree, "另一份名冊", &[]);
    let folder = scene
        .built
        .repository
        .reference("refs/heads/aside", aside, true, "test");
    folder.unwrap();
    scene.on_main("2y", "二");
    let run = scene.verify(&receipt, &["--revision", "aside"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(
        run.out.contains("not in the history of aside"),
        "{}",
        run.out
    );

    // In another repository there is nothing that it speaks of.
    let other = crate::builder::Built::sound();
    let folder = other.folder().to_string_lossy().into_owned();
    let path = scene.written("given.json", &receipt.to_string());
    let run = crate::world::run(&["verify-evidence", &path, "--repository", &folder]);
    assert_eq!(run.code, 2, "{}", run.out);
}

#[test]
fn an_approval_that_was_taken_out_or_put_in_changes_what_is_judged() {
    let mut scene = Scene::new();
    let receipt = scene.receipt();
    let mut fewer = receipt;
    fewer["said"]["reviews"].as_array_mut().unwrap().pop();
    assert_eq!(scene.verify(&fewer, &[]).code, 1);

    scene.said["reviews"][1]["author"] = json!({ "id": 1, "login": "desk" });
    let own = scene.receipt();
    assert_eq!(own["verdict"]["statuses"][2]["state"], "pending");
    let run = scene.verify(&own, &[]);
    assert_eq!(
        run.code, 0,
        "a receipt of what was not approved holds too: {}",
        run.out
    );
}

#[test]
fn what_is_no_receipt_is_told_and_never_holds() {
    let scene = Scene::new();
    let nested = "[".repeat(100_000);
    let far = format!(
        "{{\"schema\": 1, \"said\": {}1{}}}",
        "[".repeat(90),
        "]".repeat(90)
    );
    for text in [
        "",
        "[]",
        "null",
        "{\"schema\": 2}",
        "{\"schema\": 1}",
        "{\"schema\": 1, \"packs\": [], \"said\": null}",
        "\u{0}\u{1}",
        &nested,
        &far,
    ] {
        let run = scene.verify_text(text, &[]);
        assert_eq!(run.code, 2, "{:.80}: {}", text, run.out);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{}", run.out);
    }
}

#[test]
fn what_a_stranger_wrote_into_a_receipt_does_not_act_on_a_terminal() {
    let mut scene = Scene::new();
    scene.said["reviews"][0]["author"]["login"] = json!("ciso\u{1b}[2J\u{202e}");
    let receipt = scene.receipt();
    let run = scene.verify(&receipt, &[]);
    assert!(run.out.contains("review 81"), "{}{}", run.out, run.err);
    assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{:?}", run.out);
}

#[test]
fn a_merge_has_its_moment_and_nothing_else_has_one() {
    let schema: Value = serde_json::from_str(plangate::forge::recorded::SCHEMA).expect("a schema");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let at = json!("2026-11-20T04:30:00Z");
    for (standing, merged_at, is_one) in [
        ("merged", Some(&at), true),
        ("merged", None, false),
        ("open", Some(&at), false),
        ("open", None, true),
    ] {
        let mut scene = Scene::new();
        scene.said["pull_request"]["standing"] = json!(standing);
        if let Some(at) = merged_at {
            scene.said["pull_request"]["merged_at"] = at.clone();
        }
        let told = format!("{standing} {merged_at:?}");
        assert_eq!(schema.is_valid(&scene.said), is_one, "{told}");
        let read = plangate::forge::recorded::Recorded::read(&scene.said.to_string());
        assert_eq!(read.is_ok(), is_one, "{told}");
    }
}
