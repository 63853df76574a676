//! A judged pull request as workflow commands: what its author sees who may not be written to.
//!
//! The statuses come first, then what the change brings, what blocks before the rest: GitHub shows ten
//! annotations of each kind for a step, and the log has them all.

use super::summary::{Review, Told, line};
use crate::report::github::{command, escape_data, escape_property, location, message, title};
use crate::review::judgement::Judged;
use crate::review::statuses::{State, Status};
use crate::text::Language;

/// One command for each status and each finding that the change brings or that blocks.
pub fn annotations(review: Review<'_>) -> String {
    let (number, base) = (review.pull_request.number, &review.pull_request.base);
    let name = format!("#{number}");
    let mut text = statuses_as_commands(&name, base, review.statuses, review.language);
    let Told::Judged { judgement, .. } = review.told else {
        return text;
    };
    let findings = judgement.findings();
    let mut said: Vec<&Judged> = findings.filter(|own| own.is_told_in_place()).collect();
    said.sort_by_key(|own| own.blocks.is_none());
    for own in said {
        let finding = &own.finding;
        let word = match own.blocks {
            Some(_) => "error",
            None => command(finding),
        };
        text.push_str(&format!(
            "::{word} {},title={}::{}\n",
            location(&finding.place),
            escape_property(&title(finding, review.language)),
            escape_data(&message(finding, review.language)),
        ));
    }
    text
}

/// One command for each status of a commit.
pub fn statuses_as_commands(
    name: &str,
    base: &str,
    statuses: &[Status; 3],
    language: Language,
) -> String {
    let command = |status: &Status| {
        let word = match status.state {
            State::Success | State::Pending => "notice",
            State::Failure | State::Error => "error",
        };
        let title = format!("{name} {}", status.context.name(base));
        let (title, told) = (
            escape_property(&title),
            escape_data(&line(status, language)),
        );
        format!("::{word} title={title}::{told}\n")
    };
    statuses.iter().map(command).collect()
}
