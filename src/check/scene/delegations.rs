//! Duties that a plan leaves to its documents: which document, of what day, and since when the duty
//! is what it is.
//!
//! Known only after every other policy has judged. Whether a duty changed between two editions is
//! computed, for the row of the body, from what the editions resolve to: a new edition that asks the
//! same of it makes no document older than its duty.

use std::collections::BTreeSet;

use crate::check::findings::Entry;
use crate::check::scene::Scene;
use crate::check::scene::host::PlanHost;
use crate::document::{Node, NodeId};
use crate::finding::Verdict;
use crate::plan::{Citation, Mode};
use crate::policy::{Collection, Each, Edition, Policy, Row};
use crate::text::{DateRange, Day, Localized};

/// One duty left to one document.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Delegation<'p> {
    /// The duty.
    pub(in crate::check) policy: &'p str,
    /// What its policy finds.
    pub(in crate::check) title: &'p Localized,
    /// The document, where it is cited.
    pub(in crate::check) citation: Citation<'p>,
    /// The day of the document, where the catalogue gives it.
    pub(in crate::check) issued: Option<DateRange>,
    /// Since when the duty asks what it asks now.
    pub(in crate::check) changed_on: Day,
}

impl<'p> PlanHost<'p> {
    /// Takes note of what the judgements of a policy leave to documents.
    pub(in crate::check) fn note_delegations(
        &self,
        policy: &'p Policy,
        entries: &[Entry<'p>],
        row: impl Fn(&Entry<'p>) -> Row,
    ) {
        let mut known: BTreeSet<(NodeId, Day)> = BTreeSet::new();
        for entry in entries {
            let judgement = &entry.judgement;
            let mode = judgement.fact.as_ref().map(|fact| &fact.mode);
            let (Verdict::Delegated, Some(Mode::Delegated(documents))) = (judgement.verdict, mode)
            else {
                continue;
            };
            let Some(changed_on) = changed_on(policy, row(entry), judgement.day) else {
                continue;
            };
            for citation in self.cited_in(*documents) {
                if known.insert((citation.node.id(), changed_on)) {
                    self.delegations.borrow_mut().push(Delegation {
                        policy: &policy.id,
                        title: &policy.title,
                        citation,
                        issued: self.day_of(citation),
                        changed_on,
                    });
                }
            }
        }
    }

    /// The citations that a `delegated_to` holds.
    fn cited_in(&self, documents: Node<'p>) -> Vec<Citation<'p>> {
        let nodes: Vec<Node<'p>> = match documents.is_list() {
            true => documents.items().collect(),
            false => vec![documents],
        };
        let cited = nodes.into_iter();
        cited
            .flat_map(|node| self.derived.cited_at(node).copied())
            .collect()
    }

    /// The day on which the catalogue says that the document was last reviewed or issued.
    fn day_of(&self, citation: Citation<'p>) -> Option<DateRange> {
        let references = self.plan.section("references")?.node;
        let documents = references.get("documents").filter(|node| node.is_list())?;
        let is = |row: &Node<'p>, key: &str, own: Option<&str>| {
            own.is_some() && row.get(key).map(Node::written) == own
        };
        let row = documents
            .items()
            .find(|row| is(row, "id", citation.id) || is(row, "title", citation.title))?;
        let day = |key: &str| row.get(key).and_then(|day| DateRange::parse(day.written()));
        day("reviewed").or_else(|| day("issued"))
    }
}

/// Whether a policy visits what the others came to, and so comes after them.
pub(in crate::check) fn is_second(policy: &Policy) -> bool {
    policy.each == Each::Derived(Collection::Delegations)
}

/// The row of the first body that a judgement is about, and of the agency where it is about none.
pub(in crate::check) fn row_of<'p>(scene: &Scene<'p>, entry: &Entry<'p>) -> Row {
    let body = entry.bodies.first().copied().or(entry.visit.body);
    scene.row(body.or(scene.plan().bodies().agency()))
}

/// The first day of the oldest edition that asks the same of the row as the one in force on a day.
fn changed_on(policy: &Policy, row: Row, day: Day) -> Option<Day> {
    let editions: Vec<&Edition> = policy.up_to(day).collect();
    let mut newest = editions.last()?.from;
    for pair in editions.windows(2).rev() {
        if !asks_the_same(pair[0], pair[1], row) {
            break;
        }
        newest = pair[0].from;
    }
    Some(newest)
}

fn asks_the_same(older: &Edition, newer: &Edition, row: Row) -> bool {
    let ended = older.until.is_some_and(|until| until < newer.from);
    let asked = older.applies_to.includes(row) == newer.applies_to.includes(row);
    let checks = |edition: &Edition| -> Vec<_> {
        let checks = edition.checks.iter();
        checks
            .map(|check| (check.id.clone(), check.assert.span))
            .collect()
    };
    let grace = |edition: &Edition| {
        let deadline = edition.deadline.as_ref();
        deadline.map(|deadline| (deadline.within.at(row).copied(), deadline.not_before))
    };
    let read: BTreeSet<&str> = figures_read(older)
        .union(&figures_read(newer))
        .copied()
        .collect();
    let (one, other) = (older.params.at(row), newer.params.at(row));
    let figures = read
        .into_iter()
        .all(|name| one.get(name) == other.get(name));
    !ended && asked && figures && grace(older) == grace(newer) && checks(older) == checks(newer)
}

/// The parameters that its checks read; the others are words.
fn figures_read(edition: &Edition) -> BTreeSet<&str> {
    let reads = edition
        .checks
        .iter()
        .flat_map(|check| check.assert.program().reads());
    let figures = reads.filter(|read| &*read.variable == "params");
    figures
        .filter_map(|read| read.fields.first().map(|name| &**name))
        .collect()
}
