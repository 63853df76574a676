//! Program × host × bindings → value: one recursive walk, counted step by step.
//!
//! Knows nothing of types: what the checker let through runs, and what it could not know
//! ([`super::Type::Dyn`]) ends in [`Cause::NoOverload`] where it does not fit.

mod alike;
mod binary;
mod compare;
mod each;
mod fields;
mod kept;
mod leading;
mod numbers;
mod outcomes;
mod plain;
mod seek;
mod select;
mod texts;
mod truth;
mod unary;
mod walk;

use std::rc::Rc;
use std::sync::Arc;

use super::memory::{Known, Selection};
use super::parse::MAX_NESTING;
use super::pattern::Regex;
use super::program::{Id, Kept, Node, Op, Program};
use super::trace::{Off, Record};
use super::{Budget, Cause, Content, Failure, Host, List, Memory, Trace, Value};
pub use leading::Condition;
pub use texts::compare_editions;

/// A value or a failure at a place of the expression.
type Outcome<'a, N> = Result<Value<'a, N>, Failure<N>>;
/// Something or the cause why not, whose place the caller knows.
type Given<T, N> = Result<T, Cause<N>>;

/// Evaluates a program. `bindings` are the values of the scope's variables, in its order; `None`
/// where a variable has no value, which only a program that reads it minds.
///
/// # Errors
///
/// Why there is no answer. Where the budget ran out that is always [`Cause::Budget`], even where the
/// rest of the expression would decide (`… || true`).
pub fn evaluate<'a, H: Host>(
    program: &'a Program,
    host: &'a H,
    bindings: &[Option<Value<'a, H::Node>>],
    budget: &mut Budget,
    trace: Option<&mut Trace<'a, H::Node>>,
) -> Outcome<'a, H::Node> {
    match trace {
        Some(trace) => Evaluator::new(program, host, bindings, budget, trace).eval(program.root),
        None => Evaluator::new(program, host, bindings, budget, Off).eval(program.root),
    }
}

/// The same without a trace, with what earlier evaluations left in `memory`.
///
/// # Errors
///
/// As [`evaluate`].
pub fn evaluate_again<'a, H: Host>(
    program: &'a Program,
    host: &'a H,
    bindings: &[Option<Value<'a, H::Node>>],
    budget: &mut Budget,
    memory: &mut Memory<'a, H::Node>,
) -> Outcome<'a, H::Node> {
    let mut evaluator = Evaluator::new(program, host, bindings, budget, Off);
    evaluator.memory = Some(memory);
    evaluator.eval(program.root)
}

/// Whether an expression is true, with what earlier evaluations left in `memory`.
///
/// # Errors
///
/// As [`evaluate`]; and where it is neither true nor false.
pub fn holds_again<'a, H: Host>(
    program: &'a Program,
    host: &'a H,
    bindings: &[Option<Value<'a, H::Node>>],
    budget: &mut Budget,
    memory: &mut Memory<'a, H::Node>,
) -> Result<bool, Failure<H::Node>> {
    let mut evaluator = Evaluator::new(program, host, bindings, budget, Off);
    evaluator.memory = Some(memory);
    evaluator.condition(program.root)
}

/// What a comprehension looks at, and the place in its list.
type Looked<'a, N> = (Rc<Selection<'a, N>>, usize);

