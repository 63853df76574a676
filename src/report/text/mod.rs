//! Text for a terminal: failures with the line and carets under it, the other verdicts in two or
//! three lines, then a summary.
//!
//! Carets line up under full-width characters; a line too long for a screen is cut around its span.

mod excerpt;
mod failure;
mod layout;
mod paint;
mod patch;
mod quiet;
mod summary;

use std::io;

use super::together::together;
use super::visible::visible;
use super::{Options, Totals, shown};
use crate::check::{Outcome, PlanSummary};
use crate::finding::{Finding, Place, Verdict};
use crate::text::Position;
pub(super) use paint::{Paint, Role};

/// Writes `outcome` for a terminal.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    findings(&shown(&outcome.findings, options), options, out)?;
    closing(&Totals::of(&outcome.findings), &outcome.plans, options, out)
}

/// One finding after the other.
pub(super) fn findings(
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for group in together(findings, options) {
        match group.as_slice() {
            [finding] if finding.verdict == Verdict::Fail => {
                failure::render(finding, options, paint, out)?;
            }
            [finding] => quiet::render(finding, options, paint, out)?,
            several => quiet::several(several, options, paint, out)?,
        }
    }
    Ok(())
}

/// The summary behind them.
pub(super) fn closing(
    totals: &Totals,
    plans: &[PlanSummary],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    summary::render(totals, plans, options, out)
}

/// `file:line:column` of where a place begins.
fn location(place: &Place) -> String {
    located(place, place.start())
}

/// The same of a place whose beginning is known.
fn located(place: &Place, start: Position) -> String {
    format!(
        "{}:{}:{}",
        visible(place.file.name()),
        start.line,
        start.column
    )
}
