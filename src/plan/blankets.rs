//! Which mode stands above a node: the nearest map at or above it that carries one.
//!
//! In: the documents of a plan. Out: for every node of them the map, found once, since expressions ask
//! it for every key that a plan leaves out. Knows nothing of what a mode means.

use super::fact::modes_on;
use super::join::PlanFiles;
use crate::document::{Document, Node, NodeId};

/// The nearest carriers of all nodes of a plan.
#[derive(Debug, Default)]
pub(super) struct Blankets<'p> {
    of: Vec<(&'p Document, Vec<Option<NodeId>>)>,
}

impl<'p> Blankets<'p> {
    /// Walks the documents once.
    pub(super) fn of(files: &'p PlanFiles) -> Self {
        let others = files.sections.values().chain(files.annexes.values());
        let all = std::iter::once(&files.main).chain(others);
        Self {
            of: all.map(|document| (document, nearest(document))).collect(),
        }
    }

    /// The nearest map at or above `node` that carries a mode.
    pub(super) fn over(&self, node: Node<'p>) -> Option<Node<'p>> {
        let own = |(document, _): &&(&Document, _)| std::ptr::eq(*document, node.document());
        let (document, nearest) = self.of.iter().find(own)?;
        let carrier = nearest.get(node.id().number()).copied().flatten()?;
        Some(document.node(carrier))
    }
}

fn nearest(document: &Document) -> Vec<Option<NodeId>> {
    let mut nearest: Vec<Option<NodeId>> = Vec::with_capacity(document.len());
    for node in document.nodes() {
        // A container is numbered before what it holds.
        let above = node.parent().map(|parent| nearest[parent.id().number()]);
        let carries = node.is_map() && modes_on(node).next().is_some();
        nearest.push(if carries {
            Some(node.id())
        } else {
            above.flatten()
        });
    }
    nearest
}
