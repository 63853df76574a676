//! Words of many owners × a text → whose words are in it, in one pass.
//!
//! Knows nothing of patterns, nor why an owner needs its words.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// How many bytes are read before an automaton that reads faster is worth making: those of some three plans.
pub(super) const MUCH: usize = 64 << 10;

/// What cannot be missing where something is to be found, looked for in one pass.
#[derive(Debug)]
pub(super) struct Words {
    each: Vec<Vec<u8>>,
    /// Made in no time: enough for one plan.
    soon: AhoCorasick,
    /// Reads several times faster and takes ten times as long to make: for who has read much already.
    pub(super) fast: OnceLock<AhoCorasick>,
    /// How many bytes were read, up to where it does not matter any more.
    read: AtomicUsize,
    /// Whose each word is.
    owners: Vec<usize>,
    /// Those that may be found without any word.
    wordless: Vec<usize>,
}

impl Words {
    /// Of the words that each owner needs; of an owner that needs none nothing can be left out.
    pub(super) fn of(needed: impl Iterator<Item = (usize, Option<Vec<Vec<u8>>>)>) -> Self {
        let (mut words, mut owners, mut wordless) = (Vec::new(), Vec::new(), Vec::new());
        for (owner, needed) in needed {
            match needed {
                Some(needed) => {
                    owners.extend(needed.iter().map(|_| owner));
                    words.extend(needed);
                }
                None => wordless.push(owner),
            }
        }
        Self {
            soon: automaton(&words, AhoCorasickKind::ContiguousNFA),
            fast: OnceLock::new(),
            read: AtomicUsize::new(0),
            each: words,
            owners,
            wordless,
        }
    }

    /// The automaton that pays: both find the same.
    fn automaton(&self, text: &str) -> &AhoCorasick {
        if let Some(fast) = self.fast.get() {
            return fast;
        }
        if self.read.fetch_add(text.len(), Ordering::Relaxed) < MUCH {
            return &self.soon;
        }
        let made = || automaton(&self.each, AhoCorasickKind::DFA);
        self.fast.get_or_init(made)
    }

    /// Tells who may be found in a text: those of whom a word is there, and those that need none. Some
    /// are told of more than once.
    pub(super) fn tell(&self, text: &str, mut tell: impl FnMut(usize)) {
        self.wordless.iter().for_each(|&owner| tell(owner));
        // Most texts have none of the words, and to ask that costs less than to ask for all of them.
        let automaton = self.automaton(text);
        if automaton.is_match(text) {
            let found = automaton.find_overlapping_iter(text);
            found.for_each(|word| tell(self.owners[word.pattern()]));
        }
    }
}

fn automaton(words: &[Vec<u8>], kind: AhoCorasickKind) -> AhoCorasick {
    let automaton = AhoCorasick::builder().kind(Some(kind)).build(words);
    automaton.expect("internal: patterns are short, and so are their words")
}
