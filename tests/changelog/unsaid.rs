//! `check --base`: a failure is not mended by leaving unsaid what it rests on, be that the fact of its
//! policy, what the policy asks about first, or the register that the item stands in.

use crate::base::{FILE, check, of, told};

const PLAN: &str = "\
header: { title: 資通安全維護計畫, agency: jia, edition: \"1.0\", issued: 115-03-01, approver: 資通安全長 }
bodies: [{ id: jia, name: 甲機關, grade: B, sector: government, graded_on: 108-06-27 }]
systems:
  - { id: web, body: jia, name: 甲系統, core: false, protection_level: 普, dimensions: { confidentiality: 高 } }
  - { id: c, body: jia, name: 丙系統, core: true }
controls:
  penetration_test: { every: 5y }
  vulnerability_scan: { every: 5y }
history:
  - { edition: \"1.0\", issued: 115-03-01, notes: [{ text: 初版 }] }
";
const SYSTEMS: &str = "\
systems:
  - { id: web, body: jia, name: 甲系統, core: false, protection_level: 普, dimensions: { confidentiality: 高 } }
  - { id: c, body: jia, name: 丙系統, core: true }
";

/// The plan with some texts in place of others, as its next edition, whose row names all of it.
fn next(changes: &[(&str, &str)]) -> String {
    let edition = (
        "edition: \"1.0\", issued: 115-03-01, app",
        "edition: \"1.1\", issued: 115-09-01, app",
    );
    let text = changes
        .iter()
        .chain([&edition])
        .fold(PLAN.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
    format!(
        "{text}  - {{ edition: \"1.1\", issued: 115-09-01, notes: [{{ text: 修正, covers: [systems, controls] }}] }}\n"
    )
}

/// How a policy stands in `check --base`, and its exit code.
fn stands(policy: &str, changes: &[(&str, &str)]) -> (Vec<String>, u8) {
    let run = check(&of(&[(FILE, PLAN)], &[(FILE, &next(changes))]), &[]);
    let of_it = told(&run).into_iter().filter(|told| told.0 == policy);
    (of_it.map(|told| told.2).collect(), run.code)
}

const HIGHEST: &str = "protection-level-not-highest";
const LEVEL: &str = "protection_level: 普, ";

#[test]
fn what_a_policy_asks_first_does_not_hide_what_it_found() {
    for other in [
        "protection_level: { delegated_to: 系統清冊 }, ",
        "protection_level: { not_applicable: 無 }, ",
        "protection_level: { by_law: { law: classification } }, ",
        "protection_level: { annex: a-9 }, ",
        "protection_level: ~, ",
        "",
    ] {
        let (stands, code) = stands(HIGHEST, &[(LEVEL, other)]);
        assert_eq!((stands, code), (vec!["unchanged".to_owned()], 1), "{other}");
    }
}

#[test]
fn a_register_that_is_said_another_way_does_not_mend_its_items() {
    for other in ["", "systems: { delegated_to: 系統清冊 }\n", "systems: ~\n"] {
        let (stands, code) = stands(HIGHEST, &[(SYSTEMS, other)]);
        // That the register is in a document is told beside it.
        let is_told = stands.contains(&"unchanged".to_owned());
        assert!(is_told && code == 1, "{other}{stands:?}");
        assert!(!stands.contains(&"fixed".to_owned()), "{other}{stands:?}");
    }
}

#[test]
fn what_is_mended_is_fixed_whatever_else_is_said_another_way() {
    let delegated = (
        "vulnerability_scan: { every: 5y }",
        "vulnerability_scan: { delegated_to: 程序書 }",
    );
    for mended in [
        (LEVEL, "protection_level: 高, "),
        ("confidentiality: 高", "confidentiality: 普"),
    ] {
        let (stands, code) = stands(HIGHEST, &[mended, delegated]);
        assert_eq!((stands, code), (vec!["fixed".to_owned()], 1), "{mended:?}");
    }
}

#[test]
fn a_system_that_is_taken_away_takes_its_failures_with_it() {
    let row = SYSTEMS.lines().nth(1).expect("the first system");
    let (stands, _) = stands(HIGHEST, &[(&format!("{row}\n"), "")]);
    assert_eq!(stands, ["fixed"]);
}

#[test]
fn what_is_cited_wrongly_may_be_cited_no_more() {
    let cited = PLAN.replace(
        "history:\n",
        "references: { documents: [{ id: D-1, title: 程序書 }] }\noutsourcing: { see: [D-9] }\nhistory:\n",
    );
    let text = next(&[]).replace(
        "history:\n",
        "references: { documents: [{ id: D-1, title: 程序書 }] }\nhistory:\n",
    );
    let run = check(&of(&[(FILE, &cited)], &[(FILE, &text)]), &[]);
    let listed = told(&run)
        .into_iter()
        .filter(|told| told.0 == "document-not-listed");
    let listed: Vec<String> = listed.map(|told| told.2).collect();
    assert_eq!(listed, ["fixed"], "{}", run.out);
}

/// A key that no path can name, so that what stood under it cannot be written back.
const UNNAMED: &str = "controls:\n  \"x[1]y\": 舊欄位\n";

#[test]
fn what_cannot_be_put_back_blocks_where_a_failure_went() {
    let before = PLAN.replacen("controls:\n", UNNAMED, 1);
    let stuck = |changes: &[(&str, &str)]| {
        let run = check(&of(&[(FILE, &before)], &[(FILE, &next(changes))]), &[]);
        let mut stuck = told(&run).into_iter();
        let is_told = stuck.any(|told| told.0 == "change/statement-not-undone");
        (is_told, run.code)
    };
    assert_eq!(stuck(&[(LEVEL, "protection_level: 高, ")]), (true, 1));
    // Where no failure went, nothing hangs on it.
    assert!(!stuck(&[]).0);
}

#[test]
fn what_stood_in_a_map_beside_its_text_is_put_back_into_the_one_or_the_other() {
    let before = PLAN.replacen(
        "controls:\n",
        "training:\n  records: { strength: must, see: [D-1] }\ncontrols:\n",
        1,
    );
    for other in ["records: must", "records: { see: [D-1] }", "records: {}"] {
        let after = next(&[(LEVEL, "protection_level: 高, ")]).replacen(
            "controls:\n",
            &format!("training:\n  {other}\ncontrols:\n"),
            1,
        );
        let run = check(&of(&[(FILE, &before)], &[(FILE, &after)]), &[]);
        let all = told(&run).into_iter();
        let of_it = all.filter(|told| told.0 == HIGHEST || told.0.starts_with("change/"));
        let stands: Vec<String> = of_it.map(|told| told.2).collect();
        assert_eq!(stands, ["fixed"], "{other}: {}", run.out);
    }
}

#[test]
fn people_counted_in_a_document_are_still_too_few() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/plans/fangliao-household-registration/plan.yaml"
    );
    let before = std::fs::read_to_string(path).expect("the fixture");
    let line = before
        .lines()
        .find(|line| line.starts_with("      people: 1 "))
        .expect("its staff");
    for (value, status, code) in [
        ("{ delegated_to: 教育訓練計畫 }", "unchanged", 1),
        ("{ annex: a-9 }", "unchanged", 1),
    ] {
        let after = before
            .replacen(line, &format!("      people: {value}"), 1)
            .replacen(
                "  title: 資通安全維護計畫\n",
                "  title: 資通安全維護計畫\n  edition: \"2.0\"\n",
                1,
            )
            + "history:\n  - { edition: \"2.0\", issued: 108年8月, notes: [{ text: 修正, covers: [training] }] }\n";
        let run = check(&of(&[(FILE, &before)], &[(FILE, &after)]), &[]);
        let of_staff = told(&run)
            .into_iter()
            .filter(|told| told.0 == "security-staff-training-insufficient");
        let of_staff: Vec<String> = of_staff.map(|told| told.2).collect();
        assert!(of_staff.contains(&status.to_owned()), "{of_staff:?}");
        assert_eq!(run.code, code, "{value}");
    }
}
