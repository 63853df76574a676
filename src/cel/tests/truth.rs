//! Conditions are decided without values: they come to what the values come to, for the same steps.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::bound;
use super::expressions::{Kind, expression};
use super::world::World;
use crate::cel::{Budget, Failure, Memory, Program, Trace, Value, evaluate, holds_again};

type Bindings<'a> = [Option<Value<'a, usize>>];

/// By the values of all steps, as a trace tells of them; with the steps taken.
fn by_values(program: &Program, world: &World, bindings: &Bindings<'_>) -> (String, u64) {
    let (mut budget, mut trace) = (Budget::new(50_000), Trace::default());
    let value = evaluate(program, world, bindings, &mut budget, Some(&mut trace));
    let held = value.map(|value| value.as_bool().expect("a truth value"));
    (told(&held), budget.used())
}

/// Without them, for at most so many steps.
fn decided(program: &Program, world: &World, bindings: &Bindings<'_>, steps: u64) -> (String, u64) {
    let mut budget = Budget::new(steps);
    let mut memory = Memory::of(1);
    let held = holds_again(program, world, bindings, &mut budget, &mut memory);
    (told(&held), budget.used())
}

fn told(held: &Result<bool, Failure<usize>>) -> String {
    match held {
        // Where in the expression it runs out is nobody's matter.
        Err(failure) if failure.is_budget() => "budget".to_owned(),
        held => format!("{held:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None,
        rng_seed: RngSeed::Fixed(39), ..ProptestConfig::default() })]

    #[test]
    fn a_condition_comes_to_what_its_value_comes_to(
        source in expression(Kind::Bool, 4, 0)
            .prop_filter("short enough", |source| source.len() <= 2048)
    ) {
        bound(&source, |program, world, bindings| {
            let expected = by_values(program, world, bindings);
            prop_assert_eq!(decided(program, world, bindings, 50_000), expected, "{}", source);
            Ok(())
        })?;
    }
}

#[test]
fn what_is_compared_plainly_costs_what_values_cost() {
    for source in [
        "it.name == '公文系統'",
        "it.name != params.labels.mail",
        "it.id in params.kinds || body.count >= params.minimum",
        "it.id in ['a', it.name]",
        "it.level in ['普', '高'] && 'web' in it.tags",
        "it.id in ['a', 'b', '公文系統']",
        "!(it.name in ['a', 'b'])",
        "it.core || it.name.startsWith('公')",
        "it.core == true && systems.all(s, s.name.contains('系') || s.core)",
        "systems.exists(s, s.id == it.id && s.core)",
        "systems.filter(s, s.name == it.name).exists(s, has(s.name) ? s.core : false)",
        "unknown == 3 || it.name < 'z'",
    ] {
        bound(source, |program, world, bindings| {
            let expected = by_values(program, world, bindings);
            let (_, steps) = expected;
            assert_eq!(
                decided(program, world, bindings, steps),
                expected,
                "{source}"
            );
            for fewer in 0..steps {
                let (told, _) = decided(program, world, bindings, fewer);
                assert_eq!(told, "budget", "{source} for {fewer} of {steps}");
            }
        });
    }
}
