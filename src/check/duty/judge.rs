//! One duty, one visit, one law date → one judgement. The order is docs/policy-format.md §5.

use crate::check::duty::deadline::{Due, standing};
use crate::check::duty::decided::Decided;
use crate::check::scene::{Scene, Visit};
use crate::document::Node;
use crate::finding::{Lowered, Reason, Severity, Verdict};
use crate::plan::{BodyIndex, Fact, Mode};
use crate::policy::{Check, Edition, Expression, ModeVerdict, Policy, Row};
use crate::text::{DateRange, Day};

/// What one duty is at one visit on one day.
#[derive(Debug, Clone)]
pub(in crate::check) struct Judgement<'p> {
    pub(in crate::check) verdict: Verdict,
    pub(in crate::check) reason: Option<Reason>,
    /// The edition that judged; none where none is in force.
    pub(in crate::check) edition: Option<&'p Edition>,
    /// The check that decided.
    pub(in crate::check) check: Option<&'p Check>,
    /// The state that decided where no check did: `silent`, `delegated`….
    pub(in crate::check) state: Option<&'static str>,
    pub(in crate::check) severity: Severity,
    /// The fact as it was found.
    pub(in crate::check) fact: Option<Fact<'p>>,
    pub(in crate::check) due: Option<Day>,
    pub(in crate::check) day: Day,
    /// What an expression could not read, in words.
    pub(in crate::check) why: Option<crate::text::Localized>,
    /// The condition that decided.
    pub(in crate::check) by: Option<&'p Expression>,
    /// Whether the duty is asked on some of the law dates only.
    pub(in crate::check) partly: bool,
    /// Why a failure weighs less than the policy says.
    pub(in crate::check) lowered: Option<&'p Lowered>,
}

/// Judges a visit on a day.
pub(in crate::check) fn judge<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    visit: &Visit<'p>,
    day: Day,
) -> Judgement<'p> {
    let mut judgement = Judgement {
        verdict: Verdict::NotApplicable,
        reason: Some(Reason::NotInForce),
        edition: None,
        check: None,
        state: None,
        severity: Severity::Note,
        fact: None,
        due: None,
        day,
        why: None,
        by: None,
        partly: false,
        lowered: None,
    };
    let Some(edition) = policy.on(day) else {
        return judgement;
    };
    judgement.edition = Some(edition);
    let row = scene.row(visit.body);
    let decided = match in_scope(scene, edition, visit.body, row) {
        Some(out) => out,
        None => {
            scene.host.day.set(Some(day));
            scene.enter(policy, edition, visit, row);
            duty(scene, policy, edition, visit, &mut judgement)
        }
    };
    judgement.verdict = decided.verdict;
    judgement.reason = decided.reason;
    judgement.check = decided.check;
    judgement.state = decided.state;
    judgement.why = decided.why;
    judgement.by = decided.by;
    if decided.has_grace {
        grace(scene, policy, edition, visit, &mut judgement);
    }
    judgement.severity = severity(edition, &judgement, row);
    judgement
}

/// Sector, grade and status come first: outside, nothing else is looked at.
pub(in crate::check) fn in_scope<'p>(
    scene: &Scene<'p>,
    edition: &'p Edition,
    body: Option<BodyIndex>,
    row: Row,
) -> Option<Decided<'p>> {
    let bodies = scene.plan().bodies();
    if body.is_some_and(|body| bodies.get(body).dissolved) {
        return Some(Decided::not_applicable(Reason::Scope));
    }
    // A plan whose bodies are not told does not escape what is asked of some sectors or grades.
    if body.is_none() && !edition.applies_to.is_all() {
        return Some(Decided::unknown(scene.why_no_body()));
    }
    if body.is_some() && row.grade.is_none() && edition.applies_to.needs_grade() {
        return Some(Decided::unknown(Reason::Grade));
    }
    (!edition.applies_to.includes(row)).then(|| Decided::not_applicable(Reason::Scope))
}

