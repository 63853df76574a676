//! Of which items a policy asks nothing, as its first conditions tell that look at the item alone.
//!
//! In: the items that several policies visit, the `when` of one of them. Out: the visits at which it is
//! false whoever asks. `it.to == "law"` is asked of a citation once for a plan and a day, not once by
//! each policy of citations, and where it is false nothing is bound, read or built. Does not judge:
//! what it cannot tell is visited.

use crate::cel::{Budget, Condition};
use crate::check::duty::judge::in_scope;
use crate::check::scene::{Scene, Visit};
use crate::finding::Verdict;
use crate::policy::{Collection, Each, Edition, Policy};
use crate::text::Day;

/// What conditions said of the items of a plan.
#[derive(Debug, Default)]
pub(in crate::check) struct Said<'p>(Vec<Column<'p>>);

/// One condition, on one day, of each item.
#[derive(Debug)]
struct Column<'p> {
    each: &'p Each,
    words: &'p str,
    day: Day,
    answers: Vec<Answer>,
}

/// What a condition says of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    NotAsked,
    True,
    False,
    /// It has no answer.
    None,
}

/// The first conditions of a policy, on the days that it is judged on.
#[derive(Debug)]
pub(in crate::check) struct Unasked<'p>(Vec<OnDay<'p>>);

#[derive(Debug)]
struct OnDay<'p> {
    day: Day,
    edition: &'p Edition,
    /// Each with its column.
    conditions: Vec<(usize, Condition<'p>)>,
}

impl<'p> Unasked<'p> {
    /// Of a policy that visits so many items; none where its conditions cannot tell.
    pub(in crate::check) fn of(
        policy: &'p Policy,
        days: &[Day],
        items: usize,
        said: &mut Said<'p>,
    ) -> Option<Self> {
        if days.is_empty() || !visits_what_others_do(policy) {
            return None;
        }
        let mut judged = Vec::new();
        for &day in days {
            let Some(edition) = policy.on(day) else {
                continue;
            };
            let mut conditions = edition.when.as_ref()?.program().leading("it").peekable();
            conditions.peek()?;
            let column = |condition: Condition<'p>| {
                let words = condition.source();
                (said.column(&policy.each, words, day, items), condition)
            };
            judged.push(OnDay {
                day,
                edition,
                conditions: conditions.map(column).collect(),
            });
        }
        Some(Self(judged))
    }

    /// Whether nothing is asked of an item on any of the days. Whom the duty is asked of comes first,
    /// as at every visit.
    pub(in crate::check) fn is_unasked(
        &self,
        scene: &Scene<'p>,
        (at, visit): (usize, &Visit<'p>),
        said: &mut Said<'p>,
    ) -> bool {
        let row = scene.row(visit.body);
        self.0
            .iter()
            .all(|on| match in_scope(scene, on.edition, visit.body, row) {
                Some(out) => out.verdict == Verdict::NotApplicable,
                None => on.is_false(scene, (at, visit), said),
            })
    }
}

impl<'p> OnDay<'p> {
    fn is_false(
        &self,
        scene: &Scene<'p>,
        (at, visit): (usize, &Visit<'p>),
        said: &mut Said<'p>,
    ) -> bool {
        for &(column, condition) in &self.conditions {
            let answer = &mut said.0[column].answers[at];
            if *answer == Answer::NotAsked {
                scene.host.day.set(Some(self.day));
                *answer = ask(scene, condition, visit);
            }
            match answer {
                Answer::True => {}
                Answer::False => return true,
                Answer::None | Answer::NotAsked => return false,
            }
        }
        false
    }
}

impl<'p> Said<'p> {
    /// The place of a column, which is made where there is none.
    fn column(&mut self, each: &'p Each, words: &'p str, day: Day, items: usize) -> usize {
        let is =
            |known: &Column<'_>| (known.words, known.day) == (words, day) && known.each == each;
        self.0.iter().position(is).unwrap_or_else(|| {
            self.0.push(Column {
                each,
                words,
                day,
                answers: vec![Answer::NotAsked; items],
            });
            self.0.len() - 1
        })
    }
}

fn ask<'p>(scene: &Scene<'p>, condition: Condition<'p>, visit: &Visit<'p>) -> Answer {
    // The visited item is the first of the variables.
    let bindings = [Some(visit.it.clone())];
    match condition.holds(scene.host, &bindings, &mut Budget::default()) {
        Ok(true) => Answer::True,
        Ok(false) => Answer::False,
        Err(_) => Answer::None,
    }
}

/// Whether a policy visits items that are the same for all policies, in the same order.
fn visits_what_others_do(policy: &Policy) -> bool {
    let shared = match policy.each {
        Each::Rows(_) => true,
        Each::Derived(of) => matches!(of, Collection::Citations | Collection::Items),
        Each::Plan | Each::Bodies => false,
    };
    shared && policy.transition.is_none()
}
