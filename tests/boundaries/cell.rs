//! The part of a policy that has boundaries of its own: an edition, and the rows that it tells
//! apart.

use plangate::check::Visited;
use plangate::policy::{Edition, GRADES, Row, SECTORS};
use plangate::text::Day;

/// An edition, with a sector and a grade where the edition tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) edition: Day,
    sector: Option<u8>,
    grade: Option<u8>,
}

impl Cell {
    /// The cells of an edition: a row for each sector and grade that it names or whose figures
    /// differ.
    pub(crate) fn of(edition: &Edition) -> Vec<Self> {
        let rows: Vec<Row> = edition.applies_to.rows().collect();
        let by_sector =
            !edition.applies_to.sectors.is_empty() || differ(edition, &rows, |row| row.sector);
        let by_grade =
            !edition.applies_to.grades.is_empty() || differ(edition, &rows, |row| row.grade);
        let cell = |row: &Row| Self {
            edition: edition.from,
            sector: row.sector.filter(|_| by_sector),
            grade: row.grade.filter(|_| by_grade),
        };
        let mut cells: Vec<Self> = rows.iter().map(cell).collect();
        cells.sort();
        cells.dedup();
        cells
    }

    /// A row in it.
    pub(crate) fn row(self) -> Row {
        Row {
            sector: self.sector.or(Some(0)),
            grade: self.grade.or(Some(0)),
        }
    }

    /// Whether a verdict was given in it.
    pub(crate) fn holds(self, visit: &Visited) -> bool {
        let same = |own: Option<u8>, other| own.is_none() || own == other;
        visit.edition == Some(self.edition)
            && same(self.sector, visit.row.sector)
            && same(self.grade, visit.row.grade)
    }

    /// The grade, where it tells grades apart.
    pub(crate) fn grade(self) -> Option<char> {
        self.grade.map(|at| GRADES[usize::from(at)])
    }

    /// The sector, where it tells sectors apart.
    pub(crate) fn sector(self) -> Option<&'static str> {
        self.sector.map(|at| SECTORS[usize::from(at)])
    }

    /// `2026-01-07 A government`.
    pub(crate) fn named(self) -> String {
        let grade = self.grade().map(|grade| format!(" {grade}"));
        let sector = self.sector().map(|sector| format!(" {sector}"));
        format!(
            "{}{}{}",
            self.edition,
            grade.unwrap_or_default(),
            sector.unwrap_or_default()
        )
    }
}

/// Whether figures differ between two rows that differ in nothing but the part.
fn differ(edition: &Edition, rows: &[Row], part: impl Fn(&Row) -> Option<u8>) -> bool {
    let within = |row: &Row| {
        edition
            .deadline
            .as_ref()
            .and_then(|deadline| deadline.within.at(*row))
    };
    let others = |row: &Row, other: &Row| part(row) != part(other) && likeness(*row, *other) == 1;
    rows.iter().any(|row| {
        let mut others = rows.iter().filter(|other| others(row, other));
        others.any(|other| {
            edition.params.at(*row) != edition.params.at(*other) || within(row) != within(other)
        })
    })
}

/// How many of sector and grade two rows share.
fn likeness(a: Row, b: Row) -> u8 {
    u8::from(a.sector == b.sector) + u8::from(a.grade == b.grade)
}
