//! The types of expressions: policy data, values of the plan, and the objects a catalogue mints.

use std::sync::Arc;

/// The type of an expression, a variable or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Not known when the policy is loaded; agrees with every type and is checked in evaluation.
    Dyn,
    /// `null`.
    Null,
    /// True or false.
    Bool,
    /// A signed number of 64 bits. Every integer of a YAML file has this type.
    Int,
    /// An unsigned number of 64 bits: `3u`.
    Uint,
    /// A binary floating-point number of 64 bits.
    Double,
    /// Any text.
    Text,
    /// A text that is one of these words. Has no order of its own, so that `grade <= "B"` does not
    /// compile; comparing it with a word it cannot be does not compile either.
    Enum(Arc<[Box<str>]>),
    /// Bytes: `b"…"`.
    Bytes,
    /// The days a date may mean, see [`crate::text::DateRange`].
    Date,
    /// A span of time, see [`crate::text::Duration`].
    Duration,
    /// A list of this.
    List(Arc<Type>),
    /// A mapping from texts to this.
    Map(Arc<Type>),
    /// A mapping of policy data whose fields are known, such as `params`.
    Record(Arc<Record>),
    /// An object of the plan, or an item of a derived collection.
    Object(ObjectType),
}

impl Type {
    /// A list of `element`.
    pub fn list(element: Self) -> Self {
        Self::List(Arc::new(element))
    }

    /// A text limited to `words`.
    pub fn words<W: Into<Box<str>>>(words: impl IntoIterator<Item = W>) -> Self {
        Self::Enum(words.into_iter().map(Into::into).collect())
    }

    /// A mapping of policy data with these fields.
    pub fn record(fields: impl IntoIterator<Item = RecordField>) -> Self {
        Self::Record(Arc::new(Record {
            fields: fields.into_iter().collect(),
        }))
    }

    /// The type of the elements of a list, and [`Type::Dyn`] where that is not known.
    pub fn element(&self) -> Option<&Self> {
        match self {
            Self::List(element) => Some(element),
            Self::Dyn => Some(&Self::Dyn),
            _ => None,
        }
    }

    /// The type of what a comprehension goes over: the elements of a list, the keys of a mapping.
    pub(super) fn walked(&self) -> Option<&Self> {
        match self {
            Self::Map(_) | Self::Record(_) => Some(&Self::Text),
            other => other.element(),
        }
    }
}

/// The fields of a mapping of policy data, in the order they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The fields; no name stands twice.
    pub fields: Box<[RecordField]>,
}

impl Record {
    /// The place and the description of a field.
    pub fn field(&self, name: &str) -> Option<(usize, &RecordField)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| &*field.name == name)
    }
}

/// One field of a [`Record`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordField {
    /// Its key.
    pub name: Box<str>,
    /// The type of its value.
    pub ty: Type,
    /// Whether some of the mappings of this type lack it.
    pub optional: bool,
}

/// Names a kind of object; minted by the [`Catalogue`], which alone knows what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectType(pub u32);

/// Names a field of a kind of object; minted by the [`Catalogue`] and handed back to the
/// [`super::Host`], so that reading a field looks up no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub u32);

/// What a [`Catalogue`] knows of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What the host is asked for.
    pub slot: Slot,
    /// The type of its value when it is stated.
    pub ty: Type,
    /// Whether it may be silent. `has()` of a field that never is does not compile: such a guard
    /// always holds. A field with a default is not optional.
    pub optional: bool,
}

/// The objects that expressions may name, as the plan schema describes them.
pub trait Catalogue {
    /// The field `name` of `object`.
    fn field(&self, object: ObjectType, name: &str) -> Option<Field>;

    /// Whether an object without the field is refused before any policy is asked, so that reading it
    /// needs no guard.
    fn is_required(&self, _object: ObjectType, _name: &str) -> bool {
        false
    }

    /// The names of all its fields, to propose the nearest.
    fn field_names(&self, object: ObjectType) -> Vec<String>;

    /// What messages call it, such as `systems[]`.
    fn object_name(&self, object: ObjectType) -> String;
}
