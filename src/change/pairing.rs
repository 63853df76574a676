//! Which item of the old list is which item of the new one.
//!
//! First by identity, then by what each says it was merged from, then by name, last by likeness.
//! Knows the items as [`Row`]s only. Invariant: each item is in one pair or in none, and the same
//! pairs come out whichever side is called the old one.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{self, Features};
use super::meaning::{bare, content, figures};
use crate::document::Node;

/// An item of a list.
pub(super) struct Row<'p> {
    pub(super) node: Node<'p>,
    /// Its identity, where it has one.
    pub(super) key: Option<String>,
    /// Its name, which may survive another id.
    pub(super) label: Option<String>,
    /// For whom it says that it holds.
    pub(super) scope: String,
    /// The names of those that it says were merged into it.
    pub(super) merged_from: Vec<String>,
}

/// The items of two lists, paired step by step.
pub(super) struct Pairing<'r, 'p> {
    old: &'r [Row<'p>],
    new: &'r [Row<'p>],
    /// Places of pairs.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Places of mergers: the new one and those that became it.
    pub(super) mergers: Vec<Merger>,
    old_free: Vec<bool>,
    new_free: Vec<bool>,
}

/// Several items of one side that are one on the other.
pub(super) struct Merger {
    /// Those of the side that has several.
    pub(super) many: Vec<usize>,
    /// The one.
    pub(super) one: usize,
    /// Whether the many are the old ones; else it is the reverse, a split.
    pub(super) forward: bool,
}

/// How items without a common identity are paired.
#[derive(Clone, Copy)]
pub(super) struct Likeness {
    /// Whether a common name is enough.
    pub(super) by_label: bool,
    /// How alike items must be, in thousandths; `None` where only equals are the same.
    pub(super) threshold: Option<usize>,
}

