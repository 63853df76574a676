//! Words in messages: as their readers know them, whether the plan wrote them, was silent, or the policy
//! gives them in both languages.

use crate::{judged, on};

const POLICY: &str = r#"
title: { zh-TW: 某事未載, en: Something is missing }
why: 為測試而設。
severity: error
each: bodies
over: params.kinds
checks: [{ id: is, assert: 'it.grade == need.grade' }]
params:
  kinds: [{ id: drill, grade: A, label: { zh-TW: 演練, en: drill } }]
message:
  zh-TW: "{it.sector}之{it.name}（{it.status}）未載{need.label}"
  en: "{it.name}, {it.sector} ({it.status}): no {need.label}"
help: { zh-TW: 載明, en: state it }
editions:
  - { from: 2019-01-01, cite: format, confidence: verified, verified_on: 2026-11-20 }
"#;

fn told(body: &str) -> [String; 2] {
    let plan = format!("bodies: [{{ id: jia, name: 甲局, grade: C{body} }}]\n");
    let (_, findings) = judged(POLICY, &plan, on("2026-05-01"));
    let message = &findings[0].message;
    [message.zh_tw.clone(), message.en.clone()]
}

#[test]
fn a_word_is_told_by_its_title_whether_the_plan_wrote_it_or_was_silent() {
    let silent = told("");
    assert_eq!(silent, told(", sector: government, status: active"));
    let [zh, en] = silent;
    assert_eq!(zh, "公務機關之甲局（現存）未載演練");
    assert_eq!(en, "甲局, government agency (active): no drill");
}
