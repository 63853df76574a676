//! The objects of the small plan that tests read, the plan itself, and the figures of a policy.

use serde_json::{Value as Json, json};

use crate::cel::{Catalogue, Data, Field, ObjectType, Scope, Slot, Type};
use crate::text::{DateRange, Duration};

pub(super) const PLAN: ObjectType = ObjectType(0);
const BODY: ObjectType = ObjectType(1);
const SYSTEM: ObjectType = ObjectType(2);
const CONTROLS: ObjectType = ObjectType(3);
const DRILL: ObjectType = ObjectType(4);

/// The fields of each kind of object: name, type, optional. A field's slot is its place here.
pub(super) fn fields(object: ObjectType) -> Vec<(&'static str, Type, bool)> {
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

/// The objects as a catalogue.
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
