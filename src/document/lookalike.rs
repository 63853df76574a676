//! Wide characters where YAML wants narrow ones: `名稱：值` and U+3000 after a colon, as an input
//! method for Chinese writes them. YAML takes both for letters, so the fault shows lines later or
//! never; here it shows where it is.

use std::ops::Range;

use crate::text::Span;

use super::characters::{code_point, is_wide_space};
use super::problem::{Problem, Problems, shown};
use super::rule;

const COLON: char = '：';

/// Looks at a plain key: a wide space before or after it is part of its name.
pub(super) fn in_key(text: &str, span: Span, problems: &mut Problems) {
    // What a wide indentation stood for is not known.
    edges(text, span, problems, Problem::unwritten);
}

/// Looks at a plain value. `：` is common in Chinese prose, so a value is only taken for a key when
/// nothing but indentation stands before it, where a key could stand; and then only if it is the
/// whole file, if all of several lines look so, or if the key is of ASCII letters as plans have it.
pub(super) fn in_value(text: &str, span: Span, is_root: bool, problems: &mut Problems) {
    edges(text, span, problems, Problem::lighter);
    let Some(in_list) = first_of_line(text, span.start as usize) else {
        return;
    };
    let lines = || text[span.range()].split_inclusive('\n');
    let several = lines().nth(1).is_some() && lines().all(|line| entry(line, 0).is_some());
    let mut at = span.start as usize;
    for line in lines() {
        let is_key = |found: &LookalikeEntry<'_>| is_root || several || found.is_identifier;
        let found = entry(line, at).filter(|found| found.character.is_some() && is_key(found));
        if let Some(found) = found {
            // A list may hold prose such as「email：…」.
            let weigh = |problem: Problem| if in_list { problem.lighter() } else { problem };
            problems.add(found.rule(), || weigh(found.problem()));
        }
        at += line.len();
    }
}

/// Looks at the lines of a stretch that was not read; it begins inside of a line that has its
/// finding already.
pub(super) fn in_unread_lines(text: &str, stretch: Range<usize>, problems: &mut Problems) {
    let mut at = stretch.start;
    for (index, line) in text[stretch].split_inclusive('\n').enumerate() {
        let found = entry(line, at).filter(|_| index > 0);
        if let Some(found) = found.filter(|it| it.character.is_some() && it.is_identifier) {
            problems.add(found.rule(), || found.problem());
        }
        at += line.len();
    }
}

/// The wide character that explains why reading ended: the first one after a would-be key in the
/// lines from byte `from` to the line of byte `to`.
pub(super) fn cause(text: &str, from: usize, to: usize) -> Option<Problem> {
    let start = from - line_before(text, from).len();
    let end = text[to..]
        .find('\n')
        .map_or(text.len(), |newline| to + newline);
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        if let Some(found) = entry(line, at) {
            return Some(found.problem());
        }
        at += line.len();
    }
    None
}

/// A line that looks like an entry but for its colon or the blank after it.
struct LookalikeEntry<'t> {
    key: &'t str,
    place: Span,
    /// The wide character; a colon without a blank after it is none.
    character: Option<char>,
    /// Whether the key is one that plans have: prose before `：` is seldom of small ASCII letters.
    is_identifier: bool,
}

fn entry(line: &str, at: usize) -> Option<LookalikeEntry<'_>> {
    let key_at = line.len() - line.trim_start_matches([' ', '-', '\t']).len();
    let rest = &line[key_at..];
    let key_len = rest.find(|it: char| it == COLON || it == ':' || !may_be_in_key(it))?;
    let key = &rest[..key_len];
    let mut after = rest[key_len..].chars();
    let (colon, next) = (after.next()?, after.next());
    let start = at + key_at + key_len;
    let is_identifier = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    let (place, character) = match (colon, next) {
        (COLON, _) => (Span::new(start, start + COLON.len_utf8()), Some(COLON)),
        (':', Some(space)) if is_wide_space(space) => (
            Span::new(start + 1, start + 1 + space.len_utf8()),
            Some(space),
        ),
        (':', Some(next)) if !next.is_ascii_whitespace() && is_identifier && next != '/' => {
            (Span::new(start, start + 1), None)
        }
        _ => return None,
    };
    (!key.is_empty()).then_some(LookalikeEntry {
        key,
        place,
        character,
        is_identifier,
    })
}

fn may_be_in_key(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-')
}

impl LookalikeEntry<'_> {
    fn rule(&self) -> rule::Rule {
        match self.character {
            Some(COLON) => rule::FULL_WIDTH_COLON,
            Some(_) => rule::IDEOGRAPHIC_SPACE,
            None => rule::NOT_YAML,
        }
    }

    fn problem(&self) -> Problem {
        let key = shown(self.key);
        let act_zh = format!("寫成「{key}: 」：半形冒號加一個半形空格");
        let act_en = format!("write `{key}: `, an ASCII colon and a space");
        match self.character {
            Some(COLON) => Problem::new(
                rule::FULL_WIDTH_COLON,
                self.place,
                format!("「{key}」後為全形冒號，此行不會讀成欄位"),
                format!("a full-width colon follows `{key}`, so the line is not read as an entry"),
            )
            .write(self.place, ": "),
            Some(space) => wide_space(self.place, space).write(self.place, " "),
            None => Problem::new(
                rule::NOT_YAML,
                self.place,
                format!("「{key}:」後缺少空格，此行不會讀成欄位"),
                format!("no space follows `{key}:`, so the line is not read as an entry"),
            )
            .write(self.place, ": "),
        }
        .help(act_zh, act_en)
    }
}

fn wide_space(place: Span, space: char) -> Problem {
    let code = code_point(space);
    Problem::new(
        rule::IDEOGRAPHIC_SPACE,
        place,
        format!("此處的空格 {code} 不是半形空格，會讀成文字"),
        format!("the space {code} is not an ASCII space and reads as text"),
    )
}

/// Wide spaces at the edges of a plain scalar.
fn edges(text: &str, span: Span, problems: &mut Problems, weigh: impl Fn(Problem) -> Problem) {
    let value = &text[span.range()];
    let inner = value.trim_start_matches(is_wide_space);
    let leading = Span::new(span.start as usize, span.end as usize - inner.len());
    let trailing_at =
        span.end as usize - (inner.len() - inner.trim_end_matches(is_wide_space).len());
    for place in [leading, Span::new(trailing_at, span.end as usize)] {
        let Some(space) = text[place.range()].chars().next() else {
            continue;
        };
        let narrow = " ".repeat(text[place.range()].chars().count());
        let problem = wide_space(place, space)
            .help(
                "改用半形空格，或整段加引號",
                "use ASCII spaces, or quote the value",
            )
            .write(place, narrow);
        problems.add(rule::IDEOGRAPHIC_SPACE, || weigh(problem));
    }
}

/// Whether only indentation and dashes stand before byte `at` on its line; true with a dash.
fn first_of_line(text: &str, at: usize) -> Option<bool> {
    // Backwards and no further than needed: a line may be a megabyte.
    let before = text[..at].trim_end_matches([' ', '-']);
    (before.is_empty() || before.ends_with('\n')).then(|| text[before.len()..at].contains('-'))
}

fn line_before(text: &str, at: usize) -> &str {
    &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at]
}
