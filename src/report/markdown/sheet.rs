//! One plan's sheet, from its title to the cells to sign.

use std::io;

use super::{escape, items, list};
use crate::check::{Also, Outcome, PlanSummary};
use crate::finding::{Finding, Verdict};
use crate::report::{Options, Totals, also, words};
use crate::text::Language;

pub(super) fn render(
    outcome: &Outcome,
    plan: &PlanSummary,
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let title = words::pick(
        language,
        "資通安全維護計畫自我檢核表",
        "Self-check of the cyber security maintenance plan",
    );
    writeln!(out, "# {title}\n")?;
    facts(outcome, plan, findings, options, out)?;
    heading(language, 0, "法定應載明事項", "Mandatory items", out)?;
    items::render(&outcome.items, plan, language, out)?;
    heading(language, 1, "不符事項", "What does not hold", out)?;
    let (fails, others): (Vec<_>, Vec<_>) = findings
        .iter()
        .copied()
        .partition(|finding| finding.verdict == Verdict::Fail);
    list::by_item(outcome, &fails, language, out)?;
    heading(
        language,
        2,
        "待釐清與其他事項",
        "What is not settled, and other matters",
        out,
    )?;
    list::by_verdict(&others, options, out)?;
    if let Some(found) = &plan.also {
        heading(
            language,
            3,
            "另一法規日之異同",
            "What another law date changes",
            out,
        )?;
        differences(plan, found, language, out)?;
    }
    sign(language, out)
}

fn heading(
    language: Language,
    index: usize,
    zh_tw: &str,
    en: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match language {
        Language::ZhTw => writeln!(out, "## {}、{zh_tw}\n", ["一", "二", "三", "四"][index]),
        Language::En => writeln!(out, "## {}. {en}\n", index + 1),
    }
}

fn differences(
    plan: &PlanSummary,
    found: &Also,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(out, "{}\n", escape(&also::heading(plan, found, language)))?;
    let come = words::pick(language, "多：", "More: ");
    let gone = words::pick(language, "少：", "Fewer: ");
    for (word, differences) in [(come, &found.come), (gone, &found.gone)] {
        for difference in differences {
            writeln!(out, "- {word}{}", escape(&also::line(difference, language)))?;
        }
    }
    writeln!(out)
}

fn facts(
    outcome: &Outcome,
    plan: &PlanSummary,
    findings: &[&Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let said = |text: Option<&str>| match text {
        Some(text) => escape(text),
        None => words::pick(language, "（未載明）", "(not stated)").to_owned(),
    };
    let names = plan.bodies.iter().map(|body| &*body.name);
    let totals = Totals::of(findings.iter().copied());
    let mut row = |zh_tw: &str, en: &str, value: String| {
        writeln!(out, "| {} | {value} |", words::pick(language, zh_tw, en))
    };
    row(
        "項目",
        "What",
        words::pick(language, "內容", "Value").to_owned(),
    )?;
    row("---", "---", "---".to_owned())?;
    row("機關", "Agency", said(plan.agency.as_deref()))?;
    row("計畫檔案", "Plan", escape(plan.file.name()))?;
    row("版次", "Edition", said(plan.edition.as_deref()))?;
    row(
        "適用機關",
        "Bodies",
        escape(&words::bodies(names, language)),
    )?;
    row(
        "法規日",
        "Law date",
        words::law_date(plan.judged_on, language),
    )?;
    row(
        "檢核工具",
        "Judged by",
        escape(&judged_by(outcome, language)),
    )?;
    row(
        "結果",
        "Result",
        words::gate(&totals, options.fail_on, language),
    )?;
    writeln!(out)
}

fn judged_by(outcome: &Outcome, language: Language) -> String {
    let packs = outcome
        .tool
        .packs
        .iter()
        .map(|(name, digest)| pack(name, digest));
    let program = std::iter::once(format!("plangate {}", outcome.tool.version));
    let parts: Vec<_> = program.chain(packs).collect();
    parts.join(words::pick(language, "；", "; "))
}

/// A pack by its name and the beginning of its digest, enough to tell two apart on paper.
fn pack(name: &str, digest: &str) -> String {
    format!("{name} {}", digest.chars().take(12).collect::<String>())
}

fn sign(language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    let cells = words::pick(
        language,
        "承辦人 | 資通安全長 | 日期",
        "Officer | Chief information security officer | Date",
    );
    writeln!(out, "| {cells} |\n| --- | --- | --- |\n| <br><br> | | |\n")
}
