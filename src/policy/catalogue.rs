//! The plan schema as the types of expressions.

use super::derived::{Collection, DerivedField};
use crate::cel::{Catalogue, Data, Field, ObjectType, Slot, Type};
use crate::plan::{FieldId, Scalar, Schema, Shape, ShapeId};

/// Objects and slots above this number are of derived collections, below it of the schema.
const DERIVED: u32 = 1 << 24;

/// A slot, seen by the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotOf {
    /// A field of the schema.
    Schema(FieldId),
    /// A field of a derived object.
    Derived(DerivedField),
}

/// What a slot stands for.
pub fn slot_of(slot: Slot) -> SlotOf {
    match slot.0.checked_sub(DERIVED) {
        Some(at) => SlotOf::Derived(DerivedField::ALL[at as usize].0),
        None => SlotOf::Schema(FieldId(slot.0)),
    }
}

/// The types of a plan, for expressions.
#[derive(Debug)]
pub struct PlanCatalogue<'s> {
    schema: &'s Schema,
}

impl<'s> PlanCatalogue<'s> {
    /// Over a schema.
    pub fn new(schema: &'s Schema) -> Self {
        Self { schema }
    }

    /// The schema.
    pub fn schema(&self) -> &'s Schema {
        self.schema
    }

    /// The type of a shape of the schema.
    pub fn type_of(&self, shape: ShapeId) -> Type {
        match self.schema.shape(shape) {
            Shape::Object { .. } => Type::Object(ObjectType(shape.0)),
            Shape::List { item } => Type::list(self.type_of(*item)),
            // A unit that is only named is an object with a name.
            Shape::TextOr {
                object,
                main: Some(_),
                ..
            } => Type::Object(ObjectType(object.0)),
            // A citation is read by its main part: the text, or the first field of its object.
            Shape::TextOr { main: None, .. } => Type::Text,
            Shape::Scalar(scalar) => match scalar {
                Scalar::Text | Scalar::DayOfYear | Scalar::Edition => Type::Text,
                Scalar::Words(words) => Type::words(words.all().iter().map(|word| &**word)),
                Scalar::Integer => Type::Int,
                Scalar::Number => Type::Double,
                Scalar::Boolean => Type::Bool,
                Scalar::Date => Type::Date,
                Scalar::Duration => Type::Duration,
            },
        }
    }

    /// The type of a derived object.
    pub fn derived(collection: Collection) -> Type {
        Type::Object(ObjectType(DERIVED + collection as u32))
    }
}

impl Catalogue for PlanCatalogue<'_> {
    fn field(&self, object: ObjectType, name: &str) -> Option<Field> {
        if let Some(number) = object.0.checked_sub(DERIVED) {
            let mut fields = DerivedField::ALL.iter().enumerate();
            let (at, (_, _, _, kind, always)) =
                fields.find(|(_, (_, of, n, ..))| *of as u32 == number && *n == name)?;
            return Some(Field {
                slot: Slot(DERIVED + u32::try_from(at).ok()?),
                ty: DerivedField::ty(*kind),
                optional: !always,
            });
        }
        let id = self.schema.field_named(ShapeId(object.0), name)?;
        let field = self.schema.field(id);
        let ty = self.type_of(field.shape);
        Some(Field {
            slot: Slot(id.0),
            ty,
            optional: field.default.is_none(),
        })
    }

    fn is_required(&self, object: ObjectType, name: &str) -> bool {
        if object.0 >= DERIVED {
            return true;
        }
        let field = self.schema.field_named(ShapeId(object.0), name);
        field.is_some_and(|field| self.schema.field(field).required)
    }

    fn field_names(&self, object: ObjectType) -> Vec<String> {
        if let Some(number) = object.0.checked_sub(DERIVED) {
            let own = DerivedField::ALL
                .iter()
                .filter(|(_, of, ..)| *of as u32 == number);
            return own.map(|(_, _, name, ..)| (*name).to_owned()).collect();
        }
        let fields = self.schema.fields(ShapeId(object.0)).iter();
        fields
            .map(|&id| self.schema.field(id).name.clone())
            .collect()
    }

    fn object_name(&self, object: ObjectType) -> String {
        if let Some(number) = object.0.checked_sub(DERIVED) {
            let mut all = Collection::ALL.into_iter();
            let named = all.find(|(_, collection)| *collection as u32 == number);
            return named.map_or_else(String::new, |(name, _)| format!("{name}[]"));
        }
        match self.schema.shape(ShapeId(object.0)) {
            Shape::Object { name, .. } => name.clone(),
            _ => String::new(),
        }
    }
}

/// The defaults of the schema as values that expressions see, by field.
pub fn defaults(schema: &Schema) -> Vec<Option<Data>> {
    let data = |json: &serde_json::Value| {
        Some(match json {
            serde_json::Value::Bool(value) => Data::Bool(*value),
            serde_json::Value::Number(number) => Data::Int(number.as_i64()?),
            serde_json::Value::String(text) => Data::text(text.as_str()),
            _ => return None,
        })
    };
    schema
        .all_fields()
        .map(|field| field.default.as_ref().and_then(data))
        .collect()
}
