//! A part of a scalar's value → the bytes of the file that say it.
//!
//! In: a scalar as it is written, quotes or `|` included, and its value. Out: where a range of the
//! value stands, through escapes, doubled quotes, folded lines and indentation. Knows no tree: it
//! walks both texts side by side. Where they do not meet it says so, and the whole scalar is meant.

use std::ops::Range;

use crate::text::Span;

/// The span of `part` of the value of a scalar; the whole scalar where the two texts do not meet.
pub fn inside(text: &str, scalar: Span, value: &str, part: &Range<usize>) -> Span {
    let written = &text[scalar.range()];
    let start = scalar.start as usize;
    if let Some(range) = literally(written, value, part) {
        return Span::new(start + range.start, start + range.end);
    }
    match align(written, value) {
        Some(places) => {
            let last = part.end.checked_sub(1).filter(|&last| last >= part.start);
            let from = places
                .get(part.start)
                .map_or(written.len(), |place| place.start);
            let to = last
                .and_then(|last| places.get(last))
                .map_or(from, |place| place.end);
            Span::new(start + from, start + to.max(from))
        }
        None => scalar,
    }
}

/// The part where the value stands in the file as it reads, which is how most are written.
fn literally(written: &str, value: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let quotes = usize::from(written.starts_with(['"', '\'']));
    let rest = written[quotes..].strip_prefix(value)?;
    // What begins at the end of a value has no character to stand at.
    let is_part = part.start < value.len() && value.get(part.clone()).is_some();
    (rest.len() == quotes && is_part).then(|| quotes + part.start..quotes + part.end)
}

/// For each byte of the value, the bytes that say its character.
fn align(written: &str, value: &str) -> Option<Vec<Range<usize>>> {
    let style = written.chars().next()?;
    let mut walk = Walk {
        written,
        at: usize::from(matches!(style, '"' | '\'')),
        indent: 0,
    };
    if matches!(style, '|' | '>') {
        walk.at = written.find('\n')? + 1;
        let lines = walk
            .rest()
            .lines()
            .find(|line| !line.trim_start_matches(' ').is_empty());
        walk.indent = lines.map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
        walk.indentation();
    }
    let mut places = Vec::with_capacity(value.len());
    for (byte, character) in value.char_indices() {
        let place = match style {
            '|' | '>' => walk.block(character, &value[byte..]),
            '"' => walk.double(character),
            '\'' => walk.flow(character, true),
            _ => walk.flow(character, false),
        }?;
        places.extend(std::iter::repeat_n(place, character.len_utf8()));
    }
    Some(places)
}

