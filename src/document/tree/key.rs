//! Keys of a map: which ones the profile refuses, and which ones stand there twice.

use crate::document::arena::Text;
use crate::document::problem::{Problem, shown};
use crate::document::rule;
use crate::document::scalar::Scalar;
use crate::text::Span;

/// The merge key of YAML 1.1.
pub(super) const MERGE: &str = "<<";

/// A key whose value has not come yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) text: Text,
    pub(super) span: Span,
    /// Whether the entry goes into the tree; its value is read for its findings all the same.
    pub(super) keep: bool,
}

/// Below this many keys, comparing each with each is faster than sorting.
const FEW: usize = 12;

/// The repeated keys of a map of `count` as (first, repeated), by index, in the order of the file.
pub(super) fn repeated<'k>(count: usize, key: impl Fn(usize) -> &'k [u8]) -> Vec<(usize, usize)> {
    if count <= FEW {
        let first = |at: usize| {
            let this = key(at);
            (0..at).find(|&before| key(before) == this)
        };
        return (1..count).filter_map(|at| Some((first(at)?, at))).collect();
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&at| (key(at), at));
    let mut pairs = Vec::new();
    for same in order.chunk_by(|&a, &b| key(a) == key(b)) {
        pairs.extend(same[1..].iter().map(|&at| (same[0], at)));
    }
    pairs.sort_by_key(|&(_, at)| at);
    pairs
}

/// What is wrong with a plain key that resolves to `scalar`, if the profile refuses it.
pub(super) fn refused(scalar: Scalar, text: &str, span: Span) -> Option<Problem> {
    if text == MERGE {
        return Some(merge_key(span));
    }
    let (zh, en) = match scalar {
        Scalar::Text => return None,
        Scalar::Null if text.is_empty() => return Some(no_key(span)),
        Scalar::Null => ("空值", "null"),
        Scalar::Bool(_) => ("真假值", "a truth value"),
        Scalar::Int(_) | Scalar::Float(_) | Scalar::NonFinite => ("數字", "a number"),
    };
    let quoted = format!("\"{text}\"");
    let text = shown(text);
    Some(
        Problem::new(
            rule::NON_STRING_KEY,
            span,
            format!("欄位名稱「{text}」會讀成{zh}"),
            format!("the key `{text}` reads as {en}"),
        )
        .help(
            format!("加上引號：\"{text}\""),
            format!("quote it: \"{text}\""),
        )
        .write(span, quoted),
    )
}

/// A list or a map as a key.
pub(super) fn of_several_parts(span: Span) -> Problem {
    Problem::new(
        rule::NON_STRING_KEY,
        span,
        "以清單或對應表作為欄位名稱",
        "a list or a map stands as a key",
    )
    .help("欄位名稱須為一段文字", "a key is one piece of text")
}

/// The finding at the second of two equal keys.
pub(super) fn duplicate(key: &str, span: Span, first: Span) -> Problem {
    let key = shown(key);
    Problem::new(
        rule::DUPLICATE_KEY,
        span,
        format!("欄位「{key}」在同一層重複出現，以先出現者為準"),
        format!("the key `{key}` stands twice in one map; the first one counts"),
    )
    .related(first, "先出現的欄位", "the first one")
    .help(
        "刪除其一，或併入同一欄位",
        "delete one of them, or merge the two",
    )
}

fn merge_key(span: Span) -> Problem {
    Problem::new(
        rule::MERGE_KEY,
        span,
        "使用合併鍵「<<」，各程式處理不一",
        "the merge key `<<` is used; readers differ on it",
    )
    .help("把欄位逐一寫出", "write the keys out")
}

fn no_key(span: Span) -> Problem {
    Problem::new(
        rule::NON_STRING_KEY,
        span,
        "冒號前沒有欄位名稱",
        "there is no key before the colon",
    )
    .help("於冒號前寫上欄位名稱", "write the key before the colon")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated_in(keys: &[&str]) -> Vec<(usize, usize)> {
        repeated(keys.len(), |at| keys[at].as_bytes())
    }

    #[test]
    fn a_key_is_repeated_in_small_and_in_large_maps() {
        assert_eq!(repeated_in(&["a", "b", "a", "a"]), [(0, 2), (0, 3)]);
        let names: Vec<String> = (0..FEW * 2).map(|n| (n % (FEW + 1)).to_string()).collect();
        let keys: Vec<&str> = names.iter().map(String::as_str).collect();
        let expected: Vec<_> = (FEW + 1..FEW * 2).map(|at| (at - FEW - 1, at)).collect();
        assert_eq!(repeated_in(&keys), expected);
        assert_eq!(repeated_in(&[]), []);
    }
}
