//! Expressions that do not compile, with the place that is underlined.

use super::compiled;
use crate::cel::ProblemKind::{
    self, AlwaysHolds, BadLiteral, Impossible, OutsideWords, Syntax, UnknownField, UnknownFunction,
    UnknownName, Unsupported, WrongTypes,
};

/// The kinds and the underlined texts of all problems.
fn found(source: &str) -> Vec<(ProblemKind, &str)> {
    let problems = compiled(source).err().unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| (problem.kind, &source[problem.range]))
        .collect()
}

fn has(source: &str, kind: ProblemKind, underlined: &str) {
    assert_eq!(found(source), [(kind, underlined)], "{source}");
}

fn message(source: &str) -> (String, String) {
    let problem = compiled(source).expect_err(source).remove(0);
    (problem.message.zh_tw, problem.message.en)
}

#[test]
fn names_and_fields_must_exist() {
    has("itt.name == 'x'", UnknownName, "itt");
    has("it.nam == 'x'", UnknownField, "nam");
    has("plan . systems [0] . idd == 'x'", UnknownField, "idd");
    has("params.minimun > 1", UnknownField, "minimun");
    has("params.labels['x'] == ''", UnknownField, "'x'");
    has("params.needs.exists(n, n.idd == '')", UnknownField, "idd");
    has("has(it.nam)", UnknownField, "nam");
    has("mode(it.nam) == 'stated'", UnknownField, "nam");
    has("systems.name == ''", WrongTypes, "name");
    has("it.name.first == ''", WrongTypes, "first");
    has("[1].all(i, i > 0) && i > 0", UnknownName, "i");
    has(".it.name == ''", Unsupported, ".");
}

#[test]
fn the_nearest_name_is_proposed() {
    assert!(message("it.nmae == ''").0.contains("是否為 name"));
    assert!(
        message("sytems.all(s, s.core)")
            .1
            .contains("did you mean systems?")
    );
    assert!(
        message("param.minimum > 1")
            .1
            .contains("did you mean params?")
    );
    assert!(
        message("szie(systems) > 1")
            .1
            .contains("did you mean size?")
    );
    assert!(message("it.level == '低'").1.contains("never \"低\""));
    assert!(
        message("it.tags == ['wed']")
            .1
            .contains("did you mean web?")
    );
}

#[test]
fn functions_must_exist_in_the_form_they_are_written() {
    has("foo(it.name)", UnknownFunction, "foo");
    has("it.name.trim() == ''", UnknownFunction, "trim");
    has("contains(it.name, 'x')", UnknownFunction, "contains");
    has("it.name.int() == 1", UnknownFunction, "int");
    has("type(it.name) == 'string'", UnknownFunction, "type");
    has("dyn(it.level) == 'F'", UnknownFunction, "dyn");
    has("results(it)", UnknownFunction, "results");
    has("systems.all(true)", UnknownFunction, "all");
}

#[test]
fn arguments_must_have_the_right_types() {
    has("it.name + 1 == 2", WrongTypes, "+");
    has("it.name < 1", WrongTypes, "<");
    has("issued + params.every > issued", WrongTypes, "+");
    has("issued - issued > params.every", WrongTypes, "-");
    has("1 + 1.0 == 2.0", WrongTypes, "+");
    has("sum(systems.map(s, s.name)) > 1", WrongTypes, "sum");
    has("size(1) > 1", WrongTypes, "size");
    has("it.name.contains(1)", WrongTypes, "contains");
    has("covers(it, 'x')", WrongTypes, "covers");
    has("systems['x'].core", WrongTypes, "[");
    has("-it.name == ''", WrongTypes, "-");
    has("int(it.core) > 0", WrongTypes, "int");
    has("it.level < '高'", WrongTypes, "it.level < '高'");
    has("body.grade <= 'B'", WrongTypes, "body.grade <= 'B'");
    has("it.core ? 1 : 'x'", WrongTypes, "it.core ? 1 : 'x'");
    has("it.name && it.core", WrongTypes, "it.name");
    has("!it.name", WrongTypes, "!");
    has("it.name ? 1 : 2", WrongTypes, "it.name");
    has("it.name.all(c, true)", WrongTypes, "it.name");
    has("systems.filter(s, s.id)", WrongTypes, "s.id");
    has("mode('x') == 'stated'", WrongTypes, "'x'");
    has("mode(it) == 'stated'", WrongTypes, "it");
    has("{null: 1}", WrongTypes, "null");
    has("{1.5: 1}", WrongTypes, "1.5");
}

