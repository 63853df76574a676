//! What an expression may be and do at most.

use super::{Expected, compile, compiled, given, scope, variables, with};
use crate::cel::{Budget, Cause, ProblemKind};

fn spent(source: &str, steps: u64) -> (bool, bool) {
    let mut budget = Budget::new(steps);
    let failed = with(source, &mut budget, |_, result| {
        result == Err(Cause::Budget)
    });
    (failed, budget.is_exhausted())
}

#[test]
fn a_budget_that_ran_out_is_not_absorbed() {
    for source in [
        "range(100).all(i, i >= 0) || true",
        "true && range(100).all(i, i >= 0) || true",
        "!range(100).exists(i, i < 0) && false ? true : true",
        "[1].exists(j, range(100).all(i, i >= 0) || true)",
        "range(100).all(i, i >= 0 || true) || true",
        "[range(100).all(i, i >= 0)].exists(x, true)",
    ] {
        assert_eq!(spent(source, 50), (true, true), "{source}");
        assert_eq!(spent(source, 10_000), (false, false), "{source}");
    }
}

#[test]
fn nested_comprehensions_stop() {
    let source = "range(1000).all(a, range(1000).all(b, range(1000).all(c, a + b + c >= 0)))";
    let mut budget = Budget::default();
    with(source, &mut budget, |_, result| {
        assert_eq!(result, Err(Cause::Budget));
    });
    assert!(budget.is_exhausted());
}

#[test]
fn long_texts_are_refused_and_paid_for() {
    let doubled = (0..12).fold(
        "'0123456789abcdef0123456789abcdef'".to_owned(),
        |text, _| format!("[{text}].map(x, x + x)[0]"),
    );
    assert_eq!(given(&doubled), "TooLong");
    let (_, exhausted) = spent(
        "range(1000).all(i, size('0123456789abcdef' + '0123456789abcdef') > 0)",
        6_000,
    );
    assert!(exhausted);
}

#[test]
fn long_lists_are_refused() {
    let source = "[range(1000)].map(a, a + a + a + a + a)[0] + range(1000) + range(1000)";
    assert!(given(source).starts_with('['));
    let source = "[range(1000)].map(a, a + a + a + a + a + a).map(a, a + a)";
    assert_eq!(given(source), "TooLong");
    assert_eq!(
        given("edit_distance(range(50).map(i, 'abcdef')[0], it.name) > 0"),
        "true"
    );
}

#[test]
fn an_expression_is_short_and_shallow() {
    let kind = |source: &str| {
        compiled(source)
            .map(|_| ())
            .map_err(|problems| problems[0].kind)
    };
    assert_eq!(kind(&format!("{}1", " ".repeat(2047))), Ok(()));
    assert_eq!(
        kind(&format!("{}1", " ".repeat(2048))),
        Err(ProblemKind::TooLarge)
    );
    assert_eq!(kind(&vec!["1"; 150].join("+")), Ok(()));
    assert_eq!(kind(&vec!["1"; 250].join("+")), Err(ProblemKind::TooLarge));
    assert_eq!(
        kind(&format!("{}1{}", "[".repeat(20), "]".repeat(20))),
        Ok(())
    );
    assert_eq!(
        kind(&format!("{}1{}", "[".repeat(50), "]".repeat(50))),
        Err(ProblemKind::TooLarge)
    );
    assert_eq!(
        kind(&format!("{}1{}", "(1+".repeat(600), ")".repeat(200))),
        Err(ProblemKind::TooLarge)
    );
    assert_eq!(kind(&"-!".repeat(1000)), Err(ProblemKind::Syntax));
    assert_eq!(
        kind(&format!("{}1", "-!".repeat(500))),
        Err(ProblemKind::TooLarge)
    );
    assert_eq!(
        kind(&format!("{}1", "1==1?1:".repeat(200))),
        Err(ProblemKind::TooLarge)
    );
    assert_eq!(
        kind(&format!("it{}", ".a".repeat(500))),
        Err(ProblemKind::TooLarge)
    );
    let each = |depth: usize| format!("{}true{}", "[1].all(x,".repeat(depth), ")".repeat(depth));
    assert_eq!(kind(&each(3)), Ok(()));
    assert_eq!(kind(&each(4)), Err(ProblemKind::TooLarge));
}

#[test]
fn the_deepest_expression_fits_the_stack_of_a_thread() {
    let deep = format!("{}1 == 1", "1 + 0 * ".repeat(99));
    assert_eq!(given(&deep), "true");
    let bracketed = (0..30).fold("1".to_owned(), |text, _| format!("[1 + {text} * 1][0]"));
    assert_eq!(given(&bracketed), "31");
    let text = vec!["it.name"; 190].join(" + ");
    assert!(given(&text).starts_with("公文系統公文系統"));
}

#[test]
fn a_budget_counts_the_same_every_time() {
    let source = "systems.filter(s, s.core).map(s, s.id).exists(i, i.matches('s' + '[0-9]'))";
    let used = || {
        let mut budget = Budget::default();
        with(source, &mut budget, |_, result| assert!(result.is_ok()));
        budget.used()
    };
    let first = used();
    assert!((50..500).contains(&first), "{first}");
    assert_eq!(used(), first);
}

#[test]
fn a_place_asks_for_what_it_needs() {
    let compile = |source: &str, expected: Expected| {
        compile(source, &scope(&variables()), &expected)
            .map(|_| ())
            .map_err(|problems| problems[0].kind)
    };
    let wrong = Err(ProblemKind::WrongResult);
    assert_eq!(compile("it.core", Expected::Bool), Ok(()));
    assert_eq!(compile("unknown", Expected::Bool), Ok(()));
    assert_eq!(compile("it.name", Expected::Bool), wrong);
    assert_eq!(compile("size(systems)", Expected::Bool), wrong);
    for places in [
        "it",
        "it.name",
        "systems[0]",
        "systems.filter(s, s.core)",
        "[issued]",
        "[it, it]",
    ] {
        assert_eq!(compile(places, Expected::Places), Ok(()), "{places}");
    }
    for made in [
        "1",
        "size(systems)",
        "params.minimum",
        "it.name + it.name",
        "'x'",
        "range(3)",
    ] {
        assert_eq!(compile(made, Expected::Places), wrong, "{made}");
    }
    let text = Expected::Value(crate::cel::Type::Text);
    assert_eq!(compile("it.level", text.clone()), Ok(()));
    assert_eq!(compile("it.core", text), wrong);
}
