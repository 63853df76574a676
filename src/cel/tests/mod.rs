//! Expressions → values, failures and problems, over a small world.

mod differential;
mod expressions;
mod failures;
mod foresee;
mod leading;
mod limits;
mod memory;
mod overloads;
mod places;
mod problems;
mod properties;
mod reads;
mod schema;
mod selections;
mod traces;
mod truth;
mod values;
mod world;

use super::{
    Budget, Cause, Content, Expected, List, Problem, Program, Read, Value, compile, evaluate,
};
use crate::text::Language;
use schema::{params, plan, scope, variables};
use world::World;

fn compiled(source: &str) -> Result<Program, Vec<Problem>> {
    compile(source, &scope(&variables()), &Expected::Any)
}

/// Evaluates over the plan of [`schema::plan`], its first system as `it` and its first body as
/// `body`, and hands what comes of it to `then`.
fn with<R>(
    source: &str,
    budget: &mut Budget,
    then: impl FnOnce(&World, Result<Value<'_, usize>, Cause<usize>>) -> R,
) -> R {
    bound(source, |program, world, bindings| {
        let result = evaluate(program, world, bindings, budget, None);
        then(world, result.map_err(|failure| *failure.cause))
    })
}

/// The same world and values, for whoever evaluates by himself.
fn bound<R>(
    source: &str,
    then: impl FnOnce(&Program, &World, &[Option<Value<'_, usize>>]) -> R,
) -> R {
    let program = compiled(source).unwrap_or_else(|problems| panic!("{source}: {problems:#?}"));
    let (world, params) = (World::new(&plan()), params());
    let picked = |path: &str| {
        let program = compiled(path).expect("a path");
        let root = [Some(Value::object(world.root()))];
        let value =
            evaluate(&program, &world, &root, &mut Budget::default(), None).expect("a value");
        value.as_object().map(Value::object)
    };
    let bindings = [
        Some(Value::object(world.root())),
        picked("systems[0]"),
        picked("bodies[0]"),
        Some(Value::data(&params)),
        Some(Value::new(Content::Int(7))),
        None,
    ];
    then(&program, &world, &bindings)
}

fn show(world: &World, value: &Value<'_, usize>) -> String {
    match &value.content {
        Content::Null => "null".to_owned(),
        Content::Bool(value) => value.to_string(),
        Content::Int(value) => value.to_string(),
        Content::Uint(value) => format!("{value}u"),
        Content::Double(value) => format!("{value:?}"),
        Content::Text(text) => (**text).to_owned(),
        Content::Bytes(bytes) => format!("{bytes:?}"),
        Content::Date(date) => date.show(Language::En),
        Content::Duration(duration) => duration.show(Language::En),
        Content::Record(fields) => format!("{{{}}}", fields.len()),
        Content::Map(entries) => format!("{{{}}}", entries.len()),
        Content::Object(node) => world.path(*node),
        Content::List(list) => format!("[{}]", elements(world, list).join(", ")),
    }
}

fn elements(world: &World, list: &List<'_, usize>) -> Vec<String> {
    let mut shown = Vec::new();
    let mut cursor = 0;
    while let Some(Read::Value(value)) = list.next(world, &mut cursor) {
        shown.push(show(world, &value));
    }
    shown
}

/// What an expression gives, or the cause why it gives nothing, as text.
fn given(source: &str) -> String {
    with(
        source,
        &mut Budget::default(),
        |world, result| match result {
            Ok(value) => show(world, &value),
            Err(cause) => format!("{cause:?}"),
        },
    )
}

fn gives(source: &str, expected: &str) {
    assert_eq!(given(source), expected, "{source}");
}
