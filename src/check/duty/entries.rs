//! One policy and one plan → what the duty came to at each of its visits.
//!
//! Every visit is judged and counted; what is to be shown is kept as an entry, with the visit. Most
//! visits end with a condition that asks nothing of them, so that nothing is copied before.

use std::rc::Rc;

use crate::cel::Data;
use crate::check::duty::alike::Alike;
use crate::check::duty::judge::Judgement;
use crate::check::duty::over_dates::{instead, over_dates};
use crate::check::findings::Entry;
use crate::check::run::{Judge, Sitting};
use crate::check::scene::Visit;
use crate::check::scene::unasked::Unasked;
use crate::check::scene::visits::{Visits, id_of, needs, visits};
use crate::check::tallies::Tallies;
use crate::finding::{Reason, Verdict};
use crate::plan::{BodyIndex, Fact};
use crate::policy::{Each, Policy};

impl Judge<'_> {
    pub(in crate::check) fn entries<'p>(
        &self,
        sitting: &mut Sitting<'p>,
        policy: &'p Policy,
    ) -> Vec<Entry<'p>> {
        let groups = Rc::clone(&sitting.groups);
        let groups = groups.for_policy(policy, &self.apart);
        let mut entries = Vec::new();
        let visits = visits(sitting.scene.host, policy, groups, &mut sitting.shared);
        match &*visits {
            Visits::Instead(fact) => self.collection(sitting, policy, fact, &mut entries),
            Visits::Items(visits) => {
                let mut alike = Alike::of(policy, self.settings.all);
                let grouped = policy.each == Each::Bodies && policy.transition.is_none();
                let unasked = self.unasked(sitting, policy, visits);
                for (at, visit) in visits.iter().enumerate() {
                    let bodies = match grouped {
                        true => &groups[at],
                        false => visit.body.as_slice(),
                    };
                    let is_unasked =
                        |unasked: &Unasked<'p>| unasked.is_unasked(&sitting.scene, (at, visit));
                    if unasked.as_ref().is_some_and(is_unasked) {
                        pass(sitting, policy, (visit, bodies));
                        continue;
                    }
                    self.item(sitting, policy, (visit, bodies), &mut alike, &mut entries);
                }
            }
        }
        entries
    }

    /// What tells of which items nothing is asked; where every verdict is wanted, each is judged.
    fn unasked<'p>(
        &self,
        sitting: &mut Sitting<'p>,
        policy: &'p Policy,
        visits: &[Visit<'p>],
    ) -> Option<Unasked<'p>> {
        if self.settings.all {
            return None;
        }
        let (scene, days) = (&sitting.scene, &sitting.dates.days);
        Unasked::of(scene, policy, days, visits, &mut sitting.said)
    }

    /// A collection that is not stated: one verdict for all of it.
    fn collection<'p>(
        &self,
        sitting: &mut Sitting<'p>,
        policy: &'p Policy,
        fact: &Fact<'p>,
        entries: &mut Vec<Entry<'p>>,
    ) {
        let (scene, dates) = (&sitting.scene, &sitting.dates);
        let judgement = instead(policy, fact.clone(), dates);
        let place = judgement.fact.as_ref().map(|fact| fact.place);
        let entry = Entry {
            visit: Visit::of(scene.host.root(None), place.unwrap_or(scene.plan().root())),
            judgement,
            bodies: Vec::new(),
            range: dates.range,
            waived: Vec::new(),
        };
        self.keep(entry, policy, &mut sitting.tallies, entries);
    }

    /// One item, for each entry of the law's list where the policy has one.
    fn item<'p>(
        &self,
        sitting: &mut Sitting<'p>,
        policy: &'p Policy,
        (visit, bodies): (&Visit<'p>, &[BodyIndex]),
        alike: &mut Alike<'p>,
        entries: &mut Vec<Entry<'p>>,
    ) {
        let Some(list) = needs(&sitting.scene, policy, visit, &sitting.dates) else {
            self.visit(sitting, policy, (visit, bodies), entries);
            return;
        };
        alike.begin(list);
        let mut visit = visit.clone();
        for (at, need) in list.iter().enumerate() {
            if alike.is_settled(at) {
                let (item, whole) = (policy.item.or(visit.item), policy.each == Each::Plan);
                let tallies = &mut sitting.tallies;
                tallies.count(bodies, whole, item, Verdict::NotApplicable);
                continue;
            }
            visit.need = Some((need, id_of(need)));
            let verdict = self.visit(sitting, policy, (&visit, bodies), entries);
            alike.note(at, verdict);
        }
    }

    /// One visit on all law dates; what its duty came to.
    fn visit<'p>(
        &self,
        sitting: &mut Sitting<'p>,
        policy: &'p Policy,
        (visit, bodies): (&Visit<'p>, &[BodyIndex]),
        entries: &mut Vec<Entry<'p>>,
    ) -> Verdict {
        let Sitting {
            scene,
            dates,
            tallies,
            live,
            used,
            ..
        } = sitting;
        let mut judgement = over_dates(scene, policy, visit, dates);
        live.lower(policy, &mut judgement, used);
        let verdict = judgement.verdict;
        let owed = matches!(verdict, Verdict::Fail | Verdict::Doubt);
        if !owed && !self.shows(&judgement, verdict) {
            let item = policy.item.or(visit.item);
            tallies.count(bodies, policy.each == Each::Plan, item, verdict);
            return verdict;
        }
        let entry = Entry {
            judgement,
            visit: visit.clone(),
            bodies: bodies.to_vec(),
            range: dates.range,
            waived: Vec::new(),
        };
        for entry in live.waive(scene, policy, entry, used) {
            self.keep(entry, policy, tallies, entries);
        }
        verdict
    }

    /// Counts an entry, and keeps it where it is to be shown.
    fn keep<'p>(
        &self,
        entry: Entry<'p>,
        policy: &Policy,
        tallies: &mut Tallies,
        entries: &mut Vec<Entry<'p>>,
    ) {
        let verdict = entry.verdict();
        let item = policy.item.or(entry.visit.item);
        tallies.count(&entry.bodies, policy.each == Each::Plan, item, verdict);
        if self.shows(&entry.judgement, verdict) {
            entries.push(entry);
        }
    }

    /// Whether a judgement is to be shown with this verdict.
    fn shows(&self, judgement: &Judgement<'_>, verdict: Verdict) -> bool {
        // A grade that is not stated is told once for each body, by a policy of its own.
        let told_elsewhere = judgement.reason == Some(Reason::Grade);
        self.settings.all || (verdict.needs_attention() && !told_elsewhere)
    }
}

/// Counts an item of which nothing is asked, for each entry of the law's list where the policy has
/// one.
fn pass<'p>(
    sitting: &mut Sitting<'p>,
    policy: &'p Policy,
    (visit, bodies): (&Visit<'p>, &[BodyIndex]),
) {
    let list = needs(&sitting.scene, policy, visit, &sitting.dates);
    let (item, whole) = (policy.item.or(visit.item), policy.each == Each::Plan);
    for _ in 0..list.map_or(1, <[Data]>::len) {
        let tallies = &mut sitting.tallies;
        tallies.count(bodies, whole, item, Verdict::NotApplicable);
    }
}
