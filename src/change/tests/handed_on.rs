//! An id that is that of another body, system or document than before: the same words cite another thing.

use super::{BODIES, told};

#[test]
fn an_agency_by_the_id_of_another_body_is_another_agency() {
    let plan =
        |bodies: &str| format!("header: {{ title: 計畫, agency: jia }}\nbodies: [{bodies}]\n");
    let old = plan("{ id: jia, name: 甲局, grade: B }");
    let new = plan("{ id: old, name: 甲局, grade: B }, { id: jia, name: 新所, grade: E }");
    let found = told(&old, &new);
    assert!(
        found.contains(&"header.agency changed scope weaker".to_owned()),
        "{found:?}"
    );
    let both = |first: &str, second: &str| {
        plan(&format!(
            "{{ id: {first}, name: 甲局, grade: B }}, {{ id: {second}, name: 乙所, grade: D }}"
        ))
    };
    let found = told(&both("jia", "yi"), &both("yi", "jia"));
    assert!(
        found.contains(&"header.agency changed scope weaker".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_list_cites_other_systems_by_the_same_ids() {
    let plan = |mail: &str, web: &str| {
        format!(
            "{BODIES}systems: [{{ id: {mail}, name: 郵件系統, core: true }}, {{ id: {web}, name: 官網 }}]\n\
             controls: {{ penetration_test: {{ every: 1y, systems: [mail] }} }}\n"
        )
    };
    let found = told(&plan("mail", "web"), &plan("web", "mail"));
    assert!(
        found
            .iter()
            .any(|told| told.ends_with("removed weakened weaker")),
        "{found:?}"
    );
}

#[test]
fn what_is_left_to_a_document_is_left_to_another_one() {
    let plan = |first: &str, second: &str| {
        format!(
            "incidents: {{ delegated_to: IS-1 }}\n\
             references: {{ documents: [{{ id: {first}, title: 事故通報程序書 }}, {{ id: {second}, title: 影印機使用須知 }}] }}\n"
        )
    };
    let found = told(&plan("IS-1", "IS-2"), &plan("IS-2", "IS-1"));
    assert!(
        found.contains(&"incidents changed changed neutral".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_keeps_neither_its_number_nor_its_title_is_not_followed() {
    let plan = |id: &str, title: &str| {
        format!(
            "incidents: {{ delegated_to: {id} }}\n\
             references: {{ documents: [{{ id: {id}, title: {title}, kind: procedure, tier: 2, confidentiality: 內部, version: V1.0, issued: 109-11-02 }}] }}\n"
        )
    };
    let found = told(
        &plan("IS-02-011", "事故通報程序書"),
        &plan("IS-02-044", "影印機使用須知"),
    );
    assert!(
        found.contains(&"incidents changed changed neutral".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_cited_nothing_is_not_what_cites_something_since() {
    let plan = |id: &str, cited: &str| {
        format!(
            "bodies: [{{ id: jia, name: 甲局, grade: C }}]\n\
             businesses: [{{ name: 戶政, body: jia, systems: [{cited}] }}]\n\
             systems: [{{ id: {id}, name: 甲系統, core: true }}]\n"
        )
    };
    let (one, other) = (plan("a", "a, 乙系統"), plan("b", "a, 丙系統"));
    let of_it = |old: &str, new: &str| {
        let told = told(old, new).into_iter();
        told.filter(|told| told.contains("systems[a] "))
            .collect::<Vec<_>>()
    };
    let gone_and_new = [
        "businesses[jia/戶政].systems[a] removed changed neutral",
        "businesses[jia/戶政].systems[a] added changed neutral",
    ];
    for (old, new) in [(&one, &other), (&other, &one)] {
        let told = of_it(old, new);
        assert!(
            gone_and_new
                .iter()
                .all(|own| told.contains(&(*own).to_owned())),
            "{told:?}"
        );
    }
}
