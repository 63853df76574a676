//! The formats of the plan schema: which spellings of a date, a duration, an edition are right.

use crate::text::{DateRange, Duration};

/// Whether a text is of a format.
pub(super) type Accepts = fn(&str) -> bool;

/// The formats by their names in the schema.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Accepts)> {
    let all: [(&str, Accepts); 4] = [
        ("plan-date", |text| DateRange::parse(text).is_some()),
        ("plan-duration", |text| Duration::parse(text).is_some()),
        ("plan-day-of-year", is_day_of_year),
        ("plan-edition", |text| !text.trim().is_empty()),
    ];
    all.into_iter()
}

/// `10-31`, `10月31日`, or a third of a month as offices write it: `11月中`, `3月底`, `1月上旬`.
fn is_day_of_year(text: &str) -> bool {
    if let Some((month, rest)) = text.split_once('月') {
        let day = match rest {
            "" | "初" | "中" | "底" | "上旬" | "中旬" | "下旬" => "1",
            day => day.strip_suffix('日').unwrap_or("0"),
        };
        return is_day(month, day);
    }
    text.split_once('-')
        .is_some_and(|(month, day)| is_day(month, day))
}

/// Whether a year has that day; 29 February counts.
fn is_day(month: &str, day: &str) -> bool {
    let short = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    short(month) && short(day) && DateRange::parse(&format!("2024-{month}-{day}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_year_is_one_of_the_calendar() {
        for text in [
            "10-31",
            "2-29",
            "11月中",
            "3月底",
            "1月上旬",
            "10月31日",
            "12月",
        ] {
            assert!(is_day_of_year(text), "{text}");
        }
        for text in [
            "",
            "10",
            "13-01",
            "2-30",
            "13月",
            "10月31",
            "10月32日",
            "年底",
            "10-31-1",
            "-",
        ] {
            assert!(!is_day_of_year(text), "{text}");
        }
    }

    #[test]
    fn an_edition_is_any_text() {
        let (_, accepts) = all().find(|(name, _)| *name == "plan-edition").unwrap();
        assert!(accepts("1.10") && accepts("第四版") && !accepts(" "));
    }
}
