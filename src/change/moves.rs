//! What went in one list and came in another: one change, not two.
//!
//! Only equals move: what was moved and rewritten is told as gone and as new.

use std::collections::BTreeMap;

use super::effect::class;
use super::told::{Change, Effect, Kind, Side};
use crate::plan::ShapeId;

/// Texts shorter than this stand in many places, and their coming and going has nothing to do with
/// each other.
const SHORTEST: usize = 4;

/// An item of a list that came or went.
pub(super) struct Loose {
    /// Its place among the changes.
    pub(super) change: usize,
    /// Its type.
    pub(super) shape: ShapeId,
    /// What it says.
    pub(super) content: String,
    /// How binding its list is.
    pub(super) strength: Option<u8>,
}

/// Makes one change of an item that went and one that came, where they are equal.
pub(super) fn resolve(changes: &mut Vec<Change<'_>>, loose: Vec<Loose>) {
    let mut groups: BTreeMap<(ShapeId, String), (Vec<Loose>, Vec<Loose>)> = BTreeMap::new();
    for item in loose {
        if item.content.chars().count() < SHORTEST {
            continue;
        }
        let key = (item.shape, item.content.clone());
        let (gone, come) = groups.entry(key).or_default();
        match changes[item.change].kind {
            Kind::Removed => gone.push(item),
            _ => come.push(item),
        }
    }
    let mut moved = Vec::new();
    for (gone, come) in groups.into_values() {
        for (from, into) in gone.iter().zip(&come) {
            join(changes, from, into);
            moved.push(from.change);
        }
    }
    moved.sort_unstable();
    let mut at = 0;
    changes.retain(|_| {
        at += 1;
        moved.binary_search(&(at - 1)).is_err()
    });
}

fn join(changes: &mut [Change<'_>], from: &Loose, into: &Loose) {
    let gone = changes[from.change].clone();
    let come = &mut changes[into.change];
    let effect = match (from.strength, into.strength) {
        (Some(from), Some(into)) if into < from => Effect::Weaker,
        (Some(from), Some(into)) if into > from => Effect::Stronger,
        _ => Effect::Neutral,
    };
    come.kind = Kind::Moved;
    come.effect = effect;
    come.class = class(None, effect);
    let (old, new) = (gone.pairs.into_iter().next(), come.pairs.first_mut());
    if let (Some(old), Some(new)) = (old, new) {
        // Each side keeps where the thing stands on the other.
        new.old = Side {
            near: new.old.near,
            ..old.old
        };
        new.new.near = old.new.near;
    }
}
