//! Functions over texts.

use std::cmp::Ordering;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::{Cause, Content, Evaluator, Given, Host, Record, Value, truth};
use crate::cel::functions::Binary;
use crate::cel::pattern::{self, Regex};
use crate::text::edit_distance;

/// The longest text an expression makes, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// The longest text whose distance is measured, in characters: the work grows with the square.
const MAX_MEASURED: usize = 200;
/// Steps that a pattern costs which is not literal, whether it has to be compiled or not.
const PATTERN_STEPS: usize = 200;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// Takes the steps that making a text of this length costs.
    pub(super) fn reserve(&mut self, length: usize) -> Given<(), H::Node> {
        if length > MAX_TEXT {
            return Err(Cause::TooLong);
        }
        self.work(length / 16)
    }

    /// Two texts, and the steps of reading the first.
    fn both<'t>(
        &mut self,
        run: Binary,
        a: &'t Value<'a, H::Node>,
        b: &'t Value<'a, H::Node>,
    ) -> Given<(&'t str, &'t str), H::Node> {
        let (Some(a), Some(b)) = (a.as_text(), b.as_text()) else {
            return Err(Cause::NoOverload {
                function: run.symbol(),
            });
        };
        self.work(a.len() / 64)?;
        Ok((a, b))
    }

    /// Whether a text contains, begins with or ends with another.
    pub(super) fn part(
        &mut self,
        run: Binary,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        let (a, b) = self.both(run, a, b)?;
        Ok(match run {
            Binary::Contains => a.contains(b),
            Binary::StartsWith => a.starts_with(b),
            _ => a.ends_with(b),
        })
    }

    /// How far two texts are apart, or which edition comes first.
    pub(super) fn measured(
        &mut self,
        run: Binary,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let (a, b) = self.both(run, a, b)?;
        if run == Binary::EditDistance {
            self.measuring(a, b)?;
            let distance = i64::try_from(edit_distance(a, b)).map_err(|_| Cause::Overflow)?;
            return Ok(Value::new(Content::Int(distance)));
        }
        let order = compare_editions(a, b).ok_or(Cause::Argument {
            function: "compare_editions",
        })?;
        Ok(Value::new(Content::Int(order as i64)))
    }

    /// Takes the steps of measuring how far two texts are apart, and says by how many characters one is longer.
    fn measuring(&mut self, a: &str, b: &str) -> Given<usize, H::Node> {
        let (longer, steps) = measuring(a, b).ok_or(Cause::TooLong)?;
        self.work(steps)?;
        Ok(longer)
    }

    /// The nearest text of a list, with its place; of equally near ones the first.
    pub(super) fn closest(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let wrong = Cause::NoOverload {
            function: "closest",
        };
        let (Some(text), Content::List(list)) = (a.as_text(), &b.content) else {
            return Err(wrong);
        };
        let mut nearest: Option<(usize, Value<'a, H::Node>)> = None;
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            let element = element?;
            let Some(candidate) = element.as_text() else {
                return Err(wrong);
            };
            // They are as far apart at least as one is longer.
            let longer = self.measuring(text, candidate)?;
            let least = nearest.as_ref().map_or(usize::MAX, |(known, _)| *known);
            if longer < least {
                let distance = edit_distance(text, candidate);
                if distance < least {
                    nearest = Some((distance, element));
                }
            }
        }
        nearest.map(|(_, value)| value).ok_or(Cause::Argument {
            function: "closest",
        })
    }

    /// NFKC without white space, so that full and half width compare equal.
    pub(super) fn normalized(
        &mut self,
        a: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let text = a.as_text().ok_or(Cause::NoOverload {
            function: "normalized",
        })?;
        self.reserve(text.len())?;
        if text.chars().all(is_normal)
            && let Content::Text(text) = &a.content
        {
            self.reserve(text.len())?;
            return Ok(Value::new(Content::Text(text.clone())));
        }
        let normalized: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        self.make_text(normalized.len(), || normalized)
    }

    pub(super) fn find(
        &mut self,
        regex: &Regex,
        text: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let text = text.as_text().ok_or(Cause::NoOverload {
            function: "matches",
        })?;
        self.work(text.len() / 16)?;
        Ok(truth(regex.is_match(text)))
    }

    pub(super) fn matches(
        &mut self,
        text: &Value<'a, H::Node>,
        pattern: &Value<'a, H::Node>,
        first: &OnceLock<(Box<str>, Regex)>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let source = pattern.as_text().ok_or(Cause::NoOverload {
            function: "matches",
        })?;
        self.work(PATTERN_STEPS)?;
        if first.get().is_none() {
            let regex = pattern::compile(source).ok_or(Cause::Pattern)?;
            // Another thread may have been first; then this one is compiled again below.
            drop(first.set((source.into(), regex)));
        }
        if let Some((known, regex)) = first.get()
            && **known == *source
        {
            return self.find(regex, text);
        }
        let known = self
            .patterns
            .iter()
            .position(|(known, _)| **known == *source);
        if known.is_none() {
            let regex = pattern::compile(source).ok_or(Cause::Pattern)?;
            self.patterns.push((source.into(), regex));
        }
        let index = known.unwrap_or(self.patterns.len() - 1);
        let regex = self.patterns[index].1.clone();
        self.find(&regex, text)
    }
}

