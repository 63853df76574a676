//! The pull requests of a commit of the merge queue, found by what Git makes of them.

use std::collections::BTreeSet;

use super::queue::{Group, empty};
use super::{Court, Refused};
use crate::forge::{ErrorKind, Forge};
use crate::review::{CommitId, Standing};
use crate::source::git::{Landed, ObjectId, Revision};
use crate::text::Localized;

/// More pull requests than any queue holds: further ones are not looked at.
const MAX_CANDIDATES: usize = 100;

/// A pull request as it lies in the queue.
pub(super) struct Member {
    pub(super) number: u64,
    /// Its own head.
    pub(super) head: CommitId,
    /// What it lies upon.
    pub(super) below: ObjectId,
    /// The commit that has it.
    pub(super) at: ObjectId,
}

/// A pull request that may be in the queue.
struct Candidate {
    number: u64,
    head: CommitId,
    commit: ObjectId,
}

/// The search for them.
pub(super) struct Members<'m, 'g> {
    court: &'m Court,
    forge: &'m mut dyn Forge,
    group: &'m Group<'g>,
    seen: BTreeSet<u64>,
    candidates: Vec<Candidate>,
    are_all_read: bool,
}

impl<'m, 'g> Members<'m, 'g> {
    /// The members of a group, in the order in which they lie upon each other. A commit that no open
    /// pull request explains is an error: nobody has approved it.
    pub(super) fn of(
        court: &'m Court,
        forge: &'m mut dyn Forge,
        group: &'m Group<'g>,
    ) -> Result<Vec<Member>, Refused> {
        let (mut below, at) = court.ends(group)?;
        let line = court.repository.landed(&below, &at)?.ok_or_else(empty)?;
        let mut search = Self {
            court,
            forge,
            group,
            seen: BTreeSet::new(),
            candidates: Vec::new(),
            are_all_read: false,
        };
        for number in line.iter().flat_map(|landed| numbers(&landed.subject)) {
            search.read(number)?;
        }
        let mut members = Vec::new();
        let mut rest = &line[..];
        while !rest.is_empty() {
            let (candidate, commits) = search.next(&below, rest)?;
            let at = rest[commits - 1].commit;
            members.push(Member {
                number: candidate.number,
                head: candidate.head,
                below: below.commit,
                at,
            });
            below = court.repository.revision(&at.to_string())?;
            rest = &rest[commits..];
        }
        Ok(members)
    }

    /// The pull request that lies next, and how many commits it is there.
    fn next(&mut self, below: &Revision, rest: &[Landed]) -> Result<(Candidate, usize), Refused> {
        loop {
            let mut nearest: Option<(usize, usize)> = None;
            for (at, candidate) in self.candidates.iter().enumerate() {
                let commits = self.commits_of(candidate, below, rest)?;
                let is_nearer = |commits| nearest.is_none_or(|(other, _)| commits < other);
                if let Some(commits) = commits.filter(|commits| is_nearer(*commits)) {
                    nearest = Some((commits, at));
                }
            }
            if let Some((commits, at)) = nearest {
                return Ok((self.candidates.remove(at), commits));
            }
            if self.are_all_read {
                return Err(unexplained(&rest[0]));
            }
            self.read_all()?;
        }
    }

    /// How many commits a pull request is upon `below`: one where it was merged or squashed, several
    /// where it was rebased; `None` where it does not lie there.
    fn commits_of(
        &self,
        candidate: &Candidate,
        below: &Revision,
        rest: &[Landed],
    ) -> Result<Option<usize>, Refused> {
        if rest[0].merges == [candidate.commit] {
            return Ok(Some(1));
        }
        let repository = &self.court.repository;
        let tree = repository.merged(below.commit, candidate.commit)?;
        let at = tree.and_then(|tree| rest.iter().position(|landed| landed.tree == tree));
        Ok(at.map(|at| at + 1))
    }

    /// Every open pull request of the branch.
    fn read_all(&mut self) -> Result<(), Refused> {
        self.are_all_read = true;
        for open in self.forge.open_pull_requests()? {
            if &*open.base == self.group.branch {
                self.read(open.number)?;
            }
        }
        Ok(())
    }

    /// Reads a pull request, and its head; a number may be that of something else.
    fn read(&mut self, number: u64) -> Result<(), Refused> {
        if self.seen.len() >= MAX_CANDIDATES || !self.seen.insert(number) {
            return Ok(());
        }
        let proposal = match self.forge.pull_request(number) {
            Ok(proposal) => proposal.pull_request,
            Err(error) if error.kind == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let is_open = matches!(proposal.standing, Standing::Open | Standing::Conflict);
        if !is_open || &*proposal.base != self.group.branch {
            return Ok(());
        }
        if let Some(fetching) = &self.court.fetching {
            let reference = format!("refs/pull/{number}/head");
            fetching.fetch_commits([(reference, &*proposal.head)])?;
        }
        let commit = self.court.repository.revision(&proposal.head)?.commit;
        self.candidates.push(Candidate {
            number,
            head: proposal.head,
            commit,
        });
        Ok(())
    }
}

impl Court {
    /// The commit below a group, and its own, fetched where need be.
    fn ends(&self, group: &Group<'_>) -> Result<(Revision, Revision), Refused> {
        let branch = format!("refs/heads/{}", group.branch);
        let mut tip = branch.clone();
        if let Some(fetching) = &self.fetching {
            let name = |end: &str| format!("refs/queue/{}/{end}", group.head);
            let below = match group.base {
                Some(base) => (name("below"), &**base),
                // What stands at the branch, whichever commit that is.
                None => (branch, ""),
            };
            let ends = fetching.fetch_commits([below, (name("at"), &**group.head)])?;
            tip = ends.first().map_or(tip, ToString::to_string);
        }
        let at = self.repository.revision(group.head)?;
        let below = match group.base {
            Some(base) => self.repository.revision(base)?,
            None => {
                let tip = self.repository.revision(&tip)?;
                self.repository.merge_base(&tip, &at)?
            }
        };
        Ok((below, at))
    }
}

/// The numbers that a line names as GitHub does: `Title (#12)`, `Merge pull request #12 from …`.
fn numbers(subject: &str) -> Vec<u64> {
    let pieces = subject.split('#').skip(1);
    let numbers = pieces.filter_map(|piece| {
        let end = piece.find(|c: char| !c.is_ascii_digit());
        piece[..end.unwrap_or(piece.len())].parse().ok()
    });
    numbers.collect()
}

fn unexplained(landed: &Landed) -> Refused {
    let commit = landed.commit.short();
    Refused(Localized::new(
        format!("合併佇列之提交 {commit} 不是任何開啟中變更請求之合併"),
        format!("commit {commit} of the merge queue is the merge of no open pull request"),
    ))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_line_names_numbers_and_anything_else_is_none() {
        for (subject, expected) in [
            ("健診改為每二年 (#12)", &[12][..]),
            ("Merge pull request #7 from jia/topic", &[7]),
            ("還原 (#3) (#12)", &[3, 12]),
            ("#", &[]),
            ("# 12 #x #99999999999999999999999", &[]),
        ] {
            assert_eq!(numbers(subject), expected, "{subject}");
        }
    }
}
