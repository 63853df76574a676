//! A verdict that does not fail, in one to three lines; several of one cause, in as few.

use std::iter::repeat_n;

use super::paint::{Paint, Role};
use super::push_located;
use crate::finding::Finding;
use crate::report::visible::{push_all, visible};
use crate::report::{Options, trace, words};
use crate::text::{Language, display_width};

/// Columns of a line of names.
const COLUMNS: usize = 100;

pub(super) fn render(finding: &Finding, options: Options, paint: Paint, text: &mut String) {
    let language = options.language;
    push_head(finding, &visible(&finding.policy), (language, paint), text);
    push_all(text, finding.message.get(language));
    let start = finding.place.start();
    if !finding.verdict.needs_attention() {
        let mut at = String::new();
        push_located(&finding.place, start, &mut at);
        text.push_str(&words::in_brackets(&at, language));
        text.push('\n');
        return;
    }
    text.push('\n');
    text.push_str(&paint.text(Role::Frame, " -->"));
    text.push(' ');
    push_located(&finding.place, start, text);
    text.push_str(words::pick(language, "；依據：", "; basis: "));
    push_all(text, &words::basis(finding, language));
    text.push('\n');
    let equals = paint.text(Role::Frame, "  =");
    if let Some(bodies) = words::concerned(finding, language) {
        push_bodies(&bodies, (language, &equals), text);
    }
    if let Some(help) = &finding.help {
        push_help(words::either(help, language), (paint, &equals), text);
    }
    for (n, line) in trace::lines(finding, language).iter().enumerate() {
        if n == 0 {
            for part in [&equals, " ", trace::heading(language), "\n"] {
                text.push_str(part);
            }
        }
        for part in ["    ", line, "\n"] {
            text.push_str(part);
        }
    }
    text.push('\n');
}

/// 「存疑[…]: 」
fn push_head(
    finding: &Finding,
    inside: &str,
    (language, paint): (Language, Paint),
    text: &mut String,
) {
    let word = words::verdict(finding.verdict, language);
    let head = [word, "[", inside, "]"].concat();
    text.push_str(&paint.text(Role::Quiet, &head));
    text.push_str(": ");
}

fn push_bodies(bodies: &str, (language, equals): (Language, &str), text: &mut String) {
    let before = words::pick(language, "機關：", "bodies: ");
    for part in [equals, " ", before, bodies, "\n"] {
        text.push_str(part);
    }
}

fn push_help(help: &str, (paint, equals): (Paint, &str), text: &mut String) {
    for part in [equals, " ", &paint.text(Role::Strong, "help"), ": "] {
        text.push_str(part);
    }
    push_all(text, help);
    text.push('\n');
}

/// Findings of one verdict, place and cause: the cause once, then what hangs on it.
pub(super) fn several(findings: &[&Finding], options: Options, paint: Paint, text: &mut String) {
    let language = options.language;
    let first = findings[0];
    let matters = words::matters(findings, language);
    let count = words::items(&matters, language);
    push_head(first, &count, (language, paint), text);
    let cause = first
        .cause
        .as_ref()
        .map(|cause| words::either(&cause.why, language));
    push_all(text, cause.unwrap_or_default());
    text.push('\n');
    text.push_str(&paint.text(Role::Frame, " -->"));
    text.push(' ');
    push_located(&first.place, first.place.start(), text);
    let title = first.place.title.as_ref();
    let title = title.map(|title| visible(words::either(title, language)));
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        text.push_str(&words::in_brackets(&title, language));
    }
    text.push('\n');
    let equals = paint.text(Role::Frame, "  =");
    if let Some(bodies) = words::concerned_by_all(findings, language) {
        push_bodies(&bodies, (language, &equals), text);
    }
    let before = words::before_matters(first.verdict, language);
    let indent = display_width(before) + 4;
    for part in [&equals, " ", before] {
        text.push_str(part);
    }
    for (at, line) in wrapped(matters, language, COLUMNS - indent)
        .iter()
        .enumerate()
    {
        if at > 0 {
            text.push('\n');
            text.extend(repeat_n(' ', indent));
        }
        text.push_str(line);
    }
    text.push('\n');
    let help = first.help.as_ref();
    let shared = help.filter(|_| findings.iter().all(|finding| finding.help == first.help));
    let each = words::pick(
        language,
        "以 --all 逐項列出，含各項依據",
        "--all lists each, with its basis",
    );
    let help = shared.map_or(each, |help| words::either(help, language));
    push_help(help, (paint, &equals), text);
    text.push('\n');
}

/// Names in lines of so many columns.
fn wrapped(names: Vec<String>, language: Language, columns: usize) -> Vec<String> {
    let between = words::pick(language, "、", ", ");
    let mut lines = vec![String::new()];
    for (at, name) in names.into_iter().enumerate() {
        let line = lines.last_mut().expect("internal: there is a first line");
        if at > 0 {
            line.push_str(between);
        }
        let full = display_width(line.trim_end()) + display_width(&name) > columns;
        if full && !line.is_empty() {
            line.truncate(line.trim_end().len());
            lines.push(name);
        } else {
            line.push_str(&name);
        }
    }
    lines
}
