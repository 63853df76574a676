//! Findings that have one cause at one place, for readers: an annex that is not there is one thing to
//! mend, however many duties hang on it.
//!
//! Failures and doubts are never put together: each is mended in its own way. Formats for programs
//! keep every finding.

use std::cmp::Ordering;

use super::Options;
use crate::finding::{Finding, Verdict};
use crate::text::Localized;

/// Sorted findings, those of one verdict, place and cause together in the order of the first.
pub(super) fn together<'f>(findings: &[&'f Finding], options: Options) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&'f Finding>> = Vec::new();
    for &finding in findings {
        let at_its_place =
            |group: &&mut Vec<&Finding>| group[0].place.order(&finding.place) == Ordering::Equal;
        let mut near = groups.iter_mut().rev().take_while(at_its_place);
        match near.find(|group| !options.all && tell_the_same(group[0], finding)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

fn tell_the_same(first: &Finding, other: &Finding) -> bool {
    let settled_alike = matches!(
        first.verdict,
        Verdict::Unknown | Verdict::Delegated | Verdict::Pending
    );
    settled_alike
        && first.verdict == other.verdict
        && first.cause.is_some()
        && why(first) == why(other)
}

fn why(finding: &Finding) -> Option<&Localized> {
    finding.cause.as_ref().map(|cause| &cause.why)
}
