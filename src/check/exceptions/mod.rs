//! Failures that a repository accepts for a time, and what is wrong with such exceptions.
//!
//! A waiver names a failure by policy, plan, body and path; what it names stays visible as `waived`.
//! `gate.lower` lets the failures of a policy weigh less. Both end on a day that is compared with
//! today, which is an argument. An exception that is over, that names nothing, or that nobody needs
//! any more is a finding at its own line.

mod amiss;

use std::collections::BTreeSet;

use crate::check::duty::judge::Judgement;
use crate::check::findings::{Entry, places, reenter};
use crate::check::scene::Scene;
use crate::finding::{Finding, Lowered, Place, Related, Severity, Verdict, Waiver};
use crate::plan::BodyIndex;
use crate::policy::Policy;
use crate::text::{DateRange, Day, Language, Localized};

/// What a repository accepts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exceptions<'a> {
    /// The folder from which waivers name plans; empty for the working directory.
    pub root: &'a str,
    /// Failures that are accepted.
    pub waivers: &'a [Waiver],
    /// Policies that weigh less.
    pub lowered: &'a [Lowered],
}

/// The exceptions that something needed, by their place in the list, and the folders of the plans
/// that were judged by them.
#[derive(Debug, Clone, Default)]
pub struct Used {
    waivers: BTreeSet<usize>,
    lowered: BTreeSet<usize>,
    plans: BTreeSet<String>,
}

impl Used {
    /// What a plan in this folder needed: nothing so far.
    pub(super) fn in_plan(folder: &str) -> Self {
        Self {
            plans: BTreeSet::from([trimmed(folder).to_owned()]),
            ..Self::default()
        }
    }

    /// Puts what several plans needed together.
    pub fn join(&mut self, other: Self) {
        self.waivers.extend(other.waivers);
        self.lowered.extend(other.lowered);
        self.plans.extend(other.plans);
    }
}

/// The exceptions that may bear on one plan today.
#[derive(Debug, Default)]
pub(super) struct Live<'p> {
    waivers: Vec<(usize, &'p Waiver)>,
    lowered: Vec<(usize, &'p Lowered)>,
}

impl<'p> Live<'p> {
    pub(super) fn of(exceptions: &Exceptions<'p>, folder: &str, today: Day) -> Self {
        let waivers = exceptions.waivers.iter().enumerate();
        let lowered = exceptions.lowered.iter().enumerate();
        Self {
            waivers: waivers
                .filter(|(_, waiver)| waiver.holds_on(today) && exceptions.names(waiver, folder))
                .collect(),
            lowered: lowered
                .filter(|(_, lowered)| lowered.holds_on(today))
                .collect(),
        }
    }

    /// Lets a failure weigh less.
    pub(super) fn lower(&self, policy: &Policy, judgement: &mut Judgement<'p>, used: &mut Used) {
        if !matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt) {
            return;
        }
        for &(at, lowered) in &self.lowered {
            if *lowered.policy.value == *policy.id && lowered.to.value < judgement.severity {
                judgement.severity = lowered.to.value;
                judgement.lowered = Some(lowered);
                used.lowered.insert(at);
            }
        }
    }

    /// Takes an entry apart into what is waived, by whose waiver, and what is not.
    pub(super) fn waive(
        &self,
        scene: &mut Scene<'p>,
        policy: &'p Policy,
        entry: Entry<'p>,
        used: &mut Used,
    ) -> Vec<Entry<'p>> {
        let live = self.waivers_of(policy, &entry);
        if live.is_empty() {
            return vec![entry];
        }
        reenter(scene, policy, &entry);
        let places = places::places(scene, &entry.judgement, &entry.visit);
        let mut apart: Vec<(Vec<Named<'p>>, Vec<BodyIndex>)> = Vec::new();
        let bodies = entry.bodies.iter().map(|&body| Some(body));
        let whole = entry.bodies.is_empty().then_some(None);
        for body in bodies.chain(whole) {
            let named = |place: &Place| naming(scene, &live, place, body);
            let waived: Vec<Named<'p>> = places.iter().map(named).collect();
            match apart.iter_mut().find(|(other, _)| same(other, &waived)) {
                Some((_, bodies)) => bodies.extend(body),
                None => apart.push((waived, body.into_iter().collect())),
            }
        }
        let entries = apart.into_iter().map(|(waived, bodies)| {
            used.waivers
                .extend(waived.iter().flatten().map(|(at, _)| at));
            let waived = waived.iter().map(|named| named.map(|(_, waiver)| waiver));
            entry.for_bodies(bodies, waived.collect())
        });
        entries.collect()
    }

    /// The waivers that name the failure, wherever it stands.
    fn waivers_of(&self, policy: &Policy, entry: &Entry<'p>) -> Vec<(usize, &'p Waiver)> {
        let owed = matches!(entry.judgement.verdict, Verdict::Fail | Verdict::Doubt);
        if !owed || !policy.waivable {
            return Vec::new();
        }
        let check = entry.judgement.check.map(|check| &*check.id);
        let need = entry.visit.need.map(|(_, id)| id);
        let is = |own: &Option<String>, found| own.as_deref().is_none_or(|own| Some(own) == found);
        let names = |waiver: &Waiver| {
            *waiver.policy.value == *policy.id && is(&waiver.check, check) && is(&waiver.need, need)
        };
        let live = self.waivers.iter().copied();
        live.filter(|(_, waiver)| names(waiver)).collect()
    }
}

