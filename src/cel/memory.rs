//! What stays the same from one evaluation to the next.

use std::collections::BTreeMap;

use super::Value;

/// Values of comprehensions by their words, in layers: `own.businesses.filter(b, b.core)` is the same
/// in every policy that asks it of a body. A layer holds what reads no other variables than its
/// own, and belongs to somebody; the caller says to whom, and forgets it where its variables change
/// in any other way. What reads more than any layer knows is not kept.
///
/// Of a comprehension that reads more than lasts, what its parts give for each element may last all the
/// same: such columns are kept too, but for the last layer, which is that of what passes.
///
/// The same words mean the same wherever the variables they read do, for names are resolved alike in
/// all expressions of one catalogue.
///
/// A value from here costs the budget the steps it took to make, so that memory never decides
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
    columns: BTreeMap<(u64, Words<'a>), Column<'a, N>>,
}

/// What a part of a comprehension gives for each element of its list, where it is known.
pub(super) type Column<'a, N> = Vec<Option<Known<'a, N>>>;

/// A value and the steps it takes to make it.
#[derive(Debug, Clone)]
pub(super) struct Known<'a, N> {
    pub(super) value: Value<'a, N>,
    pub(super) steps: u64,
}

/// The text of a comprehension, which compares by a number first; of a column, the text before the
/// comprehension's body and that of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words<'a> {
    pub(super) number: u64,
    pub(super) text: &'a str,
    pub(super) part: &'a str,
}

impl<'a, N: Copy> Memory<'a, N> {
    /// An empty one of so many layers. What may be kept in several is kept in the first of them.
    pub fn of(layers: usize) -> Self {
        let layer = |_| Layer {
            reads: 0,
            owner: 0,
            known: BTreeMap::new(),
            columns: BTreeMap::new(),
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
        if !layer.columns.is_empty() {
            layer.columns.clear();
        }
    }

    /// Whether what reads these variables outlasts the last layer.
    pub(super) fn lasts(&self, reads: u32) -> bool {
        let lasting = self
            .layers
            .split_last()
            .map_or(&[][..], |(_, lasting)| lasting);
        lasting.iter().any(|layer| layer.holds(reads))
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

    /// Lends what is known of a list that reads these variables, to be given back.
    pub(super) fn lend(&mut self, words: Words<'a>, reads: u32) -> Column<'a, N> {
        let layer = self.layers.iter_mut().find(|layer| layer.holds(reads));
        let column = layer.and_then(|layer| layer.columns.get_mut(&(layer.owner, words)));
        column.map(std::mem::take).unwrap_or_default()
    }

    /// Takes back what was lent, with what was added.
    pub(super) fn take_back(&mut self, words: Words<'a>, reads: u32, column: Column<'a, N>) {
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.holds(reads)) {
            layer.columns.insert((layer.owner, words), column);
        }
    }
}

impl<N> Layer<'_, N> {
    fn holds(&self, reads: u32) -> bool {
        reads & !self.reads == 0
    }
}

/// The number of a text: the same text has the same one, and hardly any other has it.
pub(super) fn number(text: &str) -> u64 {
    let mixed = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mixed)
}
