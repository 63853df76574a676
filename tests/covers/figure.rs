//! Whether a figure of the table and a value of a policy are the same thing.
//!
//! The name of a figure says its unit (`within_years`, `hours`, `hours_per_person_per_year`); a
//! policy writes a span of time with its unit, and a number of hours beside its interval.

use std::cmp::Ordering;

use plangate::cel::Data;
use plangate::text::{Duration, Language, Unit};

use crate::obligations::Figure;
use crate::path::Found;

/// Says what differs. `labels` are the law's names of the policy's words.
pub(crate) fn compare(
    name: &str,
    figure: &Figure,
    found: &Found,
    labels: Option<&Data>,
) -> Result<(), String> {
    let same = match (figure, &found.value) {
        (Figure::Flag(flag), Data::Bool(value)) => flag == value,
        (Figure::Text(text), Data::Text(value)) => **text == **value,
        (Figure::Texts(texts), Data::List(values)) => same_names(texts, values, labels),
        (Figure::Texts(texts), Data::Int(article)) => texts.contains(&format!("第{article}條")),
        (Figure::Number(number), Data::List(values)) if name == "count" => {
            usize::try_from(*number).is_ok_and(|count| count == values.len())
        }
        (Figure::Number(number), Data::Duration(span)) => {
            length(name, *number).is_some_and(|figure| equal(figure, *span))
        }
        (Figure::Number(number), Data::Int(value)) => {
            number == value && same_interval(name, &found.beside)
        }
        _ => false,
    };
    if same {
        return Ok(());
    }
    let value = written(&found.value);
    Err(format!("{name} is {figure:?} in the table, {value} here"))
}

/// A number whose name says the unit, as a span of time.
fn length(name: &str, number: i64) -> Option<Duration> {
    let number = u32::try_from(number).ok()?;
    let (count, unit) = match name {
        "every" | "months" | "min_months" | "report_within_months" => (number, Unit::Month),
        "hours" => (number, Unit::Hour),
        "per_year" | "review_per_year" => (12 / number, Unit::Month),
        _ if name.ends_with("within_years") => (number, Unit::Year),
        _ => return None,
    };
    Some(Duration::of(count, unit))
}

/// `hours_per_person_per_year` is a number of hours beside an interval of one year; a figure whose
/// name says no interval is a plain number.
fn same_interval(name: &str, beside: &Data) -> bool {
    let years = match name {
        _ if name.ends_with("_per_2_years") => 2,
        _ if name.ends_with("_per_year") => 1,
        _ => return true,
    };
    let every = beside.get("every");
    matches!(every, Some(Data::Duration(span)) if equal(Duration::of(years, Unit::Year), *span))
}

fn equal(a: Duration, b: Duration) -> bool {
    a.compare(b) == Some(Ordering::Equal)
}

/// The same names in whatever order; a word of the policy goes by its label.
fn same_names(texts: &[String], values: &[Data], labels: Option<&Data>) -> bool {
    let name = |value: &Data| match value {
        Data::Text(word) => match labels.and_then(|labels| labels.get(word)) {
            Some(Data::Text(label)) => label.to_string(),
            _ => word.to_string(),
        },
        other => format!("{other:?}"),
    };
    let mut names: Vec<String> = values.iter().map(name).collect();
    let mut texts = texts.to_vec();
    names.sort();
    texts.sort();
    names == texts
}

fn written(value: &Data) -> String {
    match value {
        Data::Duration(span) => span.show(Language::En),
        other => format!("{other:?}"),
    }
}
