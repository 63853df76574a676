//! Another `for` or `except`: whether the rule reaches fewer bodies than before.

use std::collections::BTreeSet;

use super::compare::{At, Walk};
use super::effect::class;
use super::list::gone_from;
use super::meaning::content;
use super::reader::Spot;
use super::renames::Which;
use super::told::{Class, Effect, Kind};
use crate::document::Node;
use crate::plan::{Concern, Reference, reaches};

impl<'p> Walk<'_, 'p> {
    /// Compares for whom two maps hold. Scope is never identity.
    pub(super) fn scope(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        for key in ["for", "except"] {
            let sides = (Spot::below(a, key, false), Spot::below(b, key, false));
            let said = |spot: &Spot<'p>| spot.node.filter(|node| !node.is_null());
            let kind = match (said(&sides.0), said(&sides.1)) {
                (None, None) => continue,
                (Some(x), Some(y)) if content(x) == content(y) && !self.has_handed_on(a, b) => {
                    self.raw(x, y, at.unmarked());
                    continue;
                }
                (Some(_), Some(_)) => Kind::Changed,
                (Some(_), None) => Kind::Removed,
                (None, Some(_)) => Kind::Added,
            };
            let at_key = at.unmarked();
            match self.reach(a, b) {
                None => self.push(kind, Class::Editorial, Effect::Neutral, sides, at_key),
                Some(narrower) => {
                    let effect = of_reach(narrower, at);
                    let class = class(Some(Concern::Scope), effect);
                    self.push(kind, class, effect, sides, at_key);
                }
            }
        }
    }

    /// What it means that a map reaches other bodies than another; `None` where they are the same.
    pub(super) fn reached(&self, a: Node<'p>, b: Node<'p>, at: At<'p>) -> Option<Effect> {
        self.reach(a, b).map(|narrower| of_reach(narrower, at))
    }

    /// Whether the same words reach other bodies, for an id is that of another one now.
    fn has_handed_on(&self, a: Node<'p>, b: Node<'p>) -> bool {
        self.handed_on && self.reach(a, b).is_some()
    }

    /// The effect of reaching other bodies, of those that both plans have; `None` where they are the
    /// same.
    fn reach(&self, a: Node<'p>, b: Node<'p>) -> Option<Effect> {
        let (old, new) = (self.bodies(Which::Old, None), self.bodies(Which::New, None));
        let common: BTreeSet<String> = old.intersection(&new).cloned().collect();
        if common.is_empty() {
            return Some(Effect::Unclear);
        }
        let reached = |which, node| -> BTreeSet<String> {
            let found = self.bodies(which, Some(node));
            found.intersection(&common).cloned().collect()
        };
        let (old, new) = (reached(Which::Old, a), reached(Which::New, b));
        match () {
            () if old == new => None,
            () if new.is_subset(&old) => Some(Effect::Weaker),
            () if old.is_subset(&new) => Some(Effect::Stronger),
            () => Some(Effect::Unclear),
        }
    }

    /// The bodies of a plan, or those of them that a map reaches, by the names that stand for them.
    pub(super) fn bodies(&self, which: Which, reached_by: Option<Node<'p>>) -> BTreeSet<String> {
        let plan = match which {
            Which::Old => self.old.plan,
            Which::New => self.new.plan,
        };
        let all = plan.bodies().all().iter();
        all.filter(|body| reached_by.is_none_or(|node| reaches(node, body)))
            .map(|body| self.renames.standing(which, Reference::Body, body.id))
            .collect()
    }
}

/// The effect of a rule or a fact reaching fewer bodies, by what it means to lose it.
fn of_reach(narrower: Effect, at: At<'_>) -> Effect {
    match gone_from(at) {
        Effect::Stronger => narrower.mirrored(),
        Effect::Neutral if !at.binds() => Effect::Neutral,
        _ => narrower,
    }
}
