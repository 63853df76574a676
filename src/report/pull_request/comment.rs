//! A finding → the comment that says it on its line.

use std::fmt::Write;

use super::brief::{named, prose};
use super::{Links, Suggestion};
use crate::finding::{Basis, Citation, Finding};
use crate::report::markdown::{block, code, escape, is_plain_address};
use crate::report::patch::Patch;
use crate::report::words::{self, pick};
use crate::text::Language;

/// The most that is shown of lines to write, in bytes; of a longer line none is, for it would be
/// another line.
const LINES: usize = 20_000;

/// The comment of a finding. With a suggestion it can be accepted by a click; else the lines to write
/// are shown.
pub fn comment(
    finding: &Finding,
    suggested: Option<&Suggestion>,
    links: &dyn Links,
    language: Language,
) -> String {
    let mut text = format!(
        "**{}**　{}\n\n",
        escape(&heading(finding, language)),
        prose(finding.title.get(language))
    );
    paragraph(&mut text, &prose(finding.message.get(language)));
    if let Some(bodies) = words::concerned(finding, language) {
        let word = pick(language, "機關：", "Bodies: ");
        paragraph(&mut text, &format!("{word}{}", prose(&bodies)));
    }
    text.push_str(&facts(finding, language));
    write_lines(&mut text, finding, suggested, language);
    text.push_str(&foot(finding, links, language));
    text
}

/// What stays of a comment whose finding is gone.
pub fn fixed(commit: &str, language: Language) -> String {
    let commit = code(commit.get(..7).unwrap_or(commit));
    match language {
        Language::ZhTw => format!("✅ 已於 {commit} 解決。"),
        Language::En => format!("✅ Solved in {commit}."),
    }
}

fn heading(finding: &Finding, language: Language) -> String {
    let verdict = words::verdict(finding.verdict, language);
    let weight = words::severity(finding.severity, language);
    let weight = words::in_brackets(weight, language);
    match finding.verdict {
        crate::finding::Verdict::Fail => format!("{verdict}{weight}"),
        _ => verdict.to_owned(),
    }
}

fn paragraph(text: &mut String, words: &str) {
    text.push_str(words.trim_end());
    text.push_str("\n\n");
}

/// Where, by what, and what to do next.
fn facts(finding: &Finding, language: Language) -> String {
    let mut facts = String::new();
    let path = named(&finding.place.path);
    let place = match &finding.place.title {
        Some(title) => {
            let path = words::in_brackets("\u{0}", language).replace('\u{0}', &path);
            format!("{}{path}", prose(title.get(language)))
        }
        None if finding.place.path.is_empty() => named(finding.place.file.name()),
        None => path,
    };
    let mut fact = |zh_tw, en, told: &str| {
        let _ = writeln!(facts, "- {}{told}", pick(language, zh_tw, en));
    };
    fact("位置：", "Where: ", &place);
    fact("依據：", "Basis: ", &basis(finding, language));
    if let Some(help) = &finding.help {
        fact("處理：", "Next: ", &prose(help.get(language)));
    }
    facts.push('\n');
    facts
}

/// The ground, with a link to the text of the law.
fn basis(finding: &Finding, language: Language) -> String {
    let told = prose(&words::basis_beside_id(finding, language));
    let address = |citation: &Citation| {
        let address = citation.url.clone();
        address.filter(|address| is_plain_address(address))
    };
    let address = match &finding.basis {
        Basis::Law(citation) | Basis::Local(citation) => address(citation),
        Basis::Consistency(_) | Basis::Format { .. } => None,
    };
    address.map_or_else(|| told.clone(), |address| format!("[{told}]({address})"))
}

fn write_lines(
    text: &mut String,
    finding: &Finding,
    suggested: Option<&Suggestion>,
    language: Language,
) {
    let Some(edit) = &finding.write else {
        return;
    };
    if let Some(suggested) = suggested.filter(|it| it.text.len() <= LINES) {
        paragraph(
            text,
            pick(language, "可直接採用：", "Can be accepted as it is:"),
        );
        paragraph(text, &block(&suggested.text, "suggestion", ""));
        return;
    }
    let patch = Patch::new(&finding.place.file, edit);
    let added = patch.added.join("\n");
    if added.is_empty() || added.len() > LINES {
        return;
    }
    let line = patch.line;
    paragraph(
        text,
        &match language {
            Language::ZhTw => format!("可寫成（第 {line} 行）："),
            Language::En => format!("What to write (line {line}):"),
        },
    );
    paragraph(text, &block(&added, "yaml", ""));
}

/// Where to edit, and which rule it was.
fn foot(finding: &Finding, links: &dyn Links, language: Language) -> String {
    let line = finding.place.start().line;
    let edit = links.edit(finding.place.file.name(), line);
    let edit = edit.filter(|address| is_plain_address(address));
    let edit = edit.map(|address| {
        let word = pick(language, "編輯此行", "Edit this line");
        format!("[{word}]({address})　")
    });
    format!("{}{}\n", edit.unwrap_or_default(), code(&finding.policy))
}
