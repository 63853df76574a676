//! The table: what stands in it, and how a function is found.

use super::{Binary, Unary, library, operators};

/// The argument types of each overload, and the type of its result.
pub(in crate::cel) type Overloads = &'static [(&'static [Param], Param)];

/// An operator or function.
pub(in crate::cel) struct Function {
    /// What the parser calls it.
    pub(in crate::cel) name: &'static str,
    pub(in crate::cel) form: Form,
    pub(in crate::cel) run: Run,
    /// The argument types it takes, each with the type of its result.
    pub(in crate::cel) overloads: Overloads,
    /// What it does: zh-TW, English.
    pub(super) about: (&'static str, &'static str),
}

/// How a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cel) enum Form {
    /// `a + b`; the symbol.
    Infix(&'static str),
    /// `-a`; the symbol.
    Prefix(&'static str),
    /// `a[b]`
    Index,
    /// `f(a)`
    Global,
    /// `a.f()`
    Member,
    /// Both.
    Either,
}

/// What the evaluator runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cel) enum Run {
    Unary(Unary),
    Binary(Binary),
    /// `matches`, whose pattern is compiled ahead where it is literal.
    Matches,
}

/// The type of an argument or a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cel) enum Param {
    Bool,
    Int,
    Uint,
    Double,
    Text,
    /// A text that is not limited to words: words have no order of their own.
    FreeText,
    Bytes,
    Date,
    Duration,
    /// Any type, the same wherever it stands in a form.
    Any,
    List(&'static Param),
    /// A mapping from texts, whether of policy data or made.
    Map(&'static Param),
    Object,
}

impl Param {
    /// The name of the type in the authors' page.
    pub(in crate::cel) fn show(self) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Int => "int".to_owned(),
            Self::Uint => "uint".to_owned(),
            Self::Double => "double".to_owned(),
            Self::Text | Self::FreeText => "string".to_owned(),
            Self::Bytes => "bytes".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Any => "T".to_owned(),
            Self::List(element) => format!("list<{}>", element.show()),
            Self::Map(value) => format!("map<{}>", value.show()),
            Self::Object => "object".to_owned(),
        }
    }
}

/// Every operator and function that takes its arguments as values.
pub(in crate::cel) fn functions() -> impl Iterator<Item = &'static Function> {
    operators::TABLE.iter().chain(library::TABLE)
}

/// The operator or function that the parser calls `name`.
pub(in crate::cel) fn function(name: &str) -> Option<&'static Function> {
    functions().find(|function| function.name == name)
}

pub(super) const fn infix(
    name: &'static str,
    symbol: &'static str,
    run: Binary,
    overloads: Overloads,
    about: (&'static str, &'static str),
) -> Function {
    Function {
        name,
        form: Form::Infix(symbol),
        run: Run::Binary(run),
        overloads,
        about,
    }
}

pub(super) const fn unary(
    name: &'static str,
    form: Form,
    run: Unary,
    overloads: Overloads,
    about: (&'static str, &'static str),
) -> Function {
    Function {
        name,
        form,
        run: Run::Unary(run),
        overloads,
        about,
    }
}

pub(super) const fn binary(
    name: &'static str,
    form: Form,
    run: Binary,
    overloads: Overloads,
    about: (&'static str, &'static str),
) -> Function {
    Function {
        name,
        form,
        run: Run::Binary(run),
        overloads,
        about,
    }
}
