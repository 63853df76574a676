//! One map written as several, each for some bodies: compared by what holds for each body.
//!
//! Of variants the first that reaches a body holds for it, as for `plan`. Where the same bodies are
//! divided the same way, each variant is told by itself; else the fact is told as one, with what it
//! comes to for the bodies that both plans have.

use std::collections::BTreeSet;

use super::compare::{At, Walk};
use super::effect::together;
use super::meaning::content;
use super::reader::Spot;
use super::renames::Which;
use super::told::{Class, Effect, Kind};
use crate::document::Node;
use crate::plan::{Reference, reaches};

/// The variants of one side.
struct Variants<'p> {
    rows: Vec<Node<'p>>,
    /// Which of the common bodies each names.
    named: Vec<BTreeSet<usize>>,
    /// Which variant holds for each of the common bodies.
    holds: Vec<Option<usize>>,
}

impl Variants<'_> {
    /// The bodies for which a variant holds.
    fn reached(&self, row: usize) -> impl Iterator<Item = usize> {
        let holds = self.holds.iter().enumerate();
        holds.filter_map(move |(body, &at)| (at == Some(row)).then_some(body))
    }

    /// Whether a variant of the other side reaches the same bodies, or is the same where it reaches
    /// none.
    fn same(&self, row: usize, other: &Self, at: usize) -> bool {
        let same = self.named[row] == other.named[at] && self.reached(row).eq(other.reached(at));
        let is_idle = self.reached(row).next().is_none();
        same && (!is_idle || content(self.rows[row]) == content(other.rows[at]))
    }
}

