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
use std::iter::repeat_n;

use super::together::together;
use super::visible::push_all;
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
    let mut text = String::new();
    for group in together(findings, options) {
        match group.as_slice() {
            [finding] if finding.verdict == Verdict::Fail => {
                failure::render(finding, options, paint, &mut text);
            }
            [finding] => quiet::render(finding, options, paint, &mut text),
            several => quiet::several(several, options, paint, &mut text),
        }
    }
    out.write_all(text.as_bytes())
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

/// Appends `file:line:column` of where a place begins.
fn push_located(place: &Place, start: Position, text: &mut String) {
    push_all(text, place.file.name());
    for number in [start.line, start.column] {
        text.push(':');
        push_number(number, 0, text);
    }
}

/// Columns of a number.
fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Appends a number, to the right of so many columns.
fn push_number(number: usize, columns: usize, text: &mut String) {
    text.extend(repeat_n(' ', columns.saturating_sub(digits(number))));
    text.push_str(&number.to_string());
}
