//! What formats need to know of the policies that findings name.

use std::sync::Arc;

use super::outcome::Rule;
use crate::check::findings::basis;
use crate::finding::Severity;
use crate::policy::{Grounds, Policy, Row};
use crate::text::Day;

/// A policy on a day.
pub(super) fn rule(policy: &Policy, day: Day) -> Rule {
    let edition = policy.on(day).or(policy.editions.last());
    let cite = edition.and_then(|edition| match &edition.grounds {
        Grounds::Law(cites) => cites.first(),
        _ => None,
    });
    let row = Row {
        sector: Some(0),
        grade: None,
    };
    let severities = edition
        .map(|edition| edition.severity.values())
        .unwrap_or_default();
    Rule {
        id: Arc::clone(&policy.id),
        title: Arc::clone(&policy.title),
        why: policy.why.clone(),
        help: policy.help.source().clone(),
        item: policy.item,
        severity: severities
            .into_iter()
            .copied()
            .max()
            .unwrap_or(Severity::Warning),
        citation: cite.map(|cite| basis::cited(cite, day, row)),
    }
}
