//! The figures of a policy that decide something, and where they stand.

use std::collections::BTreeSet;

use plangate::cel::Data;
use plangate::policy::{Edition, Expression, ModeVerdict, Policy};

/// A way from `params` to a figure: names of fields, and places in lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Field(String),
    Entry(usize),
}

/// `kinds[professional].hours`.
pub(crate) fn named(params: &Data, path: &[Step]) -> String {
    let mut at = params;
    let mut name = String::new();
    for step in path {
        match step {
            Step::Field(field) => {
                at = at.get(field).unwrap_or(&Data::Null);
                name.push_str(if name.is_empty() { "" } else { "." });
                name.push_str(field);
            }
            Step::Entry(place) => {
                at = entry(at, *place).unwrap_or(&Data::Null);
                let id = id(at).unwrap_or_else(|| place.to_string());
                name.push_str(&format!("[{id}]"));
            }
        }
    }
    name
}

/// What stands at a path.
pub(crate) fn value_at<'d>(params: &'d Data, path: &[Step]) -> Option<&'d Data> {
    path.iter().try_fold(params, |at, step| match step {
        Step::Field(name) => at.get(name),
        Step::Entry(place) => entry(at, *place),
    })
}

fn entry(list: &Data, place: usize) -> Option<&Data> {
    match list {
        Data::List(entries) => entries.get(place),
        _ => None,
    }
}

/// The ids of the entries of the law's list.
pub(crate) fn ids(list: Option<&Data>) -> Vec<String> {
    match list {
        Some(Data::List(entries)) => entries.iter().filter_map(id).collect(),
        _ => Vec::new(),
    }
}

fn id(entry: &Data) -> Option<String> {
    match entry {
        Data::Text(id) => Some(id.to_string()),
        entry => match entry.get("id") {
            Some(Data::Text(id)) => Some(id.to_string()),
            _ => None,
        },
    }
}

/// The ways to the figures that the conditions of an edition read. The list of `over` is not one of
/// them: what its entries hold is.
pub(crate) fn deciding(policy: &Policy, edition: &Edition, params: &Data) -> Vec<Vec<Step>> {
    let read = names_read(policy, edition);
    let Data::Record(fields) = params else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, value) in fields {
        let over = policy.over.as_deref() == Some(name);
        if over || read.contains(&**name) {
            collect(
                value,
                &mut vec![Step::Field(name.to_string())],
                over,
                &mut found,
            );
        }
    }
    found
}

fn collect(value: &Data, path: &mut Vec<Step>, over: bool, found: &mut Vec<Vec<Step>>) {
    let records = |entries: &[Data]| entries.iter().any(|entry| matches!(entry, Data::Record(_)));
    match value {
        Data::Record(fields) => {
            for (name, value) in fields {
                path.push(Step::Field(name.to_string()));
                collect(value, path, false, found);
                path.pop();
            }
        }
        Data::List(entries) if over || records(entries) => {
            for (place, value) in entries.iter().enumerate() {
                path.push(Step::Entry(place));
                collect(value, path, false, found);
                path.pop();
            }
        }
        // A text alone is a name or a pattern: nothing lies beside it.
        Data::Text(_) | Data::Null => {}
        _ => found.push(path.clone()),
    }
}

/// The parameters that the conditions of an edition read; the rest is only shown or written.
fn names_read(policy: &Policy, edition: &Edition) -> BTreeSet<String> {
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
        .flat_map(|condition| condition.program.reads());
    let of_params = reads.filter(|path| &*path.variable == "params");
    let names = of_params.filter_map(|path| path.fields.first());
    let over = policy.over.iter().cloned();
    names.map(ToString::to_string).chain(over).collect()
}

/// `params` with another value at a path.
pub(crate) fn replaced(params: &Data, path: &[Step], value: &Data) -> Data {
    let [step, rest @ ..] = path else {
        return value.clone();
    };
    match (step, params) {
        (Step::Field(name), Data::Record(fields)) => {
            let field = |(other, data): &(Box<str>, Data)| {
                let data = if **other == **name {
                    replaced(data, rest, value)
                } else {
                    data.clone()
                };
                (other.clone(), data)
            };
            Data::record(fields.iter().map(field))
        }
        (Step::Entry(place), Data::List(entries)) => {
            let entry = |(at, data): (usize, &Data)| {
                if at == *place {
                    replaced(data, rest, value)
                } else {
                    data.clone()
                }
            };
            Data::list(entries.iter().enumerate().map(entry))
        }
        _ => params.clone(),
    }
}
