//! Entries of the law's list that no condition tells apart are judged once, and counted as if each had
//! been judged.

use plangate::check::Judged;

use super::{judged_by_all, on};

const PLAN: &str = "
header: { agency: jia, issued: 2026-01-20 }
bodies: [{ id: jia, name: 甲局, grade: A, sector: government, graded_on: 2019-03-01 }]
systems:
  - { name: 甲系統, protection_level: 高 }
  - { name: 乙系統, body: jia, protection_level: 普, baseline: { met: [1, 2], unmet: [{ control: 3 }] } }
  - { name: 丙系統, protection_level: 中, baseline: { delegated_to: D-01 } }
  - { name: 丁系統 }
";

fn judged(all: bool) -> Judged {
    judged_by_all(PLAN, on("2026-11-21"), all)
}

#[test]
fn counts_are_those_of_every_entry() {
    let (each, once) = (judged(true), judged(false));
    let counts =
        |judged: &Judged| format!("{:?} {:?}", judged.summary.bodies, judged.summary.whole);
    assert_eq!(counts(&once), counts(&each));
}

#[test]
fn findings_are_those_of_every_entry() {
    let told = |judged: Judged| {
        let needed = judged.findings.into_iter();
        let needed = needed.filter(|finding| finding.verdict.needs_attention());
        let told = needed.map(|f| (f.policy, f.check, f.fingerprint, f.message.zh_tw));
        told.collect::<Vec<_>>()
    };
    let (each, once) = (told(judged(true)), told(judged(false)));
    let asked = once
        .iter()
        .filter(|told| *told.0 == *"baseline-control-not-met");
    assert!(asked.count() > 1, "the list is asked: {once:?}");
    assert_eq!(once, each);
}
