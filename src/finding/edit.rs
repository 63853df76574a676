//! The lines to write: an edit of the file that a finding points into.

use crate::text::Span;

/// Replaces the bytes of `span` by `text`; an insertion has an empty span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What is written instead, with the indentation of its place.
    pub text: String,
}

impl Edit {
    /// The text after the edit.
    pub fn apply(&self, source: &str) -> String {
        let range = self.span.range();
        format!(
            "{}{}{}",
            &source[..range.start],
            self.text,
            &source[range.end..]
        )
    }
}
