//! A world without a plan: rules read a record, and no tree.

use crate::cel::{Catalogue, Field, Host, Mode, ObjectType, Read, Slot};

/// Has no objects, and so no node of it exists.
pub(super) struct Nothing;

impl Catalogue for Nothing {
    fn field(&self, _: ObjectType, _: &str) -> Option<Field> {
        None
    }

    fn field_names(&self, _: ObjectType) -> Vec<String> {
        Vec::new()
    }

    fn object_name(&self, _: ObjectType) -> String {
        String::new()
    }
}

/// No node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoNode {}

impl Host for Nothing {
    type Node = NoNode;

    fn field(&self, node: NoNode, _: Slot) -> Read<'_, NoNode> {
        match node {}
    }

    fn mode(&self, node: NoNode, _: Slot) -> Mode {
        match node {}
    }

    fn len(&self, list: NoNode) -> usize {
        match list {}
    }

    fn element(&self, list: NoNode, _: usize) -> Read<'_, NoNode> {
        match list {}
    }

    fn covers(&self, item: NoNode, _: NoNode) -> bool {
        match item {}
    }
}
