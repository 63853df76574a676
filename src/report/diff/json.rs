//! Changes as JSON, version 1; `docs/schema/diff.schema.json` describes it and a test holds it.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::{DiffOptions, PlanDiff};
use crate::change::{Change, Pair, Side};
use crate::document::{Content, Node};
use crate::finding::Finding;
use crate::report::json::{Both, Stretch};

/// The version of the shape. A key that goes or changes its meaning raises it; a new one does not.
const VERSION: u32 = 1;

/// The JSON Schema of the output.
pub const SCHEMA: &str = include_str!("../../../docs/schema/diff.schema.json");

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    tool: Tool,
    plans: Vec<Plan<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Plan<'a> {
    old: Option<&'a str>,
    new: Option<&'a str>,
    agency: Option<&'a str>,
    may_weaken: bool,
    changes: Vec<One<'a>>,
    lost: Vec<Lost<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    kind: &'static str,
    class: &'static str,
    effect: &'static str,
    chapter: Option<u8>,
    path: &'a str,
    title: Title,
    pairs: Vec<Sides<'a>>,
}

/// The titles are put together here, so they are owned.
#[derive(Serialize)]
struct Title {
    #[serde(rename = "zh-TW")]
    zh_tw: String,
    en: String,
}

#[derive(Serialize)]
struct Sides<'a> {
    old: OneSide<'a>,
    new: OneSide<'a>,
}

#[derive(Serialize)]
struct OneSide<'a> {
    present: bool,
    path: &'a str,
    value: Option<Value>,
    #[serde(flatten)]
    place: Stretch<'a>,
}

#[derive(Serialize)]
struct Lost<'a> {
    policy: &'a str,
    now: &'static str,
    bodies: Vec<&'a str>,
    message: Both<'a>,
    #[serde(flatten)]
    place: Stretch<'a>,
}

pub(super) fn render(
    plans: &[PlanDiff<'_>],
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let document = Document {
        schema: VERSION,
        tool: Tool {
            name: "plangate",
            version: options.version,
        },
        plans: plans.iter().map(Plan::from).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

impl<'a> From<&'a PlanDiff<'_>> for Plan<'a> {
    fn from(plan: &'a PlanDiff<'_>) -> Self {
        Self {
            old: plan.old,
            new: plan.new,
            agency: plan.agency,
            may_weaken: plan.may_weaken(),
            changes: plan.changes.all.iter().map(One::from).collect(),
            lost: plan.lost.iter().map(Lost::from).collect(),
        }
    }
}

impl<'a> From<&'a Change<'_>> for One<'a> {
    fn from(change: &'a Change<'_>) -> Self {
        let title = change.title();
        Self {
            kind: change.kind.word(),
            class: change.class.word(),
            effect: change.effect.word(),
            chapter: change.chapter,
            path: change.path(),
            title: Title {
                zh_tw: title.zh_tw.clone(),
                en: title.en.clone(),
            },
            pairs: change.pairs.iter().map(Sides::from).collect(),
        }
    }
}

impl<'a> From<&'a Pair<'_>> for Sides<'a> {
    fn from(pair: &'a Pair<'_>) -> Self {
        Self {
            old: OneSide::from(&pair.old),
            new: OneSide::from(&pair.new),
        }
    }
}

impl<'a> From<&'a Side<'_>> for OneSide<'a> {
    fn from(side: &'a Side<'_>) -> Self {
        Self {
            present: side.node.is_some(),
            path: &side.place.path,
            value: side.node.map(value),
            place: Stretch::of(&side.place),
        }
    }
}

impl<'a> From<&'a Finding> for Lost<'a> {
    fn from(lost: &'a Finding) -> Self {
        Self {
            policy: &lost.policy,
            now: lost.verdict.word(),
            bodies: lost.bodies.iter().map(|body| &*body.name).collect(),
            message: Both::from(&lost.message),
            place: Stretch::of(&lost.place),
        }
    }
}

/// A value of a plan; numbers that YAML writes in more than one way stay as they are written.
fn value(node: Node<'_>) -> Value {
    match node.content() {
        Content::Null => Value::Null,
        Content::Bool(value) => Value::Bool(value),
        Content::Int(number) => Value::from(number),
        Content::Float(_) | Content::Text(_) => Value::from(node.written()),
        Content::List => node.items().map(value).collect(),
        Content::Map => {
            let entries = node
                .entries()
                .map(|entry| (entry.key.to_owned(), value(entry.value)));
            Value::Object(entries.collect())
        }
    }
}
