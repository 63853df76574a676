//! When a duty falls due: the day from which grace runs, its span, the editions it spans.

use jiff::ToSpan;

use crate::policy::{Deadline, Row};
use crate::text::{DateRange, Day, Duration, Unit};

/// How a law date stands to a due day that may be known only as an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Due {
    /// The due day has not passed, whichever it is; the due day itself counts.
    Pending(Day),
    /// It depends on a day that is not known.
    Unknown,
    /// It has passed.
    Passed,
}

/// Where the law date stands. `editions` are the deadlines of the editions of the duty that came
/// into force up to the law date, oldest first, each with its first day; the last is the one in
/// force.
///
/// A body graded before an edition came into force keeps the later of the old and the new due day:
/// nothing says that a new edition cut running spans (LAW §12.10).
pub(in crate::check) fn standing(
    law_date: Day,
    graded: DateRange,
    row: Row,
    editions: &[(Day, Option<&Deadline>)],
) -> Option<Due> {
    let low = due_day(graded.first, row, editions)?;
    let high = due_day(graded.last, row, editions)?;
    Some(match () {
        () if law_date <= low => Due::Pending(low),
        () if law_date <= high => Due::Unknown,
        () => Due::Passed,
    })
}

fn due_day(graded: Day, row: Row, editions: &[(Day, Option<&Deadline>)]) -> Option<Day> {
    let (&(from, deadline), older) = editions.split_last()?;
    let own = deadline?.due(graded, row)?;
    let inherited = (graded < from)
        .then(|| due_day(graded, row, older))
        .flatten();
    Some(inherited.map_or(own, |inherited| own.max(inherited)))
}

impl Deadline {
    /// `max(graded, not_before) + within`, by the calendar; the end of a month clamps (民法 §121).
    fn due(&self, graded: Day, row: Row) -> Option<Day> {
        let start = self
            .not_before
            .map_or(graded, |not_before| graded.max(not_before));
        let due = later(start, *self.within.at(row)?)?;
        Some(if self.until_year_end {
            due.last_of_year()
        } else {
            due
        })
    }
}

fn later(day: Day, span: Duration) -> Option<Day> {
    let Duration::Length { count, unit, .. } = span else {
        return None;
    };
    let count = i64::from(count);
    let span = match unit {
        Unit::Year => count.years(),
        Unit::Month => count.months(),
        Unit::Day => count.days(),
        _ => return None,
    };
    day.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Table;

    fn deadline(within: u32, not_before: Option<&str>) -> Deadline {
        Deadline {
            within: Table::One(Duration::of(within, Unit::Year)),
            after: None,
            not_before: not_before.map(|day| day.parse().unwrap()),
            until_year_end: false,
        }
    }

    fn check(law_date: &str, graded: &str, editions: &[(&str, &Deadline)]) -> Due {
        let editions: Vec<(Day, Option<&Deadline>)> = editions
            .iter()
            .map(|(from, d)| (from.parse().unwrap(), Some(*d)))
            .collect();
        let graded = DateRange::parse(graded).unwrap();
        standing(law_date.parse().unwrap(), graded, Row::default(), &editions).unwrap()
    }

    #[test]
    fn the_due_day_itself_is_still_pending() {
        let one = deadline(1, None);
        let editions = [("2019-01-01", &one)];
        let due: Day = "2020-06-27".parse().unwrap();
        assert_eq!(
            check("2020-06-27", "2019-06-27", &editions),
            Due::Pending(due)
        );
        assert_eq!(check("2020-06-28", "2019-06-27", &editions), Due::Passed);
    }

    #[test]
    fn a_body_graded_before_an_edition_keeps_the_later_day() {
        let (old, new) = (deadline(2, Some("2021-08-23")), deadline(1, None));
        let editions = [("2021-08-23", &old), ("2026-01-07", &new)];
        assert_eq!(
            check("2026-02-01", "2024-12-01", &editions),
            Due::Pending("2026-12-01".parse().unwrap())
        );
        assert_eq!(check("2026-02-01", "2019-06-27", &editions), Due::Passed);
    }

    #[test]
    fn a_month_of_grading_leaves_days_that_are_not_known() {
        let one = deadline(1, None);
        let editions = [("2019-01-01", &one)];
        assert_eq!(check("2020-06-15", "108年6月", &editions), Due::Unknown);
    }

    #[test]
    fn the_end_of_a_month_clamps() {
        let one = deadline(1, None);
        let due: Day = "2021-02-28".parse().unwrap();
        assert_eq!(
            check("2021-01-01", "2020-02-29", &[("2019-01-01", &one)]),
            Due::Pending(due)
        );
    }
}
