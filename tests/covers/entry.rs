//! One entry of the table against one policy that says it covers it.

use std::collections::BTreeMap;

use plangate::check::{Judge, Settings, example_files};
use plangate::policy::{Covers, Edition, Pack, Policy, Row};
use plangate::text::{Day, parse_day};

use crate::exceptions::{Exceptions, named, parts};
use crate::obligations::{Figure, Obligation, Table};
use crate::{citation, figure, pack, path};

/// The path of a figure that is the last day of grace of a body graded when the law began.
const DUE: &str = "deadline.due";

/// What a policy is held against.
pub(crate) struct Ground<'g> {
    pub(crate) pack: &'g Pack,
    pub(crate) table: &'g Table,
    pub(crate) exceptions: &'g Exceptions,
}

/// What is wrong with what a policy says it covers.
pub(crate) fn problems(ground: &Ground<'_>, policy: &Policy) -> Vec<String> {
    let mut found = Vec::new();
    for covers in &policy.covers {
        for id in &covers.ids {
            let Some(entry) = ground.table.get(id) else {
                found.push(format!("{}: {id} is not in the table", policy.id));
                continue;
            };
            let told = figures_told(covers, &entry.figures());
            let rows = rows(ground, policy, covers, entry);
            let problems = told.into_iter().chain(rows);
            found.extend(problems.map(|problem| format!("{}: {id}: {problem}", policy.id)));
        }
    }
    found
}

/// Every figure of the entry is judged, or left with a reason; no other is named.
fn figures_told(covers: &Covers, figures: &BTreeMap<String, Figure>) -> Vec<String> {
    let told = |name: &String| covers.figures.contains_key(name) || covers.left.contains_key(name);
    let untold = figures.keys().filter(|name| !told(name));
    let untold = untold.map(|name| format!("{name} is neither judged nor left"));
    let both = covers.figures.keys().chain(covers.left.keys());
    let unknown = both.filter(|name| !figures.contains_key(*name));
    let unknown = unknown.map(|name| format!("the entry has no figure {name}"));
    let silent = covers.left.iter().filter(|(_, why)| why.trim().is_empty());
    let silent = silent.map(|(name, _)| format!("{name} is left without a reason"));
    untold.chain(unknown).chain(silent).collect()
}

/// The policy at every row of the entry, on every day on which it or the entry changes.
fn rows(ground: &Ground<'_>, policy: &Policy, covers: &Covers, entry: &Obligation) -> Vec<String> {
    let mut found = Vec::new();
    for day in days(policy, entry) {
        let Some(edition) = policy.on(day) else {
            found.push(format!("no edition in force on {day}"));
            continue;
        };
        for row in entry.rows() {
            if !edition.applies_to.includes(row) {
                let excused = ground.exceptions.narrower(&policy.id, &entry.id, row);
                let problem = (!excused).then(|| format!("{day}: not asked of {}", named(row)));
                found.extend(problem);
                continue;
            }
            let figures = figures(ground, policy, edition, row, covers, entry);
            let confidence = confidence(ground, edition, row, entry);
            let cite = citation::problem(edition, row, day, &entry.cite);
            let cite = cite.filter(|_| !ground.exceptions.ground(&policy.id, &entry.id));
            let problems = figures.into_iter().chain(confidence).chain(cite);
            found.extend(problems.map(|problem| format!("{day}: {}: {problem}", named(row))));
        }
    }
    found
}

/// The first day of the entry, and every day within it on which an edition begins or ends.
fn days(policy: &Policy, entry: &Obligation) -> Vec<Day> {
    let changes = policy.editions.iter();
    let changes = changes.flat_map(|edition| [Some(edition.from), edition.until]);
    let mut days = vec![entry.from()];
    days.extend(changes.flatten().filter(|&day| entry.holds(day)));
    days.sort();
    days.dedup();
    days
}

fn figures(
    ground: &Ground<'_>,
    policy: &Policy,
    edition: &Edition,
    row: Row,
    covers: &Covers,
    entry: &Obligation,
) -> Vec<String> {
    let figures = entry.figures();
    let judged = covers.figures.iter();
    let judged = judged.filter_map(|(name, path)| Some((name, path, figures.get(name)?)));
    judged
        .filter_map(|(name, path, figure)| {
            let compared = match path.as_str() {
                DUE => transition(ground, policy, row, entry, figure),
                _ => match path::at(edition, row, path) {
                    Some(found) => {
                        let labels = edition.params.at(row).get("labels");
                        figure::compare(name, figure, &found, labels)
                    }
                    None => Err(format!("{name}: nothing stands at {path}")),
                },
            };
            compared.err()
        })
        .collect()
}

/// The last day of grace of a body graded when the law began, as the engine reckons it on the first
/// day of the entry.
fn transition(
    ground: &Ground<'_>,
    policy: &Policy,
    row: Row,
    entry: &Obligation,
    figure: &Figure,
) -> Result<(), String> {
    let Figure::Text(expected) = figure else {
        return Err("the last day of grace is no day".to_owned());
    };
    let files = example_files(&lone_body(row))?;
    let judge = Judge::new(ground.pack, &pack::SCHEMA, Settings::on(entry.from()));
    let (visited, _) = judge.policy(&files, policy);
    let due = visited.iter().find_map(|visited| visited.due);
    if due.is_some() && due == parse_day(expected) {
        return Ok(());
    }
    Err(format!(
        "the last day of grace is {expected} in the table, {due:?} here"
    ))
}

/// A plan of one body, graded when the law began, that states nothing else.
pub(crate) fn lone_body(row: Row) -> String {
    let (grade, sector) = parts(row);
    format!(
        "bodies:\n  - {{ id: a, name: 甲機關, grade: {grade}, sector: {sector}, \
         graded_on: 2019-01-01, ci_provider: true }}\n"
    )
}

/// As sure as the entry; less sure where the entry's own first day is assumed.
fn confidence(
    ground: &Ground<'_>,
    edition: &Edition,
    row: Row,
    entry: &Obligation,
) -> Option<String> {
    let Some(&own) = edition.confidence.at(row) else {
        return Some("no confidence for the row".to_owned());
    };
    let expected = entry.confidence(row);
    let lowered = entry.first_day_is_assumed() && own > expected;
    let excused = || {
        ground
            .exceptions
            .confidence(&entry.id, row, edition.from, own)
    };
    if own == expected || lowered || excused() {
        return None;
    }
    let (own, expected) = (own.word(), expected.word());
    Some(format!("the table is {expected} of it, the policy {own}"))
}
