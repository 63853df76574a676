//! What is written, and what becomes of a job when something goes wrong.

use plangate::forge::{Carried, ErrorKind, Forge, Job, Planned, Stop, ToSet, carry_out};
use plangate::review::CommitId;
use plangate::review::anchor::{Anchor, Side};
use plangate::review::marker::Marker;
use plangate::review::statuses::State as Color;
use plangate::review::writes::{Desired, Own, PostedKind, Wanted, Write, plan};

use crate::server::Hub;
use crate::state::{Fault, PLAN, PULL, READ_ONLY};

pub(crate) const GREEN: &str = "plangate/policies (main)";
pub(crate) const RED: &str = "plangate/approval (main)";
pub(crate) const HEADING: &str = "### 無法標在行上的事項";

pub(crate) fn lines(start: Option<u32>, line: u32) -> Anchor {
    Anchor::Lines {
        path: PLAN.into(),
        side: Side::New,
        start,
        line,
    }
}

pub(crate) fn wanted(id: &str, anchor: Anchor) -> Wanted {
    Wanted {
        id: id.to_owned(),
        anchor,
        text: format!("事項 {id}"),
    }
}

pub(crate) fn desired(comments: Vec<Wanted>) -> Desired {
    Desired {
        holding: comments.iter().map(|it| it.id.clone()).collect(),
        comments,
        summary: "總結".to_owned(),
        fixed: "已解決".to_owned(),
    }
}

pub(crate) fn statuses() -> Vec<ToSet> {
    let status = |context: &str, state| ToSet {
        context: context.to_owned(),
        state,
        description: "說明".to_owned(),
        address: Some("https://forge.example/7".to_owned()),
    };
    vec![status(GREEN, Color::Success), status(RED, Color::Pending)]
}

/// Reads, plans and carries out, as a run does.
pub(crate) fn run(
    forge: &mut dyn Forge,
    own: Own,
    desired: &Desired,
    number: u64,
) -> Option<Carried> {
    let head = forge.pull_request(PULL).ok()?.pull_request.head;
    let posted = forge.comments(PULL).ok()?;
    let writes = plan(&posted, desired, own, number).ok()?;
    Some(carried(forge, own, &head, &writes, number))
}

pub(crate) fn carried(
    forge: &mut dyn Forge,
    own: Own,
    head: &CommitId,
    writes: &[Write],
    number: u64,
) -> Carried {
    let planned = Planned {
        comments: writes.to_vec(),
        statuses: statuses(),
        ..Planned::default()
    };
    told(forge, own, head, &planned, number)
}

/// Carries out whatever is planned.
fn told(
    forge: &mut dyn Forge,
    own: Own,
    head: &CommitId,
    planned: &Planned,
    number: u64,
) -> Carried {
    let open = forge.open_pull_requests().unwrap_or_default();
    let job = Job {
        number: PULL,
        head,
        listed: open.iter().find(|own| own.number == PULL),
        own,
        run: number,
        planned,
        heading: HEADING,
        overtaken: "較新的執行已判定",
    };
    carry_out(forge, &job)
}

const JIA: Own = Own {
    account: 1,
    app: None,
};

fn done(hub: &Hub, desired: &Desired, number: u64) -> Carried {
    run(&mut hub.connect(), JIA, desired, number).expect("it ran")
}

fn ids(hub: &Hub) -> Vec<String> {
    let state = hub.state();
    let markers = state
        .comments
        .iter()
        .filter_map(|it| Marker::read(&it.body));
    markers.map(|marker| marker.id).collect()
}

fn summary(hub: &Hub) -> String {
    let state = hub.state();
    let mut of = state.comments.iter().filter(|it| it.anchor.is_none());
    of.next_back()
        .map_or_else(String::new, |it| it.body.clone())
}

fn color(hub: &Hub, context: &str) -> Option<String> {
    let state = hub.state();
    let head = state.head(PULL).to_string();
    state.status(&head, context).map(|set| set.state.clone())
}

