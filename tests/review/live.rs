//! The command as the program runs it: its environment names a GitHub, which answers over HTTP from a
//! real repository.

use std::collections::BTreeMap;

use crate::host::{Files, rarer};
use crate::server::Hub;
use crate::state::{Fault, PULL, READ_ONLY};
use crate::world::{Run, Surroundings, run_in};

/// The token of an App.
const TOKEN: &str = "ghs_of_the_app";
const BOT: &str = "plangate[bot]";

/// A GitHub whose base and topic have these files.
fn hub(base: &Files, head: &Files) -> Hub {
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

/// A run of the program, under a token.
fn review(hub: &Hub, token: &str, more: &[&str]) -> Run {
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
    run_in(&[&["review"], more].concat(), b"", &around)
}

const ONE: [&str; 2] = ["--pull-request", "7"];

/// What was written, by method and the last part of the path; GraphQL that only reads is no write.
fn written(hub: &Hub, since: usize) -> Vec<String> {
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
