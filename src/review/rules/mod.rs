//! The approval rules of the base and the changes of a pull request → what must be approved.
//!
//! A rule is an expression over one change. It is compiled once, when the configuration is read, and
//! a rule that does not compile, or that nobody could satisfy, is a finding and stops the gate. A
//! change whose expression has no answer counts as selected: what cannot be told is never let pass.

mod compile;
mod digest;
mod nothing;
mod reach;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::approval::{Demand, DemandKey, Digest, Want};
use crate::cel::{self, Budget, Content, DEFAULT_STEPS, Data, Program, Value};
use crate::config::roster::{AgencyId, Roster};
use crate::config::{RequiredRole, RoleOf};
use crate::text::{Localized, Span};
use nothing::Nothing;

pub use compile::compile;

/// The rules, ready to be asked.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
}

/// A rule, ready to be asked.
#[derive(Debug)]
struct Rule {
    id: Arc<str>,
    title: Option<Arc<str>>,
    when: Option<(Program, Span)>,
    require: Vec<RequiredRole>,
    strict: bool,
    /// All that it says, for the digest: another rule is another approval.
    text: String,
}

/// A change as rules see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeFacts {
    /// The agency whose plan changes.
    pub agency: AgencyId,
    /// The identity path, such as `systems[mail].protection_level`; of a control file its path.
    pub path: Arc<str>,
    /// What it is called.
    pub title: Localized,
    /// Its class, or `control` for a file that decides how plans are judged.
    pub class: &'static str,
    /// What happened.
    pub kind: &'static str,
    /// `weaker`, `stronger`, `unclear` or `neutral`.
    pub effect: &'static str,
    /// 章.
    pub chapter: Option<u8>,
    /// The body it is about.
    pub body: Option<Arc<str>>,
    /// The grade of that body.
    pub grade: Option<Arc<str>>,
    /// What it was.
    pub old: Option<Data>,
    /// What it is.
    pub new: Option<Data>,
}

/// What must be approved, and what nobody can be asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The demands; the digests of the head are in them, those of reviewed commits come later.
    pub demands: Vec<Demand>,
    /// The changes that each is about, by their index.
    pub about: Vec<Vec<usize>>,
    /// Roles that nobody can hold: there is no supervisor.
    pub nobody: Vec<(DemandKey, Localized)>,
}

impl Asked {
    /// The demands that a commit has a part in: those about a thing that it changes too, whichever
    /// way. `changes` are those of the pull request, which the demands count.
    pub fn touched_by(
        &self,
        commit: &[ChangeFacts],
        changes: &[ChangeFacts],
    ) -> BTreeSet<DemandKey> {
        let is_same = |one: &ChangeFacts, other: &ChangeFacts| {
            let (a, b) = (&*one.path, &*other.path);
            one.agency == other.agency && (is_within(a, b) || is_within(b, a))
        };
        let is_touched = |about: &[usize]| {
            let mut about = about.iter().map(|&at| &changes[at]);
            about.any(|asked| commit.iter().any(|own| is_same(own, asked)))
        };
        let demands = self.demands.iter().zip(&self.about);
        let touched = demands.filter(|(_, about)| is_touched(about));
        touched.map(|(demand, _)| demand.key.clone()).collect()
    }
}

/// Whether a path is another or lies below it; everything lies in the plan as a whole.
fn is_within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

impl Rules {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What a rule is for.
    pub fn title(&self, id: &str) -> Option<&str> {
        let rule = self.rules.iter().find(|rule| *rule.id == *id)?;
        rule.title.as_deref()
    }

    /// What the changes between base and head ask for.
    pub fn ask(&self, changes: &[ChangeFacts], head: &Arc<str>, roster: &Roster) -> Asked {
        let mut asked = Asked::default();
        for rule in &self.rules {
            let selected = rule.select(changes);
            let agencies: BTreeSet<&AgencyId> =
                selected.iter().map(|&at| &changes[at].agency).collect();
            for agency in agencies {
                let own = selected.iter().filter(|&&at| changes[at].agency == *agency);
                rule.demand(
                    agency,
                    own.copied().collect(),
                    changes,
                    head,
                    roster,
                    &mut asked,
                );
            }
        }
        asked
    }

