//! An edit as the whole lines that go and that come.

use crate::finding::Edit;
use crate::text::{SourceFile, Span};

/// The lines an edit touches, before and after, without those that stay as they are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patch {
    /// Number of the first line that changes, from 1.
    pub(super) line: usize,
    /// The line before it.
    pub(super) context: Option<String>,
    pub(super) removed: Vec<String>,
    pub(super) added: Vec<String>,
}

impl Patch {
    pub(super) fn new(file: &SourceFile, edit: &Edit) -> Self {
        let first = file.position(edit.span.start).line;
        let last = file.position(edit.span.end).line;
        let start = file.line_span(first).start;
        let end = file.line_span(last).end.max(edit.span.end);
        let text = |from: u32, to: u32| {
            file.slice(Span {
                start: from,
                end: to,
            })
        };
        let before = text(start, end);
        let after = [
            text(start, edit.span.start),
            &edit.text,
            text(edit.span.end, end),
        ]
        .concat();
        let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
        let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
        let head = before.iter().zip(&after).take_while(same).count();
        let tails = before[head..].iter().rev().zip(after[head..].iter().rev());
        let tail = tails.take_while(same).count();
        let line = first + head;
        let context = (line > 1).then(|| file.slice(file.line_span(line - 1)).to_owned());
        let own = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        Self {
            line,
            context,
            removed: own(&before[head..before.len() - tail]),
            added: own(&after[head..after.len() - tail]),
        }
    }
}
