//! Where a comprehension is in its list, and what the elements cost that it passes over.

use std::rc::Rc;

use super::{Id, Node, Value};
use crate::cel::memory::{Element, KEYS, Selection};
use crate::cel::program::{Each, Split};

/// A comprehension that is gone over.
#[derive(Clone, Copy)]
pub(super) struct Going<'a> {
    pub(super) node: &'a Node,
    /// The node of its list.
    pub(super) above: &'a Node,
    pub(super) kind: Each,
    pub(super) local: usize,
    pub(super) guard: Option<Id>,
    pub(super) body: Option<Id>,
    pub(super) columns: &'a [Id],
    pub(super) split: Option<&'a Split>,
    /// The number of what is asked of the list.
    pub(super) question: u64,
}

impl Going<'_> {
    /// The steps of an element beside those of the parts of its condition.
    pub(super) fn more(&self) -> u64 {
        1 + self.split.map_or(0, Split::operators) as u64
    }
}

/// The elements of a selection that are looked at, one after the other.
pub(super) struct Walk<'a, N> {
    selection: Rc<Selection<'a, N>>,
    /// Their numbers among those kept; all of them where that is none.
    found: Option<Vec<usize>>,
    /// The steps of what each key is held against.
    prices: [u64; KEYS],
    /// How many were looked at.
    looked_at: usize,
    /// How many of those kept are paid for.
    passed: usize,
    /// What is paid of those that are ruled out.
    ruled_out: u64,
    /// What the rest of the condition came to for each class of elements, and its steps.
    outcomes: Vec<Option<(bool, u64)>>,
}

impl<'a, N: Copy> Walk<'a, N> {
    pub(super) fn new(
        selection: Rc<Selection<'a, N>>,
        found: Option<Vec<usize>>,
        prices: [u64; KEYS],
    ) -> Self {
        Self {
            selection,
            found,
            prices,
            looked_at: 0,
            passed: 0,
            ruled_out: 0,
            outcomes: Vec::new(),
        }
    }

    /// What the rest of the condition came to for an element like the one that is looked at.
    pub(super) fn outcome(&self) -> Option<(bool, u64)> {
        *self.outcomes.get(self.class()?)?
    }

    /// What it came to now.
    pub(super) fn note(&mut self, held: bool, steps: u64) {
        let Some(class) = self.class() else {
            return;
        };
        if self.outcomes.len() <= class {
            self.outcomes.resize(class + 1, None);
        }
        self.outcomes[class] = Some((held, steps));
    }

    fn class(&self) -> Option<usize> {
        let classes = self.selection.classes.get()?.as_ref()?;
        classes.get(self.passed.checked_sub(1)?).copied()
    }

    pub(super) fn selection(&self) -> Rc<Selection<'a, N>> {
        Rc::clone(&self.selection)
    }

    /// The element at a place of the list.
    pub(super) fn element(&self, at: usize) -> Value<'a, N> {
        self.selection.listed.elements[at].clone()
    }

    /// The next element to look at, and the steps of all that are passed over on the way there; those
    /// alone at the end. `more` is what each element takes beside the first part of the condition.
    pub(super) fn next(&mut self, more: u64) -> (u64, Option<Element>) {
        let Selection {
            listed,
            kept,
            index,
            ..
        } = &*self.selection;
        let number = match &self.found {
            Some(found) => found.get(self.looked_at).copied(),
            None => Some(self.looked_at),
        };
        let number = number.unwrap_or(kept.elements.len());
        let ruled_out = kept.ruled_out_before(number, more, listed.elements.len());
        let mut steps = ruled_out - self.ruled_out;
        if let (Some(_), Some(Some(index))) = (&self.found, index.get()) {
            steps += index.passing(self.passed, number, self.prices);
        }
        (self.looked_at, self.passed, self.ruled_out) = (self.looked_at + 1, number + 1, ruled_out);
        (steps, kept.elements.get(number).copied())
    }
}
