//! Judgements → findings: places, words, grounds, lines to write; alike but for the body, merged.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::basis;
use super::judge::{Judgement, picked};
use super::scene::{Scene, Visit};
use super::show::{SUBJECT, fill};
use super::write;
use crate::document::Node;
use crate::finding::{
    Basis, Edit, Finding, Fingerprint, Place, Reason, Related, Subject, Verdict,
};
use crate::plan::{self, BodyIndex, Mode};
use crate::policy::{Cite, Each, Edition, Grounds, Message, Policy};
use crate::text::{DateRange, Localized};

/// A judgement with the bodies it holds for.
pub(super) struct Entry<'p> {
    pub(super) judgement: Judgement<'p>,
    pub(super) visit: Visit<'p>,
    pub(super) bodies: Vec<BodyIndex>,
    pub(super) range: DateRange,
}

/// The findings of one policy on one plan.
pub(super) fn findings<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    entries: Vec<Entry<'p>>,
) -> Vec<Finding> {
    let mut merged: Vec<(Finding, Vec<BodyIndex>, Entry<'p>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        for finding in of_entry(scene, policy, &entry) {
            let key = format!(
                "{:?}\0{:?}\0{}\0{:?}\0{}",
                finding.check,
                finding.verdict,
                finding.place.file.name(),
                finding.place.span,
                finding.message.zh_tw,
            );
            match known.get(&key) {
                Some(&at) => merged[at].1.extend(entry.bodies.iter().copied()),
                None => {
                    known.insert(key, merged.len());
                    let bodies = entry.bodies.clone();
                    merged.push((finding, bodies, entry.clone_for_write()));
                }
            }
        }
    }
    merged.into_iter().map(|(finding, bodies, entry)| finish(scene, policy, finding, bodies, &entry)).collect()
}

impl<'p> Entry<'p> {
    fn clone_for_write(&self) -> Self {
        Self {
            judgement: self.judgement.clone(),
            visit: self.visit.clone(),
            bodies: Vec::new(),
            range: self.range,
        }
    }
}

fn of_entry<'p>(scene: &mut Scene<'p>, policy: &'p Policy, entry: &Entry<'p>) -> Vec<Finding> {
    let Entry { judgement, visit, range, .. } = entry;
    reenter(scene, policy, entry);
    let places = places(scene, judgement, visit);
    let related = related(scene, policy, judgement);
    let message = message(scene, policy, judgement, visit);
    let help = help(scene, policy, judgement, visit);
    let basis = ground(scene, policy, judgement, visit, &places, &related);
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
        bodies: Vec::new(),
        fingerprint: Fingerprint::new(&[&policy.id]),
        judged_on: Some(*range),
    };
    places.into_iter().map(build).collect()
}

/// Binds the variables again as they were when the duty was judged.
fn reenter<'p>(scene: &mut Scene<'p>, policy: &'p Policy, entry: &Entry<'p>) {
    let Entry { judgement, visit, .. } = entry;
    let Some(edition) = judgement.edition else { return };
    let row = scene.row(visit.body);
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

fn places<'p>(scene: &mut Scene<'p>, judgement: &Judgement<'p>, visit: &Visit<'p>) -> Vec<Place> {
    let stated = judgement.state == Some("stated") || judgement.check.is_some();
    let own = judgement.check.and_then(|check| check.at.as_ref());
    let at = own.or_else(|| judgement.edition.and_then(|edition| edition.at.as_ref()));
    let nodes = if stated { picked(scene, at) } else { Vec::new() };
    let plan = scene.plan();
    if !nodes.is_empty() {
        return nodes.into_iter().map(|node| plan::place_of(plan, node, &[])).collect();
    }
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
) -> Vec<Related> {
    let own = judgement.check.and_then(|check| check.related.as_ref());
    let all = own.or_else(|| judgement.edition.and_then(|edition| edition.related.as_ref()));
    let nodes: Vec<Node<'p>> = picked(scene, all);
    let plan = scene.plan();
    let mut related: Vec<Related> = nodes
        .into_iter()
        .map(|node| {
            let place = plan::place_of(plan, node, &[]);
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
        related.push(Related { place, text: Localized::new("判定依據之規則", "the rule that decided") });
    }
    related
}

fn message<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Localized {
    let text = template(judgement);
    let mut shown = vec![&policy.show];
    shown.extend(judgement.check.map(|check| &check.show));
    match text {
        Some(text) => fill(scene, text, &shown, policy.each == Each::Bodies),
        None => standard(scene, policy, judgement, visit),
    }
}

/// The text of the policy for what happened, where it has one.
fn template<'p>(judgement: &Judgement<'p>) -> Option<&'p Message> {
    let edition: &'p Edition = judgement.edition?;
    let of_state = |state: &str| edition.messages.get(state);
    match (judgement.verdict, judgement.state) {
        (Verdict::Pending, _) => of_state("pending"),
        (Verdict::Unknown, _) => of_state("unknown"),
        (Verdict::Delegated, _) => of_state("delegated"),
        (Verdict::Fail | Verdict::Doubt, _) if judgement.check.is_some() => {
            let own = judgement.check.and_then(|check| check.message.as_ref());
            Some(own.unwrap_or(&edition.message))
        }
        (Verdict::Fail, Some(state)) => Some(of_state(state).unwrap_or(&edition.message)),
        (Verdict::Doubt, Some(state)) => of_state(state),
        _ => None,
    }
}

