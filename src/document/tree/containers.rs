//! Lists and maps: opened, filled, closed, or skipped where they are not to be read.

use std::ops::ControlFlow;

use granit_parser::{Event, StructureStyle};

use crate::document::arena::{Arena, Pair, Record, Run, Text, Value, index};
use crate::document::content::Style;
use crate::document::node::NodeId;
use crate::document::{refused, rule, syntax};
use crate::text::Span;

use super::builder::{Builder, Frame, Skip};
use super::key::{self, Key};
use super::origin;

impl Builder<'_> {
    /// A list or map begins.
    pub(super) fn open(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        place: Span,
    ) -> ControlFlow<()> {
        if self.resumed {
            // The entries that follow belong to the root that is open already.
            self.resumed = false;
            let is_root = is_map && style == StructureStyle::Block;
            return if is_root {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            };
        }
        let style = match style {
            StructureStyle::Block => Style::Block,
            StructureStyle::Flow => Style::Flow,
        };
        let brackets = style == Style::Flow && place.start < place.end;
        let is_key = self.awaits_key();
        if is_key || self.frames.len() >= self.limits.depth {
            self.start_skip(is_key, style, place);
            return ControlFlow::Continue(());
        }
        let is_value = self.frames.last().is_some_and(|frame| frame.is_map);
        let mut start = place.start as usize;
        if !is_map && style == Style::Block && is_value {
            start = origin::block_list(self.source.text, self.after, start);
        }
        let value = if is_map {
            Value::Map(Run::default())
        } else {
            Value::List(Run::default())
        };
        let node = self.node(Span::at(start), style, value, Text::default());
        let from = if is_map {
            self.pairs.len()
        } else {
            self.items.len()
        };
        self.frames.push(Frame {
            node,
            is_map,
            from,
            key: None,
            brackets,
            begun: !is_map || brackets,
        });
        if brackets {
            self.after = place.end as usize;
        }
        self.last_plain = None;
        ControlFlow::Continue(())
    }

    /// Closes the innermost container, at the event's place or where the reading stopped.
    pub(super) fn close(&mut self, place: Option<Span>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let run = if frame.is_map {
            self.close_map(&frame)
        } else {
            self.close_list(&frame)
        };
        let record = &mut self.arena.nodes[frame.node.index()];
        record.value = if frame.is_map {
            Value::Map(run)
        } else {
            Value::List(run)
        };
        if let Some(place) = place.filter(|_| frame.brackets) {
            record.span.end = place.end;
            self.after = place.end as usize;
        }
        self.last_plain = None;
        self.attach(frame.node);
    }

    fn close_list(&mut self, frame: &Frame) -> Run {
        let first = self.arena.items.len();
        self.arena.items.extend(self.items.drain(frame.from..));
        Run::new(first, self.arena.items.len())
    }

    fn close_map(&mut self, frame: &Frame) -> Run {
        let pairs = &self.pairs[frame.from..];
        let source = self.source.original();
        let repeated = key::repeated(pairs.len(), |at| self.arena.bytes(source, pairs[at].key));
        for &(first, second) in &repeated {
            let name = self.arena.text(source, pairs[second].key);
            let (first, second) = (pairs[first].key_span, pairs[second].key_span);
            self.problems
                .add(rule::DUPLICATE_KEY, || key::duplicate(name, second, first));
        }
        let mut repeated = repeated.iter().map(|&(_, second)| second).peekable();
        let first = self.arena.pairs.len();
        for (at, pair) in pairs.iter().enumerate() {
            if repeated.next_if_eq(&at).is_none() {
                self.arena.pairs.push(*pair);
            }
        }
        self.pairs.truncate(frame.from);
        Run::new(first, self.arena.pairs.len())
    }

    fn start_skip(&mut self, is_key: bool, style: Style, place: Span) {
        let (start, end) = (place.start as usize, place.end as usize);
        let shown = syntax::character(self.source.text, start);
        if is_key {
            self.problems
                .add(rule::NON_STRING_KEY, || key::of_several_parts(shown));
        } else {
            let limit = self.limits.depth;
            self.problems
                .add(rule::TOO_DEEP, || refused::too_deep(shown, limit));
        }
        self.skip = Some(Skip {
            open: 1,
            start,
            end,
            style: (!is_key).then_some(style),
        });
    }

    /// An event inside of what is not read.
    pub(super) fn skipped(&mut self, event: &Event<'_>, place: Span) {
        let Some(skip) = &mut self.skip else { return };
        if place.start < place.end {
            // A block ends with its last text; its own end is placed at the next token.
            skip.end = skip.end.max(place.end as usize);
        }
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => skip.open += 1,
            Event::SequenceEnd | Event::MappingEnd => skip.open -= 1,
            _ => {}
        }
        if skip.open > 0 {
            return;
        }
        let span = Span::new(skip.start, skip.end);
        self.after = skip.end;
        match skip.style {
            None => self.frame_key(Key {
                text: Text::default(),
                span,
                keep: false,
            }),
            Some(style) => {
                let node = self.node(span, style, Value::Null, Text::default());
                self.attach(node);
            }
        }
        self.skip = None;
    }

    /// Adds a node inside of the innermost container.
    pub(super) fn node(&mut self, span: Span, style: Style, value: Value, text: Text) -> NodeId {
        let id = NodeId(index(self.arena.nodes.len()));
        let parent = self.frames.last().map_or(NodeId::ROOT, |frame| frame.node);
        self.arena.nodes.push(Record {
            span,
            parent,
            style,
            value,
            text,
        });
        id
    }

    /// Puts a finished node into the innermost container and stretches that over it.
    pub(super) fn attach(&mut self, node: NodeId) {
        let span = self.arena.nodes[node.index()].span;
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.begin(&mut self.arena, span.start);
        let parent = &mut self.arena.nodes[frame.node.index()];
        parent.span.end = parent.span.end.max(span.end);
        match frame.key.take() {
            Some(key) if key.keep => {
                self.pairs.push(Pair {
                    key: key.text,
                    key_span: key.span,
                    value: node,
                });
            }
            None if !frame.is_map => self.items.push(node),
            _ => {}
        }
    }
}

impl Frame {
    /// A container without brackets begins where its first key or item does.
    pub(super) fn begin(&mut self, arena: &mut Arena, start: u32) {
        let span = &mut arena.nodes[self.node.index()].span;
        if !self.begun {
            self.begun = true;
            span.start = start;
        }
        span.end = span.end.max(start);
    }
}
