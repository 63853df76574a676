//! What holds for every sequence of reviews.

use proptest::prelude::*;

use super::scene::{Scene, account, of, want};
use crate::review::{Account, ReviewState, fold};

const PEOPLE: [&str; 8] = [
    "author", "ciso", "director", "both", "foreign", "former", "coming", "machine",
];
const STATES: [ReviewState; 5] = [
    ReviewState::Approved,
    ReviewState::ChangesRequested,
    ReviewState::Commented,
    ReviewState::Dismissed,
    ReviewState::Pending,
];

fn who() -> impl Strategy<Value = Account> {
    (0..PEOPLE.len() + 1).prop_map(|at| {
        PEOPLE
            .get(at)
            .map_or_else(|| account(70, "stranger"), |person| of(person))
    })
}

fn state() -> impl Strategy<Value = ReviewState> {
    (0..STATES.len()).prop_map(|at| STATES[at])
}

fn scene(reviews: Vec<(Account, ReviewState, bool)>) -> Scene {
    let scene = Scene::new().demand(
        "grade",
        vec![want("局長", "bureau", 1), want("資安長", "office", 2)],
    );
    reviews
        .into_iter()
        .fold(scene, |scene, (who, state, at_head)| {
            scene.review_at(who, state, if at_head { "h2" } else { "h1" })
        })
}

proptest! {
    #[test]
    fn nobody_sits_twice_and_nobody_sits_without_a_live_approval(
        reviews in prop::collection::vec((who(), state(), any::<bool>()), 0..12),
    ) {
        let scene = scene(reviews);
        let outcome = scene.outcome();
        let opinions = fold(&scene.snapshot.reviews);
        let mut roles = std::collections::BTreeMap::new();
        for filled in outcome.approvals.iter().flat_map(|approval| &approval.filled) {
            prop_assert!(filled.by.len() + filled.missing == filled.want.count);
            for &(person, review) in &filled.by {
                let own = opinions.iter().find(|opinion| opinion.review.id == review);
                prop_assert!(own.is_some_and(|opinion| opinion.approves));
                let role = (filled.want.role.clone(), filled.want.agency.clone());
                prop_assert_eq!(roles.entry(person).or_insert_with(|| role.clone()), &role);
                prop_assert!(!["author", "foreign", "former"].contains(&&*scene.roster.people[person].id));
            }
        }
    }

    #[test]
    fn every_live_approval_either_sits_or_has_a_reason_or_is_not_needed(
        reviews in prop::collection::vec((who(), state(), any::<bool>()), 0..12),
    ) {
        let scene = scene(reviews);
        let outcome = scene.outcome();
        let complete = outcome.approvals.iter().all(crate::review::Approval::is_complete);
        for opinion in fold(&scene.snapshot.reviews).iter().filter(|opinion| opinion.approves) {
            let id = opinion.review.id;
            let mut seats = outcome.approvals.iter().flat_map(|approval| &approval.filled);
            let sits = seats.any(|filled| filled.by.iter().any(|&(_, review)| review == id));
            let told = outcome.ignored.iter().any(|ignored| ignored.review == id);
            let mut wants = outcome.approvals.iter().flat_map(|approval| &approval.filled);
            let full = wants.any(|filled| filled.missing == 0);
            prop_assert!(sits || told || complete || full);
        }
    }

    #[test]
    fn a_further_approval_never_takes_a_seat_away(
        reviews in prop::collection::vec((who(), state(), any::<bool>()), 0..8),
        more in who(),
    ) {
        let seats = |scene: &Scene| -> usize {
            let outcome = scene.outcome();
            outcome.approvals.iter().flat_map(|approval| &approval.filled).map(|filled| filled.by.len()).sum()
        };
        let before = scene(reviews.clone());
        let was_for_another = before.snapshot.reviews.iter().any(|review| review.author.as_ref() == Some(&more));
        let after = scene(reviews).review(more, ReviewState::Approved);
        prop_assert!(was_for_another || seats(&after) >= seats(&before));
    }
}
