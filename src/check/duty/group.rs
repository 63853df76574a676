//! Bodies that no expression can tell apart share one evaluation: a plan may have hundreds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::cel::Program;
use crate::document::Node;
use crate::plan::{BodyIndex, Plan};
use crate::policy::{Expression, ModeVerdict, Policy};

/// The bodies of a plan, in groups of which each shares grade, sector, dates and every other field
/// but id and name, owns no rows and is named by no `for` or `except`.
#[derive(Debug)]
pub(in crate::check) struct Groups {
    groups: Vec<Vec<BodyIndex>>,
    alone: Vec<Vec<BodyIndex>>,
}

impl Groups {
    pub(in crate::check) fn of(plan: &Plan<'_>) -> Self {
        let alone: Vec<Vec<BodyIndex>> = plan.bodies().indices().map(|body| vec![body]).collect();
        if alone.len() < 2 {
            return Self {
                groups: alone.clone(),
                alone,
            };
        }
        let named = named(plan);
        let mut groups: BTreeMap<Likeness<'_>, Vec<BodyIndex>> = BTreeMap::new();
        for body in plan.bodies().indices() {
            let row = plan.bodies().get(body);
            let special = named.contains(row.id) || named.contains(row.name) || plan.owns(body);
            let key = (likeness(row.node), special.then_some(body.0));
            groups.entry(key).or_default().push(body);
        }
        let mut groups: Vec<Vec<BodyIndex>> = groups.into_values().collect();
        groups.sort_by_key(|group| group[0]);
        Self { groups, alone }
    }

    /// The groups that may be judged once by a policy.
    pub(in crate::check) fn for_policy(
        &self,
        policy: &Policy,
        apart: &Apart<'_>,
    ) -> &[Vec<BodyIndex>] {
        // Where no two bodies are alike there is nothing to ask of the policy.
        if self.groups.len() == self.alone.len() || apart.tells(policy) {
            &self.alone
        } else {
            &self.groups
        }
    }
}

/// Of each policy of a pack whether it tells bodies apart, which is found out when a plan first asks.
#[derive(Debug)]
pub(in crate::check) struct Apart<'a>(Vec<(&'a Policy, OnceLock<bool>)>);

impl<'a> Apart<'a> {
    pub(in crate::check) fn of(policies: impl Iterator<Item = &'a Policy>) -> Self {
        Self(policies.map(|policy| (policy, OnceLock::new())).collect())
    }

    fn tells(&self, policy: &Policy) -> bool {
        let mut all = self.0.iter();
        let known = all.find(|(known, _)| std::ptr::eq(*known, policy));
        known.map_or_else(
            || tells_apart(policy),
            |(_, tells)| *tells.get_or_init(|| tells_apart(policy)),
        )
    }
}

/// What a body is to expressions: its fields, and itself where it is told apart by name.
type Likeness<'p> = (Vec<(&'p str, &'p str)>, Option<u32>);

/// Every field of the row but id and name, as written.
fn likeness(row: Node<'_>) -> Vec<(&str, &str)> {
    let file = row.document().file();
    let others = row
        .entries()
        .filter(|entry| entry.key != "id" && entry.key != "name");
    let mut fields: Vec<(&str, &str)> = others
        .map(|entry| (entry.key, file.slice(entry.value.span())))
        .collect();
    fields.sort_unstable();
    fields
}

/// Every word that stands in a `for` or an `except` of the plan.
fn named<'p>(plan: &Plan<'p>) -> BTreeSet<&'p str> {
    let mut words = BTreeSet::new();
    for (_, section) in plan.sections() {
        collect(section.node, &mut words);
    }
    words
}

fn collect<'p>(node: Node<'p>, words: &mut BTreeSet<&'p str>) {
    if node.is_list() {
        node.items().for_each(|item| collect(item, words));
        return;
    }
    for entry in node.entries() {
        if entry.key == "for" || entry.key == "except" {
            words.extend(entry.value.items().map(Node::written));
            words.insert(entry.value.written());
        } else {
            collect(entry.value, words);
        }
    }
}

/// Whether a condition of the policy reads the identity of the body.
fn tells_apart(policy: &Policy) -> bool {
    policy.editions.iter().any(|edition| {
        let modes = [
            &edition.modes.silent,
            &edition.modes.not_applicable,
            &edition.modes.by_law,
        ];
        let accepted = modes.into_iter().flatten().filter_map(|mode| match mode {
            ModeVerdict::Accepted(expression) => Some(expression),
            ModeVerdict::Fixed(_) => None,
        });
        let checks = edition.checks.iter().flat_map(|check| {
            [Some(&check.assert), check.when.as_ref(), check.at.as_ref()]
                .into_iter()
                .flatten()
        });
        let own = [edition.when.as_ref(), edition.at.as_ref()]
            .into_iter()
            .flatten();
        let mut all: Box<dyn Iterator<Item = &Expression>> =
            Box::new(checks.chain(own).chain(accepted));
        // What does not even have the word reads neither, and need not be compiled to tell.
        let named = |expression: &Expression| {
            let source = expression.source();
            source.contains("it") || source.contains("body")
        };
        all.any(|expression| named(expression) && reads_identity(expression.program()))
    })
}

fn reads_identity(program: &Program) -> bool {
    program.reads().iter().any(|path| {
        let subject = matches!(&*path.variable, "it" | "body");
        subject
            && path
                .fields
                .first()
                .is_none_or(|field| matches!(&**field, "id" | "name"))
    })
}
