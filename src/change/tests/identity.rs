//! Items are followed by who they are: what was renamed, renumbered, moved or merged is one change.

use super::*;

#[test]
fn a_name_or_an_id_alone() {
    check(
        "name: 乙所",
        "name: 乙戶政所",
        &["bodies[yi].name renamed changed neutral"],
    );
    check(
        "id: yi,",
        "id: second,",
        &["bodies[second].id renumbered changed neutral"],
    );
}

#[test]
fn many_numbers_at_once_are_one_change_and_citations_follow() {
    let old = "references:\n  documents:\n    - { id: F-01, title: 甲表 }\n    - { id: F-02, title: 乙表 }\n    \
               - { id: F-03, title: 丙表 }\nrisk: { delegated_to: IS-1 }\ncontrols: { documents: [F-02 乙表] }\n";
    let new = old.replace("F-0", "Form-0");
    between(old, &new, |changes| {
        let kinds: Vec<_> = changes
            .all
            .iter()
            .map(|c| (c.kind.word(), c.class.word(), c.pairs.len()))
            .collect();
        assert_eq!(
            kinds,
            [("changed", "editorial", 1), ("renumbered", "changed", 3)]
        );
    });
}

#[test]
fn bodies_that_say_what_they_were() {
    let old = "header: { title: 計畫, agency: jia }\nbodies:\n  - { id: jia, name: 甲局, grade: C }\n  \
               - { id: yi, name: 乙所, grade: D }\n  - { id: bing, name: 丙所, grade: D }\n\
               businesses:\n  - { body: yi, name: 戶籍登記, core: true }\n";
    let merged = |grade: &str| {
        format!(
            "header: {{ title: 計畫, agency: jia }}\nbodies:\n  - {{ id: jia, name: 甲局, grade: C }}\n  \
             - {{ id: ding, name: 丁所, grade: {grade}, merged_from: [乙所, bing] }}\n\
             businesses:\n  - {{ body: ding, name: 戶籍登記, core: true }}\n"
        )
    };
    assert_eq!(
        told(old, &merged("D")),
        [
            "bodies[ding] merged scope neutral",
            "businesses[ding/戶籍登記].body changed editorial neutral",
        ]
    );
    assert_eq!(
        told(old, &merged("E"))[0],
        "bodies[ding] merged grade weaker"
    );
    assert_eq!(told(&merged("D"), old)[0], "bodies[yi] split scope neutral");
}

#[test]
fn a_sentence_that_moves_between_strengths() {
    let with = |key: &str| {
        format!(
            "controls: {{ password: {{ must: [密碼應設八碼以上], {key}: [密碼應定期更換] }} }}\n"
        )
    };
    let plan = "controls: { password: { must: [密碼應設八碼以上, 密碼應定期更換], should: [宜用兩種因子] } }\n";
    let new = "controls: { password: { must: [密碼應設八碼以上], should: [宜用兩種因子, 密碼應定期更換] } }\n";
    assert_eq!(
        told(plan, new),
        ["controls.password.should[密碼應定期更換] moved weakened weaker"]
    );
    assert_eq!(
        told(new, plan),
        ["controls.password.must[密碼應定期更換] moved strengthened stronger"]
    );
    // A list that comes or goes whole with what moved is told item by item.
    assert_eq!(
        told(&with("should"), &with("may")),
        ["controls.password.may[密碼應定期更換] moved weakened weaker"]
    );
    let both = "controls: { password: { must: [密碼應設八碼以上, 密碼應定期更換] } }\n";
    assert_eq!(
        told(both, &with("should")),
        ["controls.password.should[密碼應定期更換] moved weakened weaker"]
    );
    let none = "controls: { password: { may: [密碼應設八碼以上, 密碼不得共用] } }\n";
    assert_eq!(
        told(&with("should"), none),
        [
            "controls.password.should removed weakened weaker",
            "controls.password.may[密碼應設八碼以上] moved weakened weaker",
            "controls.password.may[密碼不得共用] added changed neutral",
        ]
    );
    // Where nothing of it moved, it is one.
    assert_eq!(
        told(both, "controls: { password: { may: [密碼不得共用] } }\n"),
        [
            "controls.password.must removed weakened weaker",
            "controls.password.may added changed neutral",
        ]
    );
}

#[test]
fn rows_of_one_identity_are_told_apart_by_whom_they_reach() {
    let rows = |c: u32, d: u32, order: bool| {
        let rows = [
            format!("{{ title: 專職人員, for: [C], count: {c} }}"),
            format!("{{ title: 專職人員, for: [D], count: {d} }}"),
        ];
        let (first, second) = if order { (0, 1) } else { (1, 0) };
        format!(
            "{BASE}personnel: {{ dedicated: [{}, {}] }}\n",
            rows[first], rows[second]
        )
    };
    assert_eq!(told(&rows(2, 1, true), &rows(2, 1, false)), [""; 0]);
    assert_eq!(
        told(&rows(2, 2, true), &rows(1, 2, false)),
        ["personnel.dedicated[專職人員].count changed weakened weaker"]
    );
}

