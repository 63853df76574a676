//! One plan of a pull request: judged on both sides, compared, its next change-log row drafted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Bench;
use super::sides::Sides;
use crate::change::log::{self};
use crate::check::{Also, AsOf, Judge, Novelty, Settings, compared, conceal, sort};
use crate::config::Block as Gate;
use crate::config::roster::AgencyId;
use crate::finding::{Edit, Finding, Fingerprint, Verdict};
use crate::plan::{Direction, Plan, PlanFiles, Schema, check_shape};
use crate::review::approval::Outcome;
use crate::review::facts::Seen;
use crate::review::rules::Asked;
use crate::text::{DateRange, Day, Duration, SourceFile, Unit};

/// How far ahead a coming change of the law is told, in days.
const AHEAD: i64 = 366;

/// A plan that a pull request touches.
#[derive(Debug)]
pub struct PlanCase<'c> {
    /// Whose it is.
    pub agency: AgencyId,
    /// Its main file, at the head where it is there.
    pub file: Arc<str>,
    /// The trailers of the commits, keys and values: reasons may be given there.
    pub trailers: &'c [(String, String)],
    /// At the merge base; `None` where it comes.
    pub old: Option<ReadSide<'c>>,
    /// At the head; `None` where it goes.
    pub new: Option<ReadSide<'c>>,
}

/// A plan on one side, as read.
#[derive(Debug, Clone, Copy)]
pub struct ReadSide<'c> {
    /// The name of its content.
    pub content: &'c str,
    /// Its files, unless one of them could not be read to its end.
    pub files: Option<&'c PlanFiles>,
    /// What is wrong with how they are written.
    pub findings: &'c [Finding],
}

/// What one plan came to.
#[derive(Debug)]
pub struct PlanJudgement {
    /// Whose it is.
    pub agency: AgencyId,
    /// Its main file.
    pub file: Arc<str>,
    /// The day whose law applies.
    pub law_date: Day,
    /// What is to attend to.
    pub findings: Vec<Judged>,
    /// What was, and no longer is.
    pub fixed: Vec<Finding>,
    /// What changed in meaning.
    pub changes: Vec<Seen>,
    /// The row that the change log lacks.
    pub row: Option<NextRow>,
    /// What the law of a coming day changes.
    pub also: Option<Also>,
}

/// A finding and what it does.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// How it stands to the base.
    pub novelty: Novelty,
    /// Why it blocks, where it does.
    pub blocks: Option<Block>,
    /// Whether it holds only for the plan with its switches turned back.
    pub until_approved: bool,
}

impl Judged {
    /// Whether it is told to the pull request at its place: what it brings, and whatever blocks. What
    /// stood there before is in the summary.
    pub fn is_told_in_place(&self) -> bool {
        let is_new = self.novelty != Novelty::Unchanged;
        let is_wrong = matches!(self.finding.verdict, Verdict::Fail | Verdict::Doubt);
        self.blocks.is_some() || is_new && is_wrong
    }
}

/// Why a finding blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// It fails.
    Failure,
    /// It cannot be told any more.
    Unknown,
    /// A duty that was owed is said to be not due yet.
    Deferred,
}

/// The next row of the change log, to be completed by its author.
#[derive(Debug, Clone)]
pub struct NextRow {
    /// The row.
    pub row: log::Row,
    /// The file that it goes into.
    pub file: Arc<SourceFile>,
    /// Its lines, at their place.
    pub edit: Edit,
}

