//! The five plans of `fixtures/plans/`, read once and judged on a day.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use plangate::check::{AsOf, Judge, Settings, Visited};
use plangate::document::{self, Limits};
use plangate::finding::Finding;
use plangate::plan::{PlanFiles, Validator, check_shape};
use plangate::policy::{Pack, Policy};
use plangate::text::{Day, SourceFile, parse_day};

use crate::pack::{self, SCHEMA};

pub(crate) const KAOHSIUNG: &str = "kaohsiung-civil-affairs";
pub(crate) const TAICHUNG: &str = "taichung-labor-affairs";
pub(crate) const FANGLIAO: &str = "fangliao-household-registration";
pub(crate) const KEELUNG: &str = "keelung-elementary-school";
pub(crate) const TAIPEI: &str = "taipei-city";

/// The plans by the names of their folders.
pub(crate) const PLANS: [&str; 5] = [KAOHSIUNG, TAICHUNG, FANGLIAO, KEELUNG, TAIPEI];

/// The day that these tests take for today.
pub(crate) const TODAY: &str = "2026-11-20";

/// The pack of the folder, which `tests/policies.rs` holds to be without problems.
pub(crate) static PACK: LazyLock<Pack> = LazyLock::new(|| pack::load(&pack::folder()).0);

static READ: LazyLock<BTreeMap<&str, Read>> =
    LazyLock::new(|| PLANS.into_iter().map(|name| (name, read(name))).collect());

/// A plan as read, with what is wrong with its form.
pub(crate) struct Read {
    pub(crate) files: PlanFiles,
    pub(crate) file: Arc<SourceFile>,
    pub(crate) form: Vec<Finding>,
}

/// One of the five plans.
pub(crate) fn plan(name: &str) -> &'static Read {
    READ.get(name).expect("one of the five plans")
}

fn read(name: &str) -> Read {
    read_folder(&format!("fixtures/plans/{name}"))
}

/// An edition of a plan whose history is told.
pub(crate) fn edition(name: &str, edition: &str) -> Read {
    read_folder(&format!("fixtures/histories/{name}/{edition}"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "reads the plans of this repository"
)]
fn read_folder(folder: &str) -> Read {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join("plan.yaml");
    let text = std::fs::read_to_string(path).expect("the plan reads");
    let file = Arc::new(SourceFile::new(format!("{folder}/plan.yaml"), text));
    let parsed = document::parse(&file, Limits::default());
    let files = PlanFiles {
        folder: folder.into(),
        main: parsed.document.expect("the plan is a document"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    };
    let mut form = parsed.findings;
    form.extend(check_shape(&files, &Validator::new(&SCHEMA), &SCHEMA));
    Read { files, file, form }
}

/// How to judge on `issued` or on a day, with or without the verdicts that need no attention.
pub(crate) fn settings(on: &str, all: bool) -> Settings {
    let today = parse_day(TODAY).expect("a day");
    let as_of = match on {
        "issued" => AsOf::Issued,
        day => AsOf::Day(parse_day(day).expect("a day")),
    };
    Settings { as_of, today, all }
}

/// Every verdict and every finding of a policy on a plan.
pub(crate) fn judged(name: &str, policy: &Policy, on: &str) -> (Vec<Visited>, Vec<Finding>) {
    let judge = Judge::new(&PACK, &SCHEMA, settings(on, true));
    judge.policy(&plan(name).files, policy)
}

/// Every verdict of a policy on a plan on a day.
pub(crate) fn on_day(name: &str, policy: &Policy, day: Day) -> Vec<Visited> {
    let judge = Judge::new(&PACK, &SCHEMA, Settings::on(day));
    judge.policy(&plan(name).files, policy).0
}

/// A policy that the data names.
pub(crate) fn policy(id: &str) -> Result<&'static Policy, String> {
    PACK.get(id)
        .ok_or_else(|| format!("no policy {id} in the pack"))
}
