//! What it means that a plan says a thing otherwise than by stating it: in a document, by reference to
//! the law, in an annex, as not applicable.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::compare::{At, Walk};
use super::effect::{names, together, weight};
use super::meaning::content;
use super::reader::Spot;
use super::told::{Class, Effect, Kind};
use crate::document::Node;

impl<'p> Walk<'_, 'p> {
    /// A mode on one side or on both.
    pub(super) fn modes(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let sides = (Spot::of(a), Spot::of(b));
        let is_scoped = a.is_map() && b.is_map() && scope(a) != scope(b);
        match content(a) == content(b) {
            _ if is_scoped && beside_scope(a) == beside_scope(b) => return self.scope(a, b, at),
            true => return self.raw(a, b, at),
            false if self.cite_alike(a, b) => {
                return self.push(Kind::Changed, Class::Editorial, Effect::Neutral, sides, at);
            }
            false => {}
        }
        let effect = match weight(a).cmp(&weight(b)) {
            _ if at.marks().is_some_and(|marks| marks.switch) => Effect::Weaker,
            Ordering::Greater if at.binds() => Effect::Weaker,
            Ordering::Less if at.binds() => Effect::Stronger,
            _ => Effect::Neutral,
        };
        let reached = is_scoped.then(|| self.reached(a, b, at)).flatten();
        let effect = together(&[effect, reached.unwrap_or(Effect::Neutral)]);
        self.tell(Kind::Changed, effect, sides, at);
    }

    /// A mode that stands beside stated facts, and speaks for those that are not.
    pub(super) fn blanket(&mut self, a: Node<'p>, b: Node<'p>, key: &'p str, at: At<'p>) {
        let (old, new) = (Spot::below(a, key, false), Spot::below(b, key, false));
        let speaks = key != "not_applicable" && !at.record;
        let kind = match (old.node, new.node) {
            (Some(_), None) => Kind::Removed,
            (None, Some(_)) => Kind::Added,
            _ => Kind::Changed,
        };
        let effect = match (names(a, key), names(b, key)) {
            (true, false) if speaks => Effect::Weaker,
            (false, true) if speaks => Effect::Stronger,
            _ if kind == Kind::Changed => return self.value(old, new, at.unmarked()),
            _ => Effect::Neutral,
        };
        self.tell(kind, effect, (old, new), at.unmarked());
    }
}

/// For whom a map says that it holds.
fn scope(node: Node<'_>) -> [Option<String>; 2] {
    ["for", "except"].map(|key| node.get(key).map(content))
}

/// What a map says but for that.
fn beside_scope(node: Node<'_>) -> BTreeMap<&str, String> {
    let entries = node
        .entries()
        .map(|entry| (entry.key, content(entry.value)));
    let entries = entries.filter(|(key, _)| !matches!(*key, "for" | "except"));
    entries.collect()
}
