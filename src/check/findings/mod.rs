//! Judgements → findings: places, words, grounds, lines to write; alike but for the body, merged.

pub(in crate::check) mod basis;
pub(in crate::check) mod conceal;
pub(in crate::check) mod sentences;
pub(in crate::check) mod show;
pub(in crate::check) mod words;
pub(in crate::check) mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::duty::explain::explain;
use crate::check::duty::judge::{Judgement, picked};
use crate::check::exceptions;
use crate::check::findings::show::SUBJECT;
use crate::check::scene::{Scene, Visit};
use crate::check::sides::before;
use crate::document::Node;
use crate::finding::{
    Basis, Edit, Finding, Fingerprint, Place, Related, Step, Subject, Verdict, Waiver,
};
use crate::plan::{self, BodyIndex, Mode};
use crate::policy::{Each, Policy};
use crate::text::{DateRange, Language, Localized, Span};

/// A judgement with the bodies it holds for.
pub(in crate::check) struct Entry<'p> {
    pub(in crate::check) judgement: Judgement<'p>,
    pub(in crate::check) visit: Visit<'p>,
    pub(in crate::check) bodies: Vec<BodyIndex>,
    pub(in crate::check) range: DateRange,
    /// For each place of the failure the waiver that names it; empty where there is none.
    pub(in crate::check) waived: Vec<Option<&'p Waiver>>,
}

/// The findings of one policy on one plan.
pub(in crate::check) fn findings<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    entries: Vec<Entry<'p>>,
    explains: bool,
) -> Vec<Finding> {
    let mut merged: Vec<(Finding, Vec<BodyIndex>, Entry<'p>)> = Vec::new();
    let mut known: BTreeMap<(Span, String), Vec<usize>> = BTreeMap::new();
    let only_entry = entries.len() == 1;
    for entry in entries {
        let found = of_entry(scene, policy, &entry);
        let trace = if explains {
            trace(scene, policy, &entry)
        } else {
            None
        };
        let alone = only_entry && found.len() == 1;
        for mut finding in found {
            finding.trace.clone_from(&trace);
            // Nothing to merge it with.
            let at = if alone {
                merged.len()
            } else {
                let words = (finding.place.span, finding.message.zh_tw.clone());
                let same = known.entry(words).or_default();
                let mut others = same.iter().copied();
                let other = others.find(|&at| differ_in_the_body(&merged[at].0, &finding));
                other.unwrap_or_else(|| {
                    same.push(merged.len());
                    merged.len()
                })
            };
            match merged.get_mut(at) {
                Some((_, bodies, _)) => bodies.extend(entry.bodies.iter().copied()),
                None => {
                    let bodies = entry.bodies.clone();
                    merged.push((finding, bodies, entry.for_bodies(Vec::new(), Vec::new())));
                }
            }
        }
    }
    merged
        .into_iter()
        .map(|(finding, bodies, entry)| finish(scene, policy, finding, bodies, &entry))
        .collect()
}

/// Whether two findings of the same words and bytes differ only in the body.
fn differ_in_the_body(one: &Finding, other: &Finding) -> bool {
    let decided = |finding: &Finding| (finding.verdict, finding.severity);
    decided(one) == decided(other)
        && one.check == other.check
        && one.place.file.name() == other.place.file.name()
        && provision(&one.basis) == provision(&other.basis)
}

impl<'p> Entry<'p> {
    /// What it came to: a failure that is waived at each of its places is waived.
    pub(in crate::check) fn verdict(&self) -> Verdict {
        let waived = !self.waived.is_empty() && self.waived.iter().all(Option::is_some);
        if waived {
            Verdict::Waived
        } else {
            self.judgement.verdict
        }
    }

    /// The same for some of its bodies.
    pub(in crate::check) fn for_bodies(
        &self,
        bodies: Vec<BodyIndex>,
        waived: Vec<Option<&'p Waiver>>,
    ) -> Self {
        Self {
            judgement: self.judgement.clone(),
            visit: self.visit.clone(),
            bodies,
            range: self.range,
            waived,
        }
    }
}

/// The provision of a ground: bodies of another grade or sector stand under another schedule, and the
/// pack may be less sure of it, so that the same words about them are another finding.
fn provision(basis: &Basis) -> Option<impl PartialEq> {
    match basis {
        Basis::Law(citation) | Basis::Local(citation) => Some((
            &citation.name.zh_tw,
            citation.numbers(),
            citation.row.as_ref().map(|row| &row.zh_tw),
            &citation.confidence,
        )),
        Basis::Consistency(_) | Basis::Format { .. } => None,
    }
}

fn of_entry<'p>(scene: &mut Scene<'p>, policy: &'p Policy, entry: &Entry<'p>) -> Vec<Finding> {
    let Entry {
        judgement,
        visit,
        range,
        ..
    } = entry;
    reenter(scene, policy, entry);
    let places = places(scene, judgement, visit);
    let related = related(scene, policy, judgement, visit);
    let cause = sentences::cause(scene, policy, judgement, visit);
    let message = words::message(scene, policy, judgement, visit, cause.as_ref());
    let help = words::help(scene, policy, judgement);
    let basis = basis::ground(scene, policy, judgement, visit, &places, &related);
    let build = |place: Place| Finding {
        policy: Arc::clone(&policy.id),
        check: judgement.check.map(|check| Arc::clone(&check.id)),
        verdict: judgement.verdict,
        severity: judgement.severity,
        title: policy.title.clone(),
        message: message.clone(),
        place,
        related: related.clone(),
        basis: basis.clone(),
        help: help.clone(),
        write: None,
        // Bodies and fingerprint follow when all findings of the same words are known.
        bodies: Vec::new(),
        fingerprint: Fingerprint::default(),
        cause: cause.clone(),
        judged_on: Some(*range),
        trace: None,
        against: None,
    };
    let mut found: Vec<Finding> = places.into_iter().map(build).collect();
    for (finding, waiver) in found.iter_mut().zip(&entry.waived) {
        if let Some(waiver) = waiver {
            exceptions::tell(finding, waiver);
        }
    }
    found
}

