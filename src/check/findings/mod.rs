//! Judgements → findings: places, words, grounds, lines to write; alike but for the body, merged.

pub(in crate::check) mod basis;
pub(in crate::check) mod conceal;
pub(in crate::check) mod places;
pub(in crate::check) mod reader;
pub(in crate::check) mod sentences;
pub(in crate::check) mod show;
pub(in crate::check) mod words;
pub(in crate::check) mod write;

use std::sync::Arc;

use crate::check::duty::explain::explain;
use crate::check::duty::judge::Judgement;
use crate::check::exceptions;
use crate::check::findings::places::{related, shown_places};
use crate::check::findings::show::SUBJECT;
use crate::check::scene::{Scene, Visit};
use crate::finding::{
    Basis, Edit, Finding, Fingerprint, Item, Place, Step, Subject, Verdict, Waiver,
};
use crate::plan::{self, BodyIndex, Mode};
use crate::policy::{Each, Policy};
use crate::text::{DateRange, Localized};

/// A judgement with the bodies it holds for.
pub(in crate::check) struct Entry<'p> {
    pub(in crate::check) judgement: Judgement<'p>,
    pub(in crate::check) visit: Visit<'p>,
    pub(in crate::check) bodies: Vec<BodyIndex>,
    pub(in crate::check) range: DateRange,
    /// For each place of the failure the waiver that names it; empty where there is none.
    pub(in crate::check) waived: Vec<Option<&'p Waiver>>,
}

/// A finding before it is known whom else it concerns.
struct Told {
    finding: Finding,
    /// The bodies it concerns.
    bodies: Vec<BodyIndex>,
    /// The number of its judgement.
    of: usize,
}

/// Appends the findings of one policy on one plan.
pub(in crate::check) fn find<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    entries: &[Entry<'p>],
    explains: bool,
    found: &mut Vec<Finding>,
) {
    if entries.is_empty() {
        return;
    }
    let mut told = Vec::with_capacity(entries.len());
    for (of, entry) in entries.iter().enumerate() {
        let from = told.len();
        of_entry(scene, policy, (of, entry), &mut told);
        if explains && let Some(trace) = trace(scene, policy, entry) {
            let trace = Arc::new(trace);
            for told in &mut told[from..] {
                told.finding.trace = Some(Arc::clone(&trace));
            }
        }
    }
    merge(&mut told);
    for told in &mut told {
        finish(scene, policy, &entries[told.of], told);
    }
    found.extend(told.into_iter().map(|told| told.finding));
}

