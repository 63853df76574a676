//! Texts of elements → the elements that have them.

use super::number;
use crate::cel::Text;

/// The most keys of one condition.
pub(in crate::cel) const KEYS: usize = 3;
/// Texts from this length on are not sought: to compare two of them takes more than a step.
const LONG: usize = 64;

/// Elements by the texts that a condition seeks. Elements go by their number among those that are kept.
#[derive(Debug, Default)]
pub(in crate::cel) struct Index<'a> {
    /// Of each key the elements by the number of its text.
    keys: [Vec<(u64, Text<'a>, usize)>; KEYS],
    /// The elements of which a key is not known: they are looked at whatever is sought.
    always: Vec<usize>,
    /// What it takes to find the condition false of all elements before each, one after the other.
    skipped: Vec<Skipped>,
}

/// The steps of finding a condition false.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::cel) struct Skipped {
    /// Of the elements' own parts.
    pub(in crate::cel) steps: u64,
    /// How often what each key is held against is asked for.
    pub(in crate::cel) asked: [u32; KEYS],
}

impl<'a> Index<'a> {
    /// The next element has this text; false where it cannot be sought by it.
    pub(in crate::cel) fn put(&mut self, key: usize, text: Text<'a>) -> bool {
        let fits = text.len() < LONG;
        if fits {
            self.keys[key].push((number(&text), text, self.skipped.len()));
        }
        fits
    }

    /// The element is told: what it takes to pass it over, where it may be.
    pub(in crate::cel) fn pass(&mut self, skipped: Option<Skipped>) {
        if skipped.is_none() {
            self.always.push(self.skipped.len());
        }
        self.skipped.push(skipped.unwrap_or_default());
    }

    /// All elements are told.
    pub(in crate::cel) fn finish(mut self) -> Self {
        for key in &mut self.keys {
            key.sort_unstable_by_key(|&(number, _, element)| (number, element));
        }
        let mut sum = Skipped::default();
        for skipped in &mut self.skipped {
            let before = sum;
            sum.steps += skipped.steps;
            for (sum, asked) in sum.asked.iter_mut().zip(skipped.asked) {
                *sum += asked;
            }
            *skipped = before;
        }
        self.skipped.push(sum);
        self
    }

    /// Adds the elements that have a text.
    pub(in crate::cel) fn find(&self, key: usize, text: &str, found: &mut Vec<usize>) {
        let (key, sought) = (&self.keys[key], number(text));
        let begin = key.partition_point(|&(number, ..)| number < sought);
        let numbered = key[begin..].iter();
        let same = numbered
            .take_while(|&&(number, ..)| number == sought)
            .filter(|(_, known, _)| **known == *text);
        found.extend(same.map(|&(.., element)| element));
    }

    /// All that are looked at, in their order, from those that were found.
    pub(in crate::cel) fn in_order(&self, mut found: Vec<usize>) -> Vec<usize> {
        found.extend(&self.always);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What it takes to pass over all elements from one to before another. `prices` are the steps
    /// of what each key is held against.
    pub(in crate::cel) fn passing(&self, from: usize, to: usize, prices: [u64; KEYS]) -> u64 {
        let up_to = |element: usize| {
            let Skipped { steps, asked } = self.skipped[element];
            let asked = asked.into_iter().zip(prices);
            steps
                + asked
                    .map(|(times, price)| u64::from(times) * price)
                    .sum::<u64>()
        };
        up_to(to) - up_to(from)
    }
}
