//! The command as the program runs it: its environment names a GitHub, which answers over HTTP from a
//! real repository.

use std::collections::BTreeMap;

use plangate::review::marker::Marker;

use crate::host::{Files, base, office, rarer};
use crate::server::Hub;
use crate::state::{Fault, Given, PULL, READ_ONLY};
use crate::world::{Run, Surroundings, folder, run_in};

/// The token of an App.
pub(crate) const TOKEN: &str = "ghs_of_the_app";
const BOT: &str = "plangate[bot]";

/// A GitHub whose base and topic have these files.
pub(crate) fn hub(base: &Files, head: &Files) -> Hub {
    let hub = Hub::new();
    {
        let mut state = hub.state();
        let people = ["desk", "ciso", "director", "other-desk"];
        let people = people
            .into_iter()
            .zip(1..)
            .map(|(login, id)| (login, (id, "User")));
        state.accounts = people.chain([(BOT, (900, "Bot"))]).collect();
        state.addresses = BTreeMap::from([("desk@office.example", "desk")]);
        state.tokens.insert(TOKEN.to_owned(), (BOT, true));
        let main = state.commit_by("director@bureau.example", &texts(base), &[]);
        state.point("refs/heads/main", main);
        let pull = state.pulls.get_mut(&PULL).expect("the pull request");
        (pull.author, pull.labels) = ("desk", std::collections::BTreeSet::new());
        push(&mut state, head);
    }
    hub
}

/// A commit of the desk's on top of the base.
fn push(state: &mut crate::state::State, files: &Files) {
    let main = state.id_of("refs/heads/main");
    let head = state.commit_by("desk@office.example", &texts(files), &[main]);
    state.point("refs/pull/7/head", head);
}

fn texts(files: &Files) -> Vec<(&str, &str)> {
    let text = |bytes| std::str::from_utf8(bytes).expect("UTF-8");
    files
        .iter()
        .map(|(path, bytes)| (&**path, text(bytes)))
        .collect()
}

/// A review by the program, under a token.
pub(crate) fn review(hub: &Hub, token: &str, more: &[&str]) -> Run {
    command(hub, token, &[&["review"], more].concat())
}

/// A run of the program, under a token.
fn command(hub: &Hub, token: &str, arguments: &[&str]) -> Run {
    let pace = hub.pace.clone();
    let server = hub.settings().server;
    let around = Surroundings {
        variables: vec![
            ("GITHUB_API_URL", hub.address()),
            ("GITHUB_SERVER_URL", server),
            ("GITHUB_REPOSITORY", "jia/plans".to_owned()),
            ("PLANGATE_TOKEN", token.to_owned()),
        ],
        pace: Box::new(move || Box::new(pace.clone())),
        now: "2026-11-21T08:00:00Z".to_owned(),
    };
    run_in(arguments, b"", &around)
}

const ONE: [&str; 2] = ["--pull-request", "7"];

/// What was written, by method and the last part of the path; GraphQL that only reads is no write.
pub(crate) fn written(hub: &Hub, since: usize) -> Vec<String> {
    let state = hub.state();
    let log = state.log.iter().zip(&state.bodies).skip(since);
    let writes = log.filter(|(it, body)| {
        let query = body["query"].as_str().unwrap_or_default();
        it.method != "GET" && !query.starts_with("query")
    });
    let told = writes.map(|(it, _)| {
        let parts: Vec<&str> = it.path.split('/').collect();
        let what = parts
            .iter()
            .rev()
            .find(|part| part.len() < 40 && part.parse::<u64>().is_err());
        format!("{} {}", it.method, what.unwrap_or(&""))
    });
    told.collect()
}

fn colors(hub: &Hub) -> [String; 3] {
    let state = hub.state();
    let head = state.head(PULL).to_string();
    ["policies", "changelog", "approval"].map(|name| {
        let context = format!("plangate/{name} (main)");
        let set = state.status(&head, &context);
        set.map_or_else(|| "none".to_owned(), |set| set.state.clone())
    })
}

