//! JSON for programs, version 1; `docs/schema/report.schema.json` describes it and a test holds it.
//!
//! Both languages stand in it, whatever [`Options::language`] says. Lines and columns count from 1,
//! columns in characters; ends are exclusive. Values of the plan stay as they are.

mod also;
mod finding;
mod indent;
mod summary;

use std::io;

use serde::Serialize;

use super::{Options, Totals, told};
use crate::check::{Outcome, PlanSummary, Tool};
use crate::finding::{Finding, Place};
use crate::text::{DateRange, Localized, SourceFile, Span};
use indent::nested;

/// The version of the shape. A key that goes or changes its meaning raises it; a new one does not.
const VERSION: u32 = 1;

/// The JSON Schema of the output.
pub const SCHEMA: &str = include_str!("../../../docs/schema/report.schema.json");

#[derive(Serialize)]
struct ToolJson<'a> {
    name: &'static str,
    version: &'a str,
    packs: Vec<Pack<'a>>,
}

#[derive(Serialize)]
struct Pack<'a> {
    name: &'a str,
    digest: &'a str,
}

/// A text in both languages.
#[derive(Serialize)]
pub(super) struct Both<'a> {
    #[serde(rename = "zh-TW")]
    zh_tw: &'a str,
    en: &'a str,
}

/// Days, both inclusive, as ISO 8601.
#[derive(Serialize)]
struct Days {
    first: String,
    last: String,
}

/// A stretch of a file.
#[derive(Serialize)]
pub(super) struct Stretch<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes `outcome` as JSON.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let shown = told(&outcome.findings, options);
    begin(&outcome.tool, out)?;
    findings(&shown, options, out)?;
    let totals = Totals::of(&outcome.findings);
    end(&totals, &outcome.plans, !shown.is_empty(), options, out)
}

/// One finding as it stands in the report, for documents that hold findings among other things.
pub(in crate::report) fn finding_value(finding: &Finding) -> serde_json::Value {
    let written = serde_json::to_value(finding::FindingJson::from(finding));
    written.expect("internal: a finding is plain data")
}

/// Everything before the first finding.
pub(super) fn begin(tool: &Tool, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{{\n  \"schema\": {VERSION},\n  \"tool\": ")?;
    nested(&ToolJson::from(tool), 1, out)?;
    write!(out, ",\n  \"findings\": [")
}

/// Some findings, with commas between them.
pub(super) fn findings(
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for (at, finding) in findings.iter().enumerate() {
        write!(out, "{}\n    ", if at > 0 { "," } else { "" })?;
        nested(&finding::FindingJson::of(finding, options.fail_on), 2, out)?;
    }
    Ok(())
}

/// Everything behind the last finding; `any` where there is one.
pub(super) fn end(
    totals: &Totals,
    plans: &[PlanSummary],
    any: bool,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write!(out, "{}],\n  \"summary\": ", if any { "\n  " } else { "" })?;
    nested(&summary::Summary::new(totals, plans, options), 1, out)?;
    writeln!(out, "\n}}")
}

impl<'a> From<&'a Tool> for ToolJson<'a> {
    fn from(tool: &'a Tool) -> Self {
        let packs = tool
            .packs
            .iter()
            .map(|(name, digest)| Pack { name, digest })
            .collect();
        Self {
            name: "plangate",
            version: tool.version,
            packs,
        }
    }
}

impl<'a> From<&'a Localized> for Both<'a> {
    fn from(text: &'a Localized) -> Self {
        Self {
            zh_tw: &text.zh_tw,
            en: &text.en,
        }
    }
}

impl From<DateRange> for Days {
    fn from(range: DateRange) -> Self {
        Self {
            first: range.first.to_string(),
            last: range.last.to_string(),
        }
    }
}

impl<'a> Stretch<'a> {
    fn new(file: &'a SourceFile, span: Span) -> Self {
        let (start, end) = (file.position(span.start), file.position(span.end));
        Self {
            file: file.name(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    pub(super) fn of(place: &'a Place) -> Self {
        Self::new(&place.file, place.span)
    }
}
