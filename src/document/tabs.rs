//! Tabs outside of texts. A tab has no width in YAML: as indentation it is refused by some readers
//! and counted by others, between words it is read or not.

use crate::text::Span;

use super::arena::Tables;
use super::content::Style;
use super::problem::{Problem, Problems};
use super::rule;

/// Finds the tabs of a text that was read into `arena`. Where the text was not read to its end,
/// quotes cannot be told, and only tabs that indent are found.
pub(super) fn find(text: &str, arena: &Tables, complete: bool, problems: &mut Problems) {
    let mut texts = texts(text, arena).into_iter().peekable();
    let known = problems.starts_of(rule::TAB);
    let (mut indents, mut in_comment, mut last) = (true, false, b'\n');
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        while texts.next_if(|span| span.end as usize <= at).is_some() {}
        let in_text = texts.peek().is_some_and(|span| span.start as usize <= at);
        if byte == b'\n' {
            (indents, in_comment) = (true, false);
        } else if byte == b'#' && !in_text && matches!(last, b' ' | b'\t' | b'\n') {
            in_comment = true;
        } else if byte == b'\t' && !in_text && !in_comment {
            let is_new = !u32::try_from(at).is_ok_and(|at| known.contains(&at));
            if is_new && (indents || complete) {
                problems.add(rule::TAB, || problem(at, indents));
            }
        }
        indents &= matches!(byte, b'\n' | b' ' | b'\t');
        last = byte;
    }
}

/// The spans in which a tab is part of a text: quoted and block scalars, in order.
fn texts(text: &str, arena: &Tables) -> Vec<Span> {
    let is_text = |style| {
        matches!(
            style,
            Style::Single | Style::Double | Style::Literal | Style::Folded
        )
    };
    let values = arena
        .nodes
        .iter()
        .filter(|node| is_text(node.style))
        .map(|node| node.span);
    let is_quoted = |span: &Span| text[span.range()].starts_with(['"', '\'']);
    let keys = arena
        .pairs
        .iter()
        .map(|pair| pair.key_span)
        .filter(is_quoted);
    let mut spans: Vec<Span> = values.chain(keys).collect();
    spans.sort_unstable();
    spans
}

/// A tab at byte `at`; one that does not indent can be replaced by a space.
pub(super) fn problem(at: usize, indents: bool) -> Problem {
    let span = Span::new(at, at + 1);
    if indents {
        return Problem::new(
            rule::TAB,
            span,
            "縮排用了 Tab，YAML 的縮排只能用半形空格",
            "a tab indents this line; YAML is indented by spaces only",
        )
        .help("改用半形空格，每層兩個", "use spaces, two a level");
    }
    Problem::new(
        rule::TAB,
        span,
        "引號外有 Tab，有的程式拒絕讀取",
        "a tab stands outside of quotes; some readers refuse it",
    )
    .help("改用半形空格", "use a space")
    .write(span, " ")
}
