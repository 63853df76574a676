//! The one comment that sums a pull request up: verdict first, then what to do, then what to know.
//!
//! In: a [`Review`]. Out: Markdown within the limit of a comment. What blocks comes before what
//! changed, that before the row of the change log and the approvals; what nobody has to act on is
//! folded. Each section is cut at whole entries and says how many it leaves out.

mod changes;
mod findings;
mod head;

pub(super) use head::line;

use super::brief::prose;
use super::{LIMIT, Links, approvals, fit};
use crate::report::patch::Patch;
use crate::report::words::pick;
use crate::review::judgement::{Judgement, NextRow};
use crate::review::rules::Rules;
use crate::review::statuses::{Ground, Status};
use crate::review::{PullRequest, Roster};
use crate::text::{Language, Localized};

use crate::report::markdown::block;

/// Up to which byte each section may fill the text, in their order; what one leaves, the next has.
const FINDINGS: usize = LIMIT * 2 / 5;
const CHANGES: usize = LIMIT * 3 / 5;
const ROWS: usize = LIMIT * 3 / 4;
const APPROVALS: usize = LIMIT * 9 / 10;

/// A pull request, judged or not, to be told.
#[derive(Clone, Copy)]
pub struct Review<'r> {
    /// The pull request.
    pub pull_request: &'r PullRequest,
    /// The statuses of its head.
    pub statuses: &'r [Status; 3],
    /// What it came to.
    pub told: Told<'r>,
    /// What is amiss with the branch it goes to, where its statuses do not decide over a merge.
    pub unguarded: Option<&'r Localized>,
    /// Addresses at the forge.
    pub links: &'r dyn Links,
    /// The language of its words.
    pub language: Language,
}

/// What there is to tell.
#[derive(Clone, Copy)]
pub enum Told<'r> {
    /// Why nothing was judged.
    Unjudged(&'r Ground<()>),
    /// What was judged, and by whose rules.
    Judged {
        /// The judgement.
        judgement: &'r Judgement,
        /// The rules of the base.
        rules: &'r Rules,
        /// The roster of the base.
        roster: &'r Roster,
    },
}

/// The text of the comment, without its marker.
pub fn summary(review: Review<'_>) -> String {
    let mut text = head::head(review);
    let Told::Judged {
        judgement,
        rules,
        roster,
    } = review.told
    else {
        return text;
    };
    findings::blocking(&mut text, judgement, review, FINDINGS);
    changes::changes(&mut text, judgement, review, CHANGES);
    rows(&mut text, judgement, review);
    let told = approvals(
        &judgement.outcome,
        &judgement.asked,
        &judgement.facts,
        rules,
        roster,
        review.language,
    );
    section(
        &mut text,
        pick(review.language, "核准", "Approvals"),
        &lines(&told),
        APPROVALS,
        review.language,
    );
    findings::coming_law(&mut text, judgement, review, LIMIT);
    findings::shadow(&mut text, judgement, review, LIMIT);
    findings::others(&mut text, judgement, review, LIMIT);
    text
}

/// A heading and its entries; nothing where there is none.
fn section(text: &mut String, heading: &str, entries: &[String], limit: usize, language: Language) {
    if entries.is_empty() {
        return;
    }
    text.push_str(&format!("\n### {heading}\n\n"));
    fit(text, entries, limit, 0, |count| rest(count, language));
}

/// The same, folded.
fn folded(text: &mut String, heading: &str, entries: &[String], limit: usize, language: Language) {
    const END: &str = "\n</details>\n";
    let start = format!("\n<details><summary>{heading}</summary>\n\n");
    let room = rest(entries.len(), language).len();
    if entries.is_empty() || text.len() + start.len() + END.len() + room > limit {
        return;
    }
    text.push_str(&start);
    fit(text, entries, limit, END.len(), |count| {
        rest(count, language)
    });
    text.push_str(END);
}

fn rest(count: usize, language: Language) -> String {
    match (count, language) {
        (0, _) => String::new(),
        (count, Language::ZhTw) => format!("\n另 {count} 筆，此處從略，見檢核記錄。\n"),
        (count, Language::En) => {
            format!("\n{count} more, left out here; see the log of the run.\n")
        }
    }
}

/// A text as entries of a line each, so that it is cut between them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("{line}\n")).collect()
}

/// The rows that the change logs lack, ready to be pasted.
fn rows(text: &mut String, judgement: &Judgement, review: Review<'_>) {
    let rows = judgement.plans.iter().filter_map(|plan| plan.row.as_ref());
    let entries: Vec<String> = rows.map(|row| row_to_write(row, review)).collect();
    let heading = pick(
        review.language,
        "變更紀錄：補上此列，並填寫理由",
        "Change log: add this row, and write the reasons",
    );
    section(text, heading, &entries, ROWS, review.language);
}

fn row_to_write(row: &NextRow, review: Review<'_>) -> String {
    let patch = Patch::new(&row.file, &row.edit);
    let name = row.file.name();
    let place = link(review, name, patch.line);
    let edition = prose(&row.row.edition);
    let head = match review.language {
        Language::ZhTw => format!("版次 {edition}：寫入 {place}\n\n"),
        Language::En => format!("Edition {edition}, at {place}\n\n"),
    };
    let edit = review.links.edit(name, patch.line);
    let edit = edit.filter(|address| crate::report::markdown::is_plain_address(address));
    let edit = edit.map(|address| {
        let word = pick(review.language, "編輯此檔", "Edit this file");
        format!("\n[{word}]({address})\n")
    });
    let yaml = block(&patch.added.join("\n"), "yaml", "");
    format!("{head}{yaml}{}", edit.unwrap_or_default())
}

/// A line of a file at the head, as a link.
fn link(review: Review<'_>, file: &str, line: usize) -> String {
    let shown = prose(&format!("{file}:{line}"));
    let address = review.links.line(file, line);
    match crate::report::markdown::is_plain_address(&address) {
        true => format!("[{shown}]({address})"),
        false => shown,
    }
}
