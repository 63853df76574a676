//! Why an expression gave what it gave, told to a reader.

use std::sync::Arc;

use super::Place;
use crate::text::Localized;

/// One part of an expression, what it gave, and what that came from.
#[derive(Debug, Clone)]
pub struct Step {
    /// The part as it is written, on one line; of an element, the name of its variable; empty for
    /// elements that are only counted.
    pub expression: Arc<str>,
    /// Its value, or why it has none.
    pub seen: Localized,
    /// Whether it has a value.
    pub has_value: bool,
    /// Where the value stands, or where it would.
    pub place: Option<Place>,
    /// What it came from, in reading order.
    pub steps: Vec<Step>,
}