#[test]
fn comments_go_to_their_lines_and_statuses_to_the_head() {
    let hub = Hub::new();
    let wanted = vec![
        wanted("one", lines(None, 3)),
        wanted("two", lines(Some(18), 20)),
        wanted("file", Anchor::File { path: PLAN.into() }),
    ];
    let carried = done(&hub, &desired(wanted), 1);
    assert_eq!((carried.posted, carried.stopped), (4, None));
    assert!(carried.demoted.is_empty() && carried.unposted.is_empty() && carried.unset.is_empty());
    let anchors: Vec<_> = hub
        .state()
        .comments
        .iter()
        .map(|it| it.anchor.clone())
        .collect();
    let on = |lines| Some((PLAN.to_owned(), lines));
    let right = |start, line| Some(("RIGHT".to_owned(), start, line));
    assert_eq!(
        anchors,
        [on(right(None, 3)), on(right(Some(18), 20)), on(None), None]
    );
    assert_eq!(color(&hub, GREEN).as_deref(), Some("success"));
    assert_eq!(color(&hub, RED).as_deref(), Some("pending"));
}

#[test]
fn a_second_run_writes_nothing() {
    let hub = Hub::new();
    let desired = desired(vec![wanted("one", lines(None, 3))]);
    done(&hub, &desired, 1);
    let carried = done(&hub, &desired, 2);
    assert_eq!(carried.posted, 0);
    assert_eq!(ids(&hub), ["one", "summary"]);
}

#[test]
fn what_is_fixed_is_edited_and_folded_and_comes_back() {
    let hub = Hub::new();
    let found = desired(vec![wanted("one", lines(None, 3))]);
    done(&hub, &found, 1);
    done(&hub, &desired(Vec::new()), 2);
    assert_eq!(hub.state().folded.len(), 1);
    assert!(hub.state().comments[0].body.contains("已解決"));
    done(&hub, &found, 3);
    assert!(hub.state().folded.is_empty());
    assert!(hub.state().comments[0].body.contains("事項 one"));
    assert_eq!(ids(&hub), ["one", "summary"]);
}

#[test]
fn reviews_are_asked_for_and_labels_change() {
    let hub = Hub::new();
    let mut github = hub.connect();
    github
        .request_reviews(PULL, &["bing".into()])
        .expect("asked");
    github
        .label(PULL, &["待核准/資安長"], &["plan", "無此標籤"])
        .expect("changed");
    let read = github.pull_request(PULL).expect("it is read");
    assert_eq!(read.pull_request.requested[0].id, 3);
    assert_eq!(
        read.labels.iter().map(String::as_str).collect::<Vec<_>>(),
        ["待核准/資安長"]
    );
}

#[test]
fn edge_59_a_head_that_moved_gets_nothing() {
    let hub = Hub::new();
    hub.meanwhile(2, |state| drop(state.push(&[5])));
    let carried = done(&hub, &desired(vec![wanted("one", lines(None, 3))]), 1);
    let to = hub.state().head(PULL).to_string();
    assert_eq!(
        carried.stopped,
        Some(Stop::Moved {
            to: to.as_str().into()
        })
    );
    assert_eq!(carried.unposted.len(), 2, "and nothing of it is lost");
    assert_eq!(color(&hub, GREEN), None);
    assert_eq!(hub.state().writes(0).count(), 0);
}

#[test]
fn edge_59_a_line_that_a_push_took_away_is_no_demotion() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let head = github
        .pull_request(PULL)
        .expect("it is read")
        .pull_request
        .head;
    let off = plan(&[], &desired(vec![wanted("one", lines(None, 12))]), JIA, 1).expect("writes");
    hub.meanwhile(2, |state| drop(state.push(&[5])));
    let carried = carried(&mut github, JIA, &head, &off, 1);
    assert!(matches!(carried.stopped, Some(Stop::Moved { .. })));
    assert_eq!((carried.unposted.len(), hub.state().comments.len()), (2, 0));
}

