//! The figures of a policy: for each edition a table, rows of the law's tables that agree put
//! together in one column.

use super::{heading, table};
use crate::cel::Data;
use crate::policy::{Edition, Policy, Row, SECTORS, in_language};
use crate::report::markdown::{code, escape};
use crate::report::policy::explain::{label, written};
use crate::report::words::pick;
use crate::text::{DateRange, Language};

/// One column: the rows it is for, and the value of each path.
type Column = (Vec<Row>, Vec<(String, Option<String>)>);

/// The section of figures, where there are any.
pub(super) fn figures(policy: &Policy, language: Language) -> Option<String> {
    let editions = policy.editions.iter().rev();
    let tables: Vec<String> = editions
        .filter_map(|edition| of_edition(edition, language))
        .collect();
    if tables.is_empty() {
        return None;
    }
    Some(heading(language, "數值", "Figures") + &tables.join("\n"))
}

fn of_edition(edition: &Edition, language: Language) -> Option<String> {
    let columns = columns(edition, language);
    let paths: Vec<&String> = columns.first()?.1.iter().map(|(path, _)| path).collect();
    if paths.is_empty() {
        return None;
    }
    let from = DateRange::day(edition.from).show(language);
    let title = pick(language, "自 {} 起：", "From {}:").replace("{}", &from);
    let mut head = vec![pick(language, "數值", "figure").to_owned()];
    let only = columns.len() == 1;
    let value = pick(language, "值", "value");
    head.extend(columns.iter().map(|(rows, _)| match only {
        true => value.to_owned(),
        false => escape(&named(rows)),
    }));
    let rows = paths.iter().enumerate().map(|(at, path)| {
        let cells = columns.iter().map(|(_, values)| {
            let value = values.get(at).and_then(|(_, value)| value.as_deref());
            escape(value.unwrap_or("–"))
        });
        std::iter::once(code(path)).chain(cells).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    Some(format!("{title}\n\n{}", table(&head, &rows)))
}

/// `A B C*`
fn named(rows: &[Row]) -> String {
    let labels: Vec<String> = rows.iter().filter_map(|row| label(*row)).collect();
    let both = labels.iter().filter(|label| !label.ends_with('*'));
    let both: Vec<&String> = both
        .filter(|label| labels.contains(&format!("{label}*")))
        .collect();
    // One letter where both sectors agree.
    if both.len() * SECTORS.len() == labels.len() {
        let both: Vec<&str> = both.iter().map(|label| label.as_str()).collect();
        return both.join(" ");
    }
    labels.join(" ")
}

fn columns(edition: &Edition, language: Language) -> Vec<Column> {
    let paths = paths(edition);
    let mut columns: Vec<Column> = Vec::new();
    for row in edition.applies_to.rows() {
        let values: Vec<(String, Option<String>)> = paths
            .iter()
            .map(|path| (path.clone(), value(edition, row, path, language)))
            .collect();
        match columns.iter_mut().find(|(_, other)| *other == values) {
            Some((rows, _)) => rows.push(row),
            None => columns.push((vec![row], values)),
        }
    }
    columns
}

/// Every path to a figure, over all rows, as `covers` writes them.
fn paths(edition: &Edition) -> Vec<String> {
    let mut found = Vec::new();
    for row in edition.applies_to.rows() {
        collect("params", edition.params.at(row), &mut found);
    }
    if edition.deadline.is_some() {
        found.push("deadline.within".to_owned());
    }
    found
}

fn collect(path: &str, data: &Data, found: &mut Vec<String>) {
    match data {
        Data::Record(fields) if in_language(fields, Language::ZhTw).is_none() => {
            for (name, value) in fields {
                if &**name != "labels" {
                    collect(&format!("{path}.{name}"), value, found);
                }
            }
        }
        Data::List(items) if items.iter().any(|item| item.get("id").is_some()) => {
            for item in items {
                if let (Some(Data::Text(id)), Data::Record(fields)) = (item.get("id"), item) {
                    let others = fields.iter().filter(|(name, _)| &**name != "id");
                    for (name, value) in others {
                        collect(&format!("{path}[{id}].{name}"), value, found);
                    }
                }
            }
        }
        _ if !found.iter().any(|known| known == path) => found.push(path.to_owned()),
        _ => {}
    }
}

fn value(edition: &Edition, row: Row, path: &str, language: Language) -> Option<String> {
    if path == "deadline.within" {
        let within = edition.deadline.as_ref()?.within.at(row)?;
        return Some(within.show(language));
    }
    let params = edition.params.at(row);
    let mut data = params;
    for segment in path.strip_prefix("params.")?.split('.') {
        let (name, id) = segment.split_once('[').unwrap_or((segment, ""));
        data = data.get(name)?;
        let id = id.trim_end_matches(']');
        if !id.is_empty() {
            let Data::List(items) = data else { return None };
            data = items
                .iter()
                .find(|item| item.get("id") == Some(&Data::text(id)))?;
        }
    }
    Some(shown(data, params, language))
}

/// A value, our words by the law's names for them.
fn shown(data: &Data, params: &Data, language: Language) -> String {
    let labels = params.get("labels");
    let label = |word: &Data| match (word, labels) {
        (Data::Text(word), Some(labels)) => labels.get(word).cloned(),
        _ => None,
    };
    match data {
        Data::Bool(value) => pick(
            language,
            if *value { "是" } else { "否" },
            if *value { "yes" } else { "no" },
        )
        .to_owned(),
        Data::List(items) => {
            let named = items.iter().map(|item| label(item).unwrap_or(item.clone()));
            let named: Vec<String> = named.map(|item| written(&item, language)).collect();
            let between = match named.iter().any(|name| name.contains('、')) {
                true => "；",
                false => pick(language, "、", ", "),
            };
            named.join(between)
        }
        other => written(&label(other).unwrap_or(other.clone()), language),
    }
}
