//! Commits → who had a hand in a pull request, and what nobody answers for.

use std::collections::BTreeSet;

use super::approval::DemandKey;
use super::snapshot::{Account, Commit, CommitId, Signature, Snapshot};
use crate::config::roster::Roster;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Opened the pull request.
    Author,
    /// Wrote a commit.
    Writer,
    /// Committed what somebody wrote.
    Committer,
    /// Is named as co-author.
    CoAuthor,
    /// Moved the head to where it is.
    Pusher,
}

/// One hand in the pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The account, where one is known.
    pub account: Option<u64>,
    /// The person of the roster, where it is one.
    pub person: Option<usize>,
    /// What was done.
    pub part: Part,
    /// In which commit.
    pub commit: Option<CommitId>,
    /// What it had a part in; `None` for all.
    pub touches: Option<BTreeSet<DemandKey>>,
}

/// Everybody who had a hand in it.
#[derive(Debug, Clone, Default)]
pub struct Contributors {
    /// Each hand.
    pub contributions: Vec<Contribution>,
    /// Commits under an address that is nobody's: anybody may be behind it.
    pub unattributed: Vec<(CommitId, String)>,
}

impl Contributors {
    /// Reads them from a snapshot.
    pub fn of(snapshot: &Snapshot, roster: &Roster) -> Self {
        let mut found = Self::default();
        let accounts = |account: &Account, part| Contribution {
            account: Some(account.id),
            person: roster.holder(account.id, &account.login),
            part,
            commit: None,
            touches: None,
        };
        let author = snapshot.pull_request.author.iter();
        let author = author.map(|account| accounts(account, Part::Author));
        let pushers = snapshot.pushers.iter();
        let pushers = pushers.map(|account| accounts(account, Part::Pusher));
        found.contributions.extend(author.chain(pushers));
        for commit in &snapshot.commits {
            found.commit(commit, snapshot, roster);
        }
        found
    }

    fn commit(&mut self, commit: &Commit, snapshot: &Snapshot, roster: &Roster) {
        if commit.is_clean_merge {
            return;
        }
        self.sign(commit, &commit.author, Part::Writer, roster);
        // What was done in a browser is committed by nobody but its writer.
        let committer = &commit.committer;
        if !committer.email.eq_ignore_ascii_case(&snapshot.web_address) {
            self.sign(commit, committer, Part::Committer, roster);
        }
        for signature in &commit.co_authors {
            self.sign(commit, signature, Part::CoAuthor, roster);
        }
    }

    fn sign(&mut self, commit: &Commit, signature: &Signature, part: Part, roster: &Roster) {
        let account = signature.account.as_ref();
        let person = account
            .and_then(|account| roster.holder(account.id, &account.login))
            .or_else(|| roster.writer(&signature.email));
        if account.is_none() && person.is_none() {
            let unattributed = (commit.id.clone(), signature.email.to_string());
            if !self.unattributed.contains(&unattributed) {
                self.unattributed.push(unattributed);
            }
            return;
        }
        // Who suggested a line in a review has written that line and nothing else.
        let is_partial = commit.is_suggestion && part == Part::CoAuthor;
        self.contributions.push(Contribution {
            account: account.map(|account| account.id),
            person,
            part,
            commit: Some(commit.id.clone()),
            touches: is_partial.then(|| commit.touches.clone()),
        });
    }

    /// What an account, or the person behind it, did of what a demand is about.
    pub fn part_of(
        &self,
        account: u64,
        person: Option<usize>,
        demand: &DemandKey,
    ) -> Option<&Contribution> {
        self.contributions.iter().find(|own| {
            let is_same =
                own.account == Some(account) || (person.is_some() && own.person == person);
            let is_about = own
                .touches
                .as_ref()
                .is_none_or(|touches| touches.contains(demand));
            is_same && is_about
        })
    }
}
