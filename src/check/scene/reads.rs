//! Nodes of the plan → values, by the types of the schema.
//!
//! A value that is not of its type reads as silent: the check of shapes has reported it.

use crate::cel::{Content, Plain, Read, Value};
use crate::check::scene::host::{PlanHost, Seen, Thing, unread};
use crate::document::Node;
use crate::plan::{self, BodyIndex, FieldId, Mode, Scalar, Shape, ShapeId, Stated};
use crate::text::DateRange;

impl<'p> PlanHost<'p> {
    /// The value of a node of a known type.
    pub(in crate::check) fn of_node(
        &self,
        node: Node<'p>,
        shape: ShapeId,
        body: Option<BodyIndex>,
    ) -> Read<'p, Thing<'p>> {
        let thing = self.thing(Seen { node, shape, body });
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
    pub(in crate::check) fn is_main(&self, node: Node<'p>, shape: ShapeId, field: FieldId) -> bool {
        let main = match self.plan.schema().shape(shape) {
            Shape::TextOr { main, .. } => *main,
            _ => None,
        };
        is_plain(node) && main == Some(field)
    }

    /// A field that is one plain value, whoever reads it.
    pub(in crate::check) fn plain_field(
        &self,
        node: Node<'p>,
        shape: ShapeId,
        field: FieldId,
    ) -> Option<Plain<'p>> {
        let schema = self.plan.schema();
        let description = schema.field(field);
        let scalar = plain_scalar(schema.shape(description.shape))?;
        if node == self.plan.root() {
            return None;
        }
        let child = match self.child(node, field) {
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
            Scalar::Date => DateRange::parse(child.written()).map(Plain::Date),
            Scalar::Duration => {
                let duration = self.clock.duration(child.written());
                duration.map(Plain::Duration)
            }
            scalar => is_text(scalar).then(|| Plain::Text(child.written())),
        }
    }

    /// What stands at a field of a node: of the root, the section, which may be a file of its own.
    pub(in crate::check) fn child(&self, node: Node<'p>, field: FieldId) -> Option<Node<'p>> {
        if node == self.plan.root() {
            return self.plan.section_of(field).map(|section| section.node);
        }
        // What is asked whether it stands is read next.
        if let Some((above, asked, child)) = self.child.get()
            && (above, asked) == (node, field)
        {
            return child;
        }
        let child = node.get(&self.plan.schema().field(field).name);
        self.child.set(Some((node, field, child)));
        child
    }

    pub(in crate::check) fn schema_field(
        &self,
        node: Node<'p>,
        field: FieldId,
        body: Option<BodyIndex>,
    ) -> Read<'_, Thing<'p>> {
        let description = self.plan.schema().field(field);
        let at_root = node == self.plan.root();
        let Some(child) = self.child(node, field) else {
            return match &self.defaults[field.0 as usize] {
                Some(data) => Read::Value(Value {
                    origin: Some(Thing::Assumed(description.shape)),
                    ..Value::data(data)
                }),
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
                Read::Value(Value::list(self.thing(Seen {
                    node: list,
                    shape,
                    body,
                })))
            }
            mode => unread(&mode),
        }
    }
}

/// Whether it is one value, which no mode can stand on and which holds for every body.
pub(in crate::check) fn is_plain(node: Node<'_>) -> bool {
    !node.is_map() && !node.is_list() && !node.is_null()
}

/// What a plain node of this type is.
pub(in crate::check) fn plain_scalar(shape: &Shape) -> Option<&Scalar> {
    match shape {
        Shape::Scalar(scalar) => Some(scalar),
        Shape::TextOr { main: None, .. } => Some(&Scalar::Text),
        _ => None,
    }
}

/// Whether a scalar of this type reads as the text it is written as.
pub(in crate::check) fn is_text(scalar: &Scalar) -> bool {
    use Scalar::{DayOfYear, Edition, Text, Words};
    matches!(scalar, Text | Words(_) | DayOfYear | Edition)
}

/// The text of a citation: itself, or the first field of its object.
fn main_text(node: Node<'_>) -> Option<&str> {
    if node.is_map() {
        return node.entries().next().map(|entry| entry.value.written());
    }
    (!node.is_null() && !node.is_list()).then(|| node.written())
}