struct Evaluator<'e, 'a, H: Host, T> {
    program: &'a Program,
    host: &'a H,
    bindings: &'e [Option<Value<'a, H::Node>>],
    /// The elements of the enclosing comprehensions, the outermost first.
    locals: [Value<'a, H::Node>; MAX_NESTING],
    budget: &'e mut Budget,
    tracer: T,
    memory: Option<&'e mut Memory<'a, H::Node>>,
    /// What stays the same for all elements of a comprehension, with the steps it takes.
    constants: Vec<Option<Known<'a, H::Node>>>,
    /// What the enclosing comprehensions look at, and at which place of their lists they are.
    selections: [Option<Looked<'a, H::Node>>; MAX_NESTING],
    /// Patterns that are not literal, compiled in this evaluation.
    patterns: Vec<(Box<str>, Regex)>,
}

impl<'e, 'a, H: Host, T: Record<'a, H::Node>> Evaluator<'e, 'a, H, T> {
    fn new(
        program: &'a Program,
        host: &'a H,
        bindings: &'e [Option<Value<'a, H::Node>>],
        budget: &'e mut Budget,
        tracer: T,
    ) -> Self {
        let locals = std::array::from_fn(|_| Value::new(Content::Null));
        Self {
            program,
            host,
            bindings,
            locals,
            budget,
            tracer,
            memory: None,
            constants: Vec::new(),
            selections: std::array::from_fn(|_| None),
            patterns: Vec::new(),
        }
    }

    fn eval(&mut self, id: Id) -> Outcome<'a, H::Node> {
        let node = self.node(id);
        // A trace tells of every step.
        match node.kept {
            Kept::Not => self.anew(node),
            _ if T::ON => self.anew(node),
            Kept::ForAll(place) => self.for_all(node, usize::from(place)),
            Kept::ForEach(local, column) => {
                self.for_each(node, usize::from(local), usize::from(column))
            }
        }
    }

    fn anew(&mut self, node: &'a Node) -> Outcome<'a, H::Node> {
        self.tracer.begin();
        let outcome = if self.budget.spend(1) {
            self.step(node)
        } else {
            Err(Cause::Budget.at(node))
        };
        self.tracer
            .end(node, outcome.as_ref().map_err(|failure| &*failure.cause));
        outcome
    }

    fn step(&mut self, node: &'a Node) -> Outcome<'a, H::Node> {
        match &node.op {
            Op::Constant(data) => Ok(Value::data(data)),
            Op::Variable(index) => self.variable(*index).map_err(|cause| cause.at(node)),
            Op::Local(index) => Ok(self.locals[usize::from(*index)].clone()),
            Op::Field { object, slot, name } => self.field(node, *object, *slot, *name),
            Op::Key { record, hint, name } => self.key(node, *record, *hint, *name),
            Op::Has(path) => self.has(node, *path).map(truth),
            Op::Stated(path) => Ok(truth(self.mode(*path)? == super::Mode::Stated)),
            Op::And(a, b) => self.decided_by(false, *a, *b).map(truth),
            Op::Or(a, b) => self.decided_by(true, *a, *b).map(truth),
            Op::If(condition, yes, no) => {
                let chosen = if self.condition(*condition)? { yes } else { no };
                self.eval(*chosen)
            }
            Op::Unary(run, a) => self.remembered(node, |evaluator| {
                let a = evaluator.eval(*a)?;
                evaluator.unary(*run, &a).map_err(|cause| cause.at(node))
            }),
            Op::Binary(run, a, b) if run.is_relation() => {
                self.related(node, *run, (*a, *b)).map(truth)
            }
            Op::Each(each) => self.remembered(node, |evaluator| evaluator.each(node, each)),
            _ => self.seldom(node),
        }
    }

    /// The steps that few expressions have. By themselves, because the others are to stay together in
    /// a core's memory for instructions: a pack is a long way through a program, gone for every plan.
    #[inline(never)]
    fn seldom(&mut self, node: &'a Node) -> Outcome<'a, H::Node> {
        let made = match &node.op {
            Op::Mode(path) => {
                let word = super::Text::Borrowed(self.mode(*path)?.word());
                Ok(Value::new(Content::Text(word)))
            }
            Op::List(elements) => return self.list(elements),
            Op::Map(entries) => return self.map(node, entries),
            Op::Binary(run, a, b) => {
                let a = self.eval(*a)?;
                let b = self.eval(*b)?;
                self.binary(*run, &a, &b)
            }
            Op::Pattern { text, regex } => {
                let text = self.eval(*text)?;
                self.find(regex, &text)
            }
            Op::Matches {
                text,
                pattern,
                first,
            } => {
                let text = self.eval(*text)?;
                let pattern = self.eval(*pattern)?;
                self.matches(&text, &pattern, first)
            }
            Op::Constant(_)
            | Op::Variable(_)
            | Op::Local(_)
            | Op::Field { .. }
            | Op::Key { .. }
            | Op::Has(_)
            | Op::Stated(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::If { .. }
            | Op::Unary(..)
            | Op::Each(_) => unreachable!("internal: they are steps of their own"),
        };
        made.map_err(|cause| cause.at(node))
    }

    fn node(&self, id: Id) -> &'a Node {
        &self.program.nodes[usize::from(id.0)]
    }

    fn variable(&self, index: u8) -> Given<Value<'a, H::Node>, H::Node> {
        if let Some(Some(value)) = self.bindings.get(usize::from(index)) {
            return Ok(value.clone());
        }
        let named = self
            .program
            .variables
            .iter()
            .find(|(known, _)| *known == index);
        let variable = named.map_or_else(|| Arc::from(""), |(_, name)| Arc::clone(name));
        Err(Cause::Unbound { variable })
    }

    fn list(&mut self, elements: &[Id]) -> Outcome<'a, H::Node> {
        let elements: Result<Arc<[_]>, _> =
            elements.iter().map(|&element| self.eval(element)).collect();
        Ok(Value::new(Content::List(List::Made(elements?))))
    }

    fn map(&mut self, node: &'a Node, entries: &[(Id, Id)]) -> Outcome<'a, H::Node> {
        let mut made: Vec<(Value<'a, H::Node>, _)> = Vec::with_capacity(entries.len());
        for &(key, value) in entries {
            let key = self.eval(key)?;
            for (other, _) in &made {
                if self.equal(other, &key).map_err(|cause| cause.at(node))? {
                    return Err(Cause::Argument { function: "{}" }.at(node));
                }
            }
            made.push((key, self.eval(value)?));
        }
        Ok(Value::new(Content::Map(made.into())))
    }

    /// Takes steps for work that grows with a length.
    fn work(&mut self, steps: usize) -> Given<(), H::Node> {
        if self.budget.spend(steps as u64) {
            Ok(())
        } else {
            Err(Cause::Budget)
        }
    }
}

impl<N> Cause<N> {
    /// The failure of this cause at a node.
    #[cold]
    fn at(self, node: &Node) -> Failure<N> {
        Failure {
            cause: Box::new(self),
            start: node.start,
            end: node.end,
        }
    }
}

fn truth<'a, N: Copy>(value: bool) -> Value<'a, N> {
    Value::new(Content::Bool(value))
}
