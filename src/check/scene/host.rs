//! The plan as expressions see it: as it holds for a body, modes included.

use std::cell::{Cell, RefCell};

use crate::cel::{Data, Host, Mode as CelMode, Plain, Read, Slot, Value};
use crate::check::scene::delegations::Delegation;
use crate::check::scene::derived::written;
use crate::check::sides::before::{Before, as_it_was};
use crate::document::Node;
use crate::plan::{
    self, BodyIndex, Clock, Derived, Fact, FieldId, Item, Mode, Plan, Scalar, Shape, ShapeId,
    Stated,
};
use crate::policy::{Collection, Laws, Row, SlotOf, slot_of};
use crate::text::{DateRange, Day};

/// What expressions of one plan read from.
#[derive(Debug)]
pub(in crate::check) struct PlanHost<'p> {
    pub(in crate::check) plan: &'p Plan<'p>,
    pub(in crate::check) items: &'p [Item],
    defaults: &'p [Option<Data>],
    pub(in crate::check) derived: Derived<'p>,
    /// What the policies judged so far leave to documents.
    pub(in crate::check) delegations: RefCell<Vec<Delegation<'p>>>,
    pub(in crate::check) laws: &'p Laws,
    /// The law date that is being judged; what a citation of a law means hangs on it.
    pub(in crate::check) day: Cell<Option<Day>>,
    /// When the plan was issued, and the row of its agency: how its citations of laws are read.
    pub(in crate::check) issued: Option<DateRange>,
    pub(in crate::check) row: Row,
    clock: Clock,
    /// The plan before, where two are compared.
    pub(in crate::check) before: Option<Before<'p>>,
}

