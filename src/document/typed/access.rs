//! Lists, maps and enums as serde walks them.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::document::node::{Entry, Node};

use super::error::Fault;
use super::{Deserializer, NodeDeserializer};

/// Decodes a node; an error that its visitor makes of the finished value is of this place too.
pub(super) fn decode<'d, S: DeserializeSeed<'d>>(
    seed: S,
    node: Node<'d>,
) -> Result<S::Value, Fault> {
    seed.deserialize(NodeDeserializer { node })
        .map_err(|fault| fault.within(node))
}

/// The items of a list that are still to come.
pub(super) struct Items<I> {
    pub(super) rest: I,
}

impl<'d, I: ExactSizeIterator<Item = Node<'d>>> SeqAccess<'d> for Items<I> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'d>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.rest.next().map(|node| decode(seed, node)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The entries of a map that are still to come.
pub(super) struct Entries<'d, I> {
    rest: I,
    value: Option<Node<'d>>,
}

impl<I> Entries<'_, I> {
    pub(super) fn new(rest: I) -> Self {
        Self { rest, value: None }
    }
}

impl<'d, I: ExactSizeIterator<Item = Entry<'d>>> MapAccess<'d> for Entries<'d, I> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'d>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(entry) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(entry.value);
        let key = seed.deserialize(BorrowedStrDeserializer::new(entry.key));
        key.map(Some)
            .map_err(|fault: Fault| fault.or_at(entry.key_span))
    }

    fn next_value_seed<S: DeserializeSeed<'d>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let node = self
            .value
            .take()
            .expect("internal: serde asks for a value after its key");
        decode(seed, node)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// `variant: contents`
pub(super) struct Variant<'d> {
    pub(super) entry: Entry<'d>,
}

impl<'d> EnumAccess<'d> for Variant<'d> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'d>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let name = seed.deserialize(BorrowedStrDeserializer::new(self.entry.key));
        let name = name.map_err(|fault: Fault| fault.or_at(self.entry.key_span))?;
        Ok((name, self))
    }
}

impl<'d> Variant<'d> {
    fn contents(self) -> NodeDeserializer<'d> {
        NodeDeserializer {
            node: self.entry.value,
        }
    }
}

impl<'d> VariantAccess<'d> for Variant<'d> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        serde::Deserialize::deserialize(self.contents())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'d>>(self, seed: S) -> Result<S::Value, Fault> {
        decode(seed, self.entry.value)
    }

    fn tuple_variant<V: Visitor<'d>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.contents().deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'d>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.contents().deserialize_struct("", fields, visitor)
    }
}
