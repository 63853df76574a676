//! Every mode that the fact of a policy may have in a plan has an example that asserts its verdict.

use std::collections::BTreeSet;

use plangate::plan::{FieldId, Schema, ShapeId};
use plangate::policy::{Each, Edition, FactPath, ModeVerdict, Policy, Start};

use crate::cell::Cell;
use crate::trial::{Gap, Trial};

/// The modes that may stand instead of a value.
const INSTEAD: [&str; 4] = ["delegated", "by_law", "annex", "not_applicable"];

impl Trial<'_, '_> {
    /// Modes without an example, for each way in which editions of the policy take modes.
    pub(crate) fn modes(&self, schema: &Schema) -> Vec<Gap> {
        let possible = possible(self.policy, schema);
        let mut ways: Vec<(Vec<String>, Vec<&Edition>)> = Vec::new();
        for edition in &self.policy.editions {
            let way = meanings(edition);
            match ways.iter_mut().find(|(other, _)| *other == way) {
                Some((_, editions)) => editions.push(edition),
                None => ways.push((way, vec![edition])),
            }
        }
        let of_way = |(_, editions): &(_, Vec<&Edition>)| {
            let missing = possible.iter().filter(|mode| !self.shows(mode, editions));
            let cell = Cell::of(editions[0])[0];
            let gap = |mode: &&str| self.gap(mode, cell, "no example has this mode");
            missing.map(gap).collect::<Vec<_>>()
        };
        ways.iter().flat_map(of_way).collect()
    }

    fn shows(&self, mode: &str, editions: &[&Edition]) -> bool {
        let mut visits = self.asserted.iter().flatten();
        visits.any(|visit| {
            let within = editions
                .iter()
                .any(|edition| visit.edition == Some(edition.from));
            within && visit.mode == Some(mode)
        })
    }
}

/// What an edition makes of each mode.
fn meanings(edition: &Edition) -> Vec<String> {
    let modes = &edition.modes;
    let all = [
        &modes.silent,
        &modes.delegated,
        &modes.by_law,
        &modes.not_applicable,
    ];
    let meaning = |mode: &Option<ModeVerdict>| match mode {
        None => String::new(),
        Some(ModeVerdict::Fixed(verdict)) => verdict.word().to_owned(),
        Some(ModeVerdict::Accepted(condition)) => condition.source().to_owned(),
    };
    all.into_iter().map(meaning).collect()
}

/// The modes that the fact of a policy may have, as the schema lets it be written.
fn possible(policy: &Policy, schema: &Schema) -> BTreeSet<&'static str> {
    let Some(fact) = &policy.fact else {
        return BTreeSet::new();
    };
    let mut modes = BTreeSet::from(["stated", "silent"]);
    if may_be_a_mode(policy, fact, schema) {
        modes.extend(INSTEAD);
    }
    modes
}

/// Whether a mode may stand at the fact or above it.
fn may_be_a_mode(policy: &Policy, fact: &FactPath, schema: &Schema) -> bool {
    let from = match (fact.start, &policy.each) {
        (_, Each::Derived(_)) => return true,
        (Start::Plan, _) | (_, Each::Plan) => schema.root(),
        (_, Each::Bodies) => item(schema, "bodies"),
        (_, Each::Rows(path)) => item(schema, &path.join(".")),
    };
    let mut level = vec![from];
    for key in &fact.keys {
        let fields: Vec<FieldId> = level
            .iter()
            .flat_map(|&shape| named(schema, shape, key))
            .collect();
        if fields.iter().any(|&field| schema.field(field).marks.fact) {
            return true;
        }
        level = fields
            .iter()
            .map(|&field| schema.field(field).shape)
            .collect();
    }
    false
}

fn item(schema: &Schema, path: &str) -> ShapeId {
    let list = schema.resolve(path).expect("a list of the plan");
    let list = schema.field(list).shape;
    schema.item_of(list).expect("a list has items")
}

/// The fields that a key may mean: a placeholder stands for any.
fn named(schema: &Schema, shape: ShapeId, key: &str) -> Vec<FieldId> {
    if key.starts_with('{') {
        return schema.fields(shape).to_vec();
    }
    schema.field_named(shape, key).into_iter().collect()
}
