//! What the duty behind a finding came to on both sides of a change: put off, or said another way.
//!
//! A finding says what is wrong with one side. Whether its duty was owed before, or failed on what
//! was stated and is stated no more, only the verdicts of its policy tell; they are asked for once.

use std::collections::BTreeMap;

use crate::change::{Renames, Which};
use crate::check::examples::visited::Visited;
use crate::check::run::Judge;
use crate::check::sides::between::Transition;
use crate::check::sides::lost::{Duty, duty};
use crate::finding::{Finding, Verdict};
use crate::plan::Plan;

/// The verdicts of policies on both sides, by their ids.
pub(in crate::check) struct Duties<'c> {
    judge: &'c Judge<'c>,
    transition: Transition<'c>,
    renames: Renames<'c>,
    verdicts: BTreeMap<String, (Vec<Visited>, Vec<Visited>)>,
    /// Of them, those before that are one now.
    merged: BTreeMap<String, Merged>,
}

/// What a duty came to for each of several that are one now, and were asked at all.
type Merged = BTreeMap<Duty, Vec<Vec<Verdict>>>;

impl<'c> Duties<'c> {
    pub(in crate::check) fn of(judge: &'c Judge<'c>, transition: Transition<'c>) -> Self {
        let [old, new] =
            [transition.old, transition.new].map(|files| Plan::new(files, judge.schema));
        Self {
            judge,
            transition,
            renames: Renames::between(&old, &new),
            verdicts: BTreeMap::new(),
            merged: BTreeMap::new(),
        }
    }

    /// Whether the base already owed what is not due yet now.
    pub(in crate::check) fn were_owed(&mut self, finding: &Finding) -> bool {
        self.turned(finding, |old, new| {
            let undecided = [Verdict::Pending, Verdict::NotApplicable, Verdict::Unknown];
            new.verdict == Verdict::Pending && !undecided.contains(&old.verdict)
        })
    }

    /// Whether a failure is gone because what failed is not stated any more: said another way, or, where
    /// something was taken away of what it is about, so that there is only a doubt left.
    pub(in crate::check) fn are_evaded(&mut self, finding: &Finding, is_taken: bool) -> bool {
        self.turned(finding, |old, new| {
            let failed = matches!(old.verdict, Verdict::Fail | Verdict::Waived)
                && old.mode == Some("stated");
            let is_unsaid = new.mode.is_some_and(|mode| mode != "stated");
            let is_doubted = is_taken && new.verdict == Verdict::Doubt;
            failed && (is_doubted || is_unsaid && new.verdict != Verdict::Fail)
        })
    }

    /// Whether of several that became one, of which one came to the same before, another came to anything
    /// else of what was asked of it.
    pub(in crate::check) fn were_mixed(&mut self, finding: &Finding) -> bool {
        self.ask(finding);
        let Some((before, after)) = self.verdicts.get(&*finding.policy) else {
            return false;
        };
        let renames = &self.renames;
        let merged = self.merged.entry(finding.policy.to_string());
        let merged = merged.or_insert_with(|| several(renames, before));
        let mut are = after.iter().filter(|new| new.verdict == finding.verdict);
        !merged.is_empty()
            && are.any(|new| {
                let were = || merged.get(&duty(renames, Which::New, new));
                let is_other = |verdicts: &Vec<Verdict>| !verdicts.contains(&finding.verdict);
                concerns(finding, new) && were().is_some_and(|were| were.iter().any(is_other))
            })
    }

    /// Whether some duty that the finding is about turned so.
    fn turned(&mut self, finding: &Finding, so: impl Fn(&Visited, &Visited) -> bool) -> bool {
        self.ask(finding);
        let Some((before, after)) = self.verdicts.get(&*finding.policy) else {
            return false;
        };
        let same = |a: &Visited, b: &Visited| {
            duty(&self.renames, Which::Old, a) == duty(&self.renames, Which::New, b)
        };
        let mut concerned = before.iter().filter(|old| concerns(finding, old));
        concerned.any(|old| after.iter().any(|new| so(old, new) && same(old, new)))
    }

    /// Asks the policy of a finding, once.
    fn ask(&mut self, finding: &Finding) {
        let Some(policy) = self.judge.pack().get(&finding.policy) else {
            return;
        };
        let Transition { old, new, .. } = self.transition;
        let both = || {
            let judge = self.judge.of_every_verdict();
            (judge.policy(old, policy).0, judge.policy(new, policy).0)
        };
        let id = finding.policy.to_string();
        self.verdicts.entry(id).or_insert_with(both);
    }
}

fn concerns(finding: &Finding, visited: &Visited) -> bool {
    match &visited.body {
        None => true,
        Some(own) => {
            finding.bodies.is_empty() || finding.bodies.iter().any(|body| *body.id == **own)
        }
    }
}

fn several(renames: &Renames<'_>, before: &[Visited]) -> Merged {
    let mut by_duty: BTreeMap<Duty, BTreeMap<_, Vec<Verdict>>> = BTreeMap::new();
    let asked = before.iter();
    for old in asked.filter(|old| old.verdict != Verdict::NotApplicable) {
        let of_one = by_duty.entry(duty(renames, Which::Old, old)).or_default();
        let own: &mut Vec<Verdict> = of_one.entry((&old.body, &old.item)).or_default();
        own.push(old.verdict);
    }
    by_duty.retain(|_, of_one| of_one.len() > 1);
    let merged = by_duty.into_iter();
    merged
        .map(|(duty, of_one)| (duty, of_one.into_values().collect()))
        .collect()
}
