//! What an evaluation tells of its way.

use super::compiled;
use crate::cel::{Budget, Trace, Value, evaluate};

#[test]
fn a_trace_holds_every_step_with_its_place() {
    let source = "systems[0].name == '郵件'";
    let program = compiled(source).unwrap();
    let world = super::World::new(&super::plan());
    let mut trace = Trace::default();
    let bindings = [Some(Value::object(world.root()))];
    let value = evaluate(
        &program,
        &world,
        &bindings,
        &mut Budget::default(),
        Some(&mut trace),
    );
    assert_eq!(value.unwrap().as_bool(), Some(false));
    let steps: Vec<(&str, &str, String)> = trace
        .steps
        .iter()
        .map(|step| {
            let origin = step.origin.map(|node| world.path(node)).unwrap_or_default();
            (
                &source[step.range.clone()],
                step.seen.as_deref().unwrap_or("?"),
                origin,
            )
        })
        .collect();
    let expected = [
        ("systems", "{…}", ""),
        ("systems", "[…]", "systems"),
        ("0", "0", ""),
        ("systems[0]", "{…}", "systems[0]"),
        ("systems[0].name", "\"公文系統\"", "systems[0].name"),
        ("'郵件'", "\"郵件\"", ""),
        ("systems[0].name == '郵件'", "false", ""),
    ];
    let expected = expected.map(|(text, seen, origin)| (text, seen, origin.to_owned()));
    assert_eq!(steps, expected);
}

#[test]
fn a_trace_shows_the_start_of_what_is_long() {
    let source = "range(1000).map(i, range(1000))";
    let program = compiled(source).unwrap();
    let world = super::World::new(&super::plan());
    let mut trace = Trace::default();
    let mut budget = Budget::default();
    let value = evaluate(&program, &world, &[], &mut budget, Some(&mut trace));
    assert!(value.is_ok() && trace.truncated);
    let longest = trace
        .steps
        .iter()
        .filter_map(|step| step.seen.as_ref().ok())
        .map(String::len)
        .max();
    assert_eq!(longest, Some("range(1000)".len()));
    let mut trace = Trace::default();
    let program = compiled("['甲乙丙丁戊己庚辛壬癸'].map(x, x + x + x + x + x)").unwrap();
    let value = evaluate(&program, &world, &[], &mut budget, Some(&mut trace));
    let last = trace.steps.last().and_then(|step| step.seen.clone().ok());
    assert!(
        value.is_ok()
            && last.is_some_and(|shown| shown.chars().count() == 41 && shown.ends_with('…'))
    );
}