/// What the condition that decided saw, with the variables as they were bound for it.
fn trace<'p>(scene: &Scene<'p>, policy: &'p Policy, entry: &Entry<'p>) -> Option<Step> {
    let judgement = &entry.judgement;
    explain(scene, policy, judgement.edition?, judgement.by?)
}

/// Binds the variables again as they were when the duty was judged.
pub(in crate::check) fn reenter<'p>(scene: &mut Scene<'p>, policy: &'p Policy, entry: &Entry<'p>) {
    let Entry {
        judgement, visit, ..
    } = entry;
    let Some(edition) = judgement.edition else {
        return;
    };
    let row = scene.row(visit.body);
    scene.host.day.set(Some(judgement.day));
    scene.enter(policy, edition, visit, row);
    if let Some(due) = judgement.due {
        scene.bind_due(due);
    }
    let Some(fact) = &judgement.fact else { return };
    match &fact.mode {
        Mode::Stated(_) => scene.bind_fact(fact, visit.body),
        Mode::Delegated(documents) => scene.bind_document(*documents),
        Mode::NotApplicable(reason) => scene.bind_reason(*reason),
        _ => {}
    }
}

/// Where a judgement stands.
pub(in crate::check) fn places<'p>(
    scene: &mut Scene<'p>,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Vec<Place> {
    if let Some(found) = &visit.found {
        let mut place = plan::place_of(scene.plan(), visit.node, &[]);
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
            .map(|node| plan::place_of(scene.plan_of(node), node, &[]))
            .collect();
    }
    let plan = scene.plan_of(visit.node);
    let place = match &judgement.fact {
        Some(fact) => match &fact.mode {
            Mode::Silent { missing } => plan::place_of(plan, fact.place, missing),
            _ => plan::place_of(plan, fact.place, &[]),
        },
        None => plan::place_of(plan, visit.node, &visit.missing),
    };
    vec![place]
}

