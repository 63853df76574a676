//! Six small invented plans, one for each grade and one of a specific non-government agency, each
//! written twice: with nothing but its header, bodies, core business and systems, and with the
//! figures of the law before 115 added.

use plangate::check::example_files;
use plangate::plan::PlanFiles;
use plangate::policy::Row;

/// Figures that satisfied the law before 115, for all grades.
const FIGURES: &str = include_str!("pre-115.yaml");

/// One plan in both forms.
pub(crate) struct Plan {
    /// The grade, as the page names it.
    pub(crate) name: &'static str,
    pub(crate) row: Row,
    /// Nothing but the frame.
    pub(crate) plain: PlanFiles,
    /// With the figures of the law before 115.
    pub(crate) figures: PlanFiles,
}

impl Plan {
    pub(crate) fn all() -> Vec<Self> {
        let government = [("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D'), ("E", 'E')];
        let plans = government.map(|(name, grade)| Self::of(name, grade, "government"));
        let other = Self::of("非公務 A", 'A', "specific_non_government");
        plans.into_iter().chain([other]).collect()
    }

    fn of(name: &'static str, grade: char, sector: &str) -> Self {
        let plain = frame(grade, sector);
        let figures = format!("{plain}{FIGURES}");
        let files = |text: &str| example_files(text).expect("the plan reads");
        Self {
            name,
            row: Row::of(sector, Some(grade)),
            plain: files(&plain),
            figures: files(&figures),
        }
    }
}

/// Graded long before the law, so that no time of grace runs out between the days of the page but
/// one that an edition itself begins.
fn frame(grade: char, sector: &str) -> String {
    format!(
        "header: {{ title: 甲機關資通安全維護計畫, agency: jia, issued: 2019-03-01, \
         edition: \"1.0\", approver: 機關首長 }}\n\
         bodies:\n  - {{ id: jia, name: 甲機關, grade: {grade}, sector: {sector}, \
         graded_on: 2014-06-01, ci_provider: true, kind: bureau }}\n\
         businesses:\n  - {{ name: 案件受理, core: true, systems: [case] }}\n\
         systems:\n  - {{ id: case, name: 案件系統, core: true, custody: self, \
         protection_level: 中, external_service: true }}\n"
    )
}
