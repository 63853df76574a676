//! The plan as expressions see it: as it holds for a body, modes included.

use std::cell::{Cell, OnceCell, RefCell};

use crate::cel::{Data, Host, Mode as CelMode, Plain, Read, Slot, Value};
use crate::check::scene::cited_law::Named;
use crate::check::scene::delegations::Delegation;
use crate::check::scene::derived::written;
use crate::check::scene::reads::{is_plain, is_text, plain_scalar};
use crate::check::sides::before::{Before, as_it_was};
use crate::document::Node;
use crate::plan::{
    self, BodyIndex, Clock, Derived, Fact, FieldId, Item, Mode, Plan, ShapeId, Spot, Stated,
};
use crate::policy::{Collection, Laws, Row, SlotOf, slot_of};
use crate::text::{DateRange, Day};

/// What expressions of one plan read from.
#[derive(Debug)]
pub(in crate::check) struct PlanHost<'p> {
    pub(in crate::check) plan: &'p Plan<'p>,
    pub(in crate::check) items: &'p [Item],
    pub(in crate::check) defaults: &'p [Option<Data>],
    pub(in crate::check) derived: Derived<'p>,
    /// The laws that its citations name, as they are asked for.
    pub(in crate::check) named: Vec<OnceCell<Option<Named<'p>>>>,
    /// What the policies judged so far leave to documents.
    pub(in crate::check) delegations: RefCell<Vec<Delegation<'p>>>,
    pub(in crate::check) laws: &'p Laws,
    /// The law date that is being judged; what a citation of a law means hangs on it.
    pub(in crate::check) day: Cell<Option<Day>>,
    /// When the plan was issued, and the row of its agency: how its citations of laws are read.
    pub(in crate::check) issued: Option<DateRange>,
    pub(in crate::check) row: Row,
    pub(in crate::check) clock: Clock,
    /// What was last sought under a node.
    pub(in crate::check) child: Cell<Option<Sought<'p>>>,
    /// The plan before, where two are compared.
    pub(in crate::check) before: Option<Before<'p>>,
}

/// A node, a field, and what stands there.
pub(in crate::check) type Sought<'p> = (Node<'p>, FieldId, Option<Node<'p>>);

/// Something of the plan, as it holds for a body or for all. Every value has one or two of them, and each
/// step of an expression gives a value: so it is told by numbers, as [`Seen`] to those who look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Thing<'p> {
    /// A node of the tree.
    Seen {
        /// The node.
        spot: Spot<'p>,
        /// The number of its type.
        shape: u16,
        /// For whom.
        body: Whose,
    },
    /// A node of the tree of the plan before, as it holds for all.
    Was {
        /// The node.
        spot: Spot<'p>,
        /// The number of its type.
        shape: u16,
    },
    /// Nothing that is written: what holds of this type where the plan is silent.
    Assumed(ShapeId),
    /// An item of a derived collection, by its place in it.
    Derived(Collection, u32),
    /// A derived collection.
    All(Collection),
}

/// A body, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Whose(u32);

/// A node of the tree, its type, and for whom: a body, or all of them.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Seen<'p> {
    pub(in crate::check) node: Node<'p>,
    pub(in crate::check) shape: ShapeId,
    pub(in crate::check) body: Option<BodyIndex>,
}

impl Whose {
    /// A plan has fewer bodies than bytes, so that no body has this number.
    pub(in crate::check) const ALL: Self = Self(u32::MAX);

    fn body(self) -> Option<BodyIndex> {
        (self != Self::ALL).then_some(BodyIndex(self.0))
    }
}

impl Thing<'_> {
    /// The type of a node, or of what is assumed where there is none; what is derived has no type.
    pub(in crate::check) fn shape(self) -> Option<ShapeId> {
        match self {
            Self::Seen { shape, .. } | Self::Was { shape, .. } => Some(ShapeId(shape.into())),
            Self::Assumed(shape) => Some(shape),
            Self::Derived(..) | Self::All(_) => None,
        }
    }
}

