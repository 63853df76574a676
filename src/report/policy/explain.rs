//! A policy for people: `policy explain`.

use std::io;

use crate::cel::Data;
use crate::check::cited;
use crate::policy::{Edition, Grounds, Params, Policy, Row, in_language};
use crate::text::{DateRange, Day, Language};

use crate::report::words::pick;

/// Everything an officer may ask of a policy: its grounds by edition, its figures, its reason, its
/// examples.
pub fn explain(
    policy: &Policy,
    day: Day,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let say = |zh: &'static str, en: &'static str| pick(language, zh, en);
    writeln!(out, "{}", policy.id)?;
    writeln!(out, "  {}", policy.title.get(language))?;
    if let Some(why) = &policy.why {
        writeln!(out, "\n{}\n  {why}", say("理由", "why"))?;
    }
    writeln!(
        out,
        "\n{}\n  {}",
        say("應辦", "what to do"),
        policy.help.source().get(language)
    )?;
    let current = policy.on(day).map(|edition| edition.from);
    for edition in policy.editions.iter().rev() {
        let mark = if Some(edition.from) == current {
            say("（現行）", " (in force)")
        } else {
            ""
        };
        let from = DateRange::day(edition.from).show(language);
        let until = edition
            .until
            .map(|until| DateRange::day(until).show(language));
        let until = until.map(|until| {
            format!(
                "{}{until}",
                say("，至前一日止：", ", until the day before ")
            )
        });
        writeln!(
            out,
            "\n{}{from}{}{mark}",
            say("自 ", "from "),
            until.unwrap_or_default()
        )?;
        explain_edition(edition, language, out)?;
    }
    if !policy.examples.is_empty() {
        writeln!(
            out,
            "\n{}",
            say("範例（即其測試）", "examples, which are its tests")
        )?;
        for example in &policy.examples {
            let expected = match &example.expect {
                crate::policy::Expectation::All(verdict) => verdict.word().to_owned(),
                crate::policy::Expectation::Each(each) => {
                    let each: Vec<String> = each
                        .iter()
                        .map(|(name, verdict)| format!("{name} {}", verdict.word()))
                        .collect();
                    each.join(", ")
                }
                crate::policy::Expectation::Nonsense(word) => word.clone(),
            };
            let day = example.as_of.as_deref().unwrap_or_default();
            writeln!(out, "  - {} {day} → {expected}", example.name)?;
        }
    }
    writeln!(out, "\n{} {}", say("檔案", "file"), policy.file.name())
}

fn explain_edition(
    edition: &Edition,
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let say = |zh: &'static str, en: &'static str| pick(language, zh, en);
    let rows: Vec<Row> = edition.applies_to.rows().collect();
    match &edition.grounds {
        Grounds::Law(cites) => {
            for cite in cites {
                let cited_on = |row| cited(cite, edition.from, row);
                let written = |row: Row| Some(cited_on(row).written_in(language));
                for (who, citation) in by_row(&rows, written) {
                    let confidence = confidence(edition, &rows, who.as_deref());
                    let who = who.map(|who| format!("{who}：")).unwrap_or_default();
                    writeln!(
                        out,
                        "  {} {who}{citation}（{confidence}）",
                        say("依據", "basis")
                    )?;
                }
            }
        }
        Grounds::Format => writeln!(
            out,
            "  {}",
            say("依據 計畫之書寫格式", "basis how a plan is written")
        )?,
        Grounds::Consistency => writeln!(
            out,
            "  {}",
            say("依據 計畫前後一致", "basis the plan agrees with itself")
        )?,
    }
    let severities = edition.severity.values();
    let severities: Vec<&str> = severities
        .into_iter()
        .map(|severity| severity.word())
        .collect();
    writeln!(
        out,
        "  {} {}",
        say("嚴重度", "severity"),
        severities.join("、")
    )?;
    if let Some(deadline) = &edition.deadline {
        let within = |row| deadline.within.at(row).map(|span| span.show(language));
        for (who, span) in by_row(&rows, within) {
            let who = who.map(|who| format!("{who}：")).unwrap_or_default();
            writeln!(
                out,
                "  {} {who}{span}",
                say("等級核定後之期限", "within, from grading")
            )?;
        }
    }
    parameters(&edition.params, &rows, language, out)?;
    for check in &edition.checks {
        writeln!(
            out,
            "  {} {}：{}",
            say("檢核", "check"),
            check.id,
            check.assert.source()
        )?;
    }
    if let Some(note) = &edition.note {
        writeln!(out, "  {note}")?;
    }
    Ok(())
}

fn confidence(edition: &Edition, rows: &[Row], who: Option<&str>) -> &'static str {
    let named = |row: &&Row| {
        who.is_none_or(|who| {
            label(**row).is_some_and(|label| who.split(' ').any(|named| named == label))
        })
    };
    let row = rows.iter().find(named).copied().unwrap_or_default();
    edition
        .confidence
        .at(row)
        .or(edition.confidence.values().first().copied())
        .map_or("memory", |c| c.word())
}

fn parameters(
    params: &Params,
    rows: &[Row],
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let first = params.at(rows.first().copied().unwrap_or_default());
    let Data::Record(fields) = first else {
        return Ok(());
    };
    for (name, _) in fields {
        if &**name == "labels" {
            continue;
        }
        let value = |row| params.at(row).get(name).map(|data| written(data, language));
        for (who, value) in by_row(rows, value) {
            let who = who.map(|who| format!("{who}：")).unwrap_or_default();
            writeln!(
                out,
                "  {} {name} {who}{value}",
                pick(language, "參數", "figure")
            )?;
        }
    }
    Ok(())
}

pub(super) fn written(data: &Data, language: Language) -> String {
    match data {
        Data::Null => "-".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Int(value) => value.to_string(),
        Data::Uint(value) => value.to_string(),
        Data::Double(value) => value.to_string(),
        Data::Text(text) => text.to_string(),
        Data::Bytes(_) => String::new(),
        Data::Date(date) => date.show(language),
        Data::Duration(span) => span.show(language),
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item, language)).collect();
            items.join(pick(language, "、", ", "))
        }
        Data::Record(fields) => {
            if let Some(text) = in_language(fields, language) {
                return text.to_owned();
            }
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{key} {}", written(value, language)))
                .collect();
            format!("({})", fields.join(", "))
        }
    }
}

/// A value by row, rows that agree put together: one line without a name where all do.
pub(super) fn by_row(
    rows: &[Row],
    value: impl Fn(Row) -> Option<String>,
) -> Vec<(Option<String>, String)> {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for &row in rows {
        let Some(value) = value(row) else { continue };
        let label = label(row).unwrap_or_default();
        match groups.iter_mut().find(|(_, other)| *other == value) {
            Some((labels, _)) => labels.push(label),
            None => groups.push((vec![label], value)),
        }
    }
    if let [(_, value)] = groups.as_slice() {
        return vec![(None, value.clone())];
    }
    groups
        .into_iter()
        .map(|(labels, value)| (Some(labels.join(" ")), value))
        .collect()
}

/// `A`, or `A*` for specific non-government agencies.
pub(super) fn label(row: Row) -> Option<String> {
    let grade = crate::policy::GRADES[usize::from(row.grade?)];
    Some(if row.sector == Some(1) {
        format!("{grade}*")
    } else {
        grade.to_string()
    })
}
