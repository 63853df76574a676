//! From what the schema does not accept to what to tell the officer.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use super::problem::Problems;
use super::rule;
use super::site::Site;
use super::twice;
use super::types;
use super::validator::{Refusal, Violation};
use super::values;
use crate::plan::schema::Schema;

/// Violations beyond these are not looked at: the file is not a plan.
const LOOKED_AT: usize = 1000;
/// So many unknown keys of one map are compared with the one that is missing.
const SLIPS: usize = 20;

/// Explains the violations of one file, each at its place. `root` is the site of the file's root.
pub(super) fn explain<'p>(
    root: Site<'p>,
    violations: Vec<Violation>,
    schema: &Schema,
    problems: &mut Problems<'p>,
) {
    let mut by_place: BTreeMap<Vec<String>, Vec<Refusal>> = BTreeMap::new();
    problems.not_looked_at(violations.len().saturating_sub(LOOKED_AT));
    for violation in violations.into_iter().take(LOOKED_AT) {
        by_place
            .entry(violation.at)
            .or_default()
            .push(violation.what);
    }
    for (path, refusals) in by_place {
        let site = root.at(&path);
        if site.node.is_map() && site.is_mode() && !site.has_mode() {
            no_mode(site, &refusals, schema, problems);
            continue;
        }
        let refusals = refusals
            .iter()
            .filter(|refusal| !follows(refusal, site, &refusals));
        refusals.for_each(|refusal| one(site, refusal, schema, problems));
    }
}

/// A map where a text, number or list belongs, and it is no mode: one mistake, not one a key.
fn no_mode<'p>(site: Site<'p>, refusals: &[Refusal], schema: &Schema, problems: &mut Problems<'p>) {
    let slips = refusals
        .iter()
        .filter_map(unknown_keys)
        .flatten()
        .take(SLIPS);
    let slips: Vec<&String> = slips.collect();
    let slip = site.node.entries().find(|entry| {
        slips.iter().any(|key| *key == entry.key) && keys::slip_of(site, entry.key).is_some()
    });
    match slip {
        Some(entry) => problems.add(rule::UNKNOWN_KEY, entry.key_span, || {
            keys::unknown(site, entry, schema)
        }),
        None => problems.add(rule::WRONG_TYPE, site.node.span(), || {
            types::wrong_type(site)
        }),
    }
}

/// Whether a refusal follows from another one at the same place, so that it is the same mistake.
fn follows(refusal: &Refusal, site: Site<'_>, all: &[Refusal]) -> bool {
    match refusal {
        Refusal::Type => false,
        Refusal::Missing(key) => {
            let unknown = all.iter().filter_map(unknown_keys).flatten().take(SLIPS);
            let mut meant = unknown.filter_map(|unknown| keys::slip_of(site, unknown));
            meant.any(|meant| meant == *key)
        }
        // A value of the wrong type is nothing else as well.
        _ => all.contains(&Refusal::Type),
    }
}

fn unknown_keys(refusal: &Refusal) -> Option<&Vec<String>> {
    match refusal {
        Refusal::Keys(keys) => Some(keys),
        _ => None,
    }
}

fn one<'p>(site: Site<'p>, refusal: &Refusal, schema: &Schema, problems: &mut Problems<'p>) {
    let span = types::underlined(site);
    let node = site.node;
    match refusal {
        Refusal::Keys(unknown) => {
            let unknown: BTreeSet<&str> = unknown.iter().map(String::as_str).collect();
            for entry in node.entries().filter(|entry| unknown.contains(entry.key)) {
                problems.add(rule::UNKNOWN_KEY, entry.key_span, || {
                    keys::unknown(site, entry, schema)
                });
            }
        }
        // After a syntax error the key may well be in the part that was not read.
        Refusal::Missing(_) | Refusal::NoneOfKeys if !node.document().is_complete() => {}
        Refusal::Missing(key) => problems.add(rule::MISSING_KEY, span, || keys::missing(site, key)),
        Refusal::NoneOfKeys => problems.add(rule::MISSING_KEY, span, || keys::without_scope(site)),
        Refusal::Type if node.is_null() => {
            problems.add(rule::NO_VALUE, span, || types::wrong_type(site));
        }
        Refusal::Type => problems.add(rule::WRONG_TYPE, span, || types::wrong_type(site)),
        Refusal::Word => problems.add(rule::UNKNOWN_WORD, span, || values::unknown_word(site)),
        Refusal::Format => problems.add(values::rule_of_format(site), span, || {
            values::misspelled(site)
        }),
        Refusal::Pattern => problems.add(rule::NOT_AN_ID, span, || values::of_other_form(site)),
        Refusal::Range => problems.add(rule::OUT_OF_RANGE, span, || values::out_of_range(site)),
        Refusal::Empty => problems.add(rule::NO_VALUE, span, || values::empty(site)),
        Refusal::Repeated => twice::words(site, problems),
        Refusal::Other => problems.add(rule::WRONG_FORM, span, || values::of_other_form(site)),
    }
}
