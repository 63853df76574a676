//! A compiled expression: an arena of typed nodes whose names are all resolved.

use std::num::NonZero;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::functions::{Binary, Unary};
use super::pattern::Regex;
use super::{Data, Slot, Type};

/// A compiled expression. Shared by any number of threads and evaluations.
#[derive(Debug)]
pub struct Program {
    pub(super) source: Box<str>,
    pub(super) nodes: Box<[Node]>,
    /// The fields that are named.
    pub(super) names: Box<[Arc<str>]>,
    /// What parts of it hang on.
    pub(super) closed: Box<[Closed]>,
    /// The conditions of the conjunction that it is, each with the bits of the variables that it reads.
    /// Every plan asks for them, and few programs are asked.
    pub(super) conditions: OnceLock<Box<[(Id, u32)]>>,
    pub(super) root: Id,
    pub(super) result: Type,
    /// The ones that are named, by their place in the scope.
    pub(super) variables: Box<[(u8, Arc<str>)]>,
    pub(super) reads: Box<[ReadPath]>,
    /// The type of each node.
    pub(super) types: Box<[Type]>,
    /// The nodes that read a field of the plan that may well be silent.
    pub(super) silent: Box<[Id]>,
}

/// A path that an expression reads. Fields of the elements of a list follow the list's name: both
/// `bodies[0].grade` and `bodies.exists(b, b.grade == "A")` read `bodies`, `grade`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadPath {
    /// The variable.
    pub variable: Box<str>,
    /// The fields below it; none where the variable itself is what is used.
    pub fields: Box<[Box<str>]>,
}

impl Program {
    /// The program `true` or `false`.
    pub fn constant(value: bool) -> Self {
        Self {
            source: if value { "true" } else { "false" }.into(),
            nodes: [Node {
                op: Op::Constant(Data::Bool(value)),
                start: 0,
                end: 4,
                kept: Kept::Not,
                closed: None,
            }]
            .into(),
            names: [].into(),
            closed: [].into(),
            conditions: OnceLock::new(),
            root: Id(0),
            result: Type::Bool,
            variables: [].into(),
            reads: [].into(),
            types: [Type::Bool].into(),
            silent: [].into(),
        }
    }

    /// The type of what it gives.
    pub fn result_type(&self) -> &Type {
        &self.result
    }

    /// The expression as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Everything it may read, sorted. A path that ends at an object or a list stands for all that
    /// is below it, such as `it` in `covers(it, body)`; nothing else has a part in the result.
    pub fn reads(&self) -> &[ReadPath] {
        &self.reads
    }

    /// The variables of the scope that it names, in the scope's order. No other binding is asked for.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(_, name)| &**name)
    }
}

impl Program {
    /// The name of a field.
    pub(super) fn name(&self, name: Name) -> &Arc<str> {
        &self.names[usize::from(name.0)]
    }

    /// What a node hangs on, where that is asked of it and it is not the variable of an enclosing
    /// comprehension.
    pub(super) fn closed(&self, node: &Node) -> Option<Closed> {
        let number = usize::from(node.closed?.get());
        self.closed.get(number - 1).copied()
    }

    /// The nodes right below a node, in the order they are written.
    pub(super) fn children(&self, id: Id) -> Vec<Id> {
        let mut children = Vec::new();
        let node = &self.nodes[usize::from(id.0)];
        node.op.below(|id| children.push(id));
        children
    }
}

impl Op {
    /// Tells of the nodes right below, in the order they are written.
    pub(super) fn below(&self, mut tell: impl FnMut(Id)) {
        match self {
            Op::Constant(_) | Op::Variable(_) | Op::Local(_) => {}
            Op::Field { object: below, .. }
            | Op::Key { record: below, .. }
            | Op::Has(below)
            | Op::Mode(below)
            | Op::Stated(below)
            | Op::Unary(_, below)
            | Op::Pattern { text: below, .. } => tell(*below),
            Op::And(a, b) | Op::Or(a, b) | Op::Binary(_, a, b) => {
                [*a, *b].into_iter().for_each(tell);
            }
            Op::Matches { text, pattern, .. } => [*text, *pattern].into_iter().for_each(tell),
            Op::If(condition, yes, no) => [*condition, *yes, *no].into_iter().for_each(tell),
            Op::List(ids) => ids.iter().copied().for_each(tell),
            Op::Map(entries) => {
                let both = entries.iter().flat_map(|&(key, value)| [key, value]);
                both.for_each(tell);
            }
            Op::Each(each) => [Some(each.list), each.guard, each.body]
                .into_iter()
                .flatten()
                .for_each(tell),
        }
    }
}

/// The place of a node in the arena. An expression of 2 KB has fewer than 65,536 nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(pub(super) u16);

/// The place of a field's name among those of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(pub(super) u16);

