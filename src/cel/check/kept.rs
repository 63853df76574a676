//! Parts of a comprehension that need not be evaluated for every element: those that name no element,
//! as `it.id` in `documents.exists(d, d.id == it.id)`, and those that name nothing else, as `d.id`,
//! which are the same whenever the same list is gone over.

use super::Checker;
use crate::cel::memory::number;
use crate::cel::program::{Column, Id, Kept, Op};

/// What a node names: one bit for each variable of a comprehension, and whether any of the scope.
#[derive(Clone, Copy, Default)]
struct Named {
    locals: u8,
    scope: bool,
}

/// A comprehension whose nodes begin at `first` and whose variable is `local`.
#[derive(Clone, Copy)]
pub(super) struct Loop<'r> {
    pub(super) first: usize,
    pub(super) local: u8,
    pub(super) list: Id,
    /// Its guard and its body.
    pub(super) roots: &'r [Id],
    /// The text before these: the list, the kind, the variable.
    pub(super) head: &'r str,
}

impl Checker<'_> {
    /// Gives places to the largest parts of a comprehension that are worth keeping. A part to which an
    /// inner comprehension has given one already is given another, for it lasts longer.
    pub(super) fn keep(&mut self, each: Loop<'_>) -> (std::ops::Range<u8>, Box<[Column]>) {
        let named = self.named(each.first);
        let of = |id: Id| named[usize::from(id.0) - each.first];
        let listed = of(each.list).locals == 0;
        let (own, begin) = (1 << each.local, self.constants);
        let mut columns = Vec::new();
        let mut below = each.roots.to_vec();
        while let Some(id) = below.pop() {
            let Named { locals, scope } = of(id);
            let node = &mut self.nodes[usize::from(id.0)];
            if locals < own && self.constants < u8::MAX {
                if node.op.takes_work() {
                    node.kept = Kept::ForAll(self.constants);
                    self.constants += 1;
                }
            } else if listed && locals == own && !scope && self.columns < u8::MAX {
                if node.op.takes_work() {
                    node.kept = Kept::ForEach(self.columns);
                    let words = usize::from(node.start)..usize::from(node.end);
                    let words = self.source.get(words).unwrap_or_default();
                    columns.push(Column {
                        place: self.columns,
                        number: number(each.head).rotate_left(1) ^ number(words),
                        part: id,
                    });
                    self.columns += 1;
                }
            } else {
                node.op.below(|id| below.push(id));
            }
        }
        (begin..self.constants, columns.into())
    }

    /// What each node from `first` on names. What is below a node stands before it.
    fn named(&self, first: usize) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::with_capacity(self.nodes.len() - first);
        for node in &self.nodes[first..] {
            let mut own = Named::default();
            match node.op {
                Op::Local(index) => own.locals = 1 << index,
                Op::Variable(_) => own.scope = true,
                _ => node.op.below(|id| {
                    let below = named[usize::from(id.0) - first];
                    own.locals |= below.locals;
                    own.scope |= below.scope;
                }),
            }
            // Its own variable means nothing outside of it.
            if let Op::Each { local, .. } = node.op {
                own.locals &= !(1 << local);
            }
            named.push(own);
        }
        named
    }
}

impl Op {
    /// Whether to evaluate it again costs more than to remember it.
    fn takes_work(&self) -> bool {
        !matches!(self, Op::Constant(_) | Op::Variable(_) | Op::Local(_))
    }
}
