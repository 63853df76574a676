//! Nodes → values of the program, through serde: configuration, roster, waivers and policies are
//! decoded from the same tree as plans, so that an error stands at its exact place and no second
//! reader has another opinion.
//!
//! ```
//! use std::sync::Arc;
//! use plangate::document::{Limits, Spanned, from_node, parse};
//! use plangate::text::SourceFile;
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Gate { block: Spanned<String>, #[serde(default)] roles: Vec<String> }
//!
//! let file = Arc::new(SourceFile::new("plangate.yaml", "block: new\nrolls: [ciso]\n"));
//! let document = parse(&file, Limits::default()).document.expect("small enough");
//! let error = from_node::<Gate>(document.root()).err().expect("`rolls` is unknown");
//! assert_eq!(file.slice(error.span), "rolls");
//! ```

mod access;
mod error;
mod expected;
mod numbered;
mod spanned;

#[cfg(test)]
mod tests;

pub use error::{DecodeError, refuse};
pub use spanned::Spanned;

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;

use super::content::Content;
use super::node::Node;
use access::{Entries, Items, Variant};
use error::Fault;
use spanned::SpannedAccess;

/// Decodes a node. Borrowed strings borrow from the document.
pub fn from_node<'d, T: Deserialize<'d>>(node: Node<'d>) -> Result<T, DecodeError> {
    T::deserialize(NodeDeserializer { node }).map_err(|fault| fault.at(node))
}

/// serde's view of a node. Errors without a place get that of the innermost node they pass.
#[derive(Clone, Copy)]
struct NodeDeserializer<'d> {
    node: Node<'d>,
}

impl<'d> Deserializer<'d> for NodeDeserializer<'d> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Fault> {
        let node = self.node;
        let value = match node.content() {
            Content::Null => visitor.visit_unit(),
            Content::Bool(value) => visitor.visit_bool(value),
            Content::Int(value) => visitor.visit_i64(value),
            Content::Float(value) => visitor.visit_f64(value),
            Content::Text(text) => visitor.visit_borrowed_str(text),
            Content::List => list(node, visitor),
            Content::Map => visitor.visit_map(Entries::new(node.entries())),
        };
        value.map_err(|fault| fault.within(node))
    }

    fn deserialize_option<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.node.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'d>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor
            .visit_newtype_struct(self)
            .map_err(|fault| fault.within(self.node))
    }

    fn deserialize_unit_struct<V: Visitor<'d>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == numbered::NAME {
            return visitor.visit_u32(self.node.id().0);
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'d>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == spanned::NAME {
            return visitor.visit_map(SpannedAccess::of(self.node));
        }
        if !self.node.is_map() {
            // serde would fill the fields from a list by their order.
            let fault = Fault::invalid_type(expected::unexpected(self.node), &visitor);
            return Err(fault.within(self.node));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'d>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let node = self.node;
        if let Some(name) = node.as_str() {
            let variant = BorrowedStrDeserializer::new(name);
            return visitor
                .visit_enum(variant)
                .map_err(|fault: Fault| fault.within(node));
        }
        let mut entries = node.entries();
        let variant = match (entries.next(), entries.next()) {
            (Some(entry), None) => Variant { entry },
            _ => return Err(expected::variant(node)),
        };
        visitor
            .visit_enum(variant)
            .map_err(|fault| fault.within(node))
    }

    fn deserialize_ignored_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'d>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit seq tuple tuple_struct map identifier
    }
}

/// Visits a list; items that the visitor leaves are an error.
fn list<'d, V: Visitor<'d>>(node: Node<'d>, visitor: V) -> Result<V::Value, Fault> {
    let mut items = Items { rest: node.items() };
    let value = visitor.visit_seq(&mut items)?;
    match items.rest.next() {
        None => Ok(value),
        Some(extra) => {
            Err(Fault::new("清單的項目過多", "the list has too many items").within(extra))
        }
    }
}
