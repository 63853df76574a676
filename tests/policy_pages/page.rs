//! A page read back: the figures of each edition, by column, as a reader sees them.

use std::collections::BTreeMap;

use plangate::cel::Data;
use plangate::policy::{Policy, Row};
use plangate::text::{DateRange, Day, Duration, Language, Unit};

use crate::figure::compare;
use crate::obligations::{Obligation, Table};
use crate::path::Found;

/// What a page says in Chinese.
pub(crate) struct Page {
    /// By the first day of the edition, as shown.
    editions: BTreeMap<String, Figures>,
    /// The confidence of each edition, as shown.
    confidences: BTreeMap<String, String>,
}

/// The tables of one edition.
struct Figures {
    columns: Vec<String>,
    values: BTreeMap<String, Vec<String>>,
}

impl Page {
    pub(crate) fn parse(text: &str) -> Self {
        let chinese = text.split("\n---\n").next().unwrap_or_default();
        let mut page = Self {
            editions: BTreeMap::new(),
            confidences: BTreeMap::new(),
        };
        let mut edition = None;
        for line in chinese.lines() {
            if let Some(from) = line
                .strip_prefix("自 ")
                .and_then(|rest| rest.strip_suffix(" 起："))
            {
                edition = Some(from.to_owned());
            }
            let Some(cells) = cells(line) else { continue };
            if cells.len() == 4 && cells[0].starts_with("民國") {
                let from = cells[0].split('，').next().unwrap_or_default();
                page.confidences.insert(from.to_owned(), cells[2].clone());
            }
            let Some(from) = &edition else { continue };
            if cells[0] == "數值" {
                let figures = Figures {
                    columns: cells[1..].to_vec(),
                    values: BTreeMap::new(),
                };
                page.editions.insert(from.clone(), figures);
            } else if let Some(figures) = page.editions.get_mut(from)
                && let Some(path) = cells[0].strip_prefix('`')
            {
                let path = path.trim_end_matches('`').to_owned();
                figures.values.insert(path, cells[1..].to_vec());
            }
        }
        page
    }

    /// What differs from the table of obligations, and how many figures were compared.
    pub(crate) fn problems(&self, policy: &Policy, table: &Table) -> (Vec<String>, usize) {
        let (mut problems, mut count) = (Vec::new(), 0);
        for covers in &policy.covers {
            for entry in covers.ids.iter().filter_map(|id| table.get(id)) {
                let editions = policy.editions.iter();
                let editions = editions.filter(|edition| is_within(edition.from, policy, entry));
                for edition in editions {
                    for row in entry.rows() {
                        if !edition.applies_to.includes(row) {
                            continue;
                        }
                        for (name, path) in &covers.figures {
                            let Some(figure) = entry.figures().get(name).cloned() else {
                                continue;
                            };
                            let Some(found) = self.found(edition.from, row, path) else {
                                // The last day of grace is reckoned, it stands in no table.
                                if path != "deadline.due" {
                                    problems.push(format!("{path} is not on the page"));
                                }
                                continue;
                            };
                            count += 1;
                            let compared = compare(name, &figure, &found, None);
                            problems.extend(compared.err().map(|differs| {
                                format!("{}: {}: {row:?}: {differs}", entry.id, edition.from)
                            }));
                        }
                    }
                }
            }
        }
        for edition in &policy.editions {
            for row in edition.applies_to.rows() {
                let own = edition.confidence.at(row).map(|one| one.word());
                if own.is_none() || self.confidence(edition.from, row) != own {
                    problems.push(format!("{}: {row:?}: not {own:?} of it", edition.from));
                }
            }
        }
        (problems, count)
    }

    /// `secondary`, or `A C: secondary<br>B: memory`.
    fn confidence(&self, from: Day, row: Row) -> Option<&str> {
        let lines: Vec<&str> = self.confidences.get(&shown(from))?.split("<br>").collect();
        let named = |line: &&str| Some(line.split_once(": ")?.0.to_owned());
        let columns: Vec<String> = lines.iter().filter_map(named).collect();
        lines
            .into_iter()
            .find_map(|line| match line.split_once(": ") {
                Some((labels, word)) => is_of(labels, row, &columns).then_some(word),
                None => Some(line),
            })
    }

    fn found(&self, from: Day, row: Row, path: &str) -> Option<Found> {
        let value = self.cell(from, row, path)?;
        let above = path.rsplit_once('.').map_or("", |(above, _)| above);
        let every = self.cell(from, row, &format!("{above}.every"));
        let beside = every.map_or(Data::Null, |every| Data::record([("every", every)]));
        Some(Found { value, beside })
    }

    fn cell(&self, from: Day, row: Row, path: &str) -> Option<Data> {
        let figures = self.editions.get(&shown(from))?;
        let column = figures
            .columns
            .iter()
            .position(|column| column == "值" || is_of(column, row, &figures.columns))?;
        Some(data(figures.values.get(path)?.get(column)?))
    }
}

/// Whether an edition holds on some day of an entry: it begins in it, or is the one on its first day.
fn is_within(from: Day, policy: &Policy, entry: &Obligation) -> bool {
    let first = policy.on(entry.from()).map(|edition| edition.from);
    entry.holds(from) || first == Some(from)
}

fn shown(day: Day) -> String {
    DateRange::day(day).show(Language::ZhTw)
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(
        inner
            .split(" | ")
            .map(|cell| cell.replace('\\', ""))
            .collect(),
    )
}

/// Whether a column such as `A B*` is for a row; a letter alone is for both sectors where no other
/// column has its star.
fn is_of(column: &str, row: Row, columns: &[String]) -> bool {
    let grade = row
        .grade
        .map(|grade| plangate::policy::GRADES[usize::from(grade)]);
    let starred = row.sector == Some(1);
    let star = format!("{}*", grade.unwrap_or('?'));
    let has_star = columns.iter().any(|column| column.contains(&star));
    column.split(' ').any(|label| {
        let letter = label.trim_end_matches('*').chars().next();
        letter == grade && (label.ends_with('*') == starred || !has_star)
    })
}

/// A cell as the value it shows.
fn data(cell: &str) -> Data {
    let units = [
        ("工作小時", Unit::WorkingHour),
        ("分鐘", Unit::Minute),
        ("小時", Unit::Hour),
        ("個月", Unit::Month),
        ("年", Unit::Year),
        ("日", Unit::Day),
    ];
    let spans = units.iter().filter_map(|(word, unit)| {
        let count = cell.strip_suffix(word)?.trim().parse().ok()?;
        Some(Data::Duration(Duration::of(count, *unit)))
    });
    let mut spans = spans;
    match cell {
        "是" => Data::Bool(true),
        "否" => Data::Bool(false),
        _ => spans
            .next()
            .or_else(|| cell.parse().ok().map(Data::Int))
            .unwrap_or_else(|| {
                // Names that hold a 、 themselves are set apart by ；.
                let between = if cell.contains('；') { '；' } else { '、' };
                Data::list(cell.split(between).map(Data::text))
            }),
    }
}
