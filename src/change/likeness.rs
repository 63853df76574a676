//! How alike two values are, and which of many leftovers belong together.
//!
//! A value is the set of its pairs of neighbouring characters, each with the key it stands under.
//! Bounded: only what shares a rare pair is compared, so that a thousand leftovers do not cost a
//! million comparisons. Invariant: the same pairs come out whichever side is called the old one.

use std::collections::BTreeMap;

use super::meaning::folded;
use crate::document::Node;

/// How many pairs of characters of one value are looked at.
const MOST: usize = 600;
/// A pair of characters in more values than this tells nothing about who belongs to whom.
const COMMON: usize = 12;

/// The features of one value, sorted, each once.
pub(super) struct Features(Vec<u64>);

impl Features {
    pub(super) fn of(node: Node<'_>) -> Self {
        let mut all = Vec::new();
        collect(node, 0xcbf2_9ce4_8422_2325, &mut all);
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Likeness in thousandths (Dice): 1000 for equal sets.
    fn alike(&self, other: &Self) -> usize {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
            }
        }
        let sum = (a.len() + b.len()).max(1);
        2000 * shared / sum
    }
}

/// Pairs that are at least `threshold` thousandths alike, the most alike first, each value once.
pub(super) fn pair(old: &[Features], new: &[Features], threshold: usize) -> Vec<(usize, usize)> {
    let mut scored: Vec<(usize, usize, usize)> = candidates(old, new)
        .into_iter()
        .map(|(i, j)| (old[i].alike(&new[j]), i, j))
        .filter(|&(score, ..)| score >= threshold)
        .collect();
    // The last part of the order only parts (i, j) from (j, i), which cannot stand in each other's way.
    scored.sort_by_key(|&(score, i, j)| (usize::MAX - score, i + j, i.min(j), i));
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    scored.retain(|&(_, i, j)| {
        let free = !old_taken[i] && !new_taken[j];
        if free {
            (old_taken[i], new_taken[j]) = (true, true);
        }
        free
    });
    scored.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// What shares enough rare features to be looked at.
fn candidates(old: &[Features], new: &[Features]) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<u64, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, features) in old.iter().enumerate() {
        for &feature in &features.0 {
            holders.entry(feature).or_default().0.push(i);
        }
    }
    for (j, features) in new.iter().enumerate() {
        for &feature in &features.0 {
            holders.entry(feature).or_default().1.push(j);
        }
    }
    // A few leftovers are simply all compared.
    let few = old.len() <= COMMON && new.len() <= COMMON;
    let rare = |olds: &[usize], news: &[usize]| olds.len() <= COMMON && news.len() <= COMMON;
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let (mut old_rare, mut new_rare) = (vec![0; old.len()], vec![0; new.len()]);
    for (olds, news) in holders
        .values()
        .filter(|(olds, news)| few || rare(olds, news))
    {
        for &j in news {
            new_rare[j] += 1;
        }
        for &i in olds {
            old_rare[i] += 1;
            for &j in news {
                *shared.entry((i, j)).or_default() += 1;
            }
        }
    }
    let enough = |&(&(i, j), &count): &(&(usize, usize), &usize)| {
        5 * count >= usize::min(old_rare[i], new_rare[j])
    };
    shared
        .iter()
        .filter(enough)
        .map(|(&pair, _)| pair)
        .collect()
}

fn collect(node: Node<'_>, salt: u64, all: &mut Vec<u64>) {
    if all.len() >= MOST {
        return;
    }
    for entry in node.entries() {
        collect(
            entry.value,
            mix(salt, entry.key.bytes().map(u32::from)),
            all,
        );
    }
    for item in node.items() {
        collect(item, salt, all);
    }
    let text: Vec<char> = folded(node.written()).chars().collect();
    match text.as_slice() {
        [] => {}
        [only] => all.push(mix(salt, [u32::from(*only)].into_iter())),
        longer => {
            let pairs = longer.windows(2).take(MOST - all.len());
            all.extend(pairs.map(|pair| mix(salt, pair.iter().map(|&c| u32::from(c)))));
        }
    }
}

/// FNV-1a; two features that fall together by chance make two values a little more alike, no more.
fn mix(salt: u64, parts: impl Iterator<Item = u32>) -> u64 {
    parts.fold(salt, |hash, part| {
        (hash ^ u64::from(part)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
