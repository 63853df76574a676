//! The change log as JSON, version 1. Values of the plan stay as they are.

use std::io;

use serde::Serialize;

use crate::change::log::Row;

/// The version of the shape. A key that goes or changes its meaning raises it; a new one does not.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct LogJson<'a> {
    schema: u32,
    plan: &'a str,
    rows: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    edition: &'a str,
    issued: Option<IssuedJson<'a>>,
    reviser: Option<&'a str>,
    notes: &'a [String],
    approver: Option<&'a str>,
    /// The commit where the edition began; `null` for a row that is older than the history.
    commit: Option<&'a str>,
    tag: Option<&'a str>,
}

/// A date as written, and the days it may mean as ISO 8601, both inclusive.
#[derive(Serialize)]
struct IssuedJson<'a> {
    written: &'a str,
    first: Option<String>,
    last: Option<String>,
}

pub(super) fn render(plan: &str, rows: &[Row], out: &mut dyn io::Write) -> io::Result<()> {
    let log = LogJson {
        schema: VERSION,
        plan,
        rows: rows.iter().map(row_json).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn row_json(row: &Row) -> RowJson<'_> {
    let days = row.issued_on();
    let issued = row.issued.as_deref().map(|written| IssuedJson {
        written,
        first: days.map(|days| days.first.to_string()),
        last: days.map(|days| days.last.to_string()),
    });
    RowJson {
        edition: &row.edition,
        issued,
        reviser: row.reviser.as_deref(),
        notes: &row.notes,
        approver: row.approver.as_deref(),
        commit: row.commit.as_deref(),
        tag: row.tag.as_deref(),
    }
}