#[test]
fn a_reworded_rule_is_the_same_rule() {
    check(
        "密碼應定期更換，並不得與帳號相同",
        "密碼應至少每三個月更換，並不得與帳號相同",
        &[
            "controls.password.must[密碼應至少每三個月更換，並不得與帳號相同] changed changed neutral",
        ],
    );
}

#[test]
fn rows_of_one_key_are_the_same_in_any_order_and_spelling() {
    let rows = |first: &str, second: &str, third: &str| {
        let row = |every: &str| {
            format!("    - {{ who: [it], kind: general, for: [C], hours: 3, every: {every} }}\n")
        };
        let rows = [first, second, third].map(row).concat();
        format!("training:\n  rules:\n{rows}")
    };
    between(
        &rows("2y", "1y", "6mo"),
        &rows("6mo", "12mo", "24mo"),
        |changes| {
            assert!(changes.same_meaning(), "{:?}", changes.all.len());
        },
    );
}

#[test]
fn a_list_that_cites_follows_as_a_field_does() {
    let plan = |id: &str, listed: &str| {
        format!(
            "header: {{ title: 計畫, agency: jia }}\nbodies: [{{ id: jia, name: 甲局, grade: C }}]\n\
             systems: [{{ id: {id}, name: 郵件系統, core: true }}, {{ id: web, name: 官網 }}]\n\
             controls: {{ penetration_test: {{ every: 1y, systems: [{listed}] }} }}\n"
        )
    };
    let told = |id, listed| told(&plan("mail", "mail, web"), &plan(id, listed));
    assert_eq!(
        told("mail-2", "web, mail-2"),
        [
            "systems[mail-2].id renumbered changed neutral",
            "controls.penetration_test.systems[mail-2] changed editorial neutral",
        ]
    );
    // What does not follow is told, also where an id goes to another system.
    let left = told("mail-2", "web");
    assert!(
        left.iter().any(|told| told.ends_with("weakened weaker")),
        "{left:?}"
    );
}

#[test]
fn a_body_by_its_other_name_is_the_same() {
    let plan = |agency: &str, body: &str| {
        format!(
            "header: {{ title: 計畫, agency: {agency} }}\nbodies: [{{ id: jia, name: 甲局, grade: C }}, \
             {{ id: yi, name: 乙所, grade: D }}]\nbusinesses: [{{ body: {body}, name: 戶政, core: true }}]\n"
        )
    };
    let told = |agency, body| told(&plan("jia", "yi"), &plan(agency, body));
    let other_name = told("甲局", "乙所");
    assert!(
        other_name
            .iter()
            .all(|told| told.contains(" editorial neutral")),
        "{other_name:?}"
    );
    assert_eq!(other_name.len(), 2);
    let other_body = told("乙所", "yi");
    assert_eq!(other_body, ["header.agency changed scope weaker"]);
}

#[test]
fn a_document_that_is_numbered_otherwise_is_cited_as_before() {
    let plan = |number: &str, cited: &str| {
        format!(
            "header: {{ title: 計畫, agency: jia }}\nbodies: [{{ id: jia, name: 甲局, grade: C }}]\n\
             incidents: {{ delegated_to: {cited} }}\ncontrols: {{ delegated_to: {cited}, see: [{cited}] }}\n\
             inventory: {{ see: [政策, {{ document: {cited}, section: 參 }}] }}\n\
             references: {{ documents: [{{ id: {number}, title: 事故通報程序書 }}, {{ id: IS-2, title: 政策 }}] }}\n"
        )
    };
    let old = plan("IS-02-011", "IS-02-011");
    let follow = |number: &str, cited: &str| {
        let mut told = told(&old, &plan(number, cited));
        told.retain(|told| !told.starts_with("references."));
        told
    };
    for (number, cited) in [
        ("D-7", "D-7"),
        ("IS-02-011", "事故通報程序書"),
        ("IS-02-011", "IS-02-011 事故通報程序書"),
        ("D-7", "D-7 事故通報程序書"),
        ("D-7", "事故通報程序書"),
    ] {
        let told = follow(number, cited);
        let is_wording = |told: &String| told.ends_with(" changed editorial neutral");
        assert!(told.iter().all(is_wording), "{cited}: {told:?}");
        assert_eq!(told.len(), 3, "{cited}: {told:?}");
    }
    // Another document is another one, and what is cited by its old number is not in the register.
    for (number, cited) in [("IS-02-011", "IS-2"), ("D-7", "IS-02-011"), ("D-7", "政策")] {
        let told = follow(number, cited);
        assert!(
            !told.iter().any(|told| told.contains("editorial")),
            "{cited}: {told:?}"
        );
    }
}

#[test]
fn a_title_of_two_documents_names_neither() {
    let plan = |cited: &str| {
        format!(
            "references: {{ documents: [{{ id: A-1, title: 程序書 }}, {{ id: A-2, title: 程序書 }}] }}\n\
             controls: {{ delegated_to: {cited} }}\n"
        )
    };
    assert_eq!(
        told(&plan("A-1"), &plan("程序書")),
        ["controls changed changed neutral"]
    );
}