#[test]
fn what_is_found_is_posted_and_the_same_again_posts_nothing() {
    let (base, head) = rarer();
    let hub = hub(&base, &head);
    let run = review(&hub, TOKEN, &ONE);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(
        written(&hub, 0),
        [
            "POST comments",
            "POST requested_reviewers",
            "POST labels",
            "POST statuses",
            "POST statuses",
            "POST statuses"
        ]
    );
    assert_eq!(colors(&hub), ["success", "success", "pending"]);
    let asked = hub.state().log.len();
    let reads = asked - written(&hub, 0).len();
    assert!(reads <= 12, "{reads}: {:?}", hub.state().log);
    {
        let state = hub.state();
        let pull = &state.pulls[&PULL];
        assert_eq!(pull.requested, ["ciso", "director"]);
        let labels: Vec<&String> = pull.labels.iter().collect();
        assert_eq!(labels, ["待核准：乙所資安長", "待核准：甲局局長"]);
    }
    let since = hub.state().log.len();
    let again = review(&hub, TOKEN, &ONE);
    assert_eq!((again.code, again.out), (0, run.out));
    assert_eq!(written(&hub, since), Vec::<String>::new());
}

#[test]
fn a_dry_run_shows_what_it_would_write_and_writes_nothing() {
    let (base, head) = rarer();
    let hub = hub(&base, &head);
    let more = ["--all-open", "--dry-run", "--format", "json"];
    let run = review(&hub, READ_ONLY, &more);
    let told: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(run.code, 0);
    assert_eq!(told["writes"]["statuses"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        told["writes"]["reviewers"],
        serde_json::json!(["ciso", "director"])
    );
    assert_eq!(written(&hub, 0), Vec::<String>::new());
}

#[test]
fn threat_29_nothing_that_is_said_shows_the_token() {
    let (base, head) = rarer();
    let hub = hub(&base, &head);
    let echo = Fault::Refused {
        status: 403,
        headers: Vec::new(),
        message: "ghs_of_the_app may not",
    };
    hub.will(0, echo);
    for token in [TOKEN, "ghs_revoked_but_still_secret"] {
        let run = review(&hub, token, &ONE);
        assert_eq!(run.code, 2);
        assert!(!run.err.is_empty());
        assert!(
            !format!("{}{}", run.out, run.err).contains(token),
            "{}",
            run.err
        );
    }
}

#[test]
fn without_a_token_or_a_name_it_says_what_to_set() {
    let run = |variables| {
        let around = Surroundings {
            variables,
            ..Surroundings::default()
        };
        run_in(&["review", "--pull-request", "7"], b"", &around)
    };
    let unnamed = run(vec![("PLANGATE_TOKEN", TOKEN.to_owned())]);
    assert!(unnamed.err.contains("GITHUB_REPOSITORY"), "{}", unnamed.err);
    let nobody = run(vec![("GITHUB_REPOSITORY", "jia/plans".to_owned())]);
    assert!(nobody.err.contains("PLANGATE_TOKEN"), "{}", nobody.err);
    assert_eq!((unnamed.code, nobody.code), (2, 2));
}

/// Three years between health checks is too rare: a comment on that line, and red.
fn too_rare() -> (Files, Files) {
    let base = base();
    let head = office(&base, "every: 1y\n    items", "every: 3y\n    items");
    (base, head)
}

/// How many requests a run takes before it writes.
fn reads(base: &Files, head: &Files) -> usize {
    let hub = hub(base, head);
    review(&hub, TOKEN, &["--pull-request", "7", "--dry-run"]);
    hub.state().log.len()
}

#[test]
fn edge_66_a_token_of_a_fork_may_not_write_and_everything_is_said_here() {
    let (base, head) = too_rare();
    let hub = hub(&base, &head);
    let run = review(&hub, READ_ONLY, &ONE);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("權杖不可寫入"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert!(hub.state().comments.is_empty() && hub.state().statuses.is_empty());
}

#[test]
fn edge_59_a_push_in_the_middle_leaves_the_new_head_without_a_word() {
    let (base, head) = too_rare();
    let ahead = reads(&base, &head);
    let hub = hub(&base, &head);
    hub.meanwhile(ahead, |state| drop(state.push(&[1])));
    let run = review(&hub, TOKEN, &ONE);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("判定期間有新提交"), "{}", run.err);
    assert_eq!(written(&hub, 0), Vec::<String>::new());
}

#[test]
fn edge_62_a_locked_conversation_gets_its_statuses() {
    let (base, head) = too_rare();
    let hub = hub(&base, &head);
    hub.state().pulls.get_mut(&PULL).expect("there").is_locked = true;
    let run = review(&hub, TOKEN, &ONE);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("討論已鎖定"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert!(hub.state().comments.is_empty());
    assert_eq!(colors(&hub), ["failure", "failure", "pending"]);
}

#[test]
fn threat_13_who_pushed_what_somebody_else_signed_does_not_approve_it() {
    let (base, head) = rarer();
    let hub = hub(&base, &head);
    {
        let mut state = hub.state();
        let head = state.head(PULL).to_string();
        for login in ["ciso", "director"] {
            state.reviews.push(Given {
                pull: PULL,
                author: Some(login),
                state: "APPROVED",
                commit: Some(head.clone()),
            });
        }
    }
    review(&hub, TOKEN, &ONE);
    assert_eq!(colors(&hub)[2], "success");
    let head = hub.state().head(PULL).to_string();
    for (pushers, why) in [
        (vec!["desk", "director"], "推送了最新的提交"),
        (vec![], "無法得知最新提交由何人推送"),
    ] {
        hub.state().pushers.insert(head.clone(), pushers);
        review(&hub, TOKEN, &ONE);
        assert_eq!(colors(&hub)[2], "pending");
        let state = hub.state();
        let mut summaries = state.comments.iter().filter(|it| it.anchor.is_none());
        assert!(summaries.any(|it| it.body.contains(why)), "{why}");
    }
}

#[test]
fn the_doctor_asks_the_forge_whether_the_statuses_decide() {
    let (base, head) = rarer();
    let hub = hub(&base, &head);
    let plans = folder(&texts(&base));
    let root = plans.path("");
    let protected = |hub: &Hub| {
        let run = command(hub, TOKEN, &["doctor", &root, "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let points = told["points"].as_array().expect("points").clone();
        let about = ["protection", "status-required", "bypass"];
        let own = points
            .iter()
            .filter(|it| about.iter().any(|id| it["id"] == *id));
        own.map(|it| format!("{} {}", it["id"], it["state"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(protected(&hub), [r#""protection" "wrong""#]);
    let names = ["policies", "changelog", "approval"];
    let checks = names.map(|name| (format!("plangate/{name} (main)"), Some(12)));
    let rules = vec!["pull_request", "non_fast_forward"];
    hub.state().guard.newer = Some((checks.into(), rules));
    // A token is no App, and who may bypass the rules is not told to it.
    let status = r#""status-required" "attention""#;
    assert_eq!(
        protected(&hub),
        [status, status, status, r#""bypass" "attention""#]
    );
}

/// What stands, whoever looks: each comment's id and place, whom was asked, the colors.
fn standing(hub: &Hub) -> (Vec<String>, usize, [String; 3]) {
    let state = hub.state();
    let mut comments: Vec<String> = state
        .comments
        .iter()
        .map(|it| {
            let id = Marker::read(&it.body).expect("a marker").id;
            format!("{id} {:?}", it.anchor)
        })
        .collect();
    comments.sort();
    let asked = state.pulls[&PULL].requested.len();
    drop(state);
    (comments, asked, colors(hub))
}

#[test]
fn edge_61_whatever_gets_lost_on_the_way_is_said_once_in_the_end() {
    let (base, head) = too_rare();
    let ahead = reads(&base, &head);
    let whole = hub(&base, &head);
    review(&whole, TOKEN, &ONE);
    let requests = whole.state().log.len();
    let faults = [Fault::LostAnswer, Fault::Deaf, Fault::Garbage];
    for (lost, fault) in (ahead..requests).zip(faults.iter().cycle()) {
        let hub = hub(&base, &head);
        hub.will(lost, fault.clone());
        review(&hub, TOKEN, &ONE);
        assert_ne!(colors(&hub)[0], "success", "{lost} {fault:?}");
        hub.state().faults.clear();
        let run = review(&hub, TOKEN, &ONE);
        assert_eq!(run.code, 1, "{lost} {fault:?}: {}", run.err);
        assert_eq!(standing(&hub), standing(&whole), "{lost} {fault:?}");
    }
}
