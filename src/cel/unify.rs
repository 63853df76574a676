//! How types meet: which values may be equal, what two types have in common, how they are shown.

use std::sync::Arc;

use super::{Catalogue, Record, RecordField, Type};

impl Type {
    /// The narrowest type that holds the values of both; [`Type::Dyn`] where there is none.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a.clone(),
            (Self::Text, Self::Enum(_)) | (Self::Enum(_), Self::Text) => Self::Text,
            (Self::Enum(a), Self::Enum(b)) => {
                let new = b.iter().filter(|word| !a.contains(word));
                Self::Enum(a.iter().chain(new).cloned().collect())
            }
            (Self::List(a), Self::List(b)) => Self::list(a.join(b)),
            (Self::Map(a), Self::Map(b)) => Self::Map(Arc::new(a.join(b))),
            (Self::Record(a), Self::Record(b)) => Self::Record(Arc::new(a.join(b))),
            _ => Self::Dyn,
        }
    }

    /// Whether a value of this type can equal a value of the other. Numbers of different types can.
    pub(super) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dyn, _)
            | (_, Self::Dyn)
            | (Self::Text, Self::Enum(_))
            | (Self::Enum(_), Self::Text)
            | (Self::Record(_), Self::Record(_) | Self::Map(_))
            | (Self::Map(_), Self::Record(_)) => true,
            (Self::Enum(a), Self::Enum(b)) => a.iter().any(|word| b.contains(word)),
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.meets(b),
            (a, b) => a == b || (a.is_number() && b.is_number()),
        }
    }

    /// Whether every value of this type may stand where `wanted` is asked for.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Dyn, _) | (_, Self::Dyn) | (Self::Enum(_), Self::Text) => true,
            (Self::Enum(a), Self::Enum(b)) => a.iter().all(|word| b.contains(word)),
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.fits(b),
            (a, b) => a == b,
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Uint | Self::Double)
    }

    /// The type as messages show it, the same in both languages.
    pub fn show(&self, catalogue: &dyn Catalogue) -> String {
        match self {
            Self::Dyn => "dyn".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Int => "int".to_owned(),
            Self::Uint => "uint".to_owned(),
            Self::Double => "double".to_owned(),
            Self::Text => "string".to_owned(),
            Self::Enum(words) => words.join("|"),
            Self::Bytes => "bytes".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::List(element) => format!("list<{}>", element.show(catalogue)),
            Self::Map(value) => format!("map<{}>", value.show(catalogue)),
            Self::Record(record) => {
                let names: Vec<&str> = record.fields.iter().map(|field| &*field.name).collect();
                format!("{{{}}}", names.join(", "))
            }
            Self::Object(object) => catalogue.object_name(*object),
        }
    }
}

impl Record {
    /// The fields of both; one that either lacks is optional.
    fn join(&self, other: &Self) -> Self {
        let mine = self
            .fields
            .iter()
            .map(|field| match other.field(&field.name) {
                Some((_, same)) => RecordField {
                    name: field.name.clone(),
                    ty: field.ty.join(&same.ty),
                    optional: field.optional || same.optional,
                },
                None => RecordField {
                    optional: true,
                    ..field.clone()
                },
            });
        let theirs = other
            .fields
            .iter()
            .filter(|field| self.field(&field.name).is_none());
        let theirs = theirs.map(|field| RecordField {
            optional: true,
            ..field.clone()
        });
        Self {
            fields: mine.chain(theirs).collect(),
        }
    }

    /// The type of all fields together, for `record[key]`.
    pub(super) fn values(&self) -> Type {
        let types = self.fields.iter().map(|field| field.ty.clone());
        types.reduce(|a, b| a.join(&b)).unwrap_or(Type::Dyn)
    }
}
