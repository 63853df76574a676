//! Every finding on the five plans, in files of their own, each with the line of the printed plan
//! that it speaks of and the reason why it is true.
//!
//! `UPDATE=1` rewrites what is computed and keeps what is written by hand (`source`, `finding`) by
//! policy, check, path and bodies. A finding that nobody has looked at has neither, and is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use plangate::check::{Judge, sort};

use crate::entry::{Bodies, Entry};
use crate::pack::SCHEMA;
use crate::plans::{PACK, PLANS, TODAY, plan, settings};

/// The days that the plans are judged on.
const DAYS: [&str; 2] = ["issued", TODAY];
/// The theme of what is wrong with the form of a file.
const FORM: &str = "form";
/// By what an entry is found again.
type Key = (String, Option<String>, String, Bodies);

/// Entries by theme.
type Themes = BTreeMap<String, Vec<Entry>>;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for name in PLANS {
        for day in DAYS {
            trials.push(Trial::test(
                format!("golden › {name} › {day}"),
                move || check(name, day).map_err(Failed::from),
            ));
        }
    }
    trials
}

fn check(name: &str, day: &str) -> Result<(), String> {
    let folder = folder(name, day);
    let stored = stored(&folder)?;
    let found = looked_at(name, day, &stored);
    if is_update() {
        write(&folder, &found);
    } else {
        for theme in stored.keys().chain(found.keys()) {
            let (old, new) = (of(&stored, theme), of(&found, theme));
            if old != new {
                let (gone, come) = (without(old, new), without(new, old));
                return Err(format!(
                    "{theme} differs; UPDATE=1 rewrites it\n=== no longer\n{gone}=== now\n{come}"
                ));
            }
        }
    }
    found
        .values()
        .flatten()
        .try_for_each(|entry| entry.by_hand(name))
}

static LOOKED_AT: LazyLock<BTreeMap<(&str, &str), Vec<Entry>>> = LazyLock::new(|| {
    let runs = PLANS.iter().flat_map(|&name| DAYS.map(|day| (name, day)));
    let entries = runs.map(|(name, day)| {
        let stored = stored(&folder(name, day)).expect("the golden files read");
        let found = looked_at(name, day, &stored).into_values().flatten();
        ((name, day), found.collect())
    });
    entries.collect()
});

/// Every finding of a run, with what somebody wrote beside it.
pub(crate) fn entries(name: &str, day: &str) -> &'static [Entry] {
    let mut runs = LOOKED_AT.iter();
    let run = runs.find(|(run, _)| **run == (name, day));
    let (_, entries) = run.expect("one of the runs that have golden files");
    entries
}

fn looked_at(name: &str, day: &str, stored: &Themes) -> Themes {
    let mut found = found(name, day);
    keep(&mut found, stored);
    found
}

fn folder(name: &str, day: &str) -> PathBuf {
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/plans");
    plans.join(name).join(day)
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
        let entry = Entry::of(finding, read.file.text());
        themes.entry(theme.to_owned()).or_default().push(entry);
    }
    themes
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

fn of<'t>(themes: &'t Themes, theme: &str) -> &'t [Entry] {
    themes.get(theme).map_or(&[], Vec::as_slice)
}

/// The entries that are not among others.
fn without(entries: &[Entry], others: &[Entry]) -> String {
    let left = entries.iter().filter(|entry| !others.contains(entry));
    written(&left.cloned().collect::<Vec<Entry>>())
}

fn written(entries: &[Entry]) -> String {
    let options = serde_yaml::ser_options! {
        prefer_block_scalars: false,
        compact_list_indent: true,
    };
    serde_yaml::to_string_with_options(&entries, options).expect("entries have a written form")
}
