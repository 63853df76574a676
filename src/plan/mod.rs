//! The plan: its schema, its facts and their modes, its bodies, the collections derived from it.
//!
//! In: spanned trees and the schema. Out: answers about a plan: what it states for a body, in which
//! mode, at which place. Knows nothing of policies, of the law or of verdicts. Invariant: every
//! answer names nodes of the tree, so that every finding has a place.

mod blankets;
mod body;
mod clock;
mod derive;
mod edit;
mod expand;
mod fact;
mod items;
mod join;
mod label;
mod names;
mod path;
mod schema;
mod scope;
mod shape;
mod spot;

pub use body::{Bodies, Body, BodyIndex};
pub use clock::Clock;
pub(crate) use derive::numbered;
pub use derive::{Citation, Derived, Prose, derive};
pub use edit::{Draft, insert, insert_all, insert_first, merge, replace, replace_silent};
pub use expand::{SCHEMA_URL, expanded};
pub use fact::{
    Fact, MODE_KEYS, Mode, SIDE_KEYS, Stated, blanket_over, fact_at, is_mode, look, look_from,
    modes_on, next_row, rows_for,
};
pub use items::{ITEM_COUNT, Item, chapter_of, item_fact, item_names, item_of, items};
pub use join::{Plan, PlanFiles, Section};
pub use names::Names;
pub use path::{
    has_path, identity_path, key_place, nameless_place_of, place_of, reserved_title, without_keys,
};
pub use schema::{
    Concern, Direction, Field, FieldId, Marks, Reference, Scalar, Schema, Shape, ShapeId, Words,
    yes_or_no,
};
pub use scope::{has_owners, owner, reaches};
pub use shape::{Validator, check_shape, rule};
pub use spot::Spot;
