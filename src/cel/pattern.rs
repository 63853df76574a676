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
    any: RegexSet,
    /// Compiled when one is first found.
    each: Vec<OnceLock<Option<Regex>>>,
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
        let whole = |patterns: &[&str]| {
            let sound = patterns.iter().all(|pattern| pattern.len() <= MAX_PATTERN);
            let mut builder = RegexSetBuilder::new(patterns);
            let set = builder.size_limit(MAX_COMPILED).nest_limit(50).build();
            set.ok().filter(|_| sound)
        };
        let one = |pattern: &&str| compile(pattern).is_none();
        match whole(patterns) {
            Some(any) => Ok(Self {
                any,
                each: patterns.iter().map(|_| OnceLock::new()).collect(),
            }),
            None => Err(patterns.iter().position(one).unwrap_or_default()),
        }
    }

    /// Everything that is found, in the order of the text; of matches that overlap, the one that
    /// begins first, then the one that is given first. A pattern that matches nothing is not found.
    pub fn find(&self, text: &str) -> Vec<Found> {
        if !self.any.is_match(text) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for pattern in self.any.matches(text) {
            let compiled = || compile(&self.any.patterns()[pattern]);
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
