//! What a pull request is at GitHub, read to the end of each list.

use std::collections::BTreeSet;

use super::GitHub;
use super::wire::{Committed, InList, Moved, Pull, Told, commit};
use super::writing::encoded;
use crate::forge::{Error, ErrorKind, Listed, Proposal, Seen, Signed};
use crate::review::{Account, CommitId};

/// GitHub lists no more commits of a pull request than this; Git has the rest.
const COMMITS: usize = 250;

impl GitHub {
    pub(super) fn read_pull_request(&mut self, number: u64) -> Result<Proposal, Error> {
        let route = format!("{}/pulls/{number}", self.repository);
        let pull: Pull = self.client.read(&route)?;
        let proposal = pull.proposal();
        let proposal = proposal.filter(|told| told.pull_request.number == number);
        let proposal = proposal.ok_or_else(|| malformed(&route))?;
        self.latest = Some(proposal.clone());
        Ok(proposal)
    }

    /// As it was read last, or now: what belongs together is of one moment.
    fn latest(&mut self, number: u64) -> Result<Proposal, Error> {
        match &self.latest {
            Some(latest) if latest.pull_request.number == number => Ok(latest.clone()),
            _ => self.read_pull_request(number),
        }
    }

    /// Whoever has moved the branch to the head, however often, as the activity of its repository
    /// has it. That of a fork may be closed to us, and of an old push nothing may be left.
    pub(super) fn read_pushers(&mut self, number: u64) -> Result<Vec<Account>, Error> {
        let proposal = self.latest(number)?;
        let repository = proposal.head_repository.as_deref();
        let Some((owner, name)) = repository.and_then(|full| full.split_once('/')) else {
            return Ok(Vec::new());
        };
        let [owner, name, branch] = [owner, name, &proposal.head_branch].map(encoded);
        let route =
            format!("/repos/{owner}/{name}/activity?ref=refs%2Fheads%2F{branch}&per_page=100");
        let moves: Vec<Moved> = match self.client.read(&route) {
            Ok(moves) => moves,
            Err(error) if matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let head = &proposal.pull_request.head;
        let mut pushers: Vec<_> = moves
            .into_iter()
            .filter(|moved| commit(&moved.after) == *head)
            .filter_map(|moved| moved.actor.map(Account::from))
            .collect();
        pushers.sort();
        pushers.dedup();
        Ok(pushers)
    }

    pub(super) fn read_open(&mut self) -> Result<Vec<Listed>, Error> {
        let route = format!("{}/pulls?state=open", self.repository);
        let open: Vec<InList> = self.client.list(&route)?;
        Ok(open.into_iter().map(Listed::from).collect())
    }

    /// Held against the number of commits that the pull request itself names.
    pub(super) fn read_signatures(&mut self, number: u64) -> Result<Vec<Signed>, Error> {
        let counted = self.latest(number)?.commits;
        let route = format!("{}/pulls/{number}/commits", self.repository);
        let commits: Vec<Committed> = self.client.list(&route)?;
        if commits.len() < counted.min(COMMITS) {
            return Err(Error {
                kind: ErrorKind::Truncated,
                ..malformed(&route)
            });
        }
        Ok(commits.into_iter().map(Signed::from).collect())
    }

    /// The newest comes first; contexts are compared without regard to case, as GitHub does.
    pub(super) fn read_statuses(&mut self, commit: &CommitId) -> Result<Vec<Seen>, Error> {
        let route = format!("{}/commits/{commit}/statuses", self.repository);
        let told: Vec<Told> = self.client.list(&route)?;
        let mut contexts = BTreeSet::new();
        let seen = told.into_iter().map(Seen::from);
        Ok(seen
            .filter(|seen| contexts.insert(seen.context.to_lowercase()))
            .collect())
    }
}

fn malformed(route: &str) -> Error {
    Error {
        kind: ErrorKind::Malformed,
        asked: format!("GET {route}"),
        said: String::new(),
    }
}
