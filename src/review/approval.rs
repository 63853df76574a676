//! Demands, opinions and the roster → who fills what, who is awaited, and who does not count.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::contributors::Contributors;
use super::ignored::{Ignored, Why, set_aside};
use super::opinion::{Opinion, fold};
use super::seats::{Claim, Role, seat};
use super::snapshot::{CommitId, Snapshot};
use crate::config::roster::{AgencyId, Roster};
use crate::text::Day;

/// Which demand: the rule, for one agency whose plan is touched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DemandKey {
    /// The id of the rule.
    pub rule: Arc<str>,
    /// The agency.
    pub agency: AgencyId,
}

/// What must be approved, and by whom.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Which.
    pub key: DemandKey,
    /// The roles that have to approve.
    pub wants: Vec<Want>,
    /// What the rule's changes mean at a commit: of the head, and of every commit that was reviewed
    /// and can still be read. Equal digests, equal meaning.
    pub digests: BTreeMap<CommitId, Digest>,
}

/// A digest of the changes that a rule selects, and of the rule.
pub type Digest = [u8; 32];

/// A role that has to approve.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    /// The role.
    pub role: Arc<str>,
    /// Where it is held: the agency touched, or its supervisor.
    pub agency: AgencyId,
    /// How many people.
    pub count: usize,
}

/// What became of a demand.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Which.
    pub key: DemandKey,
    /// For each want, in order.
    pub filled: Vec<Filled>,
}

/// What became of a want.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The want.
    pub want: Want,
    /// Who approved in this role: the person of the roster and the review.
    pub by: Vec<(usize, u64)>,
    /// How many are missing.
    pub missing: usize,
    /// Who could: persons of the roster.
    pub awaited: Vec<usize>,
}

/// Somebody of the roster asks for changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The review.
    pub review: u64,
    /// The account.
    pub login: Arc<str>,
    /// The person; `None` where the roster does not know it, and then it does not block.
    pub person: Option<usize>,
}

/// What the reviews come to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Of each demand, in order.
    pub approvals: Vec<Approval>,
    /// Who asks for changes.
    pub objections: Vec<Objection>,
    /// Every approval that does not count, with its reason.
    pub ignored: Vec<Ignored>,
    /// Commits that nobody answers for.
    pub unattributed: Vec<(CommitId, String)>,
    /// Whether it is not known who pushed the head, so that nobody's approval counts.
    pub is_pusher_unknown: bool,
}

impl Approval {
    /// Whether nobody is missing.
    pub fn is_complete(&self) -> bool {
        self.filled.iter().all(|filled| filled.missing == 0)
    }
}

impl Outcome {
    /// Whether all demands are met and nobody of the roster objects.
    pub fn is_approved(&self) -> bool {
        self.approvals.iter().all(Approval::is_complete) && !self.is_blocked()
    }

    /// Whether somebody of the roster asks for changes.
    pub fn is_blocked(&self) -> bool {
        let mut objections = self.objections.iter();
        objections.any(|objection| objection.person.is_some())
    }
}

/// The day in Taiwan, which has kept one offset since 1980.
pub fn day_in_taiwan(at: Timestamp) -> Day {
    Offset::constant(8).to_datetime(at).date()
}

/// Evaluates the reviews of a snapshot against what its changes ask for.
pub fn evaluate(snapshot: &Snapshot, roster: &Roster, demands: &[Demand]) -> Outcome {
    let contributors = Contributors::of(snapshot, roster);
    let reviews = snapshot.reviews.iter();
    let opinions = fold(reviews.filter(|review| !snapshot.is_too_late(review)));
    let evaluation = Evaluation {
        snapshot,
        roster,
        demands,
        contributors: &contributors,
        today: day_in_taiwan(snapshot.judged_at()),
    };
    let mut ignored = set_aside(snapshot);
    let claims = evaluation.claims(&opinions, &mut ignored);
    let seated = seat(&claims, demands);
    ignored.extend(evaluation.elsewhere(&claims, &seated));
    let approvals = evaluation.approvals(&claims, &seated);
    Outcome {
        approvals,
        objections: evaluation.objections(&opinions),
        ignored,
        unattributed: contributors.unattributed.clone(),
        is_pusher_unknown: snapshot.pushers.is_empty(),
    }
}

