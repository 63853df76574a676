//! What GitHub says of a branch, by rulesets and by the older protection, and to whom it says it.

use plangate::forge::Forge;
use plangate::review::health::{Protection, Required, Source};

use crate::server::Hub;
use crate::state::Guard;

const CONTEXT: &str = "plangate/policies (main)";

fn protection(guard: Guard) -> Option<Protection> {
    let hub = Hub::new();
    hub.state().guard = guard;
    hub.connect().protection("main").expect("it is read")
}

fn checks(app: Option<i64>) -> Vec<(String, Option<i64>)> {
    vec![(CONTEXT.to_owned(), app)]
}

fn required(source: Source) -> Vec<Required> {
    let context = CONTEXT.to_owned();
    vec![Required { context, source }]
}

#[test]
fn a_branch_without_rules_has_none() {
    assert_eq!(protection(Guard::default()), None);
}

#[test]
fn threat_02_threat_07_from_whom_a_status_counts_is_told() {
    let of = |older: Option<Option<i64>>, newer: Option<Option<i64>>| {
        let guard = Guard {
            older: older.map(checks),
            newer: newer.map(|app| (checks(app), Vec::new())),
            ..Guard::default()
        };
        protection(guard).expect("rules").required[0].source
    };
    for (app, source) in [
        (None, Source::Anybody),
        (Some(-1), Source::Anybody),
        (Some(15_368), Source::AnyWorkflow),
        (Some(7), Source::App(7)),
    ] {
        assert_eq!(of(Some(app), None), source);
        assert_eq!(of(None, Some(app)), source);
    }
    // Both hold, so the stricter decides.
    assert_eq!(of(Some(None), Some(Some(7))), Source::App(7));
    assert_eq!(of(Some(Some(7)), Some(Some(15_368))), Source::App(7));
}

#[test]
fn a_ruleset_tells_everybody_all_but_who_may_bypass_it() {
    let guard = Guard {
        newer: Some((checks(Some(7)), vec!["pull_request", "non_fast_forward"])),
        ..Guard::default()
    };
    let told = |bypass| Protection {
        required: required(Source::App(7)),
        by_pull_request: Some(true),
        allows_force_push: Some(false),
        can_be_bypassed: bypass,
    };
    assert_eq!(protection(guard.clone()), Some(told(None)));
    for (bypass, expected) in [(0, false), (2, true)] {
        let guard = Guard {
            bypass,
            is_open: true,
            ..guard.clone()
        };
        assert_eq!(protection(guard), Some(told(Some(expected))));
    }
    let loose = Guard {
        newer: Some((checks(Some(7)), Vec::new())),
        ..Guard::default()
    };
    let loose = protection(loose).expect("rules");
    assert_eq!(
        (loose.by_pull_request, loose.allows_force_push),
        (Some(false), Some(true))
    );
}

#[test]
fn edge_74_what_only_administrators_see_is_not_known_to_others() {
    let guard = Guard {
        older: Some(checks(Some(7))),
        ..Guard::default()
    };
    let closed = protection(guard.clone()).expect("rules");
    let nothing = Protection {
        required: required(Source::App(7)),
        by_pull_request: None,
        allows_force_push: None,
        can_be_bypassed: None,
    };
    assert_eq!(closed, nothing);
    let open = protection(Guard {
        is_open: true,
        ..guard
    });
    let all = Protection {
        by_pull_request: Some(true),
        allows_force_push: Some(false),
        can_be_bypassed: Some(false),
        ..nothing
    };
    assert_eq!(open, Some(all));
}

#[test]
fn a_branch_that_cannot_be_read_is_no_branch_without_rules() {
    let hub = Hub::new();
    for ahead in [0, 1] {
        hub.will(ahead, crate::state::Fault::Garbage);
        assert!(hub.connect().protection("main").is_err());
    }
}
