//! Changes as Markdown: a heading for each plan, a table for each chapter.

use std::io;

use super::values::{STEP, Shown, above, class, class_word, item, kind_word, shown, title};
use super::{DiffOptions, PlanDiff, by_chapter};
use crate::change::{Change, Class, Effect, Kind, Pair, Piece, Side};
use crate::finding::Verdict;
use crate::report::markdown::{code, escape, escape_parts};
use crate::report::words::{self, in_brackets, pick};
use crate::text::Language;

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
    writeln!(out, "# {}\n", escape(&heading(plan, language)))?;
    if plan.editions.is_some() {
        writeln!(out, "{}\n", files(plan, language))?;
    }
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
            "| 項目與變更 | 原內容 | 新內容 | 行 |",
            "| item and change | before | after | lines |",
        );
        writeln!(out, "{head}\n| --- | --- | --- | --- |")?;
        for change in changes {
            rows(change, plan, options, out)?;
        }
        writeln!(out)?;
    }
    lost(plan, options, out)
}

/// One row for each pair.
fn rows(
    change: &Change<'_>,
    plan: &PlanDiff<'_>,
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let mut former = None;
    for (at, pair) in change.pairs.iter().enumerate() {
        let first = match at {
            0 => what(change, options),
            _ => renumbered(change, pair, language).unwrap_or_default(),
        };
        let (old, new) = values(shown(change, pair, plan, options), language);
        let places = format!(
            "{}\u{a0}→\u{a0}{}",
            place(&pair.old, plan.old),
            place(&pair.new, plan.new)
        );
        // Several that became one became the same.
        let is_same = former.as_ref() == Some(&new);
        let shown = match is_same {
            true => pick(language, "同上", "the same"),
            false => &new,
        };
        writeln!(out, "| {first} | {old} | {shown} | {places} |")?;
        former = Some(new);
    }
    Ok(())
}

/// What changed, and below it how: in a column of its own two characters would stand one above the
/// other beside a long text.
fn what(change: &Change<'_>, options: DiffOptions<'_>) -> String {
    let language = options.language;
    let title = escape(&below_chapter(change, options));
    let item = renumbered(change, change.pair(), language);
    let item = item.map_or_else(String::new, |item| format!("{STEP}{item}"));
    let how = escape(&how(change, language));
    let how = match change.may_weaken() {
        true => format!("**{how}**"),
        false => how,
    };
    format!("{title}{item}<br>{how}")
}

/// One of several renumbered items, by its name.
fn renumbered(change: &Change<'_>, pair: &Pair<'_>, language: Language) -> Option<String> {
    let is_many = change.kind == Kind::Renumbered && change.pairs.len() > 1;
    is_many.then(|| escape(&item(pair, language)))
}

/// Whether an item has no name but its text, which the row has in full beside it.
fn is_its_own_name(change: &Change<'_>) -> bool {
    let row = change.pair().shown().node;
    let is_text = row.is_some_and(|row| row.own_index().is_some() && row.as_str().is_some());
    is_text && matches!(change.kind, Kind::Added | Kind::Removed | Kind::Changed)
}

/// The title of what changed, without the first step where the heading above says it.
fn below_chapter(change: &Change<'_>, options: DiffOptions<'_>) -> String {
    let language = options.language;
    let title = match is_its_own_name(change) {
        true => above(&title(change, options), 1),
        false => title(change, options),
    };
    let chapter = change.chapter;
    let chapter = chapter.and_then(|chapter| options.schema.chapter_title(chapter));
    let said = chapter.map(|chapter| format!("{}{STEP}", chapter.get(language)));
    let rest = said.and_then(|said| title.strip_prefix(&said));
    rest.map(str::to_owned).unwrap_or(title)
}

/// 「刪除（範圍・減弱）」: what happened, and what it means where that says more.
fn how(change: &Change<'_>, language: Language) -> String {
    let count = Some(change.pairs.len()).filter(|count| *count > 1);
    let count = count.map(|count| format!("{count} {}", pick(language, "項", "items")));
    let is_plain = change.class == Class::Changed && change.effect != Effect::Unclear;
    let class = Some(class(change, language)).filter(|_| !is_plain);
    let more: Vec<String> = count.into_iter().chain(class).collect();
    let kind = kind_word(change.kind, language);
    match more.is_empty() {
        true => kind.to_owned(),
        false => {
            let more = more.join(pick(language, "，", ", "));
            format!("{kind}{}", in_brackets(&more, language))
        }
    }
}

