//! A run: every policy over every plan.

use std::rc::Rc;
use std::sync::Arc;

use super::exceptions::{Exceptions, Live, Used};
use super::law_date::{AsOf, LawDates};
use super::outcome::PlanSummary;
use super::tallies::Tallies;
use crate::cel::Data;
use crate::check::duty::group::{Apart, Groups};
use crate::check::examples::visited::Visited;
use crate::check::findings::conceal::conceal;
use crate::check::findings::reader::Reader;
use crate::check::findings::{Entry, find};
use crate::check::scene::Scene;
use crate::check::scene::delegations::{is_second, row_of};
use crate::check::scene::host::PlanHost;
use crate::check::scene::prose::Sieve;
use crate::check::scene::unasked::Said;
use crate::check::scene::visits::SharedVisits;
use crate::finding::Finding;
use crate::plan::{self, Item, Plan, PlanFiles, Schema};
use crate::policy::{Pack, Policy, defaults};
use crate::text::Day;

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
    pub(super) pack: &'a Pack,
    pub(super) schema: &'a Schema,
    pub(super) items: Vec<Item>,
    pub(super) defaults: Vec<Option<Data>>,
    changes: Vec<Day>,
    sieve: Arc<Sieve<'a>>,
    pub(super) apart: Arc<Apart<'a>>,
    pub(super) settings: Settings,
    pub(super) explains: bool,
    reader: Reader,
    exceptions: Exceptions<'a>,
}

/// One plan under judgement.
pub(super) struct Sitting<'p> {
    pub(super) scene: Scene<'p>,
    pub(super) dates: LawDates,
    pub(super) groups: Rc<Groups>,
    pub(super) shared: SharedVisits<'p>,
    pub(super) said: Said<'p>,
    pub(super) tallies: Tallies,
    pub(super) live: Live<'p>,
    pub(super) used: Used,
}