impl<'p> Walk<'_, 'p> {
    /// Compares two lists of variants of one map, or such a list with one map.
    pub(super) fn variants(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        if let ([one], [other]) = (written(a).as_slice(), written(b).as_slice()) {
            return self.value(Spot::of(*one), Spot::of(*other), at);
        }
        let bodies = self.common();
        let (old, new) = (
            self.read(Which::Old, a, &bodies),
            self.read(Which::New, b, &bodies),
        );
        let lists = a.is_list() && b.is_list();
        match lists.then(|| divided_alike(&old, &new)).flatten() {
            Some(pairs) => self.each((&old, &new), &pairs, (a, b), at),
            None => self.whole((&old, &new), (a, b), at),
        }
    }

    /// The bodies of both plans, by the names that stand for them; of plans without any, a nameless one.
    fn common(&self) -> Vec<String> {
        let mut sides = [self.old, self.new].into_iter();
        if sides.all(|side| side.plan.bodies().all().is_empty()) {
            return vec![String::new()];
        }
        let (old, new) = (self.bodies(Which::Old, None), self.bodies(Which::New, None));
        old.intersection(&new).cloned().collect()
    }

    fn read(&self, which: Which, node: Node<'p>, bodies: &[String]) -> Variants<'p> {
        let rows = written(node);
        let plan = match which {
            Which::Old => self.old.plan,
            Which::New => self.new.plan,
        };
        let all = plan.bodies().all();
        let standing = |id| self.renames.standing(which, Reference::Body, id);
        let mut named = vec![BTreeSet::new(); rows.len()];
        let mut holds = vec![None; bodies.len()];
        if all.is_empty() && !rows.is_empty() {
            holds.fill(Some(0));
        }
        for body in all {
            let Ok(place) = bodies.binary_search(&standing(body.id)) else {
                continue;
            };
            for (at, row) in rows.iter().enumerate() {
                if reaches(*row, body) {
                    named[at].insert(place);
                    holds[place].get_or_insert(at);
                }
            }
        }
        Variants { rows, named, holds }
    }

    /// Tells each variant by itself; one that came or went by the bodies for which it held.
    fn each(
        &mut self,
        (old, new): (&Variants<'p>, &Variants<'p>),
        pairs: &[(usize, usize)],
        (a, b): (Node<'p>, Node<'p>),
        at: At<'p>,
    ) {
        for &(i, j) in pairs {
            self.value(Spot::of(old.rows[i]), Spot::of(new.rows[j]), at);
        }
        for j in (0..new.rows.len()).filter(|&j| pairs.iter().all(|pair| pair.1 != j)) {
            let effect = self.unheard(Which::New, new, j, at).mirrored();
            let sides = (Spot::in_list(a), Spot::of(new.rows[j]));
            self.tell(Kind::Added, effect, sides, at);
        }
        for i in (0..old.rows.len()).filter(|&i| pairs.iter().all(|pair| pair.0 != i)) {
            let effect = self.unheard(Which::Old, old, i, at);
            let sides = (Spot::of(old.rows[i]), Spot::in_list(b));
            self.tell(Kind::Removed, effect, sides, at);
        }
    }

    /// Tells the fact as one, with what it comes to over the bodies.
    fn whole(
        &mut self,
        (old, new): (&Variants<'p>, &Variants<'p>),
        (a, b): (Node<'p>, Node<'p>),
        at: At<'p>,
    ) {
        let sides = (Spot::of(a), Spot::of(b));
        let held = old.holds.iter().copied();
        let pairs: BTreeSet<_> = held.zip(new.holds.iter().copied()).collect();
        if pairs.is_empty() {
            let effect = if at.binds() {
                Effect::Unclear
            } else {
                Effect::Neutral
            };
            return self.tell(Kind::Changed, effect, sides, at);
        }
        let mut effects = Vec::new();
        for (i, j) in pairs {
            let (a, b) = (i.map(|i| old.rows[i]), j.map(|j| new.rows[j]));
            effects.extend(self.effects(a, b, at));
        }
        if !effects.is_empty() {
            self.tell(Kind::Changed, together(&effects), sides, at);
        } else if content(a) != content(b) {
            self.push(Kind::Changed, Class::Editorial, Effect::Neutral, sides, at);
        }
    }

    /// The effect of a variant that nothing takes the place of.
    fn unheard(&self, which: Which, side: &Variants<'p>, row: usize, at: At<'p>) -> Effect {
        let reader = match which {
            Which::Old => self.old,
            Which::New => self.new,
        };
        let reached = side.reached(row).next().is_some();
        let seen = reader.seen(Spot::of(side.rows[row])).filter(|_| reached);
        seen.map_or(Effect::Neutral, |node| self.silenced(node, at))
    }

    /// What changes for a body that hears the one and then the other; nothing of it is told here.
    fn effects(&mut self, old: Option<Node<'p>>, new: Option<Node<'p>>, at: At<'p>) -> Vec<Effect> {
        let told = self.changes.len();
        let a = old.and_then(|node| self.old.seen(Spot::of(node)));
        let b = new.and_then(|node| self.new.seen(Spot::of(node)));
        match (a, b) {
            (Some(a), Some(b)) => self.heard(a, b, at),
            (Some(a), None) => return vec![self.silenced(a, at)],
            (None, Some(b)) => return vec![self.silenced(b, at).mirrored()],
            (None, None) => {}
        }
        self.moves.truncate(told);
        let changes = self.changes.split_off(told).into_iter();
        let meant = changes.filter(|change| change.class < Class::Editorial);
        meant.map(|change| change.effect).collect()
    }
}

/// The variants as they stand, or the one map.
fn written(node: Node<'_>) -> Vec<Node<'_>> {
    match node.is_list() {
        true => node.items().collect(),
        false => vec![node],
    }
}

/// The pairs of variants for the same bodies, where those left over leave their bodies to none of
/// the other side.
fn divided_alike(old: &Variants<'_>, new: &Variants<'_>) -> Option<Vec<(usize, usize)>> {
    let mut free: BTreeSet<usize> = (0..new.rows.len()).collect();
    let mut pairs = Vec::new();
    for i in 0..old.rows.len() {
        let alike = free.iter().copied().find(|&j| old.same(i, new, j));
        if let Some(j) = alike.filter(|j| free.remove(j)) {
            pairs.push((i, j));
        }
    }
    let mut bodies = old.holds.iter().zip(&new.holds);
    let alike = bodies.all(|pair| match pair {
        (Some(i), Some(j)) => pairs.contains(&(*i, *j)),
        _ => true,
    });
    alike.then_some(pairs)
}
