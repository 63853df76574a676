//! What the forge says and what Git says → the snapshot that is evaluated.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::Refused;
use super::base::Base;
use super::members::Member;
use super::touched::Touched;
use crate::forge::recorded::Said;
use crate::forge::{Forge, Listed, Proposal, Seen, Signed};
use crate::plan::Schema;
use crate::review::health::unguarded;
use crate::review::judgement::Foreign;
use crate::review::rules::{Asked, ChangeFacts};
use crate::review::statuses::Context;
use crate::review::writes::{Own, Posted};
use crate::review::{Account, Commit, CommitId, Signature, Snapshot, Standing};
use crate::source::git::{Proposed, Repository};
use crate::text::{Day, Localized};

/// All that the forge says of a pull request.
pub(super) struct Told {
    pub(super) proposal: Proposal,
    pub(super) own: Own,
    pub(super) posted: Vec<Posted>,
    pub(super) snapshot: Snapshot,
    statuses: Vec<Seen>,
    signatures: Vec<Signed>,
    /// The open pull requests of the same head and base; itself among them while it is open.
    twins: Vec<u64>,
    /// How it stood among the open ones when they were looked at last.
    pub(super) listed: Option<Listed>,
    /// Its own newest commit, whatever commit is judged.
    tip: CommitId,
    /// Whether we are those whose statuses these are.
    speaks_for_gate: bool,
    /// What is amiss with the branch it goes to, where its statuses do not decide.
    pub(super) unguarded: Option<Localized>,
}

impl Told {
    /// Asks the forge.
    pub(super) fn ask(
        forge: &mut dyn Forge,
        number: u64,
        taken_at: Timestamp,
    ) -> Result<Self, Refused> {
        let proposal = forge.pull_request(number)?;
        // Who we are is told with them.
        let posted = forge.comments(number)?;
        let statuses = forge.statuses(&proposal.pull_request.head)?;
        let snapshot = Snapshot {
            pull_request: proposal.pull_request.clone(),
            reviews: forge.reviews(number)?,
            commits: Vec::new(),
            pushers: forge.pushers(number)?,
            web_address: forge.web_address(),
            taken_at,
        };
        Ok(Self {
            own: forge.own()?,
            posted,
            signatures: forge.signatures(number)?,
            statuses,
            twins: Vec::new(),
            listed: None,
            snapshot,
            tip: Arc::clone(&proposal.pull_request.head),
            speaks_for_gate: true,
            unguarded: None,
            proposal,
        })
    }

    /// Looks at all open pull requests, as late as can be: where it stands now, and which others a status
    /// of its head would speak for.
    pub(super) fn look_around(&mut self, forge: &mut dyn Forge) -> Result<(), Refused> {
        let own = &self.proposal.pull_request;
        let open = forge.open_pull_requests()?;
        let is_open = matches!(own.standing, Standing::Open | Standing::Conflict);
        let is_twin = |other: &&Listed| {
            let is_same = other.head == own.head && other.base == own.base;
            is_same && (is_open || other.number != own.number)
        };
        self.twins = open.iter().filter(is_twin).map(|it| it.number).collect();
        self.listed = open.into_iter().find(|it| it.number == own.number);
        Ok(())
    }

    /// Judged is the commit of the merge queue that has it, upon the one below, with the statuses that
    /// stand there. Its own commits, its reviews and who pushed it stay what they are.
    pub(super) fn lies(&mut self, member: &Member, standing: &[Seen]) {
        self.proposal.base_commit = member.below.to_string().into();
        let pull_request = &mut self.snapshot.pull_request;
        pull_request.head = member.at.to_string().into();
        // Git has merged it.
        pull_request.standing = Standing::Open;
        self.statuses = standing.to_vec();
    }

    /// Asks whether the statuses are what decides. That this cannot be told holds nothing up, and is
    /// said.
    pub(super) fn ask_of_gate(&mut self, forge: &mut dyn Forge) {
        let branch = &self.snapshot.pull_request.base;
        let contexts = Context::ALL.map(|context| context.name(branch));
        let required = forge
            .required(branch, &contexts)
            .map_err(|error| error.told());
        let required = required.as_ref().map(Option::as_deref);
        self.unguarded = unguarded(required, branch);
    }

    /// Its own newest commit.
    pub(super) fn tip(&self) -> &CommitId {
        &self.tip
    }

    /// Whoever only looks may look under any name: whose the statuses are is not for them to say.
    pub(super) fn speaks_for_nobody(&mut self) {
        self.speaks_for_gate = false;
    }

    /// Who else has written one of our statuses on this head.
    pub(super) fn foreign(&self) -> Vec<Foreign> {
        if !self.speaks_for_gate {
            return Vec::new();
        }
        let base = &self.snapshot.pull_request.base;
        let context = |seen: &Seen| {
            let own = |context: &Context| context.name(base).eq_ignore_ascii_case(&seen.context);
            Context::ALL.into_iter().find(own)
        };
        let strange = self.statuses.iter().filter(|seen| {
            let creator = seen.creator.as_ref().map(|creator| creator.id);
            creator != Some(self.own.account)
        });
        let foreign = strange.filter_map(|seen| {
            let gone = || Arc::from("ghost");
            let login = seen
                .creator
                .as_ref()
                .map_or_else(gone, |creator| Arc::clone(&creator.login));
            Some((context(seen)?, login))
        });
        foreign.collect()
    }

