//! `policies/obligations.yaml`: what the legal notes say, entry by entry.

use std::collections::BTreeMap;

use plangate::policy::{Confidence, Row};
use plangate::text::{Day, parse_day};
use serde::Deserialize;

/// The note of an entry whose row for specific non-government agencies is less sure than the rest.
const FROM_MEMORY: &str = "for sector nonpublic this pre-115 row is from memory";

/// The table.
#[derive(Debug, Deserialize)]
pub(crate) struct Table {
    obligations: Vec<Obligation>,
}

/// One entry: a duty of some rows of the tables, for some time.
#[derive(Debug, Deserialize)]
pub(crate) struct Obligation {
    pub(crate) id: String,
    pub(crate) valid_from: String,
    pub(crate) valid_to: Option<String>,
    applies_to: Scope,
    #[serde(default)]
    pub(crate) figures: BTreeMap<String, Figure>,
    #[serde(default)]
    pub(crate) cite: String,
    confidence: String,
    #[serde(default)]
    note: String,
    valid_from_confidence: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Scope {
    grade: Vec<char>,
    sector: Vec<String>,
}

/// A figure of an entry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Figure {
    Flag(bool),
    Number(i64),
    Texts(Vec<String>),
    Text(String),
}

impl Table {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Obligation> {
        self.all().find(|obligation| obligation.id == id)
    }
}

impl Obligation {
    /// The first day.
    pub(crate) fn from(&self) -> Day {
        day(&self.valid_from)
    }

    /// Whether it holds on a day; `valid_to` is the last one.
    pub(crate) fn holds(&self, on: Day) -> bool {
        let ended = self.valid_to.as_deref().is_some_and(|last| on > day(last));
        self.from() <= on && !ended
    }

    /// The day after the last one.
    pub(crate) fn end(&self) -> Option<Day> {
        let last = self.valid_to.as_deref().map(day)?;
        last.tomorrow().ok()
    }

    /// The rows of the tables it speaks of.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let sectors = self.applies_to.sector.iter();
        let grades = &self.applies_to.grade;
        sectors
            .flat_map(|sector| grades.iter().map(|&grade| Row::of(sector, Some(grade))))
            .collect()
    }

    /// How sure the notes are of it for a row.
    pub(crate) fn confidence(&self, row: Row) -> Confidence {
        if row.sector == Some(1) && self.note.contains(FROM_MEMORY) {
            return Confidence::Memory;
        }
        Confidence::parse(&self.confidence).expect("a word of the scale")
    }

    /// Whether the notes only assume its first day, so that a policy may be less sure of it.
    pub(crate) fn first_day_is_assumed(&self) -> bool {
        self.valid_from_confidence.is_some()
    }

    /// Its figures, `count` and `every_years` put together as one interval `every`.
    pub(crate) fn figures(&self) -> BTreeMap<String, Figure> {
        let mut figures = self.figures.clone();
        let number = |name| match self.figures.get(name) {
            Some(Figure::Number(number)) => Some(*number),
            _ => None,
        };
        if let Some(years) = number("every_years") {
            let months = 12 * years / number("count").unwrap_or(1);
            figures.retain(|name, _| name != "count" && name != "every_years");
            figures.insert("every".to_owned(), Figure::Number(months));
        }
        figures
    }
}

fn day(text: &str) -> Day {
    parse_day(text).unwrap_or_else(|| panic!("{text} is no day"))
}
