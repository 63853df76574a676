//! The figures of a policy: data whose tables are resolved to the row of a body.

use crate::cel::{Data, Type};
use crate::document::{Content, Node, Style};
use crate::text::{DateRange, Duration, Language, parse_day};

use super::table::{GRADES, Row, SECTORS, Table};

/// Parameters of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    rows: Rows,
}

#[derive(Debug, Clone, PartialEq)]
enum Rows {
    /// No table in them: the same for all.
    Same(Data),
    /// One for each row, in the order of [`Row::all`].
    Each(Vec<Data>),
}

impl Params {
    /// Reads the merged `params` of a policy and of its edition, the edition's winning key by key.
    pub(super) fn read(own: Option<Node<'_>>, edition: Option<Node<'_>>) -> Self {
        let figures = merged(own, edition);
        let row = |row| {
            let fields = figures.iter();
            Data::record(fields.filter_map(|figure| Some((figure.key, figure.at(row)?))))
        };
        let differ = figures.iter().any(|figure| figure.same.is_none());
        let rows = match differ {
            true => Rows::Each(Row::all().map(row).collect()),
            false => Rows::Same(row(Row::default())),
        };
        Self { rows }
    }

    /// The parameters of a row; where they differ by row and the row is not known, of the first.
    pub fn at(&self, row: Row) -> &Data {
        match &self.rows {
            Rows::Same(data) => data,
            Rows::Each(rows) => {
                let sector = usize::from(row.sector.unwrap_or(0));
                &rows[sector * GRADES.len() + usize::from(row.grade.unwrap_or(0))]
            }
        }
    }

    /// The same with other figures, row by row: what a duty would be under another law.
    #[must_use]
    pub fn map(&self, change: impl Fn(Row, &Data) -> Data) -> Self {
        let rows = Row::all().map(|row| change(row, self.at(row))).collect();
        Self {
            rows: Rows::Each(rows),
        }
    }

    /// The type of the parameters over all rows.
    pub(super) fn ty(&self) -> Type {
        match &self.rows {
            Rows::Same(data) => data.ty(),
            Rows::Each(rows) => Data::ty_of_all(rows).unwrap_or(Type::Dyn),
        }
    }

    /// Whether they differ by row.
    pub(super) fn differ(&self) -> bool {
        matches!(self.rows, Rows::Each(_))
    }
}

/// What a record of policy data says in a language, where it is a text in both:
/// `{ zh-TW: 社交工程演練, en: social engineering drill }`.
pub fn in_language(fields: &[(Box<str>, Data)], language: Language) -> Option<&str> {
    let of = |language: Language| {
        let mut of = fields.iter().filter(|(tag, _)| **tag == *language.tag());
        match of.next() {
            Some((_, Data::Text(text))) => Some(&**text),
            _ => None,
        }
    };
    [Language::ZhTw, Language::En]
        .map(of)
        .iter()
        .all(Option::is_some)
        .then(|| of(language))?
}

/// One key of the parameters.
struct Figure<'d> {
    key: &'d str,
    /// As the edition has it, then as the policy has it: where a table of the first does not cover a row,
    /// the second holds.
    values: [Option<Node<'d>>; 2],
    /// What it is in every row, read once; nothing where there is a table in it.
    same: Option<Data>,
}

impl<'d> Figure<'d> {
    fn new(key: &'d str, values: [Option<Node<'d>>; 2]) -> Self {
        let has_table = values.into_iter().flatten().any(has_table);
        let first = values.into_iter().flatten().next();
        let same = first.filter(|_| !has_table);
        Self {
            key,
            values,
            same: same.and_then(|value| data_at(value, Row::default())),
        }
    }

    fn at(&self, row: Row) -> Option<Data> {
        let read = || {
            let mut values = self.values.into_iter().flatten();
            values.find_map(|value| data_at(value, row))
        };
        self.same.clone().or_else(read)
    }
}

