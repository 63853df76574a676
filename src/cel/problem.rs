//! What is wrong with an expression before it is evaluated.

use std::ops::Range;

use crate::text::Localized;

/// One thing that keeps an expression from compiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the expression, on character boundaries.
    pub range: Range<usize>,
    /// What kind of thing.
    pub kind: ProblemKind,
    /// The fact and what to write instead, in one sentence.
    pub message: Localized,
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The text is no CEL expression. Only the first such place is told: what follows it is noise.
    Syntax,
    /// The text is longer, deeper or more nested than an expression may be.
    TooLarge,
    /// A part of CEL that policies do not have.
    Unsupported,
    /// No variable of this name.
    UnknownName,
    /// No field of this name.
    UnknownField,
    /// No function of this name.
    UnknownFunction,
    /// An operator or function does not take arguments of these types.
    WrongTypes,
    /// A comparison that can never hold.
    Impossible,
    /// A word that is none of those a field is limited to.
    OutsideWords,
    /// A guard that always holds: `has()` of a field that is never silent.
    AlwaysHolds,
    /// A literal pattern, date or duration that is none.
    BadLiteral,
    /// The expression as a whole gives something else than its place asks for.
    WrongResult,
}

impl Problem {
    pub(super) fn new(
        range: Range<usize>,
        kind: ProblemKind,
        zh_tw: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            range,
            kind,
            message: Localized::new(zh_tw, en),
        }
    }
}
