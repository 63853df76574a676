//! GitHub's published examples of events, and what each asks to be reviewed.

use std::collections::BTreeMap;

use plangate::forge::github::event::{Event, Unread};
use serde_json::{Value, json};

fn examples() -> Vec<(String, Value)> {
    let all: Value = serde_json::from_str(include_str!("events/examples.json")).expect("JSON");
    let all = all.as_array().expect("a list").iter();
    let example = |it: &Value| {
        let event = it["event"].as_str().expect("a name").to_owned();
        (event, it["payload"].clone())
    };
    all.map(example).collect()
}

fn read(name: &str, payload: &Value) -> Result<Event, Unread> {
    Event::read(name, payload.to_string().as_bytes())
}

#[test]
fn every_published_example_says_what_to_review() {
    let mut read_of: BTreeMap<String, usize> = BTreeMap::new();
    for (name, payload) in examples() {
        let event = read(&name, &payload).expect("it is read");
        let expected = match name.as_str() {
            "pull_request" | "pull_request_review" => Event::PullRequest(2),
            "workflow_run" => {
                let head = payload["workflow_run"]["head_sha"].as_str().expect("an id");
                Event::Head(head.into())
            }
            "merge_group" => Event::Queue {
                head: "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d".into(),
                base: Some("380387fbc80638b734a49e1be1c4dfec1c01b33c".into()),
                branch: "main".into(),
            },
            "push" => {
                let branch = payload["ref"]
                    .as_str()
                    .and_then(|it| it.strip_prefix("refs/heads/"));
                match branch.filter(|_| payload["deleted"] == false) {
                    Some(branch) => Event::Branch(branch.into()),
                    None => Event::Nothing,
                }
            }
            other => panic!("no expectation for {other}"),
        };
        assert_eq!(event, expected, "{payload}");
        *read_of.entry(name).or_default() += 1;
    }
    assert_eq!(read_of.len(), 5, "{read_of:?}");
}

#[test]
fn threat_04_of_a_run_nothing_is_taken_but_the_commit() {
    let id = "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d";
    let run = |sha: &str| {
        let forged = json!([{ "number": 99, "head": { "sha": id } }]);
        let payload = json!({ "workflow_run": { "head_sha": sha, "pull_requests": forged } });
        read("workflow_run", &payload)
    };
    assert_eq!(run(id), Ok(Event::Head(id.into())));
    let forged = [
        "",
        "main",
        "../../x",
        &"g".repeat(40),
        "2ffea6db",
        &format!("{id}\n"),
    ];
    for sha in forged {
        assert_eq!(run(sha), Err(Unread::Malformed), "{sha:?}");
    }
}

#[test]
fn a_run_for_the_merge_queue_is_about_its_commit() {
    let id = "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d";
    let run = |event: &str, branch: Value| {
        let run = json!({ "head_sha": id, "event": event, "head_branch": branch });
        read("workflow_run", &json!({ "workflow_run": run }))
    };
    let queue = |branch: &str| Event::Queue {
        head: id.into(),
        base: None,
        branch: branch.into(),
    };
    let named = |branch: &str| json!(format!("gh-readonly-queue/{branch}/pr-7-{id}"));
    assert_eq!(run("merge_group", named("main")), Ok(queue("main")));
    assert_eq!(
        run("merge_group", named("release/1")),
        Ok(queue("release/1"))
    );
    // Whoever names a branch like that makes no queue of it.
    assert_eq!(run("push", named("main")), Ok(Event::Head(id.into())));
    for branch in [json!("main"), json!("gh-readonly-queue/main"), Value::Null] {
        assert_eq!(run("merge_group", branch), Err(Unread::Malformed));
    }
}

#[test]
fn edge_67_a_payload_is_asked_for_nothing_but_numbers_and_ids() {
    let payload = json!({
        "action": "opened",
        "number": 1,
        "pull_request": { "number": 2, "state": "closed", "head": { "sha": "$(id)" }, "title": "::set-output" },
        "sender": { "login": "dependabot[bot]" },
    });
    assert_eq!(
        read("pull_request_target", &payload),
        Ok(Event::PullRequest(2))
    );
}

#[test]
fn time_alone_asks_for_all_open_ones() {
    assert_eq!(Event::read("schedule", b""), Ok(Event::AllOpen));
    assert_eq!(Event::read("workflow_dispatch", b"{"), Ok(Event::AllOpen));
}

#[test]
fn what_is_no_event_of_ours_is_refused() {
    assert_eq!(Event::read("issues", b"{}"), Err(Unread::Unknown));
    assert_eq!(Event::read("pull_request", b"\xff"), Err(Unread::Malformed));
    let negative = br#"{"pull_request":{"number":-1}}"#;
    assert_eq!(
        Event::read("pull_request", negative),
        Err(Unread::Malformed)
    );
    let deep = "[".repeat(100_000);
    assert_eq!(Event::read("push", deep.as_bytes()), Err(Unread::Malformed));
}

#[test]
fn a_group_that_left_the_queue_asks_for_nothing() {
    let group = json!({ "head_sha": "a", "base_sha": "b", "base_ref": "c" });
    let payload = json!({ "action": "destroyed", "merge_group": group });
    assert_eq!(read("merge_group", &payload), Ok(Event::Nothing));
}
