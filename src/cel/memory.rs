//! What stays the same from one evaluation to the next.

use super::Value;
use super::program::Node;

/// Values of comprehensions over what does not change while a policy visits one row after the other:
/// `own.businesses.filter(b, b.core)` is the same for every system of a body. Valid as long as the
/// bindings that it was told of last are the same; the caller forgets it when they are not. What hangs
/// on the other bindings too is known until [`Memory::pass`]: messages ask again what conditions asked.
///
/// A value from here costs the budget the steps it took to make, so that memory never decides
/// whether an expression has an answer.
#[derive(Debug)]
pub struct Memory<'a, N> {
    lasting: u32,
    known: Vec<Known<'a, N>>,
    passing: Vec<Known<'a, N>>,
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
            passing: Vec::new(),
        }
    }

    /// Forgets what hangs on bindings that do not last.
    pub fn pass(&mut self) {
        self.passing.clear();
    }

    pub(super) fn recall(&self, node: &Node) -> Option<(Value<'a, N>, u64)> {
        let known = self
            .known
            .iter()
            .chain(&self.passing)
            .find(|known| std::ptr::eq(known.node, node))?;
        Some((known.value.clone(), known.steps))
    }

    /// Keeps the value of a comprehension that reads the variables of these bits.
    pub(super) fn keep(&mut self, node: &'a Node, reads: u32, value: &Value<'a, N>, steps: u64) {
        let lasts = reads & !self.lasting == 0;
        let known = if lasts {
            &mut self.known
        } else {
            &mut self.passing
        };
        known.push(Known {
            node,
            value: value.clone(),
            steps,
        });
    }
}
