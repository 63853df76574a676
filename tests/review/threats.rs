//! Threats to pull requests, by their number in the reference.

use serde_json::{Value, json};

use crate::host::{Files, Host, base, office, rarer, with};
use crate::site::Site;

fn approved() -> (Host, Files, Files) {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &head);
    host.approved_by(&["ciso", "director"]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
    (host, start, head)
}

#[test]
fn threat_01_a_change_cannot_rewrite_what_judges_it() {
    let start = base();
    let failing = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    // Nothing blocks, nobody has to approve, and the failure is waived: all by the change itself.
    let bent = with(&failing, "plangate.yaml", |_| {
        "plans: [plans]\ngate: { fail_on: error, lower: [{ policy: health-check-insufficient, to: note, reason: x, until: 116-01-01 }] }\n".to_owned()
    });
    let bent = with(&bent, "roster.yaml", |text| {
        text.replace("account: 2,", "account: 1,")
            .replace("account: 1, emails: [desk@", "account: 9, emails: [desk@")
    });
    let mut host = Host::new(&start, &bent);
    let verdict = host.review();
    assert_eq!(verdict.states()[0], "failure");
    assert!(verdict.blocking().contains(&"health-check-insufficient"));
    assert_eq!(verdict.approval(), "待核准：乙所資安長、甲局局長");
    let control = verdict.json["control"].as_array().expect("a list");
    let paths: Vec<&str> = control
        .iter()
        .filter_map(|own| own["path"].as_str())
        .collect();
    assert_eq!(paths, ["plangate.yaml", "roster.yaml"]);
    // What it would do is told beside.
    let failures = &verdict.json["shadow"]["failures"];
    let count = |key: &str| failures[key].as_u64().expect("a number");
    assert_eq!(count("now"), count("then") + 1, "{failures}");
    assert!(
        host.summary().contains("合併後之影響"),
        "{}",
        host.summary()
    );
}

#[test]
fn threat_01_local_policies_of_the_change_judge_nothing() {
    let start = with(&base(), "plangate.yaml", |text| {
        text + "packs: [policies]\n"
    });
    let start = with(&start, "policies/plan/no-title.yaml", |_| POLICY.to_owned());
    let mut head = office(&start, "  title: 資通安全維護計畫\n", "");
    head.remove("policies/plan/no-title.yaml");
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    assert!(
        verdict.blocking().contains(&"policies/no-title"),
        "{:?} {}",
        verdict.blocking(),
        verdict.err
    );
}

const POLICY: &str = "\
title: { zh-TW: 計畫未具名稱, en: A plan without a title }
severity: error
each: plan
fact: header.title
message: { zh-TW: 未載計畫名稱, en: no title }
help: { zh-TW: 於 header.title 載明, en: state header.title }
editions:
  - { from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }
