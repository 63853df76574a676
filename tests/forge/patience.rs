//! When something is asked again, how long is waited, and when it is given up.

use std::time::Duration;

use plangate::forge::{ErrorKind, Forge, ToSet};
use plangate::review::statuses::State as Color;

use crate::server::Hub;
use crate::state::{Fault, PULL};

fn refused(status: u16, headers: &[(&'static str, &str)], message: &'static str) -> Fault {
    let headers = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Fault::Refused {
        status,
        headers: headers.collect(),
        message,
    }
}

fn status(context: &str) -> ToSet {
    ToSet {
        context: context.to_owned(),
        state: Color::Pending,
        description: "待核准".to_owned(),
        address: None,
    }
}

const SECONDARY: &str = "You have exceeded a secondary rate limit";

#[test]
fn a_read_is_asked_again_where_the_forge_is_not_well() {
    for fault in [
        Fault::Deaf,
        Fault::LostAnswer,
        refused(502, &[], "bad gateway"),
    ] {
        let hub = Hub::new();
        hub.will(0, fault.clone());
        hub.will(1, fault);
        assert!(hub.connect().pull_request(PULL).is_ok());
        let waits = hub.pace.waits();
        assert_eq!(waits.len(), 2);
        assert!(waits[0] >= Duration::from_secs(1) && waits[1] >= Duration::from_secs(2));
        assert!(waits[1] <= Duration::from_millis(2500), "{waits:?}");
    }
}

#[test]
fn a_read_is_given_up_after_some_attempts() {
    let hub = Hub::new();
    (0..9).for_each(|ahead| hub.will(ahead, Fault::Deaf));
    let error = hub.connect().pull_request(PULL).expect_err("no answer");
    assert_eq!(error.kind, ErrorKind::Unreachable);
    assert_eq!(hub.state().log.len(), 4);
}

#[test]
fn edge_61_a_post_is_never_sent_twice_by_itself() {
    for fault in [Fault::Deaf, Fault::LostAnswer, refused(500, &[], "oops")] {
        let hub = Hub::new();
        let head = hub.state().head(PULL).to_string();
        hub.will(0, fault);
        let error = hub
            .connect()
            .set_status(&head.as_str().into(), &status("a"));
        assert_eq!(error.expect_err("no answer").kind, ErrorKind::Unreachable);
        assert_eq!(hub.state().sent("POST"), 1);
    }
}

#[test]
fn a_refusal_for_asking_too_much_is_waited_out_as_long_as_it_says() {
    let hub = Hub::new();
    let head = hub.state().head(PULL).to_string();
    hub.will(0, refused(429, &[("retry-after", "40")], "slow down"));
    let set = hub
        .connect()
        .set_status(&head.as_str().into(), &status("a"));
    assert!(
        set.is_ok(),
        "a refused POST was not done, so it may be sent"
    );
    assert!((40..=50).contains(&hub.pace.waits()[0].as_secs()));
    assert_eq!(hub.state().statuses.len(), 1);
}

#[test]
fn edge_65_without_a_time_a_minute_is_waited_then_two_then_it_is_given_up() {
    let hub = Hub::new();
    (0..9).for_each(|ahead| hub.will(ahead, refused(403, &[], SECONDARY)));
    let error = hub.connect().pull_request(PULL).expect_err("refused");
    assert_eq!(error.kind, ErrorKind::RateLimited(None));
    let waits: Vec<u64> = hub.pace.waits().iter().map(Duration::as_secs).collect();
    assert!((60..=75).contains(&waits[0]), "{waits:?}");
    assert!((120..=150).contains(&waits[1]), "{waits:?}");
    assert_eq!(waits.len(), 2, "four minutes more are beyond all patience");
}

#[test]
fn threat_34_nobody_makes_us_wait_for_an_hour_or_ask_for_ever() {
    let hub = Hub::new();
    let exhausted = [
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "9999999999"),
    ];
    hub.will(0, refused(403, &exhausted, "API rate limit exceeded"));
    let error = hub.connect().pull_request(PULL).expect_err("refused");
    assert!(matches!(error.kind, ErrorKind::RateLimited(Some(_))));
    assert!(hub.pace.waits().is_empty());

    let mut settings = hub.settings();
    settings.limits.requests = 3;
    let mut github = hub.connect_with(&settings).expect("a connection");
    (0..3).for_each(|_| assert!(github.pull_request(PULL).is_ok()));
    let error = github.pull_request(PULL).expect_err("the budget is spent");
    assert_eq!(error.kind, ErrorKind::BudgetSpent);
}

#[test]
fn a_403_about_rights_is_not_asked_again() {
    let hub = Hub::new();
    hub.will(
        0,
        refused(403, &[], "Resource not accessible by integration"),
    );
    let error = hub.connect().pull_request(PULL).expect_err("refused");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert_eq!(hub.state().log.len(), 1);
}

#[test]
fn writes_keep_a_second_between_them() {
    let hub = Hub::new();
    let head = hub.state().head(PULL).to_string();
    let mut github = hub.connect();
    for context in ["a", "b", "c"] {
        let set = github.set_status(&head.as_str().into(), &status(context));
        assert!(set.is_ok());
    }
    assert_eq!(hub.pace.waits(), [Duration::from_secs(1); 2]);
}

#[test]
fn an_answer_beyond_the_limit_is_none() {
    let hub = Hub::new();
    let mut settings = hub.settings();
    settings.limits.bytes = 100;
    let mut github = hub.connect_with(&settings).expect("a connection");
    let error = github.pull_request(PULL).expect_err("it is too long");
    assert_eq!(error.kind, ErrorKind::Unreachable);
}
