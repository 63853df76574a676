//! The few lines around some spans, safe to show.

use std::borrow::Cow;
use std::ops::Range;

use crate::report::visible::{is_plain, push_visible};
use crate::text::{SourceFile, Span, display_width};

/// Columns of source that are shown of one line.
const COLUMNS: usize = 120;
/// Columns kept before a span where its line is cut.
const LEAD: usize = 40;
const CUT: char = '…';

/// Whole lines of a file, cut where too long, hidden characters made visible.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines, joined by `\n`.
    pub(super) text: String,
    /// Number of the first line, from 1.
    pub(super) first_line: usize,
    /// The spans asked for, as bytes of `text`, each on one line.
    pub(super) spans: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines from the first to the last of `spans`. A span over several lines counts as its
    /// first line; a line that is cut is cut around the first span on it.
    pub(super) fn new(file: &SourceFile, spans: &[Span]) -> Self {
        let lines: Vec<_> = spans
            .iter()
            .map(|span| file.position(span.start).line)
            .collect();
        let first_line = lines.iter().copied().min().unwrap_or(1);
        let last_line = lines.iter().copied().max().unwrap_or(1);
        let mut excerpt = Self {
            text: String::new(),
            first_line,
            spans: vec![0..0; spans.len()],
        };
        for line in first_line..=last_line {
            if line > first_line {
                excerpt.text.push('\n');
            }
            let on_line = |index: &usize| lines[*index] == line;
            let wanted: Vec<usize> = (0..spans.len()).filter(on_line).collect();
            excerpt.push_line(file, file.line_span(line), spans, &wanted);
        }
        excerpt
    }

    fn push_line(&mut self, file: &SourceFile, line: Span, spans: &[Span], wanted: &[usize]) {
        let text = file.slice(line);
        let ranges = wanted
            .iter()
            .map(|&at| (at, on_line(text, line, spans[at])));
        let ranges: Vec<(usize, Range<usize>)> = ranges.collect();
        let focus = ranges.first().map_or(0..0, |(_, range)| range.clone());
        let shown = line_of(text, &focus);
        for (at, range) in ranges {
            let [start, end] =
                [range.start, range.end].map(|byte| self.text.len() + shown.at(byte));
            self.spans[at] = start..end;
        }
        self.text.push_str(&shown.text);
    }
}

/// One line of a file as it is shown, with the bytes of it that a span underlines.
pub(super) fn only_line(
    file: &SourceFile,
    line: usize,
    span: Span,
) -> (Cow<'_, str>, Range<usize>) {
    let line = file.line_span(line);
    let text = file.slice(line);
    let range = on_line(text, line, span);
    let shown = line_of(text, &range);
    let range = shown.at(range.start)..shown.at(range.end);
    (shown.text, range)
}

/// The bytes of a line that a span underlines.
fn on_line(text: &str, line: Span, span: Span) -> Range<usize> {
    let within = |byte: u32| (byte.clamp(line.start, line.end) - line.start) as usize;
    let start = within(span.start);
    let goes_on = span.end > line.end;
    let end = if goes_on {
        said(text)
    } else {
        within(span.end)
    };
    start..end.max(start)
}

/// Where a line ends for a reader of the value: before the comment that closes it. A `#` within quotes
/// opens none.
fn said(line: &str) -> usize {
    let is_within_quotes = |before: &str| {
        let odd = |quote| before.matches(quote).count() % 2 == 1;
        odd('"') || odd('\'')
    };
    let mut comments = line.match_indices(" #").map(|(at, _)| &line[..at]);
    let before = comments.find(|before| !is_within_quotes(before));
    before.unwrap_or(line).trim_end().len()
}

/// Whether a line is too long to be shown whole.
pub(super) fn is_long(line: &str) -> bool {
    line.len() > COLUMNS && display_width(line) > COLUMNS
}

/// A line of the source as it is shown.
#[derive(Debug)]
pub(super) struct Shown<'l> {
    /// What is shown.
    pub(super) text: Cow<'l, str>,
    /// For each character of the source that is shown: its byte there, and its byte in `text`; none
    /// where every byte stands where it stood.
    bytes: Vec<(usize, usize)>,
}

impl Shown<'_> {
    /// Where a byte of the line stands in `text`; one that was cut off stands at the cut.
    fn at(&self, byte: usize) -> usize {
        if self.bytes.is_empty() {
            return byte;
        }
        let index = self.bytes.partition_point(|&(source, _)| source < byte);
        self.bytes
            .get(index)
            .or(self.bytes.last())
            .map_or(0, |&(_, shown)| shown)
    }
}

