//! Of which items a policy asks nothing, as its first conditions tell that look at the item alone.
//!
//! In: the items that several policies visit, the `when` of one of them. Out: the visits at which it is
//! false whoever asks. `it.to == "law"` is asked of a citation once for a plan and a day, not once by
//! each policy of citations, and where it is false nothing is bound, read or built. Does not judge:
//! what it cannot tell is visited. A plan has more items than anything else that policies look at: they
//! are asked together, and to leave one out takes hardly more than a look.

use crate::cel::Condition;
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

/// What the first conditions of a policy leave of its visits, on the days that it is judged on.
#[derive(Debug)]
pub(in crate::check) struct Unasked<'p>(Vec<OnDay<'p>>);

#[derive(Debug)]
struct OnDay<'p> {
    edition: &'p Edition,
    /// Whether it is asked of all, so that nobody has to be known to tell.
    of_all: bool,
    /// Of each visit whether none of the conditions is false.
    left: Vec<bool>,
}

impl<'p> Unasked<'p> {
    /// Of a policy that makes these visits; none where its conditions cannot tell.
    pub(in crate::check) fn of(
        scene: &Scene<'p>,
        policy: &'p Policy,
        days: &[Day],
        visits: &[Visit<'p>],
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
            scene.host.day.set(Some(day));
            judged.push(OnDay {
                edition,
                of_all: edition.applies_to.is_all(),
                left: said.left((&policy.each, day), conditions, scene, visits),
            });
        }
        Some(Self(judged))
    }

    /// Whether nothing is asked of an item on any of the days. Whom the duty is asked of comes first,
    /// as at every visit, where it decides.
    pub(in crate::check) fn is_unasked(
        &self,
        scene: &Scene<'p>,
        (at, visit): (usize, &Visit<'p>),
    ) -> bool {
        self.0.iter().all(|on| {
            if on.of_all && !on.left[at] {
                return true;
            }
            let row = scene.row(visit.body);
            match in_scope(scene, on.edition, visit.body, row) {
                Some(out) => out.verdict == Verdict::NotApplicable,
                None => !on.left[at],
            }
        })
    }
}

impl<'p> Said<'p> {
    /// Of each visit whether none of these conditions is false, which are asked in their order.
    fn left(
        &mut self,
        (each, day): (&'p Each, Day),
        conditions: impl Iterator<Item = Condition<'p>>,
        scene: &Scene<'p>,
        visits: &[Visit<'p>],
    ) -> Vec<bool> {
        let mut left = vec![false; visits.len()];
        let mut open: Vec<usize> = (0..visits.len()).collect();
        for condition in conditions {
            let column = self.column(each, condition.source(), day, visits.len());
            column.ask(condition, scene, visits, &open);
            open.retain(|&at| {
                // What has no answer is visited, whatever is asked after it.
                left[at] = column.answers[at] == Answer::None;
                column.answers[at] == Answer::True
            });
        }
        for at in open {
            left[at] = true;
        }
        left
    }

    /// A column, which is made where there is none.
    fn column(
        &mut self,
        each: &'p Each,
        words: &'p str,
        day: Day,
        items: usize,
    ) -> &mut Column<'p> {
        let is =
            |known: &Column<'_>| (known.words, known.day) == (words, day) && known.each == each;
        let at = self.0.iter().position(is).unwrap_or_else(|| {
            self.0.push(Column {
                each,
                words,
                day,
                answers: vec![Answer::NotAsked; items],
            });
            self.0.len() - 1
        });
        &mut self.0[at]
    }
}

impl<'p> Column<'p> {
    /// Asks the condition of these items together, but for those that were asked before. The visited
    /// item is the first of the variables.
    fn ask(
        &mut self,
        condition: Condition<'p>,
        scene: &Scene<'p>,
        visits: &[Visit<'p>],
        items: &[usize],
    ) {
        let is_new = |&at: &usize| self.answers[at] == Answer::NotAsked;
        let new: Vec<usize> = items.iter().copied().filter(is_new).collect();
        let values: Vec<_> = new.iter().map(|&at| Some(visits[at].it.clone())).collect();
        let held = condition.holds_for(scene.host, values.chunks(1));
        for (at, held) in new.into_iter().zip(held) {
            self.answers[at] = match held {
                Some(true) => Answer::True,
                Some(false) => Answer::False,
                None => Answer::None,
            };
        }
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
