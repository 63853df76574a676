//! A verdict that does not fail, in one to three lines; several of one cause, in as few.

use std::io;

use super::location;
use super::paint::{Paint, Role};
use crate::finding::Finding;
use crate::report::visible::visible;
use crate::report::{Options, trace, words};
use crate::text::{Language, display_width};

/// Columns of a line of names.
const COLUMNS: usize = 100;

pub(super) fn render(
    finding: &Finding,
    options: Options,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let word = words::verdict(finding.verdict, language);
    let head = format!("{word}[{}]", visible(&finding.policy));
    let head = paint.text(Role::Quiet, &head);
    let message = visible(finding.message.get(language));
    let at = location(&finding.place);
    if !finding.verdict.needs_attention() {
        return writeln!(
            out,
            "{head}: {message}{}",
            words::in_brackets(&at, language)
        );
    }
    writeln!(out, "{head}: {message}")?;
    let arrow = paint.text(Role::Frame, " -->");
    let basis = visible(&words::basis(finding, language));
    let before = words::pick(language, "；依據：", "; basis: ");
    writeln!(out, "{arrow} {at}{before}{basis}")?;
    let equals = paint.text(Role::Frame, "  =");
    if let Some(bodies) = words::concerned(finding, language) {
        writeln!(
            out,
            "{equals} {}{bodies}",
            words::pick(language, "機關：", "bodies: ")
        )?;
    }
    if let Some(help) = &finding.help {
        writeln!(
            out,
            "{equals} {}: {}",
            paint.text(Role::Strong, "help"),
            visible(words::either(help, language))
        )?;
    }
    for (n, line) in trace::lines(finding, language).iter().enumerate() {
        if n == 0 {
            writeln!(out, "{equals} {}", trace::heading(language))?;
        }
        writeln!(out, "    {line}")?;
    }
    writeln!(out)
}

/// Findings of one verdict, place and cause: the cause once, then what hangs on it.
pub(super) fn several(
    findings: &[&Finding],
    options: Options,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let first = findings[0];
    let word = words::verdict(first.verdict, language);
    let matters = words::matters(findings, language);
    let count = words::items(&matters, language);
    let head = format!("{word}[{count}]");
    let head = paint.text(Role::Quiet, &head);
    let cause = first
        .cause
        .as_ref()
        .map(|cause| words::either(&cause.why, language));
    writeln!(out, "{head}: {}", visible(cause.unwrap_or_default()))?;
    let title = first.place.title.as_ref();
    let title = title.map(|title| visible(words::either(title, language)));
    let title = title.filter(|title| !title.is_empty());
    let title = title.map_or_else(String::new, |title| words::in_brackets(&title, language));
    let arrow = paint.text(Role::Frame, " -->");
    writeln!(out, "{arrow} {}{title}", location(&first.place))?;
    let equals = paint.text(Role::Frame, "  =");
    if let Some(bodies) = words::concerned_by_all(findings, language) {
        let before = words::pick(language, "機關：", "bodies: ");
        writeln!(out, "{equals} {before}{bodies}")?;
    }
    let before = words::before_matters(first.verdict, language);
    let indent = display_width(before) + 4;
    let lines = wrapped(matters, language, COLUMNS - indent);
    let lines = lines.join(&format!("\n{}", " ".repeat(indent)));
    writeln!(out, "{equals} {before}{lines}")?;
    let help = first.help.as_ref();
    let shared = help.filter(|_| findings.iter().all(|finding| finding.help == first.help));
    let each = words::pick(
        language,
        "以 --all 逐項列出，含各項依據",
        "--all lists each, with its basis",
    );
    let help = shared.map_or(each, |help| words::either(help, language));
    let label = paint.text(Role::Strong, "help");
    writeln!(out, "{equals} {label}: {}\n", visible(help))
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
