//! The examples of a policy: fragments of plans, and the verdicts they must get.

use std::collections::BTreeMap;

use super::raw::RawExample;
use crate::document::{Document, Node, NodeId};
use crate::finding::Verdict;
use crate::plan::Draft;
use crate::text::Span;

/// One example, which is one test.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// Where it stands in the policy's file.
    pub span: Span,
    /// The law date, as written; the first day of the newest edition where absent.
    pub as_of: Option<String>,
    /// The plan as YAML, `base` merged under the fragment; of a transition the new one.
    pub plan: String,
    /// The plan before, of a transition.
    pub old: Option<String>,
    /// The verdicts.
    pub expect: Expectation,
    /// The path of the primary place.
    pub at: Option<String>,
    /// How many verdicts are outside of `not_applicable`.
    pub count: Option<u32>,
    /// A part of a message, in either language.
    pub says: Option<String>,
    /// The severity of the finding.
    pub severity: Option<String>,
    /// The check that decides.
    pub check: Option<String>,
    /// Whether the lines to write, pasted, must make it pass; `false` says in a comment why not.
    pub write: bool,
}

/// The verdicts that an example expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// Of every visit outside of `not_applicable`; `not_applicable` of all.
    All(Verdict),
    /// By body, `body/need`, need or item.
    Each(BTreeMap<String, Verdict>),
    /// The word is no verdict.
    Nonsense(String),
}

pub(super) fn read(raw: &[RawExample], base: Option<NodeId>, document: &Document) -> Vec<Example> {
    let base = base.map(|id| document.node(id));
    let read = |raw: &RawExample| Example {
        name: raw.name.value.clone(),
        span: raw.name.span,
        as_of: raw.as_of.as_ref().map(|day| day.value.clone()),
        plan: plan_text(base, raw.plan.or(raw.new).map(|id| document.node(id))),
        old: raw.old.map(|id| plan_text(base, Some(document.node(id)))),
        expect: expectation(document.node(raw.expect)),
        at: raw.at.clone(),
        count: raw.count,
        says: raw.says.clone(),
        severity: raw.severity.clone(),
        check: raw.check.clone(),
        write: raw.write.unwrap_or(true),
    };
    raw.iter().map(read).collect()
}

fn expectation(node: Node<'_>) -> Expectation {
    let verdict = |node: Node<'_>| Verdict::parse(node.written());
    if !node.is_map() {
        return verdict(node).map_or_else(
            || Expectation::Nonsense(node.written().to_owned()),
            Expectation::All,
        );
    }
    let entries = node
        .entries()
        .map(|entry| Some((entry.key.to_owned(), verdict(entry.value)?)));
    let all: Option<BTreeMap<String, Verdict>> = entries.collect();
    all.map_or_else(|| Expectation::Nonsense("?".to_owned()), Expectation::Each)
}

/// The fragment over the base: maps merge key by key, everything else is replaced.
fn plan_text(base: Option<Node<'_>>, fragment: Option<Node<'_>>) -> String {
    let draft = |node: Option<Node<'_>>| node.map_or(Draft::Map(Vec::new()), Draft::of);
    merge(draft(base), draft(fragment)).document()
}

fn merge(base: Draft, over: Draft) -> Draft {
    let (Draft::Map(mut entries), Draft::Map(over_entries)) = (base, over.clone()) else {
        return over;
    };
    for (key, value) in over_entries {
        match entries.iter_mut().find(|(other, _)| *other == key) {
            Some(entry) => entry.1 = merge(entry.1.clone(), value),
            None => entries.push((key, value)),
        }
    }
    Draft::Map(entries)
}
