//! Text → syntax tree: the one place that knows the `cel` crate.
//!
//! The crate parses and expands macros; [`convert`] turns its tree into [`Syntax`], in which the
//! comprehensions stand as they were written and every node knows all of its text.

mod convert;
mod errors;
mod macros;
mod syntax;
mod tokens;

pub(super) use syntax::{Call, Comprehension, Kind, Select, Syntax};

use cel_interpreter::parser::PrattParser;

use super::{Problem, ProblemKind};
use tokens::Tokens;

/// The longest expression, in bytes. The longest of the pack has some 250; anything near the limit
/// is several checks written as one.
pub(super) const MAX_BYTES: usize = 2048;
/// The deepest tree. Evaluation and checking recurse over it.
pub(super) const MAX_DEPTH: usize = 200;
/// How far comprehensions nest: each level multiplies the work by the length of a list.
pub(super) const MAX_NESTING: usize = 3;
/// How far parentheses, calls and lists nest. The parser recurses over ten functions for each level
/// and must not exhaust the 2 MiB stack of a thread.
const MAX_BRACKETS: u16 = 32;
/// How many conditionals an expression may chain; the parser recurses over them without a limit.
const MAX_CONDITIONALS: usize = 32;

/// Reads an expression.
pub(super) fn parse(source: &str) -> Result<Syntax, Problem> {
    if source.len() > MAX_BYTES {
        return Err(Problem::new(
            0..source.len(),
            ProblemKind::TooLarge,
            format!("運算式至多 {MAX_BYTES} 位元組"),
            format!("an expression has at most {MAX_BYTES} bytes"),
        ));
    }
    let tokens = Tokens::of(source);
    if tokens.conditionals() > MAX_CONDITIONALS {
        return Err(too_deep(source));
    }
    let tree = parser()
        .parse(source)
        .map_err(|errors| errors::translate(source, &errors))?;
    convert::convert(source, &tokens, tree)
}

fn parser() -> PrattParser {
    PrattParser::new().max_recursion_depth(MAX_BRACKETS)
}

fn too_deep(source: &str) -> Problem {
    Problem::new(
        0..source.len(),
        ProblemKind::TooLarge,
        "運算式巢狀過深，應拆為數個檢核",
        "the expression is nested too deeply: split it into several checks",
    )
}

fn too_nested(range: std::ops::Range<usize>) -> Problem {
    Problem::new(
        range,
        ProblemKind::TooLarge,
        format!("all、exists、map、filter 至多巢狀 {MAX_NESTING} 層"),
        format!("all, exists, map and filter nest at most {MAX_NESTING} deep"),
    )
}
