//! The day whose law applies: a day, today, or the day the plan was issued.

use crate::document::Node;
use crate::plan::Plan;
use crate::text::{DateRange, Day};

/// How the law date was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// This day; `today` is resolved by the caller.
    Day(Day),
    /// The day each plan was issued.
    Issued,
}

/// The law dates of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawDates {
    /// The days to judge on; where their verdicts disagree, the answer is not known.
    pub days: Vec<Day>,
    /// First and last of them.
    pub range: DateRange,
}

impl LawDates {
    /// The days for a plan. A plan dated to the month is judged at both ends, a plan without a
    /// date on every day of `changes` (the first days of all editions) up to today.
    pub fn of(plan: &Plan<'_>, as_of: AsOf, today: Day, changes: &[Day]) -> Self {
        let days = match as_of {
            AsOf::Day(day) => vec![day],
            AsOf::Issued => match issued(plan) {
                Some(issued) if issued.is_day() => vec![issued.first],
                Some(issued) => vec![issued.first, issued.last],
                None => {
                    let past = changes.iter().copied().filter(|&change| change <= today);
                    past.chain([today]).collect()
                }
            },
        };
        let range = DateRange {
            first: days.iter().copied().min().unwrap_or(today),
            last: days.iter().copied().max().unwrap_or(today),
        };
        Self { days, range }
    }
}

/// `header.issued`, where it is a date.
pub(super) fn issued(plan: &Plan<'_>) -> Option<DateRange> {
    let issued = plan.section("header")?.node.get("issued")?;
    DateRange::parse(issued.written())
}

/// The issue date of the oldest edition of the plan: the first row of its history, else its own.
pub(super) fn first_issued(plan: &Plan<'_>) -> Option<DateRange> {
    let history = plan.section("history").map(|section| section.node);
    let rows = history
        .filter(|node| node.is_list())
        .into_iter()
        .flat_map(Node::items);
    let dates = rows.filter_map(|row| DateRange::parse(row.get("issued")?.written()));
    dates.chain(issued(plan)).min_by_key(|date| date.last)
}
