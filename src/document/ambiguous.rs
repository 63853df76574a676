//! The words for plain scalars that readers take differently.

use crate::text::Span;

use super::problem::{Problem, shown};
use super::rule;
use super::scalar::{Doubt, Scalar};

/// The warning to quote a value.
pub(super) fn value(doubt: Doubt, scalar: Scalar, text: &str, span: Span) -> Problem {
    let problem = problem(doubt, scalar, text, span);
    let text = shown(text);
    problem.help(
        format!("若是文字，寫成 \"{text}\"{}", number_zh(doubt)),
        format!("if it is text, write \"{text}\"{}", number_en(doubt)),
    )
}

/// The warning to quote a key, which is text in any case.
pub(super) fn key(doubt: Doubt, text: &str, span: Span) -> Problem {
    let problem = problem(doubt, Scalar::Text, text, span);
    let text = shown(text);
    problem.help(format!("寫成 \"{text}\""), format!("write \"{text}\""))
}

fn problem(doubt: Doubt, scalar: Scalar, text: &str, span: Span) -> Problem {
    let (zh, en) = others(doubt);
    let (here_zh, here_en) = here(scalar);
    let quoted = format!("\"{text}\"");
    let text = shown(text);
    Problem::new(
        rule::AMBIGUOUS_SCALAR,
        span,
        format!("「{text}」未加引號：此處讀成{here_zh}，有的程式{zh}"),
        format!("`{text}` is not quoted: read as {here_en} here, {en} by others"),
    )
    .write(span, quoted)
}

/// A number that is not finite.
pub(super) fn non_finite(text: &str, span: Span) -> Problem {
    let quoted = format!("\"{text}\"");
    let text = shown(text);
    Problem::new(
        rule::NON_FINITE_NUMBER,
        span,
        format!("「{text}」不是有限的數值，當作文字"),
        format!("`{text}` is not a finite number; it is taken as text"),
    )
    .help(
        format!("寫出數值；若是文字，寫成 \"{text}\""),
        format!("write a number, or \"{text}\" if it is text"),
    )
    .write(span, quoted)
}

fn here(scalar: Scalar) -> (&'static str, &'static str) {
    match scalar {
        Scalar::Null => ("空值", "null"),
        Scalar::Bool(_) => ("真假值", "a truth value"),
        Scalar::Int(_) | Scalar::Float(_) => ("數字", "a number"),
        Scalar::NonFinite | Scalar::Text => ("文字", "text"),
    }
}

fn others(doubt: Doubt) -> (&'static str, &'static str) {
    match doubt {
        Doubt::OldBool => ("讀成真假值", "as a truth value"),
        Doubt::LetterCase => ("不分大小寫，讀成別的值", "as the word in other letters"),
        Doubt::LeadingZero => ("讀成八進位數或文字", "as an octal number or as text"),
        Doubt::Underscore => ("略去底線，讀成數字", "as a number without the underscores"),
        Doubt::OldNumber => ("讀成數字", "as a number"),
        Doubt::NewOctal | Doubt::Exponent => ("讀成文字", "as text"),
        Doubt::Sexagesimal => ("讀成六十進位數", "as a number to the base of sixty"),
        Doubt::Overflow => ("讀成別的數字或拒絕", "as another number, or refused,"),
        Doubt::ValueKey => ("拒絕", "but refused"),
    }
}

/// What to write if a number is meant.
fn number_zh(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::LeadingZero => "；若是數字，去掉開頭的 0",
        Doubt::Underscore => "；若是數字，去掉底線",
        Doubt::OldBool => "；若是真假值，寫成 true 或 false",
        Doubt::OldNumber | Doubt::NewOctal | Doubt::Exponent => "；若是數字，寫成十進位",
        Doubt::LetterCase | Doubt::Sexagesimal | Doubt::Overflow | Doubt::ValueKey => "",
    }
}

fn number_en(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::LeadingZero => "; if it is a number, drop the leading zeros",
        Doubt::Underscore => "; if it is a number, drop the underscores",
        Doubt::OldBool => "; if it is a truth value, write true or false",
        Doubt::OldNumber | Doubt::NewOctal | Doubt::Exponent => {
            "; if it is a number, write it in decimals"
        }
        Doubt::LetterCase | Doubt::Sexagesimal | Doubt::Overflow | Doubt::ValueKey => "",
    }
}
