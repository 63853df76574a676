//! Text of a plan in Markdown, where it can neither format, link, mention nor end its place.

use std::ops::Range;

use crate::report::visible::{push_all, visible};

/// Keeps a mention, a reference or an address from being recognised: GitHub does that after it has
/// taken away backslashes and entities, so neither of them helps.
const BREAK: char = '\u{200b}';

/// `text` as words on one line of GitHub Flavored Markdown: a paragraph, a list item, a heading or
/// a cell of a table.
pub fn escape(text: &str) -> String {
    let text = visible(text.trim());
    escaped(&text, 0..text.len())
}

/// The parts of one text, each escaped as the whole text is: between two parts stands markup of
/// ours, and what they say together must not be recognised either.
pub(in crate::report) fn escape_parts(parts: &[&str]) -> Vec<String> {
    let mut text = String::new();
    let ranges: Vec<Range<usize>> = parts
        .iter()
        .map(|part| {
            let from = text.len();
            push_all(&mut text, part);
            from..text.len()
        })
        .collect();
    let ranges = ranges.into_iter();
    ranges.map(|range| escaped(&text, range)).collect()
}

/// A stretch of a text that is visible already.
fn escaped(text: &str, range: Range<usize>) -> String {
    let mut escaped = String::with_capacity(range.len());
    for (at, character) in text[range.clone()].char_indices() {
        let at = range.start + at;
        let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                escaped.extend(['\\', character]);
            }
            '@' => escaped.extend(['@', BREAK]),
            '#' => escaped.extend(['\\', '#', BREAK]),
            ':' if after.starts_with("//") => escaped.extend([':', BREAK]),
            '.' if ends_with_ignoring_case(before, "www") => escaped.extend([BREAK, '.']),
            '-' if ends_with_ignoring_case(before, "gh") => escaped.extend(['-', BREAK]),
            '!' if after.starts_with('[') => escaped.push_str("\\!"),
            _ if begins_a_block(before, character, after) => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

fn ends_with_ignoring_case(text: &str, suffix: &str) -> bool {
    text.len()
        .checked_sub(suffix.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(suffix))
}

/// A marker of a list, of a rule or of a heading's underline, at the beginning of a text.
fn begins_a_block(before: &str, character: char, after: &str) -> bool {
    let numbered = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
    match character {
        '-' | '+' | '=' => before.is_empty(),
        '.' | ')' => numbered && (after.is_empty() || after.starts_with(' ')),
        _ => false,
    }
}

/// Whether an address can stand in a link of ours: local packs may cite anything, and only an
/// `https` one without a character that ends or opens something is taken.
pub(in crate::report) fn is_plain_address(address: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte);
    address.starts_with("https://") && address.bytes().all(plain)
}

/// `text` as code within a line, whatever backticks it holds.
pub fn code(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` as a fenced block of `language`, each line after `indent`.
pub fn block(text: &str, language: &str, indent: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let mut block = format!("{indent}{fence}{language}\n");
    for line in text.lines() {
        block.push_str(format!("{indent}{}", visible(line)).trim_end());
        block.push('\n');
    }
    block + indent + &fence + "\n"
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (hostile, expected) in [
            ("甲局應置 2 人（C 級）", "甲局應置 2 人（C 級）"),
            ("a|b", "a\\|b"),
            (
                "*粗* _斜_ ~~刪~~ `碼` $x$",
                "\\*粗\\* \\_斜\\_ \\~\\~刪\\~\\~ \\`碼\\` \\$x\\$",
            ),
            (
                "<script>&amp;<!-- x -->",
                "&lt;script&gt;&amp;amp;&lt;!-- x --&gt;",
            ),
            ("]]>", "\\]\\]&gt;"),
            ("@octocat 與 a@b.tw", "@\u{200b}octocat 與 a@\u{200b}b.tw"),
            (
                "#12 o/r#3 GH-4",
                "\\#\u{200b}12 o/r\\#\u{200b}3 GH-\u{200b}4",
            ),
            (
                "[點此](https://x.test) ![圖](y)",
                "\\[點此\\](https:\u{200b}//x.test) \\!\\[圖\\](y)",
            ),
            ("WWW.x.test", "WWW\u{200b}.x.test"),
            ("- 一", "\\- 一"),
            ("1. 一 2. 二", "1\\. 一 2. 二"),
            ("1.4", "1.4"),
            ("===", "\\==="),
            ("第一\n# 第二\r\n", "第一\\\\n\\#\u{200b} 第二"),
            ("\u{1b}[31m\u{202e}", "\\\\u{1b}\\[31m\\\\u{202e}"),
            ("    縮排", "縮排"),
        ] {
            assert_eq!(escape(hostile), expected, "{hostile:?}");
        }
    }

    #[test]
    fn code_holds_backticks() {
        for (hostile, expected) in [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            ("a\nb", "`a\\nb`"),
            ("", "`  `"),
        ] {
            assert_eq!(code(hostile), expected);
        }
        assert_eq!(
            block("a: 1\n```\n\u{1b}", "yaml", "  "),
            "  ````yaml\n  a: 1\n  ```\n  \\u{1b}\n  ````\n"
        );
    }
}
