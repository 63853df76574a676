//! Errors in texts: quotes, escapes, block scalars, characters that cannot begin a value.

use granit_parser::ErrorKind;

use crate::document::problem::Problem;
use crate::document::tree::opening_quote;
use crate::text::Span;

use super::{Context, character, line, not_yaml, rest, word};

/// Explains an error that has to do with how a text is written.
pub(super) fn explain(kind: &ErrorKind, at: usize, context: Context<'_>) -> Option<Problem> {
    use ErrorKind as Kind;
    Some(match kind {
        Kind::UnclosedQuotedScalar
        | Kind::InvalidQuotedScalarIndent
        | Kind::DocumentIndicatorInQuotedScalar => unclosed(at, context),
        Kind::InvalidTrailingSingleQuotedScalar => after_quotes(at, context, "'", "''"),
        Kind::InvalidTrailingDoubleQuotedScalar => after_quotes(at, context, "\"", "\\\""),
        Kind::UnknownQuotedScalarEscape | Kind::InvalidQuotedScalarHexEscape => escape(at, context),
        Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => surrogate(at, context),
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => header(at, context),
        Kind::InvalidBlockScalarIndent => block_indentation(at, context),
        Kind::UnexpectedCharacter { character } => reserved(*character, at, context),
        Kind::PlainScalarStartsWithDashFlowIndicator | Kind::UnexpectedEndOfPlainScalar => {
            quote_it(word(context.source, at))
        }
        Kind::CommentInterceptedScalar => comment(at, context),
        Kind::CommentNotSeparated => comment_without_space(at, context),
        _ => return None,
    })
}

fn unclosed(at: usize, context: Context<'_>) -> Problem {
    let quote = opening_quote(context.source, context.after, at).unwrap_or(at);
    let problem = not_yaml(
        character(context.source, quote),
        "引號沒有結束，或引號內的下一行縮排不足",
        "the quote is not closed, or the next line inside of it is not indented enough",
    );
    let noticed = character(context.source, at);
    let problem = if quote == at {
        problem
    } else {
        problem.related(noticed, "讀到此處仍未結束", "still open here")
    };
    problem.help(
        "補上引號；長文字改用「|」換行書寫",
        "close the quote; write long texts over lines after `|`",
    )
}

fn after_quotes(at: usize, context: Context<'_>, quote: &str, doubled: &str) -> Problem {
    not_yaml(
        rest(context.source, at),
        "引號結束後還有文字",
        "there is text behind the closing quote",
    )
    .help(
        format!("把文字全部放進引號；引號內的 {quote} 寫成 {doubled}"),
        format!("put all of the text into the quotes; inside of them, write {doubled} for {quote}"),
    )
}

fn escape(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        bad_escape(at, context),
        "雙引號內的反斜線後面不是 YAML 的跳脫字元",
        "the backslash in these quotes begins no escape of YAML",
    )
    .help(
        "反斜線寫成 \\\\，或改用單引號",
        "write \\\\ for a backslash, or use single quotes",
    )
}

fn surrogate(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        bad_escape(at, context),
        "此跳脫字元不是一個完整的字",
        "this escape is not a whole character",
    )
    .help("直接寫出該字", "write the character itself")
}

/// The first escape that YAML does not have, in the double quotes that begin at byte `at`.
fn bad_escape(at: usize, context: Context<'_>) -> Span {
    let text = &context.source[at..];
    let mut from = 0;
    while let Some(offset) = text[from..].find('\\') {
        let escape = &text[from + offset..];
        let Some(length) = escape_length(escape) else {
            let end = escape.chars().take(2).map(char::len_utf8).sum::<usize>();
            return Span::new(at + from + offset, at + from + offset + end);
        };
        from += offset + length;
    }
    character(context.source, at)
}

/// The bytes of the escape that a text begins with; none if it is none (YAML 1.2.2 §5.7).
fn escape_length(text: &str) -> Option<usize> {
    const LETTERS: &str = "0abtnvfre \"/\\N_LP\t\n\r";
    let letter = text.chars().nth(1)?;
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return LETTERS.contains(letter).then(|| 1 + letter.len_utf8()),
    };
    let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    match code {
        // Half a character, as JSON writes those beyond U+FFFF; the other half must follow.
        0xd800..=0xdbff => {
            let low = text[2 + digits..].strip_prefix("\\u")?.get(..4)?;
            let is_low = (0xdc00..=0xdfff).contains(&u32::from_str_radix(low, 16).ok()?);
            is_low.then_some(2 * (2 + digits))
        }
        _ => char::from_u32(code).map(|_| 2 + digits),
    }
}

fn header(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        rest(context.source, at),
        "以「|」或「>」開頭的值要換行書寫",
        "a value that begins with `|` or `>` is written on the lines below it",
    )
    .help(
        "若「>」「|」是文字，整段加引號",
        "if the `>` or `|` is text, quote the whole value",
    )
}

fn block_indentation(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        line(context.source, at),
        "「|」或「>」以下的文字，前幾行縮排不一致",
        "the first lines of this text under `|` or `>` are not indented alike",
    )
    .help("各行對齊第一行", "align the lines with the first one")
}

fn reserved(letter: char, at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        format!("未加引號的值不能以「{}」開頭", letter.escape_default()),
        format!(
            "a value without quotes cannot begin with `{}`",
            letter.escape_default()
        ),
    )
    .help("整段加引號", "quote the whole value")
}

fn quote_it(span: Span) -> Problem {
    not_yaml(
        span,
        "此值須加引號才讀得出來",
        "this value can only be read in quotes",
    )
    .help("整段加引號", "quote the whole value")
}

fn comment(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        rest(context.source, at),
        "「#」以後成為註解，下一行的文字接不上",
        "`#` begins a comment here, and the text on the next line has nothing to continue",
    )
    .help(
        "若「#」是文字，整段加引號；若是註解，移到文字之前",
        "if the `#` is text, quote the value; if it is a comment, put it before the text",
    )
}

fn comment_without_space(at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        "「#」之前沒有空格，不能成為註解",
        "there is no space before the `#`, so it begins no comment",
    )
    .help(
        "「#」前加半形空格；若是文字，整段加引號",
        "put a space before it; if it is text, quote the value",
    )
}