/// The keys of a policy, then those that its edition adds.
fn merged<'d>(own: Option<Node<'d>>, edition: Option<Node<'d>>) -> Vec<Figure<'d>> {
    let entries = |node: Option<Node<'d>>| node.into_iter().flat_map(Node::entries);
    let of_edition = |key: &str| edition.and_then(|edition| edition.get(key));
    let is_new = |key: &str| own.and_then(|own| own.get(key)).is_none();
    let first = entries(own).map(|it| Figure::new(it.key, [of_edition(it.key), Some(it.value)]));
    let added = entries(edition).filter(|entry| is_new(entry.key));
    let added = added.map(|entry| Figure::new(entry.key, [Some(entry.value), None]));
    first.chain(added).collect()
}

/// Data as it is for a row; `None` where a table on the way does not cover the row.
fn data_at(node: Node<'_>, row: Row) -> Option<Data> {
    match table_kind(node) {
        Some(Kind::Sector) => data_at(node.get(SECTORS[usize::from(row.sector?)])?, row),
        Some(Kind::Grade) => data_at(node.get(&GRADES[usize::from(row.grade?)].to_string())?, row),
        None => Some(match node.content() {
            Content::List => Data::list(node.items().filter_map(|item| data_at(item, row))),
            Content::Map => Data::record(
                node.entries()
                    .filter_map(|entry| Some((entry.key, data_at(entry.value, row)?))),
            ),
            _ => scalar(node),
        }),
    }
}

/// A scalar of policy data: a plain one that is wholly a duration or an ISO day has that type, a
/// quoted one is a text.
pub(super) fn scalar(node: Node<'_>) -> Data {
    match node.content() {
        Content::Bool(value) => Data::Bool(value),
        Content::Int(value) => Data::Int(value),
        Content::Float(value) => Data::Double(value),
        Content::Text(text) if node.style() == Style::Plain => {
            let day = parse_day(text).map(|day| Data::Date(DateRange::day(day)));
            let duration = || Duration::parse(text).map(Data::Duration);
            day.or_else(duration).unwrap_or_else(|| Data::text(text))
        }
        Content::Text(text) => Data::text(text),
        _ => Data::Null,
    }
}

enum Kind {
    Sector,
    Grade,
}

/// A mapping whose keys are all sectors, or all grades, is a table, wherever it stands.
fn table_kind(node: Node<'_>) -> Option<Kind> {
    if !node.is_map() || node.entries().len() == 0 {
        return None;
    }
    if node.entries().all(|entry| SECTORS.contains(&entry.key)) {
        return Some(Kind::Sector);
    }
    let grade = |key: &str| GRADES.iter().any(|grade| key.chars().eq([*grade]));
    node.entries()
        .all(|entry| grade(entry.key))
        .then_some(Kind::Grade)
}

/// The table on the way that does not cover a row. An entry of a list may be for some rows only.
pub(super) fn uncovered(node: Node<'_>, row: Row) -> Option<Node<'_>> {
    let part = match table_kind(node) {
        Some(Kind::Sector) => node.get(SECTORS[usize::from(row.sector?)]),
        Some(Kind::Grade) => node.get(&GRADES[usize::from(row.grade?)].to_string()),
        None if node.is_map() => {
            return node.entries().find_map(|entry| uncovered(entry.value, row));
        }
        None => return None,
    };
    part.map_or(Some(node), |part| uncovered(part, row))
}

fn has_table(node: Node<'_>) -> bool {
    table_kind(node).is_some()
        || node.items().any(has_table)
        || (node.is_map() && node.entries().any(|entry| has_table(entry.value)))
}

/// Reads a table; `Err` is the node that is no value of it.
pub(super) fn read_table<'d, T>(
    node: Node<'d>,
    leaf: &impl Fn(Node<'d>) -> Option<T>,
) -> Result<Table<T>, Node<'d>> {
    match table_kind(node) {
        Some(Kind::Sector) => {
            let part = |name: &str| {
                node.get(name)
                    .map(|part| read_table(part, leaf))
                    .transpose()
            };
            let [first, second] = SECTORS.map(part);
            Ok(Table::BySector(Box::new([first?, second?])))
        }
        Some(Kind::Grade) => {
            let part = |grade: char| {
                let part = node.get(&grade.to_string());
                part.map(|part| leaf(part).ok_or(part)).transpose()
            };
            let [first, second, third, fourth, fifth] = GRADES.map(part);
            Ok(Table::ByGrade(Box::new([
                first?, second?, third?, fourth?, fifth?,
            ])))
        }
        None => leaf(node).map(Table::One).ok_or(node),
    }
}
