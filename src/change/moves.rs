//! What went in one list and came in another: one change, not two.
//!
//! Only equals move: what was moved and rewritten is told as gone and as new. A list that comes or goes
//! whole is told as one, unless an item of it moved: then each of its items is told by itself.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::effect::{class, together};
use super::meaning::content;
use super::told::{Change, Effect, Kind, Side};
use crate::document::Node;
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
        for group in groups.into_values() {
            for (from, into) in pairs(changes, group) {
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

/// Who went where: first from one list of a map into another list of it, then wherever there is one.
fn pairs<'l>(
    changes: &[Change<'_>],
    [gone, come]: [Vec<&'l Loose>; 2],
) -> Vec<(&'l Loose, &'l Loose)> {
    let mut pairs = Vec::new();
    let mut come = come;
    let mut far = Vec::new();
    for from in gone {
        match come.iter().position(|into| is_near(changes, from, into)) {
            Some(at) => pairs.push((from, come.remove(at))),
            None => far.push(from),
        }
    }
    pairs.extend(far.into_iter().zip(come));
    pairs
}

/// Whether an item went from one list of a map into another list of the same map.
fn is_near(changes: &[Change<'_>], from: &Loose, into: &Loose) -> bool {
    let list = changes[from.change].pair().old.node.and_then(Node::parent);
    let was = list.and_then(Node::parent);
    let near = changes[into.change].pair().old.near;
    let holds = if near.is_list() {
        near.parent()
    } else {
        Some(near)
    };
    was.is_some() && was == holds
}

/// For whom an item holds: what the maps around it say, the nearest first.
fn scope(item: Option<Node<'_>>) -> Vec<String> {
    let around = std::iter::successors(item, |node| node.parent());
    let said = around.flat_map(|node| ["for", "except"].map(|key| Some((key, node.get(key)?))));
    let said = said.flatten();
    said.map(|(key, names)| format!("{key}\u{1f}{}", content(names)))
        .collect()
}

/// What it means that an item is in another list. Between lists of rules the strength decides; else what
/// it means to lose it in the one and to have it in the other.
fn effect(changes: &[Change<'_>], from: &Loose, into: &Loose) -> Effect {
    let (gone, come) = (&changes[from.change], &changes[into.change]);
    let own = match (from.strength, into.strength) {
        (Some(from), Some(into)) => match into.cmp(&from) {
            Ordering::Less => Effect::Weaker,
            Ordering::Greater => Effect::Stronger,
            Ordering::Equal => Effect::Neutral,
        },
        _ => together(&[gone.effect, come.effect]),
    };
    match scope(gone.pair().old.node) == scope(come.pair().new.node) {
        true => own,
        false => together(&[own, Effect::Unclear]),
    }
}

fn join(changes: &mut [Change<'_>], from: &Loose, into: &Loose) {
    let effect = effect(changes, from, into);
    let gone = changes[from.change].clone();
    let come = &mut changes[into.change];
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
