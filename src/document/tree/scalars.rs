//! Scalars and aliases: their types, texts and spans, as keys and as values.

use std::ops::ControlFlow;

use granit_parser::ScalarStyle;

use crate::document::arena::{Text, Value};
use crate::document::node::Style;
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
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let span = match style {
            Style::Literal | Style::Folded => {
                origin::block_scalar(self.source.text, self.after, place)
            }
            _ => place,
        };
        let (value, text) = match style {
            Style::Plain => self.plain(text, span),
            _ => (Value::Text, self.quoted(text, style, span)),
        };
        self.last_plain = (style == Style::Plain).then_some(span);
        if self.awaits_key() {
            self.key(
                Key {
                    text,
                    span,
                    keep: true,
                },
                style,
                value,
            );
        } else {
            self.leaf(span, style, value, text);
        }
        self.after = place.end as usize;
        ControlFlow::Continue(())
    }

    /// A plain scalar: the only kind that may be something else than text.
    fn plain(&mut self, text: &str, span: Span) -> (Value, Text) {
        if span.start == span.end {
            return (
                Value::Null,
                Text {
                    range: span,
                    decoded: false,
                },
            );
        }
        let (scalar, doubt) = scalar::resolve(text);
        if let Some(doubt) = doubt {
            let problem = || ambiguous::problem(doubt, scalar, text, span);
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
            self.problems.add(rule::NON_FINITE_NUMBER, || {
                ambiguous::non_finite(text, span)
            });
        }
        (value, self.keep(text, span))
    }

    fn quoted(&mut self, text: &str, style: Style, span: Span) -> Text {
        if !matches!(style, Style::Single | Style::Double) {
            return self.arena.decode(text);
        }
        let inside = Span::new(span.start as usize + 1, span.end as usize - 1);
        let kept = self.keep(text, inside);
        if kept.decoded
            && let Some((rule, character)) =
                characters::escaped(text, &self.source.original()[span.range()])
        {
            self.problems
                .add(rule, || refused::escape(rule, character, span));
        }
        kept
    }

    /// Borrows a text from the file where it stands there literally.
    fn keep(&mut self, text: &str, range: Span) -> Text {
        if self.source.original().get(range.range()) == Some(text) {
            return Text {
                range,
                decoded: false,
            };
        }
        self.arena.decode(text)
    }

    /// `*name`, which the profile refuses.
    pub(super) fn alias(&mut self, place: Span) {
        self.problems.add(rule::ALIAS, || {
            refused::alias(self.source.original(), place)
        });
        let text = Text {
            range: place,
            decoded: false,
        };
        if self.awaits_key() {
            self.frame_key(Key {
                text,
                span: place,
                keep: false,
            });
        } else {
            self.leaf(place, Style::Plain, Value::Null, Text::default());
        }
        self.after = place.end as usize;
    }

    fn key(&mut self, mut key: Key, style: Style, value: Value) {
        if style == Style::Plain {
            let text = self.arena.text(self.source.original(), key.text);
            if let Some(problem) = key::refused(value, text, key.span) {
                key.keep = !text.is_empty() && text != "<<";
                self.problems.add(problem.rule(), || problem);
            } else if self.source.wide {
                lookalike::in_key(self.source.text, key.span, self.problems);
            }
        }
        self.frame_key(key);
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

    fn leaf(&mut self, span: Span, style: Style, value: Value, text: Text) {
        let pending = self.frames.last().and_then(|frame| frame.key);
        let mut span = span;
        match pending {
            Some(key) if span.start == span.end && span.start == key.span.end => {
                span = Span::at(origin::left_out(self.source.text, key.span.end as usize));
            }
            _ => {}
        }
        if self.source.wide && style == Style::Plain {
            let is_root = self.frames.is_empty();
            lookalike::in_value(self.source.text, span, is_root, self.problems);
        }
        let node = self.node(span, style, value, text);
        self.attach(node);
    }
}
