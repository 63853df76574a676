//! Judgements of one duty on several law dates → one judgement.
//!
//! A plan dated to the month may stand under two editions of the law, a plan without a date under
//! all of them. What holds on each of the days is told; where they disagree, the answer is not known.

use crate::check::duty::judge::{Judgement, judge};
use crate::check::law_date::LawDates;
use crate::check::scene::{Scene, Visit};
use crate::finding::{Reason, Severity, Verdict};
use crate::plan::{Fact, Mode};
use crate::policy::{Edition, Policy};
use crate::text::Day;

/// The same duty on every law date. A day on which nothing could be otherwise is not judged again.
pub(in crate::check) fn over_dates<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    visit: &Visit<'p>,
    dates: &LawDates,
) -> Judgement<'p> {
    let first = dates.days.first().copied().unwrap_or(dates.range.last);
    let judged = judge(scene, policy, visit, first);
    if dates.days.len() < 2 {
        return judged;
    }
    let mut told = vec![judged];
    for &day in dates.days.iter().skip(1) {
        if !told.iter().any(|known| holds_on(known, policy, day)) {
            told.push(judge(scene, policy, visit, day));
        }
    }
    together(told)
}

/// Whether a judgement holds on another day too: the same edition is in force and does not read the
/// day, and grace, which looks at it by itself, has no say.
fn holds_on(known: &Judgement<'_>, policy: &Policy, day: Day) -> bool {
    let same_edition = match (known.edition, policy.on(day)) {
        (Some(known), Some(other)) => std::ptr::eq(known, other),
        (known, other) => known.is_none() && other.is_none(),
    };
    let settled = matches!(
        known.verdict,
        Verdict::Pass | Verdict::NotApplicable | Verdict::Delegated
    );
    let graced = known
        .edition
        .is_some_and(|edition| edition.deadline.is_some());
    let reads_the_day = || known.edition.is_some_and(Edition::reads_the_day);
    same_edition && (settled || !graced) && !reads_the_day()
}

/// One judgement of those on several days. Where the duty is asked on some of the days only, what it
/// comes to on those is told as long as nobody could be blamed for it; a failure that depends on the
/// day is not known to be one.
fn together(mut told: Vec<Judgement<'_>>) -> Judgement<'_> {
    let asked = |judgement: &Judgement<'_>| judgement.verdict != Verdict::NotApplicable;
    let mut verdicts: Vec<Verdict> = told
        .iter()
        .filter(|j| asked(j))
        .map(|j| j.verdict)
        .collect();
    let always = verdicts.len() == told.len() || verdicts.is_empty();
    verdicts.dedup();
    match (verdicts.as_slice(), always) {
        ([] | [_], true) => told.swap_remove(0),
        ([Verdict::Pass | Verdict::Delegated | Verdict::Unknown], false) => {
            let last = told.iter().rposition(asked).unwrap_or(0);
            Judgement {
                partly: true,
                ..told.swap_remove(last)
            }
        }
        _ => disagreement(told),
    }
}

/// The days disagree: not known.
fn disagreement(mut told: Vec<Judgement<'_>>) -> Judgement<'_> {
    let first = told.swap_remove(0);
    let differs = |other: &Judgement<'_>| other.verdict != first.verdict;
    let other = told.into_iter().find(differs);
    let (edition, fact, day) = match other {
        Some(other) => (other.edition, other.fact, other.day),
        None => (None, None, first.day),
    };
    Judgement {
        verdict: Verdict::Unknown,
        reason: Some(Reason::EditionsDisagree),
        check: None,
        state: None,
        severity: Severity::Note,
        due: None,
        why: None,
        by: None,
        edition: edition.or(first.edition),
        fact: fact.or(first.fact),
        day,
        partly: false,
        lowered: None,
    }
}

/// A collection that is not stated: one judgement for all of it.
pub(in crate::check) fn instead<'p>(
    policy: &'p Policy,
    fact: Fact<'p>,
    dates: &LawDates,
) -> Judgement<'p> {
    let edition = dates.days.iter().rev().find_map(|&day| policy.on(day));
    let (verdict, reason, state) = match &fact.mode {
        Mode::Annex(_) => (Verdict::Unknown, Some(Reason::Annex), None),
        Mode::Delegated(_) => (Verdict::Delegated, None, Some("delegated")),
        Mode::ByLaw(_) => (Verdict::Unknown, Some(Reason::ByLaw), None),
        Mode::NotApplicable(_) => (Verdict::Unknown, Some(Reason::NotApplicable), None),
        _ => (Verdict::NotApplicable, Some(Reason::Vacuous), None),
    };
    let not_in_force = edition.is_none();
    Judgement {
        verdict: if not_in_force {
            Verdict::NotApplicable
        } else {
            verdict
        },
        reason: if not_in_force {
            Some(Reason::NotInForce)
        } else {
            reason
        },
        edition,
        check: None,
        state,
        severity: Severity::Note,
        fact: Some(fact),
        due: None,
        day: dates.range.last,
        why: None,
        by: None,
        partly: false,
        lowered: None,
    }
}
