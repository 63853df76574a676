//! What is told of two small plans: one line a change.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{Changes, compare};
use crate::document::{Limits, parse};
use crate::plan::{Plan, PlanFiles, Schema};
use crate::text::SourceFile;

mod handed_on;
mod identity;
mod meaning;
mod merged;
mod moves;
mod silence;
mod switches;
mod variants;

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);

/// Two bodies, an issue date, and a control with a bit of everything.
const BASE: &str = r#"
header: { title: 計畫, agency: jia, edition: "1.3", issued: 110-12-27 }
bodies:
  - { id: jia, name: 甲局, grade: C, graded_on: 108-05-01 }
  - { id: yi, name: 乙所, grade: D, graded_on: 108-05-01 }
systems:
  - { id: mail, name: 郵件系統, core: true, protection_level: 高, max_tolerable_interruption: 8h }
training:
  rules:
    - { who: [general], kind: awareness, hours: 3, every: 1y }
controls:
  health_check: { every: 2y, items: [network, clients] }
  password: { min_length: 8, must: [密碼應定期更換，並不得與帳號相同], may: [得使用密碼管理工具] }
"#;

/// A body of each of two grades.
const BODIES: &str = "\
header: { title: 計畫, agency: jia }
bodies: [{ id: jia, name: 甲局, grade: C }, { id: yi, name: 乙所, grade: D }]
";

fn files(text: &str) -> PlanFiles {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    let parsed = parse(&file, Limits::default());
    assert!(parsed.findings.is_empty(), "{:?}\n{text}", parsed.findings);
    PlanFiles {
        folder: "jia".into(),
        main: parsed.document.expect("a small plan"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}

/// Hands the changes between two plans to a test, as of 2022-01-10.
fn between<T>(old: &str, new: &str, read: impl FnOnce(&Changes<'_>) -> T) -> T {
    let (old, new) = (files(old), files(new));
    let (old, new) = (Plan::new(&old, &SCHEMA), Plan::new(&new, &SCHEMA));
    read(&compare(&old, &new, "2022-01-10".parse().expect("a day")))
}

/// The changes as lines: path, kind, class, effect.
fn told(old: &str, new: &str) -> Vec<String> {
    between(old, new, |changes| {
        let lines = changes.all.iter().map(|change| {
            let (kind, class) = (change.kind.word(), change.class.word());
            format!("{} {kind} {class} {}", change.path(), change.effect.word())
        });
        lines.collect()
    })
}

/// [`BASE`] with one passage replaced.
fn edited(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "{from}");
    BASE.replace(from, to)
}

/// What is told of one edit of [`BASE`].
fn check(from: &str, to: &str, expected: &[&str]) {
    let new = edited(from, to);
    assert_eq!(told(BASE, &new), expected, "{from:?} → {to:?}");
}
