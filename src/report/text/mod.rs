//! Text for a terminal: failures with the line and carets under it, the other verdicts in two or
//! three lines, then a summary.
//!
//! Carets line up under full-width characters; a line too long for a screen is cut around its span.

mod excerpt;
mod failure;
mod paint;
mod patch;
mod quiet;
mod summary;

use std::io;

use super::visible::visible;
use super::{Options, shown};
use crate::check::Outcome;
use crate::finding::{Place, Verdict};
use paint::Paint;

/// Writes `outcome` for a terminal.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for finding in shown(outcome, options) {
        match finding.verdict {
            Verdict::Fail => failure::render(finding, options, paint, out)?,
            _ => quiet::render(finding, options, paint, out)?,
        }
    }
    summary::render(outcome, options, paint, out)
}

/// `file:line:column` of where a place begins.
fn location(place: &Place) -> String {
    let start = place.start();
    format!(
        "{}:{}:{}",
        visible(place.file.name()),
        start.line,
        start.column
    )
}