struct Walk<'w> {
    written: &'w str,
    at: usize,
    /// How far the lines of a block are indented.
    indent: usize,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        &self.written[self.at..]
    }

    fn take(&mut self, bytes: usize) -> Range<usize> {
        let place = self.at..self.at + bytes;
        self.at = place.end;
        place
    }

    fn indentation(&mut self) {
        let rest = self.rest();
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        self.at += spaces.min(self.indent);
    }

    /// The character as it is.
    fn plain(&mut self, character: char) -> Option<Range<usize>> {
        self.rest()
            .starts_with(character)
            .then(|| self.take(character.len_utf8()))
    }

    /// In a block, a line break is one, or a fold that reads as a space; of several in a folded block
    /// the first may read as nothing. `rest` is what is left of the value.
    fn block(&mut self, character: char, rest: &str) -> Option<Range<usize>> {
        if !matches!(character, '\n' | ' ') || !self.rest().starts_with(['\n', '\r']) {
            // The last break may be left out, at the end of the file.
            let is_end = character == '\n' && self.rest().is_empty();
            return if is_end {
                Some(self.at..self.at)
            } else {
                self.plain(character)
            };
        }
        let wanted = rest.len() - rest.trim_start_matches('\n').len();
        let is_silent = character == '\n' && self.breaks() > wanted && !rest[wanted..].is_empty();
        if is_silent {
            self.line_break();
        }
        Some(self.line_break())
    }

    /// How many line breaks follow, with nothing but spaces between them.
    fn breaks(&self) -> usize {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\r']).len();
        rest[..blank].matches('\n').count()
    }

    fn line_break(&mut self) -> Range<usize> {
        let length = if self.rest().starts_with("\r\n") {
            2
        } else {
            1
        };
        let place = self.take(length);
        self.indentation();
        place
    }

    /// Between quotes or plain over lines: white space around line breaks reads as one space, or as
    /// the breaks after the first.
    fn flow(&mut self, character: char, is_quoted: bool) -> Option<Range<usize>> {
        if is_quoted && character == '\'' {
            return self.rest().starts_with("''").then(|| self.take(2));
        }
        match self.fold() {
            Some(length) if character == ' ' => Some(self.take(length)),
            Some(_) if character == '\n' => {
                let place = self.at..self.at;
                Some(place)
            }
            Some(length) => {
                self.take(length);
                self.plain(character)
            }
            None => self.plain(character),
        }
    }

    /// How long the white space here is, where a line break is in it.
    fn fold(&self) -> Option<usize> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        rest[..length].contains('\n').then_some(length)
    }

    fn double(&mut self, character: char) -> Option<Range<usize>> {
        // An escaped line break says nothing.
        while self.rest().starts_with("\\\n") || self.rest().starts_with("\\\r\n") {
            self.take(1);
            let length = self.fold()?;
            self.take(length);
        }
        if !self.rest().starts_with('\\') {
            return self.flow(character, false);
        }
        let length = match self.rest()[1..].chars().next()? {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            other => 1 + other.len_utf8(),
        };
        (self.rest().is_char_boundary(length)).then(|| self.take(length))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Limits, parse};
    use crate::text::SourceFile;

    /// What a needle of the value is in the file.
    fn check(yaml: &str, needle: &str, expected: &str) {
        let file = Arc::new(SourceFile::new("a.yaml", yaml));
        let parsed = parse(&file, Limits::default());
        let document = parsed.document.unwrap();
        let node = document.root().get("a").unwrap();
        let value = node.written();
        let start = value.find(needle).expect("the value has it");
        let span = inside(yaml, node.span(), value, &(start..start + needle.len()));
        assert_eq!(file.slice(span), expected, "{value:?} in {yaml:?}");
    }

    #[test]
    fn a_part_of_a_scalar_on_one_line() {
        check("a: x > kount\n", "kount", "kount");
        check("a: 'x > kount'\n", "kount", "kount");
        check("a: \"甲 > kount\"\n", "kount", "kount");
    }

    #[test]
    fn escapes_and_doubled_quotes_before_it() {
        check("a: 'x == ''甲'' && kount'\n", "kount", "kount");
        check("a: \"x == \\\"甲\\\" && kount\"\n", "kount", "kount");
        check("a: \"\\u7532\\x41 kount\"\n", "kount", "kount");
        check("a: 'x == ''甲'''\n", "'甲'", "''甲''");
    }

    #[test]
    fn lines_before_it() {
        check("a: >-\n  x > 1 &&\n  甲 > kount\n", "kount", "kount");
        check("a: |\n  x > 1 &&\n  甲 > kount\n", "kount", "kount");
        check(
            "a: |\n  x > 1 &&\n    甲 > kount\n\n  b\n",
            "kount",
            "kount",
        );
        check("a: |\n  x ||\n    y == kount\n", "y == kount", "y == kount");
        check("a: >\n  x\n\n  y kount\n", "kount", "kount");
        check("a: >\n  x\n    more\n  y kount\n", "kount", "kount");
        check("a: x > 1 &&\n  甲 > kount\n", "kount", "kount");
        check("a: 'x > 1 &&\n\n  甲 > kount'\n", "kount", "kount");
        check("a: \"x > 1 \\\n  && kount\"\n", "kount", "kount");
    }

    #[test]
    fn a_part_that_spans_lines_is_all_of_it() {
        check("a: >-\n  x\n  kount\n", "x kount", "x\n  kount");
    }

    #[test]
    fn a_text_that_is_not_its_value_is_meant_whole() {
        let span = inside("a: 'x'", Span::new(3, 6), "other", &(0..2));
        assert_eq!(span, Span::new(3, 6));
    }
}
