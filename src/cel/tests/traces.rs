//! What an evaluation tells of its way.

use super::{compiled, show};
use crate::cel::{Budget, Part, Step, Trace, Value, evaluate};

/// The trace of an expression over the plan of [`super::plan`]: a line for each step with its value or
/// the cause why it has none, and its place; what is below a step is indented.
fn traced(source: &str) -> String {
    let program = compiled(source).unwrap_or_else(|problems| panic!("{source}: {problems:#?}"));
    let (world, params) = (super::World::new(&super::plan()), super::params());
    let bindings = [
        Some(Value::object(world.root())),
        None,
        None,
        Some(Value::data(&params)),
        None,
        None,
    ];
    let mut trace = Trace::default();
    let value = evaluate(
        &program,
        &world,
        &bindings,
        &mut Budget::default(),
        Some(&mut trace),
    );
    let root = trace.root().expect("a step");
    assert_eq!(
        root.seen,
        value.map_err(|failure| *failure.cause),
        "{source}"
    );
    let mut lines = String::new();
    write(&world, source, root, 0, &mut lines);
    lines
}

fn write(
    world: &super::World,
    source: &str,
    step: &Step<'_, usize>,
    depth: usize,
    out: &mut String,
) {
    let text = &source[step.range.clone()];
    let seen = match (&step.seen, step.part) {
        (_, Part::More(count)) => format!("{count} more"),
        (Ok(value), _) => show(world, value),
        (Err(cause), _) => format!("{cause:?}"),
    };
    let place = step.seen.as_ref().ok().and_then(|value| value.origin);
    let place = place
        .map(|node| format!(" @ {}", world.path(node)))
        .unwrap_or_default();
    out.push_str(&format!("{}{text} = {seen}{place}\n", "  ".repeat(depth)));
    step.steps
        .iter()
        .for_each(|step| write(world, source, step, depth + 1, out));
}

fn tells(source: &str, expected: &str) {
    assert_eq!(traced(source), expected, "{source}");
}

#[test]
fn a_path_is_one_step_with_its_place() {
    tells(
        "systems[0].name == '郵件'",
        "systems[0].name == '郵件' = false\n  systems[0].name = 公文系統 @ systems[0].name\n",
    );
}

#[test]
fn the_side_that_decided_is_told_and_the_others_are_not() {
    tells(
        "params.minimum == 2 && size(systems) == 3 && edition == '1' && issued > params.from",
        "params.minimum == 2 && size(systems) == 3 && edition == '1' && issued > params.from = false\n  \
         edition == '1' = false\n    edition = 1.10 @ edition\n",
    );
    tells(
        "edition == '1' || edition == '2'",
        "edition == '1' || edition == '2' = false\n  edition == '1' = false\n    edition = 1.10 @ edition\n  \
         edition == '2' = false\n    edition = 1.10 @ edition\n",
    );
}

#[test]
fn the_element_that_decided_is_told() {
    tells(
        "systems.all(s, !s.core || s.id == 's1')",
        "systems.all(s, !s.core || s.id == 's1') = false\n  systems = [systems[0], systems[1], systems[2]] @ systems\n  \
         s = systems[2] @ systems[2]\n    !s.core || s.id == 's1' = false\n      !s.core = false\n        \
         s.core = true @ systems[2].core\n      s.id == 's1' = false\n        s.id = s3 @ systems[2].id\n",
    );
}

#[test]
fn where_no_element_decided_the_first_few_are_told_and_the_rest_counted() {
    tells(
        "range(9).exists(n, n > 8)",
        "range(9).exists(n, n > 8) = false\n  range(9) = [0, 1, 2, 3, 4, 5, 6, 7, 8]\n  n = 0\n    n > 8 = false\n      n = 0\n  \
         n = 1\n    n > 8 = false\n      n = 1\n  n = 2\n    n > 8 = false\n      n = 2\n  n = 6 more\n",
    );
}

#[test]
fn an_element_without_an_answer_is_told_only_where_no_other_decides() {
    let failing = traced("systems.all(s, s.name != '')");
    assert!(
        failing.contains("  s = systems[2] @ systems[2]\n    s.name != '' = Absent"),
        "{failing}"
    );
    let decided = traced("systems.all(s, s.name == '郵件')");
    assert!(
        !decided.contains("Absent") && decided.contains("systems[0].name"),
        "{decided}"
    );
}

#[test]
fn what_a_list_became_is_told_by_its_value() {
    tells(
        "size(systems.filter(s, s.core).map(s, s.id)) < 2",
        "size(systems.filter(s, s.core).map(s, s.id)) < 2 = false\n  size(systems.filter(s, s.core).map(s, s.id)) = 2\n    \
         systems.filter(s, s.core).map(s, s.id) = [s1, s3]\n      systems.filter(s, s.core) = [systems[0], systems[2]]\n        \
         systems = [systems[0], systems[1], systems[2]] @ systems\n",
    );
}

#[test]
fn a_trace_of_much_work_stays_small_and_keeps_what_decided() {
    let source = "range(1000).map(i, range(50).exists(j, i + j == 10000)).exists(b, b)";
    let told = traced(source);
    assert!(
        told.starts_with(&format!("{source} = false\n")) && told.len() < 20_000,
        "{}",
        told.len()
    );
    let wide = "[1, 2, 3].map(x, systems.all(a, systems.all(b, a.id != 'x' && b.id != 'x')))[0]";
    assert!(traced(wide).contains("= true"));
}
