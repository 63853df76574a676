//! The state of one reading: the tree so far and the containers that are still open.

use std::ops::ControlFlow;

use granit_parser::Event;

use crate::document::arena::{Arena, Pair, Run, Text, Value};
use crate::document::content::Style;
use crate::document::limits::Limits;
use crate::document::node::NodeId;
use crate::document::problem::{Problem, Problems};
use crate::document::syntax::Context;
use crate::document::{lookalike, refused, rule};
use crate::text::Span;

use super::Readable;
use super::key::Key;

/// How much of a plan is open at once, but for long lists.
const OPEN: usize = 64;

/// What the reading knows.
pub(super) struct Builder<'s> {
    pub(super) source: Readable<'s>,
    pub(super) limits: Limits,
    pub(super) problems: &'s mut Problems,
    pub(super) arena: Arena,
    pub(super) frames: Vec<Frame>,
    /// Items and entries of the containers that are open, innermost last.
    pub(super) items: Vec<NodeId>,
    pub(super) pairs: Vec<Pair>,
    /// Where the last event ended: indicators and comments lie between it and the next.
    pub(super) after: usize,
    /// A plain scalar that was just read, for the words of an error right behind it.
    pub(super) last_plain: Option<Span>,
    pub(super) skip: Option<Skip>,
    documents: usize,
    /// Whether the next container is the root, which is open already.
    pub(super) resumed: bool,
    complete: bool,
}

/// A container that is open.
pub(super) struct Frame {
    pub(super) node: NodeId,
    pub(super) is_map: bool,
    /// Where its children begin in `items` or `pairs`.
    pub(super) from: usize,
    pub(super) key: Option<Key>,
    /// Whether brackets say where it begins and ends.
    pub(super) brackets: bool,
    /// Whether it is known where it begins.
    pub(super) begun: bool,
}

/// A container whose contents are not read.
pub(super) struct Skip {
    /// Containers open, itself included.
    pub(super) open: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// None for a key.
    pub(super) style: Option<Style>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: Readable<'s>, limits: Limits, problems: &'s mut Problems) -> Self {
        Self {
            source,
            limits,
            problems,
            arena: Arena::for_bytes(source.text.len()),
            frames: Vec::with_capacity(OPEN),
            items: Vec::with_capacity(OPEN),
            pairs: Vec::with_capacity(OPEN),
            after: 0,
            last_plain: None,
            skip: None,
            documents: 0,
            resumed: false,
            complete: true,
        }
    }

    /// Takes an event of a reading that began at byte `from`.
    pub(super) fn event(
        &mut self,
        event: &Event<'_>,
        span: &granit_parser::Span,
        from: usize,
    ) -> ControlFlow<()> {
        let place = placed(span, from);
        if self.skip.is_some() {
            self.skipped(event, place);
            return ControlFlow::Continue(());
        }
        if self.arena.nodes.len() >= self.limits.nodes && event.is_node() {
            return self.too_many_nodes(place);
        }
        if let Some(tag) = span.tag_span() {
            let tag = placed(&tag, from);
            self.problems
                .add(rule::TAG, || refused::tag(self.source.original(), tag));
        }
        match event {
            Event::DocumentStart(is_explicit, _) => return self.document(*is_explicit, place),
            Event::Scalar(text, style, ..) => return self.scalar(text, *style, place),
            Event::SequenceStart(style, ..) => return self.open(false, *style, place),
            Event::MappingStart(style, ..) => return self.open(true, *style, place),
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(place)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(place),
            Event::Anchor(..) => {
                self.problems.add(rule::ANCHOR, || {
                    refused::anchor(self.source.original(), place)
                });
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    /// What an error message may refer to.
    pub(super) fn context(&self) -> Context<'s> {
        let bracket = self.frames.iter().rfind(|frame| frame.brackets);
        Context {
            source: self.source.text,
            after: self.after,
            last_plain: self.last_plain,
            depth: self.limits.depth,
            bracket: bracket.map(|frame| {
                let start = self.arena.nodes[frame.node.index()].span.start as usize;
                Span::new(start, start + 1)
            }),
        }
    }

    /// Notes that the parser stopped at byte `at`.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.complete = false;
        let deeper_still = self.skip.take().is_some() && problem.rule() == rule::TOO_DEEP;
        if !deeper_still && !self.problems.any_at(problem.start()) {
            self.problems.add(problem.rule(), || problem);
        }
    }

    /// Closes what was open at an error at byte `at`, but for a root map, to go on reading at byte
    /// `restart`. False where the root takes no more entries.
    pub(super) fn resume(&mut self, at: usize, restart: usize) -> bool {
        while self.frames.len() > 1 {
            self.close(None);
        }
        if self.frames.is_empty() && !self.reopen_root() {
            return false;
        }
        let root = &mut self.frames[0];
        root.key = None;
        if !root.is_map || root.brackets {
            return false;
        }
        if self.source.wide {
            lookalike::in_unread_lines(self.source.text, at..restart, self.problems);
        }
        (self.after, self.last_plain) = (restart, None);
        (self.resumed, self.documents) = (true, 0);
        true
    }

    /// A root that was nothing yet, or took its first lines for a text, becomes a map.
    fn reopen_root(&mut self) -> bool {
        let is_text = self.arena.nodes.len() == 1
            && !matches!(self.arena.nodes[0].value, Value::List(_) | Value::Map(_));
        if !self.arena.nodes.is_empty() && !is_text {
            return false;
        }
        self.arena.nodes.clear();
        let node = self.node(
            Span::at(0),
            Style::Block,
            Value::Map(Run::default()),
            Text::default(),
        );
        self.frames.push(Frame {
            node,
            is_map: true,
            from: self.pairs.len(),
            key: None,
            brackets: false,
            begun: false,
        });
        true
    }

    /// Closes everything and hands the tree over.
    pub(super) fn finish(mut self) -> (Arena, bool) {
        while !self.frames.is_empty() {
            self.close(None);
        }
        if self.arena.nodes.is_empty() {
            self.node(Span::at(0), Style::Plain, Value::Null, Text::default());
        }
        (self.arena, self.complete)
    }

    fn document(&mut self, is_explicit: bool, place: Span) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents > 1 {
            self.problems
                .add(rule::SEVERAL_DOCUMENTS, || refused::second_document(place));
            return ControlFlow::Break(());
        }
        if is_explicit {
            let before = self.after..place.start as usize;
            refused::directives(self.source.text, before, self.problems);
            self.after = place.end as usize;
        }
        ControlFlow::Continue(())
    }

    fn too_many_nodes(&mut self, place: Span) -> ControlFlow<()> {
        self.complete = false;
        let limit = self.limits.nodes;
        self.problems.add(rule::TOO_MANY_NODES, || {
            refused::too_many_nodes(place, limit)
        });
        ControlFlow::Break(())
    }

    /// Whether the next node is a key.
    pub(super) fn awaits_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.is_map && frame.key.is_none())
    }
}

/// Where an event of a reading that began at byte `from` stands in the file.
fn placed(span: &granit_parser::Span, from: usize) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(from + range.start, from + range.end)
}
