//! Scalars and aliases: their types, texts and spans, as keys and as values.

use std::ops::ControlFlow;

use granit_parser::ScalarStyle;

use crate::document::arena::{Text, Value};
use crate::document::content::Style;
use crate::document::scalar::{self, Scalar};
use crate::document::{ambiguous, characters, lookalike, refused, rule};
use crate::text::Span;

use super::builder::Builder;
use super::key::{self, Key};
use super::origin;

impl Builder<'_> {
    /// A scalar, as a key or a value.
    pub(super) fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        place: Span,
    ) -> ControlFlow<()> {
        if self.resumed {
            return ControlFlow::Break(());
        }
        let style = style_of(style);
        let span = match style {
            Style::Literal | Style::Folded => {
                origin::block_scalar(self.source.text, self.after, place)
            }
            _ => place,
        };
        // The parser writes `~` where there is nothing.
        let text = if span.start == span.end { "" } else { text };
        match (self.awaits_key(), style) {
            (true, Style::Plain) => self.plain_key(text, span),
            (true, _) => {
                let text = self.quoted(text, style, span);
                self.frame_key(Key {
                    text,
                    span,
                    keep: true,
                });
            }
            (false, Style::Plain) => self.plain_value(text, span),
            (false, _) => {
                let text = self.quoted(text, style, span);
                self.leaf(span, style, Value::Text, text);
            }
        }
        self.last_plain = (style == Style::Plain).then_some(span);
        self.after = place.end as usize;
        ControlFlow::Continue(())
    }

    /// `*name`, which the profile refuses.
    pub(super) fn alias(&mut self, place: Span) {
        self.problems.add(rule::ALIAS, || {
            refused::alias(self.source.original(), place)
        });
        if self.awaits_key() {
            self.frame_key(Key {
                text: Text::default(),
                span: place,
                keep: false,
            });
        } else {
            self.leaf(place, Style::Plain, Value::Null, Text::default());
        }
        self.after = place.end as usize;
    }

    /// Gives the innermost map its next key.
    pub(super) fn frame_key(&mut self, key: Key) {
        let frame = self
            .frames
            .last_mut()
            .expect("internal: a key is awaited in an open map");
        frame.key = Some(key);
        frame.begin(&mut self.arena, key.span.start);
    }

    fn plain_key(&mut self, text: &str, span: Span) {
        let (scalar, doubt) = scalar::resolve(text);
        let refusal = key::refused(scalar, text, span);
        let keep = refusal.is_none() || !(text.is_empty() || text == key::MERGE);
        if let Some(problem) = refusal {
            self.problems.add(problem.rule(), || problem);
        } else if let Some(doubt) = doubt {
            self.problems
                .add(rule::AMBIGUOUS_SCALAR, || ambiguous::key(doubt, text, span));
        }
        if self.source.wide {
            lookalike::in_key(self.source.text, span, self.problems);
        }
        let text = self.keep(text, span);
        self.frame_key(Key { text, span, keep });
    }

    /// A plain value: the only kind that may be something else than text.
    fn plain_value(&mut self, text: &str, span: Span) {
        let (scalar, doubt) = scalar::resolve(text);
        if let Some(doubt) = doubt {
            let problem = || ambiguous::value(doubt, scalar, text, span);
            self.problems.add(rule::AMBIGUOUS_SCALAR, problem);
        }
        let value = match scalar {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Int(value) => Value::Int(value),
            Scalar::Float(value) => Value::Float(value),
            Scalar::NonFinite | Scalar::Text => Value::Text,
        };
        if scalar == Scalar::NonFinite {
            let problem = || ambiguous::non_finite(text, span);
            self.problems.add(rule::NON_FINITE_NUMBER, problem);
        }
        if self.source.wide {
            let is_root = self.frames.is_empty();
            lookalike::in_value(self.source.text, span, is_root, self.problems);
        }
        let text = self.keep(text, span);
        self.leaf(span, Style::Plain, value, text);
    }

    fn quoted(&mut self, text: &str, style: Style, span: Span) -> Text {
        if !matches!(style, Style::Single | Style::Double) {
            return self.arena.decode(text);
        }
        let inside = Span::new(span.start as usize + 1, span.end as usize - 1);
        let kept = self.keep(text, inside);
        if kept.decoded
            && let written = &self.source.text[span.range()]
            && let Some((rule, character)) = characters::escaped(text, written)
        {
            self.problems
                .add(rule, || refused::escape(rule, character, span));
        }
        kept
    }

    /// Borrows a text from the file where it stands there literally.
    fn keep(&mut self, text: &str, range: Span) -> Text {
        let there = self.source.original().as_bytes().get(range.range());
        // The parser lends what it does not change.
        let is_lent = there.is_some_and(|there| std::ptr::eq(there, text.as_bytes()));
        if is_lent || there == Some(text.as_bytes()) {
            return Text {
                range,
                decoded: false,
            };
        }
        self.arena.decode(text)
    }

    fn leaf(&mut self, span: Span, style: Style, value: Value, text: Text) {
        let key = self.frames.last().and_then(|frame| frame.key);
        let span = match key {
            Some(key) if span.start == span.end => {
                Span::at(origin::left_out(self.source.text, key.span.end, span.start))
            }
            _ => span,
        };
        let node = self.node(span, style, value, text);
        self.attach(node);
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
