//! A pull request as it lies before us → what is to be said of it: findings, changes, approvals,
//! statuses.
//!
//! In: the plans on both sides as read, the rules of the base, the snapshot. Out: a [`Judgement`].
//! Knows nothing of Git and of forges. What judges is always the base's; what a change would make of
//! it is told beside, in a [`Shadow`], and decides nothing.

mod plan;
mod sides;
mod weigh;

use std::sync::Arc;

use super::approval::{Outcome, evaluate};
use super::facts::Seen;
use super::rules::{Asked, ChangeFacts, Rules};
use super::snapshot::{CommitId, Snapshot};
use super::statuses::{self, Context, Counts, Ground, Status};
use crate::check::{Difference, Exceptions};
use crate::config::Gate;
use crate::config::roster::Roster;
use crate::finding::Finding;
use crate::plan::{Schema, Validator};
use crate::policy::Pack;
use crate::text::{Day, Localized};

pub use plan::{Block, Judged, NextRow, PlanCase, PlanJudgement, ReadSide, changes_of, judge_plan};
use weigh::{awaited, counts};

/// Policies of this theme judge the change log.
const CHANGE_LOG: &str = "revisions";

/// What judges, all of it from the base.
#[derive(Clone, Copy)]
pub struct Bench<'b> {
    /// The policies.
    pub pack: &'b Pack,
    /// The model of a plan.
    pub schema: &'b Schema,
    /// The form of a plan.
    pub validator: &'b Validator,
    /// What is accepted for a time.
    pub exceptions: Exceptions<'b>,
    /// What blocks.
    pub gate: &'b Gate,
    /// Today in Taiwan.
    pub today: Day,
}

/// Who decides, all of it from the base.
#[derive(Clone, Copy)]
pub struct Approvers<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// The people.
    pub roster: &'a Roster,
}

/// What was proposed, as read.
#[derive(Debug, Default)]
pub struct Proposed {
    /// The plans that are touched, judged one by one.
    pub plans: Vec<PlanJudgement>,
    /// The files that are touched and decide how plans are judged.
    pub control: Vec<Seen>,
    /// What the pull request had changed at each commit that was reviewed and can still be read.
    pub reviewed: Vec<(CommitId, Vec<ChangeFacts>)>,
    /// What the change would make of the judgement of all plans, where it changes what judges.
    pub shadow: Option<Shadow>,
    /// Why the approvals cannot be told, where they cannot.
    pub no_approvals: Option<Localized>,
}

/// What would be found if the change of policies, roster, waivers or configuration were merged.
#[derive(Debug, Clone, Default)]
pub struct Shadow {
    /// How many plans were looked at.
    pub plans: usize,
    /// How many there are.
    pub of: usize,
    /// Failures that block by what judges now, and that would by what would.
    pub failures: (usize, usize),
    /// What would come.
    pub come: Vec<Difference>,
    /// What would go.
    pub gone: Vec<Difference>,
    /// What is wrong with the files themselves.
    pub broken: Vec<Finding>,
}

/// Somebody else's hand under our name: the context, and who.
pub type Foreign = (Context, Arc<str>);

/// What a pull request comes to.
#[derive(Debug)]
pub struct Judgement {
    /// The plans that are touched.
    pub plans: Vec<PlanJudgement>,
    /// Every change, of plans and of what judges, in the order in which `asked` counts them.
    pub changes: Vec<Seen>,
    /// The same as rules see them.
    pub facts: Vec<ChangeFacts>,
    /// What must be approved.
    pub asked: Asked,
    /// What became of it.
    pub outcome: Outcome,
    /// The statuses to set on the head.
    pub statuses: [Status; 3],
    /// What the change would make of the judgement.
    pub shadow: Option<Shadow>,
    /// By which the plans were read: it says what their words are called.
    pub schema: Schema,
}

