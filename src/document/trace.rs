//! Characters of a scalar's value → the bytes of the file that say them.
//!
//! A value differs from what stands in the file: lines are folded, quotes doubled, characters
//! escaped, blocks indented. This module walks both side by side. It decodes nothing anew: the
//! reader has done so, and where the two do not match there is no answer.

use std::ops::Range;

use super::content::Style;
use super::node::Node;
use crate::text::Span;

/// The bytes of the file that say each of these byte ranges of a scalar's value, in one walk; the
/// ranges rise and do not overlap. `None` where they cannot be told apart from the rest of the
/// scalar, and for what is no scalar.
pub fn trace(node: Node<'_>, ranges: &[Range<usize>]) -> Vec<Option<Span>> {
    if let Some(literal) = node.literal() {
        let start = literal.range().start;
        let span = |range: &Range<usize>| Span::new(start + range.start, start + range.end);
        return ranges.iter().map(|range| Some(span(range))).collect();
    }
    let mut found = vec![None; ranges.len()];
    walk(node, ranges, &mut found);
    found
}

/// Fills in what is found, up to where the value and the file no longer match.
fn walk(node: Node<'_>, ranges: &[Range<usize>], found: &mut [Option<Span>]) -> Option<()> {
    let start = node.span().range().start;
    let mut walk = Walk::of(node.document().file().slice(node.span()), node.style())?;
    let mut wanted = ranges.iter().zip(found).peekable();
    let mut first = None;
    for (at, character) in node.written().char_indices() {
        let here = walk.next(character)?;
        let Some((range, place)) = wanted.peek_mut() else {
            break;
        };
        if at < range.start {
            continue;
        }
        let from = *first.get_or_insert(here.start);
        if at + character.len_utf8() >= range.end {
            **place = Some(Span::new(start + from, start + here.end));
            first = None;
            wanted.next();
        }
    }
    Some(())
}

/// A place in what stands in the file.
struct Walk<'t> {
    written: &'t str,
    at: usize,
    style: Style,
}

impl<'t> Walk<'t> {
    fn of(written: &'t str, style: Style) -> Option<Self> {
        let at = match style {
            Style::Single | Style::Double => 1,
            // The indicators of a block have a line of their own.
            Style::Literal | Style::Folded => written.find('\n')? + 1,
            _ => 0,
        };
        Some(Self { written, at, style })
    }

    /// The bytes of the next character of the value.
    fn next(&mut self, character: char) -> Option<Range<usize>> {
        match character {
            ' ' | '\t' | '\n' if !self.is_escape() => Some(self.white_space()),
            _ => self.visible(character),
        }
    }

    /// White space stands for itself, or a whole run of it around a line break for one character. Of
    /// a run that was taken already nothing is left.
    fn white_space(&mut self) -> Range<usize> {
        let run = self.rest().len()
            - self
                .rest()
                .trim_start_matches([' ', '\t', '\r', '\n'])
                .len();
        let folds = self.rest()[..run].contains('\n');
        self.take(if folds { run } else { run.min(1) })
    }

    fn visible(&mut self, character: char) -> Option<Range<usize>> {
        while self.is_escape() && self.rest()[1..].starts_with(['\n', '\r']) {
            self.at += 1;
            self.white_space();
        }
        if self.is_escape() {
            let length = escape_length(self.rest())?;
            return Some(self.take(length));
        }
        if self.rest().starts_with([' ', '\t', '\r', '\n']) {
            self.white_space();
            return self.visible(character);
        }
        if self.style == Style::Single && character == '\'' && self.rest().starts_with("''") {
            return Some(self.take(2));
        }
        let length = character.len_utf8();
        self.rest()
            .starts_with(character)
            .then(|| self.take(length))
    }

    fn is_escape(&self) -> bool {
        self.style == Style::Double && self.rest().starts_with('\\')
    }

    fn rest(&self) -> &'t str {
        &self.written[self.at..]
    }

    fn take(&mut self, length: usize) -> Range<usize> {
        let start = self.at;
        self.at += length;
        start..self.at
    }
}

/// The bytes of an escape: `\n` is two, `\x41` four, `\u75c5` six.
fn escape_length(escape: &str) -> Option<usize> {
    let kind = escape.chars().nth(1)?;
    let length = match kind {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        kind => 1 + kind.len_utf8(),
    };
    escape.is_char_boundary(length).then_some(length)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Limits, parse};
    use crate::text::SourceFile;

    /// Where `wanted` stands in the value of `a`, as the file writes it.
    fn check(text: &str, wanted: &str, expected: &str) {
        let file = Arc::new(SourceFile::new("plan.yaml", text));
        let document = parse(&file, Limits::default()).document.expect("a tree");
        let node = document.root().get("a").expect("a value");
        let start = node.written().find(wanted).expect("the value says it");
        let range = start..start + wanted.len();
        let spans = trace(node, std::slice::from_ref(&range));
        let span = spans[0].expect("a place");
        assert_eq!(file.slice(span), expected, "{text:?}");
    }

    #[test]
    fn a_match_is_found_in_every_style() {
        check("a: 個人病例資料\n", "病例", "病例");
        check("a: \"個人\\t病例\\u8cc7料\"\n", "病例資", "病例\\u8cc7");
        check("a: '甲''乙病例'\n", "乙病例", "乙病例");
        check("a: '甲''乙'\n", "'", "''");
        check("a: |\n  第一行\n    病例\n", "病例", "病例");
        check(
            "a: >-\n  第一行\n  第二行有病例\n\n  第三行身份證\n",
            "身份證",
            "身份證",
        );
        check("a: 第一行\n  第二行病例\n", "病例", "病例");
        check("a: \"甲\\\n   乙病例\"\n", "乙病例", "乙病例");
    }

    #[test]
    fn a_match_across_a_fold_takes_the_break_with_it() {
        check("a: >-\n  甲病\n  例乙\n", "病 例", "病\n  例");
    }

    #[test]
    fn every_visible_character_is_traced_to_itself() {
        let texts = [
            "a: >\n  甲  乙\n  丙\n\n\n    丁\n  戊\n",
            "a: |2\n    甲 \n  乙\n",
            "a: \"甲  \n  乙 \\n 丙\"\n",
            "a: '甲\n\n  乙''丙'\n",
        ];
        for text in texts {
            let file = Arc::new(SourceFile::new("plan.yaml", text));
            let document = parse(&file, Limits::default()).document.expect("a tree");
            let node = document.root().get("a").expect("a value");
            let visible = node.written().char_indices();
            let visible: Vec<(usize, char)> = visible
                .filter(|(_, c)| !c.is_whitespace() && *c != '\'')
                .collect();
            let range = |&(at, c): &(usize, char)| at..at + c.len_utf8();
            let spans = trace(node, &visible.iter().map(range).collect::<Vec<_>>());
            for ((_, character), span) in visible.iter().zip(spans) {
                let said = file.slice(span.expect("a place"));
                assert_eq!(said, character.to_string(), "{text:?}");
            }
        }
    }
}
