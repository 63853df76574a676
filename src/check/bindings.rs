//! The values of the variables of expressions at one visit, in the order of their slots.

use super::host::Thing;
use crate::cel::Value;
use crate::policy::Policy;

/// A variable, in the order of [`crate::policy::VARIABLES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variable {
    It,
    Body,
    Own,
    Plan,
    Fact,
    Need,
    Params,
    Law,
    Due,
    Reason,
    Document,
    Citations,
    Match,
    Suggest,
    Old,
    New,
    Changes,
}

/// The values that expressions of one policy see.
#[derive(Debug, Default)]
pub(super) struct Bindings<'p> {
    values: Vec<Option<Value<'p, Thing<'p>>>>,
    has_fact: bool,
    has_need: bool,
    has_sides: bool,
}

impl<'p> Bindings<'p> {
    /// Forgets every value; from here on the variables are those of `policy`.
    pub(super) fn clear(&mut self, policy: &Policy) {
        self.has_fact = policy.fact.is_some();
        self.has_need = policy.over.is_some();
        self.has_sides = policy.transition.is_some();
        self.values.clear();
        let last = self
            .slot(Variable::Changes)
            .or(self.slot(Variable::Suggest));
        let slots = last.map_or(0, |last| last + 1);
        self.values.resize(slots, None);
    }

    /// Gives a variable its value; nothing happens where the policy has no such variable.
    pub(super) fn set(&mut self, variable: Variable, value: Option<Value<'p, Thing<'p>>>) {
        if let Some(slot) = self.slot(variable) {
            self.values[slot] = value;
        }
    }

    /// The slots of the variables that are the same for every row that a body owns.
    pub(super) fn lasting(&self) -> impl Iterator<Item = usize> {
        let lasting = [
            Variable::Body,
            Variable::Own,
            Variable::Plan,
            Variable::Params,
            Variable::Law,
            Variable::Citations,
        ];
        lasting
            .into_iter()
            .filter_map(|variable| self.slot(variable))
    }

    /// The values by slot, as the evaluation wants them.
    pub(super) fn values(&self) -> &[Option<Value<'p, Thing<'p>>>] {
        &self.values
    }

    /// Its place among the variables that the policy has.
    fn slot(&self, variable: Variable) -> Option<usize> {
        let optional = [
            (Variable::Fact, self.has_fact),
            (Variable::Need, self.has_need),
            (Variable::Old, self.has_sides),
            (Variable::New, self.has_sides),
            (Variable::Changes, self.has_sides),
        ];
        if optional.contains(&(variable, false)) {
            return None;
        }
        let left_out = |&(other, has): &(Variable, bool)| !has && other < variable;
        Some(variable as usize - optional.iter().filter(|other| left_out(other)).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::VARIABLES;

    #[test]
    fn the_order_is_that_of_the_slots() {
        use Variable::*;
        let all = [
            It, Body, Own, Plan, Fact, Need, Params, Law, Due, Reason, Document, Citations, Match,
            Suggest, Old, New, Changes,
        ];
        let names = all.map(|variable| format!("{variable:?}").to_lowercase());
        assert_eq!(names, VARIABLES);
        assert!(all.is_sorted() && Changes as usize + 1 == all.len());
    }

    #[test]
    fn what_a_policy_lacks_takes_no_slot() {
        let bindings = Bindings {
            has_need: true,
            ..Bindings::default()
        };
        let slots = [
            Variable::Plan,
            Variable::Fact,
            Variable::Need,
            Variable::Params,
        ];
        assert_eq!(
            slots.map(|variable| bindings.slot(variable)),
            [Some(3), None, Some(4), Some(5)]
        );
    }
}
