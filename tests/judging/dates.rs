//! A plan that may stand under several editions of the law.

use plangate::check::AsOf;
use plangate::finding::{Reason, Verdict};

use crate::judged;

/// A duty that begins on 2021-08-23, for plans dated August 110.
const DUTY: &str = "
title: { zh-TW: 通行碼過短, en: Passwords too short }
why: 為測試而設。
severity: error
each: bodies
fact: controls.password.min_length
checks: [{ id: long, assert: 'fact >= params.length' }]
message: { zh-TW: '{body.name}：過短', en: '{body.name}: too short' }
help: { zh-TW: 寫 min_length, en: state min_length }
params: { length: 12 }
editions:
  - { from: 2021-08-23, cite: format, confidence: verified, verified_on: 2026-11-20 }
";

fn verdict(policy: &str, controls: &str) -> (Verdict, Option<Reason>, String) {
    let plan = format!(
        "header: {{ title: 計畫, issued: 110年8月 }}\nbodies: [{{ id: jia, name: 甲局, grade: C, sector: government }}]\ncontrols: {controls}\n"
    );
    let (visited, findings) = judged(policy, &plan, AsOf::Issued);
    (
        visited[0].verdict,
        visited[0].reason,
        findings[0].message.zh_tw.clone(),
    )
}

#[test]
fn a_duty_asked_on_some_days_is_met_where_it_is_met_on_those() {
    let (verdict, reason, message) = verdict(DUTY, "{ password: { min_length: 12 } }");
    assert_eq!((verdict, reason), (Verdict::Pass, None));
    assert!(
        message.ends_with("（計畫日期所及之部分日期無此義務）"),
        "{message}"
    );
}

#[test]
fn a_failure_that_depends_on_the_day_is_not_known() {
    let (verdict, reason, _) = verdict(DUTY, "{ password: { min_length: 8 } }");
    assert_eq!(
        (verdict, reason),
        (Verdict::Unknown, Some(Reason::EditionsDisagree))
    );
}

#[test]
fn what_cannot_be_told_on_the_days_that_ask_keeps_its_reason() {
    let (verdict, reason, _) = verdict(DUTY, "{ password: { annex: annex-1 } }");
    assert_eq!((verdict, reason), (Verdict::Unknown, Some(Reason::Annex)));
    let (verdict, _, _) = self::verdict(DUTY, "{ password: { delegated_to: D-01 } }");
    assert_eq!(verdict, Verdict::Delegated);
}

#[test]
fn grace_that_ends_within_the_month_is_not_known() {
    let graced = DUTY.replace(
        "params:",
        "deadline: { within: 1y, after: graded_on }\nparams:",
    );
    let graced = graced.replace("2021-08-23", "2019-01-01");
    let plan = |graded: &str| {
        format!(
            "header: {{ title: 計畫, issued: 110年8月 }}\nbodies: [{{ id: jia, name: 甲局, grade: C, graded_on: {graded} }}]\n"
        )
    };
    let told = |graded| judged(&graced, &plan(graded), AsOf::Issued).0[0].verdict;
    assert_eq!(told("2020-08-15"), Verdict::Unknown);
    assert_eq!(told("2020-09-15"), Verdict::Pending);
    assert_eq!(told("2020-07-15"), Verdict::Fail);
}

#[test]
fn a_day_that_the_plan_names_is_held_against_each_day() {
    let until = DUTY.replace(
        "fact:",
        "when: >-
  !(stated(own.controls.exemptions) && own.controls.exemptions.exists(e, has(e.until) && e.until >= day))
fact:",
    );
    let until = until.replace("2021-08-23", "2019-01-01");
    let verdict = |day: &str| {
        let exemption = format!("exemptions: [{{ duty: 密碼, until: {day} }}]");
        let controls = format!("{{ {exemption}, password: {{ min_length: 8 }} }}");
        self::verdict(&until, &controls).0
    };
    // The plan is of August 2021: the whole month, some of it, nothing of it.
    assert_eq!(verdict("2021-08-31"), Verdict::NotApplicable);
    assert_eq!(verdict("2021-08-30"), Verdict::Unknown);
    assert_eq!(verdict("2021-07-31"), Verdict::Fail);
    assert_eq!(verdict("110年8月"), Verdict::Unknown);
}
