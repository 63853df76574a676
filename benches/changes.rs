//! The semantic comparison of two plans of 5,000 lines: a few edits, and nearly everything changed.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is a program of its own: it reads files, asks the time and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use plangate::change::compare;
use plangate::document::{self, Limits};
use plangate::plan::{Plan, PlanFiles, Schema};
use plangate::text::SourceFile;

/// Bodies, systems and rules of the plan: with eight, eleven and one line each about 5,000 lines.
const BODIES: usize = 200;
const SYSTEMS: usize = 260;
const RULES: usize = 500;

/// What one plan has that another has not.
#[derive(Clone, Copy, PartialEq)]
enum Edit {
    /// As it is.
    None,
    /// Every fiftieth system and rule.
    Few,
    /// Every system has another id, every rule other words, every date another spelling.
    All,
}

fn plan(edit: Edit) -> String {
    let edited = |at: usize| edit == Edit::All || edit == Edit::Few && at.is_multiple_of(50);
    let mut text =
        String::from("header: { title: 計畫, agency: body-0, issued: 111-04-27 }\nbodies:\n");
    for at in 0..BODIES {
        let date = if edited(at) {
            "2019-06-27"
        } else {
            "108-06-27"
        };
        let _ = write!(
            text,
            "  - id: body-{at}\n    name: 第{at}戶政事務所\n    kind: household-office\n    grade: D\n    \
             graded_on: {date}\n    units:\n      - 登記課{at}\n      - 資訊室{at}\n"
        );
    }
    text.push_str("systems:\n");
    for at in 0..SYSTEMS {
        let (id, hours) = if edited(at) {
            ("sys", 9)
        } else {
            ("system", 8)
        };
        let _ = write!(
            text,
            "  - id: {id}-{at}\n    name: 第{at}號業務系統\n    body: body-{}\n    core: true\n    \
             protection_level: 中\n    max_tolerable_interruption: {hours}h\n    \
             function: 辦理第{at}類案件之受理、審核及發證\n    impact:\n      - 民眾無法申辦第{at}類案件\n      \
             - 案件逾期\n    fallback: 改以紙本受理，{at} 日內補登\n",
            at % BODIES
        );
    }
    text.push_str("controls:\n  network:\n    must:\n");
    for at in 0..RULES {
        let words = if edited(at) {
            "每半年檢討一次"
        } else {
            "定期檢討"
        };
        let _ = writeln!(
            text,
            "      - 第{at}類設備之存取規則應{words}，並由權責主管核定後留存紀錄{at}"
        );
    }
    text
}

fn files(text: String) -> PlanFiles {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    let document = document::parse(&file, Limits::default()).document;
    PlanFiles {
        folder: "plan".into(),
        main: document.expect("internal: it is small enough"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}

fn changes(criterion: &mut Criterion) {
    let schema = Schema::builtin();
    let today = jiff::civil::date(2026, 11, 20);
    let old = plan(Edit::None);
    assert!(old.lines().count() > 4_900, "{} lines", old.lines().count());
    let old = files(old);
    let old = Plan::new(&old, &schema);
    let mut group = criterion.benchmark_group("compare 5,000 lines");
    for (name, edit) in [
        ("the same", Edit::None),
        ("a few edits", Edit::Few),
        ("all edited", Edit::All),
    ] {
        let new = files(plan(edit));
        let new = Plan::new(&new, &schema);
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(compare(&old, &new, today).all.len()));
        });
    }
    group.finish();
}

criterion_group!(all, changes);
criterion_main!(all);
