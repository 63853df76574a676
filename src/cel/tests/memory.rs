//! What is remembered changes neither what an expression gives nor what it costs.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::expressions::{Kind, expression};
use super::world::World;
use super::{bound, compiled};
use crate::cel::{
    Budget, Cause, Content, Failure, Memory, Program, Trace, Value, evaluate, evaluate_again,
};

/// What comes of an expression, and what it cost.
pub(super) fn told(result: &Result<Value<'_, usize>, Failure<usize>>, budget: &Budget) -> String {
    match result {
        // A budget that runs out does so at the first step that it does not cover, or at the first value.
        Err(failure) if *failure.cause == Cause::Budget => "budget".to_owned(),
        result => format!("{result:?} for {}", budget.used()),
    }
}

/// Everything as it is, step by step: a trace is told of all of them.
pub(super) fn plainly(
    program: &Program,
    world: &World,
    bindings: &[Option<Value<'_, usize>>],
    steps: u64,
) -> String {
    let mut budget = Budget::new(steps);
    let mut trace = Trace::default();
    let result = evaluate(program, world, bindings, &mut budget, Some(&mut trace));
    told(&result, &budget)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None,
        rng_seed: RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn what_stays_the_same_is_evaluated_once_and_paid_for_each_time(
        source in proptest::sample::select(&[Kind::Bool, Kind::Int, Kind::Text, Kind::Texts, Kind::Objects][..])
            .prop_flat_map(|kind| expression(kind, 4, 0))
            .prop_filter("short enough", |source| source.len() <= 2048)
    ) {
        bound(&source, |program, world, bindings| {
            let expected = plainly(program, world, bindings, 50_000);
            let mut budget = Budget::new(50_000);
            let result = evaluate(program, world, bindings, &mut budget, None);
            prop_assert_eq!(told(&result, &budget), expected.as_str(), "{}", source);
            // Of the plan and the figures, and of a visit: each system is visited twice.
            let mut memory = Memory::of(2);
            memory.reading(0, [0, 3]);
            memory.reading(1, 0..bindings.len());
            let systems = ["systems[0]", "systems[1]"].map(|path| compiled(path).expect("a path"));
            for system in systems.iter().chain(&systems) {
                let it = evaluate(system, world, bindings, &mut Budget::default(), None);
                let mut bindings = bindings.to_vec();
                bindings[1] = it.ok();
                let expected = plainly(program, world, &bindings, 50_000);
                memory.forget(1);
                for turn in 0..2 {
                    let mut budget = Budget::new(50_000);
                    let result =
                        evaluate_again(program, world, &bindings, &mut budget, &mut memory);
                    prop_assert_eq!(told(&result, &budget), expected.as_str(), "{} in turn {}", source, turn);
                }
            }
            Ok(())
        })?;
    }
}

#[test]
fn a_part_that_names_no_element_is_not_read_for_each() {
    for (source, expected) in [
        (
            "systems.filter(s, s.id == it.id).map(s, s.name)",
            "公文系統",
        ),
        (
            "systems.map(s, systems.filter(t, t.id == s.id)[0].core == s.core).all(b, b)",
            "true",
        ),
        (
            "range(3).map(a, range(3).map(b, a * 10 + b + unknown)[2]).exists(x, x == 29)",
            "true",
        ),
        (
            "range(2).map(a, range(2).filter(b, b == a).map(b, b + a)[0]) == [0, 2]",
            "true",
        ),
    ] {
        bound(source, |program, world, bindings| {
            let expected_told = plainly(program, world, bindings, 50_000);
            let mut budget = Budget::new(50_000);
            let result = evaluate(program, world, bindings, &mut budget, None);
            assert_eq!(told(&result, &budget), expected_told, "{source}");
            let shown = super::show(world, &result.expect("a value"));
            assert_eq!(shown.trim_matches(['[', ']']), expected, "{source}");
        });
    }
}

/// `unknown` is the last variable but one; what is made of it shows whether it was made anew.
fn sums<'a>(
    memory: &mut Memory<'a, usize>,
    program: &'a Program,
    world: &'a World,
    n: i64,
) -> String {
    let mut bindings: Vec<Option<Value<'_, usize>>> = vec![None; 6];
    bindings[4] = Some(Value::new(Content::Int(n)));
    let result = evaluate_again(program, world, &bindings, &mut Budget::default(), memory);
    super::show(world, &result.expect("a list"))
}

#[test]
fn a_layer_keeps_for_its_owner_what_it_may_read() {
    let world = World::new(&super::plan());
    let programs = [
        "[1, 2].map(x, x + unknown)",
        "[[1, 2].map(x, x + unknown), [unknown]][0]",
    ];
    let programs = programs.map(|source| compiled(source).expect("a program"));
    let [alone, within] = &programs;
    let mut memory = Memory::of(2);
    memory.reading(0, [0, 1]);
    memory.reading(1, 0..6);
    assert_eq!(sums(&mut memory, alone, &world, 7), "[8, 9]");
    assert_eq!(sums(&mut memory, alone, &world, 1), "[8, 9]", "it is kept");
    assert_eq!(
        sums(&mut memory, within, &world, 1),
        "[8, 9]",
        "by its words"
    );
    memory.forget(0);
    assert_eq!(
        sums(&mut memory, alone, &world, 1),
        "[8, 9]",
        "not in the first layer"
    );
    memory.owned_by(1, 3);
    assert_eq!(sums(&mut memory, alone, &world, 1), "[2, 3]", "of another");
    memory.owned_by(1, 0);
    assert_eq!(
        sums(&mut memory, alone, &world, 1),
        "[8, 9]",
        "of the first again"
    );
    memory.forget(1);
    assert_eq!(
        sums(&mut memory, alone, &world, 1),
        "[2, 3]",
        "nothing is left"
    );
}

#[test]
fn what_hangs_on_the_element_alone_is_kept_for_each_place_of_the_list() {
    let world = World::new(&super::plan());
    let program = compiled("range(3).map(a, a + 1).filter(b, b * 2 == unknown)");
    let program = program.expect("a program");
    let mut memory = Memory::of(2);
    memory.reading(0, [0]);
    memory.reading(1, 0..6);
    for (n, expected) in [(2, "[1]"), (6, "[3]"), (4, "[2]"), (5, "[]"), (6, "[3]")] {
        assert_eq!(sums(&mut memory, &program, &world, n), expected, "{n}");
        memory.forget(1);
    }
}

#[test]
fn what_no_layer_may_read_is_made_anew() {
    let world = World::new(&super::plan());
    let program = compiled("[1, 2].map(x, x + unknown)").expect("a program");
    let mut memory = Memory::of(1);
    memory.reading(0, [0, 1]);
    assert_eq!(sums(&mut memory, &program, &world, 7), "[8, 9]");
    assert_eq!(sums(&mut memory, &program, &world, 1), "[2, 3]");
}

#[test]
fn what_costs_too_much_costs_too_much_from_memory() {
    let world = World::new(&super::plan());
    let program = compiled("range(100).map(i, i + unknown)").expect("a program");
    let mut memory = Memory::of(1);
    memory.reading(0, 0..6);
    let n = Some(Value::new(Content::Int(1)));
    let bindings = [None, None, None, None, n, None];
    let mut run = |steps| {
        let mut budget = Budget::new(steps);
        let result = evaluate_again(&program, &world, &bindings, &mut budget, &mut memory);
        result.map(drop).map_err(|failure| *failure.cause)
    };
    assert_eq!(run(10_000), Ok(()));
    assert_eq!(run(100), Err(Cause::Budget));
}
