//! Why a check came out as it did, as an indented tree of lines that text and Markdown share.

use super::visible::visible;
use super::words;
use crate::finding::{Finding, Place, Step};
use crate::text::{Language, display_width};

/// The widest column of expressions and values; what is longer pushes its place to the right.
const COLUMN: usize = 56;
/// The longest expression shown whole that has parts below it, in characters.
const LONG: usize = 72;

/// The tree of a finding, one line for each part: the part, its value, and the line it stands on.
/// Empty where nobody asked.
pub(super) fn lines(finding: &Finding, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(root) = &finding.trace {
        collect(root, finding, language, 0, &mut lines);
    }
    let widths = lines.iter().map(|line: &Line| display_width(&line.text));
    let column = widths.filter(|width| *width <= COLUMN).max().unwrap_or(0);
    lines
        .into_iter()
        .map(|line| line.with_place_at(column))
        .collect()
}

/// The heading of the tree.
pub(super) fn heading(language: Language) -> &'static str {
    words::pick(language, "判定過程：", "why:")
}

struct Line {
    text: String,
    place: String,
}

impl Line {
    fn with_place_at(self, column: usize) -> String {
        if self.place.is_empty() {
            return self.text;
        }
        let pad = column.saturating_sub(display_width(&self.text));
        format!("{}{}  {}", self.text, " ".repeat(pad), self.place)
    }
}

fn collect(
    step: &Step,
    finding: &Finding,
    language: Language,
    depth: usize,
    lines: &mut Vec<Line>,
) {
    let seen = visible(words::either(&step.seen, language));
    let expression = expression(step);
    let text = match (step.expression.is_empty(), step.has_value) {
        (true, _) => seen,
        (false, true) => format!("{expression} = {seen}"),
        (false, false) => {
            let no_value = words::pick(language, "無值", "no value");
            format!(
                "{}: {no_value}{}",
                visible(&step.expression),
                words::in_brackets(&seen, language)
            )
        }
    };
    let place = step
        .place
        .as_ref()
        .map(|place| at(place, finding, language))
        .unwrap_or_default();
    lines.push(Line {
        text: format!("{}{text}", "  ".repeat(depth)),
        place,
    });
    for below in &step.steps {
        collect(below, finding, language, depth + 1, lines);
    }
}

/// The part as it is written. A long one that has parts of its own is cut: they say the rest.
fn expression(step: &Step) -> String {
    match step.expression.char_indices().nth(LONG) {
        Some((end, _)) if !step.steps.is_empty() => {
            format!("{}…", visible(&step.expression[..end]))
        }
        _ => visible(&step.expression),
    }
}

/// The line alone in the file of the finding, the file too elsewhere.
fn at(place: &Place, finding: &Finding, language: Language) -> String {
    let line = place.start().line;
    if place.file.name() != finding.place.file.name() {
        return format!("← {}:{line}", visible(place.file.name()));
    }
    match language {
        Language::ZhTw => format!("← 第 {line} 行"),
        Language::En => format!("← line {line}"),
    }
}
