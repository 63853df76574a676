//! The tables of duties as a whole: nothing left out, nothing made up.

use std::collections::{BTreeMap, BTreeSet};

use plangate::check::{Judge, Settings, example_files};
use plangate::finding::Verdict;
use plangate::policy::{Edition, Pack, Policy, Row};
use plangate::text::Day;
use serde::Deserialize;

use crate::entry::{Ground, lone_body};
use crate::exceptions::named;
use crate::obligations::{Obligation, Table};
use crate::pack;

/// Beginnings of the ids of entries that stand in the tables of duties (附表一 to 附表八).
const TABLES: [&str; 16] = [
    "staff-",
    "internal-audit-",
    "bcp-drill-",
    "vuln-scan-",
    "pentest-",
    "maturity-",
    "health-check-",
    "isms-",
    "classify-",
    "soc-",
    "gcb-",
    "edr-",
    "vans-",
    "protect-",
    "train-",
    "cert-",
];

/// Entries that no policy judges, with the reason.
#[derive(Debug)]
pub(crate) struct NotJudged(BTreeMap<String, Reason>);

/// Why a plan cannot show what an entry asks, in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    #[serde(rename = "zh-TW")]
    pub(crate) zh_tw: String,
    pub(crate) en: String,
}

impl NotJudged {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    pub(crate) fn reason(&self, id: &str) -> Option<&Reason> {
        self.0.get(id)
    }
}

/// Entries that are neither covered nor listed, and entries that are both.
pub(crate) fn uncovered(table: &Table, pack: &Pack, not_judged: &NotJudged) -> Vec<String> {
    let covered: BTreeSet<&str> = pack.policies.values().flat_map(covered_by).collect();
    let mut found = Vec::new();
    for entry in table.all() {
        let id = entry.id.as_str();
        match (covered.contains(id), not_judged.reason(id)) {
            (false, None) => found.push(format!("{id} is neither covered nor said not to be")),
            (true, Some(_)) => found.push(format!("{id} is covered and said not to be")),
            (false, Some(why)) if why.is_empty() => found.push(format!("{id}: no reason")),
            _ => {}
        }
    }
    let unknown = not_judged.0.keys().filter(|id| table.get(id).is_none());
    found.extend(unknown.map(|id| format!("{id} is not in the table")));
    found
}

impl Reason {
    fn is_empty(&self) -> bool {
        self.zh_tw.trim().is_empty() || self.en.trim().is_empty()
    }
}

pub(crate) fn covered_by(policy: &Policy) -> impl Iterator<Item = &str> {
    policy
        .covers
        .iter()
        .flat_map(|covers| covers.ids.iter().map(String::as_str))
}

/// Rows and days on which a policy of the tables asks something that no entry does.
pub(crate) fn invented(ground: &Ground<'_>) -> Vec<String> {
    let of_tables = |policy: &&Policy| {
        covered_by(policy).any(|id| TABLES.iter().any(|start| id.starts_with(start)))
    };
    let policies = ground.pack.policies.values().filter(of_tables);
    policies
        .flat_map(|policy| invented_by(ground, policy))
        .collect()
}

fn invented_by(ground: &Ground<'_>, policy: &Policy) -> Vec<String> {
    let entries: Vec<&Obligation> = covered_by(policy)
        .filter_map(|id| ground.table.get(id))
        .collect();
    let mut found = Vec::new();
    for edition in &policy.editions {
        for row in edition.applies_to.rows() {
            for day in days(edition, policy, &entries) {
                let listed = |entry: &&Obligation| entry.holds(day) && entry.rows().contains(&row);
                if entries.iter().any(listed) {
                    continue;
                }
                found.extend(excuse(ground, policy, edition, row, day));
            }
        }
    }
    found
}

/// The first day of the edition, and the days within it on which an entry ends.
fn days(edition: &Edition, policy: &Policy, entries: &[&Obligation]) -> Vec<Day> {
    let ends = entries.iter().filter_map(|entry| entry.end());
    let within = |day: &Day| {
        policy
            .on(*day)
            .is_some_and(|other| other.from == edition.from)
    };
    let mut days: Vec<Day> = ends.filter(within).collect();
    days.push(edition.from);
    days.sort();
    days.dedup();
    days
}

/// A row without an entry is made up, unless the exceptions say why, or that `when` keeps it out;
/// then a body of that row is judged to see that it does.
fn excuse(
    ground: &Ground<'_>,
    policy: &Policy,
    edition: &Edition,
    row: Row,
    day: Day,
) -> Option<String> {
    let (id, from) = (&policy.id, edition.from);
    if ground.exceptions.unlisted(id, row, from) {
        return None;
    }
    let made_up = format!("{id}: {day}: {} has no entry", named(row));
    if !ground.exceptions.excluded(id, row, from) {
        return Some(made_up);
    }
    let files = example_files(&lone_body(row)).expect("a small plan reads");
    let judge = Judge::new(ground.pack, &pack::SCHEMA, Settings::on(day));
    let (visited, _) = judge.policy(&files, policy);
    let kept_out = visited
        .iter()
        .all(|visited| visited.verdict == Verdict::NotApplicable);
    (!kept_out).then(|| format!("{made_up}, and `when` does not keep it out"))
}
