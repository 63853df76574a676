//! Expressions without an answer.

use super::{compiled, given, gives, with};
use crate::cel::{Budget, Cause, Mode, Value, evaluate};
use crate::finding::Reason;
use crate::text::Language;

/// The words of an expression's failure.
fn reason(source: &str) -> &'static str {
    with(source, &mut Budget::default(), |_, result| match result {
        Ok(value) => panic!("{source} gives {value:?}"),
        Err(cause) => cause.reason().word(),
    })
}

#[test]
fn a_silent_field_is_neither_false_nor_null() {
    assert_eq!(reason("it.owner == 'x'"), "silent");
    assert_eq!(reason("!(it.owner == 'x')"), "silent");
    assert_eq!(reason("systems.all(s, s.tags == s.tags)"), "silent");
    assert_eq!(reason("params.needs[1].people > 0"), "silent");
}

#[test]
fn a_mode_cannot_be_read_through_not_even_by_has() {
    assert_eq!(reason("annexed.exists(s, s.core)"), "annex");
    assert_eq!(reason("has(plan.annexed)"), "annex");
    assert_eq!(reason("controls.scan.every < params.every"), "by_law");
    assert_eq!(reason("has(controls.scan.every)"), "by_law");
    assert_eq!(reason("systems[2].owner == 'x'"), "delegated");
}

#[test]
fn a_failure_names_the_field_and_its_owner() {
    with(
        "controls.scan.every",
        &mut Budget::default(),
        |world, result| match result {
            Err(Cause::Unread {
                mode: Mode::ByLaw,
                node: Some(node),
                field,
            }) => {
                assert_eq!((world.path(node).as_str(), &*field), ("controls", "scan"));
            }
            other => panic!("{other:?}"),
        },
    );
}

#[test]
fn a_guard_takes_only_the_path_for_silent() {
    assert_eq!(
        given("has(systems.filter(s, s.id == 's2')[0].owner)"),
        "false"
    );
    assert_eq!(
        reason("has(systems.filter(s, s.owner == 'x')[0].name)"),
        "silent"
    );
    assert_eq!(reason("mode(systems[9].name) == 'silent'"), "expression");
}

#[test]
fn words_that_do_not_decide_give_no_answer() {
    for source in [
        "controls.drill.since < date('109-02-15')",
        "controls.drill.since == date('109-02-15')",
        "controls.drill.since == controls.drill.since",
        "systems[2].outage == duration('8h')",
        "systems[2].outage > duration('1d')",
        "duration('定期') <= params.every",
        "duration('8h') in [duration('8wh')]",
        "[duration('8h'), duration('1d')] == [duration('8wh'), duration('24h')]",
    ] {
        assert_eq!(reason(source), "undecided", "{source}");
    }
    gives(
        "[duration('8h'), duration('1d')] == [duration('8wh'), duration('1y')]",
        "false",
    );
    gives(
        "duration('8h') in [duration('8wh'), duration('480min')]",
        "true",
    );
}

#[test]
fn a_bad_index_is_a_failure() {
    for source in [
        "systems[3]",
        "systems[-1]",
        "[1][1]",
        "range(2)[2]",
        "params.kinds[5]",
    ] {
        assert_eq!(given(source), "OutOfRange", "{source}");
    }
    assert_eq!(given("{'a': 1}[it.name]"), "OutOfRange");
}

#[test]
fn numbers_never_wrap() {
    for source in [
        "9223372036854775807 + 1",
        "-9223372036854775808 - 1",
        "-(-9223372036854775808)",
        "-9223372036854775808 / -1",
        "-9223372036854775808 % -1",
        "9223372036854775807 * 2",
        "0u - 1u",
        "18446744073709551615u + 1u",
        "int(9223372036854775808.0)",
        "int(0.0 / 0.0)",
        "uint(-1)",
        "sum([9223372036854775807, 1])",
    ] {
        assert_eq!(given(source), "Overflow", "{source}");
    }
    for source in ["1 / 0", "1 % 0", "1u / 0u", "1u % 0u"] {
        assert_eq!(given(source), "DivisionByZero", "{source}");
    }
}

#[test]
fn arguments_without_an_answer_are_failures() {
    assert_eq!(given("int(it.name)"), "Argument { function: \"int\" }");
    assert_eq!(given("date(it.name)"), "Argument { function: \"date\" }");
    assert_eq!(
        given("duration(it.name)"),
        "Argument { function: \"duration\" }"
    );
    assert_eq!(
        given("compare_editions(edition, it.name)"),
        "Argument { function: \"compare_editions\" }"
    );
    assert_eq!(
        given("closest(it.name, [])"),
        "Argument { function: \"closest\" }"
    );
    assert_eq!(given("range(1001)"), "TooLong");
    assert_eq!(given("it.name.matches(it.name + '(')"), "Pattern");
    assert_eq!(
        given("{it.id: 1, 's1': 2}"),
        "Argument { function: \"{}\" }"
    );
}

#[test]
fn a_variable_without_a_value_fails_only_where_it_is_read() {
    assert_eq!(given("missing > 1"), "Unbound { variable: \"missing\" }");
    gives("missing > 1 || it.core", "true");
}

#[test]
fn a_type_that_is_not_known_is_checked_in_evaluation() {
    gives("unknown + 1", "8");
    gives("unknown == 'x'", "false");
    assert_eq!(given("unknown + 'x'"), "NoOverload { function: \"+\" }");
    assert_eq!(given("unknown.name"), "NoOverload { function: \".\" }");
    assert_eq!(given("has(unknown.name)"), "NoOverload { function: \".\" }");
    assert_eq!(
        given("unknown.all(x, true)"),
        "NoOverload { function: \"each\" }"
    );
    assert_eq!(
        given("unknown && true"),
        "NoOverload { function: \"bool\" }"
    );
    assert_eq!(
        given("covers(unknown, body)"),
        "NoOverload { function: \"covers\" }"
    );
}

#[test]
fn a_failure_points_into_the_expression_and_says_no_value() {
    let source = "it.core && int(it.name) == 1";
    let program = compiled(source).unwrap();
    let world = super::World::new(&super::plan());
    let it = compiled("systems[0]").unwrap();
    let plan = || Some(Value::object(world.root()));
    let it = evaluate(&it, &world, &[plan()], &mut Budget::default(), None).unwrap();
    let bindings = [plan(), Some(it)];
    let failure = evaluate(&program, &world, &bindings, &mut Budget::default(), None).unwrap_err();
    assert_eq!(&source[failure.range()], "int(it.name)");
    let message = failure.cause.message();
    for language in Language::ALL {
        assert!(!message.get(language).contains("公文"), "{message:?}");
    }
    assert!(!format!("{failure:?}").contains("公文"));
    assert_eq!(failure.cause.reason(), Reason::Expression);
}

#[test]
fn a_formula_that_is_none_or_too_wide_has_no_answer() {
    assert_eq!(reason("outcomes('average', [[1]])"), "expression");
    assert_eq!(
        reason("outcomes('sum', [range(1000), range(101)])"),
        "expression"
    );
    assert_eq!(
        reason("outcomes('product', [[9223372036854775807], [2]])"),
        "expression"
    );
}