impl Judgement {
    /// Puts together what was found; `foreign` names who else has written under our name.
    pub fn new(
        bench: Bench<'_>,
        approvers: Approvers<'_>,
        snapshot: &Snapshot,
        proposed: Proposed,
        foreign: &[Foreign],
    ) -> Self {
        let Proposed {
            mut plans,
            control,
            reviewed,
            shadow,
            no_approvals,
        } = proposed;
        let changes: Vec<Seen> = plans
            .iter()
            .flat_map(|plan| plan.changes.iter().cloned())
            .chain(control)
            .collect();
        let facts: Vec<ChangeFacts> = changes.iter().map(|seen| seen.facts.clone()).collect();
        let Approvers { rules, roster } = approvers;
        let head = &snapshot.pull_request.head;
        let mut asked = rules.ask(&facts, head, roster);
        for demand in &mut asked.demands {
            let digests = reviewed.iter().filter_map(|(commit, changes)| {
                let digest = rules.digest(&demand.key, changes)?;
                Some((Arc::clone(commit), digest))
            });
            let digests: Vec<_> = digests.filter(|(commit, _)| commit != head).collect();
            demand.digests.extend(digests);
        }
        let outcome = evaluate(snapshot, roster, &asked.demands);
        for plan in &mut plans {
            plan.settle(&changes, &asked, &outcome);
        }
        let is_untouched = changes.is_empty() && plans.is_empty();
        let statuses = Grounds {
            bench,
            snapshot,
            foreign,
            is_untouched,
        }
        .statuses(&plans, &asked, &outcome, roster, no_approvals);
        Self {
            plans,
            changes,
            facts,
            asked,
            outcome,
            statuses,
            shadow,
            schema: bench.schema.clone(),
        }
    }

    /// The findings that are to be said, plan by plan.
    pub fn findings(&self) -> impl Iterator<Item = &Judged> {
        self.plans.iter().flat_map(|plan| &plan.findings)
    }

    /// Whether a status is red, or could not be told.
    pub fn worst(&self) -> statuses::State {
        let states = self.statuses.iter().map(|status| status.state);
        states.max().unwrap_or(statuses::State::Error)
    }
}

/// The three statuses where nothing is judged: all of one ground.
pub fn unjudged(ground: &Ground<()>, snapshot: &Snapshot, foreign: &[Foreign]) -> [Status; 3] {
    let counted = || match ground {
        Ground::NotConfigured => Ground::NotConfigured,
        Ground::NothingTouched => Ground::NothingTouched,
        Ground::NotTold(why) => Ground::NotTold(why.clone()),
        Ground::Judged(()) => Ground::Judged(Counts::default()),
    };
    let approved = match counted() {
        Ground::NotConfigured => Ground::NotConfigured,
        Ground::NothingTouched | Ground::Judged(_) => Ground::NothingTouched,
        Ground::NotTold(why) => Ground::NotTold(why),
    };
    let nobody = Localized::default();
    [
        statuses::policies(&counted(), by(foreign, Context::Policies)),
        statuses::change_log(&counted(), by(foreign, Context::ChangeLog)),
        statuses::approval(
            &snapshot.pull_request,
            &approved,
            &nobody,
            by(foreign, Context::Approval),
        ),
    ]
}

fn by(foreign: &[Foreign], context: Context) -> Option<&str> {
    let found = foreign.iter().find(|(other, _)| *other == context);
    found.map(|(_, login)| &**login)
}

/// What the statuses rest on.
struct Grounds<'g> {
    bench: Bench<'g>,
    snapshot: &'g Snapshot,
    foreign: &'g [Foreign],
    is_untouched: bool,
}

impl Grounds<'_> {
    fn statuses(
        &self,
        plans: &[PlanJudgement],
        asked: &Asked,
        outcome: &Outcome,
        roster: &Roster,
        no_approvals: Option<Localized>,
    ) -> [Status; 3] {
        if self.is_untouched {
            return unjudged(&Ground::NothingTouched, self.snapshot, self.foreign);
        }
        let counted = |is_change_log: bool| {
            let of_context = |finding: &Finding| {
                let policy = self.bench.pack.get(&finding.policy);
                policy.is_some_and(|policy| &*policy.theme == CHANGE_LOG) == is_change_log
            };
            Ground::Judged(counts(plans, of_context))
        };
        let approved = match no_approvals {
            Some(why) => Ground::NotTold(why),
            None => Ground::Judged(outcome.clone()),
        };
        [
            statuses::policies(&counted(false), by(self.foreign, Context::Policies)),
            statuses::change_log(&counted(true), by(self.foreign, Context::ChangeLog)),
            statuses::approval(
                &self.snapshot.pull_request,
                &approved,
                &awaited(asked, outcome, roster),
                by(self.foreign, Context::Approval),
            ),
        ]
    }
}
