//! A small catalogue and host over JSON: objects whose fields may be silent or stand in a mode
//! (`{"mode": "annex"}`), and lists whose rows may exclude a body.

use serde_json::{Value as Json, json};

use crate::cel::{Catalogue, Data, Field, Host, Mode, ObjectType, Read, Scope, Slot, Type, Value};
use crate::text::{DateRange, Duration};

const PLAN: ObjectType = ObjectType(0);
const BODY: ObjectType = ObjectType(1);
const SYSTEM: ObjectType = ObjectType(2);
const CONTROLS: ObjectType = ObjectType(3);
const DRILL: ObjectType = ObjectType(4);

/// The fields of each kind of object: name, type, optional. A field's slot is its place here.
fn fields(object: ObjectType) -> Vec<(&'static str, Type, bool)> {
    match object {
        PLAN => vec![
            ("bodies", Type::list(Type::Object(BODY)), true),
            ("systems", Type::list(Type::Object(SYSTEM)), true),
            ("controls", Type::Object(CONTROLS), true),
            ("edition", Type::Text, true),
            ("issued", Type::Date, true),
            ("spare", Type::list(Type::Object(SYSTEM)), true),
            ("annexed", Type::list(Type::Object(SYSTEM)), true),
        ],
        BODY => vec![
            ("id", Type::Text, false),
            ("grade", Type::words(["A", "B", "C", "D", "E"]), true),
            ("graded_on", Type::Date, true),
            ("count", Type::Int, true),
        ],
        SYSTEM => vec![
            ("id", Type::Text, false),
            ("name", Type::Text, true),
            ("level", Type::words(["普", "中", "高"]), true),
            ("core", Type::Bool, false),
            ("outage", Type::Duration, true),
            (
                "tags",
                Type::list(Type::words(["web", "mail", "file"])),
                true,
            ),
            ("ratio", Type::Double, true),
            ("owner", Type::Text, true),
        ],
        CONTROLS => vec![
            ("drill", Type::Object(DRILL), true),
            ("scan", Type::Object(DRILL), true),
            ("edr", Type::Bool, true),
        ],
        _ => vec![("every", Type::Duration, true), ("since", Type::Date, true)],
    }
}

/// A plan as an arena.
pub(super) struct World {
    nodes: Vec<Node>,
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
        let mut world = Self { nodes: Vec::new() };
        let root = world.add(plan, &Type::Object(PLAN));
        assert_eq!(root, world.root());
        world
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

/// The fields of [`World`]s.
pub(super) struct Fields;

impl Catalogue for Fields {
    fn field(&self, object: ObjectType, name: &str) -> Option<Field> {
        let fields = fields(object);
        let index = fields.iter().position(|(known, ..)| *known == name)?;
        let (_, ty, optional) = fields[index].clone();
        Some(Field {
            slot: Slot(u32::try_from(index).expect("few fields")),
            ty,
            optional,
        })
    }

    fn field_names(&self, object: ObjectType) -> Vec<String> {
        fields(object)
            .iter()
            .map(|(name, ..)| (*name).to_owned())
            .collect()
    }

    fn object_name(&self, object: ObjectType) -> String {
        ["plan", "body", "system", "controls", "drill"][object.0 as usize].to_owned()
    }
}

/// A plan of two bodies and three systems.
pub(super) fn plan() -> Json {
    json!({
        "bodies": [
            { "id": "甲部", "grade": "A", "graded_on": "110-08-23", "count": 4 },
            { "id": "乙所", "grade": "D" },
        ],
        "systems": [
            { "id": "s1", "name": "公文系統", "level": "高", "core": true, "outage": "8h", "tags": ["web", "file"] },
            { "id": "s2", "name": "郵件", "level": "中", "core": false, "tags": [], "for": ["乙所"] },
            { "id": "s3", "core": true, "outage": "8wh", "owner": { "mode": "delegated" } },
        ],
        "controls": { "drill": { "every": "6mo", "since": "109年2月" }, "scan": { "mode": "by_law" } },
        "edition": "1.10",
        "issued": "111-04-27",
        "spare": [],
        "annexed": { "mode": "annex" },
    })
}

/// The figures of a policy.
pub(super) fn params() -> Data {
    let entry = |id: &str, people: Option<i64>| {
        let fields = [
            Some(("id", Data::text(id))),
            people.map(|n| ("people", Data::Int(n))),
        ];
        Data::record(fields.into_iter().flatten())
    };
    Data::record([
        ("minimum", Data::Int(2)),
        (
            "every",
            Data::Duration(Duration::parse("1y").expect("a duration")),
        ),
        ("kinds", Data::list(["web", "mail"].map(Data::text))),
        (
            "labels",
            Data::record([("web", Data::text("網站")), ("mail", Data::text("郵件"))]),
        ),
        (
            "needs",
            Data::list([entry("ciso", Some(1)), entry("staff", None)]),
        ),
        ("pattern", Data::text("^公.系統$")),
        (
            "from",
            Data::Date(DateRange::parse("2021-08-23").expect("a date")),
        ),
    ])
}

/// The variables that tests may name.
pub(super) fn variables() -> Vec<(&'static str, Type)> {
    vec![
        ("plan", Type::Object(PLAN)),
        ("it", Type::Object(SYSTEM)),
        ("body", Type::Object(BODY)),
        ("params", params().ty()),
        ("unknown", Type::Dyn),
        ("missing", Type::Int),
    ]
}

/// A scope over `variables` in which the plan's sections may be named bare.
pub(super) fn scope<'s>(variables: &'s [(&'s str, Type)]) -> Scope<'s> {
    Scope {
        catalogue: &Fields,
        variables,
        open: Some("plan"),
    }
}
