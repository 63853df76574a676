//! Boundaries that mean nothing, each with its reason. One that excuses nothing is a failure.

use std::cell::Cell;

use serde::Deserialize;

use crate::trial::Gap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meaning {
    boundaries: Vec<Without>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Without {
    /// The policies; all where empty.
    #[serde(default)]
    policies: Vec<String>,
    /// The figures; an element of a list follows the list's name.
    figures: Vec<String>,
    /// The first days of the editions; all where empty.
    #[serde(default)]
    editions: Vec<String>,
    /// The sectors; all where empty.
    #[serde(default)]
    sectors: Vec<String>,
    /// The grades; all where empty.
    #[serde(default)]
    grades: Vec<char>,
    /// A part of what is missing; anything where absent.
    what: Option<String>,
    why: String,
    #[serde(skip)]
    used: Cell<bool>,
}

impl Meaning {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }

    pub(crate) fn excuses(&self, gap: &Gap) -> bool {
        let mut found = self.boundaries.iter().filter(|without| without.is_of(gap));
        found
            .next()
            .inspect(|without| without.used.set(true))
            .is_some()
    }

    /// What excuses nothing, or gives no reason.
    pub(crate) fn idle(&self) -> Vec<String> {
        let idle = self.boundaries.iter();
        let idle = idle.filter(|without| !without.used.get() || without.why.is_empty());
        idle.map(|without| format!("{:?} {:?}", without.policies, without.figures))
            .collect()
    }
}

impl Without {
    fn is_of(&self, gap: &Gap) -> bool {
        let cell = gap.cell;
        among(&self.policies, || Some(gap.policy.clone()))
            && self.figures.contains(&gap.figure)
            && among(&self.editions, || Some(cell.edition.to_string()))
            && among(&self.sectors, || cell.sector().map(str::to_owned))
            && among(&self.grades, || cell.grade())
            && self
                .what
                .as_deref()
                .is_none_or(|what| gap.what.contains(what))
    }
}

/// Whether a list that is not empty holds the value.
fn among<T: PartialEq>(list: &[T], value: impl Fn() -> Option<T>) -> bool {
    list.is_empty() || value().is_some_and(|value| list.contains(&value))
}
