//! What does not decode, and where.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::document::node::Node;
use crate::text::{Localized, Span};

use super::expected;

/// A value that is not what the program expects there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// The value; for an unknown key the key; for a missing key the key of the map that lacks it.
    pub span: Span,
    /// What is expected and what is there.
    pub message: Localized,
}

/// Separates the languages of a message on its way through serde, which knows of one.
const BETWEEN_LANGUAGES: char = '\u{1f}';

/// An error of a `Deserialize` implementation, in both languages.
pub fn refuse<E: Error>(zh_tw: impl fmt::Display, en: impl fmt::Display) -> E {
    E::custom(format_args!("{zh_tw}{BETWEEN_LANGUAGES}{en}"))
}

/// An error on its way out, which may not have a place yet. Boxed, for it is rare and results are
/// passed by value through every level.
#[derive(Debug)]
pub(super) struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    message: Localized,
    span: Option<Span>,
    /// Whether it is about a key that is not there.
    missing: bool,
}

impl Fault {
    pub(super) fn new(zh_tw: impl Into<String>, en: impl Into<String>) -> Self {
        let message = Localized::new(zh_tw, en);
        Self(Box::new(Inner {
            message,
            span: None,
            missing: false,
        }))
    }

    /// Gives it a place unless it has one.
    pub(super) fn or_at(mut self, span: Span) -> Self {
        self.0.span.get_or_insert(span);
        self
    }

    /// Gives it the place of a node unless it has one.
    pub(super) fn within(self, node: Node<'_>) -> Self {
        let span = if self.0.missing {
            head(node)
        } else {
            node.span()
        };
        self.or_at(span)
    }

    /// The error as it leaves the module.
    pub(super) fn at(self, node: Node<'_>) -> DecodeError {
        let Inner { message, span, .. } = *self.within(node).0;
        DecodeError {
            span: span.unwrap_or_default(),
            message,
        }
    }
}

/// Where something that a map lacks is shown: at the key above the map, else at its first key.
fn head(map: Node<'_>) -> Span {
    let above = map.own_entry().map(|entry| entry.key_span);
    let first = map.entries().next().map(|entry| entry.key_span);
    above.or(first).unwrap_or(map.span())
}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        match message.split_once(BETWEEN_LANGUAGES) {
            Some((zh_tw, en)) => Self::new(zh_tw, en),
            None => Self::new(message.clone(), message),
        }
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let (wanted_zh, wanted_en) = expected::wanted(&wanted.to_string());
        let (found_zh, found_en) = expected::found(found);
        let scalar = matches!(
            found,
            Unexpected::Bool(_) | Unexpected::Signed(_) | Unexpected::Float(_)
        );
        let quote = scalar && wanted_en == "text";
        Self::new(
            format!(
                "應為{wanted_zh}，此處是{found_zh}{}",
                if quote {
                    "；若是文字，加引號"
                } else {
                    ""
                }
            ),
            format!(
                "expected {wanted_en}, found {found_en}{}",
                if quote {
                    "; quote it if it is text"
                } else {
                    ""
                }
            ),
        )
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let (wanted_zh, wanted_en) = expected::wanted(&wanted.to_string());
        let value = expected::value(found);
        Self::new(
            format!("值{value}不合，應為{wanted_zh}"),
            format!(
                "the value {} does not fit, expected {wanted_en}",
                value.trim_matches(['「', '」'])
            ),
        )
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Self {
        let (wanted_zh, wanted_en) = expected::wanted(&wanted.to_string());
        Self::new(
            format!("有 {length} 項，應為{wanted_zh}"),
            format!("{length} items, expected {wanted_en}"),
        )
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        let (zh, en) = expected::list(known);
        Self::new(
            format!("「{variant}」不是可用的值；可用：{zh}"),
            format!("`{variant}` is not one of {en}"),
        )
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let (zh, en) = expected::list(known);
        Self::new(
            format!("沒有「{field}」這個欄位；可用：{zh}"),
            format!("unknown key `{field}`; known are {en}"),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        let mut fault = Self::new(
            format!("缺少欄位「{field}」"),
            format!("the key `{field}` is missing"),
        );
        fault.0.missing = true;
        fault
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message.en)
    }
}

impl std::error::Error for Fault {}
