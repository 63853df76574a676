//! The sample's verdicts that do not fail, one of each.

use std::sync::Arc;

use plangate::finding::{Finding, Verdict};
use plangate::text::SourceFile;

use crate::draft::{both, finding, law, place, subjects};

pub(crate) fn findings(file: &Arc<SourceFile>) -> Vec<Finding> {
    [
        doubt(file),
        unknown(file),
        pending(file),
        delegated(file),
        waived(file),
    ]
    .into_iter()
    .chain(settled(file))
    .collect()
}

fn doubt(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "dedicated-personnel-not-per-body",
        place(file, "dedicated:", "personnel.dedicated"),
        [
            "未說明是否分別配置",
            "whether each body has its own is not said",
        ],
        [
            "未說明各機關是否分別配置專職人員",
            "whether each body has its own personnel is not said",
        ],
    );
    finding.verdict = Verdict::Doubt;
    finding.basis = law(3, ["資通安全專職人員", "dedicated personnel"]);
    finding.help = Some(both(
        "加上 per: body 或 per: plan",
        "add per: body or per: plan",
    ));
    finding.bodies = subjects(
        "dedicated-personnel-not-per-body",
        &["甲局", "子區戶政所", "丑區戶政所", "寅區戶政所"],
    );
    finding
}

fn unknown(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "no-penetration-test",
        place(file, "{ annex: annex-2 }", "controls.penetration_test"),
        ["滲透測試無法判定", "penetration test cannot be judged"],
        [
            "甲局之滲透測試載於附件二，附件檔案不存在",
            "甲局: annex 2, which carries it, is absent",
        ],
    );
    finding.verdict = Verdict::Unknown;
    finding.basis = law(3, ["滲透測試", "penetration test"]);
    finding.bodies = subjects("no-penetration-test", &["甲局"]);
    finding
}

fn pending(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "no-endpoint-detection",
        place(file, "edr", "controls.edr"),
        [
            "端點偵測及應變機制期限未至",
            "endpoint detection not yet due",
        ],
        [
            "甲局應於民國 116 年 7 月 1 日前導入端點偵測及應變機制",
            "甲局 has until 2027-07-01 to adopt endpoint detection and response",
        ],
    );
    finding.verdict = Verdict::Pending;
    finding.basis = law(3, ["端點偵測及應變機制", "endpoint detection and response"]);
    finding.bodies = subjects("no-endpoint-detection", &["甲局"]);
    finding
}

fn delegated(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "no-vulnerability-scan",
        place(file, "vulnerability_scan", "controls.vulnerability_scan"),
        ["弱點掃描已委文件", "vulnerability scan delegated"],
        [
            "甲局之弱點掃描由 IS-02-008 規定",
            "甲局: IS-02-008 carries the vulnerability scan",
        ],
    );
    finding.verdict = Verdict::Delegated;
    finding.basis = law(3, ["弱點掃描", "vulnerability scan"]);
    finding.bodies = subjects("no-vulnerability-scan", &["甲局"]);
    finding
}

fn waived(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "stale-document",
        place(file, "IS-02-008, title", "references.documents[IS-02-008]"),
        ["文件早於法規修正", "document older than the law"],
        [
            "IS-02-008 早於法規修正；豁免至民國 116 年 3 月 31 日",
            "IS-02-008 is older than the law; waived until 2027-03-31",
        ],
    );
    finding.verdict = Verdict::Waived;
    finding.basis = law(3, ["弱點掃描", "vulnerability scan"]);
    finding.bodies = subjects("stale-document", &["甲局"]);
    finding
}

/// What is shown only where all is asked for.
fn settled(file: &Arc<SourceFile>) -> [Finding; 2] {
    let mut pass = finding(
        "no-general-training",
        place(file, "hours: 3", "training.rules[general].hours"),
        ["一般人員訓練時數", "hours of general training"],
        [
            "甲局一般人員每年 3 小時，符合規定",
            "甲局: 3 hours a year, as required",
        ],
    );
    pass.verdict = Verdict::Pass;
    pass.basis = law(3, ["資通安全教育訓練", "training"]);
    let mut scope = finding(
        "no-core-system-continuity",
        place(file, "grade: D", "bodies[zi].grade"),
        ["業務持續運作演練", "continuity drill"],
        [
            "子區戶政所為 D 級，無此項義務",
            "子區戶政所 is grade D: no such duty",
        ],
    );
    scope.verdict = Verdict::NotApplicable;
    scope.basis = law(7, ["業務持續運作演練", "continuity drill"]);
    [pass, scope]
}