/// What changed in the plans.
pub fn changes_of(cases: &[PlanCase<'_>], schema: &Schema, today: Day) -> Vec<Seen> {
    let seen = |case: &PlanCase<'_>| Sides::of(case).changes(case, schema, today);
    cases.iter().flat_map(seen).collect()
}

/// Judges one plan.
pub fn judge_plan(bench: Bench<'_>, case: &PlanCase<'_>) -> PlanJudgement {
    let Bench { schema, today, .. } = bench;
    let sides = Sides::of(case);
    let law_date = case
        .new
        .and_then(|side| side.files)
        .map_or(today, |files| law_date(files, schema, today));
    let mut judged = PlanJudgement {
        agency: Arc::clone(&case.agency),
        file: Arc::clone(&case.file),
        law_date,
        findings: Vec::new(),
        fixed: Vec::new(),
        changes: sides.changes(case, schema, today),
        row: None,
        also: None,
    };
    let judge = judge(bench, law_date);
    let old = findings(bench, law_date, case.old);
    let Some(side) = case.new else {
        judged.fixed = old;
        judged
            .fixed
            .retain(|finding| finding.verdict.needs_attention());
        return judged;
    };
    let mut new = form(bench, side);
    if let Some(files) = side.files {
        new.extend(judge.plan(files).findings);
        new.extend(sides.transition(&judge, schema, case.trailers));
        judged.also = also(bench, law_date, files);
        judged.row = sides.row(&case.file, schema, today);
    }
    settle_order(&mut new);
    let mut deferred = BTreeSet::new();
    if let (Some(before), Some(after)) = (case.old.and_then(|side| side.files), side.files)
        && new.iter().any(|own| own.verdict == Verdict::Pending)
    {
        let put_off = judge.deferred(before, after);
        deferred.extend(put_off.iter().flat_map(marks));
    }
    let turned = sides.turned_back(schema, today);
    let known: BTreeSet<Fingerprint> = new.iter().flat_map(marks).collect();
    let stricter = turned.map(|turned| {
        let found = judge.plan(&turned.files).findings.into_iter();
        let more = found.filter(|own| matches!(own.verdict, Verdict::Fail | Verdict::Unknown));
        let more = more.filter(|own| marks(own).any(|mark| !known.contains(&mark)));
        more.map(|own| turned.told(own)).collect::<Vec<_>>()
    });
    let weigh = Weigh {
        bench,
        deferred,
        changes: &judged.changes,
    };
    let compare = |found: Vec<Finding>, until_approved| {
        let told = compared(old.clone(), found, |own| weigh.is_touched(own));
        let findings = told.findings.into_iter();
        let findings =
            findings.map(|(finding, novelty)| weigh.judged(finding, novelty, until_approved));
        (findings.collect::<Vec<Judged>>(), told.fixed)
    };
    let (mut all, fixed) = compare(new, false);
    all.extend(compare(stricter.unwrap_or_default(), true).0);
    // What is still asked because the change awaits approval is not fixed.
    let asked: BTreeSet<Fingerprint> = all.iter().flat_map(|own| marks(&own.finding)).collect();
    judged.findings = all;
    judged.fixed = fixed;
    judged
        .fixed
        .retain(|own| marks(own).all(|mark| !asked.contains(&mark)));
    judged
}

impl PlanJudgement {
    /// Lets go what was only asked until the change of the switches is approved, once it is.
    pub(super) fn settle(&mut self, changes: &[Seen], asked: &Asked, outcome: &Outcome) {
        if self.findings.iter().all(|own| !own.until_approved) {
            return;
        }
        let is_switch = |at: &usize| {
            let own = &changes[*at].facts;
            own.agency == self.agency && matches!(own.class, "grade" | "scope")
        };
        let about = asked.about.iter().zip(&outcome.approvals);
        let mut decisive = about.filter(|(about, _)| about.iter().any(is_switch));
        let is_asked = decisive.clone().next().is_some();
        if is_asked
            && asked.nobody.is_empty()
            && !outcome.is_blocked()
            && decisive.all(|(_, approval)| approval.is_complete())
        {
            self.findings.retain(|own| !own.until_approved);
        }
    }
}

fn judge(bench: Bench<'_>, law_date: Day) -> Judge<'_> {
    let settings = Settings {
        as_of: AsOf::Day(law_date),
        today: bench.today,
        all: false,
    };
    Judge::new(bench.pack, bench.schema, settings).excepting(bench.exceptions)
}

/// Everything that is to attend to on one side.
fn findings(bench: Bench<'_>, law_date: Day, side: Option<ReadSide<'_>>) -> Vec<Finding> {
    let Some(side) = side else {
        return Vec::new();
    };
    let mut found = form(bench, side);
    if let Some(files) = side.files {
        found.extend(judge(bench, law_date).plan(files).findings);
    }
    settle_order(&mut found);
    found
}

fn form(bench: Bench<'_>, side: ReadSide<'_>) -> Vec<Finding> {
    let mut found = side.findings.to_vec();
    if let Some(files) = side.files {
        found.extend(check_shape(files, bench.validator, bench.schema));
    }
    found
}

fn settle_order(found: &mut [Finding]) {
    conceal(found);
    sort(found);
}

fn marks(finding: &Finding) -> impl Iterator<Item = Fingerprint> {
    let bodies = finding.bodies.iter().map(|body| body.fingerprint);
    let whole = finding.bodies.is_empty().then_some(finding.fingerprint);
    bodies.chain(whole)
}

/// The law of the next day on which any law changes, beside that of the law date.
fn also(bench: Bench<'_>, law_date: Day, files: &PlanFiles) -> Option<Also> {
    let until = law_date.checked_add(jiff::Span::new().days(AHEAD)).ok()?;
    let days = bench.pack.laws.days_of_change().into_iter();
    let day = days.filter(|day| *day > law_date && *day <= until).min()?;
    let now = judge(bench, law_date).plan(files).findings;
    let then = judge(bench, day).plan(files).findings;
    Some(Also::between(&now, &then, day))
}

/// The later of today and the day of issue; a plan said to be issued further ahead than the schema
/// allows is judged today.
fn law_date(files: &PlanFiles, schema: &Schema, today: Day) -> Day {
    let plan = Plan::new(files, schema);
    let issued = plan
        .section("header")
        .and_then(|header| header.node.get("issued"))
        .and_then(|issued| DateRange::parse(issued.written()));
    let Some(issued) = issued.map(|issued| issued.last) else {
        return today;
    };
    let is_near = latest(schema, today).is_none_or(|latest| issued <= latest);
    if is_near { issued.max(today) } else { today }
}

/// The last day that a plan may be dated ahead to, by the mark of the schema.
fn latest(schema: &Schema, today: Day) -> Option<Day> {
    let field = schema.field(schema.resolve("header.issued")?);
    let Some(Direction::Later { ahead: Some(ahead) }) = &field.marks.direction else {
        return None;
    };
    let Duration::Length { count, unit, .. } = Duration::parse(ahead)? else {
        return None;
    };
    let span = match unit {
        Unit::Day => jiff::Span::new().try_days(count),
        Unit::Month => jiff::Span::new().try_months(count),
        _ => return None,
    };
    today.checked_add(span.ok()?).ok()
}

/// Decides what a finding does.
struct Weigh<'w> {
    bench: Bench<'w>,
    deferred: BTreeSet<Fingerprint>,
    changes: &'w [Seen],
}

impl Weigh<'_> {
    fn is_touched(&self, finding: &Finding) -> bool {
        let path = &*finding.place.path;
        let mut changed = self.changes.iter().map(|seen| &*seen.facts.path);
        !path.is_empty() && changed.any(|other| is_within(other, path) || is_within(path, other))
    }

    fn judged(&self, finding: Finding, novelty: Novelty, until_approved: bool) -> Judged {
        let gate = self.bench.gate;
        let counts = gate.block == Gate::All || novelty != Novelty::Unchanged;
        let blocks = match finding.verdict {
            Verdict::Fail if counts && finding.blocks_at(gate.fail_on) => Some(Block::Failure),
            Verdict::Unknown if novelty == Novelty::New => Some(Block::Unknown),
            Verdict::Pending if marks(&finding).any(|mark| self.deferred.contains(&mark)) => {
                Some(Block::Deferred)
            }
            _ => None,
        };
        Judged {
            finding,
            novelty,
            blocks,
            until_approved,
        }
    }
}

/// Whether a path is another or lies below it.
fn is_within(inner: &str, outer: &str) -> bool {
    !outer.is_empty()
        && inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
