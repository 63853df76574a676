//! Our tree as the validator sees it: JSON, with scalars of two natures.
//!
//! Scalars take the type of their place in the schema and keep their text (`1.10` is not `1.1`), so
//! that a plain scalar is a string wherever a string is asked for, and a number or truth value
//! wherever one of these is.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use serde_json::{Number, Value};

use crate::document::{Content, Entry, Node};

/// The representation of instances that the validator is compiled for.
pub(super) enum TreeJson {}

/// A value of a plan.
#[derive(Clone)]
pub(super) enum View<'d> {
    /// A node of the tree.
    Node(Node<'d>),
    /// The plan that a section in a file of its own is part of: a map of one entry.
    Section(&'d str, Node<'d>),
    /// A key, where a schema looks at keys.
    Key(&'d str),
}

impl<'d> View<'d> {
    fn node(&self) -> Option<Node<'d>> {
        match self {
            Self::Node(node) => Some(*node),
            Self::Section(..) | Self::Key(_) => None,
        }
    }

    fn content(&self) -> Content<'d> {
        match self {
            Self::Node(node) => node.content(),
            Self::Section(..) => Content::Map,
            Self::Key(key) => Content::Text(key),
        }
    }
}

impl Json for TreeJson {
    type Node<'a> = View<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    /// Lookups in a map go through its keys one by one.
    const KEYS_PER_LOOKUP: usize = 4;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), key: &str, use_it: impl FnOnce(View<'_>) -> T) -> T {
        use_it(View::Key(key))
    }
}

impl<'d> JsonNode<'d, TreeJson> for View<'d> {
    type Object = Members<'d>;
    type Array = Items<'d>;
    type Number = Figure;

    fn as_object(&self) -> Option<Members<'d>> {
        match self {
            Self::Node(node) => node.is_map().then_some(Members::Map(*node)),
            Self::Section(name, node) => Some(Members::Section(name, *node)),
            Self::Key(_) => None,
        }
    }

    fn as_array(&self) -> Option<Items<'d>> {
        self.node().filter(|node| node.is_list()).map(Items)
    }

    fn as_string(&self) -> Option<Cow<'d, str>> {
        match self.content() {
            Content::Text(text) => Some(Cow::Borrowed(text)),
            Content::Bool(_) | Content::Int(_) | Content::Float(_) => {
                self.node().map(|node| Cow::Borrowed(node.written()))
            }
            Content::Null | Content::List | Content::Map => None,
        }
    }

    fn is_string(&self) -> bool {
        !matches!(self.content(), Content::Null | Content::List | Content::Map)
    }

    fn as_number(&self) -> Option<Figure> {
        match self.content() {
            Content::Int(value) => Some(Figure::Whole(value)),
            Content::Float(value) => Some(Figure::Decimal(value)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.content() {
            Content::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.content() == Content::Null
    }

    fn json_type(&self) -> JsonType {
        match self.content() {
            Content::Null => JsonType::Null,
            Content::Bool(_) => JsonType::Boolean,
            Content::Int(_) | Content::Float(_) => JsonType::Number,
            Content::Text(_) => JsonType::String,
            Content::List => JsonType::Array,
            Content::Map => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::String(text) => self.as_string().is_some_and(|own| own == text.as_str()),
            Value::Number(number) => self
                .as_number()
                .is_some_and(|own| own.as_f64() == number.as_f64()),
            Value::Bool(value) => self.as_boolean() == Some(*value),
            Value::Null => self.is_null(),
            Value::Array(_) | Value::Object(_) => false,
        }
    }

    /// Never the plan's own words: messages are built from the tree, and the library keeps none.
    fn to_value(&self) -> Cow<'d, Value> {
        Cow::Owned(Value::Null)
    }

    /// Every reference of the schema goes down the tree, so that none is met twice at one node.
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// The entries of a map.
pub(super) enum Members<'d> {
    Map(Node<'d>),
    Section(&'d str, Node<'d>),
}

impl<'d> Object<'d, TreeJson> for Members<'d> {
    type Node = View<'d>;
    type MemberName = &'d str;
    type MembersIter = Box<dyn Iterator<Item = (&'d str, View<'d>)> + 'd>;

    fn len(&self) -> usize {
        match self {
            Self::Map(map) => map.entries().len(),
            Self::Section(..) => 1,
        }
    }

    fn get(&self, key: &Box<str>) -> Option<View<'d>> {
        match self {
            Self::Map(map) => map.get(key).map(View::Node),
            Self::Section(name, node) => (**key == **name).then_some(View::Node(*node)),
        }
    }

    fn members(&self) -> Self::MembersIter {
        let member = |entry: Entry<'d>| (entry.key, View::Node(entry.value));
        match self {
            Self::Map(map) => Box::new(map.entries().map(member)),
            Self::Section(name, node) => Box::new(std::iter::once((*name, View::Node(*node)))),
        }
    }
}

/// The items of a list.
pub(super) struct Items<'d>(Node<'d>);

impl<'d> Array<'d, TreeJson> for Items<'d> {
    type Node = View<'d>;
    type ElementsIter = Box<dyn Iterator<Item = View<'d>> + 'd>;

    fn len(&self) -> usize {
        self.0.items().len()
    }

    fn elements(&self) -> Self::ElementsIter {
        Box::new(self.0.items().map(View::Node))
    }

    /// The schema asks it of lists of words only.
    fn is_unique(&self) -> bool {
        let mut seen = BTreeSet::new();
        let scalars = self
            .0
            .items()
            .filter(|item| !item.is_list() && !item.is_map());
        scalars.into_iter().all(|item| seen.insert(item.written()))
    }
}

/// A number of a plan.
#[derive(Clone, Copy)]
pub(super) enum Figure {
    Whole(i64),
    Decimal(f64),
}

impl JsonNumber for Figure {
    fn as_u64(&self) -> Option<u64> {
        self.as_i64().and_then(|value| u64::try_from(value).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Whole(value) => Some(*value),
            Self::Decimal(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "bounds of the schema are small")]
            Self::Whole(value) => Some(*value as f64),
            Self::Decimal(value) => Some(*value),
        }
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_number().to_string())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(match self {
            Self::Whole(value) => Number::from(*value),
            Self::Decimal(value) => {
                Number::from_f64(*value).expect("internal: the profile refuses what is not finite")
            }
        })
    }
}
