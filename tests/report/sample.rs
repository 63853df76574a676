//! A run over two plans of invented agencies, with a finding of every verdict and every basis.

use std::sync::Arc;

use plangate::check::{BodySummary, Outcome, Rule, Tool};
use plangate::finding::{Finding, Verdict};
use plangate::text::{DateRange, Localized, SourceFile};

use crate::draft::{body, date, plan, rule};
use crate::{failing, quiet};

/// Eighteen offices that are alike.
pub(crate) const OFFICES: [&str; 18] = [
    "子區戶政所",
    "丑區戶政所",
    "寅區戶政所",
    "卯區戶政所",
    "辰區戶政所",
    "巳區戶政所",
    "午區戶政所",
    "未區戶政所",
    "申區戶政所",
    "酉區戶政所",
    "戌區戶政所",
    "亥區戶政所",
    "東區戶政所",
    "西區戶政所",
    "南區戶政所",
    "北區戶政所",
    "中區戶政所",
    "前區戶政所",
];

const ITEMS: [[&str; 2]; 13] = [
    ["核心業務及其重要性", "core businesses"],
    ["資通安全政策及目標", "policy and objectives"],
    ["推動組織", "organization"],
    ["專職人力及經費", "personnel and budget"],
    ["資通安全長", "chief information security officer"],
    ["資產盤點", "inventory"],
    ["風險評估", "risk assessment"],
    ["防護及控制措施", "protection and controls"],
    ["事件通報、應變及演練", "incidents"],
    ["情資評估及因應", "intelligence"],
    ["委外管理", "outsourcing"],
    ["人員考核", "appraisal"],
    ["持續精進及績效管理", "improvement"],
];

/// The whole run.
pub(crate) fn outcome() -> Outcome {
    let file = Arc::new(SourceFile::new(
        "plans/甲局/plan.yaml",
        include_str!("plan.yaml"),
    ));
    let policy = Arc::new(SourceFile::new(
        "policies/personnel/too-few-dedicated-personnel.yaml",
        include_str!("policy.yaml"),
    ));
    let mut jia = plan(&file, "甲局", date("2026-11-21"));
    jia.bodies = bodies();
    jia.whole.add(Verdict::Fail);
    let other = Arc::new(SourceFile::new(
        "plans/yi/plan.yaml",
        "header: { agency: yi }\n",
    ));
    let since = DateRange {
        first: date("2019-01-01").first,
        last: date("2026-11-21").last,
    };
    let mut yi = plan(&other, "乙處", since);
    yi.edition = None;
    yi.bodies = vec![body(
        "乙處",
        'C',
        &[(1, Verdict::Pass, 3), (8, Verdict::Pass, 5)],
    )];
    // Out of order on purpose: rendering sorts.
    let findings = [quiet::findings(&file), failing::findings(&file, &policy)].concat();
    Outcome {
        tool: Tool {
            version: "0.1.0",
            packs: vec![("builtin".into(), "5f2c8e".repeat(10).into())],
        },
        rules: rules(&findings),
        findings,
        plans: vec![jia, yi],
        items: ITEMS.map(|[zh_tw, en]| Localized::new(zh_tw, en)),
    }
}

/// Rules of the profile are no policies and have no entry.
fn rules(findings: &[Finding]) -> Vec<Rule> {
    let item = |policy: &str| match policy {
        "too-few-dedicated-personnel" | "dedicated-personnel-not-per-body" => Some(4),
        "tolerable-interruption-too-long" => Some(1),
        "training-hours-not-certain"
        | "no-health-check"
        | "no-vulnerability-scan"
        | "no-penetration-test"
        | "no-endpoint-detection"
        | "stale-document" => Some(8),
        _ => None,
    };
    let policies = findings
        .iter()
        .filter(|finding| !finding.policy.contains('/'));
    let why = "人力為各項應辦事項之前提；委外駐點人員不計入";
    let mut rules: Vec<Rule> = policies
        .map(|finding| rule(finding, item(&finding.policy), Some(why)))
        .collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules.dedup_by(|a, b| a.id == b.id);
    rules
}

fn bodies() -> Vec<BodySummary> {
    let jia = [
        (1, Verdict::Fail, 1),
        (1, Verdict::Pass, 4),
        (2, Verdict::Pass, 3),
        (4, Verdict::Fail, 1),
        (4, Verdict::Doubt, 1),
        (4, Verdict::Pass, 2),
        (8, Verdict::Unknown, 1),
        (8, Verdict::Pending, 1),
        (8, Verdict::Delegated, 1),
        (8, Verdict::Pass, 9),
        (8, Verdict::NotApplicable, 2),
        (13, Verdict::Waived, 1),
    ];
    let office = [
        (1, Verdict::Pass, 2),
        (8, Verdict::Fail, 1),
        (8, Verdict::NotApplicable, 12),
    ];
    let offices = OFFICES.iter().map(|name| body(name, 'D', &office));
    std::iter::once(body("甲局", 'B', &jia))
        .chain(offices)
        .collect()
}
