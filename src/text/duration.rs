//! Spans of time as plans and the law write them, compared only where the answer is certain.

use std::cmp::Ordering;

use super::Language;

/// The unit a figure is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `min`
    Minute,
    /// `h`, by the clock.
    Hour,
    /// `h` of a plan that does not say which hours it counts.
    UnclockedHour,
    /// `wh`, hours of work.
    WorkingHour,
    /// `d`
    Day,
    /// `mo`
    Month,
    /// `y`
    Year,
}

/// A span of time: an outage, a deadline, an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duration {
    /// 立即, 即時: shorter than any figure.
    Immediate,
    /// 定期, 適時, 視需要: no figure, so that no comparison has an answer.
    Unstated,
    /// A figure.
    Length {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
        /// Hours of a day of work, where the plan says (`conventions.hours_per_workday`).
        workday: Option<u32>,
    },
}

const MINUTES_OF_DAY: u64 = 24 * 60;

impl Duration {
    /// Reads `15min 8h 24wh 14d 3mo 2y` or one of 立即 即時 定期 適時 視需要.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "立即" | "即時" => return Some(Self::Immediate),
            "定期" | "適時" | "視需要" => return Some(Self::Unstated),
            _ => {}
        }
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, unit) = text.split_at(digits);
        let unit = match unit {
            "min" => Unit::Minute,
            "h" => Unit::Hour,
            "wh" => Unit::WorkingHour,
            "d" => Unit::Day,
            "mo" => Unit::Month,
            "y" => Unit::Year,
            _ => return None,
        };
        let length = Self::Length {
            count: count.parse().ok()?,
            unit,
            workday: None,
        };
        (digits <= 6).then_some(length)
    }

    /// Whether it says how long: 定期 does not.
    pub fn has_figure(self) -> bool {
        self != Self::Unstated
    }

    /// A figure of `count` of `unit`.
    pub fn of(count: u32, unit: Unit) -> Self {
        Self::Length {
            count,
            unit,
            workday: None,
        }
    }

    /// The same span in the plan whose `h` means `hour` and whose working day has `workday` hours.
    #[must_use]
    pub fn in_plan(self, hour: Unit, workday: Option<u32>) -> Self {
        match self {
            Self::Length {
                count,
                unit: Unit::Hour,
                ..
            } => Self::Length {
                count,
                unit: hour,
                workday,
            },
            Self::Length { count, unit, .. } => Self::Length {
                count,
                unit,
                workday,
            },
            other => other,
        }
    }

    /// Shorter, equal or longer; `None` where the words do not decide (`8h` of an unsaid clock
    /// against `8wh`, 定期 against anything, a month against 30 days).
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Unstated, _) | (_, Self::Unstated) => None,
            (Self::Immediate, Self::Immediate) => Some(Ordering::Equal),
            (Self::Immediate, _) => Some(Ordering::Less),
            (_, Self::Immediate) => Some(Ordering::Greater),
            (
                Self::Length {
                    count: a, unit: u, ..
                },
                Self::Length {
                    count: b, unit: v, ..
                },
            ) => {
                if u == v {
                    return Some(a.cmp(&b));
                }
                if let (Some(a), Some(b)) = (months(a, u), months(b, v)) {
                    return Some(a.cmp(&b));
                }
                self.compare_bounds(other)
            }
        }
    }

    fn compare_bounds(self, other: Self) -> Option<Ordering> {
        let ((a_low, a_high), (b_low, b_high)) = (self.minutes(), other.minutes());
        match () {
            () if a_high < b_low => Some(Ordering::Less),
            () if a_low > b_high => Some(Ordering::Greater),
            () if a_low == a_high && (a_low, a_high) == (b_low, b_high) => Some(Ordering::Equal),
            () => None,
        }
    }

    /// The least and the most minutes of the clock that the words may mean.
    fn minutes(self) -> (u64, u64) {
        let Self::Length {
            count,
            unit,
            workday,
        } = self
        else {
            return (0, 0);
        };
        if count == 0 {
            return (0, 0);
        }
        let count = u64::from(count);
        // Hours of work are over soonest where they begin in the morning: with a night between two days. How
        // many weekends and holidays lie between nobody knows, so that they have no longest time.
        let nights = workday.map_or(0, |hours| {
            let worked = u64::from(hours.clamp(1, 24));
            (count.div_ceil(worked) - 1) * (MINUTES_OF_DAY - worked * 60)
        });
        let working = count * 60 + nights;
        match unit {
            Unit::Minute => (count, count),
            Unit::Hour => (count * 60, count * 60),
            Unit::UnclockedHour => (count * 60, u64::MAX),
            Unit::WorkingHour => (working, u64::MAX),
            Unit::Day => (count * MINUTES_OF_DAY, count * MINUTES_OF_DAY),
            Unit::Month => (count * 28 * MINUTES_OF_DAY, count * 31 * MINUTES_OF_DAY),
            Unit::Year => (count * 365 * MINUTES_OF_DAY, count * 366 * MINUTES_OF_DAY),
        }
    }

    /// The span as a reader of `language` writes it.
    pub fn show(self, language: Language) -> String {
        let zh = language == Language::ZhTw;
        let (count, unit) = match self {
            Self::Immediate => return if zh { "立即" } else { "immediately" }.to_owned(),
            Self::Unstated => {
                return if zh {
                    "定期（未訂期限）"
                } else {
                    "an unstated interval"
                }
                .to_owned();
            }
            Self::Length { count, unit, .. } => (count, unit),
        };
        let (chinese, english) = match unit {
            Unit::Minute => ("分鐘", "minute"),
            Unit::Hour | Unit::UnclockedHour => ("小時", "hour"),
            Unit::WorkingHour => ("工作小時", "working hour"),
            Unit::Day => ("日", "day"),
            Unit::Month => ("個月", "month"),
            Unit::Year => ("年", "year"),
        };
        if zh {
            format!("{count} {chinese}")
        } else {
            format!("{count} {english}{}", if count == 1 { "" } else { "s" })
        }
    }
}