/// By how many characters one of two texts is longer, and the steps of measuring how far they are apart;
/// nothing of texts that are too long.
pub(super) fn measuring(a: &str, b: &str) -> Option<(usize, usize)> {
    let (long, wide) = (a.chars().count(), b.chars().count());
    (long.max(wide) <= MAX_MEASURED).then_some((long.abs_diff(wide), long * wide / 16))
}

/// Editions (版次) by their numbers: `1.10` is after `1.9`, `V2.0` equals `2`, `第 3 版` is after
/// both. `None` where one has no number or words beside it.
pub fn compare_editions(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (numbers(a)?, numbers(b)?);
    let length = a.len().max(b.len());
    let padded = |numbers: Vec<u64>| (0..length).map(move |i| numbers.get(i).copied().unwrap_or(0));
    Some(padded(a).cmp(padded(b)))
}

fn numbers(edition: &str) -> Option<Vec<u64>> {
    let text: String = edition.nfkc().filter(|c| !c.is_whitespace()).collect();
    let text = text
        .trim_start_matches(['V', 'v', '第'])
        .trim_start_matches('.');
    let text = text.trim_end_matches(['版', '次']);
    text.split(['.', '-', '_'])
        .map(|part| part.parse().ok())
        .collect()
}

/// Whether NFKC leaves a character as it is, whatever stands beside it, and it is no white space: told
/// of the most common ones only.
fn is_normal(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Option<Ordering>) {
        assert_eq!(compare_editions(a, b), expected, "{a} {b}");
        assert_eq!(
            compare_editions(b, a),
            expected.map(Ordering::reverse),
            "{b} {a}"
        );
    }

    #[test]
    fn editions_compare_by_their_numbers() {
        check("1.10", "1.9", Some(Ordering::Greater));
        check("V2.0", "2", Some(Ordering::Equal));
        check("第 3 版", "Ｖ２．９", Some(Ordering::Greater));
        check("1.0.1", "1.0", Some(Ordering::Greater));
    }

    #[test]
    fn what_is_taken_for_normal_is() {
        let normal: String = (0..=0x10_ffff)
            .filter_map(char::from_u32)
            .filter(|&c| is_normal(c))
            .collect();
        assert!(normal.contains('龍') && normal.contains('A'));
        let written: String = normal.nfkc().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(written, normal);
    }

    #[test]
    fn words_have_no_order() {
        for edition in ["初版", "", "1.0a", "草案", "1..2"] {
            check(edition, "1.0", None);
        }
    }
}
