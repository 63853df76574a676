//! Parser events → tree.
//!
//! In: the events of one text. Out: a [`Document`] and problems. Knows nothing of serde, of plans
//! or of how findings look. Invariant: whatever the events, the tree has a root, every node lies
//! inside its parent, and reading goes on after whatever the profile refuses.

mod builder;
mod containers;
mod key;
mod origin;
mod recover;
mod scalars;

use std::ops::ControlFlow;
use std::sync::Arc;

use granit_parser::{Event, Options, Parser, ScanError, TryLoadError, TrySpannedEventReceiver};

use crate::text::SourceFile;

use super::limits::Limits;
use super::node::Document;
use super::problem::Problems;
use super::syntax;
use builder::Builder;
pub(super) use origin::opening_quote;
pub(super) use recover::is_entry;

/// How often reading is taken up again after a syntax error; each time costs at most one more
/// reading of the rest of the file.
const RESTARTS: usize = 10;

/// A text for the parser.
#[derive(Clone, Copy)]
pub(super) struct Readable<'s> {
    /// The file.
    pub(super) file: &'s Arc<SourceFile>,
    /// The text of the file, or one of the same length in which the characters are masked that the
    /// parser would stop at.
    pub(super) text: &'s str,
    /// Whether there are wide colons or blanks to look for.
    pub(super) wide: bool,
}

impl<'s> Readable<'s> {
    /// The text of the file as it is.
    fn original(self) -> &'s str {
        self.file.text()
    }
}

/// Reads a text as a tree.
pub(super) fn read(source: Readable<'_>, limits: Limits, problems: &mut Problems) -> Document {
    let mut builder = Builder::new(source, limits, problems);
    let mut from = 0;
    for _ in 0..=RESTARTS {
        let Err(error) = segment(&mut builder, source.text, from, limits) else {
            break;
        };
        let at = from + error.marker().byte_offset().unwrap_or_default();
        let explained = syntax::explain(error.kind(), at, builder.context());
        builder.fail(explained);
        let Some(restart) = recover::next_entry(source.text, from, at) else {
            break;
        };
        if !builder.resume(at, restart) {
            break;
        }
        from = restart;
    }
    let (arena, complete) = builder.finish();
    Document {
        file: Arc::clone(source.file),
        arena: arena.into(),
        complete,
    }
}

/// Reads from byte `from` to the end or to the first error.
fn segment(
    builder: &mut Builder<'_>,
    text: &str,
    from: usize,
    limits: Limits,
) -> Result<(), ScanError> {
    let mut parser = Parser::new_from_str_with_options(&text[from..], options(limits));
    match parser.try_load(&mut Events { builder, from }, true) {
        Err(TryLoadError::Scan(error)) => Err(error),
        Ok(()) | Err(TryLoadError::Receiver(Enough)) => Ok(()),
    }
}

/// Hands events of a reading that began at byte `from` to the tree.
struct Events<'b, 's> {
    builder: &'b mut Builder<'s>,
    from: usize,
}

/// Nothing more is to be read.
struct Enough;

impl<'input> TrySpannedEventReceiver<'input> for Events<'_, '_> {
    type Error = Enough;

    #[inline]
    fn on_event(&mut self, event: Event<'input>, span: granit_parser::Span) -> Result<(), Enough> {
        match self.builder.event(&event, &span, self.from) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Enough),
        }
    }
}

/// The parser's own nesting limits end the reading, ours skip what is too deep and read on; so its
/// limits are wider, yet narrow enough for any stack.
fn options(limits: Limits) -> Options {
    let nesting = limits.depth.saturating_mul(4).clamp(32, 255);
    granit_parser::options! {
        flow_nesting_limit: nesting,
        block_nesting_limit: nesting,
        strict_indentation: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
    }
}
