//! A run: every policy over every plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::conceal::conceal;
use super::delegations::{is_second, row_of};
use super::findings::{Entry, findings};
use super::group::Groups;
use super::host::PlanHost;
use super::judge::{Judgement, judge};
use super::law_date::{AsOf, LawDates};
use super::outcome::{Outcome, PlanSummary, Rule, Tally, Tool};
use super::rule::rule;
use super::scene::{Scene, Visit};
use super::tallies::Tallies;
use super::visited::Visited;
use super::visits::{Visits, needs, visits};
use crate::cel::Data;
use crate::document::Node;
use crate::finding::{Finding, Reason, Severity, Verdict};
use crate::plan::{self, BodyIndex, Fact, Item, Mode, Plan, PlanFiles, Schema};
use crate::policy::{Each, Pack, Policy, defaults};
use crate::text::{DateRange, Day, SourceFile};

/// How plans are judged.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The day whose law applies.
    pub as_of: AsOf,
    /// Today in Asia/Taipei.
    pub today: Day,
    /// Whether `pass` and `not_applicable` are wanted too.
    pub all: bool,
}

impl Settings {
    /// The law of a day, seen from that day, with every verdict.
    pub fn on(day: Day) -> Self {
        Self {
            as_of: AsOf::Day(day),
            today: day,
            all: true,
        }
    }
}

/// A pack made ready to judge: what is the same for every plan, computed once.
#[derive(Debug)]
pub struct Judge<'a> {
    pack: &'a Pack,
    schema: &'a Schema,
    items: Vec<Item>,
    defaults: Vec<Option<Data>>,
    changes: Vec<Day>,
    settings: Settings,
}

/// What one plan came to.
#[derive(Debug)]
pub struct Judged {
    /// Its findings, sorted.
    pub findings: Vec<Finding>,
    /// Its counts.
    pub summary: PlanSummary,
}

impl<'a> Judge<'a> {
    /// Makes a pack ready.
    pub fn new(pack: &'a Pack, schema: &'a Schema, settings: Settings) -> Self {
        Self {
            pack,
            schema,
            items: plan::items(schema),
            defaults: defaults(schema),
            changes: pack.laws.days_of_change(),
            settings,
        }
    }

