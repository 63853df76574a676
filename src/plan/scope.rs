//! For whom a row holds: `for` and `except`, and the owner of a row of a register.

use super::body::{Body, BodyIndex};
use super::join::Plan;
use super::schema::{Schema, ShapeId};
use crate::document::Node;

/// Whether a row or map that may say `for` or `except` holds for the body. Both take grades and
/// body ids (ids are never one capital letter) or names. A key without a value says nothing.
pub fn reaches(node: Node<'_>, body: &Body<'_>) -> bool {
    let said = |key| node.get(key).filter(|list| !list.is_null());
    let named = |key| said(key).map(|list| lists(list, body));
    named("for").unwrap_or(true) && !named("except").unwrap_or(false)
}

fn lists(selectors: Node<'_>, body: &Body<'_>) -> bool {
    if selectors.is_list() {
        return selectors
            .items()
            .any(|selector| names(selector.written(), body));
    }
    names(selectors.written(), body)
}

fn names(selector: &str, body: &Body<'_>) -> bool {
    let mut characters = selector.chars();
    match (characters.next(), characters.next()) {
        (Some(grade), None) if grade.is_ascii_uppercase() => body.grade == Some(grade),
        _ => selector == body.id || selector == body.name,
    }
}

/// The body that owns a row of a register: the field marked `owner`, else the plan's agency.
/// `None` where the type has no owner or it names no body.
pub fn owner<'p>(plan: &Plan<'p>, row: Node<'p>, shape: ShapeId) -> Option<BodyIndex> {
    let field = owner_field(plan.schema(), shape)?;
    match row.get(field) {
        Some(owner) => plan.bodies().named(owner.written()),
        None => plan.bodies().agency(),
    }
}

/// Whether the rows of a list of this type belong to bodies.
pub fn has_owners(schema: &Schema, list: ShapeId) -> bool {
    schema
        .item_of(list)
        .is_some_and(|item| owner_field(schema, item).is_some())
}

/// The name of the field that names the owner of rows of this type.
pub(super) fn owner_field(schema: &Schema, shape: ShapeId) -> Option<&str> {
    let mut fields = schema
        .fields(shape)
        .iter()
        .map(|&field| schema.field(field));
    fields
        .find(|field| field.marks.owner)
        .map(|field| field.name.as_str())
}
