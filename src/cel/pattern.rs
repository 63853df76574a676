//! Regular expressions: RE2's language, found anywhere in the text, in linear time.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::RegexSetBuilder;
use regex_automata::meta;
use regex_automata::util::syntax;
use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::{ParserBuilder, is_meta_character};

/// The longest pattern, in bytes.
pub(super) const MAX_PATTERN: usize = 1024;
/// The largest compiled pattern, in bytes: `\w{1000}` and its like are refused.
const MAX_COMPILED: usize = 1 << 20;
/// How deep a pattern nests.
const MAX_NEST: u32 = 50;
/// The most words that are looked for in place of one pattern, or of a part of it.
const MAX_CHOICE: usize = 64;
/// How many bytes are read before an automaton that reads faster is worth making: those of some three plans.
const MUCH: usize = 64 << 10;

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

/// What cannot be missing where something is to be found, looked for in one pass.
#[derive(Debug)]
struct Words {
    each: Vec<Vec<u8>>,
    /// Made in no time: enough for one plan.
    soon: AhoCorasick,
    /// Reads several times faster and takes ten times as long to make: for who has read much already.
    fast: OnceLock<AhoCorasick>,
    /// How many bytes were read, up to where it does not matter any more.
    read: AtomicUsize,
    /// Whose each word is.
    owners: Vec<usize>,
    /// Those that may be found without any word.
    wordless: Vec<usize>,
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

impl Words {
    fn of(needed: impl Iterator<Item = (usize, Option<Vec<Vec<u8>>>)>) -> Self {
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
    fn tell(&self, text: &str, mut tell: impl FnMut(usize)) {
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

/// Words of which every match holds at least one; none where a match may do without.
fn needed(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Concat(parts) => of_sequence(parts),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<_>> = branches.iter().map(needed).collect();
            Some(all?.into_iter().flatten().collect())
        }
        _ => exact(pattern).filter(|words| shortest(words) > 0),
    }
}

/// Of parts that follow each other the longest words: of neighbours that are words each, all that they
/// make together, such as `02` to `09` of `0[2-9]`.
fn of_sequence(parts: &[Hir]) -> Option<Vec<Vec<u8>>> {
    let mut longest: Vec<Vec<u8>> = Vec::new();
    let mut take = |words: Vec<Vec<u8>>| {
        if shortest(&words) > shortest(&longest) {
            longest = words;
        }
    };
    let nothing = || vec![Vec::new()];
    let mut run = nothing();
    for part in parts {
        let own = exact(part);
        let longer = own.as_ref().and_then(|own| joined(&run, own));
        match (longer, own) {
            (Some(longer), _) => run = longer,
            (None, Some(own)) => take(std::mem::replace(&mut run, own)),
            (None, None) => {
                take(std::mem::replace(&mut run, nothing()));
                needed(part).into_iter().for_each(&mut take);
            }
        }
    }
    take(run);
    (!longest.is_empty()).then_some(longest)
}

/// Everything that a pattern matches, where that is a few words; what has no width is the empty one.
fn exact(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
        HirKind::Class(class) => characters(class),
        HirKind::Capture(capture) => exact(&capture.sub),
        HirKind::Look(_) | HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Concat(parts) => {
            let all = parts.iter().map(exact);
            all.reduce(|run, part| joined(&run?, &part?))?
        }
        HirKind::Repetition(_) | HirKind::Alternation(_) => None,
    }
}

/// Each word followed by each other one, if that are few.
fn joined(words: &[Vec<u8>], others: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let is_few = words.len() * others.len() <= MAX_CHOICE;
    let with = |word: &Vec<u8>| -> Vec<Vec<u8>> {
        let both = others.iter().map(|other| [&word[..], other].concat());
        both.collect()
    };
    is_few.then(|| words.iter().flat_map(with).collect())
}

/// The length of the shortest of several words, 0 of none.
fn shortest(words: &[Vec<u8>]) -> usize {
    words.iter().map(Vec::len).min().unwrap_or_default()
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
    fn who_has_read_much_finds_the_same() {
        let patterns = Patterns::compile(&["病例", "身份證", "本法$"]).expect("patterns");
        let text = "病例、身份證，依本法";
        let first = patterns.find(text);
        assert_eq!(first.len(), 3);
        for _ in 0..=MUCH / text.len() {
            assert_eq!(patterns.find(text), first);
        }
        let words = patterns.words.get().expect("they were looked for");
        assert!(words.fast.get().is_some());
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
