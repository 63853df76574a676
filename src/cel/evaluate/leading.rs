//! The first conditions of a conjunction, asked by themselves.
//!
//! Of `it.to == "law" && has(it.title) && plan.header.issued >= params.window` the first two read `it`
//! alone: what they say of an item holds for every expression that begins with them. Where one of
//! them is false the whole is, whatever stands behind it.

use super::{Budget, Evaluator, Host, Op, Program, Value};
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
    pub fn leading(&self, variable: &str) -> impl Iterator<Item = Condition<'_>> {
        let mut named = self.variables.iter();
        let own = named.find(|(_, name)| **name == *variable);
        let own = own.and_then(|&(place, _)| bit(place));
        let conditions = self.conditions.get_or_init(|| self.conditions().into());
        let alone = move |&&(_, reads): &&(Id, u32)| own.is_some_and(|own| reads & !own == 0);
        conditions
            .iter()
            .take_while(alone)
            .map(|&(root, _)| Condition {
                program: self,
                root,
            })
    }

    /// The conditions of the conjunction that the program is, with what each of them reads.
    fn conditions(&self) -> Vec<(Id, u32)> {
        let (mut conditions, mut next) = (Vec::new(), vec![self.root]);
        while let Some(root) = next.pop() {
            match self.nodes[usize::from(root.0)].op {
                Op::And(first, second) => next.extend([second, first]),
                _ => conditions.push((root, self.read_below(root))),
            }
        }
        conditions
    }

    /// The variables of the scope that are named below a node, as bits; all of them where one has none.
    fn read_below(&self, root: Id) -> u32 {
        let (mut reads, mut below) = (0, vec![root]);
        while let Some(id) = below.pop() {
            match &self.nodes[usize::from(id.0)].op {
                Op::Variable(place) => reads |= bit(*place).unwrap_or(u32::MAX),
                op => op.below(|id| below.push(id)),
            }
        }
        reads
    }
}

/// The bit of a variable, by its place in the scope.
fn bit(place: u8) -> Option<u32> {
    1_u32.checked_shl(place.into())
}

impl<'a> Condition<'a> {
    /// The condition as it is written.
    pub fn source(&self) -> &'a str {
        let node = &self.program.nodes[usize::from(self.root.0)];
        &self.program.source[usize::from(node.start)..usize::from(node.end)]
    }

    /// Whether it holds by itself, asked for each of these bindings with a budget of its own; nothing where
    /// it has no answer. To get ready to evaluate takes longer than most conditions.
    pub fn holds_for<'e, H: Host>(
        self,
        host: &'a H,
        bindings: impl Iterator<Item = &'e [Option<Value<'a, H::Node>>]>,
    ) -> Vec<Option<bool>>
    where
        'a: 'e,
        H::Node: 'e,
    {
        let mut budget = Budget::default();
        let mut evaluator = Evaluator::new(self.program, host, &[], &mut budget, Off);
        let held = bindings.map(|bindings| {
            *evaluator.budget = Budget::default();
            evaluator.bindings = bindings;
            evaluator.condition(self.root).ok()
        });
        held.collect()
    }
}
