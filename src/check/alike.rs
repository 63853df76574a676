//! Entries of the law's list that a policy cannot tell apart where it asks nothing: of eighty controls
//! of which a plan tells none, one of each kind is judged.
//!
//! Only what comes out as not applicable is taken from another entry. That hangs on conditions alone,
//! and two entries whose fields the conditions read are equal make them equal.

use crate::cel::Data;
use crate::finding::Verdict;
use crate::policy::{Expression, ModeVerdict, Policy};

/// What was asked of nobody so far, of one item.
pub(super) struct Alike<'p> {
    /// The fields of an entry that conditions read; none where entries cannot be compared.
    fields: Option<Vec<&'p str>>,
    settled: Vec<&'p Data>,
}

impl<'p> Alike<'p> {
    /// For a policy; where every verdict is wanted, each entry is judged.
    pub(super) fn of(policy: &'p Policy, all: bool) -> Self {
        Self {
            fields: if all { None } else { read_by(policy) },
            settled: Vec::new(),
        }
    }

    /// Another item is visited.
    pub(super) fn forget(&mut self) {
        self.settled.clear();
    }

    /// Whether an entry is not applicable because one that is alike was not.
    pub(super) fn is_settled(&self, need: &Data) -> bool {
        let Some(fields) = &self.fields else {
            return false;
        };
        let alike = |other: &&Data| {
            let mut fields = fields.iter();
            fields.all(|field| other.get(field) == need.get(field))
        };
        self.settled.iter().any(alike)
    }

    /// Takes note of what an entry came to.
    pub(super) fn note(&mut self, need: &'p Data, verdict: Verdict) {
        if verdict == Verdict::NotApplicable && self.fields.is_some() {
            self.settled.push(need);
        }
    }
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
    policy.editions.iter().flat_map(|edition| {
        let modes = &edition.modes;
        let modes = [
            &modes.silent,
            &modes.blanket,
            &modes.by_law,
            &modes.delegated,
            &modes.not_applicable,
        ];
        let accepted = modes.into_iter().flatten().filter_map(|mode| match mode {
            ModeVerdict::Accepted(expression) => Some(expression),
            ModeVerdict::Fixed(_) => None,
        });
        accepted.chain(edition.when.as_ref())
    })
}
