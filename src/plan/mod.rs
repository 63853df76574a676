//! The plan: its schema, its facts and their modes, its bodies, the collections derived from it.
//!
//! In: spanned trees and the schema. Out: answers about a plan: what it states for a body, in which
//! mode, at which place. Knows nothing of policies, of the law or of verdicts. Invariant: every
//! answer names nodes of the tree, so that every finding has a place.

mod schema;

pub use schema::{Field, FieldId, Marks, Reference, Scalar, Schema, Shape, ShapeId};
