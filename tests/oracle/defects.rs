//! What tells of each defect that people found in the plans, and how many are found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use plangate::check::{Judge, Transition};
use serde::Deserialize;

use crate::entry::Entry;
use crate::goldens;
use crate::pack::SCHEMA;
use crate::plans::{PACK, edition, plan, settings};

/// Why a defect is not found, under headings.
const RECORD: &str = include_str!("../../docs/decisions/0036-known-defects-not-found.md");
/// A trap of the review forbids it: it is not to be found.
const FORBIDDEN: &str = "a-trap-forbids";
/// How many defects the review numbers in each plan that it worked through.
const NUMBERED: [(&str, usize); 3] = [("KH", 34), ("TC", 27), ("PT", 27)];

static DEFECTS: LazyLock<BTreeMap<String, Vec<Defect>>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("defects.yaml")).expect("the table of defects reads")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    id: String,
    severity: Severity,
    /// The lines of the printed plan.
    #[serde(rename = "where")]
    printed: Option<String>,
    #[serde(default = "issued")]
    on: String,
    /// The edition before, of a defect that is a change.
    since: Option<String>,
    /// Where such a change is told.
    path: Option<String>,
    #[serde(default)]
    by: Vec<String>,
    reason: Option<String>,
}

/// How the review weighs a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Critical,
    Major,
    Minor,
    Cosmetic,
    Info,
}

fn issued() -> String {
    "issued".to_owned()
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("defects › each number has a row", || {
            numbers().map_err(Failed::from)
        }),
        Trial::test("defects › the reasons are those of the record", || {
            record().map_err(Failed::from)
        }),
    ];
    for (plan, defects) in DEFECTS.iter() {
        let name = format!("defects found › {plan} › {}", told(defects));
        trials.push(Trial::test(name, move || {
            enough(defects).map_err(Failed::from)
        }));
        for defect in defects {
            let name = format!("defect {} › {plan}", defect.id);
            trials.push(Trial::test(name, move || {
                check(plan, defect).map_err(Failed::from)
            }));
        }
    }
    trials
}

/// The policies tell of it, on a line that the review names.
fn check(plan: &str, defect: &Defect) -> Result<(), String> {
    if let Some(since) = &defect.since {
        return changed(plan, since, defect);
    }
    if defect.by.is_empty() && defect.reason.is_none() {
        return Err("neither found nor a reason".to_owned());
    }
    let entries = goldens::entries(plan, &defect.on);
    for policy in &defect.by {
        let tells = |entry: &&Entry| {
            entry.policy == *policy && entry.finding.split('、').any(|id| id == defect.id)
        };
        let told: Vec<&Entry> = entries.iter().filter(tells).collect();
        if told.is_empty() {
            return Err(format!("{policy} does not tell of it"));
        }
        let on_a_line = |entry: &&Entry| match &defect.printed {
            Some(printed) => !lines(printed).is_disjoint(&lines(&entry.source)),
            None => true,
        };
        if !told.iter().any(on_a_line) {
            let at: Vec<&str> = told.iter().map(|entry| &*entry.source).collect();
            return Err(format!("{policy} tells of it at {at:?}"));
        }
    }
    Ok(())
}

/// The policies tell of the change since another edition.
fn changed(name: &str, since: &str, defect: &Defect) -> Result<(), String> {
    let (old, new) = (edition(name, since), plan(name));
    let judge = Judge::new(&PACK, &SCHEMA, settings(&defect.on, false));
    let transition = Transition {
        old: &old.files,
        new: &new.files,
        told_elsewhere: false,
        called: None,
    };
    let findings = judge.between(transition, None).findings;
    let path = defect.path.as_deref().ok_or("`path` is wanted")?;
    for policy in &defect.by {
        let tells = findings.iter().any(|finding| {
            *finding.policy == **policy && finding.place.path.to_string().starts_with(path)
        });
        if !tells {
            return Err(format!("{policy} does not tell of {path}"));
        }
    }
    Ok(())
}

/// `L116、L123-L127` → the lines.
fn lines(printed: &str) -> BTreeSet<usize> {
    let number = |text: &str| text.trim_start_matches('L').parse::<usize>().ok();
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(number(first)?..=number(last)?)
    };
    printed.split('、').filter_map(range).flatten().collect()
}

/// How many of a severity are found, and how many are to be found. What recurs across plans stands
/// once more under the plan's own numbers, where it was worked through.
fn count(defects: &[Defect], severity: Severity) -> (usize, usize) {
    let recurs = |defect: &Defect| defect.id.starts_with('X');
    let own = !defects.iter().all(recurs);
    let asked = |defect: &&Defect| {
        let forbidden = defect.reason.as_deref() == Some(FORBIDDEN);
        defect.severity == severity && !forbidden && !(own && recurs(defect))
    };
    let all: Vec<&Defect> = defects.iter().filter(asked).collect();
    let found = all.iter().filter(|defect| defect.reason.is_none());
    (found.count(), all.len())
}

/// The counts in words, for the name of the test.
fn told(defects: &[Defect]) -> String {
    let of = |severity| {
        let (found, all) = count(defects, severity);
        format!("{found}/{all}")
    };
    let [critical, major, minor] = [Severity::Critical, Severity::Major, Severity::Minor].map(of);
    format!("critical {critical}, major {major}, minor {minor}")
}

/// All that is critical or major, and four fifths of what is minor.
fn enough(defects: &[Defect]) -> Result<(), String> {
    let all = |severity| {
        let (found, all) = count(defects, severity);
        found == all
    };
    let (minor, of) = count(defects, Severity::Minor);
    // Only what recurs was looked at in the other two plans; four fifths of so few say nothing.
    let worked_through = defects.iter().any(|defect| !defect.id.starts_with('X'));
    if all(Severity::Critical) && all(Severity::Major) && (!worked_through || minor * 5 >= of * 4) {
        Ok(())
    } else {
        Err(told(defects))
    }
}

/// No number is left out, and none stands twice.
fn numbers() -> Result<(), String> {
    for (prefix, last) in NUMBERED {
        let own = |defect: &&Defect| defect.id.starts_with(prefix);
        let ids = DEFECTS
            .values()
            .flatten()
            .filter(own)
            .map(|defect| defect.id.clone());
        let all = (1..=last).map(|number| format!("{prefix}-{number:02}"));
        if !ids.eq(all) {
            return Err(format!("{prefix}: not 1 to {last}, one after the other"));
        }
    }
    Ok(())
}

/// The record has a heading for each reason and no other.
fn record() -> Result<(), String> {
    let lines = RECORD.lines();
    let headings: BTreeSet<&str> = lines.filter_map(|l| l.strip_prefix("### ")).collect();
    let defects = DEFECTS.values().flatten();
    let used: BTreeSet<&str> = defects.filter_map(|d| d.reason.as_deref()).collect();
    if headings == used {
        Ok(())
    } else {
        Err(format!("record {headings:?}, used {used:?}"))
    }
}