/// Shows `line`, cut around `focus` where it is too long.
pub(super) fn line_of<'l>(line: &'l str, focus: &Range<usize>) -> Shown<'l> {
    let window = window(line, focus);
    if window == (0..line.len()) && line.chars().all(is_plain) {
        return Shown {
            text: Cow::Borrowed(line),
            bytes: Vec::new(),
        };
    }
    let (mut text, mut bytes) = (String::new(), Vec::new());
    if window.start > 0 {
        text.push(CUT);
    }
    for (offset, character) in line[window.clone()].char_indices() {
        bytes.push((window.start + offset, text.len()));
        push_visible(&mut text, character);
    }
    bytes.push((window.end, text.len()));
    if window.end < line.len() {
        text.push(CUT);
    }
    Shown {
        text: Cow::Owned(text),
        bytes,
    }
}

/// The bytes of `line` to show.
fn window(line: &str, focus: &Range<usize>) -> Range<usize> {
    if !is_long(line) {
        return 0..line.len();
    }
    let taken = |characters: &mut dyn Iterator<Item = char>, columns: usize| {
        let (mut width, mut bytes) = (0, 0);
        for character in characters {
            width += match character.is_ascii() {
                true => 1,
                false => display_width(character.encode_utf8(&mut [0; 4])),
            };
            if width > columns {
                break;
            }
            bytes += character.len_utf8();
        }
        bytes
    };
    let start = focus.start - taken(&mut line[..focus.start].chars().rev(), LEAD);
    let end = start + taken(&mut line[start..].chars(), COLUMNS);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, needle: &str) -> (String, String) {
        let start = text.find(needle).unwrap();
        let file = SourceFile::new("plan.yaml", text);
        let excerpt = Excerpt::new(&file, &[Span::new(start, start + needle.len())]);
        let under = excerpt.text[excerpt.spans[0].clone()].to_owned();
        (excerpt.text, under)
    }

    #[test]
    fn a_value_of_several_lines_is_marked_to_the_end_of_its_first_without_the_comment() {
        let marked = |text: &str, needle| check(text, needle).1;
        let two = "covers: [policy]  # 未及於目標\napprover: 局長";
        assert_eq!(marked(two, two), "covers: [policy]");
        let quoted = "title: '第 #1 號' # 註\nedition: 1";
        assert_eq!(marked(quoted, quoted), "title: '第 #1 號'");
        let bare = "every:  \n  - 1y";
        assert_eq!(marked(bare, bare), "every:");
    }

    #[test]
    fn a_short_line_is_whole() {
        let line = "  - name: 公文系統";
        assert_eq!(
            check(&format!("a: 1\n{line}\nb: 2\n"), "公文"),
            (line.into(), "公文".into())
        );
    }

    #[test]
    fn a_huge_line_is_cut_around_the_span() {
        let (text, under) = check(
            &format!("a: {}甲局{}", "文".repeat(700_000), "b".repeat(99)),
            "甲局",
        );
        assert_eq!(under, "甲局");
        assert_eq!(text, format!("…{}甲局{}…", "文".repeat(20), "b".repeat(76)));
    }

    #[test]
    fn hidden_characters_do_not_move_the_span() {
        let (text, under) = check("名:\t\u{1b}[31m\u{202e}甲局\u{200b}\r\n", "甲局");
        assert_eq!(text, "名:\\t\\u{1b}[31m\\u{202e}甲局\\u{200b}");
        assert_eq!(under, "甲局");
    }

    #[test]
    fn a_span_of_several_lines_is_its_first() {
        let (text, under) = check("a:\n  b: 1\n  c: 2\n", "b: 1\n  c");
        assert_eq!((text.as_str(), under.as_str()), ("  b: 1", "b: 1"));
    }

    #[test]
    fn a_span_wider_than_the_screen_keeps_its_beginning() {
        let (text, under) = check(&format!("甲: {}", "乙".repeat(500)), &"乙".repeat(500));
        assert_eq!(under, "乙".repeat(58));
        assert_eq!(text, format!("甲: {}…", "乙".repeat(58)));
    }

    #[test]
    fn every_ascii_character_takes_one_column() {
        for character in (0..128_u8).map(char::from) {
            assert_eq!(display_width(&character.to_string()), 1, "{character:?}");
        }
    }

    #[test]
    fn an_empty_file_has_one_empty_line() {
        let file = SourceFile::new("plan.yaml", "");
        let excerpt = Excerpt::new(&file, &[Span::at(0)]);
        assert_eq!((excerpt.text.as_str(), excerpt.first_line), ("", 1));
        assert_eq!(excerpt.spans.first(), Some(&(0..0)));
    }
}
