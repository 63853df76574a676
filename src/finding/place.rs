//! A place in a file, as bytes and as a path.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::text::{Localized, Position, SourceFile, Span};

/// A place: the bytes to underline, and the path that keeps its meaning when lines move.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub span: Span,
    /// The identity path, list items by their key: `businesses[戶政].core`; empty for the whole file.
    pub path: Arc<str>,
    /// The path in the words of the plan: 「核心業務 › 戶政 › 最大可容忍中斷時間」.
    pub title: Option<Arc<Localized>>,
    /// Whether no output may quote the text at the place.
    pub private: bool,
}

impl Place {
    /// Whether another is the same bytes of the same file, and means the same there.
    pub fn is_same(&self, other: &Self) -> bool {
        self.span == other.span && self.path == other.path && self.file.name() == other.file.name()
    }

    /// A place without a title of its own.
    pub fn new(file: &Arc<SourceFile>, span: Span, path: impl Into<Arc<str>>) -> Self {
        Self {
            file: Arc::clone(file),
            span,
            path: path.into(),
            title: None,
            private: false,
        }
    }

    /// Where it begins.
    pub fn start(&self) -> Position {
        self.file.position(self.span.start)
    }

    /// Where it ends, exclusive.
    pub fn end(&self) -> Position {
        self.file.position(self.span.end)
    }

    /// The text at the place.
    pub fn text(&self) -> &str {
        self.file.slice(self.span)
    }

    /// Order of the output: by file, then by span.
    pub fn order(&self, other: &Self) -> Ordering {
        (self.file.name(), self.span).cmp(&(other.file.name(), other.span))
    }
}

/// Another place that bears on a finding, with a short noun phrase.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub text: Arc<Localized>,
}
