//! The eight verdicts of ARCHITECTURE.md. Never two-valued: what is not known is not a pass.

/// The outcome of one (policy, item, body, need).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A duty is not met.
    Fail,
    /// The words may satisfy the duty but do not settle it.
    Doubt,
    /// It cannot be told.
    Unknown,
    /// The deadline has not come.
    Pending,
    /// A document of the catalogue carries it.
    Delegated,
    /// A live waiver names it.
    Waived,
    /// Met.
    Pass,
    /// No duty here, for the given [`Reason`].
    NotApplicable,
}

impl Verdict {
    /// All, the ones that need attention first.
    pub const ALL: [Self; 8] = [
        Self::Fail,
        Self::Doubt,
        Self::Unknown,
        Self::Pending,
        Self::Delegated,
        Self::Waived,
        Self::Pass,
        Self::NotApplicable,
    ];

    /// The word of policies and of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Doubt => "doubt",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Delegated => "delegated",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Whether it is shown without being asked for.
    pub fn needs_attention(self) -> bool {
        !matches!(self, Self::Pass | Self::NotApplicable)
    }
}

/// Why a verdict is `unknown` or `not_applicable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Outside the sector or grade of the duty.
    Scope,
    /// Nothing of the kind exists here.
    Vacuous,
    /// The plan says so, with a reason the policy accepts.
    Declared,
    /// No edition of the duty is in force.
    NotInForce,
    /// The annex is not there.
    Annex,
    /// The fact, or one that the expression reads, is delegated.
    Delegated,
    /// The fact, or one that the expression reads, adopts the law's figure.
    ByLaw,
    /// A fact the expression reads is declared not applicable.
    NotApplicable,
    /// A fact the expression reads is silent.
    Silent,
    /// The body's grade is not stated.
    Grade,
    /// The day the grade was given is not known well enough.
    GradedOn,
    /// The editions that the date allows disagree.
    EditionsDisagree,
    /// A comparison has no certain answer.
    Undecided,
    /// The expression ran out of its budget.
    Budget,
    /// The expression had no answer for another reason.
    Expression,
}

impl Reason {
    /// The word of every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Vacuous => "vacuous",
            Self::Declared => "declared",
            Self::NotInForce => "not_in_force",
            Self::Annex => "annex",
            Self::Delegated => "delegated",
            Self::ByLaw => "by_law",
            Self::NotApplicable => "not_applicable",
            Self::Silent => "silent",
            Self::Grade => "grade",
            Self::GradedOn => "graded_on",
            Self::EditionsDisagree => "editions_disagree",
            Self::Undecided => "undecided",
            Self::Budget => "budget",
            Self::Expression => "expression",
        }
    }
}