impl<'r, 'p> Pairing<'r, 'p> {
    pub(super) fn new(old: &'r [Row<'p>], new: &'r [Row<'p>], likeness: Likeness) -> Self {
        let mut pairing = Self {
            old,
            new,
            pairs: Vec::new(),
            mergers: Vec::new(),
            old_free: vec![true; old.len()],
            new_free: vec![true; new.len()],
        };
        let renumbered = if likeness.by_label {
            pairing.renumbered()
        } else {
            BTreeSet::new()
        };
        pairing.by_key(&renumbered);
        pairing.by_merger(true);
        pairing.by_merger(false);
        if likeness.by_label {
            pairing.only_ones(|row| row.label.clone());
            pairing.only_ones(|row| {
                row.label
                    .as_deref()
                    .map(bare)
                    .filter(|label| !label.is_empty())
            });
        }
        if let Some(threshold) = likeness.threshold {
            let olds: Vec<usize> = pairing.left_old().collect();
            let news: Vec<usize> = pairing.left_new().collect();
            pairing.alike(&olds, &news, threshold);
        }
        pairing.pairs.sort_by_key(|&(_, new)| new);
        pairing
    }

    pub(super) fn left_old(&self) -> impl Iterator<Item = usize> + use<'_, 'r, 'p> {
        (0..self.old.len()).filter(|&at| self.old_free[at])
    }

    pub(super) fn left_new(&self) -> impl Iterator<Item = usize> + use<'_, 'r, 'p> {
        (0..self.new.len()).filter(|&at| self.new_free[at])
    }

    fn take(&mut self, old: usize, new: usize) {
        (self.old_free[old], self.new_free[new]) = (false, false);
        self.pairs.push((old, new));
    }

    /// Names that one item of each side has, under another id.
    fn renumbered(&self) -> BTreeSet<String> {
        let groups = self.groups(|row| row.label.clone()).into_iter();
        let moved = groups.filter_map(|(olds, news)| match (olds.as_slice(), news.as_slice()) {
            ([old], [new]) => {
                let (old, new) = (&self.old[*old], &self.new[*new]);
                old.label.clone().filter(|_| old.key != new.key)
            }
            _ => None,
        });
        moved.collect()
    }

    /// Items without a key are their own content. Of several with one key, those with the same scope
    /// belong together, then those most alike. Where a whole series got other ids, an id may now be
    /// that of another item of the series: a name that went on under another id goes before it.
    fn by_key(&mut self, renumbered: &BTreeSet<String>) {
        let went_on = |row: &Row<'_>| {
            row.label
                .as_ref()
                .is_some_and(|name| renumbered.contains(name))
        };
        let identity = |row: &Row<'_>| row.key.clone().or_else(|| Some(content(row.node)));
        for (olds, news) in self.groups(identity) {
            if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
                let (was, is) = (&self.old[*old], &self.new[*new]);
                if was.label == is.label || !(went_on(was) || went_on(is)) {
                    self.take(*old, *new);
                }
            } else if !olds.is_empty() && !news.is_empty() {
                self.several(olds, news);
            }
        }
    }

    fn several(&mut self, olds: Vec<usize>, news: Vec<usize>) {
        self.in_groups(&olds, &news, true, |row| content(row.node));
        self.in_groups(&olds, &news, true, |row| figures(row.node));
        self.in_groups(&olds, &news, false, |row| row.scope.clone());
        let olds: Vec<usize> = olds.into_iter().filter(|&at| self.old_free[at]).collect();
        let news: Vec<usize> = news.into_iter().filter(|&at| self.new_free[at]).collect();
        self.alike(&olds, &news, 0);
    }

    /// Pairs some items by something they have in common; of several, none or the first with the
    /// first.
    fn in_groups(
        &mut self,
        olds: &[usize],
        news: &[usize],
        several: bool,
        by: impl Fn(&Row<'_>) -> String,
    ) {
        let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &at in olds.iter().filter(|&&at| self.old_free[at]) {
            groups.entry(by(&self.old[at])).or_default().0.push(at);
        }
        for &at in news.iter().filter(|&&at| self.new_free[at]) {
            groups.entry(by(&self.new[at])).or_default().1.push(at);
        }
        for (olds, news) in groups.into_values() {
            if several || (olds.len() == 1 && news.len() == 1) {
                olds.into_iter()
                    .zip(news)
                    .for_each(|(old, new)| self.take(old, new));
            }
        }
    }

    /// New items that say what they were merged from; with `forward` false, old ones that say so.
    fn by_merger(&mut self, forward: bool) {
        let (many, one) = if forward {
            (self.old, self.new)
        } else {
            (self.new, self.old)
        };
        for (at, row) in one.iter().enumerate() {
            if row.merged_from.is_empty() {
                continue;
            }
            let free = if forward {
                &self.old_free
            } else {
                &self.new_free
            };
            let named = |other: &Row<'_>| {
                let names = [&other.key, &other.label];
                names
                    .into_iter()
                    .flatten()
                    .any(|name| row.merged_from.contains(name))
            };
            let found: Vec<usize> = (0..many.len())
                .filter(|&other| free[other] && named(&many[other]))
                .collect();
            if found.is_empty() {
                continue;
            }
            let (many_free, one_free) = if forward {
                (&mut self.old_free, &mut self.new_free)
            } else {
                (&mut self.new_free, &mut self.old_free)
            };
            for &other in &found {
                many_free[other] = false;
            }
            one_free[at] = false;
            self.mergers.push(Merger {
                many: found,
                one: at,
                forward,
            });
        }
    }

    /// Pairs leftovers by something that only one of each side has.
    fn only_ones(&mut self, by: impl Fn(&Row<'_>) -> Option<String>) {
        for (olds, news) in self.groups(by) {
            if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
                self.take(*old, *new);
            }
        }
    }

    fn groups(&self, by: impl Fn(&Row<'_>) -> Option<String>) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in self.left_old() {
            if let Some(name) = by(&self.old[at]) {
                groups.entry(name).or_default().0.push(at);
            }
        }
        for at in self.left_new() {
            if let Some(name) = by(&self.new[at]) {
                groups.entry(name).or_default().1.push(at);
            }
        }
        groups.into_values().collect()
    }

    fn alike(&mut self, olds: &[usize], news: &[usize], threshold: usize) {
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let features = |rows: &[Row<'_>], which: &[usize]| -> Vec<Features> {
            which
                .iter()
                .map(|&at| Features::of(rows[at].node))
                .collect()
        };
        let (a, b) = (features(self.old, olds), features(self.new, news));
        for (i, j) in likeness::pair(&a, &b, threshold) {
            self.take(olds[i], news[j]);
        }
    }
}
