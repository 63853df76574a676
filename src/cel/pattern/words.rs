//! Words of many owners × a text → whose words are in it, in one pass.
//!
//! Knows nothing of patterns, nor why an owner needs its words.

use std::collections::BTreeMap;
use std::fmt;

use daachorse::DoubleArrayAhoCorasick;

/// What cannot be missing where something is to be found, looked for in one pass.
pub(super) struct Words {
    /// Finds each word by its number; none where there is no word.
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    /// Whose each word is.
    owners: Vec<Vec<usize>>,
    /// Those that may be found without any word.
    wordless: Vec<usize>,
}

impl Words {
    /// Of the words that each owner needs; of an owner that needs none nothing can be left out.
    pub(super) fn of(needed: impl Iterator<Item = (usize, Option<Vec<Vec<u8>>>)>) -> Self {
        let (mut owners, mut wordless) = (BTreeMap::<Vec<u8>, Vec<usize>>::new(), Vec::new());
        for (owner, needed) in needed {
            let Some(needed) = needed else {
                wordless.push(owner);
                continue;
            };
            for word in needed {
                owners.entry(word).or_default().push(owner);
            }
        }
        let words = owners.keys();
        Self {
            automaton: (!owners.is_empty()).then(|| automaton(words)),
            owners: owners.into_values().collect(),
            wordless,
        }
    }

    /// Tells who may be found in a text: those of whom a word is there, and those that need none. Some
    /// are told of more than once.
    pub(super) fn tell(&self, text: &str, mut tell: impl FnMut(usize)) {
        self.wordless.iter().for_each(|&owner| tell(owner));
        let Some(automaton) = &self.automaton else {
            return;
        };
        for word in automaton.find_overlapping_iter(text) {
            for &owner in &self.owners[word.value() as usize] {
                tell(owner);
            }
        }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Words");
        out.field("owners", &self.owners);
        out.field("wordless", &self.wordless);
        out.finish_non_exhaustive()
    }
}

fn automaton<'w>(words: impl Iterator<Item = &'w Vec<u8>>) -> DoubleArrayAhoCorasick<u32> {
    let automaton = DoubleArrayAhoCorasick::new(words);
    automaton.expect("internal: patterns are short, and so are their words")
}