fn related<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Vec<Related> {
    let own = judgement.check.and_then(|check| check.related.as_ref());
    let all = own.or_else(|| {
        judgement
            .edition
            .and_then(|edition| edition.related.as_ref())
    });
    let nodes: Vec<Node<'p>> = picked(scene, all);
    let was = scene.change(visit).and_then(before::was_at);
    let mut related: Vec<Related> = nodes
        .into_iter()
        .map(|node| plan::place_of(scene.plan_of(node), node, &[]))
        .chain(was)
        .map(|place| {
            let text = place.title.clone().unwrap_or_default();
            Related { place, text }
        })
        .collect();
    if matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt) {
        let (file, mut span) = policy.location();
        if let Some(check) = judgement.check {
            span = check.assert.span;
        }
        let place = Place::new(&file, span, "");
        related.push(Related {
            place,
            text: Localized::new("判定依據之規則", "the rule that decided"),
        });
    }
    if let Some(lowered) = judgement.lowered {
        let [zh, en] = Language::ALL.map(|l| DateRange::day(lowered.until.value).show(l));
        related.push(Related {
            place: lowered.place(lowered.policy.span),
            text: Localized::new(
                format!("依設定降低嚴重度至{zh}：{}", lowered.reason),
                format!("weighs less until {en}: {}", lowered.reason),
            ),
        });
    }
    related
}

fn finish<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    mut finding: Finding,
    mut bodies: Vec<BodyIndex>,
    entry: &Entry<'p>,
) -> Finding {
    bodies.sort();
    bodies.dedup();
    let plan = scene.plan();
    let it_path = scene.path_of(&entry.visit);
    let found = entry.visit.found.as_ref();
    let ordinal = found.filter(|found| found.ordinal > 0);
    let ordinal = ordinal.map(|found| found.ordinal.to_string());
    let need = entry.visit.need.map(|(_, id)| id);
    let need = need.or(ordinal.as_deref()).unwrap_or_default();
    let check = finding.check.clone().unwrap_or_else(|| "".into());
    let fingerprint = |body: &str, path: &str| {
        Fingerprint::new(&[&policy.id, &check, plan.folder(), path, body, need])
    };
    finding.bodies = bodies
        .iter()
        .map(|&index| {
            let body = plan.bodies().get(index);
            let path = match policy.each {
                Each::Bodies => plan::identity_path(plan, body.node),
                _ => it_path.clone(),
            };
            Subject {
                id: body.id.into(),
                name: body.name.into(),
                fingerprint: fingerprint(body.id, &path),
            }
        })
        .collect();
    finding.fingerprint = finding
        .bodies
        .first()
        .map_or_else(|| fingerprint("", &it_path), |subject| subject.fingerprint);
    let subject = words::subject(&finding.bodies);
    let name = |text: &mut Localized| {
        text.zh_tw = text.zh_tw.replace(SUBJECT, &subject.zh_tw);
        text.en = text.en.replace(SUBJECT, &subject.en);
    };
    name(&mut finding.message);
    finding.help.iter_mut().for_each(name);
    if matches!(
        finding.verdict,
        Verdict::Fail | Verdict::Doubt | Verdict::Pending
    ) {
        finding.write = lines(scene, policy, entry, &bodies);
    }
    finding
}

fn lines<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    entry: &Entry<'p>,
    bodies: &[BodyIndex],
) -> Option<Edit> {
    if let Some(found) = &entry.visit.found {
        return found.edit.clone();
    }
    let own = entry.judgement.check.and_then(|check| check.write.as_ref());
    let write = own.or(policy.write.as_ref())?;
    reenter(scene, policy, entry);
    write::edit(scene, policy, write, entry, bodies)
}
