//! Message templates: text with `{placeholders}`.

use std::ops::Range;

/// A template, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(usize),
}

impl Template {
    /// Takes a template apart. `place` numbers a placeholder, given its source and its byte range
    /// in the template. `Err` is the byte of a brace without its other.
    pub fn parse(
        source: &str,
        mut place: impl FnMut(&str, Range<usize>) -> usize,
    ) -> Result<Self, usize> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        while let Some(open) = source[rest..].find(['{', '}']).map(|at| rest + at) {
            if source[open..].starts_with('}') {
                return Err(open);
            }
            let close = source[open..].find('}').map(|at| open + at).ok_or(open)?;
            if open > rest {
                pieces.push(Piece::Text(source[rest..open].to_owned()));
            }
            pieces.push(Piece::Placeholder(place(
                &source[open + 1..close],
                open + 1..close,
            )));
            rest = close + 1;
        }
        if rest < source.len() {
            pieces.push(Piece::Text(source[rest..].to_owned()));
        }
        Ok(Self { pieces })
    }

    /// Writes the template with the values of its placeholders.
    pub fn fill(&self, mut value: impl FnMut(usize) -> String) -> String {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Text(piece) => piece.len(),
            Piece::Placeholder(_) => 32,
        });
        let mut text = String::with_capacity(lengths.sum());
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Placeholder(number) => text.push_str(&value(*number)),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_place() {
        let mut names = Vec::new();
        let template = Template::parse("{body.name} 應置 {n} 人", |name, _| {
            names.push(name.to_owned());
            names.len() - 1
        });
        let values = ["甲機關", "2"];
        let text = template.unwrap().fill(|number| values[number].to_owned());
        assert_eq!(text, "甲機關 應置 2 人");
        assert_eq!(names, ["body.name", "n"]);
    }

    #[test]
    fn a_brace_without_its_other_is_told_by_its_byte() {
        assert_eq!(Template::parse("a {b", |_, _| 0), Err(2));
        assert_eq!(Template::parse("a} b", |_, _| 0), Err(1));
    }
}
