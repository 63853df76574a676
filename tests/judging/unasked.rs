//! What several policies ask of the same items is asked once; a visit at which it is false is counted
//! without being made.

use plangate::check::{AsOf, Judged};
use plangate::finding::Verdict;

use super::{judged_by_all, on};

/// Real plans, and one whose day of issue is a month over a change of the law, whose bodies are of
/// several grades, of none and dissolved, and whose conditions have no answer here and there.
const PLANS: [&str; 3] = [
    include_str!("../../fixtures/plans/kaohsiung-civil-affairs/plan.yaml"),
    include_str!("../../fixtures/plans/taipei-city-synthetic/plan.yaml"),
    "
header: { agency: jia, issued: 2026-01 }
bodies:
  - { id: jia, name: 甲局, grade: A, sector: government }
  - { id: yi, name: 乙所, sector: government }
  - { id: bing, name: 丙所, grade: D, sector: government, status: dissolved }
businesses:
  - { name: 甲業務, core: true, max_tolerable_interruption: 8h, systems: [甲系統] }
  - { name: 乙業務, body: yi, core: { delegated_to: D-01 } }
  - { name: 丙業務, body: bing, core: true }
  - { name: 丁業務, core: false }
systems:
  - { name: 甲系統, protection_level: 高, core: false }
  - { name: 乙系統, body: yi, protection_level: { delegated_to: D-01 }, core: true }
  - { name: 丙系統, body: bing, protection_level: 中 }
  - { name: 丁系統, printed_as: business }
references:
  documents: [{ id: D-01, title: 系統清冊, version: '1', issued: 2020-01-01 }]
  laws: [{ title: 資通安全管理法施行細則, article: 6 }, { title: 資通安全責任等級分辦法 }, { law: act, article: 10 }]
controls: { backup: { delegated_to: D-02 備份程序書 }, password: { see: 系統清冊 } }
",
];

#[test]
fn counts_and_findings_are_those_of_every_visit() {
    for (plan, as_of) in PLANS
        .iter()
        .flat_map(|plan| [on("2026-11-20"), AsOf::Issued].map(|as_of| (plan, as_of)))
    {
        let (each, once) = (
            judged_by_all(plan, as_of, true),
            judged_by_all(plan, as_of, false),
        );
        let counts =
            |judged: &Judged| format!("{:?} {:?}", judged.summary.bodies, judged.summary.whole);
        assert_eq!(counts(&once), counts(&each));
        let told = |judged: Judged| {
            let needed = judged.findings.into_iter();
            // A grade that is not stated is told in full only where every verdict is wanted.
            let needed = needed.filter(|finding| {
                finding.verdict.needs_attention() && finding.verdict != Verdict::Unknown
            });
            let told = needed.map(|f| (f.policy, f.check, f.fingerprint, f.message.zh_tw));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(once), told(each));
    }
}
