//! `check --base`: to be called otherwise, to become one or to become several mends nothing, and is no
//! failure either.

use crate::base::{FILE, check, of, told};

/// Two bodies that leave everything to documents but the health check of their systems.
const PLAN: &str = "\
header: { title: 資通安全維護計畫, agency: jia, edition: \"1.0\", issued: 115-03-01, approver: 資通安全長 }
bodies:
  - { id: jia, name: 甲機關, grade: C, grade_status: approved, sector: government, graded_on: 108-06-27 }
  - { id: yi, name: 乙所, grade: D, grade_status: approved, sector: government, graded_on: 108-06-27 }
businesses: { delegated_to: 業務清冊 }
systems:
  - { id: web, name: 甲系統, core: false, protection_level: 普, dimensions: { confidentiality: 普 } }
security_policy: { delegated_to: 政策 }
objectives: { delegated_to: 政策 }
organization: { ciso: [{ for: [jia, yi], title: 副首長, appointed_by: 首長 }], taskforce: { delegated_to: 組織程序書 } }
personnel: { delegated_to: 人力程序書 }
budget: { delegated_to: 人力程序書 }
inventory: { delegated_to: 盤點程序書 }
risk: { delegated_to: 風險程序書 }
controls:
  delegated_to: 控制程序書
  health_check: { every: 2y, items: [network, malicious-traffic, clients, servers, directory-firewall] }
incidents: { delegated_to: 通報程序書 }
intelligence: { delegated_to: 情資程序書 }
outsourcing: { delegated_to: 委外程序書 }
training: { delegated_to: 訓練程序書 }
appraisal: { delegated_to: 考核程序書 }
improvement: { delegated_to: 稽核程序書 }
reporting: { every: 1y }
history:
  - { edition: \"1.0\", issued: 115-03-01, notes: [{ text: 初版 }] }
";
const HEALTH: &str = "health-check-insufficient";
/// The health check of systems as the plan states it, and too rare.
const EVERY: &str = "  health_check: { every: 2y, items: [network, malicious-traffic, clients, servers, directory-firewall] }\n";
const RARE: &str = "  health_check: { every: 5y, items: [network, malicious-traffic, clients, servers, directory-firewall] }\n";

type Edits<'e> = &'e [(&'e str, &'e str)];

fn edited(text: &str, edits: Edits<'_>) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// How the health check stands, all that the tool says of the change itself, and the exit code, between the
/// plan with some edits and its next edition with some more.
fn stands(before: Edits<'_>, after: Edits<'_>) -> (Vec<String>, u8) {
    let base = edited(PLAN, before);
    let edition = (
        "edition: \"1.0\", issued: 115-03-01, app",
        "edition: \"1.1\", issued: 115-09-01, app",
    );
    let row = "  - { edition: \"1.1\", issued: 115-09-01, notes: [{ text: 修正, \
               covers: [header, bodies, organization, controls, systems] }] }\n";
    let head = edited(&edited(&base, after), &[edition]) + row;
    let run = check(&of(&[(FILE, &base)], &[(FILE, &head)]), &[]);
    let all = told(&run).into_iter();
    let of_it = all.filter(|told| told.0 == HEALTH || told.0.starts_with("change/"));
    let mut stands: Vec<String> = of_it.map(|told| told.2).collect();
    stands.sort();
    stands.dedup();
    (stands, run.code)
}

const RENAMED: Edits<'_> = &[
    ("id: jia, name: 甲機關", "id: jj, name: 甲機關"),
    ("agency: jia", "agency: jj"),
    ("for: [jia, yi]", "for: [jj, yi]"),
];
const MERGED: Edits<'_> = &[
    (
        "  - { id: yi, name: 乙所, grade: D, grade_status: approved, sector: government, graded_on: 108-06-27 }\n",
        "",
    ),
    (
        "{ id: jia, name: 甲機關,",
        "{ id: bing, name: 丙機關, merged_from: [甲機關, 乙所],",
    ),
    ("agency: jia", "agency: bing"),
    ("for: [jia, yi]", "for: [bing]"),
];

#[test]
fn what_failed_fails_by_whatever_name_where_it_is_only_unsaid() {
    let none: Edits<'_> = &[];
    let lower: Edits<'_> = &[("grade: C,", "grade: D, grade_approval: 院函1,")];
    let dissolved: Edits<'_> = &[("grade: C,", "grade: C, status: dissolved,")];
    for called in [none, RENAMED, MERGED, lower, dissolved] {
        for unsaid in [
            "",
            "  health_check: { delegated_to: X }\n",
            "  health_check: ~\n",
        ] {
            let after = [called, &[(RARE, unsaid)]].concat();
            let (stands, code) = stands(&[(EVERY, RARE)], &after);
            assert!(
                !stands.contains(&"fixed".to_owned()),
                "{after:?}: {stands:?}"
            );
            assert!(
                stands.contains(&"unchanged".to_owned()),
                "{after:?}: {stands:?}"
            );
            assert_eq!(code, 1, "{after:?}");
        }
    }
}

#[test]
fn what_is_mended_is_fixed_by_whatever_name() {
    for called in [RENAMED, MERGED] {
        let after = [called, &[(RARE, EVERY)]].concat();
        let (stands, code) = stands(&[(EVERY, RARE)], &after);
        assert!(
            stands.iter().all(|status| status == "fixed"),
            "{after:?}: {stands:?}"
        );
        assert_eq!(code, 0, "{after:?}");
    }
}

#[test]
fn an_agency_that_is_called_otherwise_blocks_nothing() {
    let by_name: Edits<'_> = &[("agency: jia", "agency: 甲機關")];
    let merged_into: Edits<'_> = &[
        (
            "  - { id: jia, name: 甲機關, grade: C, grade_status: approved, sector: government, graded_on: 108-06-27 }\n",
            "",
        ),
        (
            "name: 乙所, grade: D,",
            "name: 乙所, merged_from: [jia], grade: C, grade_approval: g1,",
        ),
        ("agency: jia", "agency: yi"),
        ("for: [jia, yi]", "for: [yi]"),
    ];
    for called in [RENAMED, MERGED, by_name, merged_into] {
        assert_eq!(stands(&[], called), (Vec::new(), 0), "{called:?}");
    }
}

#[test]
fn several_that_were_one_are_judged_by_the_grade_of_the_one() {
    let after: Edits<'_> = &[
        (
            "{ id: bing, name: 丙機關, merged_from: [甲機關, 乙所], grade: C,",
            "{ id: yi, name: 乙所, grade: E,",
        ),
        ("agency: bing", "agency: yi"),
        ("for: [bing]", "for: [yi]"),
    ];
    let before = [MERGED, &[(EVERY, RARE)]].concat();
    let (stands, code) = stands(&before, after);
    assert!(stands.contains(&"unchanged".to_owned()), "{stands:?}");
    assert_eq!(code, 1);
}

#[test]
fn what_holds_for_more_bodies_may_mend_it() {
    for (from, to) in [
        ("for: [yi], ", ""),
        ("except: [jia], ", ""),
        ("for: [yi], ", "for: [yi, jia], "),
    ] {
        let scoped = EVERY.replacen("every", &format!("{from}every"), 1);
        let before: Edits<'_> = &[("  delegated_to: 控制程序書\n", ""), (EVERY, &scoped)];
        let (found, code) = stands(before, &[(from, to)]);
        assert_eq!(found, ["fixed"], "{from} {to}");
        assert_eq!(code, 0, "{from} {to}");
    }
}
