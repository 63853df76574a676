//! One plan, one mistake, one finding.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{Validator, check_shape, rule};
use crate::document::{Document, Limits, parse};
use crate::finding::{Finding, Severity};
use crate::plan::{PlanFiles, Schema};
use crate::text::SourceFile;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::parse(include_str!("../../../policies/schema/plan.schema.json")).unwrap()
});
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(&SCHEMA));

fn read(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    parse(&file, Limits::default()).document.unwrap()
}

fn files(main: &str, sections: &[(&str, &str)], annexes: &[(&str, &str)]) -> PlanFiles {
    let read_all = |texts: &[(&str, &str)]| -> BTreeMap<String, Document> {
        let one = |(name, text): &(&str, &str)| ((*name).to_owned(), read(name, text));
        texts.iter().map(one).collect()
    };
    PlanFiles {
        folder: "plans/a".into(),
        main: read("plan.yaml", main),
        sections: read_all(sections),
        annexes: read_all(annexes),
    }
}

fn findings(text: &str) -> Vec<Finding> {
    check_shape(&files(text, &[], &[]), &VALIDATOR, &SCHEMA)
}

/// `line rule underlined`, and `=> text` where there is something to write.
fn brief(finding: &Finding) -> String {
    let start = finding.place.start();
    let line = finding.place.text().lines().next().unwrap_or_default();
    let id = finding.policy.trim_start_matches("shape/");
    let write = finding
        .write
        .as_ref()
        .map_or_else(String::new, |edit| format!(" => {}", edit.text));
    format!("{} {id} {line}{write}", start.line)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = findings(text).iter().map(brief).collect();
    assert_eq!(found, expected, "\n{text}");
}

/// The message, help and title path of the only finding.
#[track_caller]
fn check_words(text: &str, zh: [&str; 3], en: [&str; 3]) {
    let found = findings(text);
    let [finding] = found.as_slice() else {
        panic!("one finding, not {found:#?}")
    };
    let help = finding.help.clone().unwrap_or_default();
    let title = finding.place.title.clone().unwrap_or_default();
    assert_eq!([&*finding.message.zh_tw, &*help.zh_tw, &*title.zh_tw], zh);
    assert_eq!([&*finding.message.en, &*help.en, &*title.en], en);
}

#[test]
fn an_unknown_key_is_underlined_and_corrected() {
    check(
        "header: { title: 甲, editon: '1' }",
        &["1 unknown-key editon => edition"],
    );
    check("Header: { title: 甲 }", &["1 unknown-key Header => header"]);
    check(
        "header: { 計畫名稱: 甲 }",
        &["1 unknown-key 計畫名稱 => title"],
    );
    check("header: { title: 甲, titel: 乙 }", &["1 unknown-key titel"]);
    check("header: { titel: 甲 }", &["1 unknown-key titel => title"]);
}

#[test]
fn an_unknown_key_says_what_is_known() {
    check_words(
        "reporting: { evry: 1y }",
        [
            "「實施情形之提出」沒有「evry」這個欄位",
            "寫成 every（週期）",
            "實施情形之提出 › evry",
        ],
        [
            "`Reporting` has no field `evry`",
            "write `every` (Interval)",
            "Reporting › evry",
        ],
    );
    let elsewhere = findings("training: { health_check: 2y }");
    assert_eq!(
        elsewhere[0].help.as_ref().unwrap().zh_tw,
        "health_check 屬於 controls.health_check，移到該處"
    );
}

#[test]
fn a_missing_key_points_at_the_line_it_belongs_to() {
    check("header: { edition: '1' }", &["1 missing-key header"]);
    check(
        "bodies:\n  - id: cab\n    grade: C\n",
        &["2 missing-key id: cab"],
    );
    let found = findings("bodies:\n  - id: cab\n");
    assert_eq!(&*found[0].place.path, "bodies[cab].name");
    assert_eq!(found[0].message.zh_tw, "「機關」缺少 name（機關名稱）");
}

