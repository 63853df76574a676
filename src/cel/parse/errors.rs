//! The parser's errors in our words.

use std::ops::Range;

use cel_interpreter::parser::{ParseError, ParseErrors};

use super::too_deep;
use crate::cel::{Problem, ProblemKind};

/// The first error that has a place: the parser goes on after it, and what it says then is mostly
/// about its own recovery.
pub(super) fn translate(source: &str, errors: &ParseErrors) -> Problem {
    if errors
        .errors
        .iter()
        .any(|error| error.msg.contains("recursion limit"))
    {
        return too_deep(source);
    }
    let first = errors
        .errors
        .iter()
        .find(|error| error.pos.0 > 0)
        .or(errors.errors.first());
    let Some(error) = first else {
        return syntax(0..source.len(), "語法錯誤", "syntax error");
    };
    let range = place(source, error);
    let (zh, en) = words(&error.msg, source.get(range.clone()).unwrap_or_default());
    syntax(range, zh, en)
}

fn syntax(range: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(range, ProblemKind::Syntax, zh, en)
}

/// The token it is about, or its line and column, which are of bytes and counted from 1.
fn place(source: &str, error: &ParseError) -> Range<usize> {
    let token = error
        .source_info
        .as_ref()
        .and_then(|info| info.offset_for(error.expr_id));
    if let Some((start, end)) = token {
        return on_characters(source, start as usize..end as usize);
    }
    let (Ok(line), Ok(column)) = (usize::try_from(error.pos.0), usize::try_from(error.pos.1))
    else {
        return 0..source.len();
    };
    let before: usize = source
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let start = before + column.saturating_sub(1);
    on_characters(source, start..start + 1)
}

/// The parser counts bytes; a message underlines characters.
fn on_characters(source: &str, range: Range<usize>) -> Range<usize> {
    let start = (0..=range.start.min(source.len()))
        .rev()
        .find(|&at| source.is_char_boundary(at));
    let start = start.unwrap_or(0);
    let end = (range.end.clamp(start, source.len())..=source.len())
        .find(|&at| source.is_char_boundary(at));
    start..end.unwrap_or(source.len())
}

fn words(message: &str, found: &str) -> (String, String) {
    let known = |part: &str| message.contains(part);
    match () {
        () if known("reserved identifier") => (
            format!("{found} 為 CEL 保留字，不能作為名稱"),
            format!("{found} is a reserved word of CEL and cannot be a name"),
        ),
        () if known("<EOF>' expecting") || found.is_empty() => (
            "運算式未寫完".to_owned(),
            "the expression is not finished".to_owned(),
        ),
        () if known("unterminated") => (
            "文字未以引號結束".to_owned(),
            "a text is not closed by its quote".to_owned(),
        ),
        () if known("unescape") || known("code point") => (
            "無法解讀跳脫字元".to_owned(),
            "an escape sequence is not valid".to_owned(),
        ),
        () if known("literal") => (
            "數值寫法有誤".to_owned(),
            "a number is not valid".to_owned(),
        ),
        () if known("unsupported syntax") => (
            "不支援此語法".to_owned(),
            "this syntax is not supported".to_owned(),
        ),
        () if known("invalid argument to has()") => (
            "has() 的引數應為路徑，例如 has(it.name)".to_owned(),
            "has() takes a path, such as has(it.name)".to_owned(),
        ),
        () if known("simple name") => (
            "第一個引數應為變數名稱".to_owned(),
            "the first argument is the name of a variable".to_owned(),
        ),
        () if known("unexpected character") && !found.is_ascii() => (
            format!("名稱與運算子為半形英數字，不能為「{found}」；文字應加引號"),
            format!("names and operators are ASCII, not `{found}`; a text stands in quotes"),
        ),
        () => (format!("此處不應為 {found}"), format!("unexpected {found}")),
    }
}
