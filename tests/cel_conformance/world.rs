//! A host without a plan: expressions of the specification read nothing but their variables.

use std::convert::Infallible;

use plangate::cel::{Catalogue, Field, Host, Mode, ObjectType, Read, Slot};

/// The nodes of a tree that has none.
pub(crate) type Nothing = Infallible;

/// A tree without nodes.
pub(crate) struct Nowhere;

impl Host for Nowhere {
    type Node = Nothing;

    fn field(&self, node: Nothing, _: Slot) -> Read<'_, Nothing> {
        match node {}
    }

    fn mode(&self, node: Nothing, _: Slot) -> Mode {
        match node {}
    }

    fn len(&self, list: Nothing) -> usize {
        match list {}
    }

    fn element(&self, list: Nothing, _: usize) -> Read<'_, Nothing> {
        match list {}
    }

    fn covers(&self, item: Nothing, _: Nothing) -> bool {
        match item {}
    }
}

impl Catalogue for Nowhere {
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
