//! The ways in which an edit may ask less of a body: each is told as a weakening.

use super::*;

/// One edit, and the one change that it must be told as.
fn weakens(name: &str, from: &str, to: &str, path: &str) {
    let new = edited(from, to);
    between(BASE, &new, |changes| {
        let found: Vec<String> = changes
            .all
            .iter()
            .filter(|change| change.weakens())
            .map(|change| change.path().to_string())
            .collect();
        assert_eq!(found, [path], "{name}: {:?}", told(BASE, &new));
    });
}

#[test]
fn a_stated_fact_in_any_other_mode() {
    let stated = "health_check: { every: 2y, items: [network, clients] }";
    for (name, to) in [
        (
            "adopted",
            "health_check: { by_law: { law: classification } }",
        ),
        ("delegated", "health_check: { delegated_to: IS-02-008 }"),
        (
            "not applicable",
            "health_check: { not_applicable: 無此義務 }",
        ),
        ("absent annex", "health_check: { annex: annex-2 }"),
    ] {
        weakens(name, stated, to, "controls.health_check");
    }
    weakens(
        "silent",
        &format!("  {stated}\n"),
        "",
        "controls.health_check",
    );
    weakens(
        "a figure alone",
        "every: 2y, ",
        "",
        "controls.health_check.every",
    );
    weakens(
        "a figure adopted",
        "max_tolerable_interruption: 8h",
        "max_tolerable_interruption: { not_applicable: 不評估 }",
        "systems[mail].max_tolerable_interruption",
    );
    weakens(
        "an empty value",
        "min_length: 8",
        "min_length:",
        "controls.password.min_length",
    );
}

#[test]
fn a_section_left_to_a_mode() {
    let from = BASE
        .split("training:\n")
        .nth(1)
        .and_then(|rest| rest.split("controls:").next());
    let from = format!("training:\n{}", from.expect("the section"));
    for mode in [
        "delegated_to: IS-02-010",
        "by_law: { law: classification }",
        "not_applicable: 無",
    ] {
        weakens(
            mode,
            &from,
            &format!("training: {{ {mode} }}\n"),
            "training",
        );
    }
    weakens("gone", &from, "", "training");
}

#[test]
fn the_grade_and_what_it_rests_on() {
    weakens("lower", "grade: C", "grade: D", "bodies[jia].grade");
    weakens("gone", "grade: C, ", "", "bodies[jia].grade");
    let dated = "grade: C, graded_on: 108-05-01";
    let path = "bodies[jia].graded_on";
    weakens("later", dated, "grade: C, graded_on: 110-05-01", path);
    weakens("earlier", dated, "grade: C, graded_on: 107-05-01", path);
    weakens("vanished", dated, "grade: C", path);
}

#[test]
fn a_body_that_owes_nothing_any_more() {
    weakens(
        "dissolved",
        "grade: D,",
        "grade: D, status: dissolved,",
        "bodies[yi].status",
    );
    weakens(
        "gone",
        "  - { id: yi, name: 乙所, grade: D, graded_on: 108-05-01 }\n",
        "",
        "bodies[yi]",
    );
    weakens(
        "another sector",
        "grade: D,",
        "grade: D, sector: specific_non_government,",
        "bodies[yi].sector",
    );
    weakens(
        "another agency",
        "agency: jia",
        "agency: yi",
        "header.agency",
    );
}

#[test]
fn a_date_of_issue_that_chooses_another_law() {
    weakens(
        "back",
        "issued: 110-12-27",
        "issued: 109-12-27",
        "header.issued",
    );
    weakens(
        "two years ahead",
        "issued: 110-12-27",
        "issued: 113-01-01",
        "header.issued",
    );
    weakens("gone", ", issued: 110-12-27", "", "header.issued");
    check(
        "issued: 110-12-27",
        "issued: 111-01-15",
        &["header.issued changed changed neutral"],
    );
}

#[test]
fn a_date_of_issue_that_may_be_too_far_ahead_is_unclear() {
    let issued = |to: &str| told(BASE, &edited("issued: 110-12-27", to));
    let (neutral, unclear) = ("changed changed neutral", "changed changed unclear");
    // Ninety days after the day on which the tests compare.
    for (to, told) in [
        ("issued: 111年", unclear),
        ("issued: 111年4月", unclear),
        ("issued: 111年3月", neutral),
        ("issued: 112年", "changed weakened weaker"),
    ] {
        assert_eq!(issued(to), [format!("header.issued {told}")], "{to}");
    }
}

