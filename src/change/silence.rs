//! What it means that a plan falls silent about something, with all that is in it.

use super::compare::{At, Walk};
use super::effect::{of_silence, together, weight};
use super::told::Effect;
use crate::document::Node;
use crate::plan::{Field, MODE_KEYS, SIDE_KEYS, is_mode};

impl<'p> Walk<'_, 'p> {
    /// The effect of a value going away, where nothing comes in its place.
    pub(super) fn silenced(&self, node: Node<'p>, at: At<'p>) -> Effect {
        let Some(field) = at.field.filter(|_| at.binds() && weight(node) > 0) else {
            return Effect::Neutral;
        };
        let is_left = is_mode(node) || !node.is_map();
        if is_left || self.schema.fields(at.shape).is_empty() || field.marks.direction.is_some() {
            return of_silence(field, node);
        }
        let reserved = |key: &str| MODE_KEYS.contains(&key) || SIDE_KEYS.contains(&key);
        let entries = node.entries().filter(|entry| !reserved(entry.key));
        let effects: Vec<Effect> = entries
            .map(|entry| self.part(entry.key, entry.value, at))
            .collect();
        match effects.as_slice() {
            [] => Effect::Weaker,
            effects => together(effects),
        }
    }

    /// The effect of one entry of a map that goes away: by its direction or by what is in it; all
    /// others state what the map is there to state.
    fn part(&self, key: &str, value: Node<'p>, at: At<'p>) -> Effect {
        let field = self.schema.field_named(at.shape, key);
        match field.map(|id| self.schema.field(id)) {
            Some(field) if is_default(field, value) => Effect::Neutral,
            Some(field) if field.marks.direction.is_some() || value.is_map() => {
                self.silenced(value, at.below(field))
            }
            _ => Effect::Weaker,
        }
    }
}

/// Whether a value is the one that holds where nothing is written.
pub(super) fn is_default(field: &Field, node: Node<'_>) -> bool {
    field.default.as_ref().is_some_and(|default| match default {
        serde_json::Value::String(text) => text == node.written(),
        serde_json::Value::Bool(value) => node.as_bool() == Some(*value),
        serde_json::Value::Number(number) => number.as_i64() == node.as_int(),
        _ => false,
    })
}
