//! Dates as plans write them: ISO 8601 or the ROC calendar, to the day, the month or the year.

use jiff::civil;

use super::Language;

/// A calendar day.
pub type Day = civil::Date;

/// The difference between a year of the common era and of the ROC calendar (民國).
const ROC_OFFSET: i16 = 1911;

/// The days that a written date may mean: one day, or a whole month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateRange {
    /// First day.
    pub first: Day,
    /// Last day, inclusive.
    pub last: Day,
}

impl DateRange {
    /// One day.
    pub fn day(day: Day) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    /// Reads a date: `2022-04-27`, `111-04-27`, `108.02.18`, `110/12/27`, `111年4月27日`,
    /// `中華民國110年8月23日`, `1110427`, `109年2月`, `109年`. A year below 1000 is of the ROC
    /// calendar. `None` if it is no date of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text
            .strip_prefix("中華民國")
            .or_else(|| text.strip_prefix("民國"))
            .unwrap_or(text);
        let parts = split(text.trim_start())?;
        let year = common_era(parts[0]?)?;
        match (parts[1], parts[2]) {
            (Some(month), Some(day)) => {
                Some(Self::day(Day::new(year, small(month)?, small(day)?).ok()?))
            }
            (Some(month), None) => {
                let first = Day::new(year, small(month)?, 1).ok()?;
                Some(Self {
                    first,
                    last: first.last_of_month(),
                })
            }
            (None, _) => {
                let first = Day::new(year, 1, 1).ok()?;
                Some(Self {
                    first,
                    last: first.last_of_year(),
                })
            }
        }
    }

    /// Whether it names one day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// The date as a reader of `language` writes it: 民國 in zh-TW, ISO in English.
    pub fn show(self, language: Language) -> String {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        let whole_year = month == 1 && self.last == self.first.last_of_year() && !self.is_day();
        match language {
            Language::ZhTw => {
                let year = format!("民國 {} 年", year - ROC_OFFSET);
                match () {
                    () if self.is_day() => format!("{year} {month} 月 {day} 日"),
                    () if whole_year => year,
                    () => format!("{year} {month} 月"),
                }
            }
            Language::En if self.is_day() => self.first.to_string(),
            Language::En if whole_year => year.to_string(),
            Language::En => format!("{year}-{month:02}"),
        }
    }
}

/// Reads an ISO day, as policies and the command line write it.
pub fn parse_day(text: &str) -> Option<Day> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Year, month and day as numbers; a part that is not written is `None`.
fn split(text: &str) -> Option<[Option<i16>; 3]> {
    if text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some([
            text[..3].parse().ok(),
            text[3..5].parse().ok(),
            text[5..].parse().ok(),
        ]);
    }
    if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = match rest.trim().split_once('月') {
            Some((month, rest)) => (Some(number(month)?), rest.trim()),
            None if rest.trim().is_empty() => (None, ""),
            None => return None,
        };
        let day = match rest.strip_suffix('日') {
            Some(day) => Some(number(day)?),
            None if rest.is_empty() => None,
            None => return None,
        };
        return Some([Some(number(year)?), month, day]);
    }
    let separator = ['-', '.', '/']
        .into_iter()
        .find(|&separator| text.contains(separator))?;
    let mut parts = text.split(separator);
    let (year, month) = (number(parts.next()?)?, number(parts.next()?)?);
    let day = parts
        .next()
        .map_or(Some(None), |day| number(day).map(Some))?;
    parts
        .next()
        .is_none()
        .then_some([Some(year), Some(month), day])
}

fn number(text: &str) -> Option<i16> {
    let text = text.trim();
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn common_era(year: i16) -> Option<i16> {
    match year {
        1..1000 => Some(year + ROC_OFFSET),
        1000.. => Some(year),
        _ => None,
    }
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, first: &str, last: &str) {
        let expected = DateRange {
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
        };
        assert_eq!(DateRange::parse(text), Some(expected), "{text}");
    }

    #[test]
    fn every_spelling_of_a_day_is_the_same_day() {
        for text in [
            "2022-04-27",
            "111-04-27",
            "111.04.27",
            "111/4/27",
            "111年4月27日",
            "1110427",
        ] {
            check(text, "2022-04-27", "2022-04-27");
        }
        check("中華民國110年8月23日", "2021-08-23", "2021-08-23");
        check("民國 110 年 8 月 23 日", "2021-08-23", "2021-08-23");
        check("109.11.2", "2020-11-02", "2020-11-02");
    }

    #[test]
    fn a_month_and_a_year_are_ranges() {
        check("108年8月", "2019-08-01", "2019-08-31");
        check("109-02", "2020-02-01", "2020-02-29");
        check("109年", "2020-01-01", "2020-12-31");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "111-02-30",
            "111年",
            "年",
            "abc",
            "1-2-3-4",
            "111-04-27T00:00",
            "98765-01-01",
        ] {
            assert_eq!(DateRange::parse(text).is_some(), text == "111年", "{text}");
        }
    }

    #[test]
    fn zh_tw_shows_the_roc_calendar() {
        let range = DateRange::parse("2022-04-27").unwrap();
        assert_eq!(range.show(Language::ZhTw), "民國 111 年 4 月 27 日");
        assert_eq!(range.show(Language::En), "2022-04-27");
        assert_eq!(
            DateRange::parse("108年8月").unwrap().show(Language::ZhTw),
            "民國 108 年 8 月"
        );
    }
}
