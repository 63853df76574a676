//! Keys that are unknown or missing, modes and scope.

use super::{check, check_words, findings};

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
