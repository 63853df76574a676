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

use std::sync::Arc;

use granit_parser::{Options, Parser, ScanError};

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
    // An event with its place is large, so that it is looked at where it is handed over.
    loop {
        match &parser.next_event() {
            None => return Ok(()),
            Some(Err(error)) => return Err(error.clone()),
            Some(Ok((event, span))) => {
                if builder.event(event, span, from).is_break() {
                    return Ok(());
                }
            }
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
