//! What is known where an expression is asked.

use std::collections::BTreeMap;

use super::reason::Reader;
use super::values::Values;
use crate::cel::{Data, Program};

/// What is known of paths and of expressions, by their keys.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub(super) values: BTreeMap<String, Values>,
}

impl Known {
    /// The value of a path such as `params` or `body.grade`.
    pub fn set(&mut self, path: &str, data: Data) {
        self.values.insert(path.to_owned(), Values::Data(data));
    }

    /// An expression came to this: later ones are asked only then.
    pub fn assume(&mut self, program: &Program, holds: bool) {
        let mut reader = Reader::of(program);
        reader.assume(program.root, holds, self);
    }
}
