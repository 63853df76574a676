//! What a value that is not of the right form was meant to be.

use unicode_normalization::UnicodeNormalization;

use crate::text::{DateRange, Duration};

/// Half and full width alike, without blanks.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// 「每年」 is `1y`, 「二年一次」 `2y`, 「8 小時」 `8h`, `2 years` `2y`.
pub(super) fn duration(text: &str) -> Option<String> {
    const UNITS: [(&str, &[&str]); 7] = [
        (
            "wh",
            &[
                "wh",
                "個工作小時",
                "工作小時",
                "workinghours",
                "workinghour",
            ],
        ),
        (
            "h",
            &["h", "hr", "hrs", "hour", "hours", "個小時", "小時", "時"],
        ),
        ("min", &["min", "mins", "minute", "minutes", "分鐘", "分"]),
        ("d", &["d", "day", "days", "日", "天", "日曆天"]),
        ("mo", &["mo", "month", "months", "個月", "月"]),
        ("y", &["y", "yr", "year", "years", "年"]),
        ("d", &["工作天", "工作日"]),
    ];
    let text = plain(text).to_lowercase();
    let text = ["至少", "最少", "每"]
        .iter()
        .fold(text.as_str(), |text, word| {
            text.strip_prefix(word).unwrap_or(text)
        });
    let text = text
        .strip_suffix("一次")
        .or(text.strip_suffix("1次"))
        .unwrap_or(text);
    match text {
        "半年" | "年二次" | "年2次" => return Some("6mo".to_owned()),
        "季" => return Some("3mo".to_owned()),
        _ => {}
    }
    let (count, unit) = count(text);
    // Days of work are no days; what they are in hours only the plan knows.
    let (unit, _) = UNITS[..6].iter().find(|(_, names)| names.contains(&unit))?;
    Some(format!("{count}{unit}")).filter(|written| Duration::parse(written).is_some())
}

const NUMERALS: &str = "一二三四五六七八九十";

/// The number that a text begins with, 1 where there is none, and the rest.
fn count(text: &str) -> (u32, &str) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if let Ok(count) = text[..digits].parse() {
        return (count, &text[digits..]);
    }
    let numeral = text
        .chars()
        .next()
        .map(|first| if first == '兩' { '二' } else { first });
    let value = numeral.and_then(|first| NUMERALS.chars().position(|numeral| numeral == first));
    match (value, text.chars().next()) {
        (Some(value), Some(first)) => (
            u32::try_from(value + 1).unwrap_or(1),
            &text[first.len_utf8()..],
        ),
        _ => (1, text),
    }
}

/// The same date in half-width digits.
pub(super) fn date(text: &str) -> Option<String> {
    let plain = plain(text);
    (plain != text && DateRange::parse(&plain).is_some()).then_some(plain)
}

/// 「3 人」 and `"3"` are 3, 「三人」 is 3; two figures are none.
pub(super) fn whole_number(text: &str) -> Option<String> {
    let text = plain(text);
    let (count, rest) = count(&text);
    let said = rest.len() < text.len();
    let one = !rest.contains(|c: char| c.is_numeric() || matches!(c, '.' | '-' | '~' | '～'));
    (said && one && rest.chars().count() <= 2).then(|| count.to_string())
}

/// 「75%」 and `"75"` are 75.
pub(super) fn number(text: &str) -> Option<String> {
    let text = plain(text);
    let text = text.trim_end_matches('%');
    let digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (digits && text.parse::<f64>().is_ok()).then(|| text.to_owned())
}

/// 「是」, `yes` and `on` are true.
pub(super) fn truth_value(text: &str) -> Option<&'static str> {
    match plain(text).to_lowercase().as_str() {
        "是" | "有" | "應" | "yes" | "y" | "on" | "true" => Some("true"),
        "否" | "無" | "不" | "no" | "n" | "off" | "false" => Some("false"),
        _ => None,
    }
}

/// The same letters as an id: lower case, words joined by `-`.
pub(super) fn id(text: &str) -> Option<String> {
    let text = plain(text).to_lowercase().replace(['_', '.', '/'], "-");
    let right = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (right && text.starts_with(|first: char| first.is_ascii_lowercase())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_officers_write_them() {
        for (text, expected) in [
            ("每年", "1y"),
            ("每年至少一次", ""),
            ("每年一次", "1y"),
            ("二年一次", "2y"),
            ("每半年", "6mo"),
            ("每年二次", "6mo"),
            ("每季", "3mo"),
            ("8 小時", "8h"),
            ("８小時", "8h"),
            ("24工作小時", "24wh"),
            ("3 個月", "3mo"),
            ("2 years", "2y"),
            ("14 天", "14d"),
            ("5工作天", ""),
            ("八", ""),
            ("99999999年", ""),
        ] {
            assert_eq!(duration(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_lose_their_unit() {
        assert_eq!(whole_number("3 人").as_deref(), Some("3"));
        assert_eq!(whole_number("三人").as_deref(), Some("3"));
        assert_eq!(whole_number("3").as_deref(), Some("3"));
        assert_eq!(whole_number("3-5"), None);
        assert_eq!(whole_number("1.5"), None);
        assert_eq!(whole_number("若干"), None);
        assert_eq!(number("75%").as_deref(), Some("75"));
        assert_eq!(number("多數"), None);
    }

    #[test]
    fn ids_keep_their_letters() {
        assert_eq!(id("Civil_Affairs").as_deref(), Some("civil-affairs"));
        assert_eq!(id("民政局"), None);
        assert_eq!(id("1a"), None);
    }

    #[test]
    fn dates_become_half_width() {
        assert_eq!(date("１１１年４月２７日").as_deref(), Some("111年4月27日"));
        assert_eq!(date("111年4月27日"), None);
        assert_eq!(date("不詳"), None);
    }
}
