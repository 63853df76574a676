//! The command as the program runs it: its environment names a GitHub, which answers over HTTP from a
//! real repository.

use plangate::review::marker::Marker;

use crate::actions::{Actions, Secrets};
use crate::host::{Files, base, office, rarer};
use crate::site::{READ_ONLY, Site, TOKEN, texts};
use crate::state::{Fault, PULL, Pull};
use crate::world::{Surroundings, folder, run_in};

const ONE: [&str; 3] = ["review", "--pull-request", "7"];

/// A GitHub with one pull request of the desk's.
fn site((base, head): &(Files, Files)) -> Site {
    let mut site = Site::new(base);
    site.open(PULL, "desk", head);
    site
}

fn colors(site: &Site) -> [String; 3] {
    site.states(site.head(PULL))
}

#[test]
fn what_is_found_is_posted_and_the_same_again_posts_nothing() {
    let mut site = site(&rarer());
    let run = site.run(&ONE);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(
        site.written(0),
        [
            "POST comments",
            "POST requested_reviewers",
            "POST labels",
            "POST statuses",
            "POST statuses",
            "POST statuses"
        ]
    );
    assert_eq!(colors(&site), ["success", "success", "pending"]);
    // What it judges by; whether the head is still that; whether another run wrote meanwhile.
    let asked = site.requests() - site.written(0).len();
    assert!(asked <= 12, "{asked}");
    {
        let state = site.hub.state();
        let pull = &state.pulls[&PULL];
        assert_eq!(pull.requested, ["ciso", "director"]);
        let labels: Vec<&String> = pull.labels.iter().collect();
        assert_eq!(labels, ["待核准：乙所資安長", "待核准：甲局局長"]);
    }
    let since = site.requests();
    let again = site.run(&ONE);
    assert_eq!((again.code, again.out), (0, run.out));
    assert_eq!(site.written(since), Vec::<String>::new());
}

