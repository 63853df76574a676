//! The merge queue: a commit that is several pull requests at once gets statuses of its own.

use git2::Oid;
use serde_json::{Value, json};

use crate::host::{Files, base, office, rarer, with};
use crate::site::Site;

/// The plan of the other agency, changed in a way that nobody has to approve.
fn stricter(files: &Files) -> Files {
    with(files, "plans/other/plan.yaml", |text| {
        let text = text.replace("every: 1y\n    items", "every: 6mo\n    items");
        let text = text.replace(
            "issued: 115-03-02\n  edition: \"1.0\"",
            "issued: 115-11-21\n  edition: \"1.1\"",
        );
        text + "  - edition: \"1.1\"
    issued: 115-11-21
    reviser: 資安承辦人
    notes:
      - { chapter: 9, text: 健診改為每半年, covers: [controls.health_check.every] }
    approver: 所長
"
    })
}

/// Number 7 weakens the plan of the office and needs two approvals, number 8 changes that of the
/// other agency.
fn two() -> (Site, Files) {
    let (start, head) = rarer();
    let mut site = Site::new(&start);
    site.open(7, "desk", &head);
    site.open(8, "other-desk", &stricter(&start));
    (site, stricter(&head))
}

fn group(head: Oid, base: Oid) -> Value {
    json!({ "action": "checks_requested", "merge_group": {
        "head_sha": head.to_string(), "base_sha": base.to_string(), "base_ref": "refs/heads/main",
        "head_ref": format!("refs/heads/gh-readonly-queue/main/pr-8-{base}"),
    } })
}

/// Two merges upon `main`, as the queue makes them: of 7, and upon that of 8.
fn merged(site: &Site, both: &Files) -> Oid {
    let (_, first) = rarer();
    let main = site.main();
    let seven = site.commit("GitHub", &first, &[main, site.head(7)]);
    site.commit("GitHub", both, &[seven, site.head(8)])
}

