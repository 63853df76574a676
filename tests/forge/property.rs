//! Whatever goes wrong, in whatever order: no finding is lost, none is said twice, no status is
//! greener than it is.

use std::collections::BTreeSet;

use plangate::forge::Carried;
use plangate::review::anchor::Anchor;
use plangate::review::marker::Marker;
use plangate::review::writes::{Own, Wanted, Write};
use proptest::prelude::*;

use crate::routes::node;
use crate::server::Hub;
use crate::state::{Fault, PLAN, PULL};
use crate::writes::{GREEN, RED, desired, lines, run, wanted};

const JIA: Own = Own {
    account: 1,
    app: None,
};

fn fault() -> impl Strategy<Value = Fault> {
    let refused = |status, headers: Vec<(&'static str, String)>, message| Fault::Refused {
        status,
        headers,
        message,
    };
    prop_oneof![
        Just(Fault::Deaf),
        Just(Fault::LostAnswer),
        Just(Fault::HalfAList),
        Just(Fault::Garbage),
        Just(refused(502, Vec::new(), "bad gateway")),
        Just(refused(403, Vec::new(), "secondary rate limit")),
        Just(refused(
            429,
            vec![("retry-after", "9".to_owned())],
            "slow down"
        )),
        Just(refused(
            403,
            Vec::new(),
            "Resource not accessible by integration"
        )),
        Just(refused(422, Vec::new(), "Validation Failed")),
    ]
}

fn found() -> Vec<Wanted> {
    vec![
        wanted("one", lines(None, 3)),
        wanted("hidden", lines(None, 12)),
        wanted("file", Anchor::File { path: PLAN.into() }),
        wanted(
            "far",
            Anchor::File {
                path: "README.md".into(),
            },
        ),
    ]
}

/// What of the findings can be read at the forge, or was handed back.
fn told(hub: &Hub, carried: &Carried) -> BTreeSet<String> {
    let mut told: BTreeSet<String> = carried
        .unposted
        .iter()
        .filter_map(|it| match &it.write {
            Write::Comment { id, .. } => Some(id.clone()),
            _ => None,
        })
        .collect();
    for comment in &hub.state().comments {
        told.extend(Marker::read(&comment.body).map(|marker| marker.id));
        let said = found()
            .into_iter()
            .filter(|it| comment.body.contains(&it.text));
        told.extend(said.map(|it| it.id));
    }
    told
}

fn is_never_greener(hub: &Hub) -> bool {
    let state = hub.state();
    let head = state.head(PULL).to_string();
    let is = |context, allowed: &[&str]| {
        let set = state.status(&head, context);
        set.is_none_or(|set| allowed.contains(&set.state.as_str()))
    };
    is(RED, &["pending", "error"]) && is(GREEN, &["success", "error"])
}

/// How often each is said where everybody sees it.
fn shown(hub: &Hub) -> Vec<String> {
    let state = hub.state();
    let open = state
        .comments
        .iter()
        .filter(|it| !state.folded.contains(&node(it.id)));
    let mut ids: Vec<String> = open
        .filter_map(|it| Some(Marker::read(&it.body)?.id))
        .collect();
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_finding_is_lost_none_is_said_twice_and_nothing_is_greener(
        faults in prop::collection::btree_map(0_usize..60, fault(), 0..8),
        runs in 1_u64..4,
    ) {
        let hub = Hub::new();
        for (ahead, fault) in faults {
            hub.will(ahead, fault);
        }
        let wished = desired(found());
        for number in 1..=runs {
            let carried = run(&mut hub.connect(), JIA, &wished, number);
            prop_assert!(is_never_greener(&hub));
            let Some(carried) = carried else { continue };
            let told = told(&hub, &carried);
            for one in found() {
                prop_assert!(told.contains(&one.id), "{} is lost: {carried:?}", one.id);
            }
        }
        hub.state().faults.clear();
        for number in [8, 9] {
            prop_assert!(run(&mut hub.connect(), JIA, &wished, number).is_some());
        }
        let shown = shown(&hub);
        let once: BTreeSet<&String> = shown.iter().collect();
        prop_assert_eq!(once.len(), shown.len(), "said twice: {:?}", shown);
        prop_assert!(["one", "hidden", "file", "summary"].iter().all(|id| shown.iter().any(|it| it == id)));
    }
}