/// What everything is looked up in.
struct Evaluation<'e> {
    snapshot: &'e Snapshot,
    roster: &'e Roster,
    demands: &'e [Demand],
    contributors: &'e Contributors,
    today: Day,
}

impl Evaluation<'_> {
    fn ignore(&self, opinion: &Opinion<'_>, demand: Option<usize>, why: Why) -> Ignored {
        Ignored {
            review: opinion.review.id,
            login: opinion.account.login.to_string(),
            demand: demand.map(|at| self.demands[at].key.clone()),
            why,
        }
    }

    fn objections(&self, opinions: &[Opinion<'_>]) -> Vec<Objection> {
        let objecting = opinions.iter().filter(|opinion| !opinion.approves);
        objecting
            .filter(|opinion| !opinion.account.is_bot)
            .map(|opinion| Objection {
                review: opinion.review.id,
                login: opinion.account.login.clone(),
                person: self
                    .roster
                    .holder(opinion.account.id, &opinion.account.login),
            })
            .collect()
    }

    /// Every place that an approval could fill.
    fn claims<'o>(
        &self,
        opinions: &'o [Opinion<'o>],
        ignored: &mut Vec<Ignored>,
    ) -> Vec<Claim<'o>> {
        let mut claims = Vec::new();
        for opinion in opinions.iter().filter(|opinion| opinion.approves) {
            match self.person(opinion) {
                Ok(person) => self.claims_of(opinion, person, &mut claims, ignored),
                Err(why) => ignored.push(self.ignore(opinion, None, why)),
            }
        }
        claims
    }

    /// Who approves, if it may at all.
    fn person(&self, opinion: &Opinion<'_>) -> Result<usize, Why> {
        let account = opinion.account;
        if account.is_bot {
            return Err(Why::Bot);
        }
        let person = self.roster.holder(account.id, &account.login);
        let person = person.ok_or(Why::NotOnRoster)?;
        let mut requested = self.snapshot.pull_request.requested.iter();
        if requested.any(|asked| asked.id == account.id) {
            return Err(Why::AskedAgain);
        }
        if opinion.review.commit.is_none() {
            return Err(Why::CommitGone);
        }
        match self.contributors.unattributed.first() {
            Some((commit, _)) => Err(Why::UnattributedCommit(commit.clone())),
            None if self.snapshot.pushers.is_empty() => Err(Why::UnknownPusher),
            None => Ok(person),
        }
    }

    fn claims_of<'o>(
        &self,
        opinion: &'o Opinion<'o>,
        person: usize,
        claims: &mut Vec<Claim<'o>>,
        ignored: &mut Vec<Ignored>,
    ) {
        let mut reasons = Vec::new();
        let before = claims.len();
        for (demand, asked) in self.demands.iter().enumerate() {
            let fits = self.fits(opinion, person, asked);
            match fits {
                Ok(wants) => claims.extend(wants.into_iter().map(|want| Claim {
                    opinion,
                    person,
                    demand,
                    want,
                })),
                Err(why) => reasons.push((demand, why)),
            }
        }
        // Roles that one demand does not ask for are no news where another does.
        let is_used = claims.len() > before;
        let is_news = |why: &Why| !is_used || !matches!(why, Why::RoleNotAsked | Why::WrongAgency);
        reasons.retain(|(_, why)| is_news(why));
        let is_one = reasons.windows(2).all(|pair| pair[0].1 == pair[1].1);
        match reasons.first() {
            Some((_, why)) if is_one && !is_used => {
                ignored.push(self.ignore(opinion, None, why.clone()));
            }
            _ => ignored.extend(
                reasons
                    .into_iter()
                    .map(|(demand, why)| self.ignore(opinion, Some(demand), why)),
            ),
        }
    }

    /// The wants of a demand that a person can fill by this opinion.
    fn fits(
        &self,
        opinion: &Opinion<'_>,
        person: usize,
        demand: &Demand,
    ) -> Result<Vec<usize>, Why> {
        let wants = self.roles(opinion, person, demand)?;
        let account = opinion.account.id;
        if let Some(own) = self
            .contributors
            .part_of(account, Some(person), &demand.key)
        {
            return Err(Why::OwnWork {
                part: own.part,
                commit: own.commit.clone(),
            });
        }
        if self.is_stale(opinion, demand) {
            return Err(Why::Stale);
        }
        Ok(wants)
    }

    fn roles(
        &self,
        opinion: &Opinion<'_>,
        person: usize,
        demand: &Demand,
    ) -> Result<Vec<usize>, Why> {
        let given = opinion.review.submitted_at.map(day_in_taiwan);
        let posts = &self.roster.people[person].posts;
        let mut why = Why::RoleNotAsked;
        let mut wants = Vec::new();
        for (at, want) in demand.wants.iter().enumerate() {
            let of_role = posts.iter().filter(|post| post.role == want.role);
            for post in of_role {
                let is_held =
                    post.is_held_on(self.today) && given.is_some_and(|day| post.is_held_on(day));
                match post.agency == want.agency {
                    true if is_held => wants.push(at),
                    true => why = Why::RoleExpired,
                    false if why == Why::RoleNotAsked => why = Why::WrongAgency,
                    false => {}
                }
            }
        }
        wants.dedup();
        if wants.is_empty() {
            Err(why)
        } else {
            Ok(wants)
        }
    }

    /// Whether what was approved means something else than what is proposed now. A commit whose
    /// meaning cannot be computed any more means something else.
    fn is_stale(&self, opinion: &Opinion<'_>, demand: &Demand) -> bool {
        let head = &self.snapshot.pull_request.head;
        let Some(commit) = &opinion.review.commit else {
            return true;
        };
        let digest = |id: &CommitId| demand.digests.get(id);
        commit != head && (digest(commit).is_none() || digest(commit) != digest(head))
    }

    /// Claims of people who act in another role.
    fn elsewhere(&self, claims: &[Claim<'_>], seated: &[Vec<Vec<usize>>]) -> Vec<Ignored> {
        let seats = seated.iter().flatten().flatten();
        let acts: BTreeMap<usize, Role<'_>> = seats
            .map(|&at| (claims[at].person, claims[at].role_of(self.demands)))
            .collect();
        let idle = claims.iter().filter(|claim| {
            let role = acts.get(&claim.person);
            role.is_some_and(|role| *role != claim.role_of(self.demands))
        });
        let why = Why::FillsAnotherRole;
        idle.map(|claim| self.ignore(claim.opinion, Some(claim.demand), why.clone()))
            .collect()
    }

    fn approvals(&self, claims: &[Claim<'_>], seated: &[Vec<Vec<usize>>]) -> Vec<Approval> {
        let of_demand = |(demand, asked): (usize, &Demand)| {
            let filled = asked.wants.iter().enumerate().map(|(at, want)| {
                let by: Vec<(usize, u64)> = seated[demand][at]
                    .iter()
                    .map(|&claim| (claims[claim].person, claims[claim].opinion.review.id))
                    .collect();
                let missing = want.count.saturating_sub(by.len());
                let awaited = if missing == 0 {
                    Vec::new()
                } else {
                    self.awaited(asked, want, &by)
                };
                Filled {
                    want: want.clone(),
                    by,
                    missing,
                    awaited,
                }
            });
            Approval {
                key: asked.key.clone(),
                filled: filled.collect(),
            }
        };
        self.demands.iter().enumerate().map(of_demand).collect()
    }

    /// Who holds the role today and had no hand in it.
    fn awaited(&self, demand: &Demand, want: &Want, by: &[(usize, u64)]) -> Vec<usize> {
        let holders = self.roster.holders(&want.role, &want.agency, self.today);
        let may = |&person: &usize| {
            let account = self.roster.people[person].account.unwrap_or(0);
            let own = self
                .contributors
                .part_of(account, Some(person), &demand.key);
            own.is_none() && by.iter().all(|&(other, _)| other != person)
        };
        holders.filter(may).collect()
    }
}
