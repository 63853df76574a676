//! Changes as Markdown: a heading for each plan, a table for each chapter.

use std::io;

use super::values::{Shown, class, class_word, kind, shown, title};
use super::{DiffOptions, PlanDiff, by_chapter};
use crate::change::{Change, Piece, Side};
use crate::finding::Verdict;
use crate::report::markdown::{code, escape};
use crate::report::words::{self, pick};

pub(super) fn render(
    plans: &[PlanDiff<'_>],
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for plan in plans {
        one(plan, options, out)?;
    }
    Ok(())
}

fn one(plan: &PlanDiff<'_>, options: DiffOptions<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let language = options.language;
    writeln!(out, "# {}\n", escape(&super::title(plan, language)))?;
    let counts = plan.counts();
    if counts.is_empty() {
        writeln!(out, "{}\n", super::nothing(plan, language))?;
    } else {
        let words: Vec<String> = counts
            .iter()
            .map(|&(class, n)| format!("{} {n}", class_word(class, language)))
            .collect();
        let weaker = plan
            .changes
            .all
            .iter()
            .filter(|change| change.may_weaken())
            .count();
        let total = words.join(pick(language, "、", ", "));
        let said = pick(language, "減弱或強弱不明", "weaken or may");
        writeln!(
            out,
            "{total}{}**{said} {weaker}**\n",
            pick(language, "；", "; ")
        )?;
    }
    for (heading, changes) in by_chapter(&plan.changes, options) {
        writeln!(out, "## {}\n", escape(&heading))?;
        let head = pick(
            language,
            "| 欄位 | 類別 | 變更 | 原內容 | 新內容 | 行 |",
            "| field | class | change | before | after | lines |",
        );
        writeln!(out, "{head}\n| --- | --- | --- | --- | --- | --- |")?;
        for change in changes {
            rows(change, plan, options, out)?;
        }
        writeln!(out)?;
    }
    lost(plan, options, out)
}

/// One row for each pair; the words stand in the first.
fn rows(
    change: &Change<'_>,
    plan: &PlanDiff<'_>,
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    for (at, pair) in change.pairs.iter().enumerate() {
        let first = |text: String| {
            if at == 0 {
                escape(&text)
            } else {
                String::new()
            }
        };
        let title = first(title(change, language));
        let (class, kind) = (class(change, language), kind(change, language));
        let class = match change.may_weaken() && at == 0 {
            true => format!("**{}**", escape(&class)),
            false => first(class),
        };
        let (old, new) = values(shown(change, pair, options), language);
        let places = format!(
            "{} → {}",
            place(&pair.old, plan.old),
            place(&pair.new, plan.new)
        );
        writeln!(
            out,
            "| {title} | {class} | {} | {old} | {new} | {places} |",
            first(kind)
        )?;
    }
    Ok(())
}

/// The old text with what went struck out, the new one with what came in bold.
fn values(shown: Shown, language: crate::text::Language) -> (String, String) {
    match shown {
        Shown::Values(old, new) => {
            let dash = |text: String| match text.is_empty() {
                true => pick(language, "（無）", "(nothing)").to_owned(),
                false => escape(&text),
            };
            (dash(old), dash(new))
        }
        Shown::Prose(pieces) => {
            let (mut old, mut new) = (String::new(), String::new());
            for piece in &pieces {
                match piece {
                    Piece::Same(text) => {
                        old.push_str(&inner(text));
                        new.push_str(&inner(text));
                    }
                    Piece::Removed(text) => old.push_str(&format!("<del>{}</del>", inner(text))),
                    Piece::Added(text) => new.push_str(&format!("<ins>{}</ins>", inner(text))),
                }
            }
            (old, new)
        }
    }
}

/// A part of a text: spaces at its ends belong to the whole.
fn inner(text: &str) -> String {
    let (start, end) = (text.starts_with(' '), text.ends_with(' '));
    let space = |wanted| if wanted { " " } else { "" };
    format!("{}{}{}", space(start), escape(text), space(end))
}

/// The line; with its file where it is not that of the heading.
fn place(side: &Side<'_>, main: Option<&str>) -> String {
    let (file, line) = (side.place.file.name(), side.place.start().line);
    match main == Some(file) {
        true => line.to_string(),
        false => code(&format!("{file}:{line}")),
    }
}

/// The duties that passed and do not any more.
fn lost(plan: &PlanDiff<'_>, options: DiffOptions<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let language = options.language;
    if plan.lost.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## {}\n",
        pick(language, "不再符合之事項", "No longer met")
    )?;
    let pass = words::verdict(Verdict::Pass, language);
    for lost in &plan.lost {
        let now = words::verdict(lost.verdict, language);
        let message = escape(words::either(&lost.message, language));
        writeln!(out, "- {pass} → **{now}** {message} {}", code(&lost.policy))?;
    }
    writeln!(out)
}
