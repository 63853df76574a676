//! Entries of the law's list that a policy cannot tell apart where it asks nothing: of eighty controls
//! of which a plan tells none, one of each kind is judged.
//!
//! Only what comes out as not applicable is taken from another entry. That hangs on conditions alone,
//! and two entries whose fields the conditions read are equal make them equal.

use crate::cel::Data;
use crate::finding::Verdict;
use crate::policy::{Edition, Expression, Policy};

/// What was asked of nobody so far, of one item.
pub(in crate::check) struct Alike<'p> {
    /// The fields of an entry that conditions read; none where entries cannot be compared.
    fields: Option<Vec<&'p str>>,
    /// The list whose entries are compared.
    list: &'p [Data],
    /// Of each entry the first one that is alike.
    first: Vec<usize>,
    /// Whether an entry, and so all that are alike, is asked nothing.
    settled: Vec<bool>,
}

impl<'p> Alike<'p> {
    /// For a policy; where every verdict is wanted, each entry is judged.
    pub(in crate::check) fn of(policy: &'p Policy, all: bool) -> Self {
        Self {
            fields: if all { None } else { read_by(policy) },
            list: &[],
            first: Vec::new(),
            settled: Vec::new(),
        }
    }

    /// Another item is visited, for each entry of a list.
    pub(in crate::check) fn begin(&mut self, list: &'p [Data]) {
        self.settled.clear();
        let Some(fields) = &self.fields else {
            return;
        };
        self.settled.resize(list.len(), false);
        if !std::ptr::eq(self.list, list) {
            self.first = firsts(list, fields);
            self.list = list;
        }
    }

    /// Whether an entry is not applicable because one that is alike was not.
    pub(in crate::check) fn is_settled(&self, at: usize) -> bool {
        self.fields.is_some() && self.settled[self.first[at]]
    }

    /// Takes note of what an entry came to.
    pub(in crate::check) fn note(&mut self, at: usize, verdict: Verdict) {
        if verdict == Verdict::NotApplicable && self.fields.is_some() {
            self.settled[self.first[at]] = true;
        }
    }
}

/// Of each entry the place of the first one whose fields are equal.
fn firsts<'l>(list: &'l [Data], fields: &[&str]) -> Vec<usize> {
    let mut kinds: Vec<(usize, Vec<Option<&'l Data>>)> = Vec::new();
    let first = |(at, entry): (usize, &'l Data)| {
        let own: Vec<Option<&Data>> = fields.iter().map(|field| entry.get(field)).collect();
        if let Some((first, _)) = kinds.iter().find(|(_, other)| *other == own) {
            return *first;
        }
        kinds.push((at, own));
        at
    };
    list.iter().enumerate().map(first).collect()
}

/// The fields of `need` that decide whether a duty is asked; none where it is read as a whole, or
/// where it names the fact.
fn read_by(policy: &Policy) -> Option<Vec<&str>> {
    policy.over.as_ref()?;
    let by_need = |path: &crate::policy::FactPath| path.keys.iter().any(|key| key.contains('{'));
    if policy.fact.as_ref().is_some_and(by_need) {
        return None;
    }
    let mut fields = Vec::new();
    for expression in conditions(policy) {
        for path in expression.program().reads() {
            if &*path.variable == "need" {
                fields.push(&**path.fields.first()?);
            }
        }
    }
    fields.sort_unstable();
    fields.dedup();
    Some(fields)
}

fn conditions(policy: &Policy) -> impl Iterator<Item = &Expression> {
    policy.editions.iter().flat_map(Edition::conditions)
}
