//! A report that is written while plans are still being judged.
//!
//! A run over ten thousand plans finds more than fits into memory, and what it found points into
//! files that would have to stay there too. So the findings of a few plans are rendered where they
//! are judged, into a [`Part`], and what is kept of a plan are its counts. SARIF names its rules
//! before its results, and a sheet needs the titles of its policies: those two wait for the end.

use std::io;
use std::sync::Arc;

use super::{Format, Options, Totals, github, json, shown, text, told};
use crate::check::{Judged, Outcome, PlanSummary, Tool};
use crate::finding::Finding;
use crate::text::SourceFile;

/// The findings of some plans, rendered or kept.
#[derive(Debug, Default)]
pub struct Part {
    bytes: Vec<u8>,
    totals: Totals,
    plans: Vec<PlanSummary>,
    kept: Vec<Judged>,
    others: Vec<Finding>,
}

impl Part {
    /// Renders findings in files that belong to no plan: they are the last part.
    pub fn of_others(findings: Vec<Finding>, format: Format, options: Options) -> Self {
        let mut part = Self::default();
        if waits(format) {
            part.others = findings;
        } else {
            part.render(&findings, format, options);
        }
        part
    }

    /// Renders what plans came to. No other part may have a finding in a file whose name sorts
    /// between the names of these files.
    pub fn new(judged: Vec<Judged>, format: Format, options: Options) -> Self {
        let mut part = Self::default();
        if waits(format) {
            part.kept = judged;
            return part;
        }
        let mut findings = Vec::new();
        for plan in judged {
            findings.extend(plan.findings);
            part.plans.push(light(plan.summary));
        }
        part.render(&findings, format, options);
        part
    }

    fn render(&mut self, findings: &[Finding], format: Format, options: Options) {
        self.totals = Totals::of(findings);
        let findings = match format {
            Format::Json => told(findings, options),
            _ => shown(findings, options),
        };
        let written = match format {
            Format::Text => text::findings(&findings, options, &mut self.bytes),
            Format::Github => github::findings(&findings, options, &mut self.bytes),
            Format::Json => json::findings(&findings, options, &mut self.bytes),
            Format::Sarif | Format::Markdown => Ok(()),
        };
        written.expect("internal: a buffer takes everything");
    }
}

/// A summary without the text of its plan, of which reports only want the name.
fn light(mut plan: PlanSummary) -> PlanSummary {
    plan.file = Arc::new(SourceFile::new(plan.file.name(), ""));
    plan
}

/// Whether a format is rendered in one piece.
fn waits(format: Format) -> bool {
    matches!(format, Format::Sarif | Format::Markdown)
}

/// A report under way. Nothing is written before there is something to write.
pub struct Stream<'o> {
    format: Format,
    options: Options,
    tool: Tool,
    out: &'o mut dyn io::Write,
    totals: Totals,
    plans: Vec<PlanSummary>,
    kept: Vec<Judged>,
    others: Vec<Finding>,
    begun: bool,
    any: bool,
}

impl<'o> Stream<'o> {
    /// A report of which nothing is written yet.
    pub fn new(format: Format, options: Options, tool: Tool, out: &'o mut dyn io::Write) -> Self {
        let (totals, plans, kept) = (Totals::default(), Vec::new(), Vec::new());
        Self {
            format,
            options,
            tool,
            out,
            totals,
            plans,
            kept,
            others: Vec::new(),
            begun: false,
            any: false,
        }
    }

    /// Writes the next part.
    pub fn add(&mut self, part: Part) -> io::Result<()> {
        self.begin()?;
        if self.any && !part.bytes.is_empty() && self.format == Format::Json {
            self.out.write_all(b",")?;
        }
        self.any |= !part.bytes.is_empty();
        self.out.write_all(&part.bytes)?;
        self.totals.join(&part.totals);
        self.plans.extend(part.plans);
        self.kept.extend(part.kept);
        self.others.extend(part.others);
        Ok(())
    }

    /// Ends it, and says whether anything blocks. `outcome` puts together what a format that waits
    /// has kept.
    pub fn end(mut self, outcome: impl FnOnce(Vec<Judged>) -> Outcome) -> io::Result<bool> {
        self.begin()?;
        let Self {
            format,
            options,
            out,
            mut totals,
            plans,
            kept,
            others,
            any,
            ..
        } = self;
        match format {
            Format::Text => text::closing(&totals, &plans, options, out)?,
            Format::Github => github::closing(&totals, &plans, options, out)?,
            Format::Json => json::end(&totals, &plans, any, options, out)?,
            Format::Sarif | Format::Markdown => {
                let mut outcome = outcome(kept);
                outcome.findings.extend(others);
                totals = Totals::of(&outcome.findings);
                super::render(format, &outcome, options, out)?;
            }
        }
        Ok(totals.blocking(options.fail_on) > 0)
    }

    fn begin(&mut self) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.begun, true);
        if begun || self.format != Format::Json {
            return Ok(());
        }
        json::begin(&self.tool, self.out)
    }
}
