//! Whether a policy rests on the provision that the table names.
//!
//! The table's citations are written by hand: `分級辦法 附表三 弱點掃描`, `細則7(2)→10(2)`, `6(1),13(1)` in
//! the part about incidents. Read are the law, 條, 附表 and the row; a source that is no law of the
//! pack is not compared.

use plangate::check::cited;
use plangate::finding::Citation;
use plangate::policy::{Edition, Grounds, Row};
use plangate::text::Day;

use crate::exceptions::sector;

/// What the table's words for laws mean.
const LAWS: [(&str, &str); 6] = [
    ("分級辦法", "classification"),
    ("細則", "rules"),
    ("Act", "act"),
    ("通報", "incident"),
    ("稽核辦法", "audit"),
    ("情資", "intelligence"),
];
const SCHEDULES: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// A provision that the table names.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    law: &'static str,
    article: Option<u16>,
    schedule: Option<u16>,
    row: Option<String>,
}

/// What is wrong with the citation of an edition at a row.
pub(crate) fn problem(edition: &Edition, row: Row, day: Day, cite: &str) -> Option<String> {
    let named = named(cite);
    let Grounds::Law(own) = &edition.grounds else {
        return (!named.is_empty()).then(|| format!("rests on no law, the table on {cite}"));
    };
    let own: Vec<Citation> = own.iter().map(|own| cited(own, day, row)).collect();
    let is_same = |named: &Named| own.iter().any(|own| agrees(named, own, row));
    if named.is_empty() || named.iter().any(is_same) {
        return None;
    }
    let own: Vec<String> = own.iter().map(|own| own.written().zh_tw).collect();
    Some(format!("rests on {}, the table on {cite}", own.join("; ")))
}

fn agrees(named: &Named, own: &Citation, row: Row) -> bool {
    // Each grade has two schedules, the second for those that are no government agencies.
    let second =
        sector(row) != "government" && named.schedule.is_some_and(|at| at <= 6 && at % 2 == 1);
    let schedule = named.schedule.map(|at| at + u16::from(second));
    // 系統滲透測試 and 滲透測試 are one row.
    let row_of = |text: &String| {
        let own = own.row.as_ref().map(|own| own.zh_tw.as_str());
        own.is_some_and(|own| own.contains(text.as_str()) || text.contains(own))
    };
    *own.law == *named.law
        && named
            .article
            .is_none_or(|article| own.article == Some(article))
        && schedule.is_none_or(|schedule| own.schedule == Some(schedule))
        && named.row.as_ref().is_none_or(row_of)
}

fn named(cite: &str) -> Vec<Named> {
    let mut law = None;
    let mut found = Vec::new();
    for part in cite.split([';', '→', ',']).map(str::trim) {
        let word = LAWS.iter().find(|(word, _)| part.contains(word));
        let begins = part
            .chars()
            .next()
            .is_some_and(|first| first.is_ascii_digit());
        law = match word {
            Some(word) => Some(*word),
            // Articles alone stand in the part about incidents.
            None if begins && law.is_none() => Some(("", "incident")),
            None => law,
        };
        let Some((word, id)) = law else { continue };
        let article = number_after(part, "art.")
            .or_else(|| number_after(part, word))
            .or_else(|| number_after(part, "辦法 "))
            .or_else(|| number(part));
        let schedule = part.split_once("附表").and_then(|(_, rest)| {
            let at = SCHEDULES
                .iter()
                .position(|&numeral| rest.starts_with(numeral))
                .filter(|_| !rest.contains('至'))?;
            Some((u16::try_from(at).ok()? + 1, rest))
        });
        let row = schedule.and_then(|(_, rest)| row_name(rest));
        let schedule = schedule.map(|(at, _)| at);
        let article = article.filter(|_| schedule.is_none());
        if article.is_some() || schedule.is_some() {
            found.push(Named {
                law: id,
                article,
                schedule,
                row,
            });
        }
    }
    found
}

/// The row after the numeral of its schedule: `三 弱點掃描 (…)`.
fn row_name(rest: &str) -> Option<String> {
    let (_, row) = rest.split_once(' ')?;
    let row = row.split(" (").next().unwrap_or(row);
    let row = row.trim().trim_end_matches(',');
    (!row.is_empty() && !row.starts_with('(')).then(|| row.to_owned())
}

fn number_after(text: &str, mark: &str) -> Option<u16> {
    let (_, rest) = text.split_once(mark).filter(|_| !mark.is_empty())?;
    number(rest)
}

fn number(text: &str) -> Option<u16> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cite: &str, expected: &[Named]) {
        assert_eq!(named(cite), expected, "{cite}");
    }

    fn article(law: &'static str, article: u16) -> Named {
        Named {
            law,
            article: Some(article),
            schedule: None,
            row: None,
        }
    }

    #[test]
    fn the_words_of_the_table_are_read() {
        let scan = Named {
            law: "classification",
            article: None,
            schedule: Some(3),
            row: Some("弱點掃描".to_owned()),
        };
        check("分級辦法 附表三 弱點掃描 (non-public: …)", &[scan]);
        let rules = |number| article("rules", number);
        check("細則110 art.7(1) → 115 art.10(1)", &[rules(7), rules(10)]);
        check("細則7(2)→10(2)", &[rules(7), rules(10)]);
        let incident = |number| article("incident", number);
        check("8(1),13(1)", &[incident(8), incident(13)]);
        check("通報應變及演練辦法 6(1),11", &[incident(6), incident(11)]);
        check("moda FAQ 4.21", &[]);
    }
}
