//! Regular expressions: RE2's language, found anywhere in the text, in linear time.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Regex, RegexBuilder, RegexSetBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest pattern, in bytes.
pub(super) const MAX_PATTERN: usize = 1024;
/// The largest compiled pattern, in bytes: `\w{1000}` and its like are refused.
const MAX_COMPILED: usize = 1 << 20;
/// How deep a pattern nests.
const MAX_NEST: u32 = 50;
/// Of so many characters one is looked for like a word.
const MAX_CHOICE: usize = 8;

/// Compiles a pattern; `None` where it is none or too large.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN {
        return None;
    }
    RegexBuilder::new(pattern)
        .size_limit(MAX_COMPILED)
        .nest_limit(MAX_NEST)
        .build()
        .ok()
}

/// Patterns that are looked for together. Nearly every pattern has words without which it cannot match,
/// and most texts have none of them: that costs one pass and compiles nothing.
#[derive(Debug)]
pub struct Patterns {
    sources: Vec<Box<str>>,
    /// Compiled when a word of it is first found.
    each: Vec<OnceLock<Option<Regex>>>,
    words: AhoCorasick,
    /// The pattern of each word.
    owners: Vec<usize>,
    /// The patterns that may match without any word.
    wordless: Vec<usize>,
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
    /// Patterns that are none too large; `Err` is the place of the first that is, or that is no pattern.
    pub fn compile(patterns: &[&str]) -> Result<Self, usize> {
        let sound = patterns.iter().all(|pattern| pattern.len() <= MAX_PATTERN);
        let mut set = RegexSetBuilder::new(patterns);
        let set = set.size_limit(MAX_COMPILED).nest_limit(MAX_NEST).build();
        let one = |pattern: &&str| compile(pattern).is_none();
        match set.is_ok() && sound {
            true => Ok(Self::trusted(patterns)),
            false => Err(patterns.iter().position(one).unwrap_or_default()),
        }
    }

    /// Patterns of which it is known that they are.
    pub fn trusted(patterns: &[&str]) -> Self {
        let (mut words, mut owners, mut wordless) = (Vec::new(), Vec::new(), Vec::new());
        for (at, pattern) in patterns.iter().enumerate() {
            let parsed = ParserBuilder::new()
                .nest_limit(MAX_NEST)
                .build()
                .parse(pattern);
            match parsed.ok().as_ref().and_then(needed) {
                Some(needed) => {
                    owners.extend(needed.iter().map(|_| at));
                    words.extend(needed);
                }
                None => wordless.push(at),
            }
        }
        let kind = Some(AhoCorasickKind::DFA);
        let words = AhoCorasick::builder().kind(kind).build(words);
        Self {
            sources: patterns.iter().map(|&pattern| pattern.into()).collect(),
            each: patterns.iter().map(|_| OnceLock::new()).collect(),
            words: words.expect("internal: patterns are short, and so are their words"),
            owners,
            wordless,
        }
    }

    /// The patterns that may match, by their places: those of which a word is there, and those that
    /// need none.
    fn possible(&self, text: &str) -> Vec<usize> {
        let mut possible = self.wordless.clone();
        if !self.words.is_match(text) {
            return possible;
        }
        let found = self.words.find_overlapping_iter(text);
        possible.extend(found.map(|word| self.owners[word.pattern()]));
        possible.sort_unstable();
        possible.dedup();
        possible
    }

    /// Everything that is found, in the order of the text; of matches that overlap, the one that
    /// begins first, then the one that is given first. A pattern that matches nothing is not found.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for pattern in self.possible(text) {
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

/// Words of which every match holds at least one; none where a match may do without.
fn needed(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
        HirKind::Class(class) => characters(class),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        HirKind::Concat(parts) => {
            let shortest = |words: &Vec<Vec<u8>>| words.iter().map(Vec::len).min();
            parts.iter().filter_map(needed).max_by_key(shortest)
        }
        HirKind::Alternation(branches) => {
            let all: Option<Vec<_>> = branches.iter().map(needed).collect();
            Some(all?.into_iter().flatten().collect())
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => None,
    }
}

/// The characters of a class, if they are few.
fn characters(class: &Class) -> Option<Vec<Vec<u8>>> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let all = || class.iter().flat_map(|range| range.start()..=range.end());
    let is_few = all().nth(MAX_CHOICE).is_none();
    is_few.then(|| all().map(|one| one.to_string().into_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Option<Vec<String>> {
        let needed = needed(&regex_syntax::parse(pattern).expect("a pattern"))?;
        let word = |word: Vec<u8>| String::from_utf8(word).expect("characters");
        Some(needed.into_iter().map(word).collect())
    }

    #[test]
    fn the_longest_words_that_cannot_be_missing_are_looked_for() {
        for (pattern, expected) in [
            ("病例", Some(vec!["病例"])),
            ("[^，]{0,9}可依[^，]{0,9}調整(後)?", Some(vec!["調整"])),
            ("XX|△△", Some(vec!["XX", "△△"])),
            ("[○〇]{2,}", Some(vec!["○", "〇"])),
            ("(甲乙){2,}", Some(vec!["甲乙"])),
            ("本法$", Some(vec!["本法"])),
            ("[0-9]{8}", None),
            ("甲|[0-9]", None),
            ("(甲)?", None),
            ("(?i)ab|", None),
        ] {
            let expected = expected.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(words(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_without_words_is_found_too() {
        let expected = [(0, "A123456789".to_owned()), (1, "甲".to_owned())];
        let patterns = ["[A-Z][0-9]{9}", "甲|乙丙丁"];
        assert_eq!(found(&patterns, "號碼A123456789，甲"), expected);
    }

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
