//! What is true or false, walked without making a value of every step.
//!
//! Gives and costs what [`Evaluator::eval`] does, by test: a trace goes by that.

use super::{Cause, Evaluator, Host, Id, Kept, Node, Op, Record};
use crate::cel::functions::{Binary, Unary};
use crate::cel::{Failure, Mode, Plain};

/// True or false, or a failure.
type Held<N> = Result<bool, Failure<N>>;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// Whether an expression is true.
    pub(super) fn condition(&mut self, id: Id) -> Held<H::Node> {
        let held = self.decide(id)?;
        held.ok_or_else(|| Cause::NoOverload { function: "bool" }.at(self.node(id)))
    }

    /// The same; nothing where it is neither true nor false.
    fn decide(&mut self, id: Id) -> Result<Option<bool>, Failure<H::Node>> {
        let node = self.node(id);
        if T::ON {
            return Ok(self.eval(id)?.as_bool());
        }
        if node.kept != Kept::Not {
            return self.read(id);
        }
        let held = match &node.op {
            Op::And(a, b) => self.pay(node)?.decided_by(false, *a, *b),
            Op::Or(a, b) => self.pay(node)?.decided_by(true, *a, *b),
            Op::If(condition, yes, no) => {
                let chosen = if self.pay(node)?.condition(*condition)? {
                    yes
                } else {
                    no
                };
                return self.decide(*chosen);
            }
            Op::Has(path) => self.pay(node)?.has(node, *path),
            Op::Stated(path) => self.pay(node)?.mode(*path).map(|mode| mode == Mode::Stated),
            Op::Unary(Unary::Not, a) if node.closed.is_none() => {
                let held = self.pay(node)?.decide(*a)?;
                let wrong = || Cause::NoOverload { function: "!" }.at(node);
                held.map(|held| !held).ok_or_else(wrong)
            }
            Op::Binary(run, a, b) if run.is_relation() => {
                self.pay(node)?.related(node, *run, (*a, *b))
            }
            _ => return self.read(id),
        };
        held.map(Some)
    }

    /// What stands or is kept as true or false, or else comes of the value.
    fn read(&mut self, id: Id) -> Result<Option<bool>, Failure<H::Node>> {
        match self.plain(id) {
            Some((Plain::Bool(held), steps)) if self.budget.spend(steps) => Ok(Some(held)),
            _ => Ok(self.eval(id)?.as_bool()),
        }
    }

    /// Takes the step of a node.
    fn pay(&mut self, node: &Node) -> Result<&mut Self, Failure<H::Node>> {
        match self.budget.spend(1) {
            true => Ok(self),
            false => Err(Cause::Budget.at(node)),
        }
    }

    /// `&&` and `||`: `decisive` on either side decides, whatever the other side fails of. Only a
    /// budget that ran out ends it.
    pub(super) fn decided_by(&mut self, decisive: bool, a: Id, b: Id) -> Held<H::Node> {
        let left = self.condition(a);
        match left {
            Ok(value) if value == decisive => return Ok(decisive),
            Err(failure) if failure.is_budget() => return Err(failure),
            _ => {}
        }
        match (left, self.condition(b)) {
            (_, Ok(value)) if value == decisive => Ok(decisive),
            (_, Err(failure)) if failure.is_budget() => Err(failure),
            (Err(failure), _) | (_, Err(failure)) => Err(failure),
            (Ok(_), Ok(_)) => Ok(!decisive),
        }
    }

    /// An operator or function of two arguments that is true or false of them.
    pub(super) fn related(&mut self, node: &Node, run: Binary, sides: (Id, Id)) -> Held<H::Node> {
        if !T::ON
            && let Some(held) = self.plainly(run, sides)
        {
            return Ok(held);
        }
        let a = self.eval(sides.0)?;
        let b = self.eval(sides.1)?;
        self.relation(run, &a, &b).map_err(|cause| cause.at(node))
    }
}
