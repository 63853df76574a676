//! A finding held against those of a base: what a change brought, what it found, what it mended.

/// Whether the base had a finding too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It had not.
    New,
    /// It had.
    Unchanged,
    /// It had, and it is gone.
    Fixed,
}

/// A finding against the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// Whether the base had it.
    pub status: Status,
    /// Whether a failure of its severity blocks: it is new, or what it is about was changed, or
    /// everything counts.
    pub counts: bool,
    /// Whether it blocks though it is no failure: what was known is not known any more, or what was
    /// owed is put off.
    pub owed: bool,
}

impl Status {
    /// All.
    pub const ALL: [Self; 3] = [Self::New, Self::Unchanged, Self::Fixed];

    /// The word of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Fixed => "fixed",
        }
    }
}
