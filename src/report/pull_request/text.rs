//! A judged pull request on a terminal.

use super::summary::{Review, Told, line};
use crate::report::visible::visible;
use crate::report::words::{self, pick};
use crate::review::marker::text_of;
use crate::review::statuses::Status;
use crate::text::{Language, Localized};

/// The line of a status as a forge takes it: a stranger's name may stand in it.
pub fn status_line(status: &Status, language: Language) -> String {
    let description = Localized::same(visible(status.description.get(language)));
    let shown = Status {
        description,
        ..status.clone()
    };
    shown.line(language)
}

/// The statuses of a commit under its name.
pub fn statuses_as_text(name: &str, statuses: &[Status; 3], language: Language) -> String {
    let mut text = format!("{}\n", visible(name));
    for status in statuses {
        text.push_str(&format!("  {}\n", visible(&line(status, language))));
    }
    text
}

/// The statuses, what blocks with its line, and how many changes there are.
pub fn text(review: Review<'_>) -> String {
    let language = review.language;
    let name = format!("#{}", review.pull_request.number);
    let mut text = statuses_as_text(&name, review.statuses, language);
    let Told::Judged { judgement, .. } = review.told else {
        return text;
    };
    for own in judgement.findings().filter(|own| own.blocks.is_some()) {
        let finding = &own.finding;
        let start = finding.place.start();
        let told = format!(
            "{}:{}:{} {}（{}）",
            finding.place.file.name(),
            start.line,
            start.column,
            finding.message.get(language),
            words::basis(finding, language)
        );
        text.push_str(&format!("  - {}\n", visible(&told)));
    }
    let changes = judgement.changes.len();
    let weaker = judgement.changes.iter().filter(|seen| seen.may_weaken);
    text.push_str(&match (weaker.count(), language) {
        (weaker, Language::ZhTw) => {
            format!("  內容變更 {changes} 項，減弱或強弱待審 {weaker} 項\n")
        }
        (weaker, Language::En) => {
            format!("  {changes} changes, of which {weaker} weaken or may\n")
        }
    });
    let rows = judgement.plans.iter().filter_map(|plan| plan.row.as_ref());
    for row in rows {
        let edition = visible(&row.row.edition);
        let word = pick(
            language,
            "變更紀錄待補：版次 ",
            "the change log lacks edition ",
        );
        text.push_str(&format!("  {word}{edition}\n"));
    }
    text
}

/// Comments that no forge has taken, so that what they say is said.
pub fn unposted<'b>(bodies: impl Iterator<Item = &'b str>) -> String {
    let lines = bodies.flat_map(|body| text_of(body).lines());
    lines
        .map(|line| format!("    {}\n", visible(line)))
        .collect()
}