fn months(count: u32, unit: Unit) -> Option<u64> {
    match unit {
        Unit::Month => Some(u64::from(count)),
        Unit::Year => Some(u64::from(count) * 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Option<Ordering>) {
        let (a, b) = (Duration::parse(a).unwrap(), Duration::parse(b).unwrap());
        assert_eq!(a.compare(b), expected);
        assert_eq!(b.compare(a), expected.map(Ordering::reverse));
    }

    #[test]
    fn units_that_measure_the_same_thing_compare() {
        check("12mo", "1y", Some(Ordering::Equal));
        check("6mo", "1y", Some(Ordering::Less));
        check("90min", "1h", Some(Ordering::Greater));
        check("24h", "1d", Some(Ordering::Equal));
        check("3y", "2y", Some(Ordering::Greater));
    }

    #[test]
    fn what_the_words_do_not_decide_has_no_answer() {
        check("1mo", "30d", None);
        check("1mo", "27d", Some(Ordering::Greater));
        check("定期", "1y", None);
        check("立即", "1h", Some(Ordering::Less));
        check("24wh", "30h", None);
        check("0wh", "0min", Some(Ordering::Equal));
    }

    #[test]
    fn working_hours_take_at_least_days_where_the_plan_says_how_many_a_day_has() {
        let compare = |text: &str, workday: u32, other: &str| {
            let hours = Duration::parse(text).unwrap();
            let hours = hours.in_plan(Unit::Hour, Some(workday));
            hours.compare(Duration::parse(other).unwrap())
        };
        // From nine to five, and to five of the next day.
        assert_eq!(compare("16wh", 8, "31h"), Some(Ordering::Greater));
        assert_eq!(compare("16wh", 8, "32h"), None);
        assert_eq!(compare("8wh", 8, "8h"), None);
        assert_eq!(compare("9wh", 8, "24h"), Some(Ordering::Greater));
        assert_eq!(compare("72wh", 8, "72h"), Some(Ordering::Greater));
        assert_eq!(compare("72wh", 24, "72h"), None);
        assert_eq!(compare("24wh", 8, "3d"), None);
    }

    #[test]
    fn working_hours_are_never_surely_within_hours_of_the_clock() {
        for workday in [1, 8, 24, 99] {
            for limit in ["1h", "72h", "3d", "1y"] {
                let limit = Duration::parse(limit).unwrap();
                for hour in [Unit::WorkingHour, Unit::UnclockedHour] {
                    let hours = Duration::of(1, Unit::Hour).in_plan(hour, Some(workday));
                    let order = hours.compare(limit);
                    assert!(
                        matches!(order, None | Some(Ordering::Greater)),
                        "{workday} {limit:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn hours_of_an_unsaid_clock_compare_among_themselves() {
        let unsaid = Duration::parse("24h")
            .unwrap()
            .in_plan(Unit::UnclockedHour, None);
        assert_eq!(unsaid.compare(Duration::parse("24h").unwrap()), None);
        assert_eq!(unsaid.compare(unsaid), Some(Ordering::Equal));
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for text in ["", "h", "8", "8 h", "-1h", "1.5h", "99999999y", "每年"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }
}
