//! Values as the specification writes them, to bind to variables and to compare with what is given.

use std::cmp::Ordering;
use std::sync::Arc;

use plangate::cel::{Content, Data, Text, Value};

use super::textproto::{Field, Message};
use super::world::{Nothing, Nowhere};

/// A value without a place.
#[derive(Debug, Clone)]
pub(crate) enum Plain {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Plain>),
    Map(Vec<(Plain, Plain)>),
    /// A date or a duration of ours, which the specification does not write.
    Other,
}

impl Plain {
    /// Reads a `cel.expr.Value`; nothing where it is a message, an enumeration or a type.
    pub(crate) fn read(value: &Message) -> Option<Self> {
        let (kind, field) = value.fields().next()?;
        match (kind, field) {
            ("null_value", _) => Some(Self::Null),
            ("bool_value", Field::Word(word)) => Some(Self::Bool(word == "true")),
            ("int64_value", Field::Word(word)) => Some(Self::Int(integer(word)?.try_into().ok()?)),
            ("uint64_value", Field::Word(word)) => {
                Some(Self::Uint(integer(word)?.try_into().ok()?))
            }
            ("double_value", Field::Word(word)) => Some(Self::Double(double(word)?)),
            ("string_value", Field::Bytes(bytes)) => {
                Some(Self::Text(String::from_utf8(bytes.clone()).ok()?))
            }
            ("bytes_value", Field::Bytes(bytes)) => Some(Self::Bytes(bytes.clone())),
            ("list_value", Field::Message(list)) => list
                .messages("values")
                .map(Self::read)
                .collect::<Option<_>>()
                .map(Self::List),
            ("map_value", Field::Message(map)) => {
                let entry = |entry: &Message| {
                    Some((
                        Self::read(entry.message("key")?)?,
                        Self::read(entry.message("value")?)?,
                    ))
                };
                map.messages("entries")
                    .map(entry)
                    .collect::<Option<_>>()
                    .map(Self::Map)
            }
            _ => None,
        }
    }

    /// What an expression gave.
    pub(crate) fn of(value: &Value<'_, Nothing>) -> Self {
        match &value.content {
            Content::Null => Self::Null,
            Content::Bool(value) => Self::Bool(*value),
            Content::Int(value) => Self::Int(*value),
            Content::Uint(value) => Self::Uint(*value),
            Content::Double(value) => Self::Double(*value),
            Content::Text(text) => Self::Text(text.to_string()),
            Content::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            Content::List(_) => {
                let elements = value.elements(&Nowhere).unwrap_or_default();
                Self::List(elements.iter().map(Self::of).collect())
            }
            Content::Map(entries) => Self::Map(
                entries
                    .iter()
                    .map(|(key, value)| (Self::of(key), Self::of(value)))
                    .collect(),
            ),
            Content::Record(fields) => {
                let field = |(name, data): &(Box<str>, Data)| {
                    (Self::Text(name.to_string()), Self::of(&Value::data(data)))
                };
                Self::Map(fields.iter().map(field).collect())
            }
            Content::Date(_) | Content::Duration(_) => Self::Other,
            Content::Object(nothing) => match *nothing {},
        }
    }

    /// The value to bind to a variable.
    pub(crate) fn bound(&self) -> Value<'static, Nothing> {
        Value::new(match self {
            Self::Null | Self::Other => Content::Null,
            Self::Bool(value) => Content::Bool(*value),
            Self::Int(value) => Content::Int(*value),
            Self::Uint(value) => Content::Uint(*value),
            Self::Double(value) => Content::Double(*value),
            Self::Text(text) => Content::Text(Text::made(text.as_str())),
            Self::Bytes(bytes) => Content::Bytes(bytes.as_slice().into()),
            Self::List(elements) => {
                let elements: Arc<[_]> = elements.iter().map(Self::bound).collect();
                Content::List(plangate::cel::List::Made(elements))
            }
            Self::Map(entries) => Content::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.bound(), value.bound()))
                    .collect(),
            ),
        })
    }

    /// Whether two are the very same: `1` is not `1u`, NaN is NaN, and entries have no order.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Uint(a), Self::Uint(b)) => a == b,
            (Self::Double(a), Self::Double(b)) => {
                a.partial_cmp(b) == Some(Ordering::Equal) || (a.is_nan() && b.is_nan())
            }
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
            }
            (Self::Map(a), Self::Map(b)) => {
                let has =
                    |(key, value): &(Self, Self)| b.iter().any(|(k, v)| key.is(k) && value.is(v));
                a.len() == b.len() && a.iter().all(has)
            }
            _ => false,
        }
    }
}

fn integer(word: &str) -> Option<i128> {
    let (sign, digits) = word
        .strip_prefix('-')
        .map_or((1, word), |digits| (-1, digits));
    let value = match digits.strip_prefix("0x") {
        Some(digits) => i128::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some(sign * value)
}

fn double(word: &str) -> Option<f64> {
    match word.trim_end_matches('f') {
        "in" => Some(f64::INFINITY),
        "-in" => Some(f64::NEG_INFINITY),
        digits => digits.parse().ok(),
    }
}
