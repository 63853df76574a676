//! What GitHub says of how workflows run, and to whom it says it.

use plangate::forge::Forge;
use plangate::review::health::{Environment, Forks, Running, Waiting};

use crate::actions::Actions;
use crate::server::Hub;

fn running(actions: Actions) -> Running {
    let hub = Hub::new();
    hub.state().actions = actions;
    hub.connect().running("plan-gate").expect("it is read")
}

#[test]
fn threat_02_from_which_branches_a_secret_is_seen_is_told() {
    let of = |environment: Option<Option<Vec<&'static str>>>, of_protected| {
        let actions = Actions {
            environment,
            of_protected,
            ..Actions::default()
        };
        running(actions).environment
    };
    assert_eq!(of(None, false), Some(Environment::Missing));
    assert_eq!(of(Some(None), false), Some(Environment::AnyBranch));
    let protected = of(Some(Some(Vec::new())), true);
    assert_eq!(protected, Some(Environment::ProtectedBranches));
    let names = vec!["main".to_owned(), "release/*".to_owned()];
    let named = of(Some(Some(vec!["main", "release/*"])), false);
    assert_eq!(named, Some(Environment::Named(names)));
}

#[test]
fn what_administrators_see_is_read_or_not_known() {
    let closed = running(Actions::default());
    assert_eq!(
        (closed.writes_by_default, closed.may_approve, closed.waiting),
        (None, None, None)
    );
    for (word, waiting) in [
        (
            "first_time_contributors_new_to_github",
            Waiting::NewAccounts,
        ),
        ("first_time_contributors", Waiting::FirstTime),
        ("all_external_contributors", Waiting::Everybody),
    ] {
        let open = running(Actions {
            writes: true,
            approves: word == "first_time_contributors",
            waiting: word,
            forks: Some([true, false]),
            is_open: true,
            ..Actions::default()
        });
        assert_eq!(open.waiting, Some(waiting));
        assert_eq!(open.writes_by_default, Some(true));
        assert_eq!(open.may_approve, Some(waiting == Waiting::FirstTime));
        let forks = Forks {
            write: true,
            secrets: false,
        };
        assert_eq!(open.forks, forks);
    }
}
