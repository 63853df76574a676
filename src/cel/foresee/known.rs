//! What is known where an expression is asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reason::Reader;
use super::values::Values;
use crate::cel::{Data, Program};

/// What is known of paths and of expressions, by their keys. Cheap to copy: every branch of an
/// expression knows a little more than the one before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Data of the policy, shared.
    pub(super) data: BTreeMap<Arc<str>, Arc<Data>>,
    /// What conditions have said.
    pub(super) values: BTreeMap<String, Values>,
}

impl Known {
    /// The value of a path such as `params` or `body.grade`.
    pub fn set(&mut self, path: &str, data: impl Into<Arc<Data>>) {
        self.data.insert(path.into(), data.into());
    }

    /// An expression came to this: later ones are asked only then.
    pub fn assume(&mut self, program: &Program, holds: bool) {
        let mut reader = Reader::of(program);
        reader.assume(program.root, holds, self);
    }
}
