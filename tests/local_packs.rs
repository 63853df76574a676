//! Packs of a city and of a bureau beside the built-in one: they load, their examples hold, and they
//! judge plans under their own names. What a local pack may not do does not load, and the place is told.

mod pack;
mod world;

#[path = "local_packs/refused.rs"]
mod refused;

use std::path::Path;

use plangate::check::run_example;
use plangate::policy::{Pack, PackSource};
use world::{Run, folder, run};

const CITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/packs/taipei-city");
const BUREAU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/packs/jia-bureau");

/// The built-in pack with the packs of two folders.
fn packs() -> Pack {
    let local = |folder: &str| pack::source(Path::new(folder), true);
    let sources = [PackSource::builtin(), local(CITY), local(BUREAU)];
    let (pack, problems) = Pack::load(&sources, &pack::SCHEMA);
    let told: Vec<&str> = problems.iter().map(|told| &*told.message.en).collect();
    assert!(told.is_empty(), "{told:?}");
    pack
}

#[test]
fn every_example_of_the_worked_packs_holds() {
    let pack = packs();
    let local = pack
        .policies
        .values()
        .filter(|policy| policy.id.contains('/'));
    let mut run = 0;
    for policy in local {
        for example in &policy.examples {
            run += 1;
            let result = run_example(&pack, &pack::SCHEMA, policy, example);
            assert_eq!(result, Ok(()), "{} › {}", policy.id, example.name);
        }
    }
    assert!(run > 10, "the examples were not found: {run}");
}

#[test]
fn a_local_policy_is_named_by_its_pack_and_rests_on_its_own_law() {
    let plan = folder(&[(
        "plans/jia/plan.yaml",
        "header: { title: 甲所資通安全維護計畫, agency: jia, issued: 2025-03-01 }\n\
         conventions: { clock: calendar }\n\
         bodies: [{ id: jia, name: 甲所, grade: C, graded_on: 2019-03-01 }]\n\
         incidents: { notify: { within: 1h } }\n",
    )]);
    let Run { out, err, code } = run(&["check", &plan.path("plans"), "--policies", BUREAU]);
    assert_eq!((code, &*err), (1, ""));
    assert!(
        out.contains("jia-bureau/notified-later-than-the-bureau-asks"),
        "{out}"
    );
    assert!(
        out.contains("甲局所屬機關資通安全作業要點 第 8 條"),
        "{out}"
    );
    assert!(
        !out.contains("[notification-too-late]"),
        "an hour is lawful: {out}"
    );
}

#[test]
fn the_plan_of_the_city_keeps_the_rules_of_the_city() {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plans/taipei-city");
    let Run { out, err, .. } = run(&[
        "check",
        plan,
        "--as-of",
        "issued",
        "--policies",
        CITY,
        "--all",
    ]);
    assert_eq!(err, "");
    assert!(out.contains("taipei-city/city-rule-not-cited"), "{out}");
    let failed = "error[taipei-city/";
    assert!(!out.contains(failed), "{out}");
}

#[test]
fn the_configuration_names_packs() {
    let config = folder(&[(
        "plangate.yaml",
        &format!("packs: [\"{CITY}\", \"{BUREAU}\"]\n"),
    )]);
    let Run { out, err, code } =
        run(&["policy", "list", "--config", &config.path("plangate.yaml")]);
    assert_eq!((code, &*err), (0, ""));
    for id in [
        "taipei-city/register-incomplete",
        "jia-bureau/fewer-personnel-than-the-bureau-asks",
    ] {
        assert!(out.contains(id), "{out}");
    }
}
