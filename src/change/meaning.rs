//! What a text or a value says, whatever its spelling: the ground of pairing, and of "nothing changed".
//!
//! Knows nothing of fields. Invariant: what is equal here differs at most in width, in spaces and in
//! the order of what has none.

use unicode_normalization::UnicodeNormalization;

use crate::document::{Node, Style};
use crate::text::{DateRange, Duration, Unit};

/// A text without what carries no meaning: full or half width, spaces, line ends. Two figures stay
/// apart, and a power is no figure beside another: `10²` is not `102`.
pub(super) fn folded(text: &str) -> String {
    let raised = text.contains(is_raised).then(|| marked(text));
    let plain: Vec<char> = raised.as_deref().unwrap_or(text).nfkc().collect();
    let mut folded = String::with_capacity(text.len());
    let mut divided = false;
    for character in plain {
        if character.is_whitespace() {
            divided = true;
            continue;
        }
        if divided && character.is_ascii_digit() && folded.ends_with(|c: char| c.is_ascii_digit()) {
            folded.push(' ');
        }
        divided = false;
        folded.push(character);
    }
    folded
}

/// Digits above or below the line, which a compatible spelling would put on it.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{208e}')
}

/// With a sign before each of those.
fn marked(text: &str) -> String {
    let marked = text
        .chars()
        .flat_map(|c| [is_raised(c).then_some('^'), Some(c)]);
    marked.flatten().collect()
}

/// The same without punctuation, but for what says something: within a figure or a code, for `1.5` is not
/// `15` and `a/b` not `a-b`; a minus, as in `低於-5度`; a dash from one word to another, as in `週一-週五`.
pub(super) fn bare(text: &str) -> String {
    let folded: Vec<char> = folded(text).chars().collect();
    let at = |at: Option<usize>| at.and_then(|at| folded.get(at)).copied();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let word = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric());
    let kept = folded.iter().enumerate().filter(|&(own, &c)| {
        let (before, after) = (at(own.checked_sub(1)), at(Some(own + 1)));
        let is_sign = || {
            let begins = before.is_none_or(|c| !c.is_ascii_alphanumeric());
            c == '-' && begins && digit(after)
        };
        let is_range = || matches!(c, '-' | '–' | '—') && word(before) && word(after);
        !is_punctuation(c) || (code(before) && code(after)) || is_sign() || is_range()
    });
    kept.map(|(_, c)| *c).collect()
}

/// Signs that only divide or quote; not `≧`, `%`, `+` and the like, which say something.
fn is_punctuation(c: char) -> bool {
    ",.、。;:()[]{}\"'「」『』《》〈〉【】!?·・‧—–-…/|_ ".contains(c)
}

/// A value as one string: keys in order, lists as sets, a list of one as its item.
pub(super) fn content(node: Node<'_>) -> String {
    joined(node, "", &|_, text| folded(text))
}

/// The same, with a date or a span of time by what it means: `1y` is `12mo`.
pub(super) fn figures(node: Node<'_>) -> String {
    joined(node, "", &|_, text| figure(text))
}

/// A value as one string, each text of it as `leaf` gives it with the nearest key above it; `key` is
/// that of the value itself.
pub(super) fn joined(node: Node<'_>, key: &str, leaf: &dyn Fn(&str, &str) -> String) -> String {
    if node.is_map() {
        let mut entries: Vec<String> = node
            .entries()
            .map(|entry| format!("{}:{}", entry.key, joined(entry.value, entry.key, leaf)))
            .collect();
        entries.sort();
        return format!("{{{}}}", entries.join("\u{1f}"));
    }
    if !node.is_list() {
        return leaf(key, node.written());
    }
    let mut items: Vec<String> = node.items().map(|item| joined(item, key, leaf)).collect();
    if items.len() == 1 {
        return items.remove(0);
    }
    items.sort();
    format!("[{}]", items.join("\u{1f}"))
}

fn figure(text: &str) -> String {
    if let Some(Duration::Length { count, unit, .. }) = Duration::parse(text) {
        let count = u64::from(count);
        return match unit {
            Unit::Year => format!("{} months", count * 12),
            Unit::Month => format!("{count} months"),
            Unit::Day => format!("{} minutes", count * 24 * 60),
            Unit::Hour => format!("{} minutes", count * 60),
            Unit::Minute => format!("{count} minutes"),
            Unit::UnclockedHour | Unit::WorkingHour => folded(text),
        };
    }
    match DateRange::parse(text) {
        Some(range) => format!("{}/{}", range.first, range.last),
        None => folded(text),
    }
}

/// Whether two values are written by the same characters, and so are the same whatever they are:
/// what spares the walk most of a plan. A block must stand in the same column too, for the
/// indentation of its first line decides what its later lines belong to.
pub(super) fn same_text(old: Node<'_>, new: Node<'_>) -> bool {
    if !old.is_map() && !old.is_list() {
        return old.written() == new.written() && old.content() == new.content();
    }
    let (a, b) = (old.span(), new.span());
    if old.style() != new.style() || a.range().len() != b.range().len() {
        return false;
    }
    let same = old.document().file().slice(a) == new.document().file().slice(b);
    same && (old.style() == Style::Flow || column(old) == column(new))
}

/// How many bytes stand before a block on its line: dashes and spaces, so that it is no long way.
fn column(block: Node<'_>) -> usize {
    let start = block.span().start as usize;
    let before = &block.document().file().text().as_bytes()[..start];
    before
        .iter()
        .rev()
        .take_while(|&&byte| byte != b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_spaces_and_punctuation_carry_no_meaning() {
        assert_eq!(folded("ＩＳ－０２ 委外"), "IS-02委外");
        assert_eq!(
            bare("應定期檢視，並留存紀錄。"),
            bare("應定期檢視並留存紀錄")
        );
        assert_ne!(bare("至少1.5小時"), bare("至少15小時"));
        assert_ne!(bare("≧ 80%"), bare("≦ 80%"));
        assert_eq!(bare("(IS-02)"), bare("（ＩＳ－02）"));
    }

    #[test]
    fn what_says_something_is_not_folded() {
        let check = |a, b| assert_ne!(bare(a), bare(b), "{a}");
        check("不得低於-5度", "不得低於5度");
        check("-5", "5");
        check("a/b.yaml", "a-b.yaml");
        check("週一-週五", "週一、週五");
        check("10²", "102");
        check("每 1 2 個月", "每 12 個月");
        check("每１ ２個月", "每12個月");
        assert_eq!(folded("10²"), folded("10²"));
        assert_eq!(folded("每 12 個\n月"), "每12個月");
    }
}
