//! What stands at the place of a part of an expression is that part.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::expressions::{Kind as Wanted, expression};
use crate::cel::parse::{Kind, Syntax, parse};

/// The parts right below a part.
fn below(syntax: &Syntax) -> Vec<&Syntax> {
    match &syntax.kind {
        Kind::Literal(_) | Kind::Name(_) => Vec::new(),
        Kind::Select(select) | Kind::Has(select) => vec![&select.operand],
        Kind::Call(call) => call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.arguments)
            .collect(),
        Kind::List(elements) => elements.iter().collect(),
        Kind::Map(entries) => entries
            .iter()
            .flat_map(|(key, value)| [key, value])
            .collect(),
        Kind::Each(each) => {
            let parts = [Some(&each.list), each.guard.as_ref(), each.body.as_ref()];
            parts.into_iter().flatten().map(|part| &**part).collect()
        }
    }
}

/// What a part is and where it stands, counted from a byte; what stands where a name is named.
fn outline(source: &str, syntax: &Syntax, from: usize) -> String {
    let range = syntax.range.start - from..syntax.range.end - from;
    let named = match &syntax.kind {
        Kind::Literal(data) => format!("{data:?}"),
        Kind::Name(name) => name.clone(),
        Kind::Select(select) | Kind::Has(select) => source[select.name.clone()].to_owned(),
        Kind::Call(call) => format!("{} {}", call.function, &source[call.name.clone()]),
        Kind::List(_) | Kind::Map(_) => String::new(),
        Kind::Each(each) => format!("{:?} {}", each.each, each.variable),
    };
    let parts = below(syntax)
        .into_iter()
        .map(|part| outline(source, part, from));
    format!(
        "{named} {range:?} [{}]",
        parts.collect::<Vec<_>>().join(", ")
    )
}

/// Every part of an expression, read by itself, is what it is in the whole.
fn check(source: &str) {
    let whole = parse(source).unwrap_or_else(|problem| panic!("{source}: {problem:?}"));
    let mut parts = vec![&whole];
    while let Some(part) = parts.pop() {
        let text = &source[part.range.clone()];
        let alone = parse(text).unwrap_or_else(|problem| panic!("{source}: {text}: {problem:?}"));
        let expected = outline(text, &alone, 0);
        let found = outline(source, part, part.range.start);
        assert_eq!(found, expected, "{source}: {text}");
        parts.extend(below(part));
    }
}

#[test]
fn every_part_is_found_through_parentheses_signs_and_macros() {
    for source in [
        "((a)) && (b || (c && d)) && e && !(f) && g",
        "-5 - -6 - (-7) - -(8) - - 9",
        "--5 + ---a + !!b - !-(!c) - -0",
        "!((a))",
        "-(-1.5).x",
        "(a.b).c[(d)].e((f), [g, (h),], {'k': (v), (w): -1})",
        "(a) ? (b) : (c) ? d : ((e))",
        "has((a.b).c) && has(a.b)",
        "((a).b).all(x, (x.c) in [1, 2]) || a.map(x, (x > 1), (x))",
        "a.exists_one(x, ((x))) == a.filter(x, !(x)).map(y, [y]).size()",
        "f((a), g()) + size('資(') // (",
    ] {
        check(source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None,
        rng_seed: RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn every_part_of_any_expression_is_found(
        source in proptest::sample::select(&[Wanted::Bool, Wanted::Int, Wanted::Text, Wanted::Objects][..])
            .prop_flat_map(|kind| expression(kind, 3, 0))
            .prop_filter("short enough", |source| source.len() <= 2048)
    ) {
        check(&source);
    }
}
