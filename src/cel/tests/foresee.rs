//! What expressions can come to: what is called impossible is, and no more is called so.

use super::schema::{Fields, PLAN};
use crate::cel::{
    Data, Expected, Foreseen, Guards, Known, Program, Scope, Sizes, Type, compile, cost, foresee,
};

fn program(source: &str) -> Program {
    let params = Data::record([
        ("most", Data::Int(3)),
        ("words", Data::list(["A", "B"].map(Data::text))),
    ]);
    let variables = [("plan", Type::Object(PLAN)), ("params", params.ty())];
    let scope = Scope {
        catalogue: &Fields,
        variables: &variables,
        open: Some("plan"),
    };
    compile(source, &scope, &Expected::Bool).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn known() -> Known {
    let mut known = Known::default();
    let words = Data::list(["A", "B"].map(Data::text));
    known.set(
        "params",
        Data::record([("most", Data::Int(3)), ("words", words)]),
    );
    known
}

fn check(source: &str, may_hold: bool, may_fail: bool) {
    let expected = Foreseen { may_hold, may_fail };
    assert_eq!(foresee(&program(source), &known()), expected, "{source}");
}

#[test]
fn what_cannot_be_true_or_false_is_told() {
    check("size(bodies) >= 0", true, false);
    check("size(bodies) < 0", false, true);
    check("params.most > 3", false, true);
    check("[1, 2].all(n, n <= params.most)", true, false);
    check("[1, 2].exists(n, n > params.most)", false, true);
    check("bodies.all(b, 1 < 2)", true, false);
    check("bodies.exists(b, 1 > 2)", false, true);
    check(
        "bodies.all(b, b.grade == \"A\" || b.grade != \"A\")",
        true,
        false,
    );
    check(
        "bodies.exists(b, b.grade == \"A\" && b.grade == \"B\")",
        false,
        true,
    );
    check(
        "bodies.exists(b, b.grade in params.words && b.grade == \"C\")",
        false,
        true,
    );
    check(
        "size(bodies) > 5 && size(bodies) < params.most",
        false,
        true,
    );
}

#[test]
fn what_can_be_either_is_left() {
    check("size(bodies) > params.most", true, true);
    check("bodies.all(b, 1 > 2)", true, true);
    check("bodies.exists(b, 1 < 2)", true, true);
    check("bodies.exists(b, b.grade in params.words)", true, true);
    // Two elements of one list are not the same.
    check(
        "bodies.exists(a, a.grade == \"A\" && bodies.exists(b, b.grade == \"B\"))",
        true,
        true,
    );
}

#[test]
fn an_answer_that_may_be_missing_proves_nothing() {
    // Where the grade is silent the first part has no answer, and the second still decides.
    check(
        "bodies.all(b, b.grade == \"A\" || size(bodies) > 0)",
        true,
        true,
    );
}

fn unguarded(guards: &Guards, source: &str) -> Vec<String> {
    let found = guards.unguarded(&program(source));
    found.into_iter().map(|read| read.path).collect()
}

#[test]
fn a_read_is_guarded_on_either_side_by_filters_and_by_all() {
    let mut guards = Guards::default();
    guards.stated("plan.bodies");
    for guarded in [
        "bodies.all(b, has(b.grade) && b.grade == \"A\")",
        "bodies.all(b, b.grade == \"A\" || !has(b.grade))",
        "bodies.all(b, has(b.grade) ? b.grade == \"A\" : true)",
        "bodies.all(b, mode(b.grade) != \"silent\" && b.grade == \"A\")",
        "bodies.filter(b, has(b.grade)).all(b, b.grade == \"A\")",
        "bodies.all(b, has(b.grade)) && bodies.exists(b, b.grade == \"A\")",
    ] {
        assert_eq!(unguarded(&guards, guarded), [""; 0], "{guarded}");
    }
    for bare in [
        "bodies.all(b, b.grade == \"A\")",
        "bodies.all(b, !has(b.grade) && b.grade == \"A\")",
        "bodies.all(b, has(b.grade) || b.grade == \"A\")",
        "bodies.exists(b, has(b.grade)) && bodies.exists(b, b.grade == \"A\")",
    ] {
        assert_eq!(unguarded(&guards, bare), ["b.grade"], "{bare}");
    }
}

#[test]
fn an_earlier_expression_is_a_guard() {
    let mut guards = Guards::default();
    guards.stated("plan.bodies");
    guards.assume(&program("bodies.all(b, has(b.grade))"), true);
    assert_eq!(
        unguarded(&guards, "bodies.all(c, c.grade == \"A\")"),
        [""; 0]
    );
}

#[test]
fn lists_in_lists_multiply() {
    let sizes = Sizes {
        bodies: 100,
        list: 10,
        inner: 5,
    };
    let steps = |source| cost(&program(source), sizes);
    let (one, two) = (
        steps("bodies.all(a, has(a.grade))"),
        steps("bodies.all(a, bodies.all(b, has(b.grade)))"),
    );
    assert!(
        one < 1_000 && two > 90 * one && two < 200 * one,
        "{one} {two}"
    );
    assert!(steps("[1, 2].all(n, bodies.all(b, has(b.grade)))") < 3 * one);
}
