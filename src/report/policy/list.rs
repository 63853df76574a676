//! `policy list`: one line for each policy, in columns that line up under Chinese.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use crate::policy::{Confidence, Edition, GRADES, Pack, Policy, Row};
use crate::report::words::pick;
use crate::text::{DateRange, Day, Language, display_width};

/// The version of the JSON.
const VERSION: u32 = 1;

/// Which policies are wanted, and what of them.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The day they are looked at.
    pub day: Day,
    /// Only those in force on the day.
    pub in_force: bool,
    /// Only those asked of this grade, by its place in [`GRADES`].
    pub grade: Option<u8>,
    /// Only those that have ended, or whose edition in force ends.
    pub ending: bool,
    /// Show how sure the pack is of them.
    pub confidence: bool,
}

/// A policy on the day.
struct Line<'p> {
    policy: &'p Policy,
    /// The edition in force; else the last one there was, or the first to come.
    edition: &'p Edition,
    in_force: bool,
    /// The day after its last.
    end: Option<Day>,
}

/// Lists the policies of a pack by theme.
pub fn list(
    pack: &Pack,
    choice: &Choice,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let lines = lines(pack, choice);
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| columns(line, choice, language))
        .collect();
    let count = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().map(|row| display_width(&row[column]));
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut theme = "";
    for (line, row) in lines.iter().zip(&rows) {
        if theme != &*line.policy.theme {
            theme = &line.policy.theme;
            writeln!(out, "{theme}")?;
        }
        let cells = row.iter().zip(&widths);
        let padded =
            cells.map(|(cell, width)| format!("{cell}{}", " ".repeat(width - display_width(cell))));
        let padded: Vec<String> = padded.collect();
        writeln!(out, "  {}", padded.join("  ").trim_end())?;
    }
    if choice.confidence {
        writeln!(out, "\n{}", totals(&lines, language))?;
    }
    Ok(())
}

fn lines<'p>(pack: &'p Pack, choice: &Choice) -> Vec<Line<'p>> {
    let mut lines: Vec<Line<'p>> = pack
        .policies
        .values()
        .filter_map(|policy| line(policy, choice))
        .collect();
    lines.sort_by_key(|line| (&line.policy.theme, &line.policy.id));
    lines
}

fn line<'p>(policy: &'p Policy, choice: &Choice) -> Option<Line<'p>> {
    let current = policy.on(choice.day);
    let edition = current
        .or(policy.up_to(choice.day).last())
        .or(policy.editions.first())?;
    let later = policy
        .editions
        .iter()
        .find(|other| other.from > edition.from);
    let end = edition.until.or(later.map(|later| later.from));
    let grades = &edition.applies_to.grades;
    let asked = choice
        .grade
        .is_none_or(|grade| grades.is_empty() || grades.contains(&grade));
    let line = Line {
        policy,
        edition,
        in_force: current.is_some(),
        end,
    };
    let wanted = asked && (!choice.in_force || line.in_force) && (!choice.ending || end.is_some());
    wanted.then_some(line)
}

fn columns(line: &Line<'_>, choice: &Choice, language: Language) -> Vec<String> {
    let state = if line.in_force {
        scope(line.edition)
    } else {
        pick(language, "非現行", "not in force").to_owned()
    };
    let mut row = vec![line.policy.id.to_string(), state];
    if choice.confidence {
        let words = confidences(line.edition).into_iter().map(Confidence::word);
        row.push(words.collect::<Vec<_>>().join(" "));
    }
    if choice.ending || choice.in_force {
        let from = DateRange::day(line.edition.from).show(language);
        row.push(format!("{}{from}", pick(language, "自 ", "from ")));
        let end = line.end.map(|end| DateRange::day(end).show(language));
        row.push(end.map_or_else(String::new, |end| {
            pick(language, "至 {} 前", "until {}").replace("{}", &end)
        }));
    }
    row.push(line.policy.title.get(language).to_owned());
    row
}

/// The grades in a few letters: `ABC`.
fn scope(edition: &Edition) -> String {
    let asked = |at: usize| {
        let grades = &edition.applies_to.grades;
        grades.is_empty() || u8::try_from(at).is_ok_and(|at| grades.contains(&at))
    };
    let grades = GRADES.iter().enumerate().filter(|(at, _)| asked(*at));
    grades.map(|(_, grade)| *grade).collect()
}

/// How sure the pack is of an edition, over the rows it is asked of, surest first.
fn confidences(edition: &Edition) -> Vec<Confidence> {
    let rows = edition.applies_to.rows().chain([Row::default()]);
    let mut found: Vec<Confidence> = rows
        .filter_map(|row| edition.confidence.at(row).copied())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// How many policies rest on what; one that rests on several counts by the least sure.
fn totals(lines: &[Line<'_>], language: Language) -> String {
    let mut counts: BTreeMap<Confidence, usize> = BTreeMap::new();
    for line in lines {
        if let Some(least) = confidences(line.edition).last() {
            *counts.entry(*least).or_default() += 1;
        }
    }
    let each = Confidence::ALL.iter().map(|confidence| {
        let count = counts.get(confidence).copied().unwrap_or_default();
        format!("{} {count}", confidence.word())
    });
    let each: Vec<String> = each.collect();
    pick(
        language,
        "把握程度（以最低者計）：",
        "rests on (the least sure counts): ",
    )
    .to_owned()
        + &each.join(pick(language, "、", ", "))
}

#[derive(Serialize)]
struct ListJson<'p> {
    schema: u32,
    day: String,
    policies: Vec<LineJson<'p>>,
}

#[derive(Serialize)]
struct LineJson<'p> {
    id: &'p str,
    theme: &'p str,
    title: BTreeMap<&'static str, &'p str>,
    in_force: bool,
    grades: String,
    severity: Vec<&'static str>,
    confidence: Vec<&'static str>,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// The same for programs, in both languages; `until` is the day after the last.
pub fn list_json(pack: &Pack, choice: &Choice, out: &mut dyn io::Write) -> io::Result<()> {
    let lines = lines(pack, choice);
    let policies = lines.iter().map(|line| LineJson {
        id: &line.policy.id,
        theme: &line.policy.theme,
        title: Language::ALL
            .iter()
            .map(|language| (language.tag(), line.policy.title.get(*language)))
            .collect(),
        in_force: line.in_force,
        grades: scope(line.edition),
        severity: severities(line.edition),
        confidence: confidences(line.edition)
            .into_iter()
            .map(Confidence::word)
            .collect(),
        from: line.edition.from.to_string(),
        until: line.end.map(|end| end.to_string()),
    });
    let list = ListJson {
        schema: VERSION,
        day: choice.day.to_string(),
        policies: policies.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}

fn severities(edition: &Edition) -> Vec<&'static str> {
    let mut found = edition.severity.values();
    found.sort();
    found.dedup();
    found.iter().rev().map(|severity| severity.word()).collect()
}
