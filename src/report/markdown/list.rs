//! Findings as lists: failures under the item they belong to, the rest under their verdict.

use std::collections::BTreeMap;
use std::io;

use super::escape::is_plain_address;
use super::{block, code, escape};
use crate::check::Outcome;
use crate::finding::{Basis, Finding, Severity, Verdict};
use crate::report::patch::Patch;
use crate::report::together::together;
use crate::report::{Options, trace, words};
use crate::text::Language;

/// Failures, then the rest, where there is no table before them.
pub(super) fn render(
    outcome: &Outcome,
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (fails, others): (Vec<_>, Vec<_>) = findings
        .iter()
        .copied()
        .partition(|finding| finding.verdict == Verdict::Fail);
    if !fails.is_empty() {
        by_item(outcome, &fails, options.language, out)?;
    }
    if others.is_empty() {
        Ok(())
    } else {
        by_verdict(&others, options, out)
    }
}

/// Failures by mandatory item; those of no item come last.
pub(super) fn by_item(
    outcome: &Outcome,
    findings: &[&Finding],
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut items: BTreeMap<u8, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let rule = outcome.rules.iter().find(|rule| rule.id == finding.policy);
        let item = rule.and_then(|rule| rule.item).unwrap_or(u8::MAX);
        items.entry(item).or_default().push(finding);
    }
    if items.is_empty() {
        return none(language, out);
    }
    for (item, findings) in items {
        let index = usize::from(item).wrapping_sub(1);
        let title = outcome
            .items
            .get(index)
            .map(|title| escape(words::either(title, language)));
        match (title, language) {
            (Some(title), Language::ZhTw) => writeln!(out, "### 第 {item} 款 {title}\n")?,
            (Some(title), Language::En) => writeln!(out, "### Item {item}: {title}\n")?,
            (None, Language::ZhTw) => writeln!(out, "### 其他\n")?,
            (None, Language::En) => writeln!(out, "### Other\n")?,
        }
        findings
            .iter()
            .zip(1..)
            .try_for_each(|(finding, n)| entry(finding, n, language, out))?;
    }
    Ok(())
}

/// The rest by verdict, those that need attention first.
pub(super) fn by_verdict(
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    if findings.is_empty() {
        return none(language, out);
    }
    for kind in Verdict::ALL {
        let of_kind: Vec<_> = findings
            .iter()
            .copied()
            .filter(|finding| finding.verdict == kind)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        writeln!(out, "### {}\n", words::verdict(kind, language))?;
        for (group, n) in together(&of_kind, options).iter().zip(1..) {
            match group.as_slice() {
                [finding] => entry(finding, n, language, out)?,
                several => shared(several, n, language, out)?,
            }
        }
    }
    Ok(())
}

fn none(language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}\n", words::pick(language, "無", "None"))
}

fn entry(
    finding: &Finding,
    n: usize,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let message = escape(finding.message.get(language));
    let indent = " ".repeat(n.to_string().len() + 2);
    if finding.verdict == Verdict::Fail {
        writeln!(
            out,
            "{n}. **{}** {message}",
            severity(finding.severity, language)
        )?;
    } else {
        writeln!(out, "{n}. {message}")?;
    }
    let mut row = |zh_tw: &str, en: &str, text: &str| {
        writeln!(out, "{indent}- {}{text}", words::pick(language, zh_tw, en))
    };
    if let Some(bodies) = words::concerned(finding, language) {
        row("機關：", "Bodies: ", &escape(&bodies))?;
    }
    row("位置：", "Where: ", &location(finding, language))?;
    row("依據：", "Basis: ", &basis(finding, language))?;
    if let Some(help) = &finding.help {
        row("作法：", "Help: ", &escape(words::either(help, language)))?;
    }
    if let Some(edit) = &finding.write {
        let patch = Patch::new(&finding.place.file, edit);
        row("", "", &to_write(&patch, language))?;
        if !patch.added.is_empty() {
            let indent = format!("{indent}  ");
            write!(out, "{}", block(&patch.added.join("\n"), "yaml", &indent))?;
        }
    }
    why(finding, &indent, language, out)?;
    writeln!(out)
}

/// What the condition that decided saw, where that was asked for.
fn why(
    finding: &Finding,
    indent: &str,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let lines = trace::lines(finding, language);
    if lines.is_empty() {
        return Ok(());
    }
    let heading = words::pick(language, "判定過程：", "Why:");
    writeln!(out, "{indent}- {heading}")?;
    write!(
        out,
        "{}",
        block(&lines.join("\n"), "text", &format!("{indent}  "))
    )
}

/// Findings of one place and one cause: the cause once, then what hangs on it.
fn shared(
    findings: &[&Finding],
    n: usize,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let first = findings[0];
    let cause = first.cause.as_ref();
    let cause = cause.map(|cause| escape(words::either(&cause.why, language)));
    let matters = words::matters(findings, language);
    let count = words::in_brackets(&words::items(&matters, language), language);
    writeln!(out, "{n}. {}{count}", cause.unwrap_or_default())?;
    let indent = " ".repeat(n.to_string().len() + 2);
    let mut row = |zh_tw: &str, en: &str, text: &str| {
        writeln!(out, "{indent}- {}{text}", words::pick(language, zh_tw, en))
    };
    if let Some(bodies) = words::concerned_by_all(findings, language) {
        row("機關：", "Bodies: ", &escape(&bodies))?;
    }
    row("位置：", "Where: ", &location(first, language))?;
    let before = words::before_matters(first.verdict, language);
    let matters = matters.join(words::pick(language, "、", ", "));
    row(before, before, &escape(&matters))?;
    let alike = findings.iter().all(|finding| finding.help == first.help);
    if let Some(help) = first.help.as_ref().filter(|_| alike) {
        row("作法：", "Help: ", &escape(words::either(help, language)))?;
    }
    writeln!(out)
}

/// What to do with the lines of a patch; the lines to write follow it.
fn to_write(patch: &Patch, language: Language) -> String {
    let last = patch.line + patch.removed.len().saturating_sub(1);
    let lines = if last > patch.line {
        format!("{}–{last}", patch.line)
    } else {
        last.to_string()
    };
    match (patch.removed.is_empty(), patch.added.is_empty(), language) {
        (true, _, Language::ZhTw) => format!("於第 {lines} 行插入："),
        (true, _, Language::En) => format!("Insert at line {lines}:"),
        (false, true, Language::ZhTw) => format!("刪去第 {lines} 行"),
        (false, true, Language::En) => format!("Delete line {lines}"),
        (false, false, Language::ZhTw) => format!("第 {lines} 行改為："),
        (false, false, Language::En) => format!("Change line {lines} to:"),
    }
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => words::pick(language, "［錯誤］", "[error]"),
        Severity::Warning => words::pick(language, "［警告］", "[warning]"),
        Severity::Note => words::pick(language, "［提醒］", "[note]"),
    }
}

fn location(finding: &Finding, language: Language) -> String {
    let place = &finding.place;
    let at = code(&format!("{}:{}", place.file.name(), place.start().line));
    match &place.title {
        Some(title) => format!("{at} {}", escape(words::either(title, language))),
        None => at,
    }
}

/// The ground, linked where the pack knows where the law can be read.
fn basis(finding: &Finding, language: Language) -> String {
    let text = escape(&words::basis(finding, language));
    let (Basis::Law(citation) | Basis::Local(citation)) = &finding.basis else {
        return text;
    };
    match citation.url.as_deref() {
        Some(url) if is_plain_address(url) => format!("[{text}]({url})"),
        _ => text,
    }
}
