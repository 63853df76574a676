//! The operators and functions of expressions: one table that the checker picks from, the evaluator
//! runs, and the authors' page lists.

mod library;
mod operators;
mod signatures;
mod table;

pub(super) use signatures::shown_name;
pub use signatures::{Signature, signatures};
#[cfg(test)]
pub(super) use table::functions;
pub(super) use table::{Form, Function, Overloads, Param, Run, function};

/// Operators and functions of one argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Negate,
    Size,
    ToInt,
    ToUint,
    ToDouble,
    ToText,
    ToDate,
    ToDuration,
    Sum,
    Range,
    Distinct,
    Normalized,
    HasFigure,
}

/// Operators and functions of two arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Index,
    Contains,
    StartsWith,
    EndsWith,
    EditDistance,
    Closest,
    CompareEditions,
    SurelyBefore,
    Covers,
    Outcomes,
}
