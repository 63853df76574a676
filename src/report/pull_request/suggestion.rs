//! An edit as a suggestion that the forge can apply by a click.

use std::ops::RangeInclusive;

use crate::finding::Edit;
use crate::report::patch::Patch;
use crate::text::SourceFile;

/// Lines that stand for others, without a loss: what a reader accepts is the edit, to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The lines of the file that go, from 1. The comment has to stand on them.
    pub lines: RangeInclusive<u32>,
    /// The lines that come.
    pub text: String,
}

/// The suggestion that an edit is; `None` where the lines that it adds have no line to stand on, or
/// where the forge would change the ends of lines.
pub fn suggestion(file: &SourceFile, edit: &Edit) -> Option<Suggestion> {
    if file.text().contains('\r') {
        return None;
    }
    let patch = Patch::new(file, edit);
    let line = u32::try_from(patch.line).ok()?;
    let count = u32::try_from(patch.removed.len()).ok()?;
    let (lines, kept) = match (count, &patch.context) {
        (0, Some(context)) => (line - 1..=line - 1, Some(context)),
        (0, None) => return None,
        _ => (line..=line + count - 1, None),
    };
    let mut text: Vec<&str> = kept.into_iter().map(String::as_str).collect();
    text.extend(patch.added.iter().map(String::as_str));
    let text = text.join("\n");
    // A hidden character would be shown spelled out, and accepted like that.
    let is_exact = crate::report::visible::visible(&text).replace("\\n", "\n") == text;
    is_exact.then_some(Suggestion { lines, text })
}
