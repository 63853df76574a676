//! Whatever is written, an answer: a program or problems, a value or a failure, never a panic.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::expressions::{Kind, expression};
use super::{compiled, gives, with};
use crate::cel::{Budget, Cause};
use crate::text::edit_distance;

/// What expressions are made of, and some of what they are not.
const TOKENS: &[&str] = &[
    "it",
    "plan",
    "systems",
    "params",
    "unknown",
    "missing",
    "s",
    "x",
    ".name",
    ".core",
    ".tags",
    ".all(s, ",
    ".exists(x, ",
    ".map(s, ",
    ".filter(x, ",
    ".size()",
    ".matches(",
    "has(",
    "mode(",
    "size(",
    "sum(",
    "range(",
    "duration(",
    "date(",
    "covers(",
    "int(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "?",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">=",
    "in",
    "1",
    "0",
    "2u",
    "1.5",
    "'x'",
    "\"資\"",
    "'8h'",
    "b'x'",
    "r'\\d'",
    "true",
    "null",
    "核",
    "\\",
    "'",
    "//",
    "\n",
    "for",
    ".?",
    "`a`",
    "@",
    "0x",
    "1e9",
    "'''",
    "Foo{a: 1}",
];

/// Compiles, and where that succeeds evaluates; the places of problems must be texts.
fn survives(source: &str) {
    match compiled(source) {
        Ok(_) => with(source, &mut Budget::new(20_000), |_, _| ()),
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(
                    source.get(problem.range.clone()).is_some(),
                    "{source:?} {problem:?}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None,
        rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_compile_or_have_problems(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_characters_compile_or_have_problems(text in ".{0,80}") {
        survives(&text);
    }

    #[test]
    fn any_tokens_compile_or_have_problems(
        tokens in proptest::collection::vec(proptest::sample::select(TOKENS), 0..40),
        separator in proptest::sample::select(&["", " "][..]),
    ) {
        survives(&tokens.join(separator));
    }

    #[test]
    fn what_is_well_typed_compiles_and_never_misses_an_overload(
        source in proptest::sample::select(&[Kind::Bool, Kind::Int, Kind::Text, Kind::Texts, Kind::Objects][..])
            .prop_flat_map(|kind| expression(kind, 3, 0))
            .prop_filter("short enough", |source| source.len() <= 2048)
    ) {
        let missed = with(&source, &mut Budget::new(50_000), |_, result| {
            matches!(result, Err(Cause::NoOverload { .. }))
        });
        prop_assert!(!missed, "{}", source);
    }

    #[test]
    fn the_closest_text_is_the_first_of_those_that_are_least_apart(
        text in "[甲乙a]{0,6}",
        texts in proptest::collection::vec("[甲乙a]{0,6}", 1..8),
    ) {
        let nearest = texts.iter().min_by_key(|other| edit_distance(&text, other));
        let listed: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
        gives(
            &format!("closest('{text}', [{}])", listed.join(", ")),
            nearest.expect("one at least"),
        );
    }
}
