//! Why an expression has no answer.

use std::ops::Range;
use std::sync::Arc;

use super::Mode;
use crate::finding::Reason;
use crate::text::Localized;

/// No answer, and the part of the expression where it came about. Says names of fields and
/// functions, never values of the plan, so that it may be logged. Small, for every step returns one
/// or a value, and hardly any returns one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<N> {
    /// Why.
    pub cause: Box<Cause<N>>,
    pub(super) start: u16,
    pub(super) end: u16,
}

impl<N> Failure<N> {
    /// The bytes of the expression.
    pub fn range(&self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }

    /// Whether the budget ran out, which nothing absorbs.
    pub(super) fn is_budget(&self) -> bool {
        matches!(*self.cause, Cause::Budget)
    }
}

/// Why an expression has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause<N> {
    /// A field that is read is silent.
    Absent {
        /// The object without it; none for policy data.
        node: Option<N>,
        /// The field.
        field: Arc<str>,
    },
    /// A mode stands where a value is read, in this field or above it.
    Unread {
        /// The mode.
        mode: Mode,
        /// The object whose field it is.
        node: Option<N>,
        /// The field.
        field: Arc<str>,
    },
    /// A variable has no value here, such as `body` of a row that no body owns.
    Unbound {
        /// The variable.
        variable: Arc<str>,
    },
    /// A comparison of dates or durations that the words do not decide.
    Undecided,
    /// The budget ran out. Never absorbed by `||`, `&&`, `all` or `exists`.
    Budget,
    /// An index outside of the list, or a key that the mapping lacks.
    OutOfRange,
    /// A number outside of its type.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// A text or a list longer than an expression may make or compare.
    TooLong,
    /// A pattern that does not compile or is too large.
    Pattern,
    /// An argument that the function has no answer for, such as `int("x")`.
    Argument {
        /// The function.
        function: &'static str,
    },
    /// Values of types that the operator or function does not take; only where a type was not known
    /// when the policy was loaded.
    NoOverload {
        /// The operator or function.
        function: &'static str,
    },
}

impl<N> Cause<N> {
    /// The reason that a verdict gives.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Absent { .. } => Reason::Silent,
            Self::Unread { mode, .. } => match mode {
                Mode::Delegated => Reason::Delegated,
                Mode::ByLaw => Reason::ByLaw,
                Mode::Annex => Reason::Annex,
                Mode::NotApplicable => Reason::NotApplicable,
                Mode::Silent => Reason::Silent,
                Mode::Stated => Reason::Expression,
            },
            Self::Undecided => Reason::Undecided,
            Self::Budget => Reason::Budget,
            _ => Reason::Expression,
        }
    }

    /// One sentence, without values of the plan.
    pub fn message(&self) -> Localized {
        let (zh, en) = match self {
            Self::Absent { field, .. } => (format!("未載明 {field}"), format!("{field} is silent")),
            Self::Unread { mode, field, .. } => {
                let word = mode.word();
                (
                    format!("{field} 為 {word}，無從讀取"),
                    format!("{field} is {word} and cannot be read"),
                )
            }
            Self::Unbound { variable } => (
                format!("此處無 {variable}"),
                format!("{variable} has no value here"),
            ),
            Self::NoOverload { function } => (
                format!("{function} 不接受此型別"),
                format!("{function} does not take these types"),
            ),
            Self::Argument { function } => (
                format!("{function} 無法解讀其引數"),
                format!("{function} has no answer for its argument"),
            ),
            other => return other.plain_message(),
        };
        Localized::new(zh, en)
    }

    fn plain_message(&self) -> Localized {
        let (zh, en) = match self {
            Self::Undecided => ("比較無確定結果", "the comparison has no certain answer"),
            Self::Budget => ("運算超過步數上限", "the expression takes too many steps"),
            Self::OutOfRange => ("索引或鍵不存在", "no such index or key"),
            Self::Overflow => ("數值超出範圍", "the number is out of range"),
            Self::DivisionByZero => ("除以零", "division by zero"),
            Self::TooLong => ("文字或清單過長", "the text or list is too long"),
            _ => ("樣式無法編譯", "the pattern does not compile"),
        };
        Localized::new(zh, en)
    }
}
