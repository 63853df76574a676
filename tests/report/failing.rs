//! The sample's failures: law, local rule, contradiction and form; with and without lines to write.

use std::sync::Arc;

use plangate::finding::{Basis, Citation, Finding, Severity};
use plangate::text::{Localized, SourceFile};

use crate::draft::{both, finding, insert, law, place, related, replace, schedule, subjects};
use crate::sample::OFFICES;

pub(crate) fn findings(file: &Arc<SourceFile>, policy: &Arc<SourceFile>) -> Vec<Finding> {
    vec![
        personnel(file, policy),
        health_check(file),
        interruption(file),
        title(file),
        edition(file),
    ]
}

fn personnel(file: &Arc<SourceFile>, policy: &Arc<SourceFile>) -> Finding {
    let mut place_of = place(
        file,
        "count: 1",
        "personnel.dedicated[資通安全專職人員].count",
    );
    place_of.title = Some(both("人力 › 專職人員 › 人數", "personnel › dedicated › count").into());
    let mut finding = finding(
        "too-few-dedicated-personnel",
        place_of,
        ["資通安全專職人員不足", "too few dedicated personnel"],
        [
            "甲局為 B 級，應置資通安全專職人員 2 人，計畫列 1 人",
            "甲局 is grade B: 2 dedicated personnel required, 1 stated",
        ],
    );
    finding.check = Some("enough".into());
    finding.related = vec![
        related(
            place(file, "grade: B", "bodies[jia].grade"),
            "責任等級",
            "the grade",
        ),
        related(
            place(policy, "B: 2", "params.minimum.B"),
            "B 級應置人數",
            "required of grade B",
        ),
    ];
    finding.basis = law(3, ["資通安全專職人員", "dedicated personnel"]);
    finding.help = Some(both("將人數改為 2 人以上", "state 2 or more"));
    finding.write = Some(replace(file, "count: 1", "count: 2"));
    finding.bodies = subjects("too-few-dedicated-personnel", &["甲局"]);
    finding
}

fn health_check(file: &Arc<SourceFile>) -> Finding {
    let mut place_of = place(file, "controls", "controls");
    place_of.title = Some(both("防護及控制措施", "controls").into());
    let mut finding = finding(
        "no-health-check",
        place_of,
        ["未載明資通安全健診", "no health check"],
        [
            "D 級機關未載明資通安全健診之週期，亦未委由文件規定",
            "the interval of the health check is not stated and no document carries it",
        ],
    );
    let row = ["資通安全健診", "health check"];
    let citation = Citation {
        url: None,
        law: "city-rules".into(),
        ..schedule(7, row)
    };
    finding.basis = Basis::Local(citation);
    finding.help = Some(both(
        "於 controls 之下載明 health_check",
        "state health_check under controls",
    ));
    let lines = "  health_check:\n    every: 2y\n    items: [network, clients, servers]\n";
    finding.write = Some(insert(file, "  vulnerability_scan", lines));
    finding.bodies = subjects("no-health-check", &OFFICES);
    finding
}

fn interruption(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "tolerable-interruption-too-long",
        place(
            file,
            "24h",
            "businesses[戶籍登記].max_tolerable_interruption",
        ),
        ["可容忍中斷時間過長", "tolerable interruption too long"],
        [
            "核心業務「戶籍登記」可容忍中斷 24 小時，其系統之防護需求等級為高",
            "the core business may be interrupted for 24 hours, though its system is of high protection level",
        ],
    );
    finding.severity = Severity::Warning;
    let other = place(
        file,
        "protection_level: 高",
        "systems[household].protection_level",
    );
    finding.related = vec![related(
        other.clone(),
        "防護需求等級為高",
        "high protection level",
    )];
    finding.basis = Basis::Consistency(other);
    finding
}

fn title(file: &Arc<SourceFile>) -> Finding {
    let mut finding = finding(
        "document-title-differs",
        place(
            file,
            "IS-02-008 弱點掃描作業書",
            "controls.vulnerability_scan",
        ),
        ["文件名稱與清冊不同", "title differs from the catalogue"],
        [
            "IS-02-008 於清冊名為「弱點掃描與修補程序書」",
            "IS-02-008 is named 弱點掃描與修補程序書 in the catalogue",
        ],
    );
    finding.severity = Severity::Warning;
    finding.basis = Basis::Consistency(place(
        file,
        "弱點掃描與修補程序書",
        "references.documents[IS-02-008]",
    ));
    finding.write = Some(replace(file, "弱點掃描作業書", "弱點掃描與修補程序書"));
    finding
}

fn edition(file: &Arc<SourceFile>) -> Finding {
    let message = Localized::new(
        "其他讀取程式會把 1.4 當作數字",
        "other readers take 1.4 for a number",
    );
    let mut finding = Finding::of_form(
        "syntax/ambiguous-scalar",
        Severity::Note,
        place(file, "1.4", "header.edition"),
        message,
        Some(both("加上引號", "quote it")),
    );
    finding.write = Some(replace(file, "1.4", "\"1.4\""));
    finding
}
