//! What is read, and what is never taken for less than it is.

use plangate::forge::github::{Identity, Secret};
use plangate::forge::{ErrorKind, Forge};
use plangate::review::statuses::State as Color;
use plangate::review::{ReviewState, Standing};

use crate::server::Hub;
use crate::state::{Comment, Fault, Given, PULL, Set, State};

fn comment(state: &mut State, author: &str, on_diff: bool, body: &str) -> u64 {
    let id = state.id();
    state.comments.push(Comment {
        id,
        pull: PULL,
        author: author.to_owned(),
        body: body.to_owned(),
        anchor: on_diff.then(|| ("plans/a/plan.yaml".to_owned(), None)),
        reply_to: None,
    });
    id
}

#[test]
fn a_pull_request_is_read_as_it_is() {
    let hub = Hub::new();
    let head = hub.state().head(PULL).to_string();
    let read = hub.connect().pull_request(PULL).expect("it is read");
    assert_eq!(*read.pull_request.head, *head);
    assert_eq!(&*read.pull_request.base, "main");
    assert_eq!(read.pull_request.standing, Standing::Open);
    let author = read.pull_request.author.expect("an author");
    assert_eq!((author.id, &*author.login, author.is_bot), (2, "yi", false));
    assert_eq!((read.commits, read.is_locked), (1, false));
    assert_eq!(read.head_repository.as_deref(), Some("jia/plans"));
    assert!(read.labels.contains("plan"));
}

#[test]
fn where_a_pull_request_stands() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let mut standing = |act: fn(&mut crate::state::Pull)| {
        act(hub.state().pulls.get_mut(&PULL).expect("it is there"));
        github.pull_request(PULL).expect("it is read")
    };
    assert_eq!(
        standing(|it| it.mergeable = None).pull_request.standing,
        Standing::Open
    );
    let conflict = standing(|it| it.mergeable = Some(false));
    assert_eq!(conflict.pull_request.standing, Standing::Conflict);
    assert!(standing(|it| it.is_draft = true).pull_request.is_draft);
    let gone = standing(|it| it.fork = Some(""));
    assert_eq!(gone.head_repository, None, "edge 41: the fork is gone");
    let closed = standing(|it| it.is_open = false);
    assert_eq!(closed.pull_request.standing, Standing::Closed);
    let merged = standing(|it| it.merged_at = Some("2026-11-21T09:00:00Z".to_owned()));
    let at = "2026-11-21T09:00:00Z".parse().expect("a moment");
    assert_eq!(merged.pull_request.standing, Standing::Merged { at });
}

#[test]
fn edge_67_what_is_judged_is_read_again_and_is_the_head_of_now() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let before = github
        .pull_request(PULL)
        .expect("it is read")
        .pull_request
        .head;
    let pushed = hub.state().push(&[5]);
    let after = github
        .pull_request(PULL)
        .expect("it is read")
        .pull_request
        .head;
    assert_ne!(before, after);
    assert_eq!(*after, *pushed);
    let open = github.open_pull_requests().expect("a list");
    let shown: Vec<_> = open.iter().map(|own| (own.number, &own.head)).collect();
    assert_eq!(shown, [(PULL, &after)]);
}

#[test]
fn reviews_keep_their_order_and_their_gaps() {
    let hub = Hub::new();
    let head = hub.state().head(PULL).to_string();
    let given = |author, state, commit: Option<&String>| Given {
        pull: PULL,
        author,
        state,
        commit: commit.cloned(),
        at: "2026-11-21T08:00:00Z".to_owned(),
    };
    hub.state().reviews = vec![
        given(Some("bing"), "APPROVED", Some(&head)),
        given(None, "APPROVED", None),
        given(Some("plangate[bot]"), "CHANGES_REQUESTED", Some(&head)),
        given(Some("jia"), "DISMISSED", Some(&head)),
        given(Some("jia"), "PENDING", Some(&head)),
        given(Some("jia"), "COMMENTED", Some(&head)),
    ];
    let read = hub.connect().reviews(PULL).expect("they are read");
    let states: Vec<ReviewState> = read.iter().map(|review| review.state).collect();
    assert_eq!(
        states,
        [
            ReviewState::Approved,
            ReviewState::Approved,
            ReviewState::ChangesRequested,
            ReviewState::Dismissed,
            ReviewState::Pending,
            ReviewState::Commented
        ]
    );
    assert!(read[1].author.is_none() && read[1].commit.is_none());
    let program = read[2].author.as_ref().expect("an author");
    assert!(
        program.is_bot && &*program.login == "plangate[bot]",
        "as REST tells it"
    );
    assert_eq!(
        read.iter().map(|it| it.id).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6]
    );
    assert_eq!(read[0].commit.as_deref(), Some(&*head));
    assert!(read[4].submitted_at.is_none() && read[5].submitted_at.is_some());
}