fn duty<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    edition: &'p Edition,
    visit: &Visit<'p>,
    judgement: &mut Judgement<'p>,
) -> Decided<'p> {
    match scene.holds(edition.when.as_ref()) {
        Ok(true) => {}
        Ok(false) => return Decided::not_applicable(Reason::Vacuous),
        Err(failed) => return failed,
    }
    if let Some(found) = &visit.found {
        let mut named = edition.checks.iter();
        return match named.find(|check| check.id == found.check) {
            Some(check) => asked(scene, std::slice::from_ref(check)),
            None => Decided::not_applicable(Reason::Vacuous),
        };
    }
    if policy.forbid.is_some() {
        return Decided::state(Verdict::Pass, "stated");
    }
    let Some(path) = &policy.fact else {
        return checks(scene, edition);
    };
    let fact = scene.look(path, visit);
    let decided = by_mode(scene, edition, visit, &fact);
    judgement.fact = Some(fact);
    decided
}

fn by_mode<'p>(
    scene: &mut Scene<'p>,
    edition: &'p Edition,
    visit: &Visit<'p>,
    fact: &Fact<'p>,
) -> Decided<'p> {
    let modes = &edition.modes;
    if fact.blanket
        && let Some(verdict) = &modes.blanket
        && !cites_the_duty(scene, edition, visit, fact)
    {
        return of_mode(scene, verdict, fact.mode.word());
    }
    match &fact.mode {
        Mode::Stated(_) => {
            scene.bind_fact(fact, visit.body);
            checks(scene, edition)
        }
        Mode::Silent { .. } => match &modes.silent {
            Some(verdict) => of_mode(scene, verdict, "silent"),
            None => Decided::state(Verdict::Fail, "silent"),
        },
        Mode::ByLaw(citations) => adopted(scene, edition, visit, fact, *citations),
        Mode::Delegated(documents) => delegated(scene, edition, *documents),
        Mode::Annex(_) => Decided::unknown(Reason::Annex),
        Mode::NotApplicable(reason) => declared(scene, edition, *reason),
    }
}

/// Whether the fact adopts the very law of the duty: then it is no matter whether it says so itself
/// or its section does for it.
fn cites_the_duty<'p>(
    scene: &Scene<'p>,
    edition: &'p Edition,
    visit: &Visit<'p>,
    fact: &Fact<'p>,
) -> bool {
    match &fact.mode {
        Mode::ByLaw(citations) => scene.cites_the_same(*citations, edition, visit),
        _ => false,
    }
}

/// A figure adopted from the law passes where the law cited is the very one of the duty; otherwise
/// another mode on the same map speaks, and without one it fails. A policy that says itself what
/// adoption means asks for no figure of its own law.
fn adopted<'p>(
    scene: &mut Scene<'p>,
    edition: &'p Edition,
    visit: &Visit<'p>,
    fact: &Fact<'p>,
    citations: Node<'p>,
) -> Decided<'p> {
    if let Some(verdict) = &edition.modes.by_law {
        return of_mode(scene, verdict, "by_law");
    }
    if scene.cites_the_same(citations, edition, visit) {
        return Decided::state(Verdict::Pass, "by_law");
    }
    let other = fact.others.iter().find_map(|mode| match mode {
        Mode::Delegated(documents) => Some(*documents),
        _ => None,
    });
    match other {
        Some(documents) => delegated(scene, edition, documents),
        None => Decided::state(Verdict::Fail, "by_law"),
    }
}

fn delegated<'p>(scene: &mut Scene<'p>, edition: &'p Edition, documents: Node<'p>) -> Decided<'p> {
    match &edition.modes.delegated {
        Some(verdict) => {
            // Only a condition reads what the document is called.
            if matches!(verdict, ModeVerdict::Accepted(_)) {
                scene.bind_document(documents);
            }
            of_mode(scene, verdict, "delegated")
        }
        None => Decided::state(Verdict::Delegated, "delegated"),
    }
}

/// A reason excuses only where the policy accepts it; an empty one never does.
fn declared<'p>(scene: &mut Scene<'p>, edition: &'p Edition, reason: Node<'p>) -> Decided<'p> {
    scene.bind_reason(reason);
    match &edition.modes.not_applicable {
        Some(verdict) if !reason.written().trim().is_empty() => {
            of_mode(scene, verdict, "not_applicable")
        }
        _ => Decided::state(Verdict::Fail, "not_applicable"),
    }
}

