//! Verdicts by name, for examples.

use super::findings::Entry;
use crate::finding::Verdict;
use crate::plan::{self, BodyIndex, Plan};

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
    pub(super) fn of(plan: &Plan<'_>, entry: &Entry<'_>) -> Vec<Self> {
        let need = entry.visit.need.as_ref().map(|(_, id)| id.clone());
        let path = plan::identity_path(plan, entry.visit.node);
        let key = path
            .rsplit_once('[')
            .map(|(_, key)| key.trim_end_matches(']').to_owned());
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
        entry
            .bodies
            .iter()
            .map(|body| visited(Some(id(body))))
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
