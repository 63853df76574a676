//! The value of a policy at a path of `covers`, for one edition and one row of the tables.

use plangate::cel::Data;
use plangate::policy::{Edition, Row};

/// A value and the mapping it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) value: Data,
    /// What stands beside it, such as the interval of a number of hours.
    pub(crate) beside: Data,
}

/// `params.minimum`, `params.kinds[professional].hours`, `deadline.within`; `None` where the edition
/// has no such thing for the row.
pub(crate) fn at(edition: &Edition, row: Row, path: &str) -> Option<Found> {
    if path == "deadline.within" {
        let within = *edition.deadline.as_ref()?.within.at(row)?;
        return Some(Found {
            value: Data::Duration(within),
            beside: Data::Null,
        });
    }
    let mut beside = Data::Null;
    let mut value = edition.params.at(row).clone();
    for segment in path.strip_prefix("params.")?.split('.') {
        beside = value.clone();
        let (name, entry) = match segment.split_once('[') {
            Some((name, rest)) => (name, Some(rest.trim_end_matches(']'))),
            None => (segment, None),
        };
        value = value.get(name)?.clone();
        if let Some(id) = entry {
            value = of_id(&value, id)?;
        }
    }
    Some(Found { value, beside })
}

/// The entry of a list of the law.
fn of_id(list: &Data, id: &str) -> Option<Data> {
    let Data::List(entries) = list else {
        return None;
    };
    let named = |entry: &&Data| entry.get("id") == Some(&Data::text(id));
    entries.iter().find(named).cloned()
}
