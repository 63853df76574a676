//! What stays the same from one evaluation to the next.

mod lists;
mod seek;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Value;
pub(super) use lists::{Element, Kept, Listed, Selection};
pub(super) use seek::{Index, KEYS, Skipped};

/// Values of comprehensions by their words, in layers: `own.businesses.filter(b, b.core)` is the same
/// in every policy that asks it of a body. A layer holds what reads no other variables than its
/// own, and belongs to somebody; the caller says to whom, and forgets it where its variables change
/// in any other way. What reads more than any layer knows is not kept.
///
/// A list may last longer than what is asked of its elements: then its elements are read once, and
/// kept is what of the question hangs on the element alone (`Selection`); but for the last layer,
/// which is that of what passes.
///
/// The same words mean the same wherever the variables they read do, for names are resolved alike in
/// all expressions of one catalogue.
///
/// What comes from here costs the budget the steps it would take without, so that memory never decides
/// whether an expression has an answer.
#[derive(Debug)]
pub struct Memory<'a, N> {
    layers: Vec<Layer<'a, N>>,
}

#[derive(Debug)]
struct Layer<'a, N> {
    reads: u32,
    owner: u64,
    known: BTreeMap<(u64, Words<'a>), Known<'a, N>>,
    lists: BTreeMap<(u64, Words<'a>), Rc<Listed<'a, N>>>,
    /// By the words of the list, with the number of what is asked of it.
    selections: BTreeMap<(u64, Words<'a>), Asked<'a, N>>,
}

/// What is known of going over a list with a question.
#[derive(Debug, Clone)]
pub(super) enum Asked<'a, N> {
    /// It was gone over once, which is no reason to prepare for more.
    Once,
    /// Which elements to look at; none where all must be, one after the other.
    Often(Option<Rc<Selection<'a, N>>>),
}

/// A value and the steps it takes to make it.
#[derive(Debug, Clone)]
pub(super) struct Known<'a, N> {
    pub(super) value: Value<'a, N>,
    pub(super) steps: u64,
}

/// A text of an expression, which compares by a number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words<'a> {
    number: u64,
    text: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let number = number(text);
        Self { number, text }
    }

    /// The same where the number of the text is known.
    pub(super) fn numbered(number: u64, text: &'a str) -> Self {
        Self { number, text }
    }
}

impl<'a, N: Copy> Memory<'a, N> {
    /// An empty one of so many layers. What may be kept in several is kept in the first of them.
    pub fn of(layers: usize) -> Self {
        let layer = |_| Layer {
            reads: 0,
            owner: 0,
            known: BTreeMap::new(),
            lists: BTreeMap::new(),
            selections: BTreeMap::new(),
        };
        Self {
            layers: (0..layers).map(layer).collect(),
        }
    }

    /// The places of the variables that a layer may read.
    pub fn reading(&mut self, layer: usize, places: impl IntoIterator<Item = usize>) {
        let bit = |place| {
            let place = u32::try_from(place).ok();
            place.and_then(|place| 1_u32.checked_shl(place))
        };
        let bits = places.into_iter().filter_map(bit);
        self.layers[layer].reads = bits.fold(0, |all, bit| all | bit);
    }

    /// Whose values its variables have from here on; what is known of others is kept for them.
    pub fn owned_by(&mut self, layer: usize, owner: u64) {
        self.layers[layer].owner = owner;
    }

    /// Forgets what a layer holds, of all its owners.
    pub fn forget(&mut self, layer: usize) {
        let layer = &mut self.layers[layer];
        // Most visits leave nothing, and to clear what is empty is not free.
        if !layer.known.is_empty() {
            layer.known.clear();
        }
        if !layer.lists.is_empty() {
            layer.lists.clear();
        }
        if !layer.selections.is_empty() {
            layer.selections.clear();
        }
    }

    /// The layer of what reads these variables, where it outlasts the last one.
    pub(super) fn lasting(&self, reads: u32) -> Option<usize> {
        let layer = self.layers.iter().position(|layer| layer.holds(reads))?;
        (layer + 1 < self.layers.len()).then_some(layer)
    }

    pub(super) fn recall(&self, words: Words<'a>, reads: u32) -> Option<&Known<'a, N>> {
        let layer = self.layers.iter().find(|layer| layer.holds(reads))?;
        layer.known.get(&(layer.owner, words))
    }

    /// Keeps the value of what reads the variables of these bits.
    pub(super) fn keep(&mut self, words: Words<'a>, reads: u32, known: Known<'a, N>) {
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.holds(reads)) {
            layer.known.insert((layer.owner, words), known);
        }
    }

    /// The list of these words in a layer, where it was read.
    pub(super) fn listed(&self, layer: usize, words: Words<'a>) -> Option<Rc<Listed<'a, N>>> {
        let layer = &self.layers[layer];
        layer.lists.get(&(layer.owner, words)).cloned()
    }

    pub(super) fn list(&mut self, layer: usize, words: Words<'a>, list: Rc<Listed<'a, N>>) {
        let layer = &mut self.layers[layer];
        layer.lists.insert((layer.owner, words), list);
    }

    /// What is known of a question to a list of this layer.
    pub(super) fn asked(&self, layer: usize, question: Words<'a>) -> Option<Asked<'a, N>> {
        let layer = &self.layers[layer];
        layer.selections.get(&(layer.owner, question)).cloned()
    }

    pub(super) fn ask(&mut self, layer: usize, question: Words<'a>, asked: Asked<'a, N>) {
        let layer = &mut self.layers[layer];
        layer.selections.insert((layer.owner, question), asked);
    }
}

impl<N> Layer<'_, N> {
    fn holds(&self, reads: u32) -> bool {
        reads & !self.reads == 0
    }
}

/// The number of a text: the same text has the same one, and hardly any other has it.
pub(super) fn number(text: &str) -> u64 {
    text.bytes()
        .fold(START, |sum, byte| mixed(sum, byte.into()))
}

/// The number of several texts in this order.
pub(super) fn number_of<'a>(texts: impl Iterator<Item = &'a str>) -> u64 {
    texts.fold(START, |sum, text| mixed(sum.rotate_left(7), number(text)))
}

/// The number of no text.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn mixed(sum: u64, more: u64) -> u64 {
    (sum ^ more).wrapping_mul(0x0000_0100_0000_01b3)
}
