//! The table of marks: one test for each rule, plan and day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use plangate::check::Visited;
use serde::Deserialize;

use crate::mark::{Mark, worst};
use crate::plans::{PACK, judged, policy};

/// The decisions that argue why a mark is not the table's.
const RECORD: &str = include_str!("../../docs/decisions/0012-oracle-differences.md");

static EXPECTED: LazyLock<Expected> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("expected.yaml")).expect("the table of marks reads")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why marks differ from the table, by the headings of the decision record.
    differences: BTreeMap<String, Difference>,
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    /// A policy not written yet; once it is there the table's own marks must hold.
    until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(rename = "rule")]
    id: String,
    title: String,
    /// The policies that answer it.
    policies: Vec<String>,
    /// By `issued` or day, then by plan.
    on: BTreeMap<String, BTreeMap<String, Written>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Written {
    Mark(Mark),
    Cell(Cell),
}

/// A mark, and what exactly gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    mark: Mark,
    /// The table's mark, where it is another one.
    table: Option<Mark>,
    /// Which of the differences explains that.
    because: Option<String>,
    /// The policies whose verdict gives the mark: these and no other.
    by: Option<BTreeSet<String>>,
    /// The bodies that have it: these and no other.
    bodies: Option<BTreeSet<String>>,
    /// The items or entries of the law's list that have it: these and no other.
    at: Option<BTreeSet<String>>,
    #[expect(
        dead_code,
        reason = "for the reader: the words of the table beside its mark"
    )]
    note: Option<String>,
}

impl Written {
    fn cell(&self) -> Cell {
        match self {
            Self::Cell(cell) => cell.clone(),
            Self::Mark(mark) => Cell {
                mark: *mark,
                table: None,
                because: None,
                by: None,
                bodies: None,
                at: None,
                note: None,
            },
        }
    }
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test(
        "the differences are those of the record",
        record,
    )];
    for rule in &EXPECTED.rules {
        for (day, plans) in &rule.on {
            for (plan, written) in plans {
                let name = format!("{} › {plan} › {day} › {}", rule.id, rule.title);
                let cell = written.cell();
                trials.push(Trial::test(name, move || {
                    check(rule, plan, day, &cell).map_err(Failed::from)
                }));
            }
        }
    }
    trials
}

fn check(rule: &Rule, plan: &str, day: &str, cell: &Cell) -> Result<(), String> {
    complete(rule, cell)?;
    let mut told: Vec<(&str, Visited)> = Vec::new();
    for id in &rule.policies {
        let (visited, _) = judged(plan, policy(id)?, day);
        told.extend(visited.into_iter().map(|visited| (id.as_str(), visited)));
    }
    let verdicts: Vec<&Visited> = told.iter().map(|(_, visited)| visited).collect();
    if !cell.mark.is_met(&verdicts) {
        return Err(format!("expected {:?}, got\n{}", cell.mark, listed(&told)));
    }
    let worst = worst(&verdicts);
    let giving = || {
        told.iter()
            .filter(|(_, visited)| Some(visited.verdict) == worst)
    };
    let by = giving().map(|(id, _)| (*id).to_owned()).collect();
    let bodies = giving()
        .filter_map(|(_, visited)| visited.body.clone())
        .collect();
    let at = giving()
        .filter_map(|(_, v)| v.need.clone().or(v.item.clone()))
        .collect();
    same("by", cell.by.as_ref(), &by)?;
    same("bodies", cell.bodies.as_ref(), &bodies)?;
    same("at", cell.at.as_ref(), &at)
}

/// A mark that tells of something must say by which of several policies; one that is not the
/// table's must say why.
fn complete(rule: &Rule, cell: &Cell) -> Result<(), String> {
    if cell.mark.tells() && rule.policies.len() > 1 && cell.by.is_none() {
        return Err("`by` is wanted: which of the policies gives the mark".to_owned());
    }
    match (&cell.table, &cell.because) {
        (None, None) => Ok(()),
        (Some(table), Some(because)) if *table != cell.mark => {
            let known = EXPECTED.differences.contains_key(because);
            known
                .then_some(())
                .ok_or_else(|| format!("no difference {because}"))
        }
        _ => Err("`table` and `because` stand together, where the marks differ".to_owned()),
    }
}

fn same(
    key: &str,
    expected: Option<&BTreeSet<String>>,
    found: &BTreeSet<String>,
) -> Result<(), String> {
    match expected {
        Some(expected) if expected != found => {
            Err(format!("{key}: expected {expected:?}, got {found:?}"))
        }
        _ => Ok(()),
    }
}

fn listed(told: &[(&str, Visited)]) -> String {
    let line = |(id, visited): &(&str, Visited)| {
        let reason = visited.reason.map_or("", plangate::finding::Reason::word);
        let mode = visited.mode.unwrap_or("");
        let names = visited.names().join(" ");
        format!("{id} {names}: {} {reason} {mode}", visited.verdict.word())
    };
    told.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The record has a heading for each difference and no other; each is used; none outlives the
/// policy it waits for.
fn record() -> Result<(), Failed> {
    let headings: BTreeSet<&str> = RECORD
        .lines()
        .filter_map(|l| l.strip_prefix("### "))
        .collect();
    let known: BTreeSet<&str> = EXPECTED.differences.keys().map(String::as_str).collect();
    let cells = EXPECTED.rules.iter().flat_map(|rule| rule.on.values());
    let cells = cells.flat_map(BTreeMap::values).map(Written::cell);
    let used: BTreeSet<String> = cells.filter_map(|cell| cell.because).collect();
    let used: BTreeSet<&str> = used.iter().map(String::as_str).collect();
    if headings != known || used != known {
        return Err(format!("record {headings:?}, data {known:?}, used {used:?}").into());
    }
    for (id, difference) in &EXPECTED.differences {
        let arrived = difference
            .until
            .as_ref()
            .filter(|policy| PACK.get(policy).is_some());
        if let Some(policy) = arrived {
            return Err(format!("{policy} is there, so {id} no longer stands").into());
        }
    }
    Ok(())
}
