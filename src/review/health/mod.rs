//! What a plans repository needs so that its gate holds, and what of it is there.
//!
//! In: facts that somebody else has read. Out: [`Point`]s, each with what was found and what to do.
//! Knows nothing of files or forges. Invariant: what could not be read is [`State::Unknown`] and never
//! good.

mod protection;
mod running;
mod workflow;

pub use protection::{Protection, Required, Source, protection, unguarded};
pub use running::{Environment, Forks, Running, Waiting, running};
pub use workflow::{Found, workflow};

use crate::text::Localized;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Names it for programs.
    pub id: &'static str,
    /// What it came to.
    pub state: State,
    /// What was found.
    pub found: Localized,
    /// The next act, where one is needed.
    pub help: Option<Localized>,
}

/// What a point came to, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Good,
    /// It was not asked for.
    Skipped,
    /// Works, and should be looked at.
    Attention,
    /// Could not be told.
    Unknown,
    /// The gate does not hold.
    Wrong,
}

impl State {
    /// All, the gravest last.
    pub const ALL: [Self; 5] = [
        Self::Good,
        Self::Skipped,
        Self::Attention,
        Self::Unknown,
        Self::Wrong,
    ];

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Skipped => "skipped",
            Self::Attention => "attention",
            Self::Unknown => "unknown",
            Self::Wrong => "wrong",
        }
    }

    /// The word for people.
    pub fn told(self) -> Localized {
        match self {
            Self::Good => Localized::new("正常", "good"),
            Self::Skipped => Localized::new("未查", "not asked"),
            Self::Attention => Localized::new("留意", "look at"),
            Self::Unknown => Localized::new("不詳", "unknown"),
            Self::Wrong => Localized::new("須改", "wrong"),
        }
    }

    /// Whether the gate cannot be said to hold.
    pub fn blocks(self) -> bool {
        matches!(self, Self::Unknown | Self::Wrong)
    }
}

/// What helps where administrators alone are told.
fn may_read() -> Localized {
    Localized::new(
        "以可讀取儲存庫管理設定之權杖再查一次",
        "ask again with a token that may read the administration of the repository",
    )
}

impl Point {
    /// A point that is as it should be.
    pub fn good(id: &'static str, found: Localized) -> Self {
        Self {
            id,
            state: State::Good,
            found,
            help: None,
        }
    }

    /// A point that asks for an act.
    pub fn asking(id: &'static str, state: State, found: Localized, help: Localized) -> Self {
        Self {
            id,
            state,
            found,
            help: Some(help),
        }
    }
}
