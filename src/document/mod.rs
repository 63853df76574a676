//! YAML text → tree with exact places.
//!
//! Turns the bytes of a file into a [`Document`], in which every key and value knows where it
//! stands, and into findings for everything outside the profile: YAML 1.2 core, UTF-8, one
//! document, string keys, no anchors, aliases, merge keys, tags or directives. Knows nothing of
//! plans, policies or of the law. May import `text` and `finding`. Invariant: bad input never
//! panics, and one problem never hides the others.
//!
//! ```
//! use std::sync::Arc;
//! use plangate::document::{Content, Limits, parse};
//! use plangate::text::SourceFile;
//!
//! let file = Arc::new(SourceFile::new("plan.yaml", "edition: 1.10\nsealed: no\n"));
//! let parsed = parse(&file, Limits::default());
//! let document = parsed.document.expect("small enough");
//! let edition = document.root().get("edition").expect("it is there");
//! assert_eq!((edition.content(), edition.written()), (Content::Float(1.1), "1.10"));
//! assert_eq!(&*parsed.findings[0].policy, "syntax/ambiguous-scalar");
//! ```

mod ambiguous;
mod arena;
mod bytes;
mod characters;
mod content;
mod inside;
mod limits;
mod lookalike;
mod node;
mod packed;
mod problem;
mod refused;
pub mod rule;
mod scalar;
mod syntax;
mod tabs;
mod trace;
mod tree;
mod typed;

#[cfg(test)]
mod tests;

pub use bytes::{Decoded, decode};
pub use content::{Content, Style};
pub use inside::inside;
pub use limits::Limits;
pub use node::{Document, Entry, Node, NodeId};
pub(crate) use packed::tree;
pub use packed::{Packed, Tree, packed_rows};
pub use rule::Rule;
pub use scalar::reads_as_text;
pub use trace::trace;
pub use typed::{DecodeError, Spanned, from_node, refuse};

use std::sync::Arc;

use crate::finding::Finding;
use crate::text::SourceFile;

use problem::Problems;

/// A file read, and what is wrong with it.
#[derive(Debug)]
pub struct Parsed {
    /// The tree; none where the file was refused before it was read.
    pub document: Option<Document>,
    /// Everything outside the profile, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Reads a text as a tree.
///
/// After a syntax error the tree has what was read before it, and the entries of the root that
/// begin after it; [`Document::is_complete`] is then false.
pub fn parse(file: &Arc<SourceFile>, limits: Limits) -> Parsed {
    let mut problems = Problems::default();
    if file.text().len() > limits.bytes {
        problems.add(rule::TOO_LARGE, || bytes::too_large(limits));
        return Parsed {
            document: None,
            findings: problems.into_findings(file, None),
        };
    }
    let seen = characters::scan(file.text(), &mut problems);
    let masked = characters::mask(file.text(), seen);
    let source = tree::Readable {
        file,
        text: &masked,
        wide: seen.wide,
    };
    let document = tree::read(source, limits, &mut problems);
    if seen.tab {
        tabs::find(&masked, &document.arena, document.complete, &mut problems);
    }
    let findings = problems.into_findings(file, Some(&document));
    Parsed {
        document: Some(document),
        findings,
    }
}

/// Decodes and reads the bytes of a file called `name`.
pub fn read(name: &str, bytes: &[u8], limits: Limits) -> (Arc<SourceFile>, Parsed) {
    let Decoded {
        file,
        mut findings,
        readable,
    } = decode(name, bytes, limits);
    let mut parsed = if readable {
        parse(&file, limits)
    } else {
        Parsed {
            document: None,
            findings: Vec::new(),
        }
    };
    findings.append(&mut parsed.findings);
    findings.sort_by(|a, b| a.place.order(&b.place));
    (file, Parsed { findings, ..parsed })
}
