//! Parts of a comprehension that need not be evaluated for every element: those that name no element,
//! as `it.id` in `documents.exists(d, d.id == it.id)`, and those that name nothing else, as `d.id`,
//! which are the same whenever the same list is gone over.

use std::ops::Range;

use super::Checker;
use crate::cel::program::{Each, Id, Kept, Op, Split};

/// What a node names: one bit for each variable of a comprehension, and whether any of the scope.
#[derive(Clone, Copy, Default)]
pub(super) struct Named {
    pub(super) locals: u8,
    pub(super) scope: bool,
}

/// A comprehension whose nodes begin at `first` and whose variable is `local`.
#[derive(Clone, Copy)]
pub(super) struct Loop {
    pub(super) first: usize,
    pub(super) local: u8,
    pub(super) kind: Each,
    pub(super) list: Id,
    pub(super) guard: Option<Id>,
    pub(super) body: Option<Id>,
}

/// What need not be evaluated again and again.
pub(super) struct Spared {
    pub(super) constants: Range<u8>,
    pub(super) columns: Box<[Id]>,
    pub(super) split: Option<Split>,
}

impl Checker<'_> {
    /// Gives places to the largest parts of a comprehension that are worth keeping. A part to which an
    /// inner comprehension has given one already is given another, for it lasts longer.
    pub(super) fn keep(&mut self, each: Loop) -> Spared {
        let named = self.named(each.first);
        let of = |id: Id| named[usize::from(id.0) - each.first];
        let listed = of(each.list).locals == 0;
        let (own, begin) = (1 << each.local, self.constants);
        let split = each.condition().filter(|_| listed);
        let split = split.map(|condition| self.split(each, condition, &named));
        let mut below = match (&split, each.guard) {
            (Some(split), None) => split.rest.to_vec(),
            (Some(split), Some(_)) => split.rest.iter().copied().chain(each.body).collect(),
            (None, _) => each.guard.into_iter().chain(each.body).collect(),
        };
        let (mut columns, mut names_element) = (Vec::new(), false);
        while let Some(id) = below.pop() {
            let Named { locals, scope } = of(id);
            let node = &mut self.nodes[usize::from(id.0)];
            names_element |= matches!(node.op, Op::Local(local) if local == each.local);
            if locals < own && self.constants < u8::MAX {
                if node.op.takes_work() {
                    node.kept = Kept::ForAll(self.constants);
                    self.constants += 1;
                }
            } else if listed && locals == own && !scope && columns.len() < usize::from(u8::MAX) {
                if let Some(place) = u8::try_from(columns.len())
                    .ok()
                    .filter(|_| node.op.takes_work())
                {
                    node.kept = Kept::ForEach(each.local, place);
                    columns.push(id);
                }
            } else {
                node.op.below(|id| below.push(id));
            }
        }
        Spared {
            constants: begin..self.constants,
            columns: columns.into(),
            split: split.map(|split| Split {
                by_columns: !names_element,
                ..split
            }),
        }
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
            if let Op::Each(each) = &node.op {
                own.locals &= !(1 << each.local);
            }
            named.push(own);
        }
        named
    }
}

impl Loop {
    /// What is asked of each element.
    fn condition(self) -> Option<Id> {
        match self.kind {
            Each::All | Each::Exists | Each::ExistsOne => self.body,
            Each::Filter | Each::Map => self.guard,
        }
    }
}

impl Op {
    /// Whether to evaluate it again costs more than to remember it.
    fn takes_work(&self) -> bool {
        !matches!(self, Op::Constant(_) | Op::Variable(_) | Op::Local(_))
    }
}
