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
/// The same where what is checked is in a document: whether it is enough cannot be told.
const UNTOLD: &str = "  health_check: { every: 2y }\n";
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
    stands_of(HEALTH, before, after)
}

/// The same of another policy.
fn stands_of(policy: &str, before: Edits<'_>, after: Edits<'_>) -> (Vec<String>, u8) {
    let base = edited(PLAN, before);
    let edition = (
        "edition: \"1.0\", issued: 115-03-01, app",
        "edition: \"1.1\", issued: 115-09-01, app",
    );
    let row = "  - { edition: \"1.1\", issued: 115-09-01, notes: [{ text: 修正, \
               covers: [header, bodies, businesses, organization, controls, systems, references] }] }\n";
    let head = edited(&edited(&base, after), &[edition]) + row;
    let run = check(&of(&[(FILE, &base)], &[(FILE, &head)]), &[]);
    let all = told(&run).into_iter();
    let of_it = all.filter(|told| told.0 == policy || told.0.starts_with("change/"));
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
const MERGED_INTO: Edits<'_> = &[
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
    for called in [RENAMED, MERGED, by_name, MERGED_INTO] {
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

/// How it stands where nothing of it became worse.
fn as_it_was() -> (Vec<String>, u8) {
    (vec!["unchanged".to_owned()], 0)
}

#[test]
fn what_was_amiss_is_amiss_by_whatever_name_and_is_not_new() {
    let only_by_name: Edits<'_> = &[
        ("{ id: jia, name: 甲機關,", "{ name: 甲機關,"),
        ("agency: jia", "agency: 甲機關"),
        ("for: [jia, yi]", "for: [甲機關, yi]"),
    ];
    for amiss in [UNTOLD, RARE] {
        for called in [RENAMED, MERGED, MERGED_INTO, only_by_name] {
            assert_eq!(stands(&[(EVERY, amiss)], called), as_it_was(), "{called:?}");
        }
    }
}

#[test]
fn what_is_alike_is_not_the_same() {
    let replaced: Edits<'_> = &[
        ("id: jia, name: 甲機關", "id: wu, name: 戊機關"),
        ("agency: jia", "agency: wu"),
        ("for: [jia, yi]", "for: [wu, yi]"),
    ];
    let (stands, code) = stands(&[(EVERY, UNTOLD)], replaced);
    assert!(stands.contains(&"new".to_owned()), "{stands:?}");
    assert_eq!(code, 1);
}

#[test]
fn systems_and_what_bodies_own_are_the_same_by_another_name() {
    let high: Edits<'_> = &[(
        "dimensions: { confidentiality: 普 }",
        "dimensions: { confidentiality: 高 }",
    )];
    let other: Edits<'_> = &[("id: web,", "id: w2,")];
    let found = stands_of("protection-level-not-highest", high, other);
    assert_eq!(found, as_it_was());
    let core: Edits<'_> = &[(
        "businesses: { delegated_to: 業務清冊 }",
        "businesses: [{ body: jia, name: 戶政, core: true, max_tolerable_interruption: 4h }]",
    )];
    for called in [RENAMED, MERGED] {
        let to = if called == RENAMED { "jj" } else { "bing" };
        let owner = format!("body: {to},");
        let after = [called, &[("body: jia,", owner.as_str())]].concat();
        let found = stands_of("core-business-without-impact", core, &after);
        assert_eq!(found, as_it_was(), "{called:?}");
    }
}

/// Both of grade C, each with a rule of its own: of the first it cannot be told, the second meets it.
const APART: Edits<'_> = &[
    ("grade: D,", "grade: C,"),
    (
        EVERY,
        "  health_check:
    - { for: [yi], every: 2y, items: [network, malicious-traffic, clients, servers, directory-firewall] }
    - { for: [jia], every: 2y }
",
    ),
];

#[test]
fn what_one_met_is_lost_where_it_is_merged_with_another_that_did_not() {
    let one_rule: Edits<'_> = &[
        (
            "    - { for: [yi], every: 2y, items: [network, malicious-traffic, clients, servers, directory-firewall] }\n",
            "",
        ),
        ("{ for: [jia], every: 2y }", "{ every: 2y }"),
    ];
    let gone = MERGED[0].0.replace("grade: D", "grade: C");
    let gone: Edits<'_> = &[(&gone, "")];
    let into_the_other: Edits<'_> = &[
        MERGED_INTO[0],
        ("name: 乙所,", "name: 乙所, merged_from: [jia],"),
    ];
    for merged in [
        [gone, &MERGED[1..]].concat(),
        [into_the_other, &MERGED_INTO[2..]].concat(),
    ] {
        let (found, code) = stands(APART, &[one_rule, &merged].concat());
        assert!(found.contains(&"new".to_owned()), "{merged:?}: {found:?}");
        assert_eq!(code, 1, "{merged:?}");
    }
}

#[test]
fn an_id_that_is_that_of_another_body_excuses_nothing() {
    // The second gets the id of the first, which is gone, and its rule with it.
    let after: Edits<'_> = &[
        (
            "  - { id: jia, name: 甲機關, grade: C, grade_status: approved, sector: government, graded_on: 108-06-27 }\n",
            "",
        ),
        ("id: yi, name: 乙所", "id: jia, name: 乙所"),
        ("for: [jia, yi]", "for: [jia]"),
        ("for: [yi], every", "for: [other], every"),
    ];
    let (found, code) = stands(APART, after);
    assert!(found.contains(&"new".to_owned()), "{found:?}");
    assert_eq!(code, 1);
    // The first goes on under another id, and a body that was not there has its own.
    let added = "id: jj, name: 甲機關, grade: C, grade_status: approved, sector: government, graded_on: 108-06-27 }
  - { id: jia, name: 丁所";
    let after: Edits<'_> = &[
        ("id: jia, name: 甲機關", added),
        ("agency: jia", "agency: jj"),
        ("for: [jia, yi]", "for: [jj, jia, yi]"),
    ];
    let (found, code) = stands(&[(EVERY, UNTOLD)], after);
    assert!(found.contains(&"new".to_owned()), "{found:?}");
    assert_eq!(code, 1);
}

#[test]
fn what_is_parted_from_a_body_is_not_excused_by_it() {
    let yi = MERGED[0].0.replace("grade: D", "grade: C");
    let history = "businesses: { delegated_to: 業務清冊 }";
    let and_yi = yi + history;
    let before = [MERGED, &[(EVERY, UNTOLD)]].concat();
    for after in [
        &[
            (history, and_yi.as_str()),
            ("for: [bing]", "for: [bing, yi]"),
        ] as Edits<'_>,
        &[
            (
                "{ id: bing, name: 丙機關, merged_from: [甲機關, 乙所],",
                "{ id: yi, name: 乙所,",
            ),
            ("agency: bing", "agency: yi"),
            ("for: [bing]", "for: [yi]"),
        ],
    ] {
        let (found, code) = stands(&before, after);
        assert!(found.contains(&"new".to_owned()), "{after:?}: {found:?}");
        assert_eq!(code, 1, "{after:?}");
    }
}