#[test]
fn a_comparison_must_be_able_to_hold() {
    has("it.name == 1", Impossible, "it.name == 1");
    has("it.outage == '8h'", Impossible, "it.outage == '8h'");
    has(
        "issued != '2021-08-23'",
        Impossible,
        "issued != '2021-08-23'",
    );
    has("it.level == 'F'", OutsideWords, "'F'");
    has("'F' != it.level", OutsideWords, "'F'");
    has("it.level in ['高', '大']", OutsideWords, "'大'");
    has("'ftp' in it.tags", OutsideWords, "'ftp'");
    has("it.tags == ['web', 'ftp']", OutsideWords, "'ftp'");
    has(
        "it.level == body.grade",
        Impossible,
        "it.level == body.grade",
    );
    has("it.level in it.tags", Impossible, "it.level in it.tags");
    has("1 in it.tags", Impossible, "1 in it.tags");
    has("it.name == null", Impossible, "it.name == null");
    has("it == body", Impossible, "it == body");
    has("systems == bodies", Impossible, "systems == bodies");
    has("mode(it.name) == 'delegted'", OutsideWords, "'delegted'");
    assert_eq!(
        found("it.name == it.level && it.level in params.kinds && null == null"),
        []
    );
}

#[test]
fn a_guard_must_be_able_to_fail() {
    has("has(it.core)", AlwaysHolds, "has(it.core)");
    has(
        "has(params.minimum) && it.core",
        AlwaysHolds,
        "has(params.minimum)",
    );
    has("systems.all(s, has(s.id))", AlwaysHolds, "has(s.id)");
    assert_eq!(found("has(systems[0].core) && has(plan.systems)"), []);
}

#[test]
fn literals_must_be_what_they_say() {
    has("it.name.matches('(')", BadLiteral, "'('");
    has("it.name.matches('(?=x)')", BadLiteral, "'(?=x)'");
    has(
        r"it.name.matches(r'(\w{1000}){1000}')",
        BadLiteral,
        r"r'(\w{1000}){1000}'",
    );
    has("issued > date('110-13-01')", BadLiteral, "'110-13-01'");
    has("it.outage > duration('0s')", BadLiteral, "'0s'");
}

#[test]
fn the_first_syntax_error_is_told() {
    has("it.name ==", Syntax, "");
    has("", Syntax, "");
    has("it.name == 'x", Syntax, "'x");
    has("it.name == ‘x’", Syntax, "‘");
    has("it.name = 'x'", Syntax, "=");
    has("systems.all(for, for.core)", Syntax, "for");
    has("核心 == 1", Syntax, "核");
    has("it.name == 'x' 'y'", Syntax, "'y'");
    has("99999999999999999999 > 1", Syntax, "99999999999999999999");
    has("'\\q' == ''", Syntax, "'\\q'");
    has("has(it)", Syntax, "i");
    has("systems.all(s.x, true)", Syntax, ".");
    has("it.?name", Syntax, ".");
    has("(1 + 2", Syntax, "");
    assert!(message("核心 == 1").0.contains("半形"));
    assert!(message("systems.all(for, true)").0.contains("保留字"));
}

#[test]
fn what_policies_do_not_have_is_said() {
    has("Foo{a: 1}", Unsupported, "Foo");
    has("[1].map(x, 1, 2, 3)", UnknownFunction, "map");
}

#[test]
fn all_problems_of_an_expression_are_told_in_reading_order() {
    let source = "it.nam == 1 && systems.all(s, s.cor || foo(s)) && body.grade == 'F'";
    let expected = [
        (UnknownField, "nam"),
        (UnknownField, "cor"),
        (UnknownFunction, "foo"),
        (OutsideWords, "'F'"),
    ];
    assert_eq!(found(source), expected);
}

#[test]
fn a_part_with_a_problem_raises_no_second_one() {
    assert_eq!(found("it.nam + 1 == size(it.nam)").len(), 2);
    has(
        "nobody.all(x, x.y.z > 1 && x.w in [1])",
        UnknownName,
        "nobody",
    );
}

#[test]
fn parentheses_belong_to_what_they_enclose() {
    has("((it).name) == 1", Impossible, "((it).name) == 1");
    has("2 * (1 + it.name)", WrongTypes, "+");
    has("(it.name == 1) == true", Impossible, "it.name == 1");
    has("[it.name == 1, true]", Impossible, "it.name == 1");
    has(
        "((1 + 2) * (3)) == 'x'",
        Impossible,
        "((1 + 2) * (3)) == 'x'",
    );
    has("-5 == 'x'", Impossible, "-5 == 'x'");
    has("'x' == -5", Impossible, "'x' == -5");
    has(
        "size((systems) ) == 'x' // why",
        Impossible,
        "size((systems) ) == 'x'",
    );
}

#[test]
fn messages_are_in_both_languages() {
    for source in [
        "it.nam",
        "foo()",
        "it.name + 1",
        "body.grade == 'F'",
        "1 +",
        "has(it.core)",
        "mode(1)",
    ] {
        let (zh, en) = message(source);
        assert!(!zh.is_ascii() && en.is_ascii(), "{zh} / {en}");
    }
}
