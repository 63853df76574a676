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

/// What a finding can do at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stake {
    /// Nothing.
    Shown,
    /// It blocks where it is a failure of enough weight: it is new, or what it is about was changed,
    /// or everything counts.
    Failure,
    /// It blocks though it is no failure: what was known is not known any more, or what was owed is
    /// put off.
    Owed,
}

/// A finding against the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// Whether the base had it.
    pub status: Status,
    /// What it can do at the gate.
    pub stake: Stake,
    /// Whether the change touches the value that it is about.
    pub touched: bool,
    /// Whether it is let go once the change is approved: it rests on the plan as it was.
    pub until_approved: bool,
}

impl Against {
    /// What the change brings counts, and so does what it makes unknown.
    pub fn brought(is_unknown: bool) -> Self {
        Self {
            status: Status::New,
            stake: match is_unknown {
                true => Stake::Owed,
                false => Stake::Failure,
            },
            touched: false,
            until_approved: false,
        }
    }
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
