//! What a text or a value says, whatever its spelling: the ground of pairing, and of "nothing changed".
//!
//! Knows nothing of fields. Invariant: what is equal here differs at most in width, in spaces and in
//! the order of what has none.

use unicode_normalization::UnicodeNormalization;

use crate::document::Node;

/// A text without what carries no meaning: full or half width, spaces, line ends.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The same without punctuation, but for that between two digits: `1.5` is not `15`.
pub(super) fn bare(text: &str) -> String {
    let folded: Vec<char> = folded(text).chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| folded.get(at))
            .is_some_and(|c| c.is_ascii_digit())
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

/// Whether two values are written by the same characters in the same column, and so are the same
/// whatever they are: what spares the walk most of a plan.
pub(super) fn same_text(old: Node<'_>, new: Node<'_>) -> bool {
    let (a, b) = (old.span(), new.span());
    if a.range().len() != b.range().len() {
        return false;
    }
    let (old_file, new_file) = (old.document().file(), new.document().file());
    old_file.slice(a) == new_file.slice(b)
        && column(old_file.text(), a.start as usize) == column(new_file.text(), b.start as usize)
}

/// How many bytes stand before a byte on its line. The indentation of the first line of a block
/// decides what its later lines belong to.
fn column(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at];
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
