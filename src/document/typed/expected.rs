//! serde's words for types, in ours.

use serde::de::Unexpected;

use crate::document::content::Content;
use crate::document::node::Node;

use super::error::Fault;

/// What was expected, as (zh-TW, English). serde's words for the common types are English and of
/// Rust; a visitor's own words are passed on, in both languages if it wrote them so.
pub(super) fn wanted(words: &str) -> (String, String) {
    let (zh, en) = match words {
        "a string" | "a borrowed string" | "a character" => ("文字", "text"),
        "a boolean" => (" true 或 false", "true or false"),
        "a sequence" => ("清單", "a list"),
        "a map" => ("欄位與值", "a map"),
        "unit" => ("空值", "nothing"),
        "f32" | "f64" => ("數字", "a number"),
        _ if words.starts_with("struct ") => ("欄位與值", "a map"),
        _ => return integer(words).unwrap_or_else(|| (words.to_owned(), words.to_owned())),
    };
    (zh.to_owned(), en.to_owned())
}

fn integer(words: &str) -> Option<(String, String)> {
    let bits = |kind: char| {
        words
            .strip_prefix(kind)
            .and_then(|bits| bits.parse::<u32>().ok())
    };
    if let Some(bits) = bits('u') {
        let most = u64::MAX.checked_shr(64_u32.checked_sub(bits)?)?;
        return Some((
            format!(" 0 到 {most} 的整數"),
            format!("a whole number from 0 to {most}"),
        ));
    }
    let most = i64::MAX.checked_shr(64_u32.checked_sub(bits('i')?)?)?;
    let least = -most - 1;
    Some((
        format!(" {least} 到 {most} 的整數"),
        format!("a whole number from {least} to {most}"),
    ))
}

/// What was found, as (zh-TW, English).
pub(super) fn found(found: Unexpected<'_>) -> (&'static str, &'static str) {
    match found {
        Unexpected::Bool(_) => ("真假值", "a truth value"),
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
            ("數字", "a number")
        }
        Unexpected::Char(_) | Unexpected::Str(_) => ("文字", "text"),
        Unexpected::Unit | Unexpected::Option => ("空值", "nothing"),
        Unexpected::Seq => ("清單", "a list"),
        Unexpected::Map => ("欄位與值", "a map"),
        _ => ("別的東西", "something else"),
    }
}

/// A value that was found, in Chinese quotes; empty where it is not written in one piece.
pub(super) fn value(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("「{value}」"),
        Unexpected::Unsigned(value) => format!("「{value}」"),
        Unexpected::Signed(value) => format!("「{value}」"),
        Unexpected::Float(value) => format!("「{value}」"),
        Unexpected::Char(value) => format!("「{value}」"),
        Unexpected::Str(value) => format!("「{value}」"),
        _ => String::new(),
    }
}

/// Names as a list of both languages.
pub(super) fn list(names: &[&str]) -> (String, String) {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (names.join("、"), quoted.join(", "))
}

/// A node that is no variant of an enum.
pub(super) fn variant(node: Node<'_>) -> Fault {
    match node.content() {
        Content::Map => Fault::new(
            format!("應只有一個欄位，此處有 {} 個", node.entries().len()),
            format!("expected one key, found {}", node.entries().len()),
        ),
        _ => Fault::new("應為文字或單一欄位", "expected text or a map of one key"),
    }
    .within(node)
}

/// serde's word for a node.
pub(super) fn unexpected(node: Node<'_>) -> Unexpected<'_> {
    match node.content() {
        Content::Null => Unexpected::Unit,
        Content::Bool(value) => Unexpected::Bool(value),
        Content::Int(value) => Unexpected::Signed(value),
        Content::Float(value) => Unexpected::Float(value),
        Content::Text(text) => Unexpected::Str(text),
        Content::List => Unexpected::Seq,
        Content::Map => Unexpected::Map,
    }
}