#[test]
fn values_of_the_wrong_type_are_converted_where_that_is_plain() {
    check(
        "header:\n  title: 甲\n  counts: { agencies: \"3\", schools: 三所, kindergartens: 3-5 }\n",
        &[
            "3 wrong-type \"3\" => 3",
            "3 wrong-type 三所 => 3",
            "3 wrong-type 3-5",
        ],
    );
    check(
        "businesses: [{ name: 戶政, core: 是 }]",
        &["1 wrong-type 是 => true"],
    );
    check(
        "training: { rules: [{ who: it, hours: 3 }] }",
        &["1 wrong-type it => [it]"],
    );
    check("header: { title: [甲] }", &["1 wrong-type [甲] => 甲"]);
    check(
        "bodies: [甲機關]",
        &["1 wrong-type 甲機關 => { name: 甲機關 }"],
    );
    check(
        "risk: { by_law: act }",
        &["1 wrong-type act => { law: act }"],
    );
    check("- a\n", &["1 wrong-type - a"]);
    check("header: {title: {a: 1}}", &["1 wrong-type {a: 1}"]);
}

#[test]
fn a_wrong_type_says_what_was_found_and_what_is_expected() {
    check_words(
        "businesses: [{ name: 戶政, core: 偶爾 }]",
        [
            "「核心業務」應為 true 或 false，所填為文字「偶爾」",
            "",
            "業務 › 戶政 › 核心業務",
        ],
        [
            "`Core` must be true or false, found the text \"偶爾\"",
            "",
            "Businesses › 戶政 › Core",
        ],
    );
}

#[test]
fn nothing_behind_a_key_is_not_silence() {
    check("header: { title: 甲 }\nrisk:\n", &["2 no-value risk"]);
    check("header:\n  title: 甲\n  reviser: ~\n", &["3 no-value ~"]);
    check("", &["1 no-value "]);
    check("risk: { delegated_to: [] }", &["1 no-value []"]);
}

#[test]
fn text_of_another_type_is_a_warning_to_quote_it() {
    check(
        "header: { title: 甲, edition: 1.10 }",
        &["1 quote-it 1.10 => \"1.10\""],
    );
    check(
        "header: { title: 甲, issued: 1110427 }",
        &["1 quote-it 1110427 => \"1110427\""],
    );
    check("risk: { delegated_to: 12 }", &["1 quote-it 12 => \"12\""]);
    check(
        "header: { title: 甲, issued: 2022-04-27, edition: '2' }",
        &[],
    );
    let found = findings("header: { title: true }");
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(
        found[0].message.zh_tw,
        "「計畫名稱」之 true 未加引號，其他程式會讀成真假值"
    );
    // Reading the file says so already, and a choice that is none is the greater mistake.
    check("header: { title: 012 }", &[]);
    check(
        "header: { title: 甲, status: true }",
        &["1 unknown-word true"],
    );
}

#[test]
fn an_unknown_word_is_found_by_its_letters_or_its_meaning() {
    check(
        "header: { title: 甲, status: in_force }",
        &["1 unknown-word in_force => in-force"],
    );
    check(
        "header: { title: 甲, kind: 修訂 }",
        &["1 unknown-word 修訂 => revision"],
    );
    check_words(
        "header: { title: 甲, kind: 廢止 }",
        [
            "「訂定或修訂」沒有「廢止」這個選項",
            "可用選項：initial 初次訂定、revision 修訂",
            "計畫基本資料 › 訂定或修訂",
        ],
        [
            "`Kind` has no choice \"廢止\"",
            "choices: initial, revision",
            "Header › Kind",
        ],
    );
}

#[test]
fn misspelled_scalars_are_respelled() {
    check(
        "header: { title: 甲, issued: 111-02-30 }",
        &["1 not-a-date 111-02-30"],
    );
    check(
        "header: { title: 甲, issued: １１１年４月 }",
        &["1 not-a-date １１１年４月 => 111年4月"],
    );
    check(
        "risk: { every: 每年一次 }",
        &["1 not-a-duration 每年一次 => 1y"],
    );
    check("risk: { every: 2 }", &["1 not-a-duration 2"]);
    check(
        "reporting: { due: { by: 02-30 } }",
        &["1 not-a-day-of-year 02-30"],
    );
    check(
        "bodies: [{ id: Civil_1, name: 甲 }]",
        &["1 not-an-id Civil_1 => civil-1"],
    );
    check(
        "header: { title: 甲, counts: { schools: -1 } }",
        &["1 out-of-range -1"],
    );
}

