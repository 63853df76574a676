//! `dyn(x)` of the specification's tests → a variable whose type is not known.
//!
//! Policies have no `dyn`: types cannot be set aside. What it is for, evaluation over values of
//! unknown type, they do have, so that these tests say something about us.

use plangate::cel::Value;

use super::world::Nothing;

/// An expression without `dyn`, and the variables that stand for it.
pub(crate) struct Rewritten {
    pub(crate) expression: String,
    /// Those without a value fail where they are read, as their arguments do.
    pub(crate) values: Vec<(String, Option<Value<'static, Nothing>>)>,
}

/// The argument of a `dyn` is no expression of ours by itself.
pub(crate) struct NotOurs;

/// Puts a variable in the place of every `dyn(argument)`. `value` gives what an argument gives, and
/// nothing for what is no expression by itself; then nothing comes of it.
pub(crate) fn without_dyn(
    expression: &str,
    value: impl Fn(&str) -> Result<Option<Value<'static, Nothing>>, NotOurs>,
) -> Option<Rewritten> {
    let mut rewritten = Rewritten {
        expression: String::new(),
        values: Vec::new(),
    };
    let mut rest = expression;
    while let Some(at) = rest.find("dyn(") {
        let argument_start = at + "dyn(".len();
        let length = length_of_argument(&rest[argument_start..])?;
        let argument = &rest[argument_start..argument_start + length];
        let name = format!("dyn{}", rewritten.values.len());
        rewritten.expression.push_str(&rest[..at]);
        rewritten.expression.push_str(&name);
        rewritten.values.push((name, value(argument).ok()?));
        rest = &rest[argument_start + length + 1..];
    }
    rewritten.expression.push_str(rest);
    Some(rewritten)
}

/// The bytes up to the parenthesis that closes the call; texts may hold others.
fn length_of_argument(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')') if depth == 0 => return Some(at),
            (None, ')' | ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    None
}
