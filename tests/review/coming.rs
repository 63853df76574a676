//! Where the law is about to change: what the summary says of the days to come.

use serde_json::Value;

use crate::host::{Files, Host, base, with};

/// The plan as it was issued before the law of 114 and 115, with a remark that changes nothing.
fn before_the_law(change: impl Fn(String) -> String) -> (Files, Files) {
    let path = "plans/office/plan.yaml";
    let old = with(&base(), path, |text| {
        change(text.replace("115-03-02", "114-10-01"))
    });
    let new = with(&old, path, |text| {
        text.replace("name: 公文系統", "name: 公文管理系統")
    });
    (old, new)
}

/// The summary, and the days on which the plan's duties change, with what comes on each.
fn told(month: &'static str, (old, new): (Files, Files)) -> (String, Vec<(String, Vec<String>)>) {
    let mut host = Host::new(&old, &new);
    host.month = month;
    let verdict = host.review();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let also = list(&verdict.json["plans"][0]["also"]).into_iter();
    let days = also.map(|also| {
        let come = list(&also["come"]).into_iter();
        let policies = come.map(|own| own["policy"].as_str().unwrap_or_default().to_owned());
        let day = also["day"].as_str().expect("a day").to_owned();
        (day, policies.collect())
    });
    (host.summary(), days.collect())
}

#[test]
fn each_day_of_change_says_what_it_brings() {
    let day = |day: &str, policy: &str| (day.to_owned(), vec![policy.to_owned()]);
    let whole = before_the_law(|text| text);
    // The Act and its rules changed in December; what had changed before is no news.
    let (summary, days) = told("2025-11", whole);
    assert_eq!(days, [day("2025-12-01", "contract-not-written")]);
    let heading = "plans/office/plan.yaml：民國 114 年 12 月 1 日起法規變更，另有 1 項";
    assert!(summary.contains(heading), "{summary}");

    // The levels' duties changed in January, two days after two laws that say nothing to this plan.
    let part_time = before_the_law(|text| {
        text.replace("sector: government", "sector: specific_non_government")
            + "personnel:
  dedicated:
    - { title: 資通安全專責人員, count: 1, per: body, full_time: false }
"
    });
    let levels = day("2026-01-07", "too-few-dedicated-personnel");
    let (_, days) = told("2025-12", part_time.clone());
    assert_eq!(days, std::slice::from_ref(&levels));
    // And none of the days hides another.
    let (_, days) = told("2025-11", part_time);
    let named: Vec<&str> = days.iter().map(|(day, _)| &**day).collect();
    assert_eq!(named, ["2025-12-01", "2026-01-07"], "{days:?}");
    assert_eq!(days[1], levels);
}