    /// Refuses where one status would have to speak for several pull requests. Of one that is merged
    /// there is no status to set any more.
    pub(super) fn refuse_twins(&self) -> Result<(), Refused> {
        let standing = self.snapshot.pull_request.standing;
        if self.twins.len() < 2 || matches!(standing, Standing::Merged { .. }) {
            return Ok(());
        }
        let twins: Vec<String> = self.twins.iter().map(|twin| format!("#{twin}")).collect();
        let twins = twins.join("、");
        Err(Refused(Localized::new(
            format!("{twins} 為同一提交、同一基底分支，狀態無法分辨；關閉其一或推送新提交"),
            format!("{twins} have the same head and base; close one or push another commit"),
        )))
    }
}

/// Where the commits of a pull request are read.
pub(super) struct Commits<'c> {
    pub(super) repository: &'c Arc<Repository>,
    pub(super) base: &'c Base,
    pub(super) schema: &'c Schema,
    pub(super) web_address: &'c str,
    pub(super) signatures: &'c [Signed],
    /// What the pull request changes, and what that asks for.
    pub(super) changes: &'c [ChangeFacts],
    pub(super) asked: &'c Asked,
    pub(super) today: Day,
}

impl Commits<'_> {
    /// The commits, with their accounts and what they have a part in.
    pub(super) fn read(&self, proposed: &[Proposed]) -> Result<Vec<Commit>, Refused> {
        proposed.iter().map(|commit| self.commit(commit)).collect()
    }

    fn commit(&self, proposed: &Proposed) -> Result<Commit, Refused> {
        let id: CommitId = proposed.id.to_string().into();
        let signed = self.signatures.iter().find(|signed| signed.commit == id);
        let signature = |email: &str, account: Option<&Account>| Signature {
            account: account
                .cloned()
                .or_else(|| private_account(email, self.web_address)),
            email: email.into(),
        };
        let by_forge = proposed.committer.eq_ignore_ascii_case(self.web_address);
        let is_suggestion = by_forge && !proposed.co_authors.is_empty();
        Ok(Commit {
            author: signature(
                &proposed.author,
                signed.and_then(|signed| signed.author.as_ref()),
            ),
            committer: signature(
                &proposed.committer,
                signed.and_then(|signed| signed.committer.as_ref()),
            ),
            co_authors: proposed
                .co_authors
                .iter()
                .map(|email| signature(email, None))
                .collect(),
            is_clean_merge: proposed.is_clean_merge,
            is_suggestion,
            touches: match is_suggestion {
                true => self.touches(proposed)?,
                false => BTreeSet::new(),
            },
            id,
        })
    }

    /// What an accepted suggestion had a part in.
    fn touches(&self, proposed: &Proposed) -> Result<BTreeSet<crate::review::DemandKey>, Refused> {
        let Some(parent) = proposed.parent else {
            return Ok(BTreeSet::new());
        };
        let [old, new] = [parent, proposed.id].map(|id| self.repository.revision(&id.to_string()));
        let touched = Touched::between(self.repository, &old?, &new?, self.base)?;
        let facts = touched.facts(self.schema, self.today);
        Ok(self.asked.touched_by(&facts, self.changes))
    }
}

impl Told {
    /// What the forge said, to be written down.
    pub(super) fn said<'s>(&'s self, address: &'s str) -> Said<'s> {
        Said {
            address,
            own: self.own,
            proposal: &self.proposal,
            snapshot: &self.snapshot,
            signatures: &self.signatures,
            statuses: &self.statuses,
            same_head: &self.twins,
        }
    }

    /// The statuses that stand on the head.
    pub(super) fn standing(&self) -> &[Seen] {
        &self.statuses
    }

    /// The accounts behind the commits, as far as the forge knows them.
    pub(super) fn signatures(&self) -> &[Signed] {
        &self.signatures
    }
}

/// The trailers of commits.
pub(super) fn trailers(proposed: &[Proposed]) -> Vec<(String, String)> {
    let all = proposed.iter().flat_map(|commit| &commit.trailers);
    all.map(|trailer| (trailer.key.clone(), trailer.value.clone()))
        .collect()
}

/// The account of an address that the forge gives out to hide another:
/// `12+login@users.noreply.host` where it commits as `noreply@host`.
fn private_account(email: &str, web_address: &str) -> Option<Account> {
    let (_, host) = web_address.split_once('@')?;
    let (local, domain) = email.split_once('@')?;
    let own = domain.strip_prefix("users.noreply.")?;
    let (id, login) = local.split_once('+')?;
    let account = Account {
        id: id.parse().ok()?,
        login: login.into(),
        is_bot: login.ends_with("[bot]"),
    };
    own.eq_ignore_ascii_case(host).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_hides_another_names_its_account() {
        let web = "noreply@forge.example";
        let found = private_account("12+jia@users.noreply.forge.example", web);
        assert_eq!(found.map(|account| account.id), Some(12));
        for other in [
            "jia@users.noreply.forge.example",
            "12+jia@users.noreply.other.example",
            "12+jia@forge.example",
        ] {
            assert_eq!(private_account(other, web), None, "{other}");
        }
    }
}