#[test]
fn edge_60_of_two_runs_the_later_one_is_believed() {
    let hub = Hub::new();
    let desired = desired(vec![wanted("one", lines(None, 3))]);
    let mut github = hub.connect();
    let head = github
        .pull_request(PULL)
        .expect("it is read")
        .pull_request
        .head;
    let early = plan(&[], &desired, JIA, 1).expect("writes");
    let later = done(&hub, &desired, 2);
    assert_eq!(later.stopped, None);
    let carried = carried(&mut github, JIA, &head, &early, 1);
    assert_eq!(carried.stopped, Some(Stop::Overtaken { by: 2 }));
    assert_eq!(
        color(&hub, GREEN).as_deref(),
        Some("error"),
        "its green is taken back"
    );
    assert_eq!(hub.state().folded.len(), 2, "what it said again is folded");
    let nothing = plan(&github.comments(PULL).expect("a list"), &desired, JIA, 1);
    assert!(
        nothing.is_err(),
        "and the next early run writes nothing at all"
    );
}

#[test]
fn edge_61_a_lost_answer_is_looked_for_and_nothing_is_said_twice() {
    for lost in 3..9 {
        let hub = Hub::new();
        hub.will(lost, Fault::LostAnswer);
        let carried = done(&hub, &desired(vec![wanted("one", lines(None, 3))]), 1);
        assert_eq!(carried.stopped, None, "{lost}");
        assert_eq!(ids(&hub), ["one", "summary"], "{lost}");
        assert_eq!(color(&hub, GREEN).as_deref(), Some("success"), "{lost}");
        assert_eq!(hub.state().statuses.len(), 2, "{lost}");
    }
}

#[test]
fn edge_61_where_looking_is_refused_nothing_is_sent_to_another_place() {
    for lost in 3..9 {
        let hub = Hub::new();
        hub.will(lost, Fault::LostAnswer);
        let nothing = Fault::Refused {
            status: 404,
            headers: Vec::new(),
            message: "Not Found",
        };
        hub.will(lost + 1, nothing);
        let desired = desired(vec![wanted("one", lines(None, 3))]);
        done(&hub, &desired, 1);
        hub.state().faults.clear();
        done(&hub, &desired, 2);
        assert_eq!(ids(&hub), ["one", "summary"], "{lost}");
    }
}

#[test]
fn edge_61_what_was_never_heard_is_sent_again() {
    let hub = Hub::new();
    hub.will(3, Fault::Deaf);
    let carried = done(&hub, &desired(vec![wanted("one", lines(None, 3))]), 1);
    assert_eq!(
        (carried.posted, ids(&hub)),
        (2, vec!["one".to_owned(), "summary".to_owned()])
    );
}

#[test]
fn edge_62_a_summary_that_somebody_deleted_comes_back_once() {
    let hub = Hub::new();
    let desired = desired(Vec::new());
    done(&hub, &desired, 1);
    hub.state().comments.clear();
    done(&hub, &desired, 2);
    done(&hub, &desired, 3);
    assert_eq!(ids(&hub), ["summary"]);
}

#[test]
fn edge_62_where_nobody_may_comment_the_statuses_are_set_all_the_same() {
    let hub = Hub::new();
    hub.state()
        .pulls
        .get_mut(&PULL)
        .expect("it is there")
        .is_locked = true;
    let carried = done(&hub, &desired(vec![wanted("one", lines(None, 3))]), 1);
    assert_eq!(carried.stopped, Some(Stop::Locked));
    assert_eq!((carried.unposted.len(), hub.state().comments.len()), (2, 0));
    assert_eq!(color(&hub, RED).as_deref(), Some("pending"));
}

#[test]
fn edge_39_a_closed_pull_request_gets_no_status() {
    let hub = Hub::new();
    hub.state()
        .pulls
        .get_mut(&PULL)
        .expect("it is there")
        .is_open = false;
    let carried = done(&hub, &desired(Vec::new()), 1);
    assert_eq!(carried.stopped, Some(Stop::NotOpen));
    assert_eq!(hub.state().writes(0).count(), 0);
}