impl<'p> PlanHost<'p> {
    pub(in crate::check) fn new(
        plan: &'p Plan<'p>,
        items: &'p [Item],
        defaults: &'p [Option<Data>],
        laws: &'p Laws,
    ) -> Self {
        let issued = plan
            .section("header")
            .and_then(|header| header.node.get("issued"));
        let agency = plan.bodies().agency().map(|body| plan.bodies().get(body));
        let derived = plan::derive(plan);
        Self {
            plan,
            items,
            defaults,
            named: vec![OnceCell::new(); derived.citations.len()],
            derived,
            clock: Clock::of(plan),
            child: Cell::new(None),
            delegations: RefCell::default(),
            laws,
            day: Cell::new(None),
            issued: issued.and_then(|issued| DateRange::parse(issued.written())),
            row: agency.map_or(Row::default(), |body| Row::of(body.sector, body.grade)),
            before: None,
        }
    }

    /// A node as values have it.
    pub(in crate::check) fn thing(&self, Seen { node, shape, body }: Seen<'p>) -> Thing<'p> {
        let shape = u16::try_from(shape.0);
        Thing::Seen {
            spot: self.plan.spot(node),
            shape: shape.expect("internal: the schema has fewer than 65,536 types"),
            body: body.map_or(Whose::ALL, |body| Whose(body.0)),
        }
    }

    /// The node of this plan that a thing is.
    pub(in crate::check) fn seen(&self, thing: Thing<'p>) -> Option<Seen<'p>> {
        let Thing::Seen { spot, shape, body } = thing else {
            return None;
        };
        Some(Seen {
            node: self.plan.at(spot),
            shape: ShapeId(shape.into()),
            body: body.body(),
        })
    }

    /// The plan as it holds for a body.
    pub(in crate::check) fn root(&self, body: Option<BodyIndex>) -> Value<'p, Thing<'p>> {
        Value::object(self.thing(Seen {
            node: self.plan.root(),
            shape: self.plan.schema().root(),
            body,
        }))
    }

    /// The value of a fact, where it is stated.
    pub(in crate::check) fn of_fact(
        &self,
        fact: &Fact<'p>,
        body: Option<BodyIndex>,
    ) -> Read<'p, Thing<'p>> {
        match &fact.mode {
            Mode::Stated(Stated::One(node)) => self.of_node(*node, fact.shape, body),
            Mode::Stated(Stated::Rows { list }) => Read::Value(Value::list(self.thing(Seen {
                node: *list,
                shape: fact.shape,
                body,
            }))),
            mode => unread(mode),
        }
    }
}

pub(in crate::check) fn unread<'a>(mode: &Mode<'a>) -> Read<'a, Thing<'a>> {
    match cel_mode(mode) {
        CelMode::Silent | CelMode::Stated => Read::Silent,
        mode => Read::Unread(mode),
    }
}

pub(in crate::check) fn cel_mode(mode: &Mode<'_>) -> CelMode {
    match mode {
        Mode::Stated(_) => CelMode::Stated,
        Mode::Delegated(_) => CelMode::Delegated,
        Mode::ByLaw(_) => CelMode::ByLaw,
        Mode::Annex(_) => CelMode::Annex,
        Mode::NotApplicable(_) => CelMode::NotApplicable,
        Mode::Silent { .. } => CelMode::Silent,
    }
}

impl<'p> Host for PlanHost<'p> {
    type Node = Thing<'p>;

    fn field(&self, thing: Thing<'p>, slot: Slot) -> Read<'_, Thing<'p>> {
        if let Some((host, thing)) = self.earlier(thing) {
            return as_it_was(host.field(thing, slot));
        }
        match (thing, slot_of(slot)) {
            (_, SlotOf::Schema(field)) => match self.seen(thing) {
                Some(Seen { node, shape, body }) if self.is_main(node, shape, field) => {
                    self.of_node(node, self.plan.schema().field(field).shape, body)
                }
                Some(Seen { node, body, .. }) => self.schema_field(node, field, body),
                None => Read::Silent,
            },
            (Thing::Derived(of, at), SlotOf::Derived(field)) => self.derived_field(of, at, field),
            _ => Read::Silent,
        }
    }