/// What is said where the policy says nothing of its own (POLICY_FORMAT §8).
fn standard<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Localized {
    let subject = match visit.body {
        Some(_) if policy.each == Each::Bodies => (format!("{SUBJECT}："), format!("{SUBJECT}: ")),
        _ => (String::new(), String::new()),
    };
    let title = &policy.title;
    let (zh, en) = match judgement.verdict {
        Verdict::Delegated => {
            let documents = judgement.fact.as_ref().and_then(|fact| match &fact.mode {
                Mode::Delegated(documents) => Some(*documents),
                _ => fact.others.iter().find_map(|mode| match mode {
                    Mode::Delegated(documents) => Some(*documents),
                    _ => None,
                }),
            });
            let names = documents.map(super::scene::written_citations).unwrap_or_default();
            let blanket = judgement.fact.as_ref().is_some_and(|fact| fact.blanket);
            let (zh_way, en_way) = if blanket { ("概括委於", "left as a whole to") } else { ("委於", "left to") };
            let listed = listed(&names);
            (format!("{}：{zh_way}{}", title.zh_tw, listed.zh_tw), format!("{}: {en_way} {}", title.en, listed.en))
        }
        Verdict::Pending => {
            let due = judgement.due.map(DateRange::day);
            let show = |language| due.map(|due| due.show(language)).unwrap_or_default();
            let [zh_due, en_due] = crate::text::Language::ALL.map(show);
            (format!("{}：應於 {zh_due} 前完成", title.zh_tw), format!("{}: due by {en_due}", title.en))
        }
        Verdict::Unknown => {
            let why = why(scene, judgement);
            (format!("{}：無法判定，{}", title.zh_tw, why.zh_tw), format!("{}: cannot be told, {}", title.en, why.en))
        }
        Verdict::Doubt => {
            let (zh, en) = match judgement.state {
                Some("by_law") => ("僅載依法規辦理，未載數值", "only the law is adopted, no figure is stated"),
                Some("delegated") => ("僅委於文件，未載要點", "left to a document without its points"),
                _ => ("未載明", "not stated"),
            };
            (format!("{}：{zh}", title.zh_tw), format!("{}: {en}", title.en))
        }
        Verdict::Pass => (format!("符合：無「{}」之情形", title.zh_tw), format!("met: not \u{201c}{}\u{201d}", title.en)),
        _ => {
            let reason = judgement.reason.map_or("", Reason::word);
            let zh = match judgement.reason {
                Some(Reason::Scope) => "不在適用範圍",
                Some(Reason::Vacuous) => "無適用之對象",
                Some(Reason::NotInForce) => "當時尚無或已無此規定",
                _ => "計畫載明不適用",
            };
            (format!("{}：不適用，{zh}", title.zh_tw), format!("{}: not applicable ({reason})", title.en))
        }
    };
    Localized::new(format!("{}{zh}", subject.0), format!("{}{en}", subject.1))
}

/// At most three names, and how many in all.
fn listed(names: &[String]) -> Localized {
    let some: Vec<String> = names.iter().take(3).map(|name| format!("「{name}」")).collect();
    let plain: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    if names.len() <= 3 {
        return Localized::new(some.join("、"), plain.join(", "));
    }
    Localized::new(
        format!("{}等 {} 份文件", some.join("、"), names.len()),
        format!("{} and {} other documents", plain.join(", "), names.len() - 3),
    )
}