examples:
  - { name: 有, expect: pass, plan: { header: { title: 計畫 } } }
  - { name: 無, expect: fail, plan: { header: { edition: \"1.0\" } }, write: false }
";

#[test]
fn threat_08_what_is_swapped_after_the_approval_is_not_approved() {
    let (mut host, _, head) = approved();
    let swapped = office(
        &head,
        "health_check:\n    every: 2y",
        "health_check:\n    every: 24mo",
    );
    host.push(&swapped, "desk@office.example");
    assert_eq!(
        host.review().states()[2],
        "success",
        "24 months are 2 years"
    );
    let swapped = office(
        &head,
        "health_check:\n    every: 2y",
        "health_check:\n    every: 22mo",
    );
    host.push(&swapped, "desk@office.example");
    assert_eq!(host.review().states()[2], "pending");
}

#[test]
fn threat_09_an_approval_of_b_does_not_count_for_a() {
    let (start, bad) = rarer();
    let mut host = Host::new(&start, &bad);
    let a = host.head();
    let main = host.main();
    let good = office(&start, "every: 1y\n    items", "every: 13mo\n    items");
    let b = host.commit(&good, &[main], "desk@office.example");
    host.set_head(b);
    host.approved_by(&["ciso", "director"]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
    host.set_head(a);
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    assert_eq!(verdict.ignored().len(), 2);
}

#[test]
fn threat_10_setting_an_objection_aside_wakes_no_approval() {
    let (mut host, ..) = approved();
    host.says("director", "changes_requested");
    assert_eq!(host.review().states()[2], "failure");
    let last = host.told["reviews"].as_array().expect("a list").len() - 1;
    host.told["reviews"][last]["state"] = "dismissed".into();
    assert_eq!(host.review().approval(), "待核准：甲局局長");
}

#[test]
fn threat_13_who_moved_the_head_does_not_approve() {
    let (mut host, ..) = approved();
    host.told["pushers"] = json!([crate::host::account("director")]);
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：甲局局長");
    assert!(verdict.ignored()[0].contains("推送了最新的提交"));
}

#[test]
fn threat_07_a_status_of_somebody_else_is_red() {
    let (mut host, ..) = approved();
    host.told["statuses"][0]["creator"] = crate::host::account("desk");
    host.told["statuses"][0]["context"] = "PLANGATE/Policies (main)".into();
    let verdict = host.review();
    assert_eq!(verdict.states()[0], "failure");
    assert!(host.summary().contains("曾由他人"), "{}", host.summary());
}

#[test]
fn threat_18_a_marker_of_somebody_else_hides_nothing() {
    let start = base();
    let head = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    let mut host = Host::new(&start, &head);
    let first = host.look();
    let written = first.json["writes"]["comments"].as_array().expect("a list");
    // A stranger posts the very bodies that we would.
    let forged = written
        .iter()
        .filter(|own| own["write"] == "comment")
        .enumerate();
    host.told["comments"] = forged
        .map(|(at, own)| {
            json!({ "id": 500 + at, "kind": "diff", "author": 1, "body": own["body"], "is_folded": false })
        })
        .collect();
    let second = host.look();
    assert_eq!(
        first.json["writes"]["comments"],
        second.json["writes"]["comments"]
    );
}

#[test]
fn threat_22_a_plan_that_explodes_is_refused_and_blocks() {
    let start = base();
    let bomb: String = (0..30)
        .map(|at| {
            format!(
                "a{at}: &a{at} [{}]\n",
                format!("*a{}, ", at.max(1) - 1).repeat(9)
            )
        })
        .collect();
    let deep = "[".repeat(50_000);
    for text in [bomb, deep, "header: \0".to_owned(), "x".repeat(2 << 20)] {
        let head = with(&start, "plans/office/plan.yaml", |_| text);
        let verdict = Host::new(&start, &head).review();
        assert_eq!(verdict.states()[0], "failure", "{}", verdict.err);
        assert_eq!(
            verdict.states()[2],
            "pending",
            "what cannot be read has to be approved"
        );
    }
}

#[test]
fn threat_25_an_annex_that_leads_out_of_the_folder_is_not_read() {
    let start = base();
    let head = office(
        &start,
        "systems:\n",
        "annexes:\n  - { id: a1, title: 附件, path: ../../roster.yaml }\nsystems:\n",
    );
    let verdict = Host::new(&start, &head).review();
    assert_eq!(verdict.states()[0], "failure");
    assert!(
        verdict.blocking().contains(&"shape/annex-outside"),
        "{:?}",
        verdict.blocking()
    );
}

#[test]
fn threat_26_threat_27_a_list_that_is_not_there_is_no_empty_list() {
    let (mut host, ..) = approved();
    for list in [
        "reviews",
        "comments",
        "statuses",
        "pushers",
        "signatures",
        "same_head",
    ] {
        let mut told = host.told.clone();
        std::mem::swap(&mut told, &mut host.told);
        host.told.as_object_mut().expect("a map").remove(list);
        let verdict = host.look();
        assert_eq!((verdict.code, &verdict.json), (2, &Value::Null), "{list}");
        assert!(verdict.err.contains(list), "{}", verdict.err);
        host.told = told;
    }
}

#[test]
fn threat_26_a_commit_that_is_not_there_is_an_error_and_not_green() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["head"] = "0123456789012345678901234567890123456789".into();
    let verdict = host.review();
    assert_eq!(verdict.states(), ["error"; 3]);
    assert_eq!(verdict.code, 2);
}

#[test]
fn the_own_switches_of_a_plan_do_not_loosen_what_judges_it() {
    let start = base();
    // A lower grade, and with it a check that only the old grade forbids.
    for (old, new) in [
        ("grade: C", "grade: D"),
        ("graded_on: 112-05-01", "graded_on: 115-11-01"),
        (
            "    sector: government\n",
            "    sector: government\n    status: dissolved\n",
        ),
    ] {
        let head = office(&start, "every: 1y\n    items", "every: 3y\n    items");
        let head = office(&head, old, new);
        let mut host = Host::new(&start, &head);
        let verdict = host.review();
        assert!(
            verdict.blocking().contains(&"health-check-insufficient"),
            "{new}: {:?}",
            verdict.blocking()
        );
    }
}

#[test]
fn a_lower_grade_that_is_approved_asks_only_what_it_asks() {
    let start = with(&base(), "plangate.yaml", |text| {
        text.replace(
            "change.effect == \"weaker\" &&",
            "change.effect != \"neutral\" &&",
        )
    });
    let head = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    let head = office(&head, "grade: C", "grade: D");
    let mut host = Host::new(&start, &head);
    assert_eq!(host.review().states()[0], "failure");
    host.approved_by(&["ciso", "director"]);
    let verdict = host.review();
    assert_eq!(verdict.states()[0], "success", "{:?}", verdict.blocking());
}

/// The base with one policy of its own.
fn with_policy(policy: &str) -> Files {
    let start = with(&base(), "plangate.yaml", |text| {
        text + "packs: [policies]\n"
    });
    with(&start, "policies/plan/own.yaml", |_| policy.to_owned())
}

#[test]
fn threat_17_a_thumb_up_in_a_comment_is_no_approval() {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &head);
    let before = host.look();
    assert_eq!(before.approval(), "待核准：乙所資安長、甲局局長");
    let said = [":+1:", "👍", "LGTM", "/approve", "核准"];
    let said = said.iter().zip(1..).flat_map(|(body, at)| {
        [2, 3].map(|author| {
            json!({ "id": at * 10 + author, "kind": "conversation", "author": author, "body": body })
        })
    });
    host.told["comments"] = said.collect();
    let reviews = ["ciso", "director"].map(|login| {
        json!({
            "id": 7, "author": crate::host::account(login), "state": "commented",
            "commit": host.head().to_string(), "submitted_at": "2026-11-21T00:00:00Z",
        })
    });
    host.told["reviews"] = reviews.to_vec().into();
    assert_eq!(host.look().approval(), before.approval());
}

#[test]
fn threat_23_a_plan_that_makes_a_policy_expensive_is_unknown_and_blocks() {
    let pairs = "fact.all(a, fact.all(b, a.id != 'x' || b.id != 'x'))";
    let start = with_policy(&costly(pairs));
    let verdict = Host::new(&start, &titled(&start)).review();
    assert_eq!(verdict.states()[0], "success", "{}", verdict.err);
    let many: String = (0..1500)
        .map(|at| format!("  - {{ id: s{at}, name: 系統 }}\n"))
        .collect();
    let head = office(&start, "  - id: mail\n    name: 公文系統\n", &many);
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    assert!(
        verdict.blocking().contains(&"policies/own"),
        "{}",
        host.summary()
    );
    assert_eq!(verdict.states()[0], "failure");
    assert!(
        host.summary().contains("運算超過步數上限"),
        "{}",
        host.summary()
    );

    // What would be that with any plan judges none.
    let triples = "fact.all(a, fact.all(b, fact.all(c, a.id != b.id || c.id != 'x')))";
    let start = with_policy(&costly(triples));
    let verdict = Host::new(&start, &titled(&start)).review();
    assert_eq!(verdict.states(), ["error"; 3]);
}

fn costly(assert: &str) -> String {
    format!(
        "\
title: {{ zh-TW: 二個系統名為 x, en: Two systems called x }}
severity: error
each: plan
fact: systems
checks:
  - id: own-names
    assert: \"{assert}\"
message: {{ zh-TW: 有二個系統名為 x, en: two systems are called x }}
help: {{ zh-TW: 改名, en: rename one }}
editions:
  - {{ from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }}
examples:
  - {{ name: 一個, expect: pass, plan: {{ systems: [{{ id: a, name: 甲 }}] }} }}
  - {{ name: 名為 x, expect: fail, plan: {{ systems: [{{ id: x, name: 甲 }}] }}, write: false }}
"
    )
}

#[test]
fn threat_24_a_text_made_against_a_pattern_is_matched_in_linear_time() {
    let start = with_policy(NESTED);
    // What steps back tries each of 2^50,000 ways to divide the letters.
    let name = format!("name: {}!", "a".repeat(50_000));
    let head = office(&titled(&start), "name: 公文系統", &name);
    let verdict = Host::new(&start, &head).review();
    assert_eq!(verdict.code, 1, "{}", verdict.err);
    assert!(
        !verdict.blocking().contains(&"policies/own"),
        "{:?}",
        verdict.blocking()
    );
    let head = office(&titled(&start), "name: 公文系統", "name: aaaa");
    let verdict = Host::new(&start, &head).review();
    assert!(
        verdict.blocking().contains(&"policies/own"),
        "{:?}",
        verdict.blocking()
    );
}

/// The plan says something else, so that it is judged.
fn titled(files: &Files) -> Files {
    office(
        files,
        "title: 資通安全維護計畫",
        "title: 本所資通安全維護計畫",
    )
}

const NESTED: &str = "\
title: { zh-TW: 系統名稱只有 a, en: A name of nothing but a }
severity: error
each: systems
fact: it.name
checks:
  - id: letters
    assert: \"!fact.matches('^(a+)+$')\"
message: { zh-TW: 名稱只有 a, en: the name is nothing but a }
help: { zh-TW: 改名, en: rename it }
editions:
  - { from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }
examples:
  - { name: 公文, expect: pass, plan: { systems: [{ id: a, name: 公文系統 }] } }
  - { name: 只有 a, expect: fail, plan: { systems: [{ id: a, name: aa }] }, write: false }
";

#[test]
fn threat_40_nobody_is_named_but_who_is_awaited_and_no_list_of_members_is_asked_for() {
    let (start, head) = rarer();
    let mut site = Site::new(&start);
    site.open(7, "desk", &head);
    let run = site.run(&["review", "--pull-request", "7", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let state = site.hub.state();
    let said: Vec<&str> = state.comments.iter().map(|it| it.body.as_str()).collect();
    let said = said.join("\n") + &run.out;
    assert!(said.contains("ciso") && said.contains("director"), "{said}");
    // On the roster, of another agency; and the addresses of everybody.
    assert!(!said.contains("other-desk"), "{said}");
    for domain in ["@office.example", "@bureau.example", "@other.example"] {
        assert!(!said.contains(domain), "{said}");
    }
    for exchange in &state.log {
        let asks_own = exchange.path.starts_with("/repos/jia/plans/");
        assert!(asks_own || exchange.path == "/graphql", "{exchange:?}");
    }
}
