//! Two lists: their items paired, compared, and told where they came or went.

use std::collections::BTreeSet;

use super::compare::{At, Walk};
use super::effect::weight;
use super::meaning::content;
use super::moves::Loose;
use super::pairing::{Likeness, Pairing, Row};
use super::reader::Spot;
use super::renames::Which;
use super::row::{label_field, rows};
use super::told::{Change, Class, Effect, Kind};
use crate::document::Node;
use crate::plan::{Direction, Field, Reference, Scalar, Schema, Shape, ShapeId};

/// From how much likeness on two items are one that was changed, in thousandths.
const ALIKE: usize = 500;
/// The same where a list is a measure, so that to replace an item does not pass for a rewording.
const ALIKE_IN_A_MEASURE: usize = 700;

impl<'p> Walk<'_, 'p> {
    /// Compares two lists of items of `at.shape`.
    pub(super) fn list(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let Some(field) = at.field else {
            return;
        };
        let (old, new) = (
            self.rows(Which::Old, field, a, at),
            self.rows(Which::New, field, b, at),
        );
        let pairing = Pairing::new(&old, &new, likeness_of(self.schema, field, at.shape));
        let first = self.changes.len();
        for &(i, j) in &pairing.pairs {
            self.value(Spot::of(old[i].node), Spot::of(new[j].node), at);
        }
        for merger in &pairing.mergers {
            self.merger(merger, &old, &new, at);
        }
        self.join_renumbered(first, b);
        let (said, says) = (said(field, &old), said(field, &new));
        for j in pairing.left_new() {
            let sides = (Spot::in_list(a), Spot::of(new[j].node));
            self.left(Kind::Added, said.contains(&cited(&new[j])), sides, at);
        }
        for i in pairing.left_old() {
            let sides = (Spot::of(old[i].node), Spot::in_list(b));
            self.left(Kind::Removed, says.contains(&cited(&old[i])), sides, at);
        }
    }

    /// An item that nothing was paired with. What cites what the other list cites by the same words
    /// only says it once more, or once less.
    fn left(&mut self, kind: Kind, is_cited: bool, sides: (Spot<'p>, Spot<'p>), at: At<'p>) {
        match is_cited {
            true => self.push(kind, Class::Editorial, Effect::Neutral, sides, at),
            false => self.loose(kind, None, sides, at),
        }
    }

    fn rows(&self, which: Which, field: &Field, list: Node<'p>, at: At<'p>) -> Vec<Row<'p>> {
        let plan = match which {
            Which::Old => self.old.plan,
            Which::New => self.new.plan,
        };
        let bodies = plan.bodies();
        let body_named = |node: Option<Node<'_>>| {
            let body = match node {
                Some(node) => bodies.named(node.written()),
                None => bodies.agency(),
            };
            let name = match (body, node) {
                (Some(body), _) => bodies.get(body).id,
                (None, node) => node.map(Node::written)?,
            };
            Some(self.renames.cited(which, Reference::Body, name))
        };
        let mut rows = rows(self.schema, field, at.shape, list, &body_named);
        // What only follows another id is the same citation.
        let is_single = matches!(self.schema.shape(at.shape), Shape::Scalar(_));
        if let Some(to) = field.marks.reference.filter(|_| is_single) {
            for row in &mut rows {
                row.key = match to {
                    Reference::Body => body_named(Some(row.node)),
                    _ => Some(self.renames.cited(which, to, row.node.written())),
                };
            }
        }
        rows
    }

    /// An item that came or went, with the change that tells its list where that did whole.
    fn loose(&mut self, kind: Kind, whole: Option<usize>, sides: (Spot<'p>, Spot<'p>), at: At<'p>) {
        let node = sides.0.node.or(sides.1.node);
        let gone = match node {
            Some(node) if weight(node) > 0 => gone_from(at),
            _ => Effect::Neutral,
        };
        let effect = if kind == Kind::Removed {
            gone
        } else {
            gone.mirrored()
        };
        if let Some(node) = node.filter(|_| may_move(self.schema, at.shape)) {
            self.moves.may_be(Loose {
                change: self.changes.len(),
                whole,
                shape: at.shape,
                content: content(node),
                strength: at.strength,
            });
        }
        self.tell(kind, effect, sides, at);
    }

    /// The items of a list of rules that came or went whole, and was told: one of them may have moved.
    pub(super) fn items_of(&mut self, kind: Kind, (old, new): (Spot<'p>, Spot<'p>), at: At<'p>) {
        let of_rules = at.strength.is_some();
        let list = old.node.or(new.node).filter(|node| node.is_list());
        let (Some(list), Some(item)) = (list, self.schema.item_of(at.shape)) else {
            return;
        };
        if !of_rules || !may_move(self.schema, item) {
            return;
        }
        let whole = self.changes.len().checked_sub(1);
        for node in list.items() {
            let sides = match kind {
                Kind::Removed => (Spot::of(node), new),
                _ => (old, Spot::of(node)),
            };
            self.loose(kind, whole, sides, At { shape: item, ..at });
        }
    }

    /// Makes one change of many items of a list that got another id and kept their names.
    fn join_renumbered(&mut self, first: usize, list: Node<'p>) {
        let of_list = |change: &Change<'p>| {
            let row = change.pair().new.near.parent();
            change.kind == Kind::Renumbered
                && row
                    .and_then(Node::parent)
                    .is_some_and(|parent| parent == list)
        };
        let numbered = self.changes[first..].iter().enumerate();
        let numbered = numbered.filter(|(_, change)| of_list(change));
        let places: Vec<usize> = numbered.map(|(at, _)| first + at).collect();
        let [one, others @ ..] = places.as_slice() else {
            return;
        };
        for other in others {
            let pairs = self.changes[*other].pairs.clone();
            self.changes[*one].pairs.extend(pairs);
            self.moves.is_told(*other);
        }
    }
}