fn of_mode<'p>(
    scene: &mut Scene<'p>,
    verdict: &'p ModeVerdict,
    state: &'static str,
) -> Decided<'p> {
    match verdict {
        ModeVerdict::Fixed(Verdict::NotApplicable) => Decided {
            reason: Some(not_asked(state)),
            ..Decided::state(Verdict::NotApplicable, state)
        },
        ModeVerdict::Fixed(verdict) => Decided::state(*verdict, state),
        ModeVerdict::Accepted(condition) => match scene.holds(Some(condition)) {
            Ok(true) => Decided {
                reason: Some(not_asked(state)),
                ..Decided::state(Verdict::NotApplicable, state)
            },
            Ok(false) => Decided {
                by: Some(condition),
                ..Decided::state(Verdict::Fail, state)
            },
            Err(failed) => failed,
        },
    }
}

/// Why a policy asks nothing of a fact in this state. Only the plan itself declares.
fn not_asked(state: &str) -> Reason {
    match state {
        "silent" => Reason::Vacuous,
        "delegated" => Reason::Delegated,
        "by_law" => Reason::ByLaw,
        "annex" => Reason::Annex,
        _ => Reason::Declared,
    }
}

/// The first check that is false decides; one that has no answer makes the duty unknown.
fn checks<'p>(scene: &mut Scene<'p>, edition: &'p Edition) -> Decided<'p> {
    asked(scene, &edition.checks)
}

fn asked<'p>(scene: &mut Scene<'p>, checks: &'p [Check]) -> Decided<'p> {
    for check in checks {
        match scene.holds(check.when.as_ref()) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(failed) => {
                return Decided {
                    check: Some(check),
                    ..failed
                };
            }
        }
        match scene.holds(Some(&check.assert)) {
            Ok(true) => {}
            Ok(false) => {
                return Decided {
                    verdict: check.verdict,
                    check: Some(check),
                    by: Some(&check.assert),
                    has_grace: check.has_grace,
                    ..Decided::state(check.verdict, "stated")
                };
            }
            Err(failed) => {
                return Decided {
                    check: Some(check),
                    ..failed
                };
            }
        }
    }
    Decided::state(Verdict::Pass, "stated")
}

/// Before the due day a duty that is not met is pending; where the due day is not known well
/// enough, unknown. Grace must be claimed: from a day that the plan does not state none runs.
fn grace<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    edition: &'p Edition,
    visit: &Visit<'p>,
    judgement: &mut Judgement<'p>,
) {
    let owed = matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt);
    let Some(deadline) = edition.deadline.as_ref().filter(|_| owed) else {
        return;
    };
    let runs_from: Option<DateRange> = match &deadline.after {
        None => Some(scene.graded(visit.body, judgement.day)),
        Some(path) => scene.stated_date(path, visit),
    };
    let Some(runs_from) = runs_from else {
        return;
    };
    let row = scene.row(visit.body);
    let deadlines: Vec<_> = policy
        .up_to(judgement.day)
        .map(|edition| (edition.from, edition.deadline.as_ref()))
        .collect();
    match standing(judgement.day, runs_from, row, &deadlines) {
        Some(Due::Pending(due)) => {
            judgement.verdict = Verdict::Pending;
            judgement.due = Some(due);
        }
        Some(Due::Unknown) => {
            judgement.verdict = Verdict::Unknown;
            judgement.reason = Some(Reason::GradedOn);
        }
        Some(Due::Passed) | None => {}
    }
}

fn severity(edition: &Edition, judgement: &Judgement<'_>, row: Row) -> Severity {
    if !matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt) {
        return Severity::Note;
    }
    let own = judgement.check.and_then(|check| check.severity.as_ref());
    let stated = own
        .unwrap_or(&edition.severity)
        .at(row)
        .copied()
        .unwrap_or(Severity::Warning);
    let confidence = edition.confidence.at(row).copied();
    let capped = confidence.map_or(stated.min(Severity::Warning), |c| c.cap(stated));
    match judgement.verdict {
        Verdict::Doubt => capped.min(Severity::Warning),
        _ => capped,
    }
}

/// The nodes that an expression picks, for places.
pub(in crate::check) fn picked<'p>(
    scene: &mut Scene<'p>,
    expression: Option<&'p Expression>,
) -> Vec<Node<'p>> {
    let Some(Ok(value)) = expression.map(|expression| scene.value(expression)) else {
        return Vec::new();
    };
    let host = scene.host;
    let places = value.places().into_iter();
    places.filter_map(|thing| host.node_of(thing)).collect()
}
