//! Figures that differ by sector and grade.

use crate::finding::Severity;

/// The sectors of the Act, in the order of the schedules.
pub const SECTORS: [&str; 2] = ["government", "specific_non_government"];
/// The grades, strictest first.
pub const GRADES: [char; 5] = ['A', 'B', 'C', 'D', 'E'];

/// Who a duty is asked of: the row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Row {
    /// Index into [`SECTORS`].
    pub sector: Option<u8>,
    /// Index into [`GRADES`].
    pub grade: Option<u8>,
}

impl Row {
    /// The row of a body.
    pub fn of(sector: &str, grade: Option<char>) -> Self {
        let index = |at: Option<usize>| at.and_then(|at| u8::try_from(at).ok());
        Self {
            sector: index(SECTORS.iter().position(|&other| other == sector)),
            grade: index(grade.and_then(|grade| GRADES.iter().position(|&other| other == grade))),
        }
    }

    /// Every row there is.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..2).flat_map(|sector| {
            (0..5).map(move |grade| Self {
                sector: Some(sector),
                grade: Some(grade),
            })
        })
    }
}

/// One value, or one for each sector, grade, or both (sector outside).
#[derive(Debug, Clone, PartialEq)]
pub enum Table<T> {
    /// The same for all.
    One(T),
    /// By sector, in the order of [`SECTORS`].
    BySector(Box<[Option<Table<T>>; 2]>),
    /// By grade, in the order of [`GRADES`].
    ByGrade(Box<[Option<T>; 5]>),
}

impl<T> Table<T> {
    /// The value of a row; `None` where the table does not cover it or the row has no such part.
    pub fn at(&self, row: Row) -> Option<&T> {
        match self {
            Self::One(value) => Some(value),
            Self::BySector(rows) => rows[usize::from(row.sector?)].as_ref()?.at(row),
            Self::ByGrade(rows) => rows[usize::from(row.grade?)].as_ref(),
        }
    }

    /// Every value in it.
    pub fn values(&self) -> Vec<&T> {
        match self {
            Self::One(value) => vec![value],
            Self::BySector(rows) => rows.iter().flatten().flat_map(Self::values).collect(),
            Self::ByGrade(rows) => rows.iter().flatten().collect(),
        }
    }
}

/// How sure the pack is of an edition of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The text of the law was read.
    Verified,
    /// Sources quote it.
    Secondary,
    /// Not verified.
    Memory,
    /// Sources disagree.
    Conflict,
}

impl Confidence {
    /// All, surest first.
    pub const ALL: [Self; 4] = [
        Self::Verified,
        Self::Secondary,
        Self::Memory,
        Self::Conflict,
    ];

    /// The word of policies and of `obligations.yaml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Secondary => "secondary",
            Self::Memory => "memory",
            Self::Conflict => "conflict",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|confidence| confidence.word() == word)
    }

    /// Uncertain law never blocks.
    pub fn cap(self, severity: Severity) -> Severity {
        match self {
            Self::Verified | Self::Secondary => severity,
            Self::Memory | Self::Conflict => severity.min(Severity::Warning),
        }
    }
}