#[test]
fn a_dry_run_shows_what_it_would_write_and_writes_nothing() {
    let mut site = site(&rarer());
    let all = ["review", "--all-open", "--dry-run", "--format", "json"];
    let run = site.run_under(&[("PLANGATE_TOKEN", READ_ONLY)], &all);
    let told: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(run.code, 0);
    assert_eq!(told["writes"]["statuses"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        told["writes"]["reviewers"],
        serde_json::json!(["ciso", "director"])
    );
    assert_eq!(site.written(0), Vec::<String>::new());
}

#[test]
fn threat_29_nothing_that_is_said_shows_the_token() {
    let mut site = site(&rarer());
    let echo = Fault::Refused {
        status: 403,
        headers: Vec::new(),
        message: "ghs_of_the_app may not",
    };
    site.hub.will(0, echo);
    for token in [TOKEN, "ghs_revoked_but_still_secret"] {
        let run = site.run_under(&[("PLANGATE_TOKEN", token)], &ONE);
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
fn reads(files: &(Files, Files)) -> usize {
    let mut site = site(files);
    site.run(&[&ONE[..], &["--dry-run"]].concat());
    site.requests()
}

#[test]
fn edge_66_a_token_of_a_fork_may_not_write_and_everything_is_said_here() {
    let mut site = site(&too_rare());
    let run = site.run_under(&[("PLANGATE_TOKEN", READ_ONLY)], &ONE);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("權杖不可寫入"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert!(site.hub.state().comments.is_empty() && site.hub.state().statuses.is_empty());
}

#[test]
fn edge_59_a_push_in_the_middle_leaves_the_new_head_without_a_word() {
    let files = too_rare();
    let mut site = site(&files);
    // While it judges: what is read last is where the head is by then.
    let last = reads(&files) - 1;
    site.hub.meanwhile(last, |state| drop(state.push(&[1])));
    let run = site.run(&ONE);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("判定期間有新提交"), "{}", run.err);
    assert_eq!(site.written(0), Vec::<String>::new());
}

#[test]
fn edge_17_another_of_the_same_head_that_opens_meanwhile_turns_both_red() {
    let files = rarer();
    let mut site = site(&files);
    let last = reads(&files) - 1;
    site.hub.meanwhile(last, |state| {
        let head = state.head(PULL);
        state.point("refs/pull/8/head", head);
        let twin = Pull::by("desk");
        state.pulls.insert(8, twin);
    });
    let run = site.run(&ONE);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.out.contains("#7、#8 為同一提交"), "{}", run.out);
    assert_eq!(colors(&site), ["error"; 3]);
}

#[test]
fn edge_39_what_is_closed_meanwhile_gets_nothing() {
    let files = too_rare();
    let mut site = site(&files);
    let last = reads(&files) - 1;
    site.hub.meanwhile(last, |state| {
        state.pulls.get_mut(&PULL).expect("it is there").is_open = false;
    });
    let run = site.run(&ONE);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("判定期間已關閉或合併"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert_eq!(site.written(0), Vec::<String>::new());
}

#[test]
fn edge_62_a_locked_conversation_gets_its_statuses() {
    let mut site = site(&too_rare());
    site.hub
        .state()
        .pulls
        .get_mut(&PULL)
        .expect("there")
        .is_locked = true;
    let run = site.run(&ONE);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("討論已鎖定"), "{}", run.err);
    assert!(run.out.contains("health-check-insufficient"), "{}", run.out);
    assert!(site.hub.state().comments.is_empty());
    assert_eq!(colors(&site), ["failure", "failure", "pending"]);
}

#[test]
fn threat_13_who_pushed_what_somebody_else_signed_does_not_approve_it() {
    let mut site = site(&rarer());
    site.says(PULL, &["ciso", "director"], "APPROVED");
    site.run(&ONE);
    assert_eq!(colors(&site)[2], "success");
    let head = site.hub.state().head(PULL).to_string();
    for (pushers, why) in [
        (vec!["desk", "director"], "推送了最新的提交"),
        (vec![], "無法得知最新提交由何人推送"),
    ] {
        site.hub.state().pushers.insert(head.clone(), pushers);
        site.run(&ONE);
        assert_eq!(colors(&site)[2], "pending");
        let state = site.hub.state();
        let mut summaries = state.comments.iter().filter(|it| it.anchor.is_none());
        assert!(summaries.any(|it| it.body.contains(why)), "{why}");
    }
}

#[test]
fn threat_07_a_summary_says_where_the_statuses_decide_nothing() {
    let mut site = site(&rarer());
    let told = |site: &mut Site| {
        let run = site.run(&ONE);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
        let state = site.hub.state();
        let mut summaries = state.comments.iter().filter(|it| it.anchor.is_none());
        summaries.next().expect("a summary").body.clone()
    };
    let bare = told(&mut site);
    assert!(
        bare.contains("⚠️ 狀態未受保護：「main」無保護規則"),
        "{bare}"
    );
    let protect = |site: &Site, app: i64| {
        let names = ["policies", "changelog", "approval"];
        let checks = names.map(|name| (format!("plangate/{name} (main)"), Some(app)));
        site.hub.state().guard.newer = Some((checks.into(), vec!["pull_request"]));
    };
    // Any workflow is GitHub Actions, whose number this is.
    protect(&site, 15_368);
    assert!(told(&mut site).contains("狀態未受保護"));
    protect(&site, 12);
    let whole = told(&mut site);
    assert!(!whole.contains("狀態未受保護"), "{whole}");
}

#[test]
fn the_doctor_asks_the_forge_whether_the_statuses_decide() {
    let (base, head) = rarer();
    let plans = folder(&texts(&base));
    let mut site = site(&(base, head));
    let root = plans.path("");
    let protected = |site: &mut Site| {
        let run = site.run(&["doctor", &root, "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let points = told["points"].as_array().expect("points").clone();
        let about = [
            "protection",
            "status-required",
            "bypass",
            "environment",
            "fork-secrets",
        ];
        let own = points
            .iter()
            .filter(|it| about.iter().any(|id| it["id"] == *id));
        own.map(|it| format!("{} {}", it["id"], it["state"]))
            .collect::<Vec<_>>()
    };
    let missing = r#""environment" "attention""#;
    assert_eq!(protected(&mut site), [r#""protection" "wrong""#, missing]);
    let names = ["policies", "changelog", "approval"];
    let checks = names.map(|name| (format!("plangate/{name} (main)"), Some(12)));
    let rules = vec!["pull_request", "non_fast_forward"];
    site.hub.state().guard.newer = Some((checks.into(), rules));
    // A token is no App, and who may bypass the rules is not told to it.
    let status = r#""status-required" "attention""#;
    assert_eq!(
        protected(&mut site),
        [status, status, status, r#""bypass" "attention""#, missing]
    );
    site.hub.state().actions = Actions {
        secrets: Secrets::From(vec!["main"]),
        forks: Some([true, true]),
        is_open: true,
        waiting: "all_external_contributors",
        ..Actions::default()
    };
    let told = protected(&mut site).split_off(4);
    let forks = r#""fork-secrets" "wrong""#;
    assert_eq!(told, [r#""environment" "good""#, forks]);
}

/// What stands, whoever looks: each comment's id and place, whom was asked, the colors.
fn standing(site: &Site) -> (Vec<String>, usize, [String; 3]) {
    let state = site.hub.state();
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
    (comments, asked, colors(site))
}

#[test]
fn edge_61_whatever_gets_lost_on_the_way_is_said_once_in_the_end() {
    let files = too_rare();
    let ahead = reads(&files);
    let mut whole = site(&files);
    whole.run(&ONE);
    let requests = whole.requests();
    let faults = [Fault::LostAnswer, Fault::Deaf, Fault::Garbage];
    for (lost, fault) in (ahead..requests).zip(faults.iter().cycle()) {
        let mut site = site(&files);
        site.hub.will(lost, fault.clone());
        site.run(&ONE);
        assert_ne!(colors(&site)[0], "success", "{lost} {fault:?}");
        site.hub.state().faults.clear();
        let run = site.run(&ONE);
        assert_eq!(run.code, 1, "{lost} {fault:?}: {}", run.err);
        assert_eq!(standing(&site), standing(&whole), "{lost} {fault:?}");
    }
}
