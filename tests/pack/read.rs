//! Which figures of a policy decide something; the rest is only shown or written.

use std::collections::BTreeSet;

use plangate::policy::{Edition, Expression, ModeVerdict, Policy};

/// The names of the parameters that the conditions of an edition read, and the list it goes over.
pub(crate) fn names_read(policy: &Policy, edition: &Edition) -> BTreeSet<String> {
    let checks = edition.checks.iter();
    let checks = checks.flat_map(|check| [Some(&check.assert), check.when.as_ref()]);
    let modes = &edition.modes;
    let modes = [
        &modes.silent,
        &modes.delegated,
        &modes.by_law,
        &modes.not_applicable,
    ];
    let accepted = modes.into_iter().map(|mode| match mode {
        Some(ModeVerdict::Accepted(condition)) => Some(condition),
        _ => None,
    });
    let conditions: Vec<&Expression> = checks
        .chain(accepted)
        .chain([edition.when.as_ref()])
        .flatten()
        .collect();
    let reads = conditions
        .iter()
        .flat_map(|condition| condition.program().reads());
    let of_params = reads.filter(|path| &*path.variable == "params");
    let names = of_params.filter_map(|path| path.fields.first());
    let over = policy.over.iter().cloned();
    names.map(ToString::to_string).chain(over).collect()
}
