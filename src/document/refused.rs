//! The words for what YAML allows and the profile refuses.

use std::ops::Range;

use crate::text::Span;

use super::characters::code_point;
use super::problem::{Problem, Problems, shown};
use super::rule::{self, Rule};

/// `&name`
pub(super) fn anchor(text: &str, span: Span) -> Problem {
    let name = shown(&text[span.range()]);
    Problem::new(
        rule::ANCHOR,
        span,
        format!("使用錨點「{name}」"),
        format!("the anchor `{name}` is used"),
    )
    .help(
        "刪除錨點；若「&」是文字，整段加引號",
        "delete the anchor; if the `&` is text, quote the whole value",
    )
}

/// `*name`
pub(super) fn alias(text: &str, span: Span) -> Problem {
    let name = shown(&text[span.range()]);
    Problem::new(
        rule::ALIAS,
        span,
        format!("使用別名「{name}」，其值不予展開"),
        format!("the alias `{name}` is used; it is not expanded"),
    )
    .help(
        "把內容寫出；若「*」是文字，整段加引號",
        "write the value out; if the `*` is text, quote the whole value",
    )
}

/// `!tag`
pub(super) fn tag(text: &str, span: Span) -> Problem {
    let name = shown(&text[span.range()]);
    Problem::new(
        rule::TAG,
        span,
        format!("使用型別標記「{name}」，不予採用"),
        format!("the tag `{name}` is used; it is not applied"),
    )
    .help(
        "刪除標記；若「!」是文字，整段加引號",
        "delete the tag; if the `!` is text, quote the whole value",
    )
}

/// The `%` lines of a stretch before `---`.
pub(super) fn directives(text: &str, stretch: Range<usize>, problems: &mut Problems) {
    let mut at = stretch.start;
    for line in text[stretch].split_inclusive('\n') {
        if line.starts_with('%') {
            let span = Span::new(at, at + line.trim_end().len());
            problems.add(rule::DIRECTIVE, || directive(span));
        }
        at += line.len();
    }
}

/// A line such as `%YAML 1.1`.
pub(super) fn directive(span: Span) -> Problem {
    Problem::new(
        rule::DIRECTIVE,
        span,
        "使用 YAML 指令，不予採用",
        "a YAML directive is used; it is not applied",
    )
    .help(
        "刪除以「%」開頭的這一行",
        "delete the line that begins with `%`",
    )
}

/// `---` or the first line after `...`
pub(super) fn second_document(span: Span) -> Problem {
    Problem::new(
        rule::SEVERAL_DOCUMENTS,
        span,
        "由此開始第二份文件，以下內容未讀取",
        "a second document begins here; what follows was not read",
    )
    .help(
        "一個檔案只寫一份；刪除「---」或另存一檔",
        "one document a file: delete `---` or use another file",
    )
}

/// A container below the limit.
pub(super) fn too_deep(span: Span, limit: usize) -> Problem {
    Problem::new(
        rule::TOO_DEEP,
        span,
        format!("此處超過 {limit} 層，更深的內容未讀取"),
        format!("this lies deeper than {limit} levels and was not read"),
    )
    .help("減少巢狀層數", "nest less")
}

/// The first node over the limit.
pub(super) fn too_many_nodes(span: Span, limit: usize) -> Problem {
    Problem::new(
        rule::TOO_MANY_NODES,
        span,
        format!("內容超過 {limit} 項，由此起未讀取"),
        format!("more than {limit} nodes; nothing was read from here on"),
    )
    .help("將過長的清單移到附件檔", "move long lists to an annex")
}

/// A forbidden character by an escape.
pub(super) fn escape(rule: Rule, character: char, span: Span) -> Problem {
    let code = code_point(character);
    Problem::new(
        rule,
        span,
        format!("引號內以跳脫字元寫入{} {code}", rule.zh_tw),
        format!("{} {code}, written by an escape in these quotes", rule.en),
    )
    .help("刪除該跳脫字元", "delete the escape")
}
