//! Errors in and about `[…]` and `{…}`.

use granit_parser::ErrorKind;

use crate::document::problem::Problem;
use crate::document::tree::is_entry;

use super::{Context, character, line, not_yaml};

/// Explains an error that has to do with brackets.
pub(super) fn explain(kind: &ErrorKind, at: usize, context: Context<'_>) -> Option<Problem> {
    use ErrorKind as Kind;
    Some(match kind {
        Kind::UnclosedFlowCollection { open } => unclosed(*open, at, context),
        Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => {
            let bracket = context.bracket?;
            let open = context.source[bracket.range()].chars().next()?;
            unclosed(open, bracket.start as usize, context)
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => mismatched(*open, *close, at, context),
        Kind::MisplacedFlowCollectionEnd => misplaced(at, context),
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => {
            no_separator(at, context)
        }
        Kind::BlockEntryInFlowCollection => dash(at, context),
        Kind::FlowMappingValueAdjacentCollection | Kind::InvalidColonPlacement => {
            colon(at, context)
        }
        // Without a bracket they are about the indentation of blocks.
        Kind::InvalidIndentation
        | Kind::InvalidFlowScalarIndent
        | Kind::InvalidSimpleKey
        | Kind::SimpleKeyExpected => in_bracket(at, context)?,
        _ => return None,
    })
}

fn closing(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

fn with_bracket(problem: Problem, context: Context<'_>) -> Problem {
    match context.bracket {
        Some(bracket) => problem.related(bracket, "括號由此開始", "the bracket opens here"),
        None => problem,
    }
}

fn unclosed(open: char, at: usize, context: Context<'_>) -> Problem {
    let close = closing(open);
    not_yaml(
        character(context.source, at),
        format!("「{open}」沒有對應的「{close}」"),
        format!("`{open}` is not closed"),
    )
    .help(
        format!("補上「{close}」；若「{open}」是文字，整段加引號"),
        format!("add `{close}`; if the `{open}` is text, quote the whole value"),
    )
}

/// The parser names the opening bracket as the place.
fn mismatched(open: char, close: char, at: usize, context: Context<'_>) -> Problem {
    let wanted = closing(open);
    not_yaml(
        character(context.source, at),
        format!("「{open}」以「{close}」結尾，應為「{wanted}」"),
        format!("`{open}` is closed by `{close}` instead of `{wanted}`"),
    )
    .help(
        format!("結尾改為「{wanted}」"),
        format!("close it with `{wanted}`"),
    )
}

fn misplaced(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        "括號結尾沒有對應的開頭",
        "a closing bracket without an opening one",
    )
    .help(
        "刪除括號；若是文字，整段加引號",
        "delete it; if it is text, quote the whole value",
    )
}

fn no_separator(at: usize, context: Context<'_>) -> Problem {
    let problem = not_yaml(
        character(context.source, at),
        "括號內的項目之間缺少逗號，或括號沒有結束",
        "a comma is missing between these items, or the bracket is not closed",
    );
    with_bracket(problem, context).help(
        "項目之間寫半形逗號「,」；全形「，」「、」是文字",
        "put an ASCII comma between the items; `，` and `、` are text",
    )
}

fn dash(at: usize, context: Context<'_>) -> Problem {
    let problem = not_yaml(
        character(context.source, at),
        "括號內不能用「- 」列項目，或括號沒有結束",
        "`- ` does not make items inside of brackets, or the bracket is not closed",
    );
    with_bracket(problem, context).help(
        "以逗號分隔項目，或不用括號",
        "separate the items by commas, or use no brackets",
    )
}

fn colon(at: usize, context: Context<'_>) -> Problem {
    let problem = not_yaml(
        character(context.source, at),
        "括號內的冒號位置不對",
        "the colon stands in the wrong place inside of the brackets",
    );
    with_bracket(problem, context).help("寫成「欄位: 值」", "write `key: value`")
}

/// A line that stands too far left for the bracket that is open: the next entry, because the
/// bracket was never closed, or a line of the bracket.
fn in_bracket(at: usize, context: Context<'_>) -> Option<Problem> {
    let bracket = context.bracket?;
    let line = line(context.source, at);
    if is_entry(&context.source[line.range()]) {
        let open = context.source[bracket.range()].chars().next()?;
        let problem = unclosed(open, bracket.start as usize, context);
        return Some(problem.related(line, "讀到此行仍未結束", "still open on this line"));
    }
    let problem = not_yaml(
        character(context.source, at),
        "括號內的這一行縮排不足",
        "this line inside of the bracket is not indented enough",
    );
    Some(with_bracket(problem, context).help(
        "跨行的括號，各行與結尾的括號都要比欄位多縮排",
        "over several lines, indent each of them and the closing bracket more than the key",
    ))
}
