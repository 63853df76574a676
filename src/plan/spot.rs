//! A node of a plan by numbers, for what is kept and copied more often than it is read.
//!
//! In: a node of one of the plan's documents. Out: the number of the document and of the node, and the
//! node again. Means nothing in another plan.

use std::marker::PhantomData;

use super::join::Plan;
use crate::document::{Document, Node, NodeId};

/// A node by the number of its document among those of its plan: half of what a [`Node`] weighs. It
/// lives as long as the documents that it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<'p> {
    document: u32,
    node: NodeId,
    documents: PhantomData<&'p Document>,
}

impl<'p> Plan<'p> {
    /// Where a node of the plan is.
    ///
    /// # Panics
    ///
    /// If the node is of no document of this plan.
    pub fn spot(&self, node: Node<'p>) -> Spot<'p> {
        let at = self.number_of(node.document());
        let at = at.and_then(|at| u32::try_from(at).ok());
        Spot {
            document: at.expect("internal: a node that the plan is asked for is of the plan"),
            node: node.id(),
            documents: PhantomData,
        }
    }

    /// The node that is there.
    pub fn at(&self, spot: Spot<'p>) -> Node<'p> {
        self.document(spot.document as usize).node(spot.node)
    }
}
