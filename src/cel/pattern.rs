//! Regular expressions: RE2's language, found anywhere in the text, in linear time.

mod needed;
mod words;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use regex::RegexSetBuilder;
use regex_automata::meta;
use regex_automata::util::syntax;
use regex_syntax::{ParserBuilder, is_meta_character};

use needed::needed;
use words::Words;

/// The longest pattern, in bytes.
pub(super) const MAX_PATTERN: usize = 1024;
/// The largest compiled pattern, in bytes: `\w{1000}` and its like are refused.
const MAX_COMPILED: usize = 1 << 20;
/// How deep a pattern nests.
const MAX_NEST: u32 = 50;

/// A compiled pattern, shown as it is written.
#[derive(Debug, Clone)]
pub(super) struct Regex {
    source: Box<str>,
    /// None of a pattern that is a word and nothing else.
    compiled: Option<meta::Regex>,
}

/// Compiles a pattern; `None` where it is none or too large.
///
/// As the `regex` crate does, but without what pays in long texts only and takes a quarter of the time: a
/// pattern is asked of names and sentences, and of those that have a word of it.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN {
        return None;
    }
    let compiled = match is_word(pattern) {
        true => None,
        false => Some(build(pattern)?),
    };
    Some(Regex {
        source: pattern.into(),
        compiled,
    })
}

fn build(pattern: &str) -> Option<meta::Regex> {
    let size = meta::Config::new().nfa_size_limit(Some(MAX_COMPILED));
    let built = meta::Builder::new()
        .configure(size.auto_prefilter(false).onepass(false))
        .syntax(syntax::Config::new().nest_limit(MAX_NEST))
        .build(pattern);
    built.ok()
}

/// Whether a pattern matches itself and nothing else.
fn is_word(pattern: &str) -> bool {
    !pattern.is_empty() && !pattern.chars().any(is_meta_character)
}

impl Regex {
    /// Whether it is found anywhere in a text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        match &self.compiled {
            Some(compiled) => compiled.is_match(text),
            None => text.contains(&*self.source),
        }
    }

    /// Where it is found in a text, from front to back.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        match &self.compiled {
            Some(compiled) => compiled.find_iter(text).map(|it| it.range()).collect(),
            None => {
                let found = text.match_indices(&*self.source);
                found.map(|(at, word)| at..at + word.len()).collect()
            }
        }
    }
}

impl fmt::Display for Regex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.source)
    }
}

/// Patterns that are looked for together. Nearly every pattern has words without which it cannot match,
/// and most texts have none of them: that costs one pass and compiles nothing.
#[derive(Debug)]
pub struct Patterns {
    sources: Vec<Box<str>>,
    /// Compiled when a word of it is first found.
    each: Vec<OnceLock<Option<Regex>>>,
    words: OnceLock<Words>,
}

