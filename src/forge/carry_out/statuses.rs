//! Statuses, and a look back: whether another run came between.

use std::collections::BTreeSet;

use super::writing::may_stand;
use super::{SENDINGS, Stop, Unposted, Unset, Work};
use crate::forge::{Error, ToSet};
use crate::review::statuses::State;
use crate::review::writes::{Posted, Write};

impl Work<'_> {
    /// Red before green, and no green after one that could not be set: whatever fails on the way
    /// leaves nothing greener than it is.
    pub(super) fn set_statuses(&mut self) {
        let mut statuses: Vec<&ToSet> = self.job.planned.statuses.iter().collect();
        statuses.sort_by_key(|status| status.state == State::Success);
        let mut failed: Option<Error> = None;
        for status in statuses {
            if failed.is_none() {
                failed = self.set(status).err();
            }
            match &failed {
                None => self.set.push(status),
                Some(error) => self.carried.unset.push(Unset {
                    context: status.context.clone(),
                    error: error.clone(),
                }),
            }
        }
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
            if let Err(error) = self.set(&taken_back) {
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

    /// Sends a status; where the answer gets lost, looks before sending again.
    fn set(&mut self, status: &ToSet) -> Result<(), Error> {
        let mut sendings = 1;
        loop {
            let error = match self.forge.set_status(self.job.head, status) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            if !may_stand(&error) || sendings == SENDINGS {
                return Err(error);
            }
            if self.is_set(status)? {
                return Ok(());
            }
            sendings += 1;
        }
    }

    fn is_set(&mut self, status: &ToSet) -> Result<bool, Error> {
        let seen = self.forge.statuses(self.job.head)?;
        Ok(seen.iter().any(|seen| {
            let creator = seen.creator.as_ref().map(|account| account.id);
            seen.context.eq_ignore_ascii_case(&status.context)
                && (seen.state, &seen.description) == (status.state, &status.description)
                && creator == Some(self.job.own.account)
        }))
    }
}
