//! What is said of a fact that is not stated.

use plangate::finding::{Reason, Verdict};

use crate::{judged, on};

/// A duty about the scan, with these modes.
fn duty(modes: &str) -> String {
    format!(
        "
title: {{ zh-TW: 弱點掃描過疏, en: Scans too rare }}
why: 為測試而設。
severity: error
each: bodies
fact: controls.vulnerability_scan
modes: {modes}
checks: [{{ id: often, assert: 'fact.every <= params.every' }}]
message: {{ zh-TW: '{{body.name}}：過疏', en: '{{body.name}}: too rare' }}
help: {{ zh-TW: 寫 every, en: state every }}
params: {{ every: 1y }}
editions:
  - {{ from: 2019-01-01, cite: {{ law: classification, provision: duty-table }}, confidence: verified, verified_on: 2026-11-20 }}
"
    )
}

fn plan(controls: &str) -> String {
    format!(
        "bodies: [{{ id: jia, name: 甲局, grade: C, sector: government }}]\ncontrols: {controls}\n"
    )
}

fn told(modes: &str, controls: &str) -> (Verdict, Option<Reason>, String, String) {
    let (visited, findings) = judged(&duty(modes), &plan(controls), on("2022-04-27"));
    let message = &findings[0].message;
    (
        visited[0].verdict,
        visited[0].reason,
        message.zh_tw.clone(),
        message.en.clone(),
    )
}

#[test]
fn only_the_plan_itself_declares_that_a_duty_does_not_apply() {
    let nothing = "{ delegated: not_applicable, by_law: not_applicable, silent: not_applicable, not_applicable: not_applicable }";
    for (controls, reason, zh, en) in [
        (
            "{ vulnerability_scan: { delegated_to: D-01 } }",
            Reason::Delegated,
            "此事委由文件規定",
            "left to a document",
        ),
        (
            "{ vulnerability_scan: { by_law: { law: act } } }",
            Reason::ByLaw,
            "此事依法規所定",
            "adopted from the law",
        ),
        (
            "{ vulnerability_scan: { not_applicable: 無系統 } }",
            Reason::Declared,
            "計畫載明不適用",
            "the plan says so",
        ),
        (
            "{ gcb: { state: in-place } }",
            Reason::Vacuous,
            "無適用之對象",
            "nothing of the kind",
        ),
    ] {
        let (verdict, why, message, english) = told(nothing, controls);
        assert_eq!((verdict, why), (Verdict::NotApplicable, Some(reason)));
        assert!(
            message.contains(zh) && english.contains(en),
            "{message}, {english}"
        );
    }
}

#[test]
fn a_blanket_is_no_declaration_either() {
    let (verdict, why, ..) = told("{ blanket: not_applicable }", "{ delegated_to: D-01 }");
    assert_eq!(
        (verdict, why),
        (Verdict::NotApplicable, Some(Reason::Delegated))
    );
}

#[test]
fn a_blanket_that_cites_the_very_law_is_no_mere_blanket() {
    let blanket = "{ blanket: doubt }";
    let adopted = |law: &str| told(blanket, &format!("{{ by_law: {{ law: {law} }} }}")).0;
    assert_eq!(adopted("classification"), Verdict::Pass);
    assert_eq!(adopted("act"), Verdict::Doubt);
    assert_eq!(told(blanket, "{ delegated_to: D-01 }").0, Verdict::Doubt);
}

#[test]
fn what_a_document_carries_is_told_without_blame() {
    let (verdict, _, zh, en) = told(
        "{}",
        "{ vulnerability_scan: { delegated_to: IS-02 掃描程序 } }",
    );
    assert_eq!(verdict, Verdict::Delegated);
    assert_eq!(
        zh,
        "甲局：「弱點掃描」由「IS-02 掃描程序」規定，計畫未載明內容"
    );
    assert_eq!(
        en,
        "甲局: Vulnerability scan: governed by IS-02 掃描程序; the plan does not state what it says"
    );
    let (_, _, zh, _) = told("{}", "{ delegated_to: IS-02 掃描程序 }");
    assert_eq!(zh, "甲局：「弱點掃描」以概括方式委由「IS-02 掃描程序」規定");
}
