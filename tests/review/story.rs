//! One pull request from its first push to its last, as its people live it.

use crate::host::{Files, Host, Verdict, base, office, with};

/// What the desk pushes first: a health check every three years, a renumbered article, no row.
fn careless(files: &Files) -> Files {
    let files = office(files, "every: 1y\n    items", "every: 3y\n    items");
    office(
        &files,
        "reporting:\n  every: 1y\n",
        "reporting:\n  every: 1y\n  cite: { law: act, article: 12 }\n",
    )
}

/// What it pushes after reading the comments: lawful, still weaker than before, with its row.
fn careful(files: &Files) -> Files {
    let files = office(files, "every: 3y\n    items", "every: 2y\n    items");
    let files = office(
        &files,
        "cite: { law: act, article: 12 }",
        "cite: { law: act, article: 14 }",
    );
    let files = office(
        &files,
        "issued: 115-03-02\n  edition: \"1.0\"",
        "issued: 115-11-21\n  edition: \"1.1\"",
    );
    with(&files, "plans/office/plan.yaml", |text| {
        text + "  - edition: \"1.1\"
    issued: 115-11-21
    reviser: 資安承辦人
    notes:
      - chapter: 9
        text: 健診改為每二年
        class: weakened
        covers: [controls.health_check.every]
      - chapter: 16
        text: 載明提出實施情形之依據
        covers: [reporting.cite]
    approver: 所長
"
    })
}

/// The line of the plan that the comment about a policy stands on.
fn line_said(verdict: &Verdict, files: &Files, policy: &str) -> String {
    let comments = verdict.json["writes"]["comments"].as_array();
    let mut about = comments.into_iter().flatten().filter(|own| {
        let body = own["body"].as_str();
        body.is_some_and(|body| body.contains(policy) && own["write"] == "comment")
    });
    let at = &about.next().expect("a comment")["at"];
    assert_eq!(
        (&at["path"], &at["side"]),
        (&"plans/office/plan.yaml".into(), &"new".into())
    );
    let line = at["line"].as_u64().expect("a line");
    let plan = String::from_utf8(files["plans/office/plan.yaml"].clone()).expect("UTF-8");
    let line = usize::try_from(line).expect("a line") - 1;
    plan.lines()
        .nth(line)
        .expect("a line of the plan")
        .to_owned()
}

#[test]
fn from_the_first_push_to_the_last() {
    let start = base();
    let first = careless(&start);
    let mut host = Host::new(&start, &first);

    // A weakened control, a superseded article, no row of the change log.
    let verdict = host.review();
    assert_eq!(
        verdict.states(),
        ["failure", "failure", "pending"],
        "{}",
        host.summary()
    );
    assert_eq!(verdict.code, 1);
    assert_eq!(verdict.approval(), "待核准：乙所資安長、甲局局長");
    for policy in ["health-check-insufficient", "change-not-in-log"] {
        assert!(
            verdict.blocking().contains(&policy),
            "{:?}",
            verdict.blocking()
        );
    }
    let comments = host.open_comments().join("\n");
    assert!(
        comments.contains("`health-check-insufficient`"),
        "{comments}"
    );
    assert!(
        comments.contains("`superseded-article-cited`"),
        "{comments}"
    );
    let line = |policy: &str| line_said(&verdict, &first, policy);
    assert_eq!(line("health-check-insufficient"), "    every: 3y");
    assert_eq!(
        line("superseded-article-cited"),
        "  cite: { law: act, article: 12 }"
    );
    let summary = host.summary();
    assert!(summary.contains("⛔ 尚不能合併"), "{summary}");
    assert!(summary.contains("- edition: \"1.1\""), "{summary}");
    assert!(summary.contains("⏳ 尚缺 1 名：`ciso`"), "{summary}");

    // The same again says nothing.
    let again = host.review();
    assert_eq!(again.json["writes"]["comments"], serde_json::json!([]));
    assert_eq!(again.json["writes"]["statuses"], serde_json::json!([]));

    // Fixed: what was said is marked and folded, all is green but the approvals.
    let second = careful(&first);
    host.push(&second, "desk@office.example");
    let verdict = host.review();
    assert_eq!(
        verdict.states(),
        ["success", "success", "pending"],
        "{}",
        host.summary()
    );
    assert_eq!(host.open_comments(), Vec::<String>::new());
    let said = host.told["comments"].to_string();
    let comments = said.matches("\"kind\":\"diff\"").count();
    assert!(
        comments >= 2 && said.matches("state=fixed").count() == comments,
        "{said}"
    );
    assert!(verdict.json["plans"][0]["row"].is_null());

    // Only those who are asked count, and all of them.
    host.approved_by(&["other-desk", "ciso"]);
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：甲局局長");
    assert_eq!(verdict.ignored(), ["職務屬於其他機關"]);
    host.approved_by(&["director"]);
    let verdict = host.review();
    assert_eq!(verdict.states(), ["success"; 3]);
    assert!(host.summary().contains("✅ 可以合併"), "{}", host.summary());

    // Another order of keys means the same.
    let third = office(
        &second,
        "    grade: C\n    sector: government\n",
        "    sector: government\n    grade: C\n",
    );
    host.push(&third, "desk@office.example");
    assert_eq!(host.review().states(), ["success"; 3]);

    // The base moves on with another agency's plan, and is merged in by the forge's button.
    let merged = host.update_branch(&start, &third, "director@bureau.example");
    assert_eq!(host.review().states(), ["success"; 3], "{}", host.summary());

    // Another meaning is another approval.
    let last = office(&merged, "every: 2y\n    items", "every: 18mo\n    items");
    host.push(&last, "desk@office.example");
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    let stale = "核准後內容已變更；檢視變更後重新核准";
    assert_eq!(
        verdict
            .ignored()
            .iter()
            .filter(|why| **why == stale)
            .count(),
        2
    );
    assert!(host.summary().contains(stale), "{}", host.summary());
}
