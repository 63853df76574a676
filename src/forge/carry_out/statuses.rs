//! Statuses, and a look back: whether another run came between.

use std::collections::BTreeSet;

use super::writing::may_stand;
use super::{SENDINGS, Stop, Unposted, Unset, Work};
use crate::forge::{Error, Forge, ToSet};
use crate::review::CommitId;
use crate::review::statuses::State;
use crate::review::writes::{Own, Posted, Write};

impl Work<'_> {
    pub(super) fn set_statuses(&mut self) {
        let job = self.job;
        let (set, unset) = set_statuses(self.forge, job.own, job.head, &job.planned.statuses);
        self.set = set;
        self.carried.unset.extend(unset);
    }

    /// Two runs of one pull request know nothing of each other but what they have written. So the
    /// earlier one takes its greens back when it finds a word of the later one, and each folds what
    /// it has said although the other had said it.
    pub(super) fn look_back(&mut self) {
        let is_green = |status: &&ToSet| status.state == State::Success;
        let green: Vec<&ToSet> = self.set.iter().copied().filter(is_green).collect();
        if self.carried.posted == 0 && green.is_empty() {
            return;
        }
        match self.forge.comments(self.job.number) {
            Err(error) => self.stop(Stop::Failed(error), &[]),
            Ok(posted) => {
                self.fold_repeated(&posted);
                let latest = self.marked(&posted).map(|(_, marker)| marker.run).max();
                let Some(by) = latest.filter(|&run| run > self.job.run) else {
                    return;
                };
                self.stop(Stop::Overtaken { by }, &[]);
            }
        }
        for status in green {
            let taken_back = ToSet {
                state: State::Error,
                description: self.job.overtaken.to_owned(),
                ..status.clone()
            };
            if let Err(error) = set(self.forge, self.job.own, self.job.head, &taken_back) {
                let context = taken_back.context;
                self.carried.unset.push(Unset { context, error });
            }
        }
    }

    fn fold_repeated(&mut self, posted: &[Posted]) {
        let mut ours: Vec<_> = self.marked(posted).collect();
        ours.sort_by_key(|(posted, _)| (posted.kind, posted.id));
        let mut said = BTreeSet::new();
        for (posted, marker) in ours {
            let is_first = said.insert((posted.kind, marker.id));
            if is_first || marker.run != self.job.run || posted.is_folded == Some(true) {
                continue;
            }
            let write = Write::Fold {
                comment: posted.id,
                kind: posted.kind,
            };
            if let Err(error) = self.send(&write) {
                let error = Some(error);
                self.carried.unposted.push(Unposted { write, error });
            }
        }
    }
}

/// Sets the statuses of a commit, and gives those that stand and those that do not. Red before green,
/// and no green after one that could not be set: whatever fails on the way leaves nothing greener than
/// it is.
pub fn set_statuses<'s>(
    forge: &mut dyn Forge,
    own: Own,
    commit: &CommitId,
    statuses: &'s [ToSet],
) -> (Vec<&'s ToSet>, Vec<Unset>) {
    let mut statuses: Vec<&ToSet> = statuses.iter().collect();
    statuses.sort_by_key(|status| status.state == State::Success);
    let (mut stand, mut unset) = (Vec::new(), Vec::new());
    let mut failed: Option<Error> = None;
    for status in statuses {
        if failed.is_none() {
            failed = set(forge, own, commit, status).err();
        }
        match &failed {
            None => stand.push(status),
            Some(error) => unset.push(Unset {
                context: status.context.clone(),
                error: error.clone(),
            }),
        }
    }
    (stand, unset)
}

/// Sends a status; where the answer gets lost, looks before sending again.
fn set(forge: &mut dyn Forge, own: Own, commit: &CommitId, status: &ToSet) -> Result<(), Error> {
    let mut sendings = 1;
    loop {
        let error = match forge.set_status(commit, status) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if !may_stand(&error) || sendings == SENDINGS {
            return Err(error);
        }
        if is_set(forge, own, commit, status)? {
            return Ok(());
        }
        sendings += 1;
    }
}

fn is_set(
    forge: &mut dyn Forge,
    own: Own,
    commit: &CommitId,
    status: &ToSet,
) -> Result<bool, Error> {
    let seen = forge.statuses(commit)?;
    Ok(seen.iter().any(|seen| {
        let creator = seen.creator.as_ref().map(|account| account.id);
        seen.context.eq_ignore_ascii_case(&status.context)
            && (seen.state, &seen.description) == (status.state, &status.description)
            && creator == Some(own.account)
    }))
}
