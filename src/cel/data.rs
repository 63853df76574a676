//! Policy data: the figures and tables of a policy, and the constants of an expression.

use std::mem;
use std::sync::Arc;

use super::{Plain, Record, RecordField, Type};
use crate::text::{DateRange, Duration};

/// A tree of constants. Built once per policy and edition, and lent to every evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// An unsigned number; only literals such as `3u` give it.
    Uint(u64),
    /// A fraction.
    Double(f64),
    /// A text.
    Text(Box<str>),
    /// Bytes; only literals such as `b"…"` give them.
    Bytes(Box<[u8]>),
    /// A date.
    Date(DateRange),
    /// A span of time.
    Duration(Duration),
    /// A list.
    List(Box<[Data]>),
    /// A mapping, in the order it is written.
    Record(Fields),
}

/// The fields of a mapping.
pub type Fields = Box<[(Box<str>, Data)]>;

impl Data {
    /// A text.
    pub fn text(text: impl Into<Box<str>>) -> Self {
        Self::Text(text.into())
    }

    /// A list.
    pub fn list(elements: impl IntoIterator<Item = Self>) -> Self {
        Self::List(elements.into_iter().collect())
    }

    /// A mapping. Of two fields with one name the first counts.
    pub fn record<K: Into<Box<str>>>(fields: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Record(
            fields
                .into_iter()
                .map(|(name, data)| (name.into(), data))
                .collect(),
        )
    }

    /// The field `name` of a mapping.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Record(fields) => find(fields, name, 0),
            _ => None,
        }
    }

    /// The value, where it is plain.
    pub fn as_plain(&self) -> Option<Plain<'_>> {
        match self {
            Self::Text(text) => Some(Plain::Text(text)),
            Self::Int(value) => Some(Plain::Int(*value)),
            Self::Bool(value) => Some(Plain::Bool(*value)),
            Self::Date(value) => Some(Plain::Date(*value)),
            Self::Duration(value) => Some(Plain::Duration(*value)),
            _ => None,
        }
    }

    /// The type of this data. Elements of a list are described together: a field that only some of
    /// them have is optional.
    pub fn ty(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Bool(_) => Type::Bool,
            Self::Int(_) => Type::Int,
            Self::Uint(_) => Type::Uint,
            Self::Double(_) => Type::Double,
            Self::Text(_) => Type::Text,
            Self::Bytes(_) => Type::Bytes,
            Self::Date(_) => Type::Date,
            Self::Duration(_) => Type::Duration,
            Self::List(elements) => Type::list(Self::ty_of_all(elements).unwrap_or(Type::Dyn)),
            Self::Record(fields) => {
                let field = |(name, data): &(Box<str>, Self)| RecordField {
                    name: name.clone(),
                    ty: data.ty(),
                    optional: false,
                };
                Type::Record(Arc::new(Record {
                    fields: fields.iter().map(field).collect(),
                }))
            }
        }
    }
}

impl Data {
    /// The type that describes all of them; none of nothing. Most are alike, and then the type of the
    /// first is made and no other.
    pub fn ty_of_all(all: &[Self]) -> Option<Type> {
        let (first, rest) = all.split_first()?;
        let others = rest.iter().filter(|other| !first.is_like(other));
        Some(others.fold(first.ty(), |ty, other| ty.join(&other.ty())))
    }

    /// Whether two surely have the same type. Of lists that is only said where the first elements tell.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(own), Self::List(others)) => match own.first() {
                Some(first) => {
                    let mut all = own.iter().chain(others);
                    !others.is_empty() && all.all(|element| first.is_like(element))
                }
                None => others.is_empty(),
            },
            (Self::Record(own), Self::Record(others)) => {
                let mut pairs = own.iter().zip(others);
                own.len() == others.len() && pairs.all(|(a, b)| a.0 == b.0 && a.1.is_like(&b.1))
            }
            _ => mem::discriminant(self) == mem::discriminant(other),
        }
    }
}

/// Finds a field by name, first where its type says it stands.
pub(super) fn find<'a>(
    fields: &'a [(Box<str>, Data)],
    name: &str,
    hint: usize,
) -> Option<&'a Data> {
    if let Some((key, data)) = fields.get(hint)
        && **key == *name
    {
        return Some(data);
    }
    fields
        .iter()
        .find(|(key, _)| **key == *name)
        .map(|(_, data)| data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_data_that_are_alike_the_type_of_the_first_tells() {
        let row = |fields: &[(&'static str, Data)]| Data::record(fields.iter().cloned());
        let all = [
            Data::Null,
            Data::Int(1),
            Data::text("甲"),
            Data::list([]),
            Data::list([Data::Int(1), Data::Int(2)]),
            Data::list([Data::Int(1), Data::text("甲")]),
            Data::list([Data::list([]), Data::list([Data::Int(1)])]),
            row(&[("a", Data::Int(1))]),
            row(&[("a", Data::Int(2))]),
            row(&[("a", Data::text("甲"))]),
            row(&[("a", Data::Int(1)), ("b", Data::Null)]),
            row(&[("b", Data::Null), ("a", Data::Int(1))]),
            row(&[("a", Data::list([])), ("b", Data::Null)]),
        ];
        for (first, second) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            for third in &all {
                let three = [first.clone(), second.clone(), third.clone()];
                let joined = first.ty().join(&second.ty()).join(&third.ty());
                assert_eq!(Data::ty_of_all(&three), Some(joined), "{three:?}");
            }
        }
        assert_eq!(Data::ty_of_all(&[]), None);
    }
}