/// Whose plan, and which editions of it; where those are not known, between which files.
fn heading(plan: &PlanDiff<'_>, language: Language) -> String {
    let Some((old, new)) = plan.editions else {
        return super::title(plan, language);
    };
    let agency = plan.agency.map(|agency| match language {
        Language::ZhTw => format!("{agency}："),
        Language::En => format!("{agency}: "),
    });
    let agency = agency.unwrap_or_default();
    match language {
        Language::ZhTw => format!("{agency}第 {old} 版 → 第 {new} 版"),
        Language::En => format!("{agency}edition {old} → edition {new}"),
    }
}

/// The files, once where they have one name.
fn files(plan: &PlanDiff<'_>, language: Language) -> String {
    let mut names: Vec<String> = plan.old.into_iter().chain(plan.new).map(code).collect();
    names.dedup();
    let word = pick(language, "計畫檔案：", "Plan: ");
    format!("{word}{}", names.join(" → "))
}

/// The old text with what went struck out, the new one with what came in bold.
fn values(shown: Shown, language: Language) -> (String, String) {
    match shown {
        Shown::Values(old, new) => {
            let dash = |text: String| match text.is_empty() {
                true => pick(language, "（無）", "(nothing)").to_owned(),
                false => escape(&text),
            };
            (dash(old), dash(new))
        }
        Shown::Prose(pieces) => (
            cell(&pieces, |piece| !matches!(piece, Piece::Added(_))),
            cell(&pieces, |piece| !matches!(piece, Piece::Removed(_))),
        ),
    }
}

/// One side of a text, escaped as a whole: what stands on both sides of a clause that is gone is one
/// text there.
fn cell(pieces: &[Piece], is_shown: impl Fn(&Piece) -> bool) -> String {
    let pieces: Vec<&Piece> = pieces.iter().filter(|piece| is_shown(piece)).collect();
    let parts: Vec<&str> = pieces.iter().map(|piece| said(piece)).collect();
    let parts = pieces.iter().zip(escape_parts(&parts));
    let marked = parts.map(|(piece, text)| match piece {
        Piece::Same(_) => text,
        Piece::Removed(_) => format!("<del>{text}</del>"),
        Piece::Added(_) => format!("<ins>{text}</ins>"),
    });
    marked.collect()
}

fn said(piece: &Piece) -> &str {
    let (Piece::Same(text) | Piece::Removed(text) | Piece::Added(text)) = piece;
    text
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a browser shows as one text: the cell without the marks of ours.
    fn unmarked(cell: &str) -> String {
        let marks = ["<del>", "</del>", "<ins>", "</ins>"];
        let cell = cell.to_owned();
        marks.iter().fold(cell, |cell, mark| cell.replace(mark, ""))
    }

    fn cells(old: &str, new: &str) -> (String, String) {
        let pieces = Shown::Prose(crate::change::pieces(old, new));
        values(pieces, Language::ZhTw)
    }

    #[test]
    fn a_changed_clause_opens_no_link() {
        for (from, to, harmless) in [
            ("http:x//evil.test", "http://evil.test", ":\u{200b}//"),
            ("wwwx.example.com", "www.example.com", "www\u{200b}."),
            ("GHxx-12", "GH-12", "GH-\u{200b}"),
            ("!x[圖](y)", "![圖](y)", "\\!\\["),
        ] {
            let (_, cell) = cells(&format!("網址 {from}"), &format!("網址 {to}"));
            assert!(unmarked(&cell).contains(harmless), "{cell}");
        }
    }

    #[test]
    fn a_line_end_that_came_is_seen() {
        let (_, cell) = cells("甲", "甲\n");
        assert_eq!(cell, "甲<ins>\\\\n</ins>");
    }

    proptest! {
        #[test]
        fn a_cell_is_escaped_as_its_text_is(
            old in "(http|www|GH|gh|://|//|[-:.#@!\\[\\]|x甲1_*]){0,14}",
            new in "(http|www|GH|gh|://|//|[-:.#@!\\[\\]|x甲1_*]){0,14}",
        ) {
            let (before, after) = cells(&old, &new);
            prop_assert_eq!(unmarked(&before), escape(&old));
            prop_assert_eq!(unmarked(&after), escape(&new));
        }
    }
}
