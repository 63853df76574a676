//! Words for what was found and what is expected.
//!
//! What begins with a Latin letter has a blank before it, as it follows a Chinese word.

use serde_json::Value as Json;

use super::site::Site;
use crate::document::{Content, Node};
use crate::text::Localized;

/// Longer texts are cut in messages.
const SHOWN: usize = 30;

/// What stands at a node.
pub(super) fn found(node: Node<'_>) -> Localized {
    match node.content() {
        Content::Null => Localized::new("空白", "nothing"),
        Content::Bool(value) => Localized::new(
            format!("真假值 {value}"),
            format!("the truth value {value}"),
        ),
        Content::Int(_) | Content::Float(_) => {
            let written = shortened(node.written());
            Localized::new(format!("數字 {written}"), format!("the number {written}"))
        }
        Content::Text(text) => {
            let text = shortened(text);
            Localized::new(format!("文字「{text}」"), format!("the text \"{text}\""))
        }
        Content::List => Localized::new("清單", "a list"),
        Content::Map => Localized::new("一組欄位", "a map"),
    }
}

/// A text as messages quote it: one line, not too long.
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(SHOWN).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}

/// What belongs at a place.
pub(super) fn expected(site: Site<'_>) -> Localized {
    if site.variant {
        return Localized::new("一組欄位", "a map");
    }
    if site.items().is_some() {
        return Localized::new("清單", "a list");
    }
    match (site.scalar().map(scalar), site.object()) {
        (Some(text), Some(_)) => Localized::new(
            format!("{}或一組欄位", text.zh_tw),
            format!("{} or a map", text.en),
        ),
        (Some(scalar), None) => scalar,
        (None, _) => Localized::new("一組欄位", "a map"),
    }
}

fn scalar(json: &Json) -> Localized {
    let (zh, en) = match (json["type"].as_str(), json["format"].as_str()) {
        (Some("integer"), _) => ("整數", "a whole number"),
        (Some("number"), _) => ("數字", "a number"),
        (Some("boolean"), _) => (" true 或 false", "true or false"),
        (_, Some("plan-date")) => ("日期", "a date"),
        (_, Some("plan-duration")) => ("時間長度", "a duration"),
        (_, Some("plan-day-of-year")) => ("每年之月日", "a day of the year"),
        _ if json["x-plangate"]["values"].is_object() => ("選項之一", "one of the choices"),
        _ => ("文字", "text"),
    };
    Localized::new(zh, en)
}