#[test]
fn facts_take_modes() {
    check(
        "risk: { delegated_to: IS-02-005 風險評鑑, every: 1y, see: 甲表 }",
        &[],
    );
    check("bodies: { annex: { id: a-1, column: 機關 } }", &[]);
    check("risk: { every: { not_applicable: 無 } }", &[]);
    check("header: { not_applicable: 無 }", &[]);
    check(
        "controls: { by_law: { law: act, article: 1 }, delegated_to: [甲, { document: 乙 }] }",
        &[],
    );
    check(
        "risk: { every: { delegate_to: 甲 } }",
        &["1 unknown-key delegate_to => delegated_to"],
    );
    check(
        "risk: { every: { hours: 4, minutes: 5 } }",
        &["1 wrong-type { hours: 4, minutes: 5 }"],
    );
    check(
        "risk: { every: { not_applicable: 無, hours: 4 } }",
        &["1 unknown-key hours"],
    );
    check(
        "risk: { by_law: { law: act, artcle: 1 } }",
        &["1 unknown-key artcle => article"],
    );
    check(
        "bodies: [{ name: 甲, not_applicable: 無 }]",
        &["1 unknown-key not_applicable"],
    );
}

#[test]
fn rows_say_for_whom_they_hold() {
    check(
        "training: { rules: [{ for: [C], hours: 12 }, { for: D, not_applicable: 無 }] }",
        &[],
    );
    check(
        "training: { rules: [{ not_applicable: 無 }] }",
        &["1 missing-key not_applicable: 無"],
    );
    check("bodies: [{ name: 甲, for: [C] }]", &["1 unknown-key for"]);
    check(
        "controls: { password: { must: [一句, { text: 二句, for: [C] }] } }",
        &[],
    );
    check(
        "controls: { password: { must: [{ txt: 二句 }] } }",
        &["1 unknown-key txt => text"],
    );
}

#[test]
fn variants_reach_each_body_once() {
    let bodies = "bodies: [{ id: a, name: 甲, grade: C }, { id: b, name: 乙, grade: D }]\n";
    let plan = |risk: &str| format!("{bodies}risk: {risk}\n");
    check(
        &plan("[{ for: [C], every: 1y }, { for: [D], not_applicable: 無 }]"),
        &[],
    );
    check(
        &plan("[{ for: [a], every: 1y }, { except: [a], every: 2y }]"),
        &[],
    );
    check(
        &plan("[{ for: [C], every: 1y }, { for: [a], every: 2y }]"),
        &["2 two-for-one-body [a]"],
    );
    check(
        &plan("[{ except: [b], every: 1y }, { for: [甲, b], every: 2y }]"),
        &["2 two-for-one-body [甲, b]"],
    );
    check(&plan("[{ every: 1y }]"), &["2 missing-key every: 1y"]);
    check(
        "risk: [{ for: [x], every: 1y }, { for: [x], every: 2y }]",
        &["1 two-for-one-body [x]"],
    );
    check("risk: [甲]", &["1 wrong-type 甲"]);
    check("risk: []", &["1 no-value []"]);
}

#[test]
fn identities_are_given_once() {
    check(
        "bodies: [{ id: a, name: 甲 }, { id: b, name: 甲 }, { id: a, name: 乙 }]",
        &["1 duplicate-item a"],
    );
    check(
        "businesses: [{ body: a, name: 甲 }, { body: b, name: 甲 }]",
        &[],
    );
    check(
        "businesses: [{ name: 甲 }, { name: 甲 }]",
        &["1 duplicate-item 甲"],
    );
    // Scope is never identity: the same rule may hold for others in another row.
    let rule = |scope: &str| format!("{{ who: [it], kind: general, hours: 3{scope} }}");
    let rules = |a: &str, b: &str| format!("training: {{ rules: [{}, {}] }}", rule(a), rule(b));
    check(&rules(", for: [C]", ", for: [D]"), &[]);
    check(&rules("", ""), &["1 duplicate-item general"]);
    let found = findings("bodies: [{ id: a, name: 甲 }, { id: a, name: 乙 }]");
    assert_eq!(found[0].related[0].place.start().column, 16);
    let twice = "security_policy: { review: { or_on: [other, other] } }";
    check(twice, &["1 duplicate-item other"]);
}

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
            .ends_with("（此檔另有 2900 處相同問題未列）")
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
