//! Where the pack and the table differ on purpose, each with its reason. One that excuses nothing
//! any more is a failure, so that the list stays true.

use std::cell::Cell;

use plangate::policy::{Confidence, GRADES, Row, SECTORS};
use plangate::text::{Day, parse_day};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exceptions {
    /// A policy that is less sure, or surer, than the entry.
    #[serde(default)]
    confidence: Vec<OtherConfidence>,
    /// Rows of an entry that a policy leaves out.
    #[serde(default)]
    narrower: Vec<Narrower>,
    /// Entries whose citation names the provision otherwise than a policy does.
    #[serde(default)]
    grounds: Vec<OtherGround>,
    /// Rows that a policy judges though no entry speaks of them.
    #[serde(default)]
    unlisted: Vec<Rows>,
    /// Rows in the scope of a policy that its `when` keeps out.
    #[serde(default)]
    excluded: Vec<Rows>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherConfidence {
    ids: Vec<String>,
    sector: Option<String>,
    /// First day of the edition.
    from: String,
    is: String,
    why: String,
    #[serde(skip)]
    used: Cell<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Narrower {
    policy: String,
    ids: Vec<String>,
    grades: Vec<char>,
    why: String,
    #[serde(skip)]
    used: Cell<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherGround {
    policy: String,
    ids: Vec<String>,
    why: String,
    #[serde(skip)]
    used: Cell<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    policy: String,
    from: String,
    sector: String,
    grades: Vec<char>,
    why: String,
    #[serde(skip)]
    used: Cell<bool>,
}

impl Exceptions {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }

    /// Whether the confidence of an edition may differ from that of an entry.
    pub(crate) fn confidence(&self, id: &str, row: Row, edition: Day, is: Confidence) -> bool {
        let excuses = |other: &&OtherConfidence| {
            other.ids.iter().any(|own| own == id)
                && other.sector.as_deref().is_none_or(|own| own == sector(row))
                && parse_day(&other.from) == Some(edition)
                && Confidence::parse(&other.is) == Some(is)
        };
        let found = self.confidence.iter().find(excuses);
        found.inspect(|other| other.used.set(true)).is_some()
    }

    /// Whether a policy may leave out a row of an entry.
    pub(crate) fn narrower(&self, policy: &str, id: &str, row: Row) -> bool {
        let excuses = |other: &&Narrower| {
            other.policy == policy
                && other.ids.iter().any(|own| own == id)
                && grade(row).is_some_and(|grade| other.grades.contains(&grade))
        };
        let found = self.narrower.iter().find(excuses);
        found.inspect(|other| other.used.set(true)).is_some()
    }

    /// Whether a policy may rest on another provision than an entry names.
    pub(crate) fn ground(&self, policy: &str, id: &str) -> bool {
        let excuses =
            |other: &&OtherGround| other.policy == policy && other.ids.iter().any(|own| own == id);
        let found = self.grounds.iter().find(excuses);
        found.inspect(|other| other.used.set(true)).is_some()
    }

    /// Whether a policy may judge a row that no entry speaks of.
    pub(crate) fn unlisted(&self, policy: &str, row: Row, edition: Day) -> bool {
        Rows::excuse(&self.unlisted, policy, row, edition)
    }

    /// Whether a policy is said to keep a row out by its `when`.
    pub(crate) fn excluded(&self, policy: &str, row: Row, edition: Day) -> bool {
        Rows::excuse(&self.excluded, policy, row, edition)
    }

    /// What excuses nothing, or gives no reason.
    pub(crate) fn idle(&self) -> Vec<String> {
        let confidence = self.confidence.iter().map(|other| {
            let name = format!("confidence {:?} {}", other.ids, other.from);
            (name, other.used.get(), &other.why)
        });
        let rows = self.unlisted.iter().chain(&self.excluded).map(|rows| {
            let name = format!("{} {} {}", rows.policy, rows.from, rows.sector);
            (name, rows.used.get(), &rows.why)
        });
        let narrower = self.narrower.iter().map(|other| {
            let name = format!("narrower {} {:?}", other.policy, other.ids);
            (name, other.used.get(), &other.why)
        });
        let grounds = self.grounds.iter().map(|other| {
            let name = format!("grounds {} {:?}", other.policy, other.ids);
            (name, other.used.get(), &other.why)
        });
        confidence
            .chain(narrower)
            .chain(grounds)
            .chain(rows)
            .filter(|(_, used, why)| !used || why.is_empty())
            .map(|(name, ..)| format!("exception without use or reason: {name}"))
            .collect()
    }
}

impl Rows {
    fn excuse(all: &[Self], policy: &str, row: Row, edition: Day) -> bool {
        let excuses = |rows: &&Self| {
            rows.policy == policy
                && parse_day(&rows.from) == Some(edition)
                && rows.sector == sector(row)
                && grade(row).is_some_and(|grade| rows.grades.contains(&grade))
        };
        let found = all.iter().find(excuses);
        found.inspect(|rows| rows.used.set(true)).is_some()
    }
}

pub(crate) fn sector(row: Row) -> &'static str {
    row.sector.map_or("", |at| SECTORS[usize::from(at)])
}

fn grade(row: Row) -> Option<char> {
    row.grade.map(|at| GRADES[usize::from(at)])
}

/// Grade and sector of a row of the tables.
pub(crate) fn parts(row: Row) -> (char, &'static str) {
    (grade(row).expect("a row has a grade"), sector(row))
}

/// `A government`, for messages.
pub(crate) fn named(row: Row) -> String {
    let (grade, sector) = parts(row);
    format!("{grade} {sector}")
}
