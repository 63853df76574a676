//! A test of the specification → what came of it here.

use std::sync::Arc;

use plangate::cel::{self, Budget, Expected as Wanted, Problem, ProblemKind, Scope, Type, Value};

use super::dynamic::{NotOurs, Rewritten, without_dyn};
use super::plain::Plain;
use super::suite::{Expected, Test};
use super::textproto::Message;
use super::world::{Nothing, Nowhere};

/// What came of a test.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// What the specification says.
    Passes,
    /// The expression is not ours, for this reason.
    Refused(String),
    /// Something else than what the specification says.
    Differs(String),
}

/// Compiles and evaluates a test.
pub(crate) fn run(test: &Test) -> Outcome {
    if test.in_container {
        return Outcome::Refused("policies have no container of names".to_owned());
    }
    let given: Vec<Given> = test.variables.iter().map(Given::of).collect();
    let rewritten = without_dyn(&test.expression, |argument| evaluated(argument, &given));
    let Some(Rewritten { expression, values }) = rewritten else {
        return Outcome::Refused("an argument of dyn() is no expression of ours".to_owned());
    };
    let given = with_dynamic(&given, &values);
    match (compiled(&expression, &given), &test.expected) {
        (Err(problems), Expected::Error) if problems.iter().all(tells_the_error) => Outcome::Passes,
        (Err(problems), _) => Outcome::Refused(problems[0].message.en.clone()),
        (Ok(program), expected) => {
            let wanted = test.deduced.as_ref().map(deduced);
            let found = program.result_type().show(&Nowhere);
            if let Some(wanted) = wanted.filter(|wanted| *wanted != found) {
                return Outcome::Differs(format!("has type {found}, not {wanted}"));
            }
            compare(evaluate(&program, &given), expected)
        }
    }
}

/// An error of evaluation may be told when the policy is loaded. What is no CEL to us, or has no
/// such function, is not thereby right.
fn tells_the_error(problem: &Problem) -> bool {
    !matches!(
        problem.kind,
        ProblemKind::Syntax | ProblemKind::Unsupported | ProblemKind::TooLarge
    )
}

fn compare(given: Result<Plain, String>, expected: &Expected) -> Outcome {
    match (given, expected) {
        (_, Expected::TypeOnly) | (Err(_), Expected::Error) => Outcome::Passes,
        (Ok(given), Expected::Value(value)) if given.is(value) => Outcome::Passes,
        (Ok(given), expected) => Outcome::Differs(format!("gives {given:?}, not {expected:?}")),
        (Err(cause), expected) => Outcome::Differs(format!("fails of {cause}, not {expected:?}")),
    }
}

/// A variable.
#[derive(Debug, Clone)]
struct Given {
    name: String,
    ty: Type,
    value: Option<Value<'static, Nothing>>,
}

impl Given {
    fn of((name, declared, value): &(String, Option<Message>, Option<Plain>)) -> Self {
        let ty = declared.as_ref().map_or(Type::Dyn, ours);
        Self {
            name: name.clone(),
            ty,
            value: value.as_ref().map(Plain::bound),
        }
    }
}

fn compiled(expression: &str, given: &[Given]) -> Result<cel::Program, Vec<Problem>> {
    let variables: Vec<(&str, Type)> = given
        .iter()
        .map(|given| (&*given.name, given.ty.clone()))
        .collect();
    let scope = Scope {
        catalogue: &Nowhere,
        variables: &variables,
        open: None,
    };
    cel::compile(expression, &scope, &Wanted::Any)
}

fn evaluate(program: &cel::Program, given: &[Given]) -> Result<Plain, String> {
    let bindings: Vec<_> = given.iter().map(|given| given.value.clone()).collect();
    cel::evaluate(program, &Nowhere, &bindings, &mut Budget::default(), None)
        .map(|value| Plain::of(&value))
        .map_err(|failure| failure.cause.message().en)
}

/// The value of an argument of `dyn`, which may read the variables of the test.
fn evaluated(argument: &str, given: &[Given]) -> Result<Option<Value<'static, Nothing>>, NotOurs> {
    let rewritten = without_dyn(argument, |inner| evaluated(inner, given)).ok_or(NotOurs)?;
    let given = with_dynamic(given, &rewritten.values);
    let program = compiled(&rewritten.expression, &given).map_err(|_| NotOurs)?;
    Ok(evaluate(&program, &given).ok().map(|plain| plain.bound()))
}

/// The variables of a test and those that stand for what was inside of `dyn`.
fn with_dynamic(
    given: &[Given],
    values: &[(String, Option<Value<'static, Nothing>>)],
) -> Vec<Given> {
    let dynamic = values.iter().map(|(name, value)| Given {
        name: name.clone(),
        ty: Type::Dyn,
        value: value.clone(),
    });
    given.iter().cloned().chain(dynamic).collect()
}

/// A declared type as ours. Mappings whose keys are no texts are of a type that is not known.
fn ours(declared: &Message) -> Type {
    if let Some(word) = declared.word("primitive") {
        return match word {
            "BOOL" => Type::Bool,
            "INT64" => Type::Int,
            "UINT64" => Type::Uint,
            "DOUBLE" => Type::Double,
            "STRING" => Type::Text,
            _ => Type::Bytes,
        };
    }
    if declared.word("null").is_some() {
        return Type::Null;
    }
    if let Some(list) = declared.message("list_type") {
        return Type::list(list.message("elem_type").map_or(Type::Dyn, ours));
    }
    let map = declared
        .message("map_type")
        .map(|map| ["key_type", "value_type"].map(|key| map.message(key).map_or(Type::Dyn, ours)));
    match map {
        Some([Type::Text, value]) => Type::Map(Arc::new(value)),
        _ => Type::Dyn,
    }
}

fn deduced(declared: &Message) -> String {
    ours(declared).show(&Nowhere)
}