#[test]
fn reviews_come_with_the_comments_and_are_of_that_moment_once() {
    let hub = Hub::new();
    let given = |pull, author| Given {
        pull,
        author: Some(author),
        state: "APPROVED",
        commit: None,
        at: "2026-11-21T08:00:00Z".to_owned(),
    };
    hub.state().reviews = (0..150).map(|_| given(PULL, "bing")).collect();
    let mut github = hub.connect();
    github.comments(PULL).expect("they are read");
    let asked = hub.state().log.len();
    assert_eq!(asked, 2, "two pages");
    hub.state().reviews.push(given(PULL, "jia"));
    assert_eq!(github.reviews(PULL).expect("they came").len(), 150);
    assert_eq!(hub.state().log.len(), asked);
    let anew = github.reviews(PULL).expect("they are asked for");
    assert_eq!(anew.len(), 151);
    github.comments(PULL).expect("they are read");
    let other = github.reviews(PULL + 1);
    assert_eq!(other.expect_err("of another").kind, ErrorKind::NotFound);
}

#[test]
fn threat_39_a_program_is_told_by_its_account_and_not_by_who_acts() {
    let hub = Hub::new();
    let mut github = hub.connect();
    let mut is_bot = |author| {
        hub.state()
            .pulls
            .get_mut(&PULL)
            .expect("it is there")
            .author = author;
        let read = github.pull_request(PULL).expect("it is read");
        read.pull_request.author.expect("an author").is_bot
    };
    assert!(is_bot("plangate[bot]"));
    assert!(!is_bot("jia"));
}

#[test]
fn an_unknown_word_makes_the_answer_unreadable() {
    let hub = Hub::new();
    hub.state().reviews = vec![Given {
        pull: PULL,
        author: Some("jia"),
        state: "BLESSED",
        commit: None,
        at: "2026-11-21T08:00:00Z".to_owned(),
    }];
    let error = hub
        .connect()
        .reviews(PULL)
        .expect_err("half a list is no list");
    assert_eq!(error.kind, ErrorKind::Malformed);
}

#[test]
fn threat_26_a_list_is_read_over_all_its_pages() {
    let hub = Hub::new();
    let count = 250;
    {
        let mut state = hub.state();
        for n in 0..count {
            comment(&mut state, "yi", n % 2 == 0, "意見");
        }
    }
    let read = hub.connect().comments(PULL).expect("they are read");
    assert_eq!(read.len(), count);
    assert_eq!(hub.state().log.len(), 2, "two pages of both at once");
}

#[test]
fn threat_26_fewer_commits_than_there_are_is_an_error() {
    let hub = Hub::new();
    {
        let mut state = hub.state();
        let mut tip = state.head(PULL);
        for _ in 0..9 {
            tip = state.commit(&[("README.md", "計畫\n")], &[tip]);
        }
        state.point("refs/pull/7/head", tip);
    }
    let mut github = hub.connect();
    assert_eq!(github.signatures(PULL).expect("all ten").len(), 10);
    hub.will(0, Fault::HalfAList);
    let error = github.signatures(PULL).expect_err("five are not ten");
    assert_eq!(error.kind, ErrorKind::Truncated);
}

