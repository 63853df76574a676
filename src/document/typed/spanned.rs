//! A value that remembers where it stood.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, U32Deserializer};
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::document::node::Node;
use crate::text::Span;

use super::access::decode;
use super::error::Fault;

/// A value and the span of its node. Decodes from a [`Node`] only, and not below
/// `#[serde(flatten)]`, `#[serde(untagged)]` or `#[serde(tag)]`, where serde copies the value away
/// from its place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// The name by which [`Spanned`] asks the deserializer for the place; no Rust type can have it.
pub(super) const NAME: &str = "$plangate::document::Spanned";
const FIELDS: &[&str] = &["value", "start", "end"];

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(NAME, FIELDS, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a node with its place")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spanned<T>, A::Error> {
        let (mut value, mut span) = (None, Span::default());
        while let Some(field) = map.next_key::<&str>()? {
            match field {
                "value" => value = Some(map.next_value()?),
                "start" => span.start = map.next_value()?,
                "end" => span.end = map.next_value()?,
                other => return Err(A::Error::unknown_field(other, FIELDS)),
            }
        }
        let value = value.ok_or_else(|| A::Error::missing_field("value"))?;
        Ok(Spanned { value, span })
    }
}

/// A node as the three fields of [`Spanned`].
pub(super) struct SpannedAccess<'d> {
    node: Node<'d>,
    next: usize,
}

impl<'d> SpannedAccess<'d> {
    pub(super) fn of(node: Node<'d>) -> Self {
        Self { node, next: 0 }
    }
}

impl<'d> MapAccess<'d> for SpannedAccess<'d> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'d>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(&field) = FIELDS.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        seed.deserialize(BorrowedStrDeserializer::new(field))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'d>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let span = self.node.span();
        match self.next {
            1 => decode(seed, self.node),
            2 => seed.deserialize(U32Deserializer::new(span.start)),
            _ => seed.deserialize(U32Deserializer::new(span.end)),
        }
    }
}
