//! The change log as a table of GitHub Flavored Markdown.

use std::io;

use super::{cells, columns};
use crate::change::log::Row;
use crate::report::markdown::escape;
use crate::text::Language;

pub(super) fn render(rows: &[Row], language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "| {} |", columns(language).join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(columns(language).len()))?;
    for row in rows {
        let cells = cells(row, language, "<br>", escape);
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}