/// Something of the plan, as it holds for a body or for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Thing<'p> {
    /// A node of the tree.
    Seen {
        /// The node.
        node: Node<'p>,
        /// Its type.
        shape: ShapeId,
        /// For whom; `None` for all bodies.
        body: Option<BodyIndex>,
    },
    /// A node of the tree of the plan before, as it holds for all.
    Was {
        /// The node.
        node: Node<'p>,
        /// Its type.
        shape: ShapeId,
    },
    /// An item of a derived collection, by its place in it.
    Derived(Collection, u32),
    /// A derived collection.
    All(Collection),
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
        Self {
            plan,
            items,
            defaults,
            derived: plan::derive(plan),
            clock: Clock::of(plan),
            delegations: RefCell::default(),
            laws,
            day: Cell::new(None),
            issued: issued.and_then(|issued| DateRange::parse(issued.written())),
            row: agency.map_or(Row::default(), |body| Row::of(body.sector, body.grade)),
            before: None,
        }
    }

    /// The plan as it holds for a body.
    pub(in crate::check) fn root(&self, body: Option<BodyIndex>) -> Value<'p, Thing<'p>> {
        Value::object(Thing::Seen {
            node: self.plan.root(),
            shape: self.plan.schema().root(),
            body,
        })
    }

    /// The value of a fact, where it is stated.
    pub(in crate::check) fn of_fact(
        &self,
        fact: &Fact<'p>,
        body: Option<BodyIndex>,
    ) -> Read<'p, Thing<'p>> {
        match &fact.mode {
            Mode::Stated(Stated::One(node)) => self.of_node(*node, fact.shape, body),
            Mode::Stated(Stated::Rows { list }) => Read::Value(Value::list(Thing::Seen {
                node: *list,
                shape: fact.shape,
                body,
            })),
            mode => unread(mode),
        }
    }

    /// The value of a node of a known type. A value that is not of its type is silent here: the
    /// check of shapes has reported it.
    pub(in crate::check) fn of_node(
        &self,
        node: Node<'p>,
        shape: ShapeId,
        body: Option<BodyIndex>,
    ) -> Read<'p, Thing<'p>> {
        let thing = Thing::Seen { node, shape, body };
        let value = match self.plan.schema().shape(shape) {
            Shape::Object { .. } => node.is_map().then(|| Value::object(thing)),
            Shape::List { .. } => node.is_list().then(|| Value::list(thing)),
            Shape::TextOr { main: Some(_), .. } => {
                (!node.is_null() && !node.is_list()).then(|| Value::object(thing))
            }
            Shape::TextOr { main: None, .. } => {
                main_text(node).map(|text| Value::text(text, thing))
            }
            Shape::Scalar(scalar) => self.scalar(node, scalar, thing),
        };
        value.map_or(Read::Silent, Read::Value)
    }

    fn scalar(
        &self,
        node: Node<'p>,
        scalar: &Scalar,
        thing: Thing<'p>,
    ) -> Option<Value<'p, Thing<'p>>> {
        use crate::cel::Content;
        if !is_plain(node) {
            return None;
        }
        let content = match scalar {
            Scalar::Integer => Content::Int(node.as_int()?),
            Scalar::Number => Content::Double(node.written().parse().ok()?),
            Scalar::Boolean => Content::Bool(node.as_bool()?),
            Scalar::Date => Content::Date(DateRange::parse(node.written())?),
            Scalar::Duration => Content::Duration(self.clock.duration(node.written())?),
            _ => return Some(Value::text(node.written(), thing)),
        };
        Some(Value::read(content, thing))
    }

    /// Whether the node is a text that stands for this field of an object.
    fn is_main(&self, node: Node<'p>, shape: ShapeId, field: FieldId) -> bool {
        let main = match self.plan.schema().shape(shape) {
            Shape::TextOr { main, .. } => *main,
            _ => None,
        };
        is_plain(node) && main == Some(field)
    }

    /// A field that is one plain value, whoever reads it.
    fn plain_field(&self, node: Node<'p>, shape: ShapeId, field: FieldId) -> Option<Plain<'p>> {
        let schema = self.plan.schema();
        let description = schema.field(field);
        let scalar = match schema.shape(description.shape) {
            Shape::Scalar(scalar) => scalar,
            Shape::TextOr { main: None, .. } => &Scalar::Text,
            _ => return None,
        };
        if node == self.plan.root() {
            return None;
        }
        let child = match node.get(&description.name) {
            Some(child) => child,
            None if self.is_main(node, shape, field) => node,
            None => return self.defaults[field.0 as usize].as_ref()?.as_plain(),
        };
        if !is_plain(child) {
            return None;
        }
        match scalar {
            Scalar::Integer => child.as_int().map(Plain::Int),
            Scalar::Boolean => child.as_bool().map(Plain::Bool),
            Scalar::Number | Scalar::Date | Scalar::Duration => None,
            _ => Some(Plain::Text(child.written())),
        }
    }

    fn schema_field(
        &self,
        node: Node<'p>,
        field: FieldId,
        body: Option<BodyIndex>,
    ) -> Read<'_, Thing<'p>> {
        let description = self.plan.schema().field(field);
        let at_root = node == self.plan.root();
        let child = if at_root {
            self.plan.section_of(field).map(|section| section.node)
        } else {
            node.get(&description.name)
        };
        let Some(child) = child else {
            return match &self.defaults[field.0 as usize] {
                Some(data) => Read::Value(Value::data(data)),
                None if description.marks.fact && !at_root => {
                    match plan::blanket_over(self.plan, node) {
                        Some(mode) => unread(&mode),
                        None => Read::Silent,
                    }
                }
                None => Read::Silent,
            };
        };
        if is_plain(child) {
            return self.of_node(child, description.shape, body);
        }
        let fact = plan::fact_at(self.plan, child, description.shape, body);
        match fact.mode {
            Mode::Stated(Stated::One(node)) => self.of_node(node, description.shape, body),
            Mode::Stated(Stated::Rows { list }) => {
                let shape = description.shape;
                Read::Value(Value::list(Thing::Seen {
                    node: list,
                    shape,
                    body,
                }))
            }
            mode => unread(&mode),
        }
    }
}

/// Whether it is one value, which no mode can stand on and which holds for every body.
fn is_plain(node: Node<'_>) -> bool {
    !node.is_map() && !node.is_list() && !node.is_null()
}

