//! `check --base`: what is taken away mends nothing, be it a row, a statement for some bodies, or one whose
//! failure is waived; what stands beside a change is not touched by it.

use crate::base::{FILE, check, of, told};

const HEADER: &str = "header: { title: 資通安全維護計畫, agency: jia, edition: \"1.0\", issued: 115-03-01, approver: 資通安全長 }\n";
const BODIES: &str = "\
bodies:
  - { id: jia, name: 甲機關, grade: B, grade_status: approved, graded_on: 108-06-27 }
  - { id: yi, name: 乙所, grade: D, grade_status: approved, graded_on: 108-06-27 }
";
const HISTORY: &str =
    "history:\n  - { edition: \"1.0\", issued: 115-03-01, notes: [{ text: 初版 }] }\n";
const HEALTH: &str = "health-check-insufficient";
const RARE: &str = "controls: { health_check: { every: 5y } }\n";

/// How a policy stands between a plan and its next edition, where some text is another, and the exit code.
fn stands(
    policy: &str,
    (bodies, plan): (&str, &str),
    changes: &[(&str, &str)],
    beside: &[(&str, &str)],
) -> (Vec<String>, u8) {
    let base = [HEADER, bodies, plan, HISTORY].concat();
    let edition = (
        "edition: \"1.0\", issued: 115-03-01, app",
        "edition: \"1.1\", issued: 115-09-01, app",
    );
    let head = changes
        .iter()
        .chain([&edition])
        .fold(base.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
    let row = "  - { edition: \"1.1\", issued: 115-09-01, notes: [{ text: 修正, covers: [header, bodies, conventions, \
               controls, personnel, improvement, systems] }] }\n";
    let head = format!("{head}{row}");
    let files = |plan| [&[(FILE, plan)], beside].concat();
    let run = check(&of(&files(&base), &files(&head)), &[]);
    let of_it = told(&run).into_iter().filter(|told| told.0 == policy);
    (of_it.map(|told| told.2).collect(), run.code)
}

fn blocks(policy: &str, plan: (&str, &str), changes: &[(&str, &str)], beside: &[(&str, &str)]) {
    let (stands, code) = stands(policy, plan, changes, beside);
    assert!(
        stands.contains(&"unchanged".to_owned()),
        "{changes:?} {stands:?}"
    );
    assert!(
        !stands.contains(&"fixed".to_owned()),
        "{changes:?} {stands:?}"
    );
    assert_eq!(code, 1, "{changes:?}");
}

#[test]
fn a_row_that_says_less_in_the_place_of_another_mends_nothing() {
    let audit = "improvement: { audit: { internal: [{ form: self-assessment, every: 5y }] } }\n";
    let staff = "personnel:\n  dedicated: [{ title: 資通安全專職人員, count: 0 }]\n";
    let own = "form: self-assessment, every: 5y";
    let rare = "internal-audit-too-rare";
    blocks(rare, (BODIES, audit), &[(own, "form: on-site")], &[]);
    // None at all is a failure of its own.
    let none = [("[{ form: self-assessment, every: 5y }]", "[]")];
    let (told, code) = stands(rare, (BODIES, audit), &none, &[]);
    assert_eq!((told.contains(&"new".to_owned()), code), (true, 1));
    let counted = "title: 資通安全專職人員, count: 0";
    blocks(
        "too-few-dedicated-personnel",
        (BODIES, staff),
        &[(counted, "title: 資安人員")],
        &[],
    );
    // What is said instead, and is enough, mends it.
    let (stands, _) = stands(
        rare,
        (BODIES, audit),
        &[(own, "form: on-site, every: 1y")],
        &[],
    );
    assert_eq!(stands, ["fixed"]);
}

#[test]
fn a_waiver_accepts_what_is_stated_and_not_that_it_is_stated_no_more() {
    let waivers = "waivers:\n  - { policy: health-check-insufficient, plan: plans/jia, body: jia, path: controls.health_check, \
                   reason: 採購中, approver: 資通安全長, granted: 2026-10-01, until: 2027-09-30 }\n";
    let beside = [("waivers.yaml", waivers)];
    for other in [
        ("{ every: 5y }", "{ delegated_to: 程序書 }"),
        (" health_check: { every: 5y } ", " delegated_to: 程序書 "),
    ] {
        blocks(HEALTH, (BODIES, RARE), &[other], &beside);
    }
    // What is waived may be mended, and may stay.
    let mended =
        "{ every: 1y, items: [network, malicious-traffic, clients, servers, directory-firewall] }";
    let (stands, _) = self::stands(
        HEALTH,
        (BODIES, RARE),
        &[("{ every: 5y }", mended)],
        &beside,
    );
    assert!(stands.contains(&"fixed".to_owned()), "{stands:?}");
    assert!(!stands.contains(&"unchanged".to_owned()), "{stands:?}");
    let (stands, code) = self::stands(HEALTH, (BODIES, RARE), &[("乙所", "丙所")], &beside);
    assert_eq!((stands, code), (vec!["unchanged".to_owned()], 0));
}

#[test]
fn for_whom_a_switch_is_stated_is_a_switch() {
    let own = "conventions: { clock: calendar, mail_server: own }\n";
    let missing = "protective-measure-missing";
    for other in [
        "conventions: { for: [yi], clock: calendar, mail_server: own }\n",
        "conventions: { except: [jia], clock: calendar, mail_server: own }\n",
        "conventions: [{ for: [jia], clock: calendar }, { for: [yi], clock: calendar, mail_server: own }]\n",
        "conventions: { clock: calendar }\n",
        "",
    ] {
        let plan = format!("{own}controls: {{ protective_measures: [] }}\n");
        let (stands, code) = stands(missing, (BODIES, &plan), &[(own, other)], &[]);
        assert!(!stands.contains(&"fixed".to_owned()), "{other} {stands:?}");
        assert_eq!(code, 1, "{other}");
    }
}

#[test]
fn a_statement_that_is_several_said_another_way_is_stated_no_more() {
    let plan = "controls: { banned_products: { rule: may } }\n";
    for other in [
        "{ delegated_to: X }",
        "[{ for: [jia], delegated_to: X }]",
        "[{ for: [jia], delegated_to: X }, { for: [yi], delegated_to: X }]",
        "[{ for: [jia], delegated_to: X }, { for: [yi], by_law: { law: classification } }]",
    ] {
        let change = format!("rule: {other}");
        let policy = "banned-products-not-restricted";
        blocks(policy, (BODIES, plan), &[("rule: may", &change)], &[]);
    }
}

#[test]
fn brackets_of_a_name_are_no_brackets_of_its_path() {
    for name in ["甲].乙", "甲[乙", "甲[乙].grade", "甲\\\\]乙"] {
        let bodies = format!(
            "bodies:\n  - {{ name: \"{name}\", grade: B, grade_status: approved, graded_on: 108-06-27 }}\n"
        );
        let lower = ("grade: B", "grade: E, grade_approval: 院函1");
        for renamed in [name, "丙機關"] {
            let quoted = format!("name: \"{name}\"");
            let other = format!("name: \"{renamed}\"");
            let changes = [lower, (&quoted, &other)];
            let (stands, code) = stands(HEALTH, (&bodies, RARE), &changes, &[]);
            // Under another name and no id it is found anew.
            let still = if renamed == name { "unchanged" } else { "new" };
            assert!(stands.contains(&still.to_owned()), "{changes:?} {stands:?}");
            assert_eq!(code, 1, "{changes:?}");
        }
    }
}

#[test]
fn what_comes_or_goes_touches_nothing_that_stands_beside_it() {
    let web = "  - { id: web, name: 甲系統, body: jia, core: false, protection_level: 普, dimensions: { confidentiality: 高 } }\n";
    let new = "  - { id: new, name: 丙系統, body: jia, core: false, protection_level: 普 }\n";
    let highest = "protection-level-not-highest";
    let both = format!("systems:\n{web}{new}");
    let one = format!("systems:\n{web}");
    let unchanged = (vec!["unchanged".to_owned()], 0);
    assert_eq!(
        stands(highest, (BODIES, &one), &[(web, &[web, new].concat())], &[]),
        unchanged
    );
    assert_eq!(
        stands(highest, (BODIES, &both), &[(new, "")], &[]),
        unchanged
    );
    // Nor does a section that comes touch what it does not speak of.
    let change = [(
        "systems:\n",
        "controls: { backup: { every: 1d } }\nsystems:\n",
    )];
    assert_eq!(stands(HEALTH, (BODIES, &one), &change, &[]), unchanged);
    let change = [(
        "systems:\n",
        "controls: { health_check: { every: 5y } }\nsystems:\n",
    )];
    assert_eq!(stands(HEALTH, (BODIES, &one), &change, &[]).1, 1);
    // The row itself, and what it has beside it, are touched.
    for (from, to) in [
        ("protection_level: 普, dim", "protection_level: 中, dim"),
        ("protection_level: 普, dim", "dim"),
    ] {
        let (stands, code) = stands(highest, (BODIES, &one), &[(from, to)], &[]);
        assert_eq!((stands, code), (vec!["unchanged".to_owned()], 1), "{to}");
    }
}
