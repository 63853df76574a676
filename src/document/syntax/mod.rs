//! The parser's errors in the words of someone who writes a plan: what is wrong, where it began,
//! what to write instead.
//!
//! In: an error kind and the byte the parser stopped at, which is often where the fault was
//! noticed and not where it is. Out: a problem at the fault.

mod block;
mod flow;
mod scalar;

use granit_parser::ErrorKind;

use crate::document::problem::Problem;
use crate::document::{refused, rule, tabs};
use crate::text::Span;

/// What the reading knew when the parser stopped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'s> {
    /// The text.
    pub(super) source: &'s str,
    /// Where the last thing that was understood ended.
    pub(super) after: usize,
    /// A plain scalar that was the last thing.
    pub(super) last_plain: Option<Span>,
    /// The innermost bracket that is open.
    pub(super) bracket: Option<Span>,
    /// Levels that may be open.
    pub(super) depth: usize,
}

/// Explains an error at byte `at`.
pub(super) fn explain(kind: &ErrorKind, at: usize, context: Context<'_>) -> Problem {
    let at = floor(context.source, at);
    quick(kind, at, context)
        .or_else(|| flow::explain(kind, at, context))
        .or_else(|| scalar::explain(kind, at, context))
        .or_else(|| block::explain(kind, at, context))
        .unwrap_or_else(|| in_general(kind, at, context))
}

/// Errors that a rule of the profile has words for.
fn quick(kind: &ErrorKind, at: usize, context: Context<'_>) -> Option<Problem> {
    use ErrorKind as Kind;
    match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => tab(at, context),
        Kind::RecursionLimitExceeded => Some(refused::too_deep(
            character(context.source, at),
            context.depth,
        )),
        Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => Some(refused::tag(context.source, word(context.source, at))),
        Kind::MissingAnchorOrAliasName => {
            Some(refused::alias(context.source, word(context.source, at)))
        }
        Kind::ExpectedDocumentStart
        | Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::DuplicateTagDirective
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::ExpectedTagDirectiveBang
        | Kind::InvalidDirectiveTerminator
        | Kind::MissingYamlVersionSeparator
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::DirectiveByteLimitExceeded { .. }
        | Kind::TooManyReservedDirectiveParams { .. }
        | Kind::YamlVersionTooLong
        | Kind::MissingYamlVersion
        | Kind::InvalidTagDirectiveTerminator => directive(at, context),
        _ => None,
    }
}

/// The tab that the parser means: the one it has just passed, else the next.
fn tab(at: usize, context: Context<'_>) -> Option<Problem> {
    let (before, from) = context.source.split_at(at);
    let passed = before
        .rfind('\t')
        .filter(|&tab| before[tab..].trim().is_empty());
    let tab = passed.or_else(|| from.find('\t').map(|offset| at + offset))?;
    Some(tabs::problem(tab, true))
}

/// The first `%` line up to the error; where there is none, the error is another one.
fn directive(at: usize, context: Context<'_>) -> Option<Problem> {
    let end = line(context.source, at).end as usize;
    let start = context.after.min(end);
    let lines = context.source[start..end]
        .split_inclusive('\n')
        .scan(start, |next, line| {
            let begins = *next;
            *next += line.len();
            Some((begins, line))
        });
    let mut lines = lines.filter(|(_, line)| line.starts_with('%'));
    let (begins, line) = lines.next()?;
    Some(refused::directive(Span::new(
        begins,
        begins + line.trim_end().len(),
    )))
}

fn in_general(kind: &ErrorKind, at: usize, context: Context<'_>) -> Problem {
    not_yaml(
        character(context.source, at),
        "由此處起不符 YAML 語法，無法讀取",
        format!("not valid YAML from here on: {kind}"),
    )
    .help(
        "檢查此處與上一行的縮排、冒號、引號與括號",
        "check the indentation, colons, quotes and brackets here and on the line above",
    )
}

fn not_yaml(span: Span, zh_tw: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(rule::NOT_YAML, span, zh_tw, en)
}

/// The character at a byte; nothing at the end of a line.
pub(super) fn character(source: &str, at: usize) -> Span {
    let next = source[at..]
        .chars()
        .next()
        .filter(|next| !matches!(next, '\n' | '\r'));
    Span::new(at, at + next.map_or(0, char::len_utf8))
}

/// From a byte to the next blank.
fn word(source: &str, at: usize) -> Span {
    let rest = &source[at..];
    Span::new(
        at,
        at + rest.find(char::is_whitespace).unwrap_or(rest.len()),
    )
}

/// From a byte to the last letter of its line.
fn rest(source: &str, at: usize) -> Span {
    Span::new(at, (line(source, at).end as usize).max(at))
}

/// What a line has to say: from its first letter to its last.
fn line(source: &str, at: usize) -> Span {
    let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = source[at..]
        .find('\n')
        .map_or(source.len(), |newline| at + newline);
    let text = &source[start..end];
    let indentation = text.len() - text.trim_start_matches([' ', '\t']).len();
    let start = start + indentation;
    Span::new(start, start + source[start..end].trim_end().len())
}

/// The parser counts in bytes of this very text; this holds even if it should not.
fn floor(source: &str, at: usize) -> usize {
    source.floor_char_boundary(at)
}
