//! Figures one step away: a little less and a little more, a list with or without an element.

use plangate::cel::Data;
use plangate::text::{DateRange, Duration, Unit};

/// The least step either way: an example that it changes stands on the figure itself.
pub(crate) fn finest(value: &Data) -> Vec<Data> {
    match value {
        Data::Duration(span) => fine(*span).into_iter().map(Data::Duration).collect(),
        other => coarse(other),
    }
}

/// One step of the figure's own unit either way: an example that it changes stands beside it.
pub(crate) fn coarse(value: &Data) -> Vec<Data> {
    match value {
        Data::Int(number) => vec![Data::Int(number - 1), Data::Int(number + 1)],
        Data::Bool(flag) => vec![Data::Bool(!flag)],
        Data::Date(date) => {
            let days = [date.first.yesterday(), date.first.tomorrow()];
            days.into_iter()
                .flatten()
                .map(|day| Data::Date(DateRange::day(day)))
                .collect()
        }
        Data::Duration(Duration::Length { count, unit, .. }) => {
            let counts = [count.checked_sub(1), count.checked_add(1)];
            counts
                .into_iter()
                .flatten()
                .map(|count| Data::Duration(Duration::of(count, *unit)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A little shorter and a little longer, so that a comparison still has an answer.
fn fine(span: Duration) -> Vec<Duration> {
    let Duration::Length { count, unit, .. } = span else {
        return Vec::new();
    };
    let (per, smaller) = match unit {
        Unit::Year => (12, Unit::Month),
        Unit::Month => (30, Unit::Day),
        Unit::Day => (24, Unit::Hour),
        _ => (60, Unit::Minute),
    };
    // A month has 28 to 31 days: 27 and 32 are surely less and more.
    let (less, more) = match unit {
        Unit::Month => (count * 28 - 1, count * 31 + 1),
        Unit::Minute => return vec![Duration::of(count + 1, unit)],
        _ => ((count * per).saturating_sub(1), count * per + 1),
    };
    vec![Duration::of(less, smaller), Duration::of(more, smaller)]
}

/// A list without each of its elements in turn.
pub(crate) fn without(value: &Data) -> Vec<(Data, Data)> {
    let Data::List(elements) = value else {
        return Vec::new();
    };
    let rest = |place: usize| {
        let others = elements
            .iter()
            .enumerate()
            .filter(move |(at, _)| *at != place);
        Data::list(others.map(|(_, element)| element.clone()))
    };
    elements
        .iter()
        .enumerate()
        .map(|(place, element)| (element.clone(), rest(place)))
        .collect()
}

/// A list with each element that it has not but another has.
pub(crate) fn with(value: &Data, universe: &[Data]) -> Vec<Data> {
    let Data::List(elements) = value else {
        return Vec::new();
    };
    let foreign = universe.iter().filter(|other| !elements.contains(other));
    foreign
        .map(|other| Data::list(elements.iter().cloned().chain([other.clone()])))
        .collect()
}
