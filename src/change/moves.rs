//! What went in one list and came in another: one change, not two.
//!
//! Only equals move: what was moved and rewritten is told as gone and as new. A list that comes or goes
//! whole is told as one, unless an item of it moved: then each of its items is told by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::class;
use super::told::{Change, Effect, Kind, Side};
use crate::plan::ShapeId;

/// Texts shorter than this stand in many places, and their coming and going has nothing to do with
/// each other.
const SHORTEST: usize = 4;

/// What is told of changes once all are known, by their places among them.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Items of lists that came or went, which may have moved.
    loose: Vec<Loose>,
    /// Changes that are part of another one.
    told: Vec<usize>,
}

/// An item of a list that came or went.
#[derive(Debug)]
pub(super) struct Loose {
    /// The change that tells it.
    pub(super) change: usize,
    /// The change that tells its list, where that came or went whole.
    pub(super) whole: Option<usize>,
    /// Its type.
    pub(super) shape: ShapeId,
    /// What it says.
    pub(super) content: String,
    /// How binding its list is.
    pub(super) strength: Option<u8>,
}

impl Moves {
    /// An item that may have moved.
    pub(super) fn may_be(&mut self, item: Loose) {
        self.loose.push(item);
    }

    /// A change that another one tells too.
    pub(super) fn is_told(&mut self, change: usize) {
        self.told.push(change);
    }

    /// Forgets the changes from one on.
    pub(super) fn truncate(&mut self, changes: usize) {
        self.loose.retain(|item| item.change < changes);
        self.told.retain(|change| *change < changes);
    }

    /// Makes one change of an item that went and one that came, where they are equal.
    pub(super) fn resolve(self, changes: &mut Vec<Change<'_>>) {
        let Self { loose, told } = self;
        let mut left: BTreeSet<usize> = told.into_iter().collect();
        let mut groups: BTreeMap<(ShapeId, &str), [Vec<&Loose>; 2]> = BTreeMap::new();
        for item in &loose {
            if item.content.chars().count() >= SHORTEST {
                let came = changes[item.change].kind != Kind::Removed;
                let group = groups.entry((item.shape, &item.content)).or_default();
                group[usize::from(came)].push(item);
            }
        }
        let mut opened = BTreeSet::new();
        for [gone, come] in groups.values() {
            for (from, into) in gone.iter().zip(come) {
                join(changes, from, into);
                left.insert(from.change);
                opened.extend([from.whole, into.whole].into_iter().flatten());
            }
        }
        for item in &loose {
            match item.whole {
                Some(whole) if opened.contains(&whole) => left.insert(whole),
                Some(_) => left.insert(item.change),
                None => false,
            };
        }
        let mut at = 0..;
        changes.retain(|_| at.next().is_some_and(|at| !left.contains(&at)));
    }
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
            key: new.old.key,
            ..old.old
        };
        new.new.near = old.new.near;
        new.new.key = old.new.key;
    }
}
