//! What the base found, by the names that the plan has now.
//!
//! In: findings of the plan before, and what of both plans says itself to be the same, by id, by name
//! or by what it was merged from. Out: what those findings are known by where bodies, systems and
//! documents are called as they are now. Knows nothing of what is alike. Invariant: what one row was is
//! one row now at most, so that no finding of the base stands for two bodies; a name that is another
//! row's now stands for nothing of before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::{Kept, Renames};
use crate::document::{Node, NodeId};
use crate::finding::{Finding, Fingerprint, Item, Verdict};
use crate::plan::{Plan, Reference, Schema, identity_path};

/// What a finding is known by over revisions: for one body, or for the plan.
pub(in crate::check) type Key = (Fingerprint, Verdict);

/// A name of before → what it is now; nothing where it is that of something else now.
type Now = BTreeMap<Arc<str>, Option<Arc<str>>>;

/// What is called otherwise than before.
pub(in crate::check) struct Called<'s> {
    schema: &'s Schema,
    folder: Arc<str>,
    /// Bodies by their ids.
    bodies: Now,
    /// Rows of the registers by their paths.
    rows: Now,
    /// Whether several rows became one.
    pub(in crate::check) has_mergers: bool,
}

impl<'s> Called<'s> {
    /// Reads what two plans say of it.
    pub(in crate::check) fn between<'p>(
        renames: &Renames<'p>,
        old: &Plan<'p>,
        new: &Plan<'p>,
        schema: &'s Schema,
    ) -> Self {
        let mut called = Self {
            schema,
            folder: Arc::clone(old.folder()),
            bodies: Now::new(),
            rows: Now::new(),
            has_mergers: false,
        };
        for kept in renames.kept() {
            let path = |plan: &Plan<'p>, row| Some(identity_path(plan, row));
            let rows = now(&kept, |row| path(old, row), |row| path(new, row));
            called.rows.extend(rows);
            if kept.to == Reference::Body {
                let id = |plan: &Plan<'p>, row| -> Option<Arc<str>> {
                    let bodies = plan.bodies();
                    bodies.at(row).map(|body| bodies.get(body).id.into())
                };
                called.bodies = now(&kept, |row| id(old, row), |row| id(new, row));
            }
            let mut one = BTreeSet::new();
            let several = kept.rows.iter().any(|(_, into)| !one.insert(into.id()));
            called.has_mergers |= several;
        }
        called
    }

    /// What a finding of the plan before is known by now, for each of its bodies; nothing where the name of
    /// what it is about is that of something else now.
    pub(in crate::check) fn keys(&self, finding: &Finding) -> Vec<Option<Key>> {
        let verdict = finding.verdict;
        let check = finding.check.as_deref().unwrap_or_default();
        let by = [&*finding.policy, check, &*self.folder];
        let now = |item: &Item, body: &str| {
            let path = self.path(&item.path)?.into();
            let body = is_now(&self.bodies, body)?;
            let need = item.need.clone();
            Some((Item { path, need }.fingerprint(by, body), verdict))
        };
        let is_called_so = self.bodies.is_empty() && self.rows.is_empty();
        let item = finding.item.as_ref().filter(|_| !is_called_so);
        let Some(item) = item else {
            return keys(finding).into_iter().map(Some).collect();
        };
        if finding.bodies.is_empty() {
            return vec![now(item, "")];
        }
        let bodies = finding.bodies.iter();
        bodies.map(|body| now(&body.item, &body.id)).collect()
    }

    /// All that findings of the plan before are known by now.
    pub(in crate::check) fn known(&self, before: &[Finding]) -> BTreeSet<Key> {
        let keys = before.iter().flat_map(|finding| self.keys(finding));
        keys.flatten().collect()
    }

    /// A path by the names of now: of a row of a register and what is below it, or of a row that is owned by
    /// a body. Nothing where it cannot be told whose name is in it.
    fn path<'n>(&'n self, path: &'n str) -> Option<Cow<'n, str>> {
        let ends = path.rmatch_indices(']').map(|(at, _)| at + 1);
        for (row, below) in ends.map(|end| path.split_at(end)) {
            if let Some(now) = self.rows.get(row) {
                return Some(Cow::Owned([now.as_deref()?, below].concat()));
            }
        }
        let Some((list, rest)) = path.split_once('[').filter(|(list, _)| self.is_owned(list))
        else {
            return Some(Cow::Borrowed(path));
        };
        let ends = rest.match_indices('/').map(|(at, _)| at);
        let owners = ends.map(|end| rest.split_at(end));
        let mut owners = owners.filter(|(owner, _)| self.bodies.contains_key(*owner));
        match (owners.next(), owners.next()) {
            (None, _) => Some(Cow::Borrowed(path)),
            (Some((owner, below)), None) => {
                let owner = is_now(&self.bodies, owner)?;
                Some(Cow::Owned([list, "[", owner, below].concat()))
            }
            (Some(_), Some(_)) => None,
        }
    }

    /// Whether the rows of a list are known by the body that owns them first.
    fn is_owned(&self, list: &str) -> bool {
        let Some(field) = self.schema.resolve(list).map(|id| self.schema.field(id)) else {
            return false;
        };
        let item = self.schema.item_of(field.shape).unwrap_or(field.shape);
        let first = field.marks.key.first().map_or(&[][..], Vec::as_slice);
        let fields = self.schema.fields(item).iter();
        let mut owners = fields
            .map(|&id| self.schema.field(id))
            .filter(|field| field.marks.owner);
        owners.any(|owner| first.first() == Some(&owner.name))
    }
}

