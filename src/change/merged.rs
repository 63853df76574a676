//! Items that became one: whether less is asked of the one than was of any of them.
//!
//! What they have in grades, switches and the like is looked at, which a body that keeps its id is
//! told of field by field: to be merged must not be the way to lose it.

use super::compare::{At, Walk};
use super::effect::class;
use super::meaning::folded;
use super::pairing::{Merger, Row};
use super::reader::Spot;
use super::told::{Change, Effect, Kind, Pair};
use crate::document::Node;
use crate::plan::{Concern, Direction, Field, Scalar, Shape};
use crate::text::DateRange;

/// What a merger does to one field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Lowered,
    Raised,
    /// A switch has another value, or none.
    Switched,
}

impl<'p> Walk<'_, 'p> {
    /// Items that became one. A switch that turned weakens, and so does what was lowered for one and
    /// raised for another: both are a weakening from either side.
    pub(super) fn merger(&mut self, merger: &Merger, old: &[Row<'p>], new: &[Row<'p>], at: At<'p>) {
        let (kind, many, one) = match merger.forward {
            true => (Kind::Merged, old, &new[merger.one]),
            false => (Kind::Split, new, &old[merger.one]),
        };
        let many: Vec<Node<'p>> = merger.many.iter().map(|&other| many[other].node).collect();
        let turned = self.turned(&many, one.node, at);
        let any = |turn| turned.iter().any(|&(other, _)| other == turn);
        let effect = match (any(Turn::Lowered), any(Turn::Raised)) {
            _ if any(Turn::Switched) => Effect::Weaker,
            (true, false) if merger.forward => Effect::Weaker,
            (true, false) => Effect::Stronger,
            (false, true) if merger.forward => Effect::Stronger,
            (_, true) => Effect::Weaker,
            (false, false) => Effect::Neutral,
        };
        let mut weak = turned.iter().filter(|turn| turn.0 != Turn::Raised);
        let graded = weak.any(|&(_, concern)| concern == Some(Concern::Grade));
        let concern = match graded {
            true => Some(Concern::Grade),
            false => at.marks().and_then(|marks| marks.concern),
        };
        let sides = many.into_iter().map(|other| match merger.forward {
            true => (other, one.node),
            false => (one.node, other),
        });
        let pairs = sides.map(|(a, b)| Pair {
            old: self.old.side(Spot::of(a)),
            new: self.new.side(Spot::of(b)),
        });
        self.changes.push(Change {
            kind,
            class: class(concern, effect),
            effect,
            chapter: at.chapter,
            shape: at.shape,
            reference: at.marks().and_then(|marks| marks.reference),
            pairs: pairs.collect(),
        });
    }

    /// What the one has otherwise than those that became it.
    fn turned(&self, many: &[Node<'p>], one: Node<'p>, at: At<'p>) -> Vec<(Turn, Option<Concern>)> {
        let fields = self.schema.fields(at.shape).iter();
        let fields = fields.map(|&id| self.schema.field(id));
        let mut turned = Vec::new();
        for field in fields {
            let Shape::Scalar(scalar) = self.schema.shape(field.shape) else {
                continue;
            };
            let had: Vec<Option<String>> = many.iter().map(|node| said(field, *node)).collect();
            let has = said(field, one);
            let turns = match &field.marks.direction {
                _ if field.marks.switch => switched(scalar, &had, has.as_deref()),
                Some(Direction::Words(words)) => ranked(words, &had, has.as_deref()),
                _ => continue,
            };
            turned.extend(turns.into_iter().map(|turn| (turn, field.marks.concern)));
        }
        turned
    }
}

/// What an item says in a field, or what holds where it says nothing.
fn said(field: &Field, item: Node<'_>) -> Option<String> {
    let value = item.get(&field.name).filter(|node| !node.is_null());
    match value {
        Some(value) => (!value.is_map() && !value.is_list()).then(|| folded(value.written())),
        None => field.default.as_ref()?.as_str().map(folded),
    }
}

/// A switch, which each had as the one has it. Of days the one can have but one of theirs.
fn switched(scalar: &Scalar, had: &[Option<String>], has: Option<&str>) -> Vec<Turn> {
    let is_day = *scalar == Scalar::Date;
    let same = |had: &str| match has {
        Some(has) if is_day => had == has || DateRange::parse(had) == DateRange::parse(has),
        has => has == Some(had),
    };
    let mut had = had.iter().flatten().peekable();
    let is_kept = match is_day {
        true => had.peek().is_none() || had.any(|had| same(had)),
        false => had.all(|had| same(had)),
    };
    (!is_kept).then_some(Turn::Switched).into_iter().collect()
}

/// Graded words, the weakest first; no word is below them all.
fn ranked(words: &[String], had: &[Option<String>], has: Option<&str>) -> Vec<Turn> {
    let place = |said: &str| words.iter().position(|word| folded(word) == said);
    let rank = |said: Option<&str>| said.map(place);
    let has = rank(has);
    let turns = had.iter().filter_map(|had| match rank(had.as_deref()) {
        had if has < had => Some(Turn::Lowered),
        had if has > had => Some(Turn::Raised),
        _ => None,
    });
    turns.collect()
}