/// One step of an expression. Every plan is asked by every expression of a pack, which together are more
/// than a core's own memory holds next to the plan: what a step is must be small, and what few of
/// them have stands elsewhere.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) op: Op,
    pub(super) start: u16,
    pub(super) end: u16,
    pub(super) kept: Kept,
    /// The number of what it reads, from 1 ([`Program::closed`]): of comprehensions, their lists, and
    /// what goes over a list.
    pub(super) closed: Option<NonZero<u8>>,
}

#[derive(Debug)]
pub(super) enum Op {
    Constant(Data),
    /// A variable of the scope.
    Variable(u8),
    /// The variable of an enclosing comprehension.
    Local(u8),
    /// A field of an object of the host.
    Field {
        object: Id,
        slot: Slot,
        name: Name,
    },
    /// A field of policy data, first sought where its type says it stands; or a key of a mapping.
    Key {
        record: Id,
        hint: u32,
        name: Name,
    },
    /// `has(path)`; the path is a [`Op::Field`] or a [`Op::Key`], here and in the next two.
    Has(Id),
    Mode(Id),
    Stated(Id),
    And(Id, Id),
    Or(Id, Id),
    If(Id, Id, Id),
    List(Box<[Id]>),
    Map(Box<[(Id, Id)]>),
    Unary(Unary, Id),
    Binary(Binary, Id, Id),
    /// `matches` with a literal pattern.
    Pattern {
        text: Id,
        regex: Box<Regex>,
    },
    /// `matches` with another pattern. The first one seen is kept compiled: a pattern of policy data
    /// is the same in every evaluation.
    Matches {
        text: Id,
        pattern: Id,
        first: Box<OnceLock<(Box<str>, Regex)>>,
    },
    Each(Box<Comprehension>),
}

/// A list, what is asked of its elements, and what becomes of them.
#[derive(Debug)]
pub(super) struct Comprehension {
    pub(super) kind: Each,
    pub(super) list: Id,
    pub(super) local: u8,
    pub(super) guard: Option<Id>,
    pub(super) body: Option<Id>,
    /// The places of what stays the same for all its elements.
    pub(super) constants: Range<u8>,
    /// What hangs on the element alone ([`Kept::ForEach`]).
    pub(super) columns: Box<[Id]>,
    /// How its condition parts, where its list is the same for all elements around it.
    pub(super) split: Option<Split>,
    /// The number of the list, the variable and what is asked of it: comprehensions that ask the same
    /// of the same list have the same one ([`super::memory`]).
    pub(super) question: u64,
}

/// The condition of a comprehension, which is a chain of `&&` or, where all must hold, of `||`: what
/// hangs on the element alone comes first and rules most elements out.
#[derive(Debug)]
pub(super) struct Split {
    /// The longest beginning that hangs on the element alone.
    pub(super) first: Option<Id>,
    /// The links after it, in their order.
    pub(super) rest: Box<[Id]>,
    /// Where the first link of the rest is false of every element without a certain text.
    pub(super) sought: Option<Sought>,
    /// Whether the rest asks nothing of an element but what the columns hold.
    pub(super) by_columns: bool,
}

impl Split {
    /// How many operators join the links; each of them takes a step.
    pub(super) fn operators(&self) -> usize {
        self.rest.len() - usize::from(self.first.is_none())
    }
}

/// A condition that is false of an element unless one of its texts is a certain one.
#[derive(Debug)]
pub(super) enum Sought {
    /// `key == other` or `key in other`, the key being of the element alone and the other of anything
    /// else. The number is its place among the keys of the condition.
    Text { key: Id, other: Other, place: u8 },
    /// `a || b`
    Either(Box<[Sought; 2]>),
    /// `guard && sought`, where the guard is of the element alone.
    Guarded(Id, Box<Sought>),
    /// `sought && anything`
    Followed(Box<Sought>),
}

/// What a text is held against: another one, or those of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other {
    pub(super) id: Id,
    pub(super) is_list: bool,
}

impl Sought {
    /// Tells of what the texts are held against, in the order of their places.
    pub(super) fn others(&self, tell: &mut impl FnMut(Other)) {
        match self {
            Self::Text { other, .. } => tell(*other),
            Self::Either(both) => both.iter().for_each(|sought| sought.others(tell)),
            Self::Guarded(_, sought) | Self::Followed(sought) => sought.others(tell),
        }
    }
}

/// Whether a part of a comprehension is evaluated once for several elements or evaluations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Not,
    /// Once for all elements, at this place.
    ForAll(u8),
    /// Once for each element of the list: the comprehension's variable, and the place among its columns.
    ForEach(u8, u8),
}

/// What hangs on variables of the scope alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closed {
    /// One bit for each variable it reads.
    pub(super) reads: u32,
    /// The number of its words ([`super::memory`]).
    pub(super) number: u64,
}

/// The comprehensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_nodes_share_a_line_of_the_cache() {
        assert_eq!(size_of::<Node>(), 32);
    }
}
