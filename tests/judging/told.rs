//! Words in messages: as their readers know them, whether the plan wrote them, was silent, or the policy
//! gives them in both languages.

use plangate::finding::Place;
use plangate::policy::{Pack, PackSource};

use crate::{SCHEMA, judged, judged_by_all, on};

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

#[test]
fn a_duty_that_is_left_to_a_document_is_told_by_its_title_in_each_language() {
    let plan = "header: { agency: jia }
bodies: [{ id: jia, name: 甲局, grade: C, graded_on: 2019-03-01 }]
controls: { vans: { delegated_to: IS-01 } }
references: { documents: [{ id: IS-01, title: 弱點管理程序書, issued: 2019-03-01 }] }
";
    let (pack, _) = Pack::load(&[PackSource::builtin()], &SCHEMA);
    let findings = judged_by_all(plan, on("2022-04-27"), false).findings;
    let mut told = findings
        .iter()
        .filter(|it| &*it.policy == "delegated-document-outdated");
    let message = &told.next().expect("it is older than its duty").message;
    let title = &pack
        .get("vulnerability-management-missing")
        .expect("its policy")
        .title;
    assert!(message.zh_tw.contains(&title.zh_tw), "{}", message.zh_tw);
    assert!(message.en.contains(&title.en), "{}", message.en);
    assert!(!message.en.contains(&title.zh_tw), "{}", message.en);
}

#[test]
fn a_place_is_not_told_again_beside_itself() {
    let plans = [
        include_str!("../../fixtures/plans/kaohsiung-civil-affairs/plan.yaml"),
        "
header: { agency: jia }
bodies: [{ id: jia, name: 甲局, grade: C }]
controls: { see: [資通安全推動小組會議紀錄], delegated_to: 資安推動小組作業規定 }
incidents: { see: [資通安全推動工作小組名冊] }
",
    ];
    let mut others = 0;
    for plan in plans {
        for finding in judged_by_all(plan, on("2026-11-20"), false).findings {
            let own = |place: &Place| {
                (place.span, &place.path) == (finding.place.span, &finding.place.path)
                    && place.file.name() == finding.place.file.name()
            };
            let again = finding.related.iter().any(|related| own(&related.place));
            assert!(!again, "{} {}", finding.policy, finding.message.zh_tw);
            others += finding.related.len();
        }
    }
    assert!(others > 0, "something is told of other places");
}
