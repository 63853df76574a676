//! Regular expressions: RE2's language, found anywhere in the text, in linear time.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// The longest pattern, in bytes.
pub(super) const MAX_PATTERN: usize = 1024;
/// The largest compiled pattern, in bytes: `\w{1000}` and its like are refused.
const MAX_COMPILED: usize = 1 << 20;

/// Compiles a pattern; `None` where it is none or too large.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN {
        return None;
    }
    RegexBuilder::new(pattern)
        .size_limit(MAX_COMPILED)
        .nest_limit(50)
        .build()
        .ok()
}

/// Patterns that are looked for together. Most texts have none of them, which costs one pass.
#[derive(Debug)]
pub struct Patterns {
    sources: Box<[Box<str>]>,
    /// All of them at once; none where together they are too large.
    any: OnceLock<Option<RegexSet>>,
    /// Compiled when one is first found.
    each: Box<[OnceLock<Option<Regex>>]>,
}

/// Where one of several patterns stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which, in the order they were given.
    pub pattern: usize,
    /// The bytes of the text.
    pub range: Range<usize>,
}

impl Patterns {
    /// Compiles patterns; `Err` is the place of the first that is none or too large.
    pub fn compile(patterns: &[&str]) -> Result<Self, usize> {
        let known = Self::known(patterns);
        let one = |pattern: &&str| compile(pattern).is_none();
        match known.any() {
            Some(_) if patterns.iter().all(|one| one.len() <= MAX_PATTERN) => Ok(known),
            _ => Err(patterns.iter().position(one).unwrap_or_default()),
        }
    }

    /// Patterns that are known to be sound, compiled when a text is first read.
    pub fn known(patterns: &[&str]) -> Self {
        Self {
            sources: patterns.iter().map(|&pattern| pattern.into()).collect(),
            any: OnceLock::new(),
            each: patterns.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The patterns as written.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|source| &**source)
    }

    /// False only where none of them stands in the text.
    pub fn may_stand_in(&self, text: &str) -> bool {
        self.any().is_none_or(|any| any.is_match(text))
    }

    fn any(&self) -> Option<&RegexSet> {
        let set = || {
            let mut builder = RegexSetBuilder::new(&self.sources);
            builder.size_limit(MAX_COMPILED).nest_limit(50).build().ok()
        };
        self.any.get_or_init(set).as_ref()
    }

    /// Everything that is found, in the order of the text; of matches that overlap, the one that
    /// begins first, then the one that is given first. A pattern that matches nothing is not found.
    pub fn find(&self, text: &str) -> Vec<Found> {
        if !self.may_stand_in(text) {
            return Vec::new();
        }
        let standing: Vec<usize> = match self.any() {
            Some(any) => any.matches(text).iter().collect(),
            None => (0..self.sources.len()).collect(),
        };
        let mut found = Vec::new();
        for pattern in standing {
            let compiled = || compile(&self.sources[pattern]);
            let Some(regex) = self.each[pattern].get_or_init(compiled) else {
                continue;
            };
            let matches = regex.find_iter(text).map(|at| at.range());
            let matches = matches.filter(|range| !range.is_empty());
            found.extend(matches.map(|range| Found { pattern, range }));
        }
        found.sort_by_key(|found| (found.range.start, found.pattern));
        let mut end = 0;
        found.retain(|found| {
            let free = found.range.start >= end;
            end = if free { found.range.end } else { end };
            free
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(patterns: &[&str], text: &str) -> Vec<(usize, String)> {
        let patterns = Patterns::compile(patterns).expect("patterns");
        let all = patterns.find(text).into_iter();
        all.map(|found| (found.pattern, text[found.range].to_owned()))
            .collect()
    }

    #[test]
    fn several_patterns_are_found_in_the_order_of_the_text() {
        let text = "身份證、病例、身份證";
        let expected = [(1, "身份證"), (0, "病例"), (1, "身份證")];
        let expected = expected.map(|(at, word)| (at, word.to_owned()));
        assert_eq!(found(&["病例", "身份證"], text), expected);
    }

    #[test]
    fn of_overlapping_matches_the_first_counts() {
        let expected = vec![(1, "甲乙丙".to_owned())];
        assert_eq!(found(&["乙", "甲乙丙"], "甲乙丙"), expected);
        assert_eq!(found(&["x*"], "甲"), []);
    }

    #[test]
    fn a_pattern_that_is_none_is_told_by_its_place() {
        assert_eq!(Patterns::compile(&["病例", "("]).err(), Some(1));
        assert_eq!(Patterns::compile(&["病例", r"\w{9999}"]).err(), Some(1));
    }
}
