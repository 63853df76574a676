//! Errors in the lines of a file: indentation, colons, dashes.

use granit_parser::ErrorKind;

use crate::document::lookalike;
use crate::document::problem::Problem;

use super::{Context, character, line, not_yaml, rest};

/// Explains an error that has to do with how lines stand to each other.
pub(super) fn explain(kind: &ErrorKind, at: usize, context: Context<'_>) -> Option<Problem> {
    use ErrorKind as Kind;
    let problem = match kind {
        Kind::MappingValueNotAllowed | Kind::MappingKeyNotAllowed => second_colon(at, context),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => no_colon(at, context),
        Kind::ExpectedBlockMappingKey
        | Kind::UnexpectedEofBlockMapping
        | Kind::InvalidIndentation
        | Kind::ExpectedNodeContent => not_aligned(at, context),
        Kind::ExpectedBlockSequenceEntry | Kind::UnexpectedEofBlockSequence => no_dash(at, context),
        Kind::BlockSequenceEntryNotAllowed => dash_in_line(at, context),
        Kind::InvalidBlockEntryWhitespace | Kind::InvalidMappingValueWhitespace => {
            no_space(at, context)
        }
        Kind::ExpectedDocumentStart | Kind::InvalidDocumentEnd => after_the_end(at, context),
        _ => return None,
    };
    // A wide colon some lines above explains more than the place where it was noticed.
    let from = context
        .last_plain
        .map_or(context.after, |plain| plain.start as usize);
    Some(lookalike::cause(context.source, from.min(at), at).unwrap_or(problem))
}

fn second_colon(at: usize, context: Context<'_>) -> Problem {
    let text = context
        .last_plain
        .map_or("", |plain| &context.source[plain.range()]);
    if text.contains('\n') {
        return not_yaml(
            line(context.source, at),
            "此行比上一行多縮排，成了上一行文字的延續",
            "this line is indented more than the one above and continues its text",
        )
        .help(
            "與同層的欄位對齊；上一行若有下層，其冒號後不寫值",
            "align it with the keys of its level; a key with keys below it has no text behind its colon",
        );
    }
    not_yaml(
        character(context.source, at),
        "值裡有「: 」，會讀成另一個欄位",
        "the value has a `: ` in it, which reads as another key",
    )
    .help("整段值加引號，或改用全形「：」", "quote the whole value")
}

fn no_colon(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        line(context.source, at),
        "此行不是「欄位: 值」，也不是上一行文字的延續",
        "this line is neither `key: value` nor does it continue the text above",
    )
    .help(
        "補上冒號與空格；若是上一行的文字，多縮排一層",
        "add a colon and a space; if it belongs to the text above, indent it by one level more",
    )
}

fn not_aligned(at: usize, context: Context<'_>) -> Problem {
    let place = line(context.source, at);
    if context.source[place.range()].starts_with("- ") {
        return not_yaml(
            place,
            "清單的「- 」與欄位混在同一層",
            "a `- ` stands among the keys of a map",
        )
        .help(
            "清單寫在所屬欄位之下，並與該欄位對齊或多縮排",
            "put the list under its key, aligned with that key or indented more",
        );
    }
    if at > place.start as usize && at < place.end as usize {
        return not_yaml(
            rest(context.source, at),
            "值已經結束，此處多出內容",
            "the value has ended before this",
        )
        .help(
            "整段值加引號，或刪除多出的內容",
            "quote the whole value, or delete what is too much",
        );
    }
    not_yaml(
        place,
        "此行的縮排與上面任何一層都不對齊",
        "this line aligns with no level above it",
    )
    .help(
        "與同層的欄位對齊，每層兩個半形空格",
        "align it with its level, two spaces a level",
    )
}

fn no_dash(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        line(context.source, at),
        "清單之中有一行不以「- 」開頭，或縮排不對齊",
        "a line among list items does not begin with `- `, or is not aligned",
    )
    .help(
        "同一項的欄位對齊該項第一個欄位；新的一項以「- 」開頭",
        "align the keys of an item with its first key; begin a new item with `- `",
    )
}

fn dash_in_line(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        "「- 」不能接在欄位的同一行",
        "`- ` cannot stand on the line of its key",
    )
    .help(
        "清單由下一行開始；若是文字，整段加引號",
        "begin the list on the next line; if it is text, quote it",
    )
}

fn no_space(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        "「-」或「:」之後缺少半形空格",
        "a space is missing behind the `-` or `:`",
    )
    .help("補上一個半形空格", "add one space")
}

fn after_the_end(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        rest(context.source, at),
        "文件到此之前已經結束，此處多出內容",
        "the document has ended before this",
    )
    .help(
        "檢查上面是否多一個結尾的括號，或少縮排",
        "check whether a closing bracket above is one too many, or an indentation is missing",
    )
}