#[test]
fn edge_63_a_comment_that_is_too_long_is_handed_back() {
    let hub = Hub::new();
    let mut long = wanted("long", lines(None, 3));
    long.text = "限".repeat(70_000);
    let carried = done(&hub, &desired(vec![long, wanted("one", lines(None, 3))]), 1);
    assert_eq!(ids(&hub), ["one", "summary"]);
    assert_eq!(carried.unposted.len(), 1);
    let error = carried.unposted[0].error.as_ref().expect("it was refused");
    assert_eq!(error.kind, ErrorKind::Rejected);
}

#[test]
fn edge_64_sixty_comments_go_one_by_one_and_none_is_dropped() {
    let hub = Hub::new();
    let many = (0..60).map(|n| wanted(&format!("n{n}"), lines(None, 3)));
    let carried = done(&hub, &desired(many.collect()), 1);
    assert_eq!((carried.posted, ids(&hub).len()), (61, 61));
    assert!(hub.pace.waits().len() >= 60, "a second between them");
}

#[test]
fn a_line_outside_of_the_diff_goes_to_the_file_and_then_to_the_summary() {
    let hub = Hub::new();
    let elsewhere = Anchor::Lines {
        path: "plans/b/plan.yaml".into(),
        side: Side::New,
        start: None,
        line: 1,
    };
    let found = vec![
        wanted("hidden", lines(None, 12)),
        wanted("elsewhere", elsewhere),
        wanted("shown", lines(None, 3)),
    ];
    let carried = done(&hub, &desired(found.clone()), 1);
    assert_eq!(carried.stopped, None);
    assert!(carried.unposted.is_empty());
    let to: Vec<(&str, &Anchor)> = carried
        .demoted
        .iter()
        .map(|it| (it.id.as_str(), &it.to))
        .collect();
    let file = Anchor::File { path: PLAN.into() };
    assert_eq!(to, [("hidden", &file), ("elsewhere", &Anchor::Summary)]);
    assert!(summary(&hub).contains(HEADING) && summary(&hub).contains("事項 elsewhere"));
    assert!(color(&hub, GREEN).is_some());
    done(&hub, &desired(found), 2);
    assert_eq!(summary(&hub).matches("事項 elsewhere").count(), 1);
    assert_eq!(ids(&hub), ["hidden", "shown", "summary"]);
}

#[test]
fn what_is_refused_while_the_summary_stands_goes_under_it() {
    let hub = Hub::new();
    done(&hub, &desired(Vec::new()), 1);
    let elsewhere = Anchor::File {
        path: "README.md".into(),
    };
    let carried = done(&hub, &desired(vec![wanted("late", elsewhere)]), 2);
    assert_eq!(carried.demoted.len(), 1);
    assert!(summary(&hub).starts_with("<!-- plangate:v1 id=summary"));
    assert!(summary(&hub).contains("事項 late"));
}

#[test]
fn edge_66_a_token_of_a_fork_is_found_out_once_and_nothing_is_lost() {
    let hub = Hub::new();
    let mut settings = hub.settings();
    settings.identity =
        plangate::forge::github::Identity::Token(plangate::forge::github::Secret::new(READ_ONLY));
    let mut github = hub.connect_with(&settings).expect("a connection");
    let own = github.own().expect("who we are");
    let many: Vec<Wanted> = (0..20)
        .map(|n| wanted(&format!("n{n}"), lines(None, 3)))
        .collect();
    let carried = run(&mut github, own, &desired(many), 1).expect("it ran");
    assert!(matches!(carried.stopped, Some(Stop::MayNotWrite(_))));
    assert_eq!(
        (carried.posted, carried.unposted.len(), carried.unset.len()),
        (0, 21, 2)
    );
    let state = hub.state();
    let sent = state.log.iter().filter(|it| it.method == "POST");
    let writes = sent.filter(|it| !it.path.ends_with("/graphql")).count();
    assert_eq!(writes, 2, "one comment, one status");
}

