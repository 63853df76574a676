//! How long what an expression saw stays true: for the plan, for a body, under an edition, for a visit.
//!
//! In: what the variables are bound to from here on. Out: the memory that evaluations share, within a
//! policy and between policies. Knows nothing of values.

use crate::cel::Memory;
use crate::check::scene::bindings::{Bindings, Variable};
use crate::check::scene::host::Thing;
use crate::plan::BodyIndex;
use crate::policy::{Edition, Policy};
use crate::text::Day;

/// The layers of the memory, the most lasting first, with the variables that each may read. Policies
/// share the first two; a visit may read anything.
const LAYERS: [&[Variable]; 5] = [
    &[Variable::Plan, Variable::Citations, Variable::Day],
    &[
        Variable::Plan,
        Variable::Citations,
        Variable::Day,
        Variable::Own,
        Variable::Body,
    ],
    &[
        Variable::Plan,
        Variable::Citations,
        Variable::Day,
        Variable::Law,
    ],
    &[
        Variable::Plan,
        Variable::Citations,
        Variable::Day,
        Variable::Own,
        Variable::Body,
        Variable::Law,
        Variable::Params,
    ],
    &Variable::ALL,
];
const EDITION: usize = 2;
const ROW: usize = 3;
const VISIT: usize = 4;

/// Where expressions are asked: what the variables hang on that do not change from visit to visit.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Stand<'p> {
    pub(in crate::check) policy: &'p Policy,
    pub(in crate::check) edition: &'p Edition,
    pub(in crate::check) day: Option<Day>,
    pub(in crate::check) body: Option<BodyIndex>,
}

impl Stand<'_> {
    pub(in crate::check) fn is(&self, other: &Self) -> bool {
        self.has_policy(other.policy)
            && std::ptr::eq(self.edition, other.edition)
            && (self.day, self.body) == (other.day, other.body)
    }

    fn has_policy(&self, policy: &Policy) -> bool {
        std::ptr::eq(self.policy, policy)
    }
}

/// What the expressions of one plan saw.
#[derive(Debug)]
pub(in crate::check) struct Recall<'p> {
    pub(in crate::check) memory: Memory<'p, Thing<'p>>,
    stand: Option<Stand<'p>>,
    /// The law dates, in the order they were met: what a citation of a law means hangs on the day, and
    /// `day` is one.
    days: Vec<Option<Day>>,
}

impl<'p> Recall<'p> {
    pub(in crate::check) fn new() -> Self {
        Self {
            memory: Memory::of(LAYERS.len()),
            stand: None,
            days: Vec::new(),
        }
    }

    /// Whether the next visit is asked where the last one was.
    pub(in crate::check) fn stays(&self, stand: &Stand<'p>) -> bool {
        self.stand.as_ref().is_some_and(|known| known.is(stand))
    }

    /// Expressions are asked somewhere else. `bindings` are those of its policy.
    pub(in crate::check) fn go(&mut self, stand: Stand<'p>, bindings: &Bindings<'p>) {
        let same_policy = |known: &Stand<'_>| known.has_policy(stand.policy);
        if !self.stand.as_ref().is_some_and(same_policy) {
            self.memory.forget(EDITION);
            self.memory.forget(ROW);
            for (layer, variables) in LAYERS.into_iter().enumerate() {
                self.memory.reading(layer, bindings.places(variables));
            }
        }
        let days = &mut self.days;
        let day = days.iter().position(|&day| day == stand.day);
        let day = day.unwrap_or_else(|| {
            days.push(stand.day);
            days.len() - 1
        });
        let mut editions = stand.policy.editions.iter();
        let edition = editions.position(|edition| std::ptr::eq(edition, stand.edition));
        let body = stand.body.map_or(0, |body| u64::from(body.0) + 1);
        // A plan has fewer bodies than bytes, a policy a handful of editions.
        let on_day = (day as u64) << 48;
        let under = on_day | (edition.unwrap_or_default() as u64) << 36;
        for (layer, owner) in [on_day, on_day | body, under, under | body]
            .into_iter()
            .enumerate()
        {
            self.memory.owned_by(layer, owner);
        }
        self.stand = Some(stand);
    }

    /// What was seen at one visit is no longer known.
    pub(in crate::check) fn pass(&mut self) {
        self.memory.forget(VISIT);
    }
}
