//! Rules that go from one list into another: from where, into what, and for whom.

use super::told;

/// What is told of controls that become others, the path aside.
fn between(old: &str, new: &str) -> Vec<String> {
    let plan = |controls: &str| format!("{}controls: {{ {controls} }}\n", super::BODIES);
    told(&plan(old), &plan(new))
}

const RULE: &str = "密碼應定期更換";

#[test]
fn a_rule_that_goes_to_other_bodies_is_lost_by_some() {
    let variants = |first: &str, second: &str| {
        format!(
            "password: [{{ for: [C], min_length: 8{first} }}, {{ for: [D], min_length: 8{second} }}]"
        )
    };
    let must = format!(", must: [{RULE}]");
    assert_eq!(
        between(&variants(&must, ""), &variants("", &must)),
        ["controls.password[1].must[密碼應定期更換] moved changed unclear"]
    );
    assert_eq!(
        between(
            &format!(
                "password: {{ must: [{RULE}, 密碼不得共用] }}, account: {{ for: [D], must: [帳號不得共用] }}"
            ),
            &format!(
                "password: {{ must: [密碼不得共用] }}, account: {{ for: [D], must: [帳號不得共用, {RULE}] }}"
            ),
        ),
        ["controls.account.must[密碼應定期更換] moved changed unclear"]
    );
}

#[test]
fn a_rule_that_goes_where_nothing_binds_is_weaker() {
    let plan = |must: &str, statements: &str| {
        format!(
            "security_policy: {{ statements: [{statements}] }}\ncontrols: {{ password: {{ must: [{must}] }} }}\n"
        )
    };
    let (old, new) = (
        plan(&format!("密碼不得共用, {RULE}"), "本機關重視資通安全"),
        plan("密碼不得共用", &format!("本機關重視資通安全, {RULE}")),
    );
    assert_eq!(
        told(&old, &new),
        ["security_policy.statements[密碼應定期更換] moved weakened weaker"]
    );
    assert!(told(&new, &old)[0].ends_with("moved strengthened stronger"));
}

#[test]
fn a_rule_stays_near_where_it_may() {
    // The same rule also comes into another control: that is new, wherever it stands in the plan.
    for other in ["network", "account"] {
        let plan = |others: &str, password: &str| {
            format!("{other}: {{ must: [{others}] }}, password: {{ {password} }}")
        };
        let mut told = between(
            &plan("帳號不得共用", &format!("must: [{RULE}, 密碼不得共用]")),
            &plan(
                &format!("帳號不得共用, {RULE}"),
                &format!("must: [密碼不得共用], should: [{RULE}]"),
            ),
        );
        told.sort();
        let added = format!("controls.{other}.must[{RULE}] added strengthened stronger");
        let moved = format!("controls.password.should[{RULE}] moved weakened weaker");
        assert_eq!(told, [added, moved]);
    }
}

#[test]
fn what_stands_below_a_rule_binds_as_the_rule_does() {
    let plan = |key: &str, items: &str| {
        format!("password: {{ {key}: [{{ text: 密碼應符合下列規定, items: [{items}] }}] }}")
    };
    for (key, told) in [
        ("must", "removed weakened weaker"),
        ("may", "removed changed neutral"),
    ] {
        let found = between(
            &plan(key, "八碼以上, 不得與帳號相同"),
            &plan(key, "八碼以上"),
        );
        assert_eq!(
            found,
            [format!(
                "controls.password.{key}[0].items[不得與帳號相同] {told}"
            )]
        );
    }
}

#[test]
fn a_rule_written_as_a_map_is_the_same_rule() {
    assert_eq!(
        between(
            "password: { must: [密碼應定期更換，並不得與帳號相同, 甲乙丙丁戊] }",
            "password: { must: [{ text: 密碼應定期更換，並不得與帳號相同。, covers: [password-change] }, 甲乙丙丁戊] }",
        ),
        [
            "controls.password.must[0].text changed editorial neutral",
            "controls.password.must[0].covers added changed neutral",
        ]
    );
}
