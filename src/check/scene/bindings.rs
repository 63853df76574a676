//! The values of the variables of expressions at one visit, in the order of their slots.

use crate::cel::Value;
use crate::check::scene::host::Thing;
use crate::policy::Policy;

/// A variable, in the order of [`crate::policy::VARIABLES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Variable {
    It,
    Body,
    Own,
    Plan,
    Fact,
    Need,
    Params,
    Law,
    Day,
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

impl Variable {
    /// All of them.
    pub(in crate::check) const ALL: [Self; 18] = [
        Self::It,
        Self::Body,
        Self::Own,
        Self::Plan,
        Self::Fact,
        Self::Need,
        Self::Params,
        Self::Law,
        Self::Day,
        Self::Due,
        Self::Reason,
        Self::Document,
        Self::Citations,
        Self::Match,
        Self::Suggest,
        Self::Old,
        Self::New,
        Self::Changes,
    ];
}

/// How many variables there are.
const ALL: usize = Variable::ALL.len();
/// What is known only on the way through a visit.
const LATE: [Variable; 6] = [
    Variable::Fact,
    Variable::Due,
    Variable::Reason,
    Variable::Document,
    Variable::Match,
    Variable::Suggest,
];

/// The values that expressions of one policy see.
#[derive(Debug, Default)]
pub(in crate::check) struct Bindings<'p> {
    values: Vec<Option<Value<'p, Thing<'p>>>>,
    /// The place of each variable that the policy has.
    slots: Slots,
}

impl<'p> Bindings<'p> {
    /// Forgets every value; from here on the variables are those of `policy`.
    pub(in crate::check) fn clear(&mut self, policy: &Policy) {
        let has = [
            policy.fact.is_some(),
            policy.over.is_some(),
            policy.transition.is_some(),
        ];
        let kind = has.map(usize::from);
        self.slots = SLOTS[kind[0]][kind[1]][kind[2]];
        self.values.clear();
        let last = self.slots.iter().flatten().max();
        let count = last.map_or(0, |&last| usize::from(last) + 1);
        self.values.resize(count, None);
    }

    /// Forgets what was known of one visit only.
    pub(in crate::check) fn forget_late(&mut self) {
        for slot in LATE
            .map(|variable| self.slots[variable as usize])
            .into_iter()
            .flatten()
        {
            let value = &mut self.values[usize::from(slot)];
            if value.is_some() {
                *value = None;
            }
        }
    }

    /// Gives a variable its value; nothing happens where the policy has no such variable.
    pub(in crate::check) fn set(
        &mut self,
        variable: Variable,
        value: Option<Value<'p, Thing<'p>>>,
    ) {
        if let Some(slot) = self.slots[variable as usize] {
            self.values[usize::from(slot)] = value;
        }
    }

    /// The places of variables.
    pub(in crate::check) fn places(&self, variables: &[Variable]) -> impl Iterator<Item = usize> {
        let slot = |&variable: &Variable| self.slots[variable as usize].map(usize::from);
        variables.iter().filter_map(slot)
    }

    /// The values by slot, as the evaluation wants them.
    pub(in crate::check) fn values(&self) -> &[Option<Value<'p, Thing<'p>>>] {
        &self.values
    }
}

/// The places of all variables among those that a policy has.
type Slots = [Option<u8>; ALL];

/// They hang on whether it has a fact, a need and two sides, in this order; a visit is prepared more
/// often than a plan has lines.
static SLOTS: [[[Slots; 2]; 2]; 2] = [
    [
        [slots(false, false, false), slots(false, false, true)],
        [slots(false, true, false), slots(false, true, true)],
    ],
    [
        [slots(true, false, false), slots(true, false, true)],
        [slots(true, true, false), slots(true, true, true)],
    ],
];

const fn slots(has_fact: bool, has_need: bool, has_sides: bool) -> Slots {
    let (mut slots, mut next, mut variable) = ([None; ALL], 0, 0);
    while variable < ALL {
        let has = match variable {
            _ if variable == Variable::Fact as usize => has_fact,
            _ if variable == Variable::Need as usize => has_need,
            _ if variable >= Variable::Old as usize => has_sides,
            _ => true,
        };
        if has {
            slots[variable] = Some(next);
            next += 1;
        }
        variable += 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::VARIABLES;

    #[test]
    fn the_order_is_that_of_the_slots() {
        let all = Variable::ALL;
        let names = all.map(|variable| format!("{variable:?}").to_lowercase());
        assert_eq!(names, VARIABLES);
        assert!(all.is_sorted() && Variable::Changes as usize + 1 == all.len());
    }

    #[test]
    fn what_a_policy_lacks_takes_no_slot() {
        let slots = slots(false, true, false);
        let asked = [
            Variable::Plan,
            Variable::Fact,
            Variable::Need,
            Variable::Params,
            Variable::Old,
        ];
        assert_eq!(
            asked.map(|variable| slots[variable as usize]),
            [Some(3), None, Some(4), Some(5), None]
        );
    }
}
