//! Each event of the workflow pack, and what the program does upon it.

use serde_json::{Value, json};

use crate::host::{office, rarer};
use crate::site::{READ_ONLY, Site};

const GITHUB: [&str; 2] = ["--format", "github"];
const DRY: [&str; 3] = ["--dry-run", "--format", "github"];

/// Two pull requests of which the first may be merged once it is approved, and the second is wrong.
fn two() -> Site {
    let (start, head) = rarer();
    let mut site = Site::new(&start);
    site.open(7, "desk", &head);
    let wrong = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    site.open(8, "desk", &wrong);
    site
}

/// Which pull requests have statuses.
fn judged(site: &Site) -> Vec<u64> {
    let all = [7, 8].into_iter();
    all.filter(|pull| site.states(site.head(*pull))[0] != "none")
        .collect()
}

#[test]
fn every_event_reaches_what_it_is_about() {
    let one = |number: u64| json!({ "action": "opened", "pull_request": { "number": number } });
    let push = |branch: &str| json!({ "ref": format!("refs/heads/{branch}"), "deleted": false });
    let cases: [(&str, Value, &[u64], u8); 7] = [
        ("pull_request_target", one(7), &[7], 0),
        ("pull_request_review", one(8), &[8], 1),
        ("push", push("main"), &[7, 8], 1),
        ("push", push("topic"), &[], 0),
        (
            "push",
            json!({ "ref": "refs/tags/v1", "deleted": false }),
            &[],
            0,
        ),
        ("schedule", json!({ "schedule": "17 1 * * *" }), &[7, 8], 1),
        ("workflow_dispatch", json!({}), &[7, 8], 1),
    ];
    for (event, payload, expected, code) in cases {
        let mut site = two();
        let run = site.on(event, &payload, &GITHUB);
        assert_eq!(
            (run.code, run.err.as_str()),
            (code, ""),
            "{event}: {}",
            run.out
        );
        assert_eq!(judged(&site), expected, "{event} {payload}");
        let is_empty = run.out == "沒有須審查之變更請求\n";
        assert_eq!(is_empty, expected.is_empty(), "{event}: {}", run.out);
    }
    let mut site = two();
    let head = site.head(7).to_string();
    let run = json!({ "workflow_run": { "head_sha": head, "event": "pull_request_review" } });
    assert_eq!(site.on("workflow_run", &run, &GITHUB).code, 0);
    assert_eq!(judged(&site), [7]);
}

#[test]
fn an_event_that_cannot_be_read_is_no_green_run() {
    let mut site = two();
    for (event, payload) in [
        ("issues", json!({})),
        ("pull_request", json!({ "pull_request": {} })),
        ("merge_group", json!({ "action": "checks_requested" })),
        ("", json!({})),
    ] {
        let run = site.on(event, &payload, &GITHUB);
        assert_eq!(run.code, 2, "{event}: {}", run.out);
        assert!(!run.err.is_empty(), "{event}");
    }
    assert_eq!((judged(&site).len(), site.writes()), (0, 0));
}

#[test]
fn edge_66_threat_06_the_author_of_a_fork_sees_all_of_it_and_nothing_is_written() {
    let mut site = two();
    site.hub.state().pulls.get_mut(&8).expect("there").fork = Some("someone/plans");
    let payload = json!({ "action": "opened", "pull_request": { "number": 8 } });
    let run = site.on_as(READ_ONLY, "pull_request", &payload, &DRY);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    assert_eq!(site.writes(), 0);
    for line in run.out.lines() {
        let is_command = ["::error ", "::warning ", "::notice "]
            .iter()
            .any(|word| line.starts_with(word));
        assert!(is_command, "{line}");
    }
    let status = "::error title=#8 plangate/policies (main)::";
    assert!(run.out.contains(status), "{}", run.out);
    let place = "::error file=plans/office/plan.yaml,line=";
    assert!(run.out.contains(place), "{}", run.out);
    let summary = site.step_summary();
    assert!(summary.starts_with("## ⛔ 尚不能合併"), "{summary}");
    assert!(summary.contains("health-check-insufficient"), "{summary}");

    // The gate under such a token could tell nobody: that is no clean run, and all is said here.
    let run = site.on_as(READ_ONLY, "pull_request", &payload, &GITHUB);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("權杖不可寫入"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert_eq!(judged(&site), [0_u64; 0]);
}

#[test]
fn whoever_only_looks_takes_the_statuses_of_the_gate_for_nobody_elses() {
    let mut site = two();
    let payload = json!({ "action": "synchronize", "pull_request": { "number": 7 } });
    assert_eq!(site.on("pull_request_target", &payload, &GITHUB).code, 0);
    // The workflow that only validates has the token of the run, not that of the App.
    let run = site.on_as(READ_ONLY, "pull_request", &payload, &DRY);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
}
