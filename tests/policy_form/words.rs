//! The texts of a policy: two languages that say the same, each in its own style.

use std::collections::BTreeSet;

use crate::file::Text;

/// Punctuation of each width.
const HALF: [char; 7] = [',', ';', ':', '?', '!', '(', ')'];
const FULL: [char; 10] = ['，', '；', '：', '？', '！', '（', '）', '。', '、', '「'];

/// Both languages are there, and name the same placeholders.
pub(crate) fn languages(text: &Text) -> Vec<String> {
    if is_one_sided(text) {
        return Vec::new();
    }
    let of = |tag: &str| {
        let found = text.languages.iter().find(|(other, _)| other == tag);
        found
            .map(|(_, text)| text.as_str())
            .filter(|text| !text.trim().is_empty())
    };
    let (Some(zh), Some(en)) = (of("zh-TW"), of("en")) else {
        return vec![format!("{}: not in both languages", text.key)];
    };
    let (zh, en) = (placeholders(zh), placeholders(en));
    let odd: Vec<&&str> = zh.symmetric_difference(&en).collect();
    if odd.is_empty() {
        Vec::new()
    } else {
        vec![format!("{}: only in one language: {odd:?}", text.key)]
    }
}

/// `why` and `note` are in one language.
fn is_one_sided(text: &Text) -> bool {
    matches!(text.key.as_str(), "why" | "note")
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once('}')?.0))
        .collect()
}

/// Each language in its own style.
pub(crate) fn style(text: &Text) -> Vec<String> {
    let is_title = matches!(text.key.as_str(), "title" | "row");
    let mut found = Vec::new();
    for (tag, own) in &text.languages {
        let problems = match tag.as_str() {
            "zh-TW" => chinese(own, is_one_sided(text)),
            _ => english(own, is_title),
        };
        let told = problems.into_iter();
        found.extend(told.map(|problem| format!("{}: {problem}: {own}", text.key)));
    }
    found
}

/// No 請, no full stop at the end of a message, full-width punctuation beside Chinese, digits and
/// letters of half width.
fn chinese(text: &str, is_prose: bool) -> Vec<&'static str> {
    let mut found = Vec::new();
    let text = without_placeholders(text.trim());
    // An application is no request to the reader.
    if text.replace("申請", "").contains('請') {
        found.push("says 請");
    }
    if text.ends_with('。') && !is_prose {
        found.push("ends with 。");
    }
    let is_wide = |letter: char| matches!(letter, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    if text.chars().any(is_wide) {
        found.push("has a digit or letter of full width");
    }
    let letters: Vec<char> = text.chars().collect();
    let beside = |pair: &[char]| {
        (is_chinese(pair[0]) && HALF.contains(&pair[1]))
            || (HALF.contains(&pair[0]) && is_chinese(pair[1]))
    };
    if letters.windows(2).any(beside) {
        found.push("has punctuation of half width beside Chinese");
    }
    found
}

/// No full stop at the end, no full-width punctuation, no capital at the start but in a title.
fn english(text: &str, is_title: bool) -> Vec<&'static str> {
    let mut found = Vec::new();
    let text = text.trim();
    if text.ends_with('.') {
        found.push("ends with a full stop");
    }
    if text.contains(FULL) {
        found.push("has punctuation of full width");
    }
    let capital = text.starts_with(|letter: char| letter.is_ascii_uppercase());
    if capital && !is_title && !text.starts_with("CISO") {
        found.push("starts with a capital");
    }
    found
}

fn without_placeholders(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        // Something stands there, of either width.
        plain.push(' ');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    plain + rest
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}