fn why(scene: &Scene<'_>, judgement: &Judgement<'_>) -> Localized {
    if let Some(why) = &judgement.why {
        return why.clone();
    }
    let _ = scene;
    let (zh, en) = match judgement.reason {
        Some(Reason::Annex) => ("所在附件未隨附", "its annex is not there"),
        Some(Reason::Grade) => ("未載明責任等級", "the grade is not stated"),
        Some(Reason::GradedOn) => ("等級核定日不詳，期限是否已過不得而知", "the day of grading is not known, so that the deadline is not"),
        Some(Reason::EditionsDisagree) => ("發行日期所及之各版法規結論不同", "the editions that its date allows disagree"),
        Some(Reason::Budget) => ("運算超過步數上限", "the expression takes too many steps"),
        _ => ("所需事實未載明", "a fact it needs is not stated"),
    };
    Localized::new(zh, en)
}

fn help<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
) -> Option<Localized> {
    let needed = matches!(
        judgement.verdict,
        Verdict::Fail | Verdict::Doubt | Verdict::Pending | Verdict::Unknown
    );
    let _ = visit;
    if !needed || judgement.edition.is_none() {
        return None;
    }
    let own = judgement.check.and_then(|check| check.help.as_ref());
    let mut shown = vec![&policy.show];
    shown.extend(judgement.check.map(|check| &check.show));
    Some(fill(scene, own.unwrap_or(&policy.help), &shown, policy.each == Each::Bodies))
}

fn ground<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
    places: &[Place],
    related: &[Related],
) -> Basis {
    let format = || Basis::Format { rule: Arc::clone(&policy.id) };
    let Some(edition) = judgement.edition.or(policy.editions.last()) else { return format() };
    match &edition.grounds {
        Grounds::Format | Grounds::Inherited => format(),
        Grounds::Consistency => {
            let other = related.iter().map(|related| &related.place).find(|place| {
                !Arc::ptr_eq(&place.file, &policy.file)
            });
            Basis::Consistency(other.or(places.first()).expect("internal: a finding has a place").clone())
        }
        Grounds::Law(cites) => {
            let row = scene.row(visit.body.or(scene.plan().bodies().agency()));
            let confidence = edition.confidence.at(row).map_or("memory", |c| c.word());
            let day = judgement.day.max(edition.from);
            let cite: Option<&Cite> = cites.first();
            let citation = cite.and_then(|cite| {
                basis::citation(cite, scene.laws, day, row, visit.item, confidence)
            });
            match citation {
                Some(citation) => {
                    let local = scene.laws.get(&citation.law).is_some_and(|law| law.local);
                    if local { Basis::Local(citation) } else { Basis::Law(citation) }
                }
                None => format(),
            }
        }
    }
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
    let it_path = plan::identity_path(plan, entry.visit.node);
    let need = entry.visit.need.as_ref().map_or("", |(_, id)| id.as_str());
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
    let subject = subject(&finding.bodies);
    let name = |text: &mut Localized| {
        text.zh_tw = text.zh_tw.replace(SUBJECT, &subject.zh_tw);
        text.en = text.en.replace(SUBJECT, &subject.en);
    };
    name(&mut finding.message);
    finding.help.iter_mut().for_each(name);
    if matches!(finding.verdict, Verdict::Fail | Verdict::Doubt | Verdict::Pending) {
        reenter(scene, policy, entry);
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
    let own = entry.judgement.check.and_then(|check| check.write.as_ref());
    let write = own.or(policy.write.as_ref())?;
    write::edit(scene, policy, write, entry, bodies)
}

/// 「甲」「甲、乙」「甲等 18 機關」
fn subject(bodies: &[Subject]) -> Localized {
    match bodies {
        [] => Localized::new("本計畫", "the plan"),
        [one] => Localized::same(&*one.name),
        [first, second] => Localized::new(
            format!("{}、{}", first.name, second.name),
            format!("{} and {}", first.name, second.name),
        ),
        [first, others @ ..] => Localized::new(
            format!("{}等 {} 機關", first.name, bodies.len()),
            format!("{} and {} other bodies", first.name, others.len()),
        ),
    }
}
