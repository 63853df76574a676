//! A source file and the places in it.

use std::borrow::Cow;
use std::sync::OnceLock;

/// A half-open range of bytes of one [`SourceFile`], on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span does not run backwards");
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The empty span before byte `at`.
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// The bytes as a range, to index a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files are limited to 1 MiB where they are parsed; larger offsets are never read back.
fn clamp(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// A named text. The name is what messages show: a path with `/`, relative to where the user looks
/// from, or `<stdin>`.
#[derive(Debug)]
pub struct SourceFile {
    name: Box<str>,
    text: Cow<'static, str>,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Names a text.
    pub fn new(name: impl Into<Box<str>>, text: impl Into<String>) -> Self {
        Self::of(name.into(), Cow::Owned(text.into()))
    }

    /// Names a text that is part of the program, and does not copy it.
    pub fn embedded(name: impl Into<Box<str>>, text: &'static str) -> Self {
        Self::of(name.into(), Cow::Borrowed(text))
    }

    fn of(name: Box<str>, text: Cow<'static, str>) -> Self {
        Self {
            name,
            text,
            line_starts: OnceLock::new(),
        }
    }

    /// The name shown in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where a byte is. A byte inside a character counts as that character.
    pub fn position(&self, byte: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= byte);
        let start = starts[line - 1] as usize;
        let mut end = (byte as usize).min(self.text.len()).max(start);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let column = self.text[start..end].chars().count();
        Position {
            line,
            column: column + 1,
        }
    }

    /// The span of a line (from 1) without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let starts = self.line_starts();
        let Some(&start) = line.checked_sub(1).and_then(|index| starts.get(index)) else {
            return Span::at(self.text.len());
        };
        let end = starts
            .get(line)
            .map_or(self.text.len(), |&next| next as usize);
        let text = &self.text[start as usize..end];
        Span::new(
            start as usize,
            start as usize + text.trim_end_matches(['\n', '\r']).len(),
        )
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = vec![0];
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            starts.extend(breaks.map(|at| clamp(at + 1)));
            starts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = SourceFile::new("plan.yaml", "a: 1\n名稱: 公文\n");
        let byte = file.text().find("公文").unwrap();
        assert_eq!(
            file.position(u32::try_from(byte).unwrap()),
            Position { line: 2, column: 5 }
        );
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_that_character() {
        let file = SourceFile::new("plan.yaml", "甲乙");
        for (byte, column) in [(0, 1), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3)] {
            assert_eq!(file.position(byte), Position { line: 1, column });
        }
    }

    #[test]
    fn the_end_of_a_file_is_a_place() {
        let file = SourceFile::new("plan.yaml", "a\r\nb");
        for byte in [4, 5, u32::MAX] {
            assert_eq!(file.position(byte), Position { line: 2, column: 2 });
        }
        assert_eq!(file.slice(file.line_span(1)), "a");
    }
}
