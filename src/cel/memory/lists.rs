//! Lists that last, and what of a question about their elements lasts as long.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{Index, Known, Words};
use crate::cel::{Plain, Value};

/// A list whose elements are read once. What hangs on its elements alone is kept by its words, for all
/// that is asked of the list.
#[derive(Debug)]
pub(in crate::cel) struct Listed<'a, N> {
    pub(in crate::cel) elements: Arc<[Value<'a, N>]>,
    /// Whether all its elements can be read; else none is here.
    pub(in crate::cel) is_whole: bool,
    /// By the first part of a condition, and by what it must be to rule an element out.
    kept: RefCell<BTreeMap<(bool, Words<'a>), Rc<Kept>>>,
    columns: RefCell<BTreeMap<Words<'a>, Rc<Column<'a, N>>>>,
}

/// What a part of a comprehension gives for each element of its list, where it is known.
type Column<'a, N> = RefCell<Vec<Option<Known<'a, N>>>>;

/// The elements that the first part of a condition does not rule out.
#[derive(Debug, Default)]
pub(in crate::cel) struct Kept {
    pub(in crate::cel) elements: Vec<Element>,
    /// The steps that the first part takes of all that are ruled out.
    pub(in crate::cel) ruled_out: u64,
}

/// An element that is not ruled out.
#[derive(Debug, Clone, Copy)]
pub(in crate::cel) struct Element {
    /// Its place in the list.
    pub(in crate::cel) at: usize,
    /// Whether the first part is known not to decide; where it has no answer, the whole condition is
    /// asked again.
    pub(in crate::cel) is_sure: bool,
    /// The steps that the first part takes.
    pub(in crate::cel) steps: u64,
    /// The steps that it takes of all before this one that are ruled out.
    pub(in crate::cel) ruled_out: u64,
}

/// What one comprehension has to look at in its list.
#[derive(Debug)]
pub(in crate::cel) struct Selection<'a, N> {
    pub(in crate::cel) listed: Rc<Listed<'a, N>>,
    pub(in crate::cel) kept: Rc<Kept>,
    columns: Box<[Rc<Column<'a, N>>]>,
    /// By the texts that the rest of the condition seeks; none where that finds nothing sooner.
    pub(in crate::cel) index: OnceCell<Option<Index<'a>>>,
    /// For each element that is kept the number of its class: elements of one class differ in nothing
    /// that is asked. None where there are hardly fewer classes than elements.
    pub(in crate::cel) classes: OnceCell<Option<Box<[usize]>>>,
}

impl<'a, N: Copy> Listed<'a, N> {
    /// Of elements; of none where one of them cannot be read.
    pub(in crate::cel) fn new(elements: Option<Arc<[Value<'a, N>]>>) -> Self {
        Self {
            is_whole: elements.is_some(),
            elements: elements.unwrap_or_default(),
            kept: RefCell::default(),
            columns: RefCell::default(),
        }
    }

    /// What a first part leaves, made by `make` where it is not known. Nothing is kept where that fails.
    pub(in crate::cel) fn kept(
        &self,
        words: Words<'a>,
        decisive: bool,
        make: impl FnOnce() -> Option<Kept>,
    ) -> Option<Rc<Kept>> {
        let known = self.kept.borrow().get(&(decisive, words)).cloned();
        if known.is_some() {
            return known;
        }
        let made = Rc::new(make()?);
        let mut kept = self.kept.borrow_mut();
        kept.insert((decisive, words), Rc::clone(&made));
        Some(made)
    }
}

impl<'a, N: Copy + PartialEq> Selection<'a, N> {
    /// Of elements of a list. `columns` are the words of the parts that hang on the element alone.
    pub(in crate::cel) fn new(
        listed: Rc<Listed<'a, N>>,
        kept: Rc<Kept>,
        columns: impl Iterator<Item = Words<'a>>,
    ) -> Self {
        let mut all = listed.columns.borrow_mut();
        let columns = columns.map(|words| Rc::clone(all.entry(words).or_default()));
        let columns = columns.collect();
        drop(all);
        Self {
            listed,
            kept,
            columns,
            index: OnceCell::new(),
            classes: OnceCell::new(),
        }
    }

    /// What a part gives for an element, where it is known.
    pub(in crate::cel) fn known(&self, column: usize, at: usize) -> Option<Known<'a, N>> {
        self.columns[column].borrow().get(at)?.clone()
    }

    /// The same and its steps, where it is plain; nothing of it is copied.
    pub(in crate::cel) fn plain(&self, column: usize, at: usize) -> Option<(Plain<'a>, u64)> {
        let column = self.columns[column].borrow();
        let known = column.get(at)?.as_ref()?;
        Some((known.value.as_plain()?, known.steps))
    }

    /// Whether no column tells two elements apart, all of which must be known of both.
    pub(in crate::cel) fn are_alike(&self, a: usize, b: usize) -> bool {
        self.columns.iter().all(|column| {
            let column = column.borrow();
            match (column.get(a), column.get(b)) {
                (Some(Some(a)), Some(Some(b))) => {
                    a.steps == b.steps && a.value.content == b.value.content
                }
                _ => false,
            }
        })
    }

    pub(in crate::cel) fn know(&self, column: usize, at: usize, known: Known<'a, N>) {
        let mut column = self.columns[column].borrow_mut();
        if column.len() <= at {
            column.resize_with(self.listed.elements.len(), || None);
        }
        column[at] = Some(known);
    }
}

impl Kept {
    /// All elements of a list, of which nothing is known.
    pub(in crate::cel) fn all(count: usize) -> Self {
        let element = |at| Element {
            at,
            is_sure: true,
            steps: 0,
            ruled_out: 0,
        };
        Self {
            elements: (0..count).map(element).collect(),
            ruled_out: 0,
        }
    }

    /// The steps of all elements ruled out before the one of this number among those kept, or of all
    /// beyond the last; each takes `more` than the first part.
    pub(in crate::cel) fn ruled_out_before(&self, number: usize, more: u64, count: usize) -> u64 {
        let (at, steps) = match self.elements.get(number) {
            Some(element) => (element.at, element.ruled_out),
            None => (count, self.ruled_out),
        };
        steps + (at - number) as u64 * more
    }
}
