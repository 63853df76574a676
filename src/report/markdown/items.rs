//! The table of the 13 mandatory items × bodies.

use std::io;

use super::escape;
use crate::check::{BodySummary, PlanSummary, Tally};
use crate::finding::Verdict;
use crate::report::alike::alike;
use crate::report::words;
use crate::text::{Language, Localized};

/// Columns of bodies that fit on a sheet beside the items' names; with more, bodies are rows.
const BESIDE: usize = 4;

/// Nothing was judged, or no duty applies.
const NONE: &str = "－";

pub(super) fn render(
    items: &[Localized; 13],
    plan: &PlanSummary,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let groups = alike(&plan.bodies, |body| (body.grade, body.items));
    let numbered: Vec<String> = items
        .iter()
        .zip(1..)
        .map(|(item, n)| title(item, n, language))
        .collect();
    if groups.len() <= BESIDE {
        let names = groups.iter().map(|group| name(group, language));
        let first = words::pick(language, "應載明事項", "Item").to_owned();
        row(std::iter::once(first).chain(names), out)?;
        rule(groups.len(), out)?;
        for (index, title) in numbered.into_iter().enumerate() {
            let cells = groups.iter().map(|group| cell(&group[0].items[index]));
            row(std::iter::once(title).chain(cells), out)?;
        }
    } else {
        let first = words::pick(language, "機關", "Body").to_owned();
        row(
            std::iter::once(first).chain((1..=items.len()).map(|n| n.to_string())),
            out,
        )?;
        rule(items.len(), out)?;
        for group in &groups {
            let cells = group[0].items.iter().map(cell);
            row(std::iter::once(name(group, language)).chain(cells), out)?;
        }
        writeln!(out)?;
        // A word first: a line that begins with a number would be a list.
        let before = words::pick(language, "款次：", "Items: ");
        let titles = numbered.join(words::pick(language, "　", " · "));
        writeln!(out, "{before}{titles}")?;
    }
    writeln!(out, "\n{}\n", legend(language))
}

fn row(cells: impl Iterator<Item = String>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn rule(centred: usize, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "| --- |{}", " :---: |".repeat(centred))
}

/// The item's title with its number, also where the schema has no title for it.
fn title(item: &Localized, number: usize, language: Language) -> String {
    match (words::either(item, language), language) {
        ("", Language::ZhTw) => format!("第 {number} 款"),
        ("", Language::En) => format!("Item {number}"),
        (title, _) => format!("{number}. {}", escape(title)),
    }
}

fn name(group: &[&BodySummary], language: Language) -> String {
    let names = escape(&words::bodies(
        group.iter().map(|body| &*body.name),
        language,
    ));
    let Some(grade) = group[0].grade else {
        return names;
    };
    match language {
        Language::ZhTw => format!("{names}（{grade} 級）"),
        Language::En => format!("{names} (grade {grade})"),
    }
}

/// Marks with their counts; a no-break space keeps the two together in a narrow column.
fn cell(tally: &Tally) -> String {
    let counts = Verdict::ALL
        .into_iter()
        .filter_map(|kind| Some((mark(kind)?, tally.of(kind))));
    let counts = counts
        .filter(|&(_, count)| count > 0)
        .map(|(mark, count)| format!("{mark}\u{a0}{count}"));
    let counts = counts.collect::<Vec<_>>();
    if counts.is_empty() {
        NONE.to_owned()
    } else {
        counts.join("　")
    }
}

fn mark(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Fail => Some("✘"),
        Verdict::Doubt => Some("△"),
        Verdict::Unknown => Some("？"),
        Verdict::Pending => Some("…"),
        Verdict::Delegated => Some("➔"),
        Verdict::Waived => Some("◇"),
        Verdict::Pass => Some("✔"),
        Verdict::NotApplicable => None,
    }
}

fn legend(language: Language) -> String {
    let marked = Verdict::ALL.into_iter().rev();
    let words = marked.filter_map(|kind| {
        Some(format!(
            "{} {}",
            mark(kind)?,
            words::verdict(kind, language)
        ))
    });
    let none = words::pick(language, "無此項義務或未檢核", "no duty, or not judged");
    let words: Vec<_> = words
        .chain(std::iter::once(format!("{NONE} {none}")))
        .collect();
    words.join(words::pick(language, "　", " · "))
}
