//! The syntax tree that the checker reads.

use std::ops::Range;

use super::super::program::Each;
use crate::cel::Data;

/// One expression.
#[derive(Debug)]
pub(in crate::cel) struct Syntax {
    pub(in crate::cel) kind: Kind,
    /// All of its bytes, parentheses around it left out.
    pub(in crate::cel) range: Range<usize>,
}

/// What it is.
#[derive(Debug)]
pub(in crate::cel) enum Kind {
    Literal(Data),
    Name(String),
    Select(Select),
    /// `has(path)`
    Has(Select),
    Call(Call),
    List(Vec<Syntax>),
    Map(Vec<(Syntax, Syntax)>),
    Each(Comprehension),
}

/// `operand.field`
#[derive(Debug)]
pub(in crate::cel) struct Select {
    pub(in crate::cel) operand: Box<Syntax>,
    pub(in crate::cel) field: String,
    /// The bytes of the field's name.
    pub(in crate::cel) name: Range<usize>,
    /// The bytes from the operand to the field's name.
    pub(in crate::cel) range: Range<usize>,
}

/// A function or an operator, under the name that the parser gives it.
#[derive(Debug)]
pub(in crate::cel) struct Call {
    pub(in crate::cel) function: String,
    /// The bytes of the function's name or of the operator.
    pub(in crate::cel) name: Range<usize>,
    pub(in crate::cel) target: Option<Box<Syntax>>,
    pub(in crate::cel) arguments: Vec<Syntax>,
}

/// `list.all(variable, body)` and its like.
#[derive(Debug)]
pub(in crate::cel) struct Comprehension {
    pub(in crate::cel) each: Each,
    pub(in crate::cel) list: Box<Syntax>,
    pub(in crate::cel) variable: String,
    /// The condition of `filter`, and of `map` with three arguments.
    pub(in crate::cel) guard: Option<Box<Syntax>>,
    /// What decides or what each element becomes; for `filter` the guard alone.
    pub(in crate::cel) body: Option<Box<Syntax>>,
}
