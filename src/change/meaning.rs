//! What a text or a value says, whatever its spelling: the ground of pairing, and of "nothing changed".
//!
//! Knows nothing of fields. Invariant: what is equal here differs at most in width, in spaces and in
//! the order of what has none.

use unicode_normalization::UnicodeNormalization;

use crate::document::{Node, Style};

/// A text without what carries no meaning: full or half width, spaces, line ends.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The same without punctuation, but for that between two digits: `1.5` is not `15`.
pub(super) fn bare(text: &str) -> String {
    let folded: Vec<char> = folded(text).chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| folded.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let kept = folded.iter().enumerate().filter(|&(at, c)| {
        !is_punctuation(*c) || (digit(at.checked_sub(1)) && digit(Some(at + 1)))
    });
    kept.map(|(_, c)| *c).collect()
}

/// Signs that only divide or quote; not `≧`, `%`, `+` and the like, which say something.
fn is_punctuation(c: char) -> bool {
    ",.、。;:()[]{}\"'「」『』《》〈〉【】!?·・‧—–-…/|_".contains(c)
}

/// A value as one string: keys in order, lists as sets, a list of one as its item.
pub(super) fn content(node: Node<'_>) -> String {
    if node.is_map() {
        let mut entries: Vec<String> = node
            .entries()
            .map(|entry| format!("{}:{}", entry.key, content(entry.value)))
            .collect();
        entries.sort();
        return format!("{{{}}}", entries.join("\u{1f}"));
    }
    if !node.is_list() {
        return folded(node.written());
    }
    let mut items: Vec<String> = node.items().map(content).collect();
    if items.len() == 1 {
        return items.remove(0);
    }
    items.sort();
    format!("[{}]", items.join("\u{1f}"))
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
    }
}
