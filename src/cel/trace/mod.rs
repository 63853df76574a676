//! What an evaluation saw on its way, as a tree, for `--explain` and for authors.
//!
//! In: steps as they begin and end. Out: a [`Trace`] that holds what bears on the result and nothing
//! else: of `a && b` the side that decided, of `all` and `exists` the element that did. Knows nothing of
//! plans; values keep their places. Where nobody asks, [`Off`] costs nothing.

mod keep;

use std::ops::Range;

use super::program::Node;
use super::{Cause, Content, Value};

/// The most steps kept at one time. Beyond it a step is kept without those below it.
const STEPS: usize = 2_000;

/// What an evaluation saw. Holds values of the plan: it is for the reader who asked, not for logs.
#[derive(Debug)]
pub struct Trace<'a, N> {
    /// The steps that have ended, by the step they belong to; those of the expression itself first.
    open: Vec<Vec<Step<'a, N>>>,
    kept: usize,
    truncated: bool,
}

/// One sub-expression and what it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a, N> {
    /// The bytes of the expression; of an element, where the name of its variable stands.
    pub range: Range<usize>,
    /// What it is.
    pub part: Part,
    /// Its value, or why it has none.
    pub seen: Result<Value<'a, N>, Cause<N>>,
    /// What it came from, in reading order.
    pub steps: Vec<Step<'a, N>>,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its value stands in the text of the expression.
    Literal,
    /// A variable, or a field or element reached from one.
    Path,
    /// `has(path)`, `mode(path)`, `stated(path)`: below it the object that was looked into.
    Look,
    /// `a && b`: every side, or the one that decided.
    And,
    /// `a || b`: every side, or the one that decided.
    Or,
    /// `all`, `exists`, `map` and their like: below it the list, then the elements that decided.
    Each,
    /// An element of a list, bound to a variable, with what it did.
    Element(Role),
    /// This many elements more, which decided as little as those before them.
    More(usize),
    /// Any other operator or function.
    Call,
}

/// What an element did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It decided, as one that is true decides `exists`.
    Decided,
    /// It did not decide.
    Passed,
    /// It had no answer.
    Failed,
    /// It went into what `map` or `filter` makes; it is not kept, because it can be seen there.
    Made,
}

impl<N> Default for Trace<'_, N> {
    fn default() -> Self {
        Self {
            open: vec![Vec::new()],
            kept: 0,
            truncated: false,
        }
    }
}

impl<'a, N> Trace<'a, N> {
    /// The expression as a whole; nothing before it was evaluated.
    pub fn root(&self) -> Option<&Step<'a, N>> {
        self.open.first()?.first()
    }

    /// Whether steps were left out because there were too many.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    fn push(&mut self, mut step: Step<'a, N>) {
        if self.kept >= STEPS && !step.steps.is_empty() {
            self.kept -= step.steps.iter().map(Step::size).sum::<usize>();
            step.steps.clear();
            self.truncated = true;
        }
        self.kept += 1;
        if let Some(above) = self.open.last_mut() {
            above.push(step);
        }
    }
}

impl<N: Copy> Trace<'_, N> {
    /// One more element that did not decide.
    fn count_one_more(&mut self, range: Range<usize>) {
        let above = self.open.last_mut().into_iter().flatten();
        let counted = above.rev().find_map(|step| match &mut step.part {
            Part::More(count) => Some(count),
            _ => None,
        });
        match counted {
            Some(count) => *count += 1,
            None => self.push(Step {
                range,
                part: Part::More(1),
                seen: Ok(Value::new(Content::Null)),
                steps: Vec::new(),
            }),
        }
    }
}

impl<N> Step<'_, N> {
    fn size(&self) -> usize {
        1 + self.steps.iter().map(Self::size).sum::<usize>()
    }
}

/// Takes note of steps, or of nothing at no cost.
pub(super) trait Record<'a, N> {
    /// Whether anything is taken note of.
    const ON: bool;

    /// A step begins, or an element is bound.
    fn begin(&mut self);

    /// A step ends.
    fn end(&mut self, node: &Node, seen: Result<&Value<'a, N>, &Cause<N>>);

    /// What was done with an element ends.
    fn end_element(&mut self, range: Range<usize>, element: &Value<'a, N>, role: Role);
}

/// Takes note of nothing.
pub(super) struct Off;

impl<'a, N> Record<'a, N> for Off {
    const ON: bool = false;

    fn begin(&mut self) {}

    fn end(&mut self, _: &Node, _: Result<&Value<'a, N>, &Cause<N>>) {}

    fn end_element(&mut self, _: Range<usize>, _: &Value<'a, N>, _: Role) {}
}

impl<'a, N: Copy + PartialEq> Record<'a, N> for &mut Trace<'a, N> {
    const ON: bool = true;

    fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    fn end(&mut self, node: &Node, seen: Result<&Value<'a, N>, &Cause<N>>) {
        let below = self.open.pop().unwrap_or_default();
        let before: usize = below.iter().map(Step::size).sum();
        let steps = keep::of(&node.op, below, seen);
        self.kept -= before - steps.iter().map(Step::size).sum::<usize>();
        self.push(Step {
            range: usize::from(node.start)..usize::from(node.end),
            part: keep::part(&node.op),
            seen: seen.cloned().map_err(Clone::clone),
            steps,
        });
    }

    fn end_element(&mut self, range: Range<usize>, element: &Value<'a, N>, role: Role) {
        let steps = self.open.pop().unwrap_or_default();
        let above = self.open.last().map_or(&[][..], Vec::as_slice);
        if !keep::has_room(above, role) {
            self.kept -= steps.iter().map(Step::size).sum::<usize>();
            if role == Role::Passed {
                self.count_one_more(range);
            }
            return;
        }
        self.push(Step {
            range,
            part: Part::Element(role),
            seen: Ok(element.clone()),
            steps,
        });
    }
}
