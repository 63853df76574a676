//! A node kept as a node: data of any shape that its reader takes apart by itself.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::document::node::NodeId;

/// The name by which [`NodeId`] asks the deserializer for the node's number.
pub(super) const NAME: &str = "$plangate::document::NodeId";

/// Decodes from a [`super::super::Node`] only: the number of the node that stands there.
impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_unit_struct(NAME, NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = NodeId;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a node")
    }

    fn visit_u32<E: Error>(self, number: u32) -> Result<NodeId, E> {
        Ok(NodeId(number))
    }
}