/// What a list of citations says; nothing of other lists, where to say a thing twice may count.
fn said(field: &Field, rows: &[Row<'_>]) -> BTreeSet<String> {
    let cites = field.marks.reference.is_some();
    let rows = rows.iter().filter(|_| cites);
    rows.map(cited).collect()
}

/// What an item cites, by the name that stands for it where it is all that the item says.
fn cited(row: &Row<'_>) -> String {
    let alone = row.key.clone().filter(|_| !row.node.is_map());
    alone.unwrap_or_else(|| content(row.node))
}

/// The effect of an item going away: of a measure by its direction; of rules that bind, weaker.
pub(super) fn gone_from(at: At<'_>) -> Effect {
    let Some(marks) = at.marks() else {
        return Effect::Neutral;
    };
    match (&marks.direction, at.strength) {
        (Some(Direction::More), _) | (None, Some(2..)) => Effect::Weaker,
        (Some(Direction::Fewer), _) => Effect::Stronger,
        (None, Some(_)) => Effect::Neutral,
        _ if marks.scoped && !at.record => Effect::Weaker,
        _ if marks.concern.is_some() => Effect::Weaker,
        _ => Effect::Neutral,
    }
}

/// Words of a closed list are in many lists at once, and do not move from one to the other.
fn may_move(schema: &Schema, shape: ShapeId) -> bool {
    !matches!(schema.shape(shape), Shape::Scalar(_))
}

/// How leftovers of a list may be paired: names and rules by likeness, but what cites something or
/// is a word of a closed list is what it is.
pub(super) fn likeness_of(schema: &Schema, field: &Field, item: ShapeId) -> Likeness {
    let measure = field.marks.direction.is_some();
    let cites = field.marks.reference.is_some();
    // An identity of fixed words, such as for whom and which kind, has no likeness.
    let fixed = !field.marks.key.is_empty() && label_field(schema, field, item).is_none();
    let threshold = match schema.shape(item) {
        _ if fixed => None,
        Shape::Scalar(Scalar::Text) if cites => None,
        Shape::Scalar(Scalar::Text) | Shape::TextOr { .. } | Shape::Object { .. } => {
            Some(if measure { ALIKE_IN_A_MEASURE } else { ALIKE })
        }
        _ => None,
    };
    Likeness {
        by_label: matches!(
            schema.shape(item),
            Shape::Object { .. } | Shape::TextOr { .. }
        ),
        threshold,
    }
}
