//! What a whole run found: the findings, and the counts that the closing summary shows.

use std::sync::Arc;

use super::also::Also;
use crate::finding::{Citation, Finding, Severity, Verdict};
use crate::text::{DateRange, Localized, SourceFile};

/// The result of a run over any number of plans.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Who judged.
    pub tool: Tool,
    /// Sorted by file, span, policy. `pass` and `not_applicable` only where every verdict was asked
    /// for.
    pub findings: Vec<Finding>,
    /// One for each plan, in the order of their files.
    pub plans: Vec<PlanSummary>,
    /// The policies that `findings` name, sorted by id.
    pub rules: Vec<Rule>,
    /// The titles of the 13 mandatory items, from the plan schema; index 0 is item 1.
    pub items: [Localized; 13],
}

/// The program and the packs that judged.
#[derive(Debug, Clone, Default)]
pub struct Tool {
    /// Version of the program.
    pub version: &'static str,
    /// Names and digests of the packs.
    pub packs: Vec<(Arc<str>, Arc<str>)>,
}

/// What a format needs to know about a policy, on the law date.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The policy's id.
    pub id: Arc<str>,
    /// The defect as a noun phrase.
    pub title: Arc<Localized>,
    /// The reason of the rule, zh-TW.
    pub why: Option<Arc<str>>,
    /// The next act, with its placeholders.
    pub help: Localized,
    /// Severity of a failure.
    pub severity: Severity,
    /// The mandatory item (1 to 13) that the policy's fact belongs to.
    pub item: Option<u8>,
    /// The provision in force, where the policy rests on one.
    pub citation: Option<Citation>,
}

/// The counts of one plan.
#[derive(Debug, Clone)]
pub struct PlanSummary {
    /// The plan's file.
    pub file: Arc<SourceFile>,
    /// The agency's name, where the plan says it.
    pub agency: Option<Arc<str>>,
    /// The plan's edition (版次), as written.
    pub edition: Option<Arc<str>>,
    /// The law dates it was judged on; several for a plan dated to the month or not at all.
    pub judged_on: DateRange,
    /// One for each body, in the plan's order.
    pub bodies: Vec<BodySummary>,
    /// Verdicts about the plan as a whole.
    pub whole: Tally,
    /// What a second law date changes, where one was asked for.
    pub also: Option<Also>,
}

/// The counts of one body.
#[derive(Debug, Clone)]
pub struct BodySummary {
    /// The body's id, or its name where it has none.
    pub id: Arc<str>,
    /// The body's name.
    pub name: Arc<str>,
    /// `A`…`E`, where stated.
    pub grade: Option<char>,
    /// All its verdicts.
    pub tally: Tally,
    /// Its verdicts by mandatory item: index 0 is item 1 of 施行細則 (13 of them).
    pub items: [Tally; 13],
}

/// How many verdicts of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally([u32; Verdict::ALL.len()]);

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }

    /// Counts all of another.
    pub fn join(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(count, more)| *count += more);
    }

    /// How many of this kind.
    pub fn of(&self, verdict: Verdict) -> u32 {
        self.0[verdict as usize]
    }

    /// How many in all.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }
}

impl PlanSummary {
    /// Counts what another judgement of the same plan came to, too.
    pub fn join(&mut self, other: &Self) {
        self.whole.join(&other.whole);
        for theirs in &other.bodies {
            match self.bodies.iter_mut().find(|own| own.id == theirs.id) {
                Some(own) => {
                    own.tally.join(&theirs.tally);
                    for (own, theirs) in own.items.iter_mut().zip(&theirs.items) {
                        own.join(theirs);
                    }
                }
                None => self.bodies.push(theirs.clone()),
            }
        }
    }
}

impl Outcome {
    /// Whether anything blocks at this severity.
    pub fn blocks_at(&self, fail_on: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.blocks_at(fail_on))
    }
}
