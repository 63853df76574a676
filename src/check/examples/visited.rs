//! Verdicts by name, for examples, with what decided each.

use std::sync::Arc;

use crate::check::findings::Entry;
use crate::check::scene::Scene;
use crate::check::scene::host::Thing;
use crate::document::Node;
use crate::finding::{Reason, Verdict};
use crate::plan::{self, BodyIndex};
use crate::policy::Row;
use crate::text::Day;

/// One verdict: by the names that an example may call it, and with what decided it.
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
    /// Why, where it is `unknown` or `not_applicable`.
    pub reason: Option<Reason>,
    /// The first day of the edition that judged; none where none was in force.
    pub edition: Option<Day>,
    /// The row of the tables that the body stands in.
    pub row: Row,
    /// The mode in which the fact was found; none where it was not looked for.
    pub mode: Option<&'static str>,
    /// The check that decided.
    pub check: Option<Arc<str>>,
    /// The last day of grace, where it has not passed.
    pub due: Option<Day>,
}

impl Visited {
    pub(in crate::check) fn of<'p>(scene: &Scene<'p>, entry: &Entry<'p>) -> Vec<Self> {
        let (judgement, visit) = (&entry.judgement, &entry.visit);
        let plan = scene.plan();
        let own = visit.body.map(|body| plan.bodies().get(body).node);
        let key = match visit.it.as_object() {
            // Citations and texts stand anywhere: only the whole path tells them apart.
            Some(Thing::Derived(..)) => Some(scene.path_of(visit).to_string()),
            _ => key_of(scene, visit.node),
        };
        // Bodies that share a judgement are visited as the first of them; each is its own item.
        let key = |body: Option<BodyIndex>| match body {
            Some(body) if own == Some(visit.node) => key_of(scene, plan.bodies().get(body).node),
            _ => key.clone(),
        };
        let visited = |body: Option<BodyIndex>| Self {
            body: body.map(|body| plan.bodies().get(body).id.to_owned()),
            need: visit.need.map(|(_, id)| id.to_owned()),
            item: visit
                .item
                .map(|item| item.to_string())
                .or_else(|| key(body)),
            verdict: entry.verdict(),
            reason: judgement.reason,
            edition: judgement.edition.map(|edition| edition.from),
            row: scene.row(body.or(visit.body)),
            mode: judgement.fact.as_ref().map(|fact| fact.mode.word()),
            check: judgement.check.map(|check| Arc::clone(&check.id)),
            due: judgement.due,
        };
        if entry.bodies.is_empty() {
            return vec![visited(None)];
        }
        entry
            .bodies
            .iter()
            .map(|&body| visited(Some(body)))
            .collect()
    }

    /// `body`, `body/need`, `need`, the item's key.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = [&self.body, &self.need, &self.item]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        if let (Some(body), Some(need)) = (&self.body, &self.need) {
            names.push(format!("{body}/{need}"));
        }
        if let (Some(item), Some(need)) = (&self.item, &self.need) {
            names.push(format!("{item}/{need}"));
        }
        names
    }
}

/// The key by which the item is known in its list.
fn key_of<'p>(scene: &Scene<'p>, node: Node<'p>) -> Option<String> {
    let path = plan::identity_path(scene.plan_of(node), node);
    let (_, key) = path.rsplit_once('[')?;
    Some(key.trim_end_matches(']').to_owned())
}
