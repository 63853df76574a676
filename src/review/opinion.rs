//! Reviews → the one opinion that each account has now.

use std::collections::BTreeMap;

use super::snapshot::{Account, Review, ReviewState};

/// What an account thinks now.
#[derive(Debug, Clone)]
pub struct Opinion<'s> {
    /// Whose it is.
    pub account: &'s Account,
    /// The review that says it.
    pub review: &'s Review,
    /// Whether it is a yes; otherwise it asks for changes.
    pub approves: bool,
}

/// The opinion of each account, by its number. A comment neither grants nor takes away; a dismissed
/// review leaves no opinion, and wakes no older one.
pub fn fold<'s>(reviews: impl IntoIterator<Item = &'s Review>) -> Vec<Opinion<'s>> {
    let mut given: Vec<&Review> = reviews
        .into_iter()
        .filter(|review| review.state != ReviewState::Pending && review.submitted_at.is_some())
        .collect();
    given.sort_by_key(|review| (review.submitted_at, review.id));
    let mut opinions: BTreeMap<u64, Option<Opinion<'_>>> = BTreeMap::new();
    for review in given {
        let Some(account) = &review.author else {
            continue;
        };
        let opinion = |approves| {
            Some(Opinion {
                account,
                review,
                approves,
            })
        };
        let now = match review.state {
            ReviewState::Approved => opinion(true),
            ReviewState::ChangesRequested => opinion(false),
            ReviewState::Dismissed => None,
            ReviewState::Commented | ReviewState::Pending => continue,
        };
        opinions.insert(account.id, now);
    }
    let mut opinions: Vec<_> = opinions.into_values().flatten().collect();
    opinions.sort_by_key(|opinion| (opinion.review.submitted_at, opinion.review.id));
    opinions
}