#[test]
fn edge_43_edge_44_every_member_is_judged_and_the_commit_of_the_queue_says_so() {
    let (mut site, both) = two();
    site.says(7, &["ciso", "director"], "APPROVED");
    let head = merged(&site, &both);
    let run = site.on("merge_group", &group(head, site.main()), &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(site.states(head), ["success"; 3], "{}", run.out);
    let said = site.statuses(head).map(|(_, said)| said);
    assert!(said[2].contains("#7") && said[2].contains("#8"), "{said:?}");
    // Nothing is said to the pull requests, for nothing changed there.
    assert_eq!(site.states(site.head(7)), ["none"; 3]);
    assert_eq!(site.writes(), 3);
    let again = site.on("merge_group", &group(head, site.main()), &[]);
    assert_eq!((again.code, site.writes()), (0, 3), "{}", again.err);
}

#[test]
fn edge_43_threat_35_a_member_that_nobody_approved_is_red_and_named() {
    let (mut site, both) = two();
    site.says(7, &["ciso"], "APPROVED");
    let head = merged(&site, &both);
    let run = site.on("merge_group", &group(head, site.main()), &[]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let statuses = site.statuses(head);
    // Nothing wakes the queue when the director approves: what waits is red.
    assert_eq!(statuses[2].0, "failure");
    assert_eq!(statuses[2].1, "#7：待核准：甲局局長");
    assert_eq!(statuses[0].0, "success");
}

#[test]
fn edge_43_a_squash_and_a_rebase_are_known_by_what_they_make() {
    let (mut site, both) = two();
    site.says(7, &["ciso", "director"], "APPROVED");
    let (_, first) = rarer();
    let main = site.main();
    // A squash has no parent that tells; a rebase has several commits.
    let squashed = site.commit("GitHub", &first, &[main]);
    let step = with(&first, "plans/other/plan.yaml", |text| {
        text.replace("every: 1y\n    items", "every: 7mo\n    items")
    });
    let step = site.commit("other-desk", &step, &[squashed]);
    let head = site.commit("other-desk", &both, &[step]);
    let run = site.on("merge_group", &group(head, main), &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(site.states(head), ["success"; 3], "{}", run.out);
}

#[test]
fn threat_35_a_commit_of_the_queue_that_is_more_than_its_pull_request_is_an_error() {
    let (mut site, both) = two();
    site.says(7, &["ciso", "director"], "APPROVED");
    let smuggled = office(&both, "title: 資通安全維護計畫", "title: 別的計畫");
    let main = site.main();
    let head = site.commit("GitHub", &smuggled, &[main]);
    let run = site.on("merge_group", &group(head, main), &[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert_eq!(site.states(head), ["error"; 3]);
    assert!(
        run.err.contains("不是任何開啟中變更請求之合併"),
        "{}",
        run.err
    );
}

#[test]
fn threat_35_a_merge_that_is_edited_in_the_queue_drops_what_was_approved() {
    let (mut site, _) = two();
    site.says(7, &["ciso", "director"], "APPROVED");
    let (_, first) = rarer();
    let edited = office(&first, "every: 2y\n    items", "every: 20mo\n    items");
    let main = site.main();
    let head = site.commit("GitHub", &edited, &[main, site.head(7)]);
    let run = site.on("merge_group", &group(head, main), &[]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert_eq!(site.statuses(head)[2].0, "failure", "{}", run.out);
}

#[test]
fn edge_43_what_two_make_together_is_judged_and_not_each_alone() {
    // A check every two years is lawful for grade C, and one a year for grade A.
    let (start, rarer) = rarer();
    let raised = |files: &Files| office(files, "grade: C", "grade: A");
    let mut site = Site::new(&start);
    site.open(7, "desk", &raised(&start));
    site.open(8, "desk", &rarer);
    let main = site.main();
    let seven = site.commit("GitHub", &raised(&start), &[main, site.head(7)]);
    let head = site.commit("GitHub", &raised(&rarer), &[seven, site.head(8)]);
    let blocks = |told: &Value| {
        let findings = told["plans"][0]["findings"].as_array();
        findings
            .expect("findings")
            .iter()
            .any(|own| own["policy"] == "health-check-insufficient" && own["blocks"].is_string())
    };
    let more = ["--dry-run", "--format", "json"];
    let alone = site.run(&[&["review", "--pull-request", "8"], &more[..]].concat());
    let alone: Value = serde_json::from_str(&alone.out).expect("JSON");
    assert!(!blocks(&alone), "{alone:#}");
    let run = site.on("merge_group", &group(head, main), &more);
    let members = serde_json::Deserializer::from_str(&run.out).into_iter::<Value>();
    let members: Vec<Value> = members.map(|it| it.expect("JSON")).collect();
    assert_eq!(members.len(), 2, "{}", run.err);
    assert_eq!(members[1]["pull_request"]["number"], 8);
    assert!(blocks(&members[1]), "{:#}", members[1]);
}

#[test]
fn edge_44_the_gate_of_the_default_branch_speaks_for_the_queue() {
    let (mut site, both) = two();
    site.says(7, &["ciso", "director"], "APPROVED");
    let head = merged(&site, &both);
    let payload = json!({ "action": "completed", "workflow_run": {
        "head_sha": head.to_string(), "event": "merge_group",
        "head_branch": format!("gh-readonly-queue/main/pr-8-{}", site.main()),
    } });
    let run = site.on("workflow_run", &payload, &["--format", "github"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(site.states(head), ["success"; 3]);
    // Each member is told in the summary of the run, for the queue has no place for comments.
    assert_eq!(
        site.step_summary().matches("## ").count() / 2 * 2,
        site.step_summary().matches("## ").count()
    );
    assert!(
        site.step_summary().contains("✅ 可以合併"),
        "{}",
        site.step_summary()
    );
}

#[test]
fn edge_44_a_queue_whose_members_cannot_be_told_is_never_left_without_a_status() {
    let (mut site, both) = two();
    let head = merged(&site, &both);
    site.hub.state().pulls.remove(&8);
    let run = site.on("merge_group", &group(head, site.main()), &[]);
    assert_eq!(
        (run.code, site.states(head)),
        (2, ["error"; 3].map(str::to_owned)),
        "{}",
        run.err
    );
    // A base that it does not lie upon.
    let strange = site.commit("desk", &base(), &[]);
    let run = site.on("merge_group", &group(head, strange), &[]);
    assert_eq!(run.code, 2, "{}", run.out);
}
