//! The first conditions of a conjunction, asked by themselves.
//!
//! Of `it.to == "law" && has(it.title) && plan.header.issued >= params.window` the first two read `it`
//! alone: what they say of an item holds for every expression that begins with them. Where one of
//! them is false the whole is, whatever stands behind it.

use super::{Budget, Evaluator, Host, Op, Outcome, Program, Value};
use crate::cel::program::Id;
use crate::cel::trace::Off;

/// One condition of a conjunction, as a part of its program.
#[derive(Debug, Clone, Copy)]
pub struct Condition<'a> {
    program: &'a Program,
    root: Id,
}

impl Program {
    /// The conditions that come first and read this variable alone, in the order they are asked. None
    /// where the program is no conjunction but one condition that reads something else.
    pub fn leading(&self, variable: &str) -> Vec<Condition<'_>> {
        let mut named = self.variables.iter();
        let own = named.find(|(_, name)| **name == *variable);
        let Some(&(place, _)) = own else {
            return Vec::new();
        };
        let (mut leading, mut next) = (Vec::new(), vec![self.root]);
        while let Some(root) = next.pop() {
            match self.nodes[usize::from(root.0)].op {
                Op::And(first, second) => next.extend([second, first]),
                _ if self.reads_only(root, place) => leading.push(Condition {
                    program: self,
                    root,
                }),
                _ => break,
            }
        }
        leading
    }

    /// Whether no other variable of the scope is named below a node.
    fn reads_only(&self, root: Id, place: u8) -> bool {
        let mut below = vec![root];
        while let Some(id) = below.pop() {
            match &self.nodes[usize::from(id.0)].op {
                Op::Variable(other) if *other != place => return false,
                op => op.below(|id| below.push(id)),
            }
        }
        true
    }
}

impl<'a> Condition<'a> {
    /// The condition as it is written.
    pub fn source(&self) -> &'a str {
        let node = &self.program.nodes[usize::from(self.root.0)];
        &self.program.source[usize::from(node.start)..usize::from(node.end)]
    }

    /// Its value by itself, as [`super::evaluate`] gives that of a whole program.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub fn evaluate<H: Host>(
        self,
        host: &'a H,
        bindings: &[Option<Value<'a, H::Node>>],
        budget: &mut Budget,
    ) -> Outcome<'a, H::Node> {
        Evaluator::new(self.program, host, bindings, budget, Off).eval(self.root)
    }
}