/// What one plan came to.
#[derive(Debug)]
pub struct Judged {
    /// Its findings, sorted.
    pub findings: Vec<Finding>,
    /// Its counts.
    pub summary: PlanSummary,
    /// The exceptions it needed.
    pub used: Used,
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
            sieve: Arc::new(Sieve::of(pack.policies.values())),
            apart: Arc::new(Apart::of(pack.policies.values())),
            settings,
            explains: false,
            reader: Reader::ALL,
            exceptions: Exceptions::default(),
        }
    }

    /// Whether findings tell what the expression that decided saw. It is evaluated once more for
    /// that, for findings only.
    #[must_use]
    pub fn explaining(self, explains: bool) -> Self {
        Self { explains, ..self }
    }

    /// Writes findings for this reader alone.
    #[must_use]
    pub fn writing_for(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    /// Accepts what the repository accepts.
    #[must_use]
    pub fn excepting(mut self, exceptions: Exceptions<'a>) -> Self {
        self.exceptions = exceptions;
        self
    }

    /// The same, telling what passes too.
    pub(super) fn of_every_verdict(&self) -> Self {
        let settings = Settings {
            all: true,
            ..self.settings
        };
        Self {
            sieve: Arc::clone(&self.sieve),
            apart: Arc::clone(&self.apart),
            ..Self::new(self.pack, self.schema, settings).excepting(self.exceptions)
        }
    }

    /// The same judge, which lets nothing pass.
    pub(super) fn without_exceptions(&self) -> Self {
        Self {
            sieve: Arc::clone(&self.sieve),
            apart: Arc::clone(&self.apart),
            ..Self::new(self.pack, self.schema, self.settings)
        }
    }

    /// What is wrong with these exceptions, after all plans were judged.
    pub fn amiss(&self, used: &Used, whole: bool) -> Vec<Finding> {
        self.exceptions
            .amiss(self.pack, used, self.settings.today, whole)
    }

    /// The schema that plans are read by.
    pub fn schema(&self) -> &'a Schema {
        self.schema
    }

    /// The pack that judges.
    pub(super) fn pack(&self) -> &'a Pack {
        self.pack
    }

    /// Judges one plan by every policy.
    pub fn plan(&self, files: &PlanFiles) -> Judged {
        self.by(files, self.pack.policies.values())
    }

    /// Judges several plans by every policy, each by itself. All of them are asked one policy before any is
    /// asked the next: a policy then stands in a core's memory already when the second plan comes, and the
    /// pack is a long way through memory.
    pub fn plans(&self, plans: &[&PlanFiles]) -> Vec<Judged> {
        self.together(plans, self.pack.policies.values())
    }

    /// Judges one plan by some policies.
    pub fn by<'q>(
        &self,
        files: &PlanFiles,
        policies: impl IntoIterator<Item = &'q Policy>,
    ) -> Judged {
        let judged = self.together(&[files], policies).pop();
        judged.expect("internal: each plan is judged")
    }

    fn together<'q>(
        &self,
        plans: &[&PlanFiles],
        policies: impl IntoIterator<Item = &'q Policy>,
    ) -> Vec<Judged> {
        let plans: Vec<Plan<'_>> = plans.iter().map(|files| self.joined(files)).collect();
        let host = |plan| PlanHost::new(plan, &self.items, &self.defaults, &self.pack.laws);
        let hosts: Vec<PlanHost<'_>> = plans.iter().map(host).collect();
        let sitting = |host| (self.sitting(host), Vec::new());
        let mut sittings: Vec<(Sitting<'_>, Vec<Finding>)> = hosts.iter().map(sitting).collect();
        let (second, first): (Vec<&Policy>, Vec<&Policy>) =
            of_one_plan(policies).partition(|policy| is_second(policy));
        if !second.is_empty() && first.len() < self.firsts().count() {
            for (sitting, _) in &mut sittings {
                self.note_delegations(sitting);
            }
        }
        for policy in first.into_iter().chain(second) {
            for (sitting, found) in &mut sittings {
                let entries = self.noted(sitting, policy);
                find(&mut sitting.scene, policy, &entries, self.explains, found);
            }
        }
        let judged = sittings.into_iter().map(|(sitting, mut found)| {
            conceal(&mut found);
            sort(&mut found);
            Judged {
                findings: found,
                summary: sitting
                    .tallies
                    .summary(sitting.scene.plan(), &sitting.dates),
                used: sitting.used,
            }
        });
        judged.collect()
    }

    /// The files of a plan as one, with the words that findings are to show.
    fn joined<'p>(&'p self, files: &'p PlanFiles) -> Plan<'p> {
        let plan = Plan::new(files, self.schema);
        match self.reader.english {
            true => plan,
            false => plan.titled_in_chinese(),
        }
    }

    /// The policies that need nothing of what others came to.
    fn firsts(&self) -> impl Iterator<Item = &'a Policy> {
        of_one_plan(self.pack.policies.values()).filter(|policy| !is_second(policy))
    }

    /// What the duties come to that others rest on.
    fn note_delegations<'p>(&self, sitting: &mut Sitting<'p>)
    where
        'a: 'p,
    {
        for policy in self.firsts() {
            self.noted(sitting, policy);
        }
    }

    /// What a duty comes to, noted for those that rest on it.
    fn noted<'p>(&self, sitting: &mut Sitting<'p>, policy: &'p Policy) -> Vec<Entry<'p>> {
        let entries = self.entries(sitting, policy);
        let scene = &sitting.scene;
        scene
            .host
            .note_delegations(policy, &entries, |entry| row_of(scene, entry));
        entries
    }

    /// Judges one plan by one policy: every verdict, and the findings. Of a transition there are
    /// none: it compares two plans.
    pub fn policy(&self, files: &PlanFiles, policy: &Policy) -> (Vec<Visited>, Vec<Finding>) {
        if policy.transition.is_some() {
            return (Vec::new(), Vec::new());
        }
        let plan = Plan::new(files, self.schema);
        let host = PlanHost::new(&plan, &self.items, &self.defaults, &self.pack.laws);
        let mut sitting = self.sitting(&host);
        if is_second(policy) {
            self.note_delegations(&mut sitting);
        }
        let entries = self.entries(&mut sitting, policy);
        let scene = &mut sitting.scene;
        let visited = entries
            .iter()
            .flat_map(|entry| Visited::of(scene, entry))
            .collect();
        let mut found = Vec::new();
        find(scene, policy, &entries, self.explains, &mut found);
        conceal(&mut found);
        sort(&mut found);
        (visited, found)
    }

    /// What one plan needs before its first policy.
    pub(super) fn sitting<'p>(&'p self, host: &'p PlanHost<'p>) -> Sitting<'p> {
        let Settings { as_of, today, .. } = self.settings;
        let first_law = self.changes.first().copied().unwrap_or(today);
        let mut scene = Scene::new(host, &self.pack.laws, first_law);
        scene.reader = self.reader;
        Sitting {
            scene,
            dates: LawDates::of(host.plan, as_of, today, &self.changes),
            groups: Rc::new(Groups::of(host.plan)),
            shared: SharedVisits::new(&self.sieve),
            said: Said::default(),
            tallies: Tallies::of(host.plan),
            live: Live::of(&self.exceptions, host.plan.folder(), today),
            used: Used::in_plan(host.plan.folder()),
        }
    }
}

/// The policies that ask something of a plan by itself.
fn of_one_plan<'q>(
    policies: impl IntoIterator<Item = &'q Policy>,
) -> impl Iterator<Item = &'q Policy> {
    let policies = policies.into_iter();
    policies.filter(|policy| policy.transition.is_none())
}

/// The order of the output: file, span, policy. A finding is large, so that its place is found first and
/// it is moved once.
pub fn sort(findings: &mut [Finding]) {
    let order = |&a: &usize, &b: &usize| {
        let (a, b) = (&findings[a], &findings[b]);
        let by_place = a.place.order(&b.place);
        by_place
            .then_with(|| (&a.policy, &a.check, a.verdict).cmp(&(&b.policy, &b.check, b.verdict)))
            .then_with(|| a.message.zh_tw.cmp(&b.message.zh_tw))
    };
    let mut from: Vec<usize> = (0..findings.len()).collect();
    from.sort_by(order);
    for at in 0..from.len() {
        // What stood there may have been moved on already.
        let mut place = from[at];
        while place < at {
            place = from[place];
        }
        from[at] = place;
        findings.swap(at, place);
    }
}
