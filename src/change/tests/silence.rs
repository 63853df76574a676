//! What comes from silence or falls into it: told by what it asks, not by its being there.

use super::*;

/// What is told where a passage comes into [`BASE`], and where it goes again.
fn comes_and_goes(from: &str, to: &str, path: &str, (there, back): (&str, &str)) {
    let new = edited(from, to);
    assert_eq!(told(BASE, &new), [format!("{path} added {there}")], "{to}");
    assert_eq!(told(&new, BASE), [format!("{path} removed {back}")], "{to}");
}

const NOTHING: (&str, &str) = ("changed neutral", "changed neutral");
const MORE: (&str, &str) = ("strengthened stronger", "weakened weaker");
const LESS: (&str, &str) = ("weakened weaker", "strengthened stronger");
const BOTH: (&str, &str) = ("changed unclear", "changed unclear");

#[test]
fn the_weakest_word_binds_nobody_but_where_it_asks_something() {
    let account = |sharing: &str| format!("controls:\n  account: {{ sharing: {sharing} }}\n");
    let path = "controls.account";
    comes_and_goes("controls:\n", &account("allowed"), path, NOTHING);
    comes_and_goes("controls:\n", &account("forbidden"), path, MORE);
    let level = "core: true, dimensions: { integrity: 普 },";
    comes_and_goes("core: true,", level, "systems[mail].dimensions", MORE);
}

#[test]
fn a_list_that_should_be_short_is_no_strengthening_where_it_comes_with_its_map() {
    let with = |baseline: &str| format!("core: true, baseline: {{ {baseline} }},");
    let path = "systems[mail].baseline";
    comes_and_goes("core: true,", &with("unmet: [{ control: 3 }]"), path, LESS);
}

#[test]
fn a_section_is_what_stands_in_it() {
    let plan = |controls: &str| format!("header: {{ title: 計畫 }}\n{controls}");
    let exempt = "exemptions: [{ duty: soc, reason: 甲 }]";
    for (controls, (there, back)) in [
        (exempt.to_owned(), LESS),
        (format!("{exempt}, password: {{ min_length: 8 }}"), BOTH),
        ("password: { min_length: 8 }".to_owned(), MORE),
        ("account: { sharing: allowed }".to_owned(), NOTHING),
    ] {
        let (old, new) = (plan(""), plan(&format!("controls: {{ {controls} }}\n")));
        assert_eq!(told(&old, &new), [format!("controls added {there}")]);
        assert_eq!(told(&new, &old), [format!("controls removed {back}")]);
    }
}

#[test]
fn a_mode_that_names_nothing_says_nothing() {
    let plan = |mode: &str| {
        format!(
            "{}controls: {{ health_check: {{ {mode} }} }}\n",
            super::BODIES
        )
    };
    for empty in [
        "delegated_to: ",
        "delegated_to: []",
        "delegated_to: ''",
        "by_law: {}",
        "annex: ~",
    ] {
        let of = |old: &str, new: &str| told(&plan(old), &plan(new));
        assert_eq!(
            of("delegated_to: IS-1", empty),
            ["controls.health_check changed weakened weaker"],
            "{empty}"
        );
        assert_eq!(
            of("not_applicable: 無", empty),
            ["controls.health_check changed changed neutral"],
            "{empty}"
        );
    }
    let blanket = |mode: &str| format!("controls: {{ {mode}password: {{ min_length: 8 }} }}\n");
    assert_eq!(
        told(
            &blanket("delegated_to: IS-1, "),
            &blanket("delegated_to: , ")
        ),
        ["controls.delegated_to changed weakened weaker"]
    );
    assert_eq!(
        told(&blanket(""), &blanket("delegated_to: , ")),
        ["controls.delegated_to added changed neutral"]
    );
}

#[test]
fn a_mode_that_holds_for_fewer_is_narrower() {
    let plan = |mode: &str| {
        format!(
            "{}controls: {{ health_check: {{ {mode} }} }}\n",
            super::BODIES
        )
    };
    for mode in ["delegated_to: IS-1", "by_law: { law: classification }"] {
        let scoped = format!("{mode}, for: [D]");
        assert_eq!(
            told(&plan(mode), &plan(&scoped)),
            ["controls.health_check.for added scope weaker"]
        );
        assert_eq!(
            told(&plan(&scoped), &plan(mode)),
            ["controls.health_check.for removed scope stronger"]
        );
    }
    // Together with another mode the whole is told, with what it comes to.
    assert_eq!(
        told(
            &plan("not_applicable: 無"),
            &plan("delegated_to: IS-1, for: [D]")
        ),
        ["controls.health_check changed changed unclear"]
    );
}
