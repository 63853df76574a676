//! A host over JSON: objects whose fields may be silent or stand in a mode (`{"mode": "annex"}`), and
//! whose `for` names the bodies they cover.

use std::cell::Cell;

use serde_json::Value as Json;

use super::schema::{PLAN, fields};
use crate::cel::{Data, Host, Mode, ObjectType, Read, Slot, Type, Value};
use crate::text::{DateRange, Duration};

/// A plan as an arena.
pub(super) struct World {
    nodes: Vec<Node>,
    /// How many fields were read or looked at.
    reads: Cell<usize>,
}

#[derive(Debug)]
enum Node {
    Object {
        ty: ObjectType,
        fields: Vec<Entry>,
        bodies: Option<Vec<String>>,
    },
    List(Vec<usize>),
    Leaf(Data),
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Silent,
    Mode(Mode),
    At(usize),
}

impl World {
    pub(super) fn new(plan: &Json) -> Self {
        let mut world = Self {
            nodes: Vec::new(),
            reads: Cell::new(0),
        };
        let root = world.add(plan, &Type::Object(PLAN));
        assert_eq!(root, world.root());
        world
    }

    /// How many fields were read or looked at so far.
    pub(super) fn reads(&self) -> usize {
        self.reads.get()
    }

    /// The plan; added last, after all it holds.
    pub(super) fn root(&self) -> usize {
        self.nodes.len() - 1
    }

    fn add(&mut self, json: &Json, ty: &Type) -> usize {
        let text = || json.as_str().expect("a text").to_owned();
        let node = match ty {
            Type::Object(object) => self.object(json, *object),
            Type::List(element) => {
                let elements = json.as_array().expect("a list").iter();
                Node::List(elements.map(|json| self.add(json, element)).collect())
            }
            Type::Bool => Node::Leaf(Data::Bool(json.as_bool().expect("a bool"))),
            Type::Int => Node::Leaf(Data::Int(json.as_i64().expect("an int"))),
            Type::Double => Node::Leaf(Data::Double(json.as_f64().expect("a number"))),
            Type::Date => Node::Leaf(Data::Date(DateRange::parse(&text()).expect("a date"))),
            Type::Duration => Node::Leaf(Data::Duration(
                Duration::parse(&text()).expect("a duration"),
            )),
            _ => Node::Leaf(Data::text(text())),
        };
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn object(&mut self, json: &Json, ty: ObjectType) -> Node {
        let entry = |(name, ty, _): (&str, Type, bool)| match json.get(name) {
            None => Entry::Silent,
            Some(value) => match value.get("mode").and_then(Json::as_str) {
                Some(word) => Entry::Mode(
                    Mode::ALL
                        .into_iter()
                        .find(|mode| mode.word() == word)
                        .expect("a mode"),
                ),
                None => Entry::At(self.add(value, &ty)),
            },
        };
        let fields = fields(ty).into_iter().map(entry).collect();
        let bodies = json.get("for").and_then(Json::as_array).map(|bodies| {
            bodies
                .iter()
                .filter_map(Json::as_str)
                .map(str::to_owned)
                .collect()
        });
        Node::Object { ty, fields, bodies }
    }

    fn read(&self, node: usize) -> Value<'_, usize> {
        match &self.nodes[node] {
            Node::Object { .. } => Value::object(node),
            Node::List(_) => Value::list(node),
            Node::Leaf(data) => Value {
                origin: Some(node),
                ..Value::data(data)
            },
        }
    }

    fn entry(&self, node: usize, slot: Slot) -> Entry {
        self.reads.set(self.reads.get() + 1);
        match &self.nodes[node] {
            Node::Object { fields, .. } => fields[slot.0 as usize],
            other => panic!("{other:?} has no fields"),
        }
    }

    /// The place of a node, such as `systems[0].name`.
    pub(super) fn path(&self, node: usize) -> String {
        let above = |(owner, found): (usize, &Node)| match found {
            Node::List(elements) => {
                let index = elements.iter().position(|&element| element == node)?;
                Some(format!("{}[{index}]", self.path(owner)))
            }
            Node::Object {
                ty,
                fields: entries,
                ..
            } => {
                let at = |entry: &Entry| matches!(entry, Entry::At(at) if *at == node);
                let name = fields(*ty)[entries.iter().position(at)?].0;
                Some(
                    format!("{}.{name}", self.path(owner))
                        .trim_start_matches('.')
                        .to_owned(),
                )
            }
            Node::Leaf(_) => None,
        };
        self.nodes
            .iter()
            .enumerate()
            .find_map(above)
            .unwrap_or_default()
    }
}

impl Host for World {
    type Node = usize;

    fn field(&self, node: usize, slot: Slot) -> Read<'_, usize> {
        match self.entry(node, slot) {
            Entry::At(at) => Read::Value(self.read(at)),
            Entry::Mode(mode) => Read::Unread(mode),
            Entry::Silent => Read::Silent,
        }
    }

    fn mode(&self, node: usize, slot: Slot) -> Mode {
        match self.entry(node, slot) {
            Entry::At(_) => Mode::Stated,
            Entry::Mode(mode) => mode,
            Entry::Silent => Mode::Silent,
        }
    }

    fn len(&self, list: usize) -> usize {
        match &self.nodes[list] {
            Node::List(elements) => elements.len(),
            _ => 0,
        }
    }

    fn element(&self, list: usize, index: usize) -> Read<'_, usize> {
        match &self.nodes[list] {
            Node::List(elements) => elements
                .get(index)
                .map_or(Read::Silent, |&at| Read::Value(self.read(at))),
            _ => Read::Silent,
        }
    }

    fn covers(&self, item: usize, body: usize) -> bool {
        let Node::Object {
            bodies: Some(bodies),
            ..
        } = &self.nodes[item]
        else {
            return true;
        };
        match self.field(body, Slot(0)) {
            Read::Value(id) => id
                .as_text()
                .is_some_and(|id| bodies.iter().any(|body| body == id)),
            _ => false,
        }
    }
}