    /// The schema that plans are read by.
    pub fn schema(&self) -> &'a Schema {
        self.schema
    }

    /// Judges one plan by every policy.
    pub fn plan(&self, files: &PlanFiles) -> Judged {
        let plan = Plan::new(files, self.schema);
        let dates = LawDates::of(
            &plan,
            self.settings.as_of,
            self.settings.today,
            &self.changes,
        );
        let host = PlanHost::new(&plan, &self.items, &self.defaults, &self.pack.laws);
        let first_law = self.changes.first().copied().unwrap_or(self.settings.today);
        let groups = Groups::of(&plan);
        let mut tallies = Tallies::of(&plan);
        let mut found = Vec::new();
        let mut scene = Scene::new(&host, &self.pack.laws, first_law);
        let (second, first): (Vec<&Policy>, Vec<&Policy>) = self
            .pack
            .policies
            .values()
            .partition(|policy| is_second(policy));
        for policy in first.into_iter().chain(second) {
            let entries = self.entries(&mut scene, policy, &groups, &dates, &mut tallies);
            host.note_delegations(policy, &entries, |entry| row_of(&scene, entry));
            found.extend(findings(&mut scene, policy, entries));
        }
        conceal(&mut found);
        sort(&mut found);
        Judged {
            findings: found,
            summary: tallies.summary(&plan, &dates),
        }
    }

    /// Judges one plan by one policy: every verdict, and the findings.
    pub fn policy(&self, files: &PlanFiles, policy: &Policy) -> (Vec<Visited>, Vec<Finding>) {
        let plan = Plan::new(files, self.schema);
        let dates = LawDates::of(
            &plan,
            self.settings.as_of,
            self.settings.today,
            &self.changes,
        );
        let host = PlanHost::new(&plan, &self.items, &self.defaults, &self.pack.laws);
        let first_law = self.changes.first().copied().unwrap_or(self.settings.today);
        let mut scene = Scene::new(&host, &self.pack.laws, first_law);
        let groups = Groups::of(&plan);
        let mut tallies = Tallies::of(&plan);
        if is_second(policy) {
            let first = self
                .pack
                .policies
                .values()
                .filter(|other| !is_second(other));
            for other in first {
                let entries = self.entries(&mut scene, other, &groups, &dates, &mut tallies);
                host.note_delegations(other, &entries, |entry| row_of(&scene, entry));
            }
        }
        let entries = self.entries(&mut scene, policy, &groups, &dates, &mut tallies);
        let visited = entries
            .iter()
            .flat_map(|entry| Visited::of(&scene, entry))
            .collect();
        let mut found = findings(&mut scene, policy, entries);
        conceal(&mut found);
        sort(&mut found);
        (visited, found)
    }

    fn entries<'p>(
        &self,
        scene: &mut Scene<'p>,
        policy: &'p Policy,
        groups: &Groups,
        dates: &LawDates,
        tallies: &mut Tallies,
    ) -> Vec<Entry<'p>>
    where
        'a: 'p,
    {
        let groups = groups.for_policy(policy);
        let firsts: Vec<BodyIndex> = groups.iter().map(|group| group[0]).collect();
        let mut entries = Vec::new();
        match visits(scene.host, policy, &firsts) {
            Visits::Instead(fact) => {
                let judgement = instead(policy, fact, dates);
                let bodies = Vec::new();
                let visit = whole(
                    scene,
                    judgement
                        .fact
                        .as_ref()
                        .map_or(scene.plan().root(), |fact| fact.place),
                );
                self.keep(
                    Entry {
                        judgement,
                        visit,
                        bodies,
                        range: dates.range,
                    },
                    policy,
                    tallies,
                    &mut entries,
                );
            }
            Visits::Items(visits) => {
                let grouped = policy.each == Each::Bodies;
                for (at, visit) in visits.into_iter().enumerate() {
                    let bodies = match (grouped, visit.body) {
                        (true, _) => groups[at].clone(),
                        (false, body) => body.into_iter().collect(),
                    };
                    for visit in needs(scene, policy, visit, dates) {
                        let judgement = over_dates(scene, policy, &visit, dates);
                        let bodies = bodies.clone();
                        let entry = Entry {
                            judgement,
                            visit,
                            bodies,
                            range: dates.range,
                        };
                        self.keep(entry, policy, tallies, &mut entries);
                    }
                }
            }
        }
        entries
    }

    /// Counts an entry, and keeps it where it is to be shown.
    fn keep<'p>(
        &self,
        entry: Entry<'p>,
        policy: &Policy,
        tallies: &mut Tallies,
        entries: &mut Vec<Entry<'p>>,
    ) {
        let verdict = entry.judgement.verdict;
        let item = policy.item.or(entry.visit.item);
        tallies.count(&entry.bodies, policy.each == Each::Plan, item, verdict);
        // A grade that is not stated is told once for each body, by a policy of its own.
        let told_elsewhere = entry.judgement.reason == Some(Reason::Grade);
        if self.settings.all || (verdict.needs_attention() && !told_elsewhere) {
            entries.push(entry);
        }
    }

    /// A plan that could not be read to its end: its form is told, its duties are not judged.
    pub fn unread(&self, file: &Arc<SourceFile>, mut findings: Vec<Finding>) -> Judged {
        sort(&mut findings);
        let summary = PlanSummary {
            file: Arc::clone(file),
            agency: None,
            edition: None,
            judged_on: DateRange::day(self.settings.today),
            bodies: Vec::new(),
            whole: Tally::default(),
        };
        Judged { findings, summary }
    }

    /// Who judges.
    pub fn tool(&self, version: &'static str) -> Tool {
        let packs = self.pack.sources.clone();
        Tool { version, packs }
    }

    /// Puts plans together.
    pub fn outcome(&self, judged: Vec<Judged>, version: &'static str) -> Outcome {
        let mut outcome = Outcome {
            tool: self.tool(version),
            ..Outcome::default()
        };
        for item in &self.items {
            let field = item
                .facts
                .first()
                .and_then(|path| self.schema.resolve(&path.join(".")));
            let title = field.map(|field| self.schema.field(field).title.clone());
            let slot = outcome.items.get_mut(usize::from(item.number) - 1);
            slot.into_iter()
                .zip(title)
                .for_each(|(slot, title)| *slot = title);
        }
        for plan in judged {
            outcome.findings.extend(plan.findings);
            outcome.plans.push(plan.summary);
        }
        outcome.rules = self.rules(
            &outcome.findings,
            outcome.plans.iter().map(|p| p.judged_on.last).max(),
        );
        outcome
    }

    fn rules(&self, findings: &[Finding], day: Option<Day>) -> Vec<Rule> {
        let mut named: BTreeMap<&str, &Policy> = BTreeMap::new();
        for finding in findings {
            named.extend(
                self.pack
                    .get(&finding.policy)
                    .map(|policy| (&*finding.policy, policy)),
            );
        }
        let day = day.unwrap_or(self.settings.today);
        named
            .into_values()
            .map(|policy| rule(policy, self.pack, day))
            .collect()
    }
}

/// A collection that is not stated: one judgement for all of it.
fn instead<'p>(policy: &'p Policy, fact: Fact<'p>, dates: &LawDates) -> Judgement<'p> {
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
    }
}

fn whole<'p>(scene: &Scene<'p>, node: Node<'p>) -> Visit<'p> {
    Visit {
        it: scene.host.root(None),
        node,
        missing: Vec::new(),
        body: None,
        need: None,
        fact: None,
        item: None,
        found: None,
    }
}

/// The same duty on every law date; where the days disagree, the answer is not known.
fn over_dates<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    visit: &Visit<'p>,
    dates: &LawDates,
) -> Judgement<'p> {
    let mut days = dates.days.iter();
    let first = days.next().copied().unwrap_or(dates.range.last);
    let mut judgement = judge(scene, policy, visit, first);
    for &day in days {
        let other = judge(scene, policy, visit, day);
        if other.verdict != judgement.verdict {
            judgement = Judgement {
                verdict: Verdict::Unknown,
                reason: Some(Reason::EditionsDisagree),
                check: None,
                state: None,
                severity: Severity::Note,
                due: None,
                why: None,
                edition: other.edition.or(judgement.edition),
                fact: other.fact.or(judgement.fact),
                day,
            };
            break;
        }
    }
    judgement
}

/// The order of the output: file, span, policy.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let by_place = a.place.order(&b.place);
        by_place
            .then_with(|| (&a.policy, &a.check, a.verdict).cmp(&(&b.policy, &b.check, b.verdict)))
            .then_with(|| a.message.zh_tw.cmp(&b.message.zh_tw))
    });
}
