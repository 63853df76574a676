//! How many steps an expression may take, from how its comprehensions nest.

use crate::cel::functions::Unary;
use crate::cel::program::{Each, Id, Op};
use crate::cel::{Data, Program};

/// How long lists are taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// The bodies.
    pub bodies: u64,
    /// Another list that stands once in a plan.
    pub list: u64,
    /// A list in an item of a list.
    pub inner: u64,
}

/// The most steps an expression takes over lists of these lengths, nothing decided early.
pub fn cost(program: &Program, sizes: Sizes) -> u64 {
    Estimate { program, sizes }.of(program.root)
}

struct Estimate<'p> {
    program: &'p Program,
    sizes: Sizes,
}

impl Estimate<'_> {
    fn op(&self, id: Id) -> &Op {
        &self.program.nodes[usize::from(id.0)].op
    }

    fn of(&self, id: Id) -> u64 {
        let Op::Each(each) = self.op(id) else {
            let children = self.program.children(id).into_iter();
            return children.fold(1, |sum: u64, child| sum.saturating_add(self.of(child)));
        };
        let inside = each
            .guard
            .iter()
            .chain(&each.body)
            .fold(1, |sum: u64, &part| sum.saturating_add(self.of(part)));
        let turns = self.length(each.list).saturating_mul(inside);
        self.of(each.list).saturating_add(turns).saturating_add(1)
    }

    /// How many elements a list may have.
    fn length(&self, id: Id) -> u64 {
        match self.op(id) {
            Op::Constant(Data::List(items)) => items.len() as u64,
            Op::List(ids) => ids.len() as u64,
            Op::Each(each) if matches!(each.kind, Each::Map | Each::Filter) => {
                self.length(each.list)
            }
            Op::Unary(Unary::Distinct, list) => self.length(*list),
            Op::Unary(Unary::Range, number) => match self.op(*number) {
                Op::Constant(Data::Int(number)) => u64::try_from(*number).unwrap_or(0),
                _ => self.sizes.list,
            },
            Op::Field { name, object, .. } => {
                let inner = self.is_of_element(*object);
                match &**self.program.name(*name) {
                    _ if inner => self.sizes.inner,
                    "bodies" => self.sizes.bodies,
                    _ => self.sizes.list,
                }
            }
            Op::Key { .. } => self.sizes.inner,
            _ => self.sizes.list,
        }
    }

    /// Whether a path begins at an element of a comprehension.
    fn is_of_element(&self, id: Id) -> bool {
        match self.op(id) {
            Op::Local(_) => true,
            Op::Field { object: below, .. } | Op::Key { record: below, .. } => {
                self.is_of_element(*below)
            }
            _ => false,
        }
    }
}
