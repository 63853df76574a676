//! Bodies that one row of a table can stand for.

use crate::check::BodySummary;

/// Bodies whose `key` is the same, in the order of the first of each. Few keys are expected: a
/// comparison with each is cheaper than asking tallies for an order.
pub(super) fn alike<K: PartialEq>(
    bodies: &[BodySummary],
    key: impl Fn(&BodySummary) -> K,
) -> Vec<Vec<&BodySummary>> {
    let mut groups: Vec<Vec<&BodySummary>> = Vec::new();
    for body in bodies {
        match groups.iter_mut().find(|group| key(group[0]) == key(body)) {
            Some(group) => group.push(body),
            None => groups.push(vec![body]),
        }
    }
    groups
}
