//! How duties are judged, told by policies and plans made for it: modes, dates, bodies, rows.

#[path = "judging/alike.rs"]
mod alike;
#[path = "judging/dates.rs"]
mod dates;
#[path = "judging/modes.rs"]
mod modes;
#[path = "judging/rows.rs"]
mod rows;
#[path = "judging/together.rs"]
mod together;
#[path = "judging/told.rs"]
mod told;
#[path = "judging/unasked.rs"]
mod unasked;

use std::sync::{Arc, LazyLock};

use plangate::check::{AsOf, Judge, Judged, Settings, Visited, example_files};
use plangate::finding::{Finding, Severity};
use plangate::plan::Schema;
use plangate::policy::{Pack, PackSource};
use plangate::text::{Day, SourceFile};

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);

/// The end of every policy made here: a pack without examples does not load.
const EXAMPLES: &str = "
examples:
  - { name: 合, expect: pass, plan: {} }
  - { name: 不合, expect: fail, plan: {} }
";

/// A plan judged by every policy of the built-in pack.
fn judged_by_all(plan: &str, as_of: AsOf, all: bool) -> Judged {
    let (pack, _) = Pack::load(&[PackSource::builtin()], &SCHEMA);
    let AsOf::Day(today) = on("2026-11-21") else {
        unreachable!("a day")
    };
    let settings = Settings { as_of, today, all };
    let files = example_files(plan).expect("the plan reads");
    Judge::new(&pack, &SCHEMA, settings).plan(&files)
}

/// A plan judged by one policy of a pack of its own.
fn judged(policy: &str, plan: &str, as_of: AsOf) -> (Vec<Visited>, Vec<Finding>) {
    let file = SourceFile::new("city/controls/made-up.yaml", format!("{policy}{EXAMPLES}"));
    let source = PackSource {
        name: "city".into(),
        files: vec![("controls/made-up.yaml".into(), Arc::new(file))],
        local: true,
    };
    let (pack, problems) = Pack::load(&[PackSource::builtin(), source], &SCHEMA);
    let errors = problems.iter().filter(|f| f.severity == Severity::Error);
    let told: Vec<&str> = errors.map(|f| f.message.en.as_str()).collect();
    assert!(told.is_empty(), "{told:?}");
    let today: Day = "2026-11-21".parse().expect("a day");
    let settings = Settings {
        as_of,
        today,
        all: true,
    };
    let judge = Judge::new(&pack, &SCHEMA, settings);
    let policy = pack.get("city/made-up").expect("the policy loads");
    judge.policy(&example_files(plan).expect("the plan reads"), policy)
}

fn on(day: &str) -> AsOf {
    AsOf::Day(day.parse().expect("a day"))
}
