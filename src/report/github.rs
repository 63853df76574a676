//! Workflow commands of GitHub Actions: one annotation for each finding, then one line of totals.
//!
//! A failure is `::error`, `::warning` or `::notice` by its severity; every other verdict is a
//! notice. Columns are given only where a place begins and ends on one line, as GitHub asks.
//! (GitHub shows ten annotations of each kind for a step; the log has them all.)

use std::io;

use super::visible::push_visible;
use super::{Options, Totals, shown, words};
use crate::check::{Outcome, PlanSummary};
use crate::finding::{Finding, Place, Severity, Verdict};
use crate::text::Language;

/// Writes `outcome` as workflow commands.
pub fn render(outcome: &Outcome, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    findings(&shown(&outcome.findings, options), options, out)?;
    closing(&Totals::of(&outcome.findings), &outcome.plans, options, out)
}

/// One annotation after the other.
pub(super) fn findings(
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    for finding in findings {
        writeln!(
            out,
            "::{} {},title={}::{}",
            command(finding),
            location(&finding.place),
            escape_property(&title(finding, language)),
            escape_data(&message(finding, language)),
        )?;
    }
    Ok(())
}

/// The line of totals.
pub(super) fn closing(
    totals: &Totals,
    plans: &[PlanSummary],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let gate = words::gate(totals, options.fail_on, language);
    let between = words::pick(language, "；", "; ");
    writeln!(
        out,
        "{}{between}{gate}",
        words::totals(totals, plans, language)
    )
}

pub(super) fn command(finding: &Finding) -> &'static str {
    match (finding.verdict, finding.severity) {
        (Verdict::Fail, Severity::Error) => "error",
        (Verdict::Fail, Severity::Warning) => "warning",
        _ => "notice",
    }
}

pub(super) fn location(place: &Place) -> String {
    let (start, end) = (place.start(), place.end());
    let file = escape_property(place.file.name());
    if start.line == end.line {
        let line = start.line;
        let (col, end_col) = (start.column, end.column);
        return format!("file={file},line={line},col={col},endLine={line},endColumn={end_col}");
    }
    // A place that ends with a line end does not reach into the next line.
    let last = end.line - usize::from(end.column == 1);
    format!("file={file},line={},endLine={last}", start.line)
}

pub(super) fn title(finding: &Finding, language: Language) -> String {
    let word = words::verdict(finding.verdict, language);
    let title = words::either(&finding.title, language);
    match language {
        Language::ZhTw => format!("{word}：{title}（{}）", finding.policy),
        Language::En => format!("{word}: {title} ({})", finding.policy),
    }
}

pub(super) fn message(finding: &Finding, language: Language) -> String {
    let mut lines = vec![finding.message.get(language).to_owned()];
    if let Some(bodies) = words::concerned(finding, language) {
        lines.push(format!(
            "{}{bodies}",
            words::pick(language, "機關：", "bodies: ")
        ));
    }
    let basis = words::basis(finding, language);
    lines.push(format!(
        "{}{basis}",
        words::pick(language, "依據：", "basis: ")
    ));
    if let Some(help) = &finding.help {
        let help = words::either(help, language);
        lines.push(format!(
            "{}{help}",
            words::pick(language, "作法：", "help: ")
        ));
    }
    lines.join("\n")
}

/// The data of a command: `%`, CR and LF as GitHub's toolkit escapes them, other characters that
/// act or hide made visible.
pub fn escape_data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            _ => push_visible(&mut escaped, character),
        }
    }
    escaped
}

/// A property of a command: as [`escape_data`], and `:` and `,`.
pub fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_end_its_command() {
        for (hostile, data, property) in [
            ("甲局", "甲局", "甲局"),
            ("50%", "50%25", "50%25"),
            ("a\n::error::b", "a%0A::error::b", "a%0A%3A%3Aerror%3A%3Ab"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("a,line=1", "a,line=1", "a%2Cline=1"),
            ("%0A", "%250A", "%250A"),
            (
                "\u{1b}[2J\u{202e}",
                "\\u{1b}[2J\\u{202e}",
                "\\u{1b}[2J\\u{202e}",
            ),
        ] {
            assert_eq!(escape_data(hostile), data);
            assert_eq!(escape_property(hostile), property);
        }
    }
}
