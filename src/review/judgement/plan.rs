//! One plan of a pull request: judged on both sides, compared, its next change-log row drafted.

use std::sync::Arc;

use super::Bench;
use super::sides::Sides;
use crate::change::log::{self};
use crate::check::{Also, AsOf, Beside, Judge, Settings, conceal, is_within, removed, sort};
use crate::config::Block as Gate;
use crate::config::roster::AgencyId;
use crate::finding::{Edit, Finding, Severity, Status, Verdict};
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
    /// What that file was called before, where its folder had another name.
    pub moved_from: Option<Arc<str>>,
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
    /// What each coming day changes on which the law changes something for it, the next one first.
    pub also: Vec<Also>,
}

/// A finding, held against the base, and what it does.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// Why it blocks, where it does.
    pub blocks: Option<Block>,
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
        also: Vec::new(),
    };
    let Some(side) = case.new else {
        judged.findings = gone(case, bench.gate.fail_on);
        return judged;
    };
    let judge = judge(bench, law_date);
    let before = case.old.map(|side| findings(bench, &judge, side));
    let beside = match (&before, sides.transition(schema, case.trailers)) {
        (None, _) => Beside::Nothing,
        (Some(_), None) => Beside::Unread,
        (Some(_), Some(transition)) => Beside::Both(transition),
    };
    if let Some(files) = side.files {
        judged.also = also(bench, law_date, files);
        judged.row = sides.row(&case.file, schema, today);
    }
    let found = findings(bench, &judge, side);
    let all = bench.gate.block == Gate::All;
    let (mut found, _) = judge.against(found, before.unwrap_or_default(), beside, all);
    conceal(&mut found);
    let (fixed, found) = found.into_iter().partition(Finding::is_fixed);
    judged.fixed = fixed;
    let found: Vec<Finding> = found;
    let findings = found.into_iter();
    let findings = findings.map(|finding| Judged::of(finding, bench.gate.fail_on));
    judged.findings = findings.collect();
    judged
}

/// What is to be said of a plan that goes.
fn gone(case: &PlanCase<'_>, fail_on: Severity) -> Vec<Judged> {
    let files = case.old.and_then(|side| side.files);
    let file = files.map_or_else(
        || Arc::new(SourceFile::new(&*case.file, "")),
        |files| Arc::clone(files.main.file()),
    );
    vec![Judged::of(removed(&file, None), fail_on)]
}

impl Judged {
    fn of(finding: Finding, fail_on: Severity) -> Self {
        let why = match finding.verdict {
            Verdict::Unknown => Block::Unknown,
            Verdict::Pending => Block::Deferred,
            _ => Block::Failure,
        };
        let blocks = finding.blocks_at(fail_on).then_some(why);
        Self { finding, blocks }
    }

    /// Whether the change brings it.
    pub fn is_new(&self) -> bool {
        let against = self.finding.against;
        against.is_none_or(|against| against.status == Status::New)
    }

    /// Whether it was there, and the change touches the value that it is about.
    pub fn is_touched(&self) -> bool {
        let against = self.finding.against;
        !self.is_new() && against.is_some_and(|against| against.touched)
    }

    /// Whether it is told to the pull request at its place: what the change brings or touches, and
    /// whatever blocks. What stood there before is in the summary.
    pub fn is_told_in_place(&self) -> bool {
        let is_of_change = self.is_new() || self.is_touched();
        let is_wrong = matches!(self.finding.verdict, Verdict::Fail | Verdict::Doubt);
        self.blocks.is_some() || is_of_change && is_wrong
    }

    /// Whether it is let go once the change that brought it about is approved.
    pub fn until_approved(&self) -> bool {
        self.finding
            .against
            .is_some_and(|against| against.until_approved)
    }

    /// How it stands to the base: `new`, `touched` or `unchanged`.
    pub fn word(&self) -> &'static str {
        match (self.is_new(), self.is_touched()) {
            (true, _) => "new",
            (_, true) => "touched",
            _ => "unchanged",
        }
    }
}

impl PlanJudgement {
    /// Lets go what was only asked until a change was approved, once it is.
    pub(super) fn settle(&mut self, changes: &[Seen], asked: &Asked, outcome: &Outcome) {
        if !asked.nobody.is_empty() || outcome.is_blocked() {
            return;
        }
        let is_approved = |finding: &Finding| {
            let is_decisive = |at: &usize| {
                let own = &changes[*at].facts;
                let is_switch = matches!(own.class, "grade" | "scope");
                own.agency == self.agency && (is_switch || is_near(&own.path, &finding.place.path))
            };
            let about = asked.about.iter().zip(&outcome.approvals);
            let mut decisive = about.filter(|(about, _)| about.iter().any(is_decisive));
            let is_asked = decisive.clone().next().is_some();
            is_asked && decisive.all(|(_, approval)| approval.is_complete())
        };
        self.findings
            .retain(|own| !own.until_approved() || !is_approved(&own.finding));
    }
}

/// Whether one path is the other or lies below it.
fn is_near(one: &str, other: &str) -> bool {
    is_within(one, other) || is_within(other, one)
}

fn judge(bench: Bench<'_>, law_date: Day) -> Judge<'_> {
    let settings = Settings {
        as_of: AsOf::Day(law_date),
        today: bench.today,
        all: false,
    };
    Judge::new(bench.pack, bench.schema, settings).excepting(bench.exceptions)
}

/// Everything that is to attend to on one side, judged by itself.
fn findings(bench: Bench<'_>, judge: &Judge<'_>, side: ReadSide<'_>) -> Vec<Finding> {
    let mut found = side.findings.to_vec();
    if let Some(files) = side.files {
        found.extend(check_shape(files, bench.validator, bench.schema));
        found.extend(judge.plan(files).findings);
    }
    conceal(&mut found);
    sort(&mut found);
    found
}

/// The law of each coming day on which any law changes, beside that of the day before it. Most
/// amendments change nothing for a plan, and must not hide the one that does.
fn also(bench: Bench<'_>, law_date: Day, files: &PlanFiles) -> Vec<Also> {
    let until = law_date.checked_add(jiff::Span::new().days(AHEAD));
    let until = until.unwrap_or(law_date);
    let days = bench.pack.laws.days_of_change().into_iter();
    let coming: Vec<Day> = days
        .filter(|day| *day > law_date && *day <= until)
        .collect();
    if coming.is_empty() {
        return Vec::new();
    }
    let found = |day| judge(bench, day).plan(files).findings;
    let mut before = found(law_date);
    let changed = coming.into_iter().filter_map(|day| {
        let then = found(day);
        let also = Also::between(&before, &then, day);
        before = then;
        (!also.is_empty()).then_some(also)
    });
    changed.collect()
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
