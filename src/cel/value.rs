//! Values: borrowed from the plan and the policy, and remembering where they were read.

use std::ops::Deref;
use std::sync::Arc;

use super::{Data, Host};
use crate::text::{DateRange, Duration};

/// A value and the node it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'a, N> {
    /// What it is.
    pub content: Content<'a, N>,
    /// The node of the host it was read from; none for what an expression made.
    pub origin: Option<N>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content<'a, N> {
    /// `null`; never what a plan says by being silent.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An unsigned number.
    Uint(u64),
    /// A fraction.
    Double(f64),
    /// A text.
    Text(Text<'a>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A date.
    Date(DateRange),
    /// A span of time.
    Duration(Duration),
    /// A list.
    List(List<'a, N>),
    /// A mapping of policy data.
    Record(&'a [(Box<str>, Data)]),
    /// A mapping that an expression made, in the order it is written.
    Map(Arc<[(Value<'a, N>, Value<'a, N>)]>),
    /// An object of the host.
    Object(N),
}

/// A text of the plan, of the policy or of the program; or one that an expression made.
#[derive(Debug, Clone)]
pub enum Text<'a> {
    /// Lent.
    Borrowed(&'a str),
    /// Made; told by one word, so that it takes no more room than a lent one.
    Shared(Arc<Box<str>>),
}

impl Text<'_> {
    /// A text that was made.
    pub fn made(text: impl Into<Box<str>>) -> Self {
        Self::Shared(Arc::new(text.into()))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// A value that is lent or copied as it stands: enough to compare it, where nobody asks for its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plain<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// A date.
    Date(DateRange),
    /// A span of time.
    Duration(Duration),
}

/// A list, whose elements are read when they are asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum List<'a, N> {
    /// A list of the host.
    Host(N),
    /// A list of policy data or of constants.
    Data(&'a [Data]),
    /// The whole numbers from 0 up to this one.
    Range(u32),
    /// A list that an expression made.
    Made(Arc<[Value<'a, N>]>),
}

impl<'a, N: Copy> Value<'a, N> {
    /// A value that no node of the host holds.
    pub fn new(content: Content<'a, N>) -> Self {
        Self {
            content,
            origin: None,
        }
    }

    /// A value read from `origin`.
    pub fn read(content: Content<'a, N>, origin: N) -> Self {
        Self {
            content,
            origin: Some(origin),
        }
    }

    /// The object `node` of the host.
    pub fn object(node: N) -> Self {
        Self::read(Content::Object(node), node)
    }

    /// The list `node` of the host.
    pub fn list(node: N) -> Self {
        Self::read(Content::List(List::Host(node)), node)
    }

    /// The text of the scalar `node` of the host.
    pub fn text(text: &'a str, node: N) -> Self {
        Self::read(Content::Text(Text::Borrowed(text)), node)
    }

    /// Policy data, lent.
    pub fn data(data: &'a Data) -> Self {
        Self::new(match data {
            Data::Null => Content::Null,
            Data::Bool(value) => Content::Bool(*value),
            Data::Int(value) => Content::Int(*value),
            Data::Uint(value) => Content::Uint(*value),
            Data::Double(value) => Content::Double(*value),
            Data::Text(text) => Content::Text(Text::Borrowed(text)),
            Data::Bytes(bytes) => Content::Bytes(bytes.as_ref().into()),
            Data::Date(days) => Content::Date(*days),
            Data::Duration(duration) => Content::Duration(*duration),
            Data::List(elements) => Content::List(List::Data(elements)),
            Data::Record(fields) => Content::Record(fields),
        })
    }

    /// True or false, where it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self.content {
            Content::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same without its place, where it is plain.
    pub fn as_plain(&self) -> Option<Plain<'a>> {
        match self.content {
            Content::Text(Text::Borrowed(text)) => Some(Plain::Text(text)),
            Content::Int(value) => Some(Plain::Int(value)),
            Content::Bool(value) => Some(Plain::Bool(value)),
            Content::Date(value) => Some(Plain::Date(value)),
            Content::Duration(value) => Some(Plain::Duration(value)),
            _ => None,
        }
    }

    /// The object, where it is one.
    pub fn as_object(&self) -> Option<N> {
        match self.content {
            Content::Object(node) => Some(node),
            _ => None,
        }
    }

    /// The places this value names: its own, or those of the elements where an expression picked
    /// them. Elements that were computed have none.
    pub fn places(&self) -> Vec<N> {
        match (self.origin, &self.content) {
            (Some(origin), _) => vec![origin],
            (None, Content::List(List::Made(elements))) => {
                elements.iter().flat_map(Self::places).collect()
            }
            (None, _) => Vec::new(),
        }
    }

    /// The elements of a list, for messages and fixes; `None` where it is no list. An element that
    /// the host cannot give is left out.
    pub fn elements<H: Host<Node = N>>(&self, host: &'a H) -> Option<Vec<Self>> {
        let Content::List(list) = &self.content else {
            return None;
        };
        let mut cursor = 0;
        let mut elements = Vec::new();
        while let Some(read) = list.next(host, &mut cursor) {
            if let super::Read::Value(value) = read {
                elements.push(value);
            }
        }
        Some(elements)
    }
}
