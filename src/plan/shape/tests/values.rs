//! Values that are not what their place wants.

use super::{check, check_words, findings};
use crate::finding::Severity;

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
            "choices: initial (first issue), revision",
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