#[test]
fn threat_18_a_marker_of_somebody_else_neither_hides_nor_gives_up_anything() {
    let hub = Hub::new();
    let forged = |id: &str| format!("<!-- plangate:v1 id={id} run=99 state=open -->\n假");
    {
        let mut state = hub.state();
        for (id, anchor) in [("one", Some((PLAN.to_owned(), None))), ("summary", None)] {
            let comment = crate::state::Comment {
                id: state.id(),
                pull: PULL,
                author: "yi".to_owned(),
                body: forged(id),
                anchor,
                reply_to: None,
            };
            state.comments.push(comment);
        }
    }
    hub.will(5, Fault::LostAnswer);
    let carried = done(&hub, &desired(vec![wanted("one", lines(None, 3))]), 1);
    assert_eq!((carried.posted, carried.stopped), (2, None));
    let state = hub.state();
    assert_eq!(state.comments.len(), 4);
    assert!(state.comments[..2].iter().all(|it| it.body.ends_with("假")));
    assert!(state.folded.is_empty());
    drop(state);
    assert_eq!(color(&hub, GREEN).as_deref(), Some("success"));
}

#[test]
fn a_review_makes_few_requests() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let own = github.own().expect("who we are");
    let head = github
        .pull_request(PULL)
        .expect("it is read")
        .pull_request
        .head;
    let posted = github.comments(PULL).expect("a list");
    assert!(github.reviews(PULL).is_ok() && github.signatures(PULL).is_ok());
    assert!(github.statuses(&head).is_ok());
    let desired = desired(vec![wanted("one", lines(None, 3))]);
    let writes = plan(&posted, &desired, own, 1).expect("writes");
    let carried = carried(&mut github, own, &head, &writes, 1);
    assert_eq!(carried.posted, 2);
    let state = hub.state();
    let graphql = state
        .log
        .iter()
        .filter(|it| it.path.ends_with("/graphql"))
        .count();
    assert!(state.sent("GET") + graphql <= 12, "{:?}", state.log);
    assert!(!desired.summary.is_empty() && posted.iter().all(|it| it.kind == PostedKind::Diff));
}

#[test]
fn attention_is_asked_for_before_the_statuses_and_holds_none_of_them_up() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let head = github.pull_request(PULL).expect("read").pull_request.head;
    let planned = Planned {
        reviewers: vec!["bing".into(), "yi".into()],
        add_labels: vec!["待核准：甲局局長".to_owned()],
        statuses: statuses(),
        ..Planned::default()
    };
    // GitHub refuses both for one of them, for nobody reviews what is their own.
    let carried = told(&mut github, JIA, &head, &planned, 1);
    assert_eq!((carried.unasked.len(), carried.unset.len()), (1, 0));
    assert_eq!(carried.unasked[0].kind, ErrorKind::Rejected);
    assert!(carried.stands());
    let state = hub.state();
    assert_eq!(state.pulls[&PULL].requested, ["bing"]);
    assert!(state.pulls[&PULL].labels.contains("待核准：甲局局長"));
    let first = |part: &str| state.log.iter().position(|it| it.path.contains(part));
    assert!(first("/labels") < first("/statuses/"));
}

#[test]
fn edge_59_nobody_is_asked_about_a_head_that_is_gone() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let head = github.pull_request(PULL).expect("read").pull_request.head;
    hub.state().push(&[1]);
    let planned = Planned {
        reviewers: vec!["bing".into()],
        statuses: statuses(),
        ..Planned::default()
    };
    let carried = told(&mut github, JIA, &head, &planned, 1);
    assert!(matches!(carried.stopped, Some(Stop::Moved { .. })));
    assert_eq!(hub.state().writes(0).count(), 0);
}
