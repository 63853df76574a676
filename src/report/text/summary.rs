//! What closes the output: a table of verdicts for each plan, one line of totals, and the gate.
//!
//! No line begins with a word of the plan: in a workflow's log it could be a command.

use std::io;

use super::paint::{Paint, Role};
use crate::check::{Also, BodySummary, PlanSummary, Tally};
use crate::finding::Verdict;
use crate::report::alike::alike;
use crate::report::also;
use crate::report::visible::visible;
use crate::report::{Options, Totals, words};
use crate::text::{Language, display_width};

pub(super) fn render(
    totals: &Totals,
    plans: &[PlanSummary],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for plan in plans {
        writeln!(
            out,
            "{}",
            paint.text(Role::Strong, &heading(plan, options.language))
        )?;
        write_table(&table(plan, options.language), out)?;
        if let Some(found) = &plan.also {
            differences(plan, found, options.language, out)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", words::totals(totals, plans, options.language))?;
    let gate = words::gate(totals, options.fail_on, options.language);
    writeln!(out, "{}", paint.text(Role::Strong, &gate))
}

/// What a second law date changes: `+` what comes, `-` what goes.
fn differences(
    plan: &PlanSummary,
    found: &Also,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(out, "  {}", also::heading(plan, found, language))?;
    for (sign, differences) in [('+', &found.come), ('-', &found.gone)] {
        for difference in differences {
            let line = visible(&also::line(difference, language));
            writeln!(out, "    {sign} {line}")?;
        }
    }
    Ok(())
}

fn heading(plan: &PlanSummary, language: Language) -> String {
    let file = visible(plan.file.name());
    let mut parts = vec![format!(
        "{}{file}",
        words::pick(language, "計畫：", "plan: ")
    )];
    parts.extend(plan.agency.as_deref().map(visible));
    let edition = words::pick(language, "版次", "edition");
    parts.extend(
        plan.edition
            .as_deref()
            .map(|text| format!("{edition} {}", visible(text))),
    );
    let law_date = words::pick(language, "法規日", "law date");
    parts.push(format!(
        "{law_date} {}",
        words::law_date(plan.judged_on, language)
    ));
    parts.join(words::pick(language, "　", " · "))
}

/// A header and rows of cells; the first column is words, the others are counts.
fn table(plan: &PlanSummary, language: Language) -> Vec<Vec<String>> {
    let bodies = alike(&plan.bodies, |body| (body.grade, body.tally));
    let rows: Vec<(String, Tally)> = bodies.iter().map(|group| row(group, language)).collect();
    let whole = words::pick(language, "計畫整體", "plan as a whole").to_owned();
    let whole = (plan.whole.total() > 0).then_some((whole, plan.whole));
    let rows: Vec<_> = rows.into_iter().chain(whole).collect();
    let always = |kind: Verdict| matches!(kind, Verdict::Fail | Verdict::Pass);
    let found = |kind: Verdict| rows.iter().any(|(_, tally)| tally.of(kind) > 0);
    let kinds: Vec<_> = Verdict::ALL
        .into_iter()
        .filter(|&kind| always(kind) || found(kind))
        .collect();
    let name = words::pick(language, "機關（級）", "body (grade)").to_owned();
    let words = kinds
        .iter()
        .map(|&kind| words::verdict(kind, language).to_owned());
    let mut table = vec![std::iter::once(name).chain(words).collect::<Vec<_>>()];
    for (name, tally) in rows {
        let counts = kinds.iter().map(|&kind| tally.of(kind).to_string());
        table.push(std::iter::once(name).chain(counts).collect());
    }
    table
}

fn row(group: &[&BodySummary], language: Language) -> (String, Tally) {
    let names = words::bodies(group.iter().map(|body| &*body.name), language);
    let in_brackets = |grade: char| words::in_brackets(&grade.to_string(), language);
    let grade = group[0].grade.map_or_else(String::new, in_brackets);
    (format!("{names}{grade}"), group[0].tally)
}

fn write_table(table: &[Vec<String>], out: &mut dyn io::Write) -> io::Result<()> {
    let columns = table.first().map_or(0, Vec::len);
    let width = |column: usize| table.iter().map(|row| display_width(&row[column])).max();
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    for row in table {
        let mut line = String::from("  |");
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - display_width(cell));
            let (left, right) = if column == 0 {
                ("", pad.as_str())
            } else {
                (pad.as_str(), "")
            };
            line.push_str(&format!(" {left}{cell}{right} "));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
