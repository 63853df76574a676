//! Words that a field knows → what they are called, and values as a reader of a language writes them.
//!
//! The titles stay in the tree of the schema until one is asked for: a start needs none of them.

use super::{Scalar, Schema, Shape, ShapeId};
use crate::document::{Node, NodeId};
use crate::text::{DateRange, Duration, Language};

/// The words of a closed list, in the order of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    words: Vec<Box<str>>,
    /// Where `x-plangate.values` gives each its titles.
    titles: NodeId,
}

impl Words {
    pub(super) fn read(values: Node<'_>) -> Self {
        Self {
            words: values.entries().map(|entry| entry.key.into()).collect(),
            titles: values.id(),
        }
    }

    /// As they are written in a plan.
    pub fn all(&self) -> &[Box<str>] {
        &self.words
    }
}

impl Schema {
    /// What a word is called that stands where this type belongs: 「合計」 for `total`. `None` where
    /// the type knows no words, or not this one.
    pub fn word_title(&self, shape: ShapeId, word: &str, language: Language) -> Option<&str> {
        let words = match self.shape(shape) {
            Shape::Scalar(Scalar::Words(words)) => words,
            Shape::TextOr { text, .. } => return self.word_title(*text, word, language),
            _ => return None,
        };
        let titles = self.0.tree.node(words.titles).get(word)?;
        titles.get(language.tag())?.as_str()
    }

    /// One value as a reader writes it: words by their titles, dates in the reader's calendar, spans of
    /// time with their unit. What is not of its type stays as it is written.
    pub fn show(&self, shape: ShapeId, value: Node<'_>, language: Language) -> String {
        let written = value.written();
        let told = match self.shape(shape) {
            Shape::Scalar(Scalar::Date) => {
                DateRange::parse(written).map(|date| date.show(language))
            }
            Shape::Scalar(Scalar::Duration) => {
                let span = Duration::parse(written).filter(|span| *span != Duration::Unstated);
                span.map(|span| span.show(language))
            }
            Shape::Scalar(Scalar::Boolean) => {
                let word = value.as_bool().map(|value| yes_or_no(value, language));
                word.map(str::to_owned)
            }
            _ => self.word_title(shape, written, language).map(str::to_owned),
        };
        told.unwrap_or_else(|| written.to_owned())
    }
}

/// A truth value in the words of a language.
pub fn yes_or_no(value: bool, language: Language) -> &'static str {
    match (value, language) {
        (true, Language::ZhTw) => "是",
        (false, Language::ZhTw) => "否",
        (true, Language::En) => "yes",
        (false, Language::En) => "no",
    }
}
