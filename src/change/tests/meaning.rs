//! What is no change, or one of spelling only.

use super::*;

#[test]
fn a_plan_does_not_differ_from_itself() {
    assert_eq!(told(BASE, BASE), [""; 0]);
}

#[test]
fn order_comments_and_quotes_are_nothing() {
    let body = "  - { id: yi, name: 乙所, grade: D, graded_on: 108-05-01 }\n";
    let without = edited(body, "");
    let first = without.replace("bodies:\n", &format!("# 機關\nbodies:\n{body}"));
    assert_eq!(told(BASE, &first), [""; 0]);
    check(
        "grade: D, graded_on: 108-05-01",
        "graded_on: '108-05-01', grade: \"D\"",
        &[],
    );
    check("[network, clients]", "[clients, network]", &[]);
}

#[test]
fn another_spelling_of_the_same_is_layout() {
    let layout = |path: &str| format!("{path} changed layout neutral");
    for (from, to, path) in [
        ("issued: 110-12-27", "issued: 2021-12-27", "header.issued"),
        ("every: 2y", "every: 24mo", "controls.health_check.every"),
    ] {
        check(from, to, &[&layout(path)]);
    }
    check(
        "grade: D,",
        "grade: D, sector: government,",
        &["bodies[yi].sector added layout neutral"],
    );
}

#[test]
fn width_and_punctuation_are_editorial() {
    let path = "controls.password.must[密碼應定期更換並不得與帳號相同]";
    check(
        "密碼應定期更換，並不得與帳號相同",
        "密碼應定期更換並不得與帳號相同",
        &[&format!("{path} changed editorial neutral")],
    );
    check(
        "name: 郵件系統",
        "name: 郵件 系統",
        &["systems[mail].name changed editorial neutral"],
    );
}

#[test]
fn a_text_and_the_map_that_says_more_are_the_same() {
    check(
        "may: [得使用密碼管理工具]",
        "may: [{ text: 得使用密碼管理工具 }]",
        &[],
    );
    check(
        "may: [得使用密碼管理工具]",
        "may: [{ text: 得使用密碼管理工具, items: [指定之工具] }]",
        &["controls.password.may[0].items added changed neutral"],
    );
}

#[test]
fn what_the_words_do_not_decide_is_unclear_and_never_harmless() {
    check(
        "interruption: 8h",
        "interruption: 9wh",
        &["systems[mail].max_tolerable_interruption changed changed unclear"],
    );
    let new = edited("interruption: 8h", "interruption: 9wh");
    assert!(between(BASE, &new, |changes| changes.all[0].may_weaken()));
}

#[test]
fn a_figure_in_another_form_is_unclear_and_a_switch_weaker() {
    let unclear = |path: &str| format!("{path} changed changed unclear");
    for (from, to, path) in [
        (
            "min_length: 8",
            "min_length: [8]",
            "controls.password.min_length",
        ),
        ("core: true", "core: []", "systems[mail].core"),
        (
            "every: 2y, items",
            "every: [5y, 1y], items",
            "controls.health_check.every",
        ),
        (
            "items: [network, clients]",
            "items: { network: true }",
            "controls.health_check.items",
        ),
    ] {
        check(from, to, &[&unclear(path)]);
        assert_eq!(told(&edited(from, to), BASE), [unclear(path)]);
    }
    check(
        "grade: C",
        "grade: [C]",
        &["bodies[jia].grade changed grade unclear"],
    );
    let sector = "grade: D, sector: [government],";
    let weaker = edited("grade: D,", sector).replace("[government]", "government");
    assert_eq!(
        told(&weaker, &edited("grade: D,", sector)),
        ["bodies[yi].sector changed scope weaker"]
    );
}

#[test]
fn what_the_schema_does_not_know_is_told_too() {
    check(
        "min_length: 8,",
        "min_length: 8, strange: 1,",
        &["controls.password.strange added changed neutral"],
    );
}

#[test]
fn both_places_of_what_came() {
    let new = edited("min_length: 8,", "min_length: 8, history: 3,");
    between(BASE, &new, |changes| {
        let pair = changes.all[0].pair();
        assert_eq!(
            (pair.old.place.text(), pair.new.place.text()),
            ("password", "3")
        );
        assert_eq!(&*pair.old.place.path, "controls.password.history");
    });
}

#[test]
fn every_sign_of_a_regular_expression_counts() {
    let with =
        |regex: &str| format!("{BASE}inventory: {{ numbering: {{ regex: \"{regex}\" }} }}\n");
    for (old, new) in [("^[A-Z]+$", "^A-Z+$"), ("^.A1$", "^A1$"), ("^A 1$", "^A1$")] {
        let path = "inventory.numbering.regex changed changed neutral";
        assert_eq!(told(&with(old), &with(new)), [path], "{old}");
    }
}
