//! The lines to write, as a small patch under its failure.

use std::borrow::Cow;
use std::iter::repeat_n;

use super::excerpt::line_of;
use super::paint::{Paint, Role};
use super::{digits, push_number};
use crate::finding::Edit;
use crate::report::patch::Patch;
use crate::text::SourceFile;

/// Lines of a patch that are shown of each side.
const LINES: usize = 24;

pub(super) fn render(
    file: &SourceFile,
    edit: &Edit,
    gutter: usize,
    paint: Paint,
    out: &mut String,
) {
    let patch = Patch::new(file, edit);
    let last = patch.line + patch.added.len().max(patch.removed.len()).saturating_sub(1);
    let width = gutter.max(digits(last));
    let mut row = |number: Option<usize>, sign: &str, text: &str| {
        let mut gutter = String::new();
        match number {
            Some(number) => push_number(number, width, &mut gutter),
            None => gutter.extend(repeat_n(' ', width)),
        }
        gutter.push(' ');
        for part in [&paint.text(Role::Frame, &gutter), sign, text] {
            out.push_str(part);
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    };
    let bar = paint.text(Role::Frame, "|");
    let focus = file.position(edit.span.start).column - 1;
    row(None, &bar, "");
    if let Some(context) = &patch.context {
        let text = [" ", &*safe(context, focus)].concat();
        row(Some(patch.line - 1), &bar, &text);
    }
    for (lines, sign, role) in [
        (&patch.removed, "-", Role::Removed),
        (&patch.added, "+", Role::Added),
    ] {
        for (index, line) in lines.iter().take(LINES).enumerate() {
            let text = [sign, " ", &*safe(line, focus)].concat();
            row(Some(patch.line + index), "", &paint.text(role, &text));
        }
        if lines.len() > LINES {
            let more = format!(" … +{}", lines.len() - LINES);
            row(None, &paint.text(role, sign), &more);
        }
    }
}

/// A line, cut around a column where it is too long.
fn safe(line: &str, focus: usize) -> Cow<'_, str> {
    let at = line.char_indices().nth(focus);
    let at = at.map_or(line.len(), |(at, _)| at);
    line_of(line, &(at..at)).text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn check(source: &str, span: Span, text: &str) -> String {
        let file = SourceFile::new("plan.yaml", source);
        let mut out = String::new();
        let edit = Edit {
            span,
            text: text.to_owned(),
        };
        render(&file, &edit, 1, Paint::new(false), &mut out);
        out
    }

    #[test]
    fn a_changed_value_is_one_line_out_and_one_in() {
        let source = "personnel:\n  dedicated:\n    - { title: 專職人員, count: 1 }\n";
        let at = source.find("1 }").unwrap();
        assert_eq!(
            check(source, Span::new(at, at + 1), "2"),
            "  |\n2 |   dedicated:\n3 -     - { title: 專職人員, count: 1 }\n3 +     - { title: 專職人員, count: 2 }\n",
        );
    }

    #[test]
    fn an_insertion_shows_the_line_it_follows() {
        let source = "a: 1\nb: 2\n";
        let expected = "  |\n1 | a: 1\n2 + x:\n3 +   y: 3\n";
        assert_eq!(check(source, Span::at(5), "x:\n  y: 3\n"), expected);
        assert_eq!(check(source, Span::at(4), "\nx:\n  y: 3"), expected);
    }

    #[test]
    fn an_insertion_at_the_end_or_into_nothing_is_added() {
        assert_eq!(
            check("a: 1\n", Span::at(5), "b: 2\n"),
            "  |\n1 | a: 1\n2 + b: 2\n"
        );
        assert_eq!(
            check("a: 1", Span::at(4), "\nb: 2\n"),
            "  |\n1 | a: 1\n2 + b: 2\n"
        );
        assert_eq!(check("", Span::at(0), "a: 1\n"), "  |\n1 + a: 1\n");
    }

    #[test]
    fn a_removal_has_no_line_to_write() {
        assert_eq!(
            check("a: 1\nb: 2\nc: 3\n", Span::new(5, 10), ""),
            "  |\n1 | a: 1\n2 - b: 2\n"
        );
    }

    #[test]
    fn a_long_patch_is_cut() {
        let text = "x\n".repeat(30);
        assert!(check("", Span::at(0), &text).ends_with("24 + x\n   + … +6\n"));
    }
}
