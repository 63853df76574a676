//! The table against evaluation: what the one takes, the other runs, and nothing else.

use super::schema::{Fields, plan};
use super::world::World;
use super::{Budget, Cause, Expected, Value, compile, evaluate};
use crate::cel::functions::{Form, Function, functions};
use crate::cel::{ObjectType, Scope, Type};

/// One value of every type, as it is written.
const SAMPLES: &[&str] = &[
    "true",
    "1",
    "1u",
    "1.5",
    "'1'",
    "b'1'",
    "date('2021-01-01')",
    "duration('1d')",
    "[1]",
    "['1']",
    "[[1]]",
    "{'1': 1}",
    "plan",
    "null",
];

fn written(function: &Function, arguments: &[&str]) -> String {
    let name = function.name;
    match (function.form, arguments) {
        (Form::Infix(symbol), [a, b]) => format!("{a} {symbol} {b}"),
        (Form::Prefix(symbol), [a]) => format!("{symbol}({a})"),
        (Form::Index, [a, b]) => format!("{a}[{b}]"),
        (Form::Member, [a, rest @ ..]) => format!("{a}.{name}({})", rest.join(", ")),
        (_, arguments) => format!("{name}({})", arguments.join(", ")),
    }
}

/// What comes of a call over variables `a` and `b` of these types, which hold these samples:
/// whether it compiles and whether it misses an overload.
fn outcome(function: &Function, samples: &[&str], known: bool) -> (bool, Option<Cause<usize>>) {
    let world = World::new(&plan());
    let plan = [("plan", Type::Object(ObjectType(0)))];
    let scope = Scope {
        catalogue: &Fields,
        variables: &plan,
        open: None,
    };
    let root = [Some(Value::object(world.root()))];
    let programs: Vec<_> = samples
        .iter()
        .map(|sample| compile(sample, &scope, &Expected::Any).expect("a sample compiles"))
        .collect();
    let evaluate =
        |program, bindings: &[_]| evaluate(program, &world, bindings, &mut Budget::default(), None);
    let values = programs
        .iter()
        .map(|program| Some(evaluate(program, &root).expect("a sample has a value")));
    let bindings: Vec<Option<Value<'_, usize>>> = values.collect();
    let names = ["a", "b"];
    let ty = |program: &super::Program| {
        if known {
            program.result_type().clone()
        } else {
            Type::Dyn
        }
    };
    let variables: Vec<(&str, Type)> = names.into_iter().zip(programs.iter().map(ty)).collect();
    let scope = Scope {
        catalogue: &Fields,
        variables: &variables,
        open: None,
    };
    let source = written(function, &names[..samples.len()]);
    match compile(&source, &scope, &Expected::Any) {
        Ok(program) => (
            true,
            evaluate(&program, &bindings)
                .err()
                .map(|failure| *failure.cause),
        ),
        Err(_) => (false, None),
    }
}

#[test]
fn evaluation_takes_what_the_table_takes_and_nothing_else() {
    for function in functions() {
        let arity = function.overloads[0].0.len();
        let pairs = SAMPLES
            .iter()
            .flat_map(|&a| SAMPLES.iter().map(move |&b| vec![a, b]));
        let cases: Vec<Vec<&str>> = if arity == 1 {
            SAMPLES.iter().map(|&a| vec![a]).collect()
        } else {
            pairs.collect()
        };
        let mut taken = 0;
        for samples in cases {
            let (compiles, failure) = outcome(function, &samples, true);
            taken += usize::from(compiles);
            let shown = written(function, &samples);
            assert!(
                !matches!(failure, Some(Cause::NoOverload { .. })),
                "{shown}: {failure:?}"
            );
            let (open, failure) = outcome(function, &samples, false);
            assert!(
                open,
                "{shown} does not compile where its types are not known"
            );
            let misses = matches!(failure, Some(Cause::NoOverload { .. }));
            let looser = is_looser(function, &samples) && !misses;
            assert!(misses != compiles || looser, "{shown}: {failure:?}");
        }
        assert!(
            taken >= function.overloads.len(),
            "{}: a type has no sample",
            function.name
        );
    }
}

/// Where evaluation has an answer though the checker refuses: values of different types are unequal
/// and no element of a list, lists of different things are joined, and a mapping that an expression
/// made may have keys of any type.
fn is_looser(function: &Function, samples: &[&str]) -> bool {
    match function.name {
        "_==_" | "_!=_" | "@in" => true,
        "_+_" => samples.iter().all(|sample| sample.starts_with('[')),
        "_[_]" => samples[0].starts_with('{'),
        _ => false,
    }
}
