//! A pull request held against its base: what the change hides is not mended, until it is approved.

use crate::host::{Files, Host, base, office, with};

const SCAN: &str = "  health_check:
    every: 3y
    items: [network, malicious-traffic, clients, servers, directory-firewall]
";

/// A base whose health check is too rare already.
fn rare() -> Files {
    office(&base(), "every: 1y\n    items", "every: 3y\n    items")
}

/// Both people who approve what the office weakens.
const OFFICE: [&str; 2] = ["ciso", "director"];

#[test]
fn a_failure_is_not_mended_by_saying_it_another_way_until_that_is_approved() {
    let start = rare();
    for other in [
        "{ delegated_to: D-01 }",
        "{ by_law: { law: classification } }",
        "{ annex: a-9 }",
    ] {
        let head = office(&start, SCAN, &format!("  health_check: {other}\n"));
        let mut host = Host::new(&start, &head);
        let verdict = host.review();
        assert_eq!(verdict.states()[0], "failure", "{other}");
        let blocking = verdict.blocking();
        assert!(
            blocking.contains(&"health-check-insufficient"),
            "{other}: {blocking:?}"
        );
        let findings = verdict.json["plans"][0]["findings"]
            .as_array()
            .expect("findings");
        let told = |own: &&serde_json::Value| {
            own["policy"] == "health-check-insufficient" && own["until_approved"] == true
        };
        // It is told where the plan says it another way now.
        let told = findings
            .iter()
            .find(told)
            .expect("it holds until it is approved");
        assert_eq!(told["file"], "plans/office/plan.yaml");
        assert_eq!(told["status"], "touched");

        host.approved_by(&OFFICE);
        let verdict = host.review();
        let findings = verdict.json["plans"][0]["findings"]
            .as_array()
            .expect("findings");
        assert!(
            findings.iter().all(|own| own["until_approved"] == false),
            "{other}"
        );
    }
}

#[test]
fn a_plan_that_goes_is_missed_until_that_is_approved() {
    let start = base();
    let mut head = start.clone();
    head.remove("plans/other/plan.yaml").expect("it is there");
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    assert_eq!(verdict.blocking(), ["change/plan-removed"]);
    assert_eq!(verdict.states(), ["failure", "success", "pending"]);
    assert_eq!(verdict.json["plans"][0]["fixed"], serde_json::json!([]));

    host.approved_by(&["other-desk", "director"]);
    let verdict = host.review();
    assert_eq!(
        verdict.states(),
        ["success", "success", "success"],
        "{}",
        host.summary()
    );
}

#[test]
fn what_could_not_be_read_before_and_cannot_now_is_not_passed_over() {
    let broken = |files: &Files, more: &str| {
        with(files, "plans/office/plan.yaml", |text| {
            text.replace("header:\n", "header: [\n") + more
        })
    };
    let start = broken(&base(), "");
    let head = broken(&base(), "# 再改\n");
    let verdict = Host::new(&start, &head).review();
    assert_eq!(verdict.states()[0], "failure", "{:?}", verdict.blocking());
    assert_eq!(verdict.json["plans"][0]["fixed"], serde_json::json!([]));
}

#[test]
fn what_is_solved_for_one_body_is_solved_for_that_body() {
    let two = |files: &Files| {
        office(
            files,
            "systems:\n",
            "  - { id: branch, name: 分所, grade: C, sector: government, graded_on: 112-05-01 }\nsystems:\n",
        )
    };
    let start = two(&rare());
    let head = office(
        &start,
        SCAN,
        "  health_check:
    - { for: [office], every: 1y, items: [network, malicious-traffic, clients, servers, directory-firewall] }
    - { for: [branch], every: 3y, items: [network, malicious-traffic, clients, servers, directory-firewall] }
",
    );
    let verdict = Host::new(&start, &head).review();
    let of = |list: &str| {
        let all = verdict.json["plans"][0][list]
            .as_array()
            .expect("a list")
            .iter();
        let own = all.filter(|own| own["policy"] == "health-check-insufficient");
        let bodies = own.flat_map(|own| own["bodies"].as_array().expect("bodies"));
        bodies
            .map(|body| body["id"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("fixed"), ["\"office\""]);
    assert_eq!(of("findings"), ["\"branch\""]);
}

#[test]
fn a_plan_in_a_folder_of_another_name_is_held_against_itself() {
    let start = rare();
    let mut head = start.clone();
    let text = head.remove("plans/office/plan.yaml").expect("it is there");
    head.insert("plans/moved/plan.yaml".to_owned(), text);
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    // What it had it has, and that blocks nobody; that it moved is to be approved.
    let plans = verdict.json["plans"].as_array().expect("plans");
    assert_eq!(plans.len(), 1);
    let findings = plans[0]["findings"].as_array().expect("findings");
    let is_old = |own: &serde_json::Value| own["status"] == "unchanged";
    assert!(!findings.is_empty() && findings.iter().all(is_old));
    assert_eq!(plans[0]["changes"][0]["kind"], "moved");
    assert_eq!(verdict.states(), ["success", "success", "pending"]);
    host.approved_by(&OFFICE);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
}

#[test]
fn a_plan_that_becomes_that_of_another_agency_is_another() {
    let mut start = rare();
    start.remove("plans/other/plan.yaml").expect("it is there");
    let mut head = start.clone();
    let text = head.remove("plans/office/plan.yaml").expect("it is there");
    head.insert("plans/other/plan.yaml".to_owned(), text);
    let verdict = Host::new(&start, &head).review();
    assert!(
        verdict.blocking().contains(&"change/plan-removed"),
        "{:?}",
        verdict.blocking()
    );
    assert_eq!(verdict.json["plans"].as_array().map(Vec::len), Some(2));
}