/// The text of a citation: itself, or the first field of its object.
fn main_text(node: Node<'_>) -> Option<&str> {
    if node.is_map() {
        return node.entries().next().map(|entry| entry.value.written());
    }
    (!node.is_null() && !node.is_list()).then(|| node.written())
}

fn unread<'a>(mode: &Mode<'a>) -> Read<'a, Thing<'a>> {
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
            (Thing::Seen { node, shape, body }, SlotOf::Schema(field)) => {
                if self.is_main(node, shape, field) {
                    return self.of_node(node, self.plan.schema().field(field).shape, body);
                }
                self.schema_field(node, field, body)
            }
            (Thing::Derived(of, at), SlotOf::Derived(field)) => self.derived_field(of, at, field),
            _ => Read::Silent,
        }
    }

    fn plain(&self, thing: Thing<'p>, slot: Slot) -> Option<Plain<'_>> {
        match (thing, slot_of(slot)) {
            (Thing::Seen { node, shape, .. }, SlotOf::Schema(field)) => {
                self.plain_field(node, shape, field)
            }
            (Thing::Derived(Collection::Citations, at), SlotOf::Derived(field)) => {
                let citation = self.derived.citations.get(at as usize)?;
                written(citation, field)?.map(Plain::Text)
            }
            _ => None,
        }
    }

    fn mode(&self, thing: Thing<'p>, slot: Slot) -> CelMode {
        if let Some((host, thing)) = self.earlier(thing) {
            return host.mode(thing, slot);
        }
        let (Thing::Seen { node, shape, body }, SlotOf::Schema(field)) = (thing, slot_of(slot))
        else {
            return match self.field(thing, slot) {
                Read::Silent => CelMode::Silent,
                _ => CelMode::Stated,
            };
        };
        if self.is_main(node, shape, field) {
            return CelMode::Stated;
        }
        let description = self.plan.schema().field(field);
        let at_root = node == self.plan.root();
        let child = if at_root {
            self.plan.section_of(field).map(|section| section.node)
        } else {
            node.get(&description.name)
        };
        match child {
            Some(child) if is_plain(child) => CelMode::Stated,
            Some(child) => cel_mode(&plan::fact_at(self.plan, child, description.shape, body).mode),
            None if at_root => CelMode::Silent,
            None => {
                plan::blanket_over(self.plan, node).map_or(CelMode::Silent, |mode| cel_mode(&mode))
            }
        }
    }

    fn len(&self, list: Thing<'p>) -> usize {
        match list {
            Thing::Seen { node, body, .. } => plan::rows_for(self.plan, node, body).count(),
            Thing::All(collection) => self.count(collection),
            Thing::Was { .. } => {
                let earlier = self.earlier(list);
                earlier.map_or(0, |(host, list)| host.len(list))
            }
            Thing::Derived(..) => 0,
        }
    }

    fn element(&self, list: Thing<'p>, index: usize) -> Read<'_, Thing<'p>> {
        if let Some((host, list)) = self.earlier(list) {
            return as_it_was(host.element(list, index));
        }
        if let Thing::All(collection) = list {
            return self.derived_item(collection, index);
        }
        let Thing::Seen { node, shape, body } = list else {
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
        if let Some((host, list)) = self.earlier(list) {
            return host.next(list, cursor).map(as_it_was);
        }
        if let Thing::All(collection) = list {
            *cursor += 1;
            let item = self.derived_item(collection, *cursor - 1);
            return (item != Read::Silent).then_some(item);
        }
        let Thing::Seen { node, shape, body } = list else {
            return None;
        };
        let item = self.plan.schema().item_of(shape)?;
        let row = plan::next_row(self.plan, node, body, cursor)?;
        Some(self.of_node(row, item, body))
    }

    fn covers(&self, item: Thing<'p>, body: Thing<'p>) -> bool {
        let (Thing::Seen { node, .. }, Thing::Seen { node: body, .. }) = (item, body) else {
            return true;
        };
        let bodies = self.plan.bodies();
        bodies
            .at(body)
            .is_none_or(|body| plan::reaches(node, bodies.get(body)))
    }
}
