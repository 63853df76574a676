//! Which editions a plan went through since another one.
//!
//! In: both plans. Out: whether an edition is one after that of the old plan, up to that of the new one. An
//! edition that both are, and that was still being written, is one of them: all of its row is yet to be issued.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::Snapshot;
use crate::cel::compare_editions;
use crate::document::Node;
use crate::plan::Plan;

/// The editions after that of the old plan, up to that of the new one.
pub(super) struct Since<'p> {
    /// Those that the old plan has rows of, but for that which goes on.
    known: BTreeSet<&'p str>,
    /// That of both plans, where the old one was still writing it.
    open: Option<&'p str>,
    /// That of the old plan.
    from: Option<&'p str>,
    /// That of the new plan.
    to: Option<&'p str>,
}

impl<'p> Since<'p> {
    pub(super) fn of(old: &Plan<'p>, new: &Plan<'p>) -> Self {
        let mut known: BTreeSet<&str> = rows(old).filter_map(edition).collect();
        // A plan that does not say which edition it is, is the last that it has a row of.
        let from = stated(old).or_else(|| last(&known));
        let to = stated(new);
        // One that was raised meanwhile is past: the row of the next tells what came since.
        let goes_on = |own: &&str| to.is_some_and(|to| is_same(to, own));
        let open = stated(old).filter(goes_on);
        let open = open.filter(|_| Snapshot::read(old, "").is_open());
        known.retain(|known| !open.is_some_and(|open| is_same(open, known)));
        Self {
            known,
            open,
            from,
            to,
        }
    }

    /// Whether an edition goes on from the old plan to the new one.
    pub(super) fn goes_on(&self, own: &str) -> bool {
        self.open.is_some_and(|open| is_same(open, own))
    }

    /// Whether an edition is one of them; of one without a number, whose order nobody can tell, it is.
    pub(super) fn has(&self, own: &str) -> bool {
        if self.known.contains(own) {
            return false;
        }
        // Numbers may begin anew: the plan's own edition is one of them wherever its number stands.
        if self.to.is_some_and(|to| is_same(to, own)) {
            return true;
        }
        let order = |other: Option<&str>| compare_editions(own, other?);
        !matches!(order(self.from), Some(Ordering::Less | Ordering::Equal))
            && order(self.to) != Some(Ordering::Greater)
    }
}

/// The rows of its change log.
pub(super) fn rows<'p>(plan: &Plan<'p>) -> impl Iterator<Item = Node<'p>> {
    let history = plan.section("history").map(|section| section.node);
    let rows = history.filter(|rows| rows.is_list());
    rows.into_iter().flat_map(Node::items)
}

/// The edition of a row or of the header.
pub(super) fn edition(of: Node<'_>) -> Option<&str> {
    let edition = of.get("edition")?;
    let is_scalar = !edition.is_map() && !edition.is_list() && !edition.is_null();
    is_scalar.then(|| edition.written().trim())
}

/// The edition that a plan says it is.
fn stated<'p>(plan: &Plan<'p>) -> Option<&'p str> {
    edition(plan.section("header")?.node)
}

/// The last of those that have numbers.
fn last<'p>(editions: &BTreeSet<&'p str>) -> Option<&'p str> {
    let numbered = editions.iter().copied();
    let numbered = numbered.filter(|own| compare_editions(own, own).is_some());
    numbered.max_by(|a, b| compare_editions(a, b).unwrap_or(Ordering::Equal))
}

fn is_same(a: &str, b: &str) -> bool {
    a == b || compare_editions(a, b) == Some(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_editions_since_explain() {
        let known = BTreeSet::from(["0.9", "1.0"]);
        for (from, to, own, expected) in [
            (Some("1.0"), Some("1.2"), "1.1", true),
            (Some("1.0"), Some("1.2"), "1.2", true),
            (Some("1.0"), Some("1.10"), "1.9", true),
            (Some("1.0"), Some("1.2"), "第1.2版", true),
            (Some("1.0"), Some("1.2"), "1.0", false),
            (Some("1.0"), Some("1.2"), "V1.0", false),
            (Some("1.0"), Some("1.2"), "0.8", false),
            (Some("1.0"), Some("1.2"), "1.3", false),
            (Some("1.1"), Some("1.2"), "1.1", false),
            (Some("1.1"), Some("1.1"), "1.1", true),
            (None, Some("1.2"), "0.8", false),
            (None, Some("1.2"), "1.1", true),
            (Some("1.0"), None, "1.1", true),
            (Some("1.0"), None, "0.8", false),
            (Some("109.1"), Some("1.2"), "1.2", true),
            (Some("初版"), Some("修正二版"), "修正一版", true),
        ] {
            let from = from.or_else(|| last(&known));
            let known = known.clone();
            let since = Since {
                known,
                open: None,
                from,
                to,
            };
            assert_eq!(since.has(own), expected, "{own} from {from:?} to {to:?}");
        }
    }
}