#[test]
fn threat_27_no_error_is_an_empty_list() {
    let hub = Hub::new();
    let mut github = hub.connect();
    for (status, kind) in [
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (422, ErrorKind::Rejected),
    ] {
        let refused = Fault::Refused {
            status,
            headers: Vec::new(),
            message: "no",
        };
        hub.will(0, refused.clone());
        assert_eq!(github.reviews(PULL).expect_err("no list").kind, kind);
        hub.will(0, refused);
        assert_eq!(github.comments(PULL).expect_err("no list").kind, kind);
    }
    comment(&mut hub.state(), "yi", true, "意見");
    hub.will(0, Fault::HalfAList);
    let error = github.comments(PULL).expect_err("half a list is no list");
    assert_eq!(error.kind, ErrorKind::Truncated);
    hub.state().reviews = vec![Given {
        pull: PULL,
        author: Some("bing"),
        state: "APPROVED",
        commit: None,
        at: "2026-11-21T08:00:00Z".to_owned(),
    }];
    hub.state().comments.clear();
    hub.will(0, Fault::HalfAList);
    let error = github.reviews(PULL).expect_err("half a list is no list");
    assert_eq!(error.kind, ErrorKind::Truncated);
    hub.will(0, Fault::Garbage);
    let error = github.reviews(PULL).expect_err("no list");
    assert_eq!(error.kind, ErrorKind::Malformed);
}

#[test]
fn who_signed_is_nobody_where_github_knows_nobody() {
    let hub = Hub::new();
    let read = hub.connect().signatures(PULL).expect("they are read");
    let author = read[0].author.as_ref().expect("an account");
    assert_eq!((author.id, &*author.login), (2, "yi"));
    assert_eq!(read[0].committer, None);
}

#[test]
fn comments_know_their_writer_their_answers_and_whether_they_are_folded() {
    let hub = Hub::new();
    let mark = "<!-- plangate:v1 id=abc run=3 state=open -->\n文";
    let (first, folded) = {
        let mut state = hub.state();
        let first = comment(&mut state, "jia", true, mark);
        let folded = comment(&mut state, "jia", false, mark);
        let answer = comment(&mut state, "yi", true, "已補");
        state.comments.last_mut().expect("it is there").reply_to = Some(first);
        state.folded.insert(crate::routes::node(folded));
        assert!(answer > folded);
        (first, folded)
    };
    let mut github = hub.connect();
    let own = github.own().expect("who we are");
    let read = github.comments(PULL).expect("they are read");
    let of = |id| {
        read.iter()
            .find(|posted| posted.id == id)
            .expect("it is there")
    };
    assert_eq!(
        (of(first).has_replies, of(first).is_folded),
        (true, Some(false))
    );
    assert_eq!(
        (of(folded).has_replies, of(folded).is_folded),
        (false, Some(true))
    );
    assert_eq!(
        (of(first).author, of(first).app),
        (Some(own.account), own.app)
    );
}

#[test]
fn what_an_app_says_in_the_name_of_a_person_is_not_the_person_s_word() {
    let hub = Hub::new();
    let mark = "<!-- plangate:v1 id=summary run=3 state=open -->\n文";
    let [own, of_app, of_other] = {
        let mut state = hub.state();
        let own = comment(&mut state, "jia", false, mark);
        let of_app = comment(&mut state, "jia", false, mark);
        let of_other = comment(&mut state, "yi", false, mark);
        comment(&mut state, "jia", false, "文");
        state.through.extend([(of_app, 12), (of_other, 12)]);
        [own, of_app, of_other]
    };
    let mut github = hub.connect();
    let told = |github: &mut plangate::forge::github::GitHub| {
        let read = github.comments(PULL).expect("they are read");
        let app = |id| read.iter().find(|it| it.id == id).expect("there").app;
        [own, of_app, of_other].map(app)
    };
    assert_eq!(told(&mut github), [None, Some(12), None]);
    let asked = hub.state().log.len();
    assert_eq!(asked, 3, "once of each that would count as theirs");
    told(&mut github);
    assert_eq!(hub.state().log.len(), asked + 1);
}

#[test]
fn the_newest_status_of_a_context_counts_whatever_its_case() {
    let hub = Hub::new();
    let head = hub.state().head(PULL).to_string();
    for (context, state, creator) in [
        ("plangate/policies (main)", "success", "jia"),
        ("Plangate/Policies (main)", "failure", "yi"),
    ] {
        hub.state().statuses.push(Set {
            commit: head.clone(),
            context: context.to_owned(),
            state: state.to_owned(),
            description: "一".to_owned(),
            creator: creator.to_owned(),
        });
    }
    let read = hub
        .connect()
        .statuses(&head.as_str().into())
        .expect("they are read");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].state, Color::Failure);
    assert_eq!(
        read[0].creator.as_ref().map(|it| it.id),
        Some(2),
        "threat 7: a foreign creator"
    );
}