/// The waiver that names a place of a failure, with its place in the list.
type Named<'p> = Option<(usize, &'p Waiver)>;

fn naming<'p>(
    scene: &Scene<'_>,
    live: &[(usize, &'p Waiver)],
    place: &Place,
    body: Option<BodyIndex>,
) -> Named<'p> {
    let of_place = |(_, waiver): &(usize, &Waiver)| {
        *waiver.path.value == *place.path && concerns(scene, waiver, body)
    };
    live.iter().copied().find(of_place)
}

/// Whether the same waivers name the same places.
fn same(a: &[Named<'_>], b: &[Named<'_>]) -> bool {
    let at = |named: &Named<'_>| named.map(|(at, _)| at);
    a.iter().map(at).eq(b.iter().map(at))
}

/// Whether a waiver is for this body. Without one it is for the plan that has one body only.
fn concerns(scene: &Scene<'_>, waiver: &Waiver, body: Option<BodyIndex>) -> bool {
    let bodies = scene.plan().bodies();
    match (waiver.body.as_deref(), body) {
        (None, None) => true,
        (None, Some(_)) => bodies.all().len() == 1,
        (Some(_), None) => false,
        (Some(name), Some(body)) => {
            let body = bodies.get(body);
            name == body.id || name == body.name
        }
    }
}

impl Exceptions<'_> {
    /// Whether a waiver is for the plan in a folder.
    fn names(&self, waiver: &Waiver, folder: &str) -> bool {
        self.folder(waiver) == trimmed(folder)
    }

    fn folder(&self, waiver: &Waiver) -> String {
        let (root, plan) = (trimmed(self.root), trimmed(&waiver.plan.value));
        if root.is_empty() || root == "." {
            plan.to_owned()
        } else {
            format!("{root}/{plan}")
        }
    }
}

/// A folder as it is compared: without `./` before it and `/` behind it.
fn trimmed(folder: &str) -> &str {
    folder.trim_start_matches("./").trim_end_matches('/')
}

/// What is waived stays visible, with who accepted it, why and until when.
pub(super) fn tell(finding: &mut Finding, waiver: &Waiver) {
    let [zh, en] = Language::ALL.map(|l| DateRange::day(waiver.until.value).show(l));
    let Waiver {
        approver, reason, ..
    } = waiver;
    finding.verdict = Verdict::Waived;
    finding.severity = Severity::Note;
    let message = &mut finding.message;
    message
        .zh_tw
        .push_str(&format!("（{approver}核准豁免至{zh}：{reason}）"));
    message
        .en
        .push_str(&format!(" (waived by {approver} until {en}: {reason})"));
    finding.related.push(Related {
        place: waiver.place(waiver.policy.span),
        text: Localized::new("豁免", "the waiver").into(),
    });
}
