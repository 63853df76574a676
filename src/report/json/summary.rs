//! The counts as JSON: of the run, of each plan, of each body.

use serde::{Serialize, Serializer};

use super::Days;
use super::also::AlsoJson;
use crate::check::{BodySummary, PlanSummary, Tally};
use crate::finding::Verdict;
use crate::report::{Options, Totals, words};

#[derive(Serialize)]
pub(super) struct Summary<'a> {
    /// Whether anything blocks by itself, and how many findings do.
    blocks: bool,
    blocking: usize,
    fail_on: &'static str,
    verdicts: Counts,
    plans: Plans<'a>,
}

/// Plans, each put into its form when it is written: what ten thousand of them say fills hundreds of megabytes.
struct Plans<'a>(&'a [PlanSummary]);

#[derive(Serialize)]
struct Plan<'a> {
    file: &'a str,
    agency: Option<&'a str>,
    edition: Option<&'a str>,
    judged_on: Days,
    verdicts: Counts,
    /// Of them, those about the plan as a whole.
    whole: Counts,
    bodies: Vec<Body<'a>>,
    /// What a second law date changes.
    also: Option<AlsoJson<'a>>,
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    name: &'a str,
    grade: Option<char>,
    verdicts: Counts,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    item: usize,
    verdicts: Counts,
}

/// How many verdicts of each kind, every kind named.
#[derive(Serialize)]
struct Counts {
    fail: u32,
    doubt: u32,
    unknown: u32,
    pending: u32,
    delegated: u32,
    waived: u32,
    pass: u32,
    not_applicable: u32,
}

impl<'a> Summary<'a> {
    pub(super) fn new(totals: &Totals, plans: &'a [PlanSummary], options: Options) -> Self {
        let blocking = totals.blocking(options.fail_on);
        let verdicts = plans.iter().map(words::of_plan).collect::<Vec<_>>();
        Self {
            blocks: blocking > 0,
            blocking,
            fail_on: options.fail_on.word(),
            verdicts: Counts::from(&words::sum(verdicts.iter())),
            plans: Plans(plans),
        }
    }
}

impl Serialize for Plans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Plan::from))
    }
}

impl<'a> From<&'a PlanSummary> for Plan<'a> {
    fn from(plan: &'a PlanSummary) -> Self {
        Self {
            file: plan.file.name(),
            agency: plan.agency.as_deref(),
            edition: plan.edition.as_deref(),
            judged_on: Days::from(plan.judged_on),
            verdicts: Counts::from(&words::of_plan(plan)),
            whole: Counts::from(&plan.whole),
            bodies: plan.bodies.iter().map(Body::from).collect(),
            also: plan.also.as_ref().map(AlsoJson::from),
        }
    }
}

impl<'a> From<&'a BodySummary> for Body<'a> {
    fn from(body: &'a BodySummary) -> Self {
        let items = body.items.iter().enumerate();
        let items = items.map(|(n, tally)| Item {
            item: n + 1,
            verdicts: Counts::from(tally),
        });
        Self {
            id: &body.id,
            name: &body.name,
            grade: body.grade,
            verdicts: Counts::from(&body.tally),
            items: items.collect(),
        }
    }
}

impl From<&Tally> for Counts {
    fn from(tally: &Tally) -> Self {
        Self {
            fail: tally.of(Verdict::Fail),
            doubt: tally.of(Verdict::Doubt),
            unknown: tally.of(Verdict::Unknown),
            pending: tally.of(Verdict::Pending),
            delegated: tally.of(Verdict::Delegated),
            waived: tally.of(Verdict::Waived),
            pass: tally.of(Verdict::Pass),
            not_applicable: tally.of(Verdict::NotApplicable),
        }
    }
}
