//! A run: every policy over every plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::basis;
use super::findings::{Entry, findings};
use super::group::Groups;
use super::host::PlanHost;
use super::judge::{Judgement, judge};
use super::law_date::{AsOf, LawDates};
use super::outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
use super::scene::{Scene, Visit};
use super::visits::{Visits, over, visits};
use crate::cel::Data;
use crate::document::Node;
use crate::finding::{Finding, Reason, Severity, Verdict};
use crate::plan::{self, BodyIndex, Fact, Item, Mode, Plan, PlanFiles, Schema};
use crate::policy::{Each, Grounds, Pack, Policy, Row, defaults};
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

/// One verdict, by the names that an example may call it.
#[derive(Debug, Clone)]
pub struct Visited {
    /// The body.
    pub body: Option<String>,
    /// The entry of the law's list.
    pub need: Option<String>,
    /// The identity of the item.
    pub item: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
}

impl Visited {
    fn of(plan: &Plan<'_>, entry: &Entry<'_>) -> Vec<Self> {
        let need = entry.visit.need.as_ref().map(|(_, id)| id.clone());
        let path = plan::identity_path(plan, entry.visit.node);
        let key = path.rsplit_once('[').map(|(_, key)| key.trim_end_matches(']').to_owned());
        let item = entry.visit.item.map(|item| item.to_string()).or(key);
        let visited = |body: Option<String>| Self {
            body,
            need: need.clone(),
            item: item.clone(),
            verdict: entry.judgement.verdict,
        };
        if entry.bodies.is_empty() {
            return vec![visited(None)];
        }
        let id = |body: &BodyIndex| plan.bodies().get(*body).id.to_owned();
        entry.bodies.iter().map(|body| visited(Some(id(body)))).collect()
    }

    /// `body`, `body/need`, `need`, the item's key.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = [&self.body, &self.need, &self.item].into_iter().flatten().cloned().collect();
        if let (Some(body), Some(need)) = (&self.body, &self.need) {
            names.push(format!("{body}/{need}"));
        }
        if let (Some(item), Some(need)) = (&self.item, &self.need) {
            names.push(format!("{item}/{need}"));
        }
        names
    }
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

    /// Judges one plan by every policy.
    pub fn plan(&self, files: &PlanFiles) -> Judged {
        let plan = Plan::new(files, self.schema);
        let dates = LawDates::of(&plan, self.settings.as_of, self.settings.today, &self.changes);
        let host = PlanHost::new(&plan, &self.items, &self.defaults);
        let first_law = self.changes.first().copied().unwrap_or(self.settings.today);
        let groups = Groups::of(&plan);
        let mut tallies = Tallies::of(&plan);
        let mut found = Vec::new();
        let mut scene = Scene::new(&host, &self.pack.laws, first_law);
        for policy in self.pack.policies.values() {
            let entries = self.entries(&mut scene, policy, &groups, &dates, &mut tallies);
            found.extend(findings(&mut scene, policy, entries));
        }
        sort(&mut found);
        Judged { findings: found, summary: tallies.summary(&plan, &dates) }
    }

    /// Judges one plan by one policy: every verdict, and the findings.
    pub fn policy(&self, files: &PlanFiles, policy: &Policy) -> (Vec<Visited>, Vec<Finding>) {
        let plan = Plan::new(files, self.schema);
        let dates = LawDates::of(&plan, self.settings.as_of, self.settings.today, &self.changes);
        let host = PlanHost::new(&plan, &self.items, &self.defaults);
        let first_law = self.changes.first().copied().unwrap_or(self.settings.today);
        let mut scene = Scene::new(&host, &self.pack.laws, first_law);
        let groups = Groups::of(&plan);
        let mut tallies = Tallies::of(&plan);
        let entries = self.entries(&mut scene, policy, &groups, &dates, &mut tallies);
        let visited = entries.iter().flat_map(|entry| Visited::of(&plan, entry)).collect();
        let mut found = findings(&mut scene, policy, entries);
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
                let judgement = self.instead(policy, fact, dates);
                let bodies = Vec::new();
                let visit = whole(scene, judgement.fact.as_ref().map_or(scene.plan().root(), |fact| fact.place));
                self.keep(Entry { judgement, visit, bodies, range: dates.range }, policy, tallies, &mut entries);
            }
            Visits::Items(visits) => {
                let grouped = policy.each == Each::Bodies;
                for (at, visit) in visits.into_iter().enumerate() {
                    let bodies = match (grouped, visit.body) {
                        (true, _) => groups[at].clone(),
                        (false, body) => body.into_iter().collect(),
                    };
                    for visit in self.needs(scene, policy, visit, dates) {
                        let judgement = over_dates(scene, policy, &visit, dates);
                        let bodies = bodies.clone();
                        let entry = Entry { judgement, visit, bodies, range: dates.range };
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

    fn needs<'p>(
        &self,
        scene: &Scene<'p>,
        policy: &'p Policy,
        visit: Visit<'p>,
        dates: &LawDates,
    ) -> Vec<Visit<'p>> {
        let Some(list) = &policy.over else { return vec![visit] };
        let row = scene.row(visit.body);
        let in_force = dates.days.iter().rev().find_map(|&day| policy.on(day));
        let edition = in_force.filter(|edition| edition.applies_to.includes(row));
        over(visit, edition.and_then(|edition| edition.params.at(row).get(list)))
    }

    /// A collection that is not stated: one judgement for all of it.
    fn instead<'p>(&self, policy: &'p Policy, fact: Fact<'p>, dates: &LawDates) -> Judgement<'p> {
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
            verdict: if not_in_force { Verdict::NotApplicable } else { verdict },
            reason: if not_in_force { Some(Reason::NotInForce) } else { reason },
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

    /// Puts plans together.
    pub fn outcome(&self, judged: Vec<Judged>, version: &'static str) -> Outcome {
        let mut outcome = Outcome {
            tool: Tool { version, packs: self.pack.sources.clone() },
            ..Outcome::default()
        };
        for item in &self.items {
            let field = item.facts.first().and_then(|path| self.schema.resolve(&path.join(".")));
            let title = field.map(|field| self.schema.field(field).title.clone());
            let slot = outcome.items.get_mut(usize::from(item.number) - 1);
            slot.into_iter().zip(title).for_each(|(slot, title)| *slot = title);
        }
        for plan in judged {
            outcome.findings.extend(plan.findings);
            outcome.plans.push(plan.summary);
        }
        outcome.rules = self.rules(&outcome.findings, outcome.plans.iter().map(|p| p.judged_on.last).max());
        outcome
    }

    fn rules(&self, findings: &[Finding], day: Option<Day>) -> Vec<Rule> {
        let mut named: BTreeMap<&str, &Policy> = BTreeMap::new();
        for finding in findings {
            named.extend(self.pack.get(&finding.policy).map(|policy| (&*finding.policy, policy)));
        }
        let day = day.unwrap_or(self.settings.today);
        named.into_values().map(|policy| rule(policy, self.pack, day)).collect()
    }
}

fn rule(policy: &Policy, pack: &Pack, day: Day) -> Rule {
    let edition = policy.on(day).or(policy.editions.last());
    let cite = edition.and_then(|edition| match &edition.grounds {
        Grounds::Law(cites) => cites.first(),
        _ => None,
    });
    let row = Row { sector: Some(0), grade: None };
    let severities = edition.map(|edition| edition.severity.values()).unwrap_or_default();
    Rule {
        id: Arc::clone(&policy.id),
        title: policy.title.clone(),
        why: policy.why.clone(),
        help: policy.help.source().clone(),
        item: policy.item,
        severity: severities.into_iter().copied().max().unwrap_or(Severity::Warning),
        citation: cite.and_then(|cite| basis::citation(cite, &pack.laws, day, row, None, "")),
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
        by_place.then_with(|| (&a.policy, &a.check, a.verdict).cmp(&(&b.policy, &b.check, b.verdict)))
            .then_with(|| a.message.zh_tw.cmp(&b.message.zh_tw))
    });
}