    fn plain(&self, thing: Thing<'p>, slot: Slot) -> Option<Plain<'_>> {
        match (thing, slot_of(slot)) {
            (_, SlotOf::Schema(field)) => {
                let Seen { node, shape, .. } = self.seen(thing)?;
                self.plain_field(node, shape, field)
            }
            (Thing::Derived(Collection::Citations, at), SlotOf::Derived(field)) => {
                let citation = self.derived.citations.get(at as usize)?;
                written(citation, field).map(Plain::Text)
            }
            _ => None,
        }
    }

    fn mode(&self, thing: Thing<'p>, slot: Slot) -> CelMode {
        if let Some((host, thing)) = self.earlier(thing) {
            return host.mode(thing, slot);
        }
        let (Some(Seen { node, shape, body }), SlotOf::Schema(field)) =
            (self.seen(thing), slot_of(slot))
        else {
            let is_silent = || matches!(self.field(thing, slot), Read::Silent);
            return match self.plain(thing, slot) {
                None if is_silent() => CelMode::Silent,
                _ => CelMode::Stated,
            };
        };
        if self.is_main(node, shape, field) {
            return CelMode::Stated;
        }
        let description = self.plan.schema().field(field);
        let at_root = node == self.plan.root();
        match self.child(node, field) {
            Some(child) if is_plain(child) => CelMode::Stated,
            Some(child) => cel_mode(&plan::fact_at(self.plan, child, description.shape, body).mode),
            None if at_root => CelMode::Silent,
            None => {
                plan::blanket_over(self.plan, node).map_or(CelMode::Silent, |mode| cel_mode(&mode))
            }
        }
    }

    fn len(&self, list: Thing<'p>) -> usize {
        if let Some(Seen { node, body, .. }) = self.seen(list) {
            return plan::rows_for(self.plan, node, body).count();
        }
        match list {
            Thing::All(collection) => self.count(collection),
            Thing::Was { .. } => {
                let earlier = self.earlier(list);
                earlier.map_or(0, |(host, list)| host.len(list))
            }
            Thing::Derived(..) | Thing::Assumed(_) | Thing::Seen { .. } => 0,
        }
    }

    fn element(&self, list: Thing<'p>, index: usize) -> Read<'_, Thing<'p>> {
        if let Some((host, list)) = self.earlier(list) {
            return as_it_was(host.element(list, index));
        }
        if let Thing::All(collection) = list {
            return self.derived_item(collection, index);
        }
        let Some(Seen { node, shape, body }) = self.seen(list) else {
            return Read::Silent;
        };
        let Some(item) = self.plan.schema().item_of(shape) else {
            return Read::Silent;
        };
        match plan::rows_for(self.plan, node, body).nth(index) {
            Some(row) => self.of_node(row, item, body),
            None => Read::Silent,
        }
    }

    fn next(&self, list: Thing<'p>, cursor: &mut usize) -> Option<Read<'_, Thing<'p>>> {
        if let Some(Seen { node, shape, body }) = self.seen(list) {
            let item = self.plan.schema().item_of(shape)?;
            let row = plan::next_row(self.plan, node, body, cursor)?;
            return Some(self.of_node(row, item, body));
        }
        match list {
            Thing::Was { .. } => {
                let (host, list) = self.earlier(list)?;
                host.next(list, cursor).map(as_it_was)
            }
            Thing::All(collection) => {
                *cursor += 1;
                let item = self.derived_item(collection, *cursor - 1);
                (item != Read::Silent).then_some(item)
            }
            Thing::Derived(..) | Thing::Assumed(_) | Thing::Seen { .. } => None,
        }
    }

    fn texts(&self, list: Thing<'p>) -> Option<impl Iterator<Item = Option<&str>>> {
        let Seen { node, shape, body } = self.seen(list)?;
        let schema = self.plan.schema();
        let scalar = plain_scalar(schema.shape(schema.item_of(shape)?))?;
        let rows = is_text(scalar).then(|| plan::rows_for(self.plan, node, body))?;
        Some(rows.map(|row| is_plain(row).then(|| row.written())))
    }

    fn covers(&self, item: Thing<'p>, body: Thing<'p>) -> bool {
        let (Some(item), Some(body)) = (self.seen(item), self.seen(body)) else {
            return true;
        };
        let bodies = self.plan.bodies();
        bodies
            .at(body.node)
            .is_none_or(|body| plan::reaches(item.node, bodies.get(body)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cel::Failure;

    /// What a step gives is moved several times: what it weighs is what evaluation takes.
    #[test]
    fn values_are_small() {
        assert_eq!(size_of::<Thing<'_>>(), 16);
        assert_eq!(size_of::<Value<'_, Thing<'_>>>(), 40);
        assert_eq!(size_of::<Option<Value<'_, Thing<'_>>>>(), 40);
        assert_eq!(
            size_of::<Result<Value<'_, Thing<'_>>, Failure<Thing<'_>>>>(),
            40
        );
        assert_eq!(size_of::<Read<'_, Thing<'_>>>(), 40);
    }
}