    /// What a demand's changes mean between a base and another commit that was reviewed.
    pub fn digest(&self, key: &DemandKey, changes: &[ChangeFacts]) -> Option<Digest> {
        let rule = self.rules.iter().find(|rule| rule.id == key.rule)?;
        let selected = rule.select(changes);
        let own = selected
            .into_iter()
            .filter(|&at| changes[at].agency == key.agency);
        (!rule.strict).then(|| digest::digest(&rule.text, own.map(|at| &changes[at])))
    }
}

impl Rule {
    /// The changes it is about. What records an approval is not itself to be approved again.
    fn select(&self, changes: &[ChangeFacts]) -> Vec<usize> {
        let is_about = |&at: &usize| {
            let change = &changes[at];
            !is_record(&change.path) && change.class != "layout" && self.holds(change)
        };
        (0..changes.len()).filter(is_about).collect()
    }

    /// Whether it is about a change of which this is known; what has no answer may be.
    fn holds_of(&self, record: &Data) -> bool {
        let Some((program, _)) = &self.when else {
            return true;
        };
        let bindings = [Some(Value::data(record))];
        let mut budget = Budget::new(DEFAULT_STEPS);
        let given = cel::evaluate(program, &Nothing, &bindings, &mut budget, None);
        match given {
            Ok(value) if !budget.is_exhausted() => value.content != Content::Bool(false),
            _ => true,
        }
    }

    fn demand(
        &self,
        agency: &AgencyId,
        about: Vec<usize>,
        changes: &[ChangeFacts],
        head: &Arc<str>,
        roster: &Roster,
        asked: &mut Asked,
    ) {
        let key = DemandKey {
            rule: Arc::clone(&self.id),
            agency: Arc::clone(agency),
        };
        let supervisor = roster.agencies.get(agency);
        let supervisor = supervisor.and_then(|agency| agency.supervisor.as_ref());
        let mut wants: Vec<Want> = Vec::new();
        for required in &self.require {
            let place = match required.of {
                RoleOf::Agency => Some(agency),
                RoleOf::Supervisor => supervisor,
            };
            let Some(place) = place else {
                let why = no_supervisor(agency, &required.role.value);
                asked.nobody.push((key.clone(), why));
                continue;
            };
            wants.push(Want {
                role: required.role.value.as_str().into(),
                agency: Arc::clone(place),
                count: required.count,
            });
        }
        let own = about.iter().map(|&at| &changes[at]);
        let digest = digest::digest(&self.text, own);
        asked.demands.push(Demand {
            key,
            wants,
            digests: BTreeMap::from([(Arc::clone(head), digest)]),
        });
        asked.about.push(about);
    }
}

/// The change log and the status of the plan say that something was approved.
fn is_record(path: &str) -> bool {
    path == "history" || path.starts_with("history[") || path == "header.status"
}

fn no_supervisor(agency: &str, role: &str) -> Localized {
    Localized::new(
        format!("名冊未列「{agency}」之上級機關，無人可以「{role}」核准"),
        format!("the roster has no supervisor of {agency}: nobody can approve as {role}"),
    )
}

impl ChangeFacts {
    /// The record that expressions read as `change`, in the order of its type.
    fn record(&self) -> Data {
        let section = self.path.split(['.', '[']).next().unwrap_or_default();
        let mut fields: Vec<(&str, Data)> = vec![
            ("agency", Data::text(&*self.agency)),
            ("section", Data::text(section)),
            ("path", Data::text(&*self.path)),
            ("class", Data::text(self.class)),
            ("kind", Data::text(self.kind)),
            ("effect", Data::text(self.effect)),
        ];
        let chapter = self.chapter.map(|chapter| Data::Int(chapter.into()));
        let text = |text: &Option<Arc<str>>| text.as_deref().map(Data::text);
        let optional = [
            ("chapter", chapter),
            ("body", text(&self.body)),
            ("grade", text(&self.grade)),
            ("old", self.old.clone()),
            ("new", self.new.clone()),
        ];
        fields.extend(
            optional
                .into_iter()
                .filter_map(|(name, data)| Some((name, data?))),
        );
        Data::record(fields)
    }
}
