//! Every finding on the five plans, in files of their own, each with the line of the printed plan
//! that it speaks of and the reason why it is true.
//!
//! `UPDATE=1` rewrites what is computed and keeps what is written by hand (`source`, `finding`) by
//! policy, check, path and bodies. A finding that nobody has looked at has neither, and is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use plangate::check::{Judge, sort};
use plangate::finding::{Basis, Finding};
use serde::{Deserialize, Serialize};

use crate::pack::SCHEMA;
use crate::plans::{FANGLIAO, KAOHSIUNG, KEELUNG, PACK, PLANS, TAICHUNG, TODAY, plan, settings};

/// The theme of what is wrong with the form of a file.
const FORM: &str = "form";
/// From how many bodies on only their number is kept.
const MANY: usize = 4;

/// A finding as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    policy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
    verdict: String,
    severity: String,
    line: usize,
    path: String,
    bodies: Bodies,
    message: String,
    basis: String,
    /// The lines of the printed plan; by hand where no comment of the file says it.
    source: String,
    /// The number of the defect in the review of the plan, or `new:` and why it is true; by hand.
    finding: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
enum Bodies {
    Ids(Vec<String>),
    Count(usize),
}

/// By what an entry is found again.
type Key = (String, Option<String>, String, Bodies);

/// Entries by theme.
type Themes = BTreeMap<String, Vec<Entry>>;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for name in PLANS {
        for day in ["issued", TODAY] {
            trials.push(Trial::test(
                format!("golden › {name} › {day}"),
                move || check(name, day).map_err(Failed::from),
            ));
        }
    }
    trials
}

fn check(name: &str, day: &str) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens/plans")
        .join(name)
        .join(day);
    let stored = stored(&folder)?;
    let mut found = found(name, day);
    keep(&mut found, &stored);
    if is_update() {
        write(&folder, &found);
    } else {
        for theme in stored.keys().chain(found.keys()) {
            let (old, new) = (stored.get(theme), found.get(theme));
            if old != new {
                let (old, new) = (listed(old), listed(new));
                return Err(format!(
                    "{theme} differs; UPDATE=1 rewrites it\n{old}=== found\n{new}"
                ));
            }
        }
    }
    found
        .values()
        .flatten()
        .try_for_each(|entry| by_hand(name, entry))
}

#[expect(
    clippy::disallowed_methods,
    reason = "on demand a test writes its golden files"
)]
fn is_update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

/// The findings of a run that need attention, by theme.
fn found(name: &str, day: &str) -> Themes {
    let read = plan(name);
    let judge = Judge::new(&PACK, &SCHEMA, settings(day, false));
    let mut findings = judge.plan(&read.files).findings;
    findings.extend(read.form.iter().cloned());
    sort(&mut findings);
    let mut themes = Themes::new();
    for finding in &findings {
        let theme = PACK
            .get(&finding.policy)
            .map_or(FORM, |policy| &policy.theme);
        let entry = entry(finding, read.file.text());
        themes.entry(theme.to_owned()).or_default().push(entry);
    }
    themes
}

fn entry(finding: &Finding, text: &str) -> Entry {
    let line = finding.place.start().line;
    let ids: Vec<String> = finding
        .bodies
        .iter()
        .map(|body| body.id.to_string())
        .collect();
    let basis = match &finding.basis {
        Basis::Law(citation) | Basis::Local(citation) => citation.written().zh_tw,
        Basis::Consistency(place) => format!("consistency: {}", place.path),
        Basis::Format { .. } => "format".to_owned(),
    };
    Entry {
        policy: finding.policy.to_string(),
        check: finding.check.as_ref().map(ToString::to_string),
        verdict: finding.verdict.word().to_owned(),
        severity: finding.severity.word().to_owned(),
        line,
        path: finding.place.path.to_string(),
        bodies: if ids.len() < MANY {
            Bodies::Ids(ids)
        } else {
            Bodies::Count(ids.len())
        },
        message: finding.message.zh_tw.clone(),
        basis,
        source: source_line(text, line).unwrap_or_default(),
        finding: String::new(),
    }
}

/// The `# L272` on the line, or on the nearest line above that has one.
fn source_line(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    lines.iter().rev().find_map(|line| {
        let (_, comment) = line.split_once("# L")?;
        let digits: String = comment.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("L{digits}"))
    })
}

/// Takes over what is written by hand.
fn keep(found: &mut Themes, stored: &Themes) {
    let mut by_hand: BTreeMap<Key, Vec<&Entry>> = BTreeMap::new();
    for entry in stored.values().flatten().rev() {
        by_hand.entry(key(entry)).or_default().push(entry);
    }
    for entry in found.values_mut().flatten() {
        if let Some(old) = by_hand.get_mut(&key(entry)).and_then(Vec::pop) {
            entry.source.clone_from(&old.source);
            entry.finding.clone_from(&old.finding);
        }
    }
}

fn key(entry: &Entry) -> Key {
    let Entry {
        policy,
        check,
        path,
        bodies,
        ..
    } = entry;
    (policy.clone(), check.clone(), path.clone(), bodies.clone())
}

/// Somebody has looked at it: it names the line, and the defect or why it is true.
fn by_hand(name: &str, entry: &Entry) -> Result<(), String> {
    let lines = entry.source.split(['-', '、']);
    let is_line = |line: &str| {
        let digits = line.strip_prefix('L').unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit())
    };
    let reason = entry.finding.strip_prefix("new: ");
    let told = reason.is_some_and(|reason| reason.chars().count() > 15)
        || entry.finding.split('、').all(|id| is_known(name, id));
    match lines.into_iter().all(is_line) && told {
        true => Ok(()),
        false => Err(format!("`source` or `finding` wants a hand: {entry:?}")),
    }
}

/// `KH-08` for Kaohsiung, `X-07` for what was found across plans.
fn is_known(name: &str, id: &str) -> bool {
    let prefix = match name {
        KAOHSIUNG => "KH",
        TAICHUNG => "TC",
        FANGLIAO => "PT",
        KEELUNG => "KL",
        _ => "TP",
    };
    let number = id.strip_prefix(prefix).or(id.strip_prefix("X"));
    let digits = number
        .and_then(|number| number.strip_prefix('-'))
        .unwrap_or_default();
    digits.len() == 2 && digits.chars().all(|digit| digit.is_ascii_digit())
}

#[expect(clippy::disallowed_methods, reason = "a test reads its golden files")]
fn stored(folder: &Path) -> Result<Themes, String> {
    let mut themes = Themes::new();
    for path in files(folder) {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let entries =
            serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let theme = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        themes.insert(theme, entries);
    }
    Ok(themes)
}

#[expect(clippy::disallowed_methods, reason = "a test lists its golden files")]
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = listing.filter_map(|entry| Some(entry.ok()?.path()));
    paths.collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "on demand a test writes its golden files"
)]
fn write(folder: &Path, themes: &Themes) {
    for path in files(folder) {
        std::fs::remove_file(path).expect("a golden file can be removed");
    }
    std::fs::create_dir_all(folder).expect("the folder of goldens can be made");
    for (theme, entries) in themes {
        let path = folder.join(format!("{theme}.yaml"));
        std::fs::write(path, written(entries)).expect("a golden file can be written");
    }
}

fn listed(entries: Option<&Vec<Entry>>) -> String {
    entries.map_or_else(String::new, |entries| written(entries))
}

fn written(entries: &[Entry]) -> String {
    let options = serde_yaml::ser_options! {
        prefer_block_scalars: false,
        compact_list_indent: true,
    };
    serde_yaml::to_string_with_options(&entries, options).expect("entries have a written form")
}
