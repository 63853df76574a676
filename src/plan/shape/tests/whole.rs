//! Whole plans: their files, their limits, what is written instead.

use super::{SCHEMA, VALIDATOR, brief, files, findings};
use crate::finding::Finding;
use crate::plan::shape::{check_shape, rule};

#[test]
fn sections_in_files_of_their_own_are_checked_as_sections() {
    let files = files(
        "header: { title: 甲 }\nrisk: { every: 1y }\n",
        &[
            ("budget", "planer: 甲\n"),
            ("controll", "a: 1\n"),
            ("risk", "# 舊\nevery: 2y\n"),
        ],
        &[("annex-1", "bodies: [{ id: a, nme: 甲 }]\n")],
    );
    let found = check_shape(&files, &VALIDATOR, &SCHEMA);
    let named: Vec<String> = found
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                finding.place.file.name(),
                finding.place.path,
                brief(finding)
            )
        })
        .collect();
    assert_eq!(
        named,
        [
            "annex-1 bodies[a].nme 1 unknown-key nme => name",
            "budget budget.planer 1 unknown-key planer => planner",
            "controll controll 1 unknown-section a: 1",
            "risk risk 2 section-twice every: 2y",
        ]
    );
    assert_eq!(found[3].related[0].place.file.name(), "plan.yaml");
}

#[test]
fn a_key_may_stand_in_the_part_that_was_not_read() {
    let cut = findings("header:\n  edition: '1'\n  issued: [\n");
    assert!(
        cut.iter()
            .all(|finding| &*finding.policy != rule::MISSING_KEY.id),
        "{cut:#?}"
    );
}

#[test]
fn a_file_of_nothing_but_mistakes_is_counted() {
    let keys: String = (0..3000).map(|n| format!("k{n}: 1\n")).collect();
    let found = findings(&keys);
    assert_eq!(found.len(), 100);
    assert!(
        found[99]
            .message
            .zh_tw
            .ends_with("（此檔另有 2900 處問題未列）")
    );
}

const ALL_WRONG: &str = "\
header: { titel: 甲, edition: 1.4, issued: １１１年４月, kind: 修訂, counts: { agencies: \"3\" } }
bodies:
  - { id: Dept_B, name: 丙所, grade: D, for: [C] }
  - 丁所
businesses: [{ name: 戶政, core: 是, max_tolerable_interruption: 8 小時 }]
risk: [{ for: [C], evry: 每年 }, { for: [C], every: 2y }, { every: 3y }]
controls: { penetration_test: { by_law: act }, password: { must: [{ txt: 甲 }, 5], min_length: 多 } }
training: { rules: [{ who: it, kind: professionl }, { not_applicable: 無 }] }
references: { documents: [{ id: A, title: x }, { id: A, title: y }] }
reporting: { due: { by: 13-40 }, every: }
extra: 1
";

#[test]
fn what_is_written_cures_what_was_found() {
    let before = findings(ALL_WRONG);
    let written: Vec<&Finding> = before
        .iter()
        .filter(|finding| finding.write.is_some())
        .collect();
    assert!(written.len() >= 12, "{written:#?}");
    for finding in written {
        let text = finding.write.as_ref().unwrap().apply(ALL_WRONG);
        let after = findings(&text);
        let same = |other: &&Finding| {
            other.place.path == finding.place.path && other.policy == finding.policy
        };
        assert!(
            !after.iter().any(|other| same(&other)),
            "{} is still there",
            brief(finding)
        );
        assert!(
            after.len() <= before.len(),
            "{} made two mistakes",
            brief(finding)
        );
    }
}

#[test]
fn every_message_is_complete_in_both_languages() {
    for finding in findings(ALL_WRONG) {
        let texts = [
            Some(&finding.message),
            finding.help.as_ref(),
            Some(&finding.title),
        ];
        for text in texts.into_iter().flatten() {
            assert!(
                !text.zh_tw.is_empty() && !text.en.is_empty(),
                "{finding:#?}"
            );
            assert!(
                !text.zh_tw.ends_with('。') && !text.en.ends_with('.'),
                "{finding:#?}"
            );
            assert!(
                !text.zh_tw.contains('請') && !text.zh_tw.contains("null"),
                "{finding:#?}"
            );
            assert!(
                !text.zh_tw.contains("「」") && !text.en.contains("``"),
                "{finding:#?}"
            );
        }
    }
}
