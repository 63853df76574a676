//! One of the two plans: what stands at a place, and the place as a reader will see it.

use super::told::Side;
use crate::document::Node;
use crate::plan::{Field, FieldId, Plan, is_mode, key_place, place_of};

/// A place of one plan, whether or not something stands there.
#[derive(Clone, Copy)]
pub(super) struct Spot<'p> {
    /// What stands there.
    pub(super) node: Option<Node<'p>>,
    /// The map or list that holds it or would hold it.
    near: Node<'p>,
    /// The key under which it would stand.
    key: Option<&'p str>,
}

impl<'p> Spot<'p> {
    /// The place of a value.
    pub(super) fn of(node: Node<'p>) -> Self {
        Self {
            node: Some(node),
            near: node,
            key: None,
        }
    }

    /// A place under a key of a map; of a text that stands for its main field, the text itself.
    pub(super) fn below(near: Node<'p>, key: &'p str, main: bool) -> Self {
        let node = match near.is_map() {
            true => near.get(key),
            false => main.then_some(near),
        };
        Self {
            node,
            near,
            key: Some(key),
        }
    }

    /// A place in a list, for an item that is not there.
    pub(super) fn in_list(list: Node<'p>) -> Self {
        Self {
            node: None,
            near: list,
            key: None,
        }
    }

    pub(super) fn with(self, node: Node<'p>) -> Self {
        Self {
            node: Some(node),
            ..self
        }
    }

    pub(super) fn empty(self) -> Self {
        Self { node: None, ..self }
    }
}

/// One of the two plans.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r, 'p> {
    pub(super) plan: &'r Plan<'p>,
}

impl<'r, 'p> Reader<'r, 'p> {
    pub(super) fn new(plan: &'r Plan<'p>) -> Self {
        Self { plan }
    }

    /// A section, wherever it stands.
    pub(super) fn section(self, id: FieldId, field: &'p Field) -> Spot<'p> {
        Spot {
            node: self.plan.section_of(id).map(|section| section.node),
            near: self.plan.root(),
            key: Some(&field.name),
        }
    }

    /// What a place says: through a mode into an annex that is there; nothing where a null stands.
    pub(super) fn seen(self, spot: Spot<'p>) -> Option<Node<'p>> {
        let node = spot.node.filter(|node| !node.is_null())?;
        if is_mode(node) {
            return Some(self.plan.annexed(node).unwrap_or(node));
        }
        Some(node)
    }

    pub(super) fn side(self, spot: Spot<'p>) -> Side<'p> {
        let place = match (spot.node, spot.key) {
            (Some(node), _) => place_of(self.plan, node, &[]),
            (None, Some(key)) => place_of(self.plan, spot.near, &[key.to_owned()]),
            (None, None) => key_place(self.plan, spot.near),
        };
        Side {
            place,
            node: spot.node,
            near: spot.near,
            key: spot.key,
        }
    }
}