/// A finding for each of its bodies.
pub(in crate::check) fn keys(finding: &Finding) -> Vec<Key> {
    let verdict = finding.verdict;
    if finding.bodies.is_empty() {
        return vec![(finding.fingerprint, verdict)];
    }
    let bodies = finding.bodies.iter();
    bodies.map(|body| (body.fingerprint, verdict)).collect()
}

/// What a name is now; nothing where it is that of something else.
fn is_now<'n>(names: &'n Now, name: &'n str) -> Option<&'n str> {
    names.get(name).map_or(Some(name), Option::as_deref)
}

/// The names of a register that are not what they were: those of rows that are called otherwise, and
/// those that another row has now.
fn now<'p>(
    kept: &Kept<'_, 'p>,
    was: impl Fn(Node<'p>) -> Option<Arc<str>>,
    is: impl Fn(Node<'p>) -> Option<Arc<str>>,
) -> Now {
    let taken: BTreeSet<Arc<str>> = kept.new.items().filter_map(&is).collect();
    let mut rows: BTreeMap<NodeId, Node<'p>> = BTreeMap::new();
    rows.extend(kept.rows.iter().map(|&(from, into)| (from.id(), into)));
    let mut went: BTreeMap<Arc<str>, BTreeSet<Option<Arc<str>>>> = BTreeMap::new();
    for row in kept.old.items() {
        if let Some(name) = was(row) {
            let into = rows.get(&row.id()).and_then(|&into| is(into));
            went.entry(name).or_default().insert(into);
        }
    }
    let renamed = went.into_iter().filter_map(|(name, into)| {
        let is_kept = into.contains(&Some(Arc::clone(&name)));
        let mut known = into.into_iter().flatten();
        match (known.next(), known.next()) {
            _ if is_kept => None,
            (Some(one), None) => Some((name, Some(one))),
            (Some(_), Some(_)) => Some((name, None)),
            (None, _) => taken.contains(&name).then_some((name, None)),
        }
    });
    renamed.collect()
}

/// Which findings of the base are there again.
#[derive(Default)]
pub(in crate::check) struct Again {
    keys: BTreeSet<Key>,
    fingerprints: BTreeSet<Fingerprint>,
}

impl Again {
    /// Notes which of them a plan has, by what they are called in it.
    pub(in crate::check) fn note(
        &mut self,
        before: &[Finding],
        called: &Called<'_>,
        found: &BTreeSet<Key>,
    ) {
        let there: BTreeSet<Fingerprint> = found.iter().map(|key| key.0).collect();
        for finding in before {
            for (was, now) in keys(finding).into_iter().zip(called.keys(finding)) {
                let Some(now) = now else { continue };
                if found.contains(&now) {
                    self.keys.insert(was);
                }
                if there.contains(&now.0) {
                    self.fingerprints.insert(was.0);
                }
            }
        }
    }

    /// Whether all of a finding is there, for each of its bodies.
    pub(in crate::check) fn has(&self, finding: &Finding) -> bool {
        keys(finding).iter().all(|key| self.keys.contains(key))
    }

    /// Whether there is any finding of the kind, whatever it came to.
    pub(in crate::check) fn has_some(&self, fingerprint: Fingerprint) -> bool {
        self.fingerprints.contains(&fingerprint)
    }
}
