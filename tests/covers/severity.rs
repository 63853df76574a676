//! Law of which the pack is not sure may warn, but never blocks.

use plangate::check::{Judge, Settings, example_day, example_files};
use plangate::finding::{Basis, Finding, Severity};
use plangate::policy::{Confidence, Edition, Pack, Policy, Row};
use plangate::text::Day;

use crate::exceptions::{named, parts};
use crate::pack;

/// Failures of error severity that rest on uncertain law, and rows of which the pack does not say
/// how sure it is.
pub(crate) fn unsure_errors(pack: &Pack) -> Vec<String> {
    pack.policies
        .values()
        .flat_map(|policy| {
            let rows = policy
                .editions
                .iter()
                .flat_map(|edition| rows(pack, policy, edition));
            rows.chain(examples(pack, policy)).collect::<Vec<_>>()
        })
        .collect()
}

/// Bodies of every row that state nothing, long after their time of grace: in one plan, where alike
/// findings are told together.
fn rows(pack: &Pack, policy: &Policy, edition: &Edition) -> Vec<String> {
    let at = |row| format!("{}: {} {}", policy.id, edition.from, named(row));
    let mut found = Vec::new();
    for row in edition.applies_to.rows() {
        if edition.confidence.at(row).is_none() {
            found.push(format!("{}: no confidence", at(row)));
        }
        if edition.severity.at(row).is_none() {
            found.push(format!("{}: no severity", at(row)));
        }
    }
    let day = last_day(policy, edition);
    for finding in judged(pack, policy, &every_body(), day) {
        let unsure = |row: &Row| {
            let confidence = edition.confidence.at(*row);
            confidence.is_none_or(|confidence| *confidence >= Confidence::Memory)
        };
        let rows = finding.bodies.iter().map(|body| row_of(&body.id));
        let blocked = rows.filter(|row| finding.severity == Severity::Error && unsure(row));
        found.extend(blocked.map(|row| format!("{}: {}", at(row), finding.message.en)));
    }
    found
}

/// A plan with a body of each row, graded when the law began, that states nothing else.
fn every_body() -> String {
    let bodies = Row::all().map(|row| {
        let (grade, sector) = parts(row);
        format!(
            "  - {{ id: {grade}-{sector}, name: {grade} {sector}, grade: {grade}, \
             sector: {sector}, graded_on: 2019-01-01, ci_provider: true, kind: municipality }}\n"
        )
    });
    format!("bodies:\n{}", bodies.collect::<String>())
}

/// The row of a body of [`every_body`].
fn row_of(id: &str) -> Row {
    let (grade, sector) = id.split_once('-').expect("grade and sector");
    Row::of(sector, grade.chars().next())
}

fn examples(pack: &Pack, policy: &Policy) -> Vec<String> {
    let mut found = Vec::new();
    for example in &policy.examples {
        let day = example_day(policy, example).expect("examples have a day");
        let findings = judged(pack, policy, &example.plan, day);
        let wrong = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error && !is_sure(finding));
        found.extend(wrong.map(|_| format!("{}: {} blocks", policy.id, example.name)));
    }
    found
}

fn is_sure(finding: &Finding) -> bool {
    let Basis::Law(citation) = &finding.basis else {
        return true;
    };
    let confidence = Confidence::parse(citation.confidence);
    confidence.is_some_and(|confidence| confidence < Confidence::Memory)
}

fn judged(pack: &Pack, policy: &Policy, plan: &str, day: Day) -> Vec<Finding> {
    let files = example_files(plan).expect("the plan reads");
    let judge = Judge::new(pack, &pack::SCHEMA, Settings::on(day));
    judge.policy(&files, policy).1
}

/// The last day of an edition; of the newest, a day by which every time of grace has passed.
fn last_day(policy: &Policy, edition: &Edition) -> Day {
    let next = policy
        .editions
        .iter()
        .find(|other| other.from > edition.from);
    let end = edition.until.or(next.map(|next| next.from));
    let last = end.and_then(|end| end.yesterday().ok());
    last.unwrap_or(Day::constant(2040, 1, 1))
}
