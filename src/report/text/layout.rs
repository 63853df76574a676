//! The header and excerpts of a failure as the library lays them out, for the shape that nearly all have:
//! no colours, and in every excerpt one line with one mark. The library takes ten times as long for
//! the same bytes, by test; it draws what has several marks, or colours.

use std::iter::repeat_n;
use std::ops::Range;

use annotate_snippets::AnnotationKind;
use unicode_width::UnicodeWidthChar;

use super::excerpt::only_line;
use super::failure::Mark;
use super::{push_located, push_number};

/// Draws the excerpts of a failure below its header, one for each mark; `gutter` are the columns of the
/// line numbers.
pub(super) fn draw<'m>(marks: impl Iterator<Item = &'m Mark<'m>>, gutter: usize, out: &mut String) {
    for (at, mark) in marks.enumerate() {
        let line = mark.start.line;
        let (text, span) = only_line(&mark.place.file, line, mark.place.span);
        push_line(if at == 0 { "--> " } else { "::: " }, gutter, out);
        push_located(mark.place, mark.start, out);
        push_line(" |\n", gutter, out);
        push_number(line, gutter, out);
        out.push_str(if text.is_empty() { " |" } else { " | " });
        out.push_str(&text);
        push_line(" | ", gutter, out);
        underline(out, mark, &text, &span);
        push_line(" |", gutter, out);
    }
}

/// Begins a line without a number.
fn push_line(sign: &str, gutter: usize, out: &mut String) {
    out.push('\n');
    out.extend(repeat_n(' ', gutter));
    out.push_str(sign);
}

/// The carets below a line, and their words.
fn underline(out: &mut String, mark: &Mark<'_>, line: &str, span: &Range<usize>) {
    let sign = match mark.kind {
        AnnotationKind::Primary => '^',
        _ => '-',
    };
    out.extend(repeat_n(' ', columns(&line[..span.start])));
    out.extend(repeat_n(sign, columns(&line[span.clone()]).max(1)));
    if !mark.label.is_empty() {
        out.push(' ');
        out.push_str(&mark.label);
    }
}

/// Columns as the library counts them, character by character.
fn columns(text: &str) -> usize {
    let of = |character| UnicodeWidthChar::width(character).unwrap_or(1);
    text.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::super::failure::{by_library, excerpts, gutter, simple};
    use super::super::paint::Paint;
    use crate::finding::{Finding, Place, Related, Severity};
    use crate::text::{Language, Localized, SourceFile, Span};

    /// What plans are written with, and what somebody may write to break a layout.
    const PIECES: &[&str] = &[
        "a",
        "  ",
        "- name: ",
        "甲局",
        "，",
        "[",
        "##[error]",
        "\t",
        "\u{200b}",
        "\u{302a}",
        "é",
        "e\u{301}",
        "👨\u{200d}👩",
        "\u{e000}",
        "ｱ",
        "\u{fe0f}",
        "\u{1b}[1m",
        "\u{85}",
        "\"",
        "\n",
        "\n",
        "\r\n",
    ];

    /// A span from one character to another.
    fn span(text: &str, from: usize, to: usize) -> Span {
        let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        ends.push(text.len());
        let [from, to] = [from, to].map(|at| ends[at % ends.len()]);
        Span::new(from.min(to), from.max(to))
    }

    fn finding(lines: &str, (from, to): (usize, usize), label: &str) -> Finding {
        let file = Arc::new(SourceFile::new("plans/甲/plan.yaml", lines));
        let place = Place::new(&file, span(lines, from, to), "a");
        let message = Localized::new(format!("訊息 {label}"), "message");
        let mut finding = Finding::of_form("syntax/x", Severity::Warning, place, message, None);
        let other = Arc::new(SourceFile::new("other.yaml", lines));
        finding.title = Localized::new(label, label).into();
        finding.related.push(Related {
            place: Place::new(&other, span(lines, to, from + 3), "b"),
            text: Localized::new("另一處", "").into(),
        });
        finding
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None,
            rng_seed: RngSeed::Fixed(5), ..ProptestConfig::default() })]

        #[test]
        fn it_is_what_the_library_draws(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
            ends in (0..60_usize, 0..60_usize),
            label in proptest::sample::select(&["", "未載明", "two\nlines", "\u{202e}x "][..]),
        ) {
            let lines = pieces.concat();
            let finding = finding(&lines, ends, label);
            let language = Language::ZhTw;
            let marks = excerpts(&finding, language);
            let mut ours = String::new();
            simple(&finding, language, &marks, gutter(&marks), &mut ours);
            let theirs = by_library(&finding, language, &marks, Paint::new(false));
            prop_assert_eq!(ours, theirs, "{:?}", lines);
        }
    }
}
