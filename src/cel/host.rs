//! What the engine asks of the plan: fields by slot, elements by place, modes without reading.

use std::fmt::Debug;

use super::{Plain, Slot, Value};

/// How a fact stands in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// A value is written.
    Stated,
    /// Nothing is written.
    Silent,
    /// In a document of the catalogue.
    Delegated,
    /// The law's figure is the plan's.
    ByLaw,
    /// In an annex that is not there.
    Annex,
    /// Declared not to apply.
    NotApplicable,
}

impl Mode {
    /// All, in the order of the format.
    pub const ALL: [Self; 6] = [
        Self::Stated,
        Self::Silent,
        Self::Delegated,
        Self::ByLaw,
        Self::Annex,
        Self::NotApplicable,
    ];

    /// The word that `mode(path)` gives.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Silent => "silent",
            Self::Delegated => "delegated",
            Self::ByLaw => "by_law",
            Self::Annex => "annex",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// What a read of the plan gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Read<'a, N> {
    /// It is stated.
    Value(Value<'a, N>),
    /// Nothing is there.
    Silent,
    /// A mode stands instead of a value; never [`Mode::Stated`] or [`Mode::Silent`].
    Unread(Mode),
}

/// A tree of objects and lists that expressions read, such as a plan as it holds for a body.
///
/// Values borrow from the host: a text of the plan is never copied. A host answers the same question
/// the same way every time.
pub trait Host {
    /// An object, a list or a scalar of the tree, cheap to copy. Two nodes are equal where they are
    /// the same place seen the same way.
    type Node: Copy + Eq + Debug;

    /// The field `slot` of the object `node`. The value's origin is the field's own node.
    fn field(&self, node: Self::Node, slot: Slot) -> Read<'_, Self::Node>;

    /// The field `slot` of the object `node` where it is plain and quick to read; nothing else is said
    /// where it is not.
    fn plain(&self, node: Self::Node, slot: Slot) -> Option<Plain<'_>> {
        match self.field(node, slot) {
            Read::Value(value) => value.as_plain(),
            Read::Silent | Read::Unread(_) => None,
        }
    }

    /// How the field stands, without reading through an annex.
    fn mode(&self, node: Self::Node, slot: Slot) -> Mode;

    /// How many elements `list` has.
    fn len(&self, list: Self::Node) -> usize;

    /// The element of `list` at `index`, counted from 0; [`Read::Silent`] past its end.
    fn element(&self, list: Self::Node, index: usize) -> Read<'_, Self::Node>;

    /// The next element of `list`. `cursor` starts at 0 and means what the host wants it to, so that
    /// a list that leaves out rows is walked in one pass.
    fn next(&self, list: Self::Node, cursor: &mut usize) -> Option<Read<'_, Self::Node>> {
        (*cursor < self.len(list)).then(|| {
            *cursor += 1;
            self.element(list, *cursor - 1)
        })
    }

    /// Whether `item` holds for `body` (its `for` and `except`).
    fn covers(&self, item: Self::Node, body: Self::Node) -> bool;

    /// Whether two objects say the same. By default they do only where they are one node.
    fn same(&self, a: Self::Node, b: Self::Node) -> bool {
        a == b
    }
}
