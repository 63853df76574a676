//! The change log 版次・發行日期・修訂者・說明・核准者 → bytes, one file for each format.
//!
//! In: rows, in their order. Out: the official table, in Markdown or CSV, or JSON. Knows nothing of
//! where the rows come from. Dates are shown as the table shows them: `108年2月18日` in zh-TW, ISO in
//! English; one that is no date stays as it is written.

mod csv;
mod json;
mod markdown;

use std::io;

use super::words::pick;
use crate::change::log::Row;
use crate::text::{DateRange, Language};

/// A form of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// To print, or to paste into a page.
    Markdown,
    /// For a spreadsheet.
    Csv,
    /// For programs.
    Json,
}

/// Writes the table of the plan called `name`.
pub fn render(
    format: TableFormat,
    name: &str,
    rows: &[Row],
    language: Language,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        TableFormat::Markdown => markdown::render(rows, language, out),
        TableFormat::Csv => csv::render(rows, language, out),
        TableFormat::Json => json::render(name, rows, out),
    }
}

/// The columns, as the official table names them.
fn columns(language: Language) -> [&'static str; 5] {
    [
        pick(language, "版次", "Edition"),
        pick(language, "發行日期", "Issued"),
        pick(language, "修訂者", "Reviser"),
        pick(language, "說明", "Notes"),
        pick(language, "核准者", "Approver"),
    ]
}

/// The cells of a row, the notes numbered where there are several, with `between` between them and
/// between the lines of one.
fn cells(row: &Row, language: Language, between: &str, escape: fn(&str) -> String) -> [String; 5] {
    let text = |text: &Option<String>| escape(text.as_deref().unwrap_or_default());
    let lines = |note: &str| {
        let lines: Vec<String> = note.trim().lines().map(escape).collect();
        lines.join(between)
    };
    let notes = match row.notes.as_slice() {
        [one] => lines(one),
        notes => {
            let numbered = notes.iter().enumerate();
            let numbered = numbered.map(|(at, note)| format!("{}. {}", at + 1, lines(note)));
            numbered.collect::<Vec<_>>().join(between)
        }
    };
    let issued = match row.issued_on() {
        Some(date) => shown(date, language),
        None => text(&row.issued),
    };
    [
        escape(&row.edition),
        issued,
        text(&row.reviser),
        notes,
        text(&row.approver),
    ]
}

/// A date as the table shows it, which is closer set than a sentence does.
fn shown(date: DateRange, language: Language) -> String {
    let text = date.show(language);
    match language {
        Language::ZhTw => text.replace("民國", "").replace(' ', ""),
        Language::En => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<Row> {
        let row = |edition: &str, issued: &str, notes: &[&str], approver: &str| Row {
            edition: edition.to_owned(),
            issued: Some(issued.to_owned()),
            reviser: Some("甲局".to_owned()),
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
            approver: Some(approver.to_owned()),
            commit: Some("c0ffee".to_owned()),
            tag: None,
        };
        vec![
            row("1.0", "108-02-18", &["初版"], "局長"),
            row(
                "1.1",
                "109年11月",
                &["一, 其一", "二 \"其二\""],
                "=HYPERLINK(1)",
            ),
            row("1.2", "改版中", &[], "a|b<c>\n@d"),
        ]
    }

    fn check(format: TableFormat, language: Language, expected: &str) {
        let mut out = Vec::new();
        render(format, "plans/a/plan.yaml", &sample(), language, &mut out).expect("memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }

    #[test]
    fn markdown_is_the_official_table() {
        check(
            TableFormat::Markdown,
            Language::ZhTw,
            "| 版次 | 發行日期 | 修訂者 | 說明 | 核准者 |\n\
             |---|---|---|---|---|\n\
             | 1.0 | 108年2月18日 | 甲局 | 初版 | 局長 |\n\
             | 1.1 | 109年11月 | 甲局 | 1. 一, 其一<br>2. 二 \"其二\" | \\=HYPERLINK(1) |\n\
             | 1.2 | 改版中 | 甲局 |  | a\\|b&lt;c&gt;\\\\n@\u{200b}d |\n",
        );
    }

    #[test]
    fn csv_runs_no_formula_and_keeps_to_one_record() {
        check(
            TableFormat::Csv,
            Language::En,
            "\u{feff}Edition,Issued,Reviser,Notes,Approver\r\n\
             1.0,2019-02-18,甲局,初版,局長\r\n\
             1.1,2020-11,甲局,\"1. 一, 其一\n2. 二 \"\"其二\"\"\",'=HYPERLINK(1)\r\n\
             1.2,改版中,甲局,,a|b<c>\\n@d\r\n",
        );
    }

    #[test]
    fn a_note_keeps_its_lines() {
        let written = |format, notes: &[&str]| {
            let mut row = sample().remove(0);
            row.notes = notes.iter().map(|&note| note.to_owned()).collect();
            let mut out = Vec::new();
            render(format, "a", &[row], Language::En, &mut out).expect("memory");
            String::from_utf8(out).expect("UTF-8")
        };
        for (notes, markdown, csv) in [
            (&["甲\n乙\n"][..], " 甲<br>乙 ", ",\"甲\n乙\","),
            (
                &["甲\n=乙", "丙"],
                " 1. 甲<br>\\=乙<br>2. 丙 ",
                ",\"1. 甲\n=乙\n2. 丙\",",
            ),
            (&["=甲\n@乙"], " \\=甲<br>@\u{200b}乙 ", ",\"'=甲\n@乙\","),
            (
                &["甲\r\u{202e}乙"],
                " 甲\\\\r\\\\u{202e}乙 ",
                ",甲\\r\\u{202e}乙,",
            ),
        ] {
            let found = written(TableFormat::Markdown, notes);
            assert!(found.contains(markdown), "{found}");
            let found = written(TableFormat::Csv, notes);
            assert!(found.contains(csv), "{found}");
        }
    }

    #[test]
    fn only_the_beginning_of_a_cell_is_guarded() {
        let csv = |notes: &[&str]| {
            let mut row = sample().remove(0);
            row.notes = notes.iter().map(|&note| note.to_owned()).collect();
            let mut out = Vec::new();
            let rows = [row];
            render(TableFormat::Csv, "a", &rows, Language::En, &mut out).expect("memory");
            String::from_utf8(out).expect("UTF-8")
        };
        let found = csv(&["=a", "+b"]);
        assert!(found.contains(",\"1. =a\n2. +b\","), "{found}");
        for begins in ['=', '+', '-', '@', '＝', '＋', '－', '＠'] {
            let found = csv(&[&format!(" {begins}a")]);
            assert!(found.contains(&format!(",'{begins}a,")), "{found}");
        }
    }

    #[test]
    fn json_says_where_each_row_comes_from() {
        let mut out = Vec::new();
        let rows = &sample()[..1];
        render(TableFormat::Json, "p.yaml", rows, Language::ZhTw, &mut out).expect("memory");
        let found: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        let expected = serde_json::json!({
            "schema": 1,
            "plan": "p.yaml",
            "rows": [{
                "edition": "1.0",
                "issued": { "written": "108-02-18", "first": "2019-02-18", "last": "2019-02-18" },
                "reviser": "甲局",
                "notes": ["初版"],
                "approver": "局長",
                "commit": "c0ffee",
                "tag": null
            }]
        });
        assert_eq!(found, expected);
    }
}