/// Findings that differ only in the body become one: the first of them, for the bodies of all.
fn merge(told: &mut Vec<Told>) {
    if told.len() < 2 {
        return;
    }
    let words = |at: usize| {
        let finding = &told[at].finding;
        (finding.place.span, &*finding.message.zh_tw)
    };
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by(|&one, &other| words(one).cmp(&words(other)));
    let mut first: Vec<usize> = (0..told.len()).collect();
    for same in order.chunk_by(|&one, &other| words(one) == words(other)) {
        for (at, &one) in same.iter().enumerate() {
            let differ =
                |other: usize| differ_in_the_body(&told[other].finding, &told[one].finding);
            let mut firsts = same[..at].iter().filter(|&&other| first[other] == other);
            if let Some(&other) = firsts.find(|&&other| differ(other)) {
                first[one] = other;
            }
        }
    }
    for (at, &first) in first.iter().enumerate().filter(|(at, first)| at != *first) {
        let bodies = std::mem::take(&mut told[at].bodies);
        told[first].bodies.extend(bodies);
    }
    let mut firsts = first.iter().enumerate().map(|(at, first)| at == *first);
    told.retain(|_| firsts.next().is_some_and(|is_first| is_first));
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

fn of_entry<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    (of, entry): (usize, &Entry<'p>),
    told: &mut Vec<Told>,
) {
    let Entry {
        judgement, visit, ..
    } = entry;
    reenter(scene, policy, entry);
    let places = shown_places(scene, judgement, visit);
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
        title: Arc::clone(&policy.title),
        message,
        place,
        related,
        basis,
        help,
        write: None,
        // Bodies and fingerprint follow when all findings of the same words are known.
        bodies: Vec::new(),
        fingerprint: Fingerprint::default(),
        item: None,
        cause: cause.map(Box::new),
        judged_on: Some(entry.range),
        trace: None,
        against: None,
    };
    let mut places = places.into_iter();
    let Some(place) = places.next() else { return };
    let first = build(place);
    let others = places.map(|place| Finding {
        place,
        ..first.clone()
    });
    let others: Vec<Finding> = others.collect();
    for (at, mut finding) in std::iter::once(first).chain(others).enumerate() {
        // What is picked as the place may be among what bears on it.
        let Finding { place, related, .. } = &mut finding;
        related.retain(|related| !related.place.is_same(place));
        if let Some(Some(waiver)) = entry.waived.get(at) {
            exceptions::tell(&mut finding, waiver);
        }
        told.push(Told {
            finding,
            bodies: entry.bodies.clone(),
            of,
        });
    }
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

fn finish<'p>(scene: &mut Scene<'p>, policy: &'p Policy, entry: &Entry<'p>, told: &mut Told) {
    let Told {
        finding, bodies, ..
    } = told;
    bodies.sort();
    bodies.dedup();
    identify(scene, policy, entry, finding, bodies);
    let subjects = &finding.bodies;
    let name = |text: &mut Localized| {
        if text.zh_tw.contains(SUBJECT) || text.en.contains(SUBJECT) {
            let subject = words::subject(subjects);
            text.zh_tw = text.zh_tw.replace(SUBJECT, &subject.zh_tw);
            text.en = text.en.replace(SUBJECT, &subject.en);
        }
    };
    name(&mut finding.message);
    finding.help.iter_mut().for_each(name);
    let has_lines = match finding.verdict {
        Verdict::Fail => true,
        Verdict::Doubt | Verdict::Pending => scene.reader.all_whole,
        _ => false,
    };
    if has_lines {
        finding.write = lines(scene, policy, entry, bodies);
    }
}

/// Names the bodies that a finding concerns, and gives it its identity over revisions.
fn identify<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    entry: &Entry<'p>,
    finding: &mut Finding,
    bodies: &[BodyIndex],
) {
    let plan = scene.plan();
    let visited = scene.path_of(&entry.visit);
    let found = entry.visit.found.as_ref();
    let ordinal = found.filter(|found| found.ordinal > 0);
    let ordinal = ordinal.map(|found| found.ordinal.to_string());
    let need = entry.visit.need.map(|(_, id)| id);
    let need = need.or(ordinal.as_deref()).unwrap_or_default();
    let check = finding.check.as_deref().unwrap_or_default();
    let item = |path: Arc<str>| {
        let need = need.into();
        Arc::new(Item { path, need })
    };
    let whole = item(visited);
    let by = [&*policy.id, check, plan.folder()];
    let subject = |&index: &BodyIndex| {
        let body = plan.bodies().get(index);
        let item = match policy.each {
            Each::Bodies => item(plan::identity_path(plan, body.node)),
            _ => Arc::clone(&whole),
        };
        let (id, name) = scene.called(index);
        Subject {
            id,
            name,
            fingerprint: item.fingerprint(by, body.id),
            item,
        }
    };
    finding.bodies = bodies.iter().map(subject).collect();
    let (item, fingerprint) = match finding.bodies.first() {
        Some(first) => (Arc::clone(&first.item), first.fingerprint),
        None => {
            let fingerprint = whole.fingerprint(by, "");
            (whole, fingerprint)
        }
    };
    (finding.item, finding.fingerprint) = (Some(item), fingerprint);
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
