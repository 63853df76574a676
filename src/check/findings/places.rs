//! Where a judgement stands, and what else bears on it.

use std::sync::{Arc, LazyLock};

use crate::check::duty::judge::{Judgement, picked};
use crate::check::scene::{Scene, Visit};
use crate::check::sides::before;
use crate::document::Node;
use crate::finding::{Place, Related, Verdict};
use crate::plan::{self, Mode, Plan};
use crate::policy::{Grounds, Policy};
use crate::text::{DateRange, Language, Localized};

/// Where a judgement stands.
pub(in crate::check) fn places<'p>(
    scene: &mut Scene<'p>,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Vec<Place> {
    found_at(scene, judgement, visit, plan::place_of)
}

/// The same for who is told of it: at a terminal a doubt has line and column alone.
pub(in crate::check) fn shown_places<'p>(
    scene: &mut Scene<'p>,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Vec<Place> {
    let is_named = scene.reader.all_whole || judgement.verdict != Verdict::Doubt;
    let place_of = match is_named {
        true => plan::place_of,
        false => plan::nameless_place_of,
    };
    found_at(scene, judgement, visit, place_of)
}

/// A node, or what is missing in it, as a place.
type PlaceOf = fn(&Plan<'_>, Node<'_>, &[String]) -> Place;

fn found_at<'p>(
    scene: &mut Scene<'p>,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
    place_of: PlaceOf,
) -> Vec<Place> {
    if let Some(found) = &visit.found {
        let mut place = place_of(scene.plan(), visit.node, &[]);
        (place.span, place.private) = (found.span, found.private);
        return vec![place];
    }
    if let Some(change) = scene.change(visit) {
        return vec![change.place().clone()];
    }
    let stated = judgement.state == Some("stated") || judgement.check.is_some();
    let own = judgement.check.and_then(|check| check.at.as_ref());
    let at = own.or_else(|| judgement.edition.and_then(|edition| edition.at.as_ref()));
    let nodes = if stated {
        picked(scene, at)
    } else {
        Vec::new()
    };
    if !nodes.is_empty() {
        return nodes
            .into_iter()
            .map(|node| place_of(scene.plan_of(node), node, &[]))
            .collect();
    }
    let plan = scene.plan_of(visit.node);
    let place = match &judgement.fact {
        Some(fact) => match &fact.mode {
            Mode::Silent { missing } => place_of(plan, fact.place, missing),
            _ => place_of(plan, fact.place, &[]),
        },
        None => place_of(plan, visit.node, &visit.missing),
    };
    vec![place]
}

/// The other places: those that the policy names, the policy itself, and why it weighs less.
pub(in crate::check) fn related<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Vec<Related> {
    if judgement.verdict != Verdict::Fail && !scene.reader.all_whole && !is_contradiction(judgement)
    {
        return Vec::new();
    }
    let own = judgement.check.and_then(|check| check.related.as_ref());
    let all = own.or_else(|| {
        judgement
            .edition
            .and_then(|edition| edition.related.as_ref())
    });
    let nodes = picked(scene, all);
    let was = scene.change(visit).and_then(before::was_at);
    let mut related = Vec::with_capacity(nodes.len() + 2);
    related.extend(
        nodes
            .into_iter()
            .map(|node| plan::place_of(scene.plan_of(node), node, &[]))
            .chain(was)
            .map(|place| {
                let text = place.title.clone().unwrap_or_default();
                Related { place, text }
            }),
    );
    if matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt) {
        related.push(rule(policy, judgement));
    }
    if let Some(lowered) = judgement.lowered {
        let [zh, en] = Language::ALL.map(|l| DateRange::day(lowered.until.value).show(l));
        let text = Localized::new(
            format!("依設定降低嚴重度至{zh}：{}", lowered.reason),
            format!("weighs less until {en}: {}", lowered.reason),
        );
        related.push(Related {
            place: lowered.place(lowered.policy.span),
            text: text.into(),
        });
    }
    related
}

/// Whether the ground of a judgement is another place of the plan.
fn is_contradiction(judgement: &Judgement<'_>) -> bool {
    let edition = judgement.edition;
    edition.is_none_or(|edition| matches!(edition.grounds, Grounds::Consistency))
}

/// The line of the policy that decided.
fn rule(policy: &Policy, judgement: &Judgement<'_>) -> Related {
    static WORDS: LazyLock<Arc<Localized>> =
        LazyLock::new(|| Localized::new("判定依據之規則", "the rule that decided").into());
    let (file, mut span) = policy.location();
    if let Some(check) = judgement.check {
        span = check.assert.span;
    }
    Related {
        place: Place::new(&file, span, Arc::default()),
        text: Arc::clone(&WORDS),
    }
}
