//! The chapters of the plans under `fixtures/`, without their remarks, headers and registers.

use super::Size;

/// The fixtures of one body, then the ones of a bureau and of a city.
const ONE: [&str; 2] = [
    include_str!("../../fixtures/plans/keelung-elementary-school/plan.yaml"),
    include_str!("../../fixtures/plans/fangliao-household-registration/plan.yaml"),
];
const BUREAU: &str = include_str!("../../fixtures/plans/kaohsiung-civil-affairs/plan.yaml");
const CITY: &str = include_str!("../../fixtures/plans/taipei-city/plan.yaml");

/// Sections that the corpus writes itself, or leaves out: remarks on the printed original.
const OWN: [&str; 6] = [
    "header",
    "bodies",
    "businesses",
    "systems",
    "annexes",
    "editorial",
];

/// What stands behind the registers of a plan.
pub(super) struct Chapters {
    /// Their text.
    pub(super) after: String,
    /// The id by which the chapters name the agency itself.
    pub(super) agency: &'static str,
}

impl Chapters {
    pub(super) fn of(size: Size, number: usize) -> Self {
        let (text, agency) = match size {
            Size::One => (ONE[number % ONE.len()], "own"),
            Size::Bureau => (BUREAU, "cab"),
            Size::City => (CITY, "city"),
        };
        let after = sections(text).filter(|(name, _)| !OWN.contains(name));
        let after = after.map(|(_, section)| without_remarks(section)).collect();
        Self { after, agency }
    }
}

/// The sections of a plan: a key at the beginning of a line, and everything below it.
fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let starts = text.match_indices('\n').map(|(at, _)| at + 1);
    let is_key = |&at: &usize| text[at..].starts_with(|first: char| first.is_ascii_lowercase());
    let starts: Vec<usize> = starts.filter(is_key).chain([text.len()]).collect();
    let pairs: Vec<_> = starts
        .windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .collect();
    pairs
        .into_iter()
        .map(|section| (section.split(':').next().unwrap_or_default(), section))
}

/// Without whole-line remarks, remarks behind values, and empty lines.
fn without_remarks(section: &str) -> String {
    let kept = section.lines().map(|line| match line.find("  # ") {
        Some(at) => line[..at].trim_end(),
        None if line.trim_start().starts_with('#') => "",
        None => line.trim_end(),
    });
    kept.filter(|line| !line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect()
}
