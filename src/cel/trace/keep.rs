//! What a reader wants to see below a step: what decided, and nothing that its text already says.

use super::{Part, Role, Step};
use crate::cel::functions::Binary;
use crate::cel::program::Op;
use crate::cel::{Cause, Value};

/// How many elements are kept where none of them decided.
const ELEMENTS: usize = 3;

/// What a step of this operation is.
pub(super) fn part(op: &Op) -> Part {
    match op {
        Op::Constant(_) => Part::Literal,
        Op::Variable(_)
        | Op::Local(_)
        | Op::Field { .. }
        | Op::Key { .. }
        | Op::Binary(Binary::Index, ..) => Part::Path,
        Op::Has(_) | Op::Mode(_) | Op::Stated(_) => Part::Look,
        Op::And(..) => Part::And,
        Op::Or(..) => Part::Or,
        Op::Each(_) => Part::Each,
        _ => Part::Call,
    }
}

/// The steps to keep below one that gave `seen`.
pub(super) fn of<'a, N: Copy + PartialEq>(
    op: &Op,
    below: Vec<Step<'a, N>>,
    seen: Result<&Value<'a, N>, &Cause<N>>,
) -> Vec<Step<'a, N>> {
    let below = below.into_iter().filter(|step| step.part != Part::Literal);
    match part(op) {
        Part::Path => below.filter(|step| step.part != Part::Path).collect(),
        Part::And | Part::Or => sides(part(op), below, seen),
        Part::Each => elements(below.collect(), seen),
        _ => below.collect(),
    }
}

/// Of `&&` and `||` the side that decided, or every side where none did. Sides of the same operator
/// stand beside each other, as they are read.
fn sides<'a, N: Copy + PartialEq>(
    part: Part,
    below: impl Iterator<Item = Step<'a, N>>,
    seen: Result<&Value<'a, N>, &Cause<N>>,
) -> Vec<Step<'a, N>> {
    let flat = below.flat_map(|step| match step.part == part && !step.steps.is_empty() {
        true => step.steps,
        false => vec![step],
    });
    let decides = |step: &Step<'a, N>| match (&seen, &step.seen) {
        (Ok(value), Ok(side)) => value.as_bool() == side.as_bool(),
        (Err(cause), Err(side)) => *cause == side,
        _ => false,
    };
    flat.filter(decides).collect()
}

/// The list that was gone over, then of its elements those that decided; those that had no answer,
/// where the whole has none; or the first few, where every one had its part.
fn elements<'a, N: Copy>(
    below: Vec<Step<'a, N>>,
    seen: Result<&Value<'a, N>, &Cause<N>>,
) -> Vec<Step<'a, N>> {
    let is_role = |step: &Step<'a, N>, role| step.part == Part::Element(role);
    let decided = below.iter().any(|step| is_role(step, Role::Decided));
    let wanted = match seen {
        Err(_) => Role::Failed,
        Ok(_) if decided => Role::Decided,
        Ok(_) => Role::Passed,
    };
    let is_wanted = |step: &Step<'a, N>| match step.part {
        Part::Element(role) => role == wanted,
        Part::More(_) => wanted == Role::Passed,
        _ => true,
    };
    below.into_iter().filter(is_wanted).collect()
}

/// Whether there is room for one more element of this role beside those that are kept.
pub(super) fn has_room<N>(above: &[Step<'_, N>], role: Role) -> bool {
    let same = |step: &&Step<'_, N>| step.part == Part::Element(role);
    let most = match role {
        Role::Made => 0,
        Role::Failed => 1,
        Role::Decided | Role::Passed => ELEMENTS,
    };
    above.iter().filter(same).count() < most
}
