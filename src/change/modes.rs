//! What it means that a plan says a thing otherwise than by stating it: in a document, by reference to
//! the law, in an annex, as not applicable.

use super::compare::{At, Walk};
use super::effect::weight;
use super::meaning::content;
use super::reader::Spot;
use super::told::{Class, Effect, Kind};
use crate::document::Node;

impl<'p> Walk<'_, 'p> {
    /// A mode on one side or on both.
    pub(super) fn modes(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        if content(a) == content(b) {
            return self.raw(a, b, at);
        }
        let sides = (Spot::of(a), Spot::of(b));
        if self.cite_alike(a, b) {
            return self.push(Kind::Changed, Class::Editorial, Effect::Neutral, sides, at);
        }
        let effect = match weight(a).cmp(&weight(b)) {
            _ if at.marks().is_some_and(|marks| marks.switch) => Effect::Weaker,
            std::cmp::Ordering::Greater if at.binds() => Effect::Weaker,
            std::cmp::Ordering::Less if at.binds() => Effect::Stronger,
            _ => Effect::Neutral,
        };
        self.tell(Kind::Changed, effect, sides, at);
    }

    /// A mode that stands beside stated facts, and speaks for those that are not.
    pub(super) fn blanket(&mut self, a: Node<'p>, b: Node<'p>, key: &'p str, at: At<'p>) {
        let (old, new) = (Spot::below(a, key, false), Spot::below(b, key, false));
        let speaks = key != "not_applicable" && !at.record;
        let effect = match (old.node, new.node) {
            (Some(_), None) if speaks => Effect::Weaker,
            (None, Some(_)) if speaks => Effect::Stronger,
            (Some(_), None) | (None, Some(_)) => Effect::Neutral,
            _ => return self.value(old, new, at.unmarked()),
        };
        let kind = if new.node.is_some() {
            Kind::Added
        } else {
            Kind::Removed
        };
        self.tell(kind, effect, (old, new), at.unmarked());
    }
}