/// Several lots of patterns, of which one pass over a text tells which are worth looking for in it.
#[derive(Debug)]
pub struct Sieve(Words);

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
        Self {
            sources: patterns.iter().map(|&pattern| pattern.into()).collect(),
            each: patterns.iter().map(|_| OnceLock::new()).collect(),
            words: OnceLock::new(),
        }
    }

    /// Of each pattern the words of which every match holds one.
    fn needed(&self) -> impl Iterator<Item = Option<Vec<Vec<u8>>>> {
        self.sources.iter().map(|source| {
            if is_word(source) {
                return Some(vec![source.as_bytes().to_vec()]);
            }
            let mut parser = ParserBuilder::new().nest_limit(MAX_NEST).build();
            parser.parse(source).ok().as_ref().and_then(needed)
        })
    }

    /// The patterns that may match, by their places.
    fn possible(&self, text: &str) -> Vec<usize> {
        let words = self
            .words
            .get_or_init(|| Words::of(self.needed().enumerate()));
        let mut possible = Vec::new();
        words.tell(text, |pattern| possible.push(pattern));
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
            let matches = regex.find(text).into_iter();
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

impl Sieve {
    /// For these lots.
    pub fn of<'p>(lots: impl Iterator<Item = &'p Patterns>) -> Self {
        let lots = lots.enumerate();
        Self(Words::of(lots.flat_map(|(lot, patterns)| {
            patterns.needed().map(move |needed| (lot, needed))
        })))
    }

    /// Tells which lots may have a pattern in a text, some of them more than once. In the others nothing
    /// is to be found.
    pub fn sift(&self, text: &str, tell: impl FnMut(usize)) {
        self.0.tell(text, tell);
    }
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
            ("[^，]{0,9}可依[^，]{0,9}調整表(後)?", Some(vec!["調整表"])),
            ("XX|△△", Some(vec!["XX", "△△"])),
            ("[○〇]{2,}", Some(vec!["○", "〇"])),
            ("(甲乙){2,}", Some(vec!["甲乙"])),
            ("本法$", Some(vec!["本法"])),
            ("[2-4]{8}", Some(vec!["2", "3", "4"])),
            ("0[23]-?[0-9]+", Some(vec!["02", "03"])),
            ("(?:[(（]|分機)0[2-4]甲", Some(vec!["02甲", "03甲", "04甲"])),
            (
                r"(?-u:\b)[AB][12][0-9]{8}",
                Some(vec!["A1", "A2", "B1", "B2"]),
            ),
            ("[^a]+@[^a]+(\\.[^a]+)+", Some(vec!["@"])),
            ("(?-u:\\b)", None),
            (r"\p{Han}{2}", None),
            (r"甲|\p{Han}", None),
            ("(甲)?", None),
            ("(?i)ab|", None),
        ] {
            let expected = expected.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(words(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_without_words_is_found_too() {
        let expected = [(0, "ISMS".to_owned()), (1, "甲".to_owned())];
        let patterns = [r"\p{Latin}+", "甲|乙丙丁"];
        assert_eq!(found(&patterns, "建置ISMS，甲"), expected);
    }

    #[test]
    fn a_word_of_several_patterns_finds_all_of_them() {
        let patterns = ["本法$", "依本法", "本法.{2}"];
        let patterns = Patterns::compile(&patterns).expect("patterns");
        assert_eq!(patterns.possible("準用本法"), [0, 2]);
        assert_eq!(patterns.possible("依本法"), [0, 1, 2]);
        assert_eq!(patterns.possible("無"), [0; 0]);
    }

    #[test]
    fn a_sieve_leaves_out_the_lots_of_which_a_text_has_no_word() {
        let lots = [&["病例", "身份證"][..], &["本法$"], &[r"\p{Han}{9}"]];
        let lots = lots.map(|lot| Patterns::compile(lot).expect("patterns"));
        let sieve = Sieve::of(lots.iter());
        for (text, expected) in [
            ("無", vec![2]),
            ("依本法之病例", vec![0, 1, 2]),
            ("病例與身份證", vec![0, 2]),
        ] {
            let mut told = Vec::new();
            sieve.sift(text, |lot| told.push(lot));
            told.sort_unstable();
            told.dedup();
            assert_eq!(told, expected, "{text}");
        }
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
    fn patterns_are_found_where_the_regex_crate_finds_them() {
        let text = "甲乙甲乙 a.b aab 病例、病例表：本法\n第三條 09-12 XX\u{301}";
        for pattern in [
            "病例",
            "甲乙",
            "a.b",
            r"a\.b",
            "a+b",
            "(?i)AB",
            "本法$",
            "(?m)法$",
            "^甲",
            r"\b",
            "甲|甲乙",
            r"\p{Han}{2,3}",
            "[0-9]+-?",
            "x*",
            "",
            " ",
            "-",
            "(病)例",
            "病例(?:表)?",
        ] {
            let ours = compile(pattern).expect("a pattern");
            let theirs = regex::Regex::new(pattern).expect("a pattern");
            let found: Vec<_> = theirs.find_iter(text).map(|it| it.range()).collect();
            assert_eq!(ours.find(text), found, "{pattern}");
            assert_eq!(ours.is_match(text), theirs.is_match(text), "{pattern}");
            assert_eq!(ours.to_string(), pattern);
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_told_by_its_place() {
        assert_eq!(Patterns::compile(&["病例", "("]).err(), Some(1));
        assert_eq!(Patterns::compile(&["病例", r"\w{9999}"]).err(), Some(1));
    }
}