/// What is told of one field of a row where it gets each of these values, the weakest first, where it
/// comes and where it goes.
fn ordered(plan: impl Fn(&str) -> String, path: &str, values: &[&str]) {
    let of = |old: &str, new: &str| told(&plan(old), &plan(new));
    for pair in values.windows(2) {
        let [weak, strong] = pair else { continue };
        assert_eq!(
            of(weak, strong),
            [format!("{path} changed strengthened stronger")]
        );
        assert_eq!(
            of(strong, weak),
            [format!("{path} changed weakened weaker")]
        );
    }
}

#[test]
fn a_last_day_that_is_put_off() {
    let plans = [
        (
            "controls: { exemptions: [{ duty: soc, approval: 甲1… }] }\n",
            "until",
            "controls.exemptions[soc].until",
        ),
        (
            "systems: [{ id: w, name: 甲, baseline: { unmet: [{ control: 1… }] } }]\n",
            "due",
            "systems[w].baseline.unmet[1].due",
        ),
    ];
    for (plan, key, path) in plans {
        let plan = |said: &str| plan.replace('…', said);
        let with = |day: &str| plan(&format!(", {key}: {day}"));
        ordered(
            with,
            path,
            &["199-01-01", "114年", "113-12-31", "110-01-01"],
        );
        let part = told(&with("114年"), &with("114-06-30"));
        assert_eq!(part, [format!("{path} changed changed unclear")]);
        let (none, some) = (plan(""), with("114-01-01"));
        assert_eq!(
            told(&some, &none),
            [format!("{path} removed weakened weaker")]
        );
        assert_eq!(
            told(&none, &some),
            [format!("{path} added strengthened stronger")]
        );
    }
}

#[test]
fn a_word_that_spares_an_audit() {
    let plan = |unless: &str| {
        format!(
            "improvement: {{ audit: {{ internal: [{{ form: self-assessment, every: 1y{unless} }}] }} }}\n"
        )
    };
    let path = "improvement.audit.internal[self-assessment].unless";
    let (none, external, mutual) = (
        plan(""),
        plan(", unless: external"),
        plan(", unless: cross-agency"),
    );
    for (old, new, effect) in [
        (&none, &external, "added weakened weaker"),
        (&external, &none, "removed strengthened stronger"),
        (&external, &mutual, "changed changed unclear"),
    ] {
        assert_eq!(told(old, new), [format!("{path} {effect}")]);
    }
}

#[test]
fn another_day_of_work_may_ask_less_of_what_is_counted_in_it() {
    let plan = |hours: &str| format!("conventions: {{ hours_per_workday: {hours} }}\n");
    for (old, new) in [("8", "24"), ("24", "8")] {
        assert_eq!(
            told(&plan(old), &plan(new)),
            ["conventions.hours_per_workday changed changed unclear"]
        );
    }
}

#[test]
fn less_of_a_measure() {
    weakens(
        "a longer interval",
        "every: 2y",
        "every: 3y",
        "controls.health_check.every",
    );
    weakens(
        "without a figure",
        "every: 2y",
        "every: 定期",
        "controls.health_check.every",
    );
    weakens(
        "fewer items",
        "[network, clients]",
        "[network]",
        "controls.health_check.items[clients]",
    );
    weakens(
        "a lower figure",
        "min_length: 8",
        "min_length: 6",
        "controls.password.min_length",
    );
    weakens(
        "a lower level",
        "protection_level: 高",
        "protection_level: 中",
        "systems[mail].protection_level",
    );
    weakens(
        "no core system",
        "core: true",
        "core: false",
        "systems[mail].core",
    );
    let must = "must: [密碼應定期更換，並不得與帳號相同]";
    weakens(
        "a rule gone",
        &format!(", {must}"),
        "",
        "controls.password.must",
    );
    weakens(
        "from must to should",
        must,
        "should: [密碼應定期更換，並不得與帳號相同]",
        "controls.password.should[密碼應定期更換，並不得與帳號相同]",
    );
    let rule = "    - { who: [general], kind: awareness, hours: 3, every: 1y }\n";
    weakens(
        "for fewer",
        "hours: 3",
        "hours: 3, for: [D]",
        "training.rules[general/awareness].for",
    );
    weakens(
        "no rule",
        rule,
        "    - { who: [general], kind: skills, hours: 3, every: 1y }\n",
        "training.rules[general/awareness]",
    );
}
