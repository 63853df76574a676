//! What stays the same from one evaluation to the next.

use super::Value;
use super::program::Node;

/// Values of comprehensions over what does not change while a policy visits one row after the other:
/// `own.businesses.filter(b, b.core)` is the same for every system of a body. Valid as long as the
/// bindings that it was told of last are the same; the caller forgets it when they are not.
///
/// A value from here costs the budget the steps it took to make, so that memory never decides
/// whether an expression has an answer.
#[derive(Debug)]
pub struct Memory<'a, N> {
    lasting: u32,
    known: Vec<Known<'a, N>>,
}

#[derive(Debug)]
struct Known<'a, N> {
    node: &'a Node,
    value: Value<'a, N>,
    steps: u64,
}

impl<'a, N: Copy> Memory<'a, N> {
    /// An empty one, for bindings of which those at these places last.
    pub fn of(lasting: impl IntoIterator<Item = usize>) -> Self {
        let bit = |place: usize| {
            u32::try_from(place)
                .ok()
                .and_then(|at| 1_u32.checked_shl(at))
        };
        let lasting = lasting
            .into_iter()
            .filter_map(bit)
            .fold(0, |all, bit| all | bit);
        Self {
            lasting,
            known: Vec::new(),
        }
    }

    /// Whether a comprehension that reads the variables of these bits is worth keeping.
    pub(super) fn keeps(&self, reads: u32) -> bool {
        reads & !self.lasting == 0
    }

    pub(super) fn recall(&self, node: &Node) -> Option<(Value<'a, N>, u64)> {
        let known = self
            .known
            .iter()
            .find(|known| std::ptr::eq(known.node, node))?;
        Some((known.value.clone(), known.steps))
    }

    pub(super) fn keep(&mut self, node: &'a Node, value: &Value<'a, N>, steps: u64) {
        self.known.push(Known {
            node,
            value: value.clone(),
            steps,
        });
    }
}
