//! The change log as CSV (RFC 4180), for a spreadsheet.

use std::io;

use super::{cells, columns};
use crate::change::log::Row;
use crate::report::visible::visible;
use crate::text::Language;

/// Without it, Excel takes the file for the code page of the machine.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(super) fn render(rows: &[Row], language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{BYTE_ORDER_MARK}{}\r\n", columns(language).join(","))?;
    for row in rows {
        let cells = cells(row, language, "\n", plain).map(|cell| quoted(&harmless(&cell)));
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

/// What a spreadsheet begins a formula with, at the beginning of a cell, in full width too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

fn plain(text: &str) -> String {
    visible(text.trim())
}

/// A cell that a spreadsheet takes for a text: what begins like a formula gets an apostrophe.
fn harmless(cell: &str) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A field in quotes where it holds what ends a field or a record.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}
