//! The two sides of a plan, compared and drafted from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::{NextRow, PlanCase, ReadSide};
use crate::change::log::{self, Proposal, Snapshot as Edition};
use crate::change::{Changes, Kind, compare};
use crate::check::Transition;
use crate::document::{self, Limits};
use crate::plan::{Plan, PlanFiles, Schema};
use crate::review::facts::{self, Seen};
use crate::text::{Day, SourceFile};

/// Both sides of a plan; a plan that is not there is an empty one.
pub(super) struct Sides<'c> {
    pub(super) old: Option<&'c PlanFiles>,
    pub(super) new: Option<&'c PlanFiles>,
    pub(super) none: PlanFiles,
}

impl<'c> Sides<'c> {
    pub(super) fn of(case: &PlanCase<'c>) -> Self {
        let files = |side: Option<ReadSide<'c>>| side.and_then(|side| side.files);
        let file = Arc::new(SourceFile::new(&*case.file, "{}\n"));
        let parsed = document::parse(&file, Limits::default());
        let main = parsed.document.expect("internal: an empty map is a plan");
        let folder = files(case.new).or(files(case.old));
        Self {
            old: files(case.old),
            new: files(case.new),
            none: PlanFiles {
                folder: folder.map_or_else(|| "".into(), |files| Arc::clone(&files.folder)),
                main,
                sections: BTreeMap::new(),
                annexes: BTreeMap::new(),
            },
        }
    }

    pub(super) fn with<T>(
        &self,
        schema: &Schema,
        today: Day,
        tell: impl FnOnce(&Plan<'_>, &Plan<'_>, &Changes<'_>) -> T,
    ) -> T {
        let old = Plan::new(self.old.unwrap_or(&self.none), schema);
        let new = Plan::new(self.new.unwrap_or(&self.none), schema);
        let changes = compare(&old, &new, today);
        tell(&old, &new, &changes)
    }

    /// What changed. Of a plan that cannot be read, that it did, bound to its content.
    pub(super) fn changes(&self, case: &PlanCase<'_>, schema: &Schema, today: Day) -> Vec<Seen> {
        let agency = &case.agency;
        let whole = match (case.old, case.new) {
            (None, Some(_)) => Some(Kind::Added),
            (Some(_), None) => Some(Kind::Removed),
            _ => None,
        };
        let mut seen: Vec<Seen> = whole
            .map(|kind| facts::whole(agency, &case.file, kind))
            .into_iter()
            .collect();
        let moved = case.moved_from.as_deref();
        seen.extend(moved.map(|from| facts::moved(agency, from, &case.file)));
        let is_unread = |side: Option<ReadSide<'_>>| side.is_some_and(|side| side.files.is_none());
        if is_unread(case.new) || is_unread(case.old) {
            let content = |side: Option<ReadSide<'_>>| side.map(|side| side.content.to_owned());
            let (old, new) = (content(case.old), content(case.new));
            let told = facts::unread(agency, &case.file, old.as_deref(), new.as_deref());
            seen.push(told);
            return seen;
        }
        let changed = self.with(schema, today, |old, new, changes| {
            facts::seen(agency, &changes.all, old, new)
        });
        seen.extend(changed);
        seen
    }

    /// Both plans, to be judged against each other; a change may be explained in trailers.
    pub(super) fn transition<'s>(
        &'s self,
        schema: &Schema,
        trailers: &[(String, String)],
    ) -> Option<Transition<'s>> {
        let (old, new) = (self.old?, self.new?);
        let Edition {
            agency, edition, ..
        } = Edition::read(&Plan::new(new, schema), "");
        let told_elsewhere = edition.is_some_and(|edition| {
            let pairs = trailers.iter();
            let pairs = pairs.map(|(key, value)| (key.as_str(), value.as_str()));
            let own = (agency.as_deref(), edition.as_str());
            !log::Trailers::read(own, pairs).reasons.is_empty()
        });
        Some(Transition {
            old,
            new,
            told_elsewhere,
            called: None,
        })
    }

    /// The row that is still to be written, where something changed that a row explains.
    pub(super) fn row(&self, name: &str, schema: &Schema, today: Day) -> Option<NextRow> {
        let (_, _) = (self.old?, self.new?);
        self.with(schema, today, |old, new, changes| {
            let (before, after) = (Edition::read(old, ""), Edition::read(new, name));
            let edition = match (&before.edition, &after.edition) {
                (Some(before), Some(after)) if before == after => log::next_edition(after)?,
                (_, Some(after)) => after.clone(),
                (_, None) => return None,
            };
            if after.has_row(&edition) {
                return None;
            }
            let proposal = Proposal::new(edition, (&before, &after), changes, schema);
            if proposal.notes.is_empty() {
                return None;
            }
            let (file, edit) = proposal.edit(new)?;
            Some(NextRow {
                row: proposal.row(crate::text::Language::ZhTw),
                file: Arc::clone(file),
                edit,
            })
        })
    }
}