#[test]
fn whoever_the_token_is_for_can_be_told() {
    let hub = Hub::new();
    let mut settings = hub.settings();
    for (token, account) in [(crate::state::TOKEN, 1), (crate::state::READ_ONLY, 900)] {
        settings.identity = Identity::Token(Secret::new(token));
        let own = hub.connect_with(&settings).expect("a connection").own();
        assert_eq!(own.expect("who we are").account, account);
    }
    settings.identity = Identity::Token(Secret::new("ghp_revoked"));
    let own = hub.connect_with(&settings).expect("a connection").own();
    assert_eq!(
        own.expect_err("it is nobody's").kind,
        ErrorKind::Unauthorized
    );
}

#[test]
fn edge_74_an_enterprise_server_has_its_own_roots() {
    let hub = Hub::new();
    hub.state().prefix = "/api/v3";
    let mark = "<!-- plangate:v1 id=abc run=3 state=open -->\n文";
    comment(&mut hub.state(), "jia", true, mark);
    let mut github = hub.connect();
    assert!(github.pull_request(PULL).is_ok());
    assert_eq!(
        github.comments(PULL).expect("a list")[0].is_folded,
        Some(false)
    );
    let state = hub.state();
    let paths: Vec<&str> = state.log.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths[0], "/api/v3/repos/jia/plans/pulls/7");
    assert_eq!(paths.last(), Some(&"/api/graphql"));
}

#[test]
fn threat_28_the_token_follows_no_redirect_to_another_host() {
    let (hub, other) = (Hub::new(), Hub::new());
    let elsewhere = format!("{}/repos/jia/plans/pulls/7", other.address());
    hub.state().redirect = Some(elsewhere);
    let error = hub
        .connect()
        .pull_request(PULL)
        .expect_err("it is not followed");
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(other.state().log.is_empty());
}

#[test]
fn threat_28_a_next_page_on_another_host_is_not_asked_for() {
    let (hub, other) = (Hub::new(), Hub::new());
    hub.will(
        0,
        Fault::Refused {
            status: 200,
            headers: vec![(
                "link",
                format!("<{}/x?page=2>; rel=\"next\"", other.address()),
            )],
            message: "no list",
        },
    );
    let error = hub
        .connect()
        .open_pull_requests()
        .expect_err("it is not followed");
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(other.state().log.is_empty());
}

#[test]
fn threat_29_no_error_and_no_debug_shows_the_token() {
    let hub = Hub::new();
    hub.will(
        0,
        Fault::Refused {
            status: 403,
            headers: Vec::new(),
            message: "your token ghp_not_a_token may not",
        },
    );
    let mut github = hub.connect();
    let error = github.pull_request(PULL).expect_err("refused");
    let shown = format!("{error} {error:?} {github:?} {:?}", hub.settings());
    assert!(!shown.contains(crate::state::TOKEN), "{shown}");
    assert!(error.said.contains("***"));
}

#[test]
fn threat_13_who_has_moved_the_head_is_told_and_not_knowing_is_nobody() {
    let hub = Hub::new();
    let pushers = |hub: &Hub| {
        let pushers = hub.connect().pushers(PULL).expect("an answer");
        pushers.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(pushers(&hub), [2], "the author");
    let head = hub.state().head(PULL).to_string();
    let moved = vec!["bing", "jia", "bing"];
    hub.state().pushers.insert(head, moved);
    assert_eq!(pushers(&hub), [1, 3], "each once");
    // A push so old that nothing is left of it, a fork closed to us, a fork that is gone.
    let head = hub.state().head(PULL).to_string();
    hub.state().pushers.insert(head, Vec::new());
    assert_eq!(pushers(&hub), Vec::<u64>::new());
    for fork in ["yi/plans", ""] {
        let hub = Hub::new();
        hub.state().pulls.get_mut(&PULL).expect("there").fork = Some(fork);
        assert_eq!(pushers(&hub), Vec::<u64>::new());
    }
    // What was not answered is another thing.
    hub.will(1, Fault::Garbage);
    assert!(hub.connect().pushers(PULL).is_err());
}
