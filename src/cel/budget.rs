//! How much an evaluation may do.

/// Steps of one evaluation where the caller has no reason for another figure. To seek each of the 394
/// bodies of the largest plan known among all of them takes some 470,000 (6 for a pair), so that no
/// sensible policy meets the limit; a runaway one is stopped within about 30 ms.
pub const DEFAULT_STEPS: u64 = 1_000_000;

/// Steps left: one for every node that is evaluated and every element that is visited, more where
/// an operation reads long texts. Counts the same on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    limit: u64,
    left: u64,
    exhausted: bool,
}

impl Budget {
    /// A budget of `steps`.
    pub fn new(steps: u64) -> Self {
        Self {
            limit: steps,
            left: steps,
            exhausted: false,
        }
    }

    /// Steps taken so far.
    pub fn used(&self) -> u64 {
        self.limit - self.left
    }

    /// Whether it ran out. Then no result holds, whatever an expression made of it.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Takes steps; false once it ran out, and ever after.
    pub(super) fn spend(&mut self, steps: u64) -> bool {
        match self.left.checked_sub(steps) {
            Some(left) if !self.exhausted => {
                self.left = left;
                true
            }
            _ => {
                self.left = 0;
                self.exhausted = true;
                false
            }
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(DEFAULT_STEPS)
    }
}