/// Counts as they are made.
struct Tallies {
    bodies: Vec<(Tally, [Tally; 13])>,
    whole: Tally,
}

impl Tallies {
    fn of(plan: &Plan<'_>) -> Self {
        let bodies = plan.bodies().all().iter().map(|_| Default::default());
        Self { bodies: bodies.collect(), whole: Tally::default() }
    }

    fn count(&mut self, bodies: &[BodyIndex], whole: bool, item: Option<u8>, verdict: Verdict) {
        if whole || bodies.is_empty() {
            self.whole.add(verdict);
        }
        for body in bodies {
            let (tally, items) = &mut self.bodies[body.0 as usize];
            if !whole {
                tally.add(verdict);
            }
            if let Some(item) = item.and_then(|item| items.get_mut(usize::from(item) - 1)) {
                item.add(verdict);
            }
        }
    }

    fn summary(self, plan: &Plan<'_>, dates: &LawDates) -> PlanSummary {
        let header = plan.section("header").map(|section| section.node);
        let text = |key| header.and_then(|node| node.get(key)).map(Node::written);
        let agency = plan.bodies().agency().map(|body| plan.bodies().get(body).name);
        let bodies = plan.bodies().all().iter().zip(self.bodies);
        PlanSummary {
            file: Arc::clone(plan.main_file()),
            agency: agency.or(text("agency")).map(Arc::from),
            edition: text("edition").map(Arc::from),
            judged_on: DateRange { first: dates.range.first, last: dates.range.last },
            bodies: bodies
                .map(|(body, (tally, items))| BodySummary {
                    id: body.id.into(),
                    name: body.name.into(),
                    grade: body.grade,
                    tally,
                    items,
                })
                .collect(),
            whole: self.whole,
        }
    }
}
