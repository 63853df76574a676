//! The whole command under faults in any order: what is wrong is never lost, never said twice, and no
//! status is greener than it is.

use std::collections::BTreeSet;

use plangate::review::marker::Marker;
use proptest::prelude::*;

use crate::host::{base, office};
use crate::site::Site;
use crate::state::Fault;
use crate::world::Run;

const ONE: [&str; 3] = ["review", "--pull-request", "7"];
/// What the pull request brings that blocks.
const WRONG: [&str; 3] = [
    "health-check-insufficient",
    "change-not-in-log",
    "edition-not-raised",
];

fn fault() -> impl Strategy<Value = Fault> {
    let refused = |status, message| Fault::Refused {
        status,
        headers: Vec::new(),
        message,
    };
    prop_oneof![
        1 => Just(Fault::Deaf),
        // What was done although nobody knows is what is done twice.
        6 => Just(Fault::LostAnswer),
        1 => Just(Fault::HalfAList),
        1 => Just(Fault::Garbage),
        1 => Just(refused(502, "bad gateway")),
        1 => Just(refused(403, "You have exceeded a secondary rate limit")),
        1 => Just(refused(403, "Resource not accessible by integration")),
        1 => Just(refused(404, "Not Found")),
        1 => Just(refused(422, "Validation Failed")),
    ]
}

/// A pull request that checks too rarely, and says so nowhere.
fn careless() -> Site {
    let start = base();
    let mut site = Site::new(&start);
    let head = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    site.open(7, "desk", &head);
    site
}

/// The ids of all comments, folded ones too: one run after another never has to take one back.
fn said(site: &Site) -> Vec<String> {
    let state = site.hub.state();
    let comments = state.comments.iter();
    let ids = comments.filter_map(|it| Some(Marker::read(&it.body)?.id));
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

/// When: the writes come after the reads, and are what matters most.
fn when() -> impl Strategy<Value = usize> {
    prop_oneof![1 => 0_usize..12, 3 => 12_usize..30]
}

/// What is neither at the forge nor in what the run prints, although it was judged.
fn lost(site: &Site, run: &Run) -> Vec<&'static str> {
    let state = site.hub.state();
    let comments = state.comments.iter().map(|it| it.body.as_str());
    let said: String = comments.chain([run.out.as_str()]).collect();
    let is_judged = run.out.contains("項新的不符合");
    let wrong = WRONG.into_iter().filter(|_| is_judged);
    wrong.filter(|policy| !said.contains(policy)).collect()
}

fn is_never_greener(site: &Site) -> bool {
    let [policies, change_log, approval] = site.states(site.head(7));
    let is_red = |state: &str| matches!(state, "none" | "failure" | "error");
    is_red(&policies) && is_red(&change_log) && matches!(&*approval, "none" | "pending" | "error")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_nothing_is_said_twice_and_nothing_is_greener(
        faults in prop::collection::btree_map(when(), fault(), 1..8),
        runs in 1_usize..3,
    ) {
        let mut whole = careless();
        prop_assert_eq!(whole.run(&ONE).code, 1);
        let mut site = careless();
        for (ahead, fault) in faults {
            site.hub.will(ahead, fault);
        }
        for _ in 0..runs {
            let run = site.run(&ONE);
            prop_assert!(is_never_greener(&site));
            prop_assert_eq!(lost(&site, &run), Vec::<&str>::new(), "{}{}", run.out, run.err);
            // Whatever did not go as it should is no ordinary red.
            let stands = site.states(site.head(7)) == whole.states(whole.head(7));
            prop_assert!(run.code == 2 || stands, "{} {}", run.code, run.err);
        }
        site.hub.state().faults.clear();
        for _ in 0..2 {
            let run = site.run(&ONE);
            prop_assert_eq!(run.code, 1, "{}", run.err);
        }
        let said = said(&site);
        let once: BTreeSet<&String> = said.iter().collect();
        prop_assert_eq!(once.len(), said.len(), "said twice: {:?}", said);
        prop_assert_eq!(&said, &self::said(&whole));
        prop_assert_eq!(site.states(site.head(7)), whole.states(whole.head(7)));
    }
}
