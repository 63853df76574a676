//! The same small plans under the law of five days: what changes between two days is what the pack
//! says changed, and nothing else. The table is the page `docs/law-by-date.md`.

#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes a page of this repository"
)]

mod pack;

#[path = "law_changes/cases.rs"]
mod cases;
#[path = "law_changes/changes.rs"]
mod changes;
#[path = "law_changes/differences.rs"]
mod differences;
#[path = "law_changes/page.rs"]
mod page;
#[path = "law_changes/plans.rs"]
mod plans;
#[path = "pack/read.rs"]
mod read;
#[path = "law_changes/state.rs"]
mod state;
#[path = "law_changes/table.rs"]
mod table;
#[path = "law_changes/words.rs"]
mod words;

use std::sync::LazyLock;
use std::{env, fs};

use plangate::plan::{Validator, check_shape};
use plangate::policy::Pack;
use table::{Compared, Table};

/// The day before and after the 108 and 110 editions, the first days of the 114 Act, and a day under
/// all that was issued in January 115.
const DAYS: [&str; 5] = [
    "2019-08-25",
    "2019-08-27",
    "2021-08-24",
    "2025-12-15",
    "2026-01-08",
];

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    pack
});

static TABLE: LazyLock<Table<'static>> = LazyLock::new(|| Table::of(&PACK, &DAYS));

#[test]
fn what_changes_is_what_the_pack_says_changed_and_nothing_else() {
    for pair in TABLE.days.windows(2) {
        let Compared { unexpected, unseen } = TABLE.compared(pair[0], pair[1]);
        let at = format!("{} to {}", pair[0], pair[1]);
        assert!(
            unexpected.is_empty(),
            "{at}: changed without a cause: {unexpected:?}"
        );
        assert!(
            unseen.is_empty(),
            "{at}: a new edition that changes nothing: {unseen:?}"
        );
    }
}

#[test]
fn the_plans_are_of_the_right_shape() {
    let validator = Validator::new(&pack::SCHEMA);
    for plan in plans::Plan::all() {
        for files in [&plan.plain, &plan.figures] {
            let problems = check_shape(files, &validator, &pack::SCHEMA);
            let told: Vec<&str> = problems
                .iter()
                .map(|problem| &*problem.message.en)
                .collect();
            assert!(told.is_empty(), "{}: {told:?}", plan.name);
        }
    }
}

#[test]
fn the_page_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/law-by-date.md");
    let page = page::page(&TABLE);
    if env::var("UPDATE").is_ok() {
        fs::write(path, &page).expect("the page can be written");
    }
    let stands = fs::read_to_string(path).unwrap_or_default();
    assert!(
        stands == page,
        "docs/law-by-date.md is stale: UPDATE=1 cargo test --test law_changes"
    );
}
