//! Characters that no plan may hold, wherever they stand: in a comment they can still turn the
//! text of a review around ("Trojan Source", CVE-2021-42574).

use std::borrow::Cow;

use crate::text::Span;

use super::problem::{Problem, Problems};
use super::rule::{self, Rule};

/// What the scan saw that later steps want to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// A tab.
    pub(super) tab: bool,
    /// `：` or a space that is not ASCII.
    pub(super) wide: bool,
    /// A character that the YAML parser stops at.
    pub(super) unprintable: bool,
}

/// Bytes with nothing to look at: printable ASCII, line feeds, the bytes inside of characters, and
/// the lead bytes of nearly all Chinese characters.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | 0x80..=0xbf | 0xe4..=0xee)
}

/// So many bytes are looked at together: a sixth of these parts of a plan have a byte that is not plain.
const TOGETHER: usize = 32;

/// Finds the forbidden characters of a file.
pub(super) fn scan(text: &str, problems: &mut Problems) -> Seen {
    let mut seen = Seen::default();
    for at in not_plain(text.as_bytes()) {
        let character = character_at(text, at);
        match character {
            '\t' => seen.tab = true,
            '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => {}
            '：' => seen.wide = true,
            _ if is_wide_space(character) => seen.wide = true,
            _ => {
                seen.unprintable |= is_unprintable(character);
                if let Some(rule) = rule_of(character) {
                    problems.add(rule, || problem(rule, character, at));
                }
            }
        }
    }
    seen
}

/// Where the bytes are that are not plain.
fn not_plain(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let parts = bytes.chunks(TOGETHER).enumerate();
    // Without a way out between them, the comparisons are made side by side.
    let plain = |part: &[u8]| part.iter().fold(true, |all, &byte| all & is_plain(byte));
    parts
        .filter(move |(_, part)| !plain(part))
        .flat_map(|(number, part)| {
            let first = number * TOGETHER;
            let bytes = part.iter().enumerate();
            bytes
                .filter(|&(_, &byte)| !is_plain(byte))
                .map(move |(at, _)| first + at)
        })
}

/// The forbidden character that an escape of a quoted scalar brings in, such as `\0`; one that
/// stands there as it is was found by [`scan`].
pub(super) fn escaped(decoded: &str, written: &str) -> Option<(Rule, char)> {
    decoded.chars().find_map(|character| {
        let rule = rule_of(character)?;
        (!written.contains(character)).then_some((rule, character))
    })
}

/// A text with characters of the same lengths at which the parser does not stop, so that the rest
/// of the file is read too. The characters it stops at are findings already.
pub(super) fn mask(text: &str, seen: Seen) -> Cow<'_, str> {
    if !seen.unprintable {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // A page break between two sections is a blank line; inside of a text it is a letter.
        let is_blank = line
            .chars()
            .all(|it| it.is_whitespace() || it.is_ascii_control());
        let mask = |character: char| match character.len_utf8() {
            _ if !is_unprintable(character) => character,
            1 if is_blank => ' ',
            1 => '_',
            2 => '·',
            _ => char::REPLACEMENT_CHARACTER,
        };
        masked.extend(line.chars().map(mask));
    }
    Cow::Owned(masked)
}

/// U+3000 and its relatives: blanks to the eye, letters to YAML.
pub(super) fn is_wide_space(character: char) -> bool {
    matches!(
        character,
        '\u{3000}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}'
    )
}

/// `U+200B`, as the Unicode charts write it.
pub(super) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

fn rule_of(character: char) -> Option<Rule> {
    match character {
        '\0' => Some(rule::NUL),
        // Escapes may spell line ends and tabs: `"\t"` is seen by everyone.
        '\t' | '\n' => None,
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' => {
            Some(rule::CONTROL_CHARACTER)
        }
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(rule::BIDIRECTIONAL_CHARACTER)
        }
        '\u{ad}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => Some(rule::INVISIBLE_CHARACTER),
        _ if character == '\r' || is_unprintable(character) => Some(rule::CONTROL_CHARACTER),
        _ => None,
    }
}

/// Outside of `c-printable` (YAML 1.2.2 §5.1).
fn is_unprintable(character: char) -> bool {
    let fine = matches!(character, '\t' | '\n' | '\r' | '\u{85}');
    !fine && (character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}'))
}

fn character_at(text: &str, at: usize) -> char {
    text[at..]
        .chars()
        .next()
        .expect("internal: a lead byte begins a character")
}

fn problem(rule: Rule, character: char, at: usize) -> Problem {
    let span = Span::new(at, at + character.len_utf8());
    let code = code_point(character);
    if character == '\r' {
        return Problem::new(
            rule,
            span,
            "單獨的 CR（U+000D）不是各程式都認得的換行",
            "a lone CR (U+000D) is a line end to some readers only",
        )
        .help("換行改用 LF 或 CRLF", "end lines with LF or CRLF")
        .write(span, "\n");
    }
    Problem::new(
        rule,
        span,
        format!("此處有{} {code}，畫面上看不見", rule.zh_tw),
        format!("{} {code}, which cannot be seen", rule.en),
    )
    .help("刪除此字元", "delete the character")
    .write(span, "")
}
