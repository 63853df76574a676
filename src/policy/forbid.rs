//! What a policy of the kind `text` does not allow in prose.

use std::sync::Arc;

use crate::cel::{Found, Patterns, Sieve};

/// The patterns of a text policy. Each is also a check of its editions, whose assertion never holds:
/// it is asked only where the pattern is found.
#[derive(Debug)]
pub struct Forbid {
    /// The sections of the plan that are read; all where empty.
    pub sections: Vec<String>,
    /// Whether what is found is shown in part only.
    pub private: bool,
    pub(super) patterns: Patterns,
    pub(super) entries: Vec<Entry>,
}

/// One pattern.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) check: Arc<str>,
    pub(super) suggest: Option<Arc<str>>,
}

impl Forbid {
    /// Whether texts of a section are read.
    pub fn reads(&self, section: &str) -> bool {
        self.sections.is_empty() || self.sections.iter().any(|other| other == section)
    }

    /// What tells of which of several policies a text may hold a pattern.
    pub fn sieve<'f>(all: impl Iterator<Item = &'f Self>) -> Sieve {
        Sieve::of(all.map(|forbid| &forbid.patterns))
    }

    /// Everything in a text that is not allowed, in its order.
    pub fn find(&self, text: &str) -> Vec<Found> {
        self.patterns.find(text)
    }

    /// The check of a pattern, and what to write instead.
    pub fn check(&self, found: &Found) -> (&Arc<str>, Option<&Arc<str>>) {
        let entry = &self.entries[found.pattern];
        (&entry.check, entry.suggest.as_ref())
    }
}
