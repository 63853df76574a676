//! JSON for programs, version 1; `docs/schema/report.schema.json` describes it and a test holds it.
//!
//! Both languages stand in it, whatever [`Options::language`] says. Lines and columns count from 1,
//! columns in characters; ends are exclusive. Values of the plan stay as they are.

mod finding;
mod summary;

use std::io;

use serde::Serialize;

use super::{Options, shown};
use crate::check::{Outcome, Tool};
use crate::finding::Place;
use crate::text::{DateRange, Localized, SourceFile, Span};

/// The version of the shape. A key that goes or changes its meaning raises it; a new one does not.
const VERSION: u32 = 1;

/// The JSON Schema of the output.
pub const SCHEMA: &str = include_str!("../../../docs/schema/report.schema.json");

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    tool: ToolJson<'a>,
    findings: Vec<finding::FindingJson<'a>>,
    summary: summary::Summary<'a>,
}

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
struct Both<'a> {
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
struct Stretch<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes `outcome` as JSON.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let report = Report {
        schema: VERSION,
        tool: ToolJson::from(&outcome.tool),
        findings: shown(outcome, options)
            .into_iter()
            .map(finding::FindingJson::from)
            .collect(),
        summary: summary::Summary::new(outcome, options),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
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

    fn of(place: &'a Place) -> Self {
        Self::new(&place.file, place.span)
    }
}
