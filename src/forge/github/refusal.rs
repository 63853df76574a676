//! What GitHub says when it does not do what was asked.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::connection::Answer;
use crate::forge::ErrorKind;

/// The longest part of a stranger's words that is kept.
const SAID: usize = 300;

/// The body of an answer that is an error.
#[derive(Deserialize)]
struct Said {
    message: String,
    #[serde(default)]
    errors: Vec<Value>,
}

/// Why an answer is none, and what was said; `None` for one that is.
pub(super) fn refused(answer: &Answer, now: Timestamp) -> Option<(ErrorKind, String)> {
    if (200..300).contains(&answer.status) {
        return None;
    }
    let said = said(&answer.body);
    let kind = match answer.status {
        401 => ErrorKind::Unauthorized,
        429 => ErrorKind::RateLimited(waiting_time(answer, now)),
        403 if is_about_the_rate(answer, &said) => {
            ErrorKind::RateLimited(waiting_time(answer, now))
        }
        // GitHub says so where comments follow each other too closely.
        422 if said.contains("submitted too quickly") => ErrorKind::RateLimited(None),
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        407 => ErrorKind::Proxy,
        400 | 409 | 413 | 422 => ErrorKind::Rejected,
        408 | 500..=599 => ErrorKind::Unreachable,
        _ => ErrorKind::Malformed,
    };
    Some((kind, said))
}

/// A 403 is about rights, unless it says that it is about the rate: by a header or in words.
fn is_about_the_rate(answer: &Answer, said: &str) -> bool {
    let header = |name: &str| {
        answer
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let said = said.to_ascii_lowercase();
    header("retry-after").is_some()
        || header("x-ratelimit-remaining") == Some("0")
        || said.contains("rate limit")
        || said.contains("abuse detection")
}

/// `Retry-After` in seconds, else the time until the limit is reset where nothing is left of it.
fn waiting_time(answer: &Answer, now: Timestamp) -> Option<Duration> {
    let number = |name: &str| -> Option<i64> {
        let value = answer.headers.get(name)?.to_str().ok()?;
        value.trim().parse().ok()
    };
    if let Some(seconds) = number("retry-after") {
        return Some(Duration::from_secs(seconds.max(0).unsigned_abs()));
    }
    if number("x-ratelimit-remaining") != Some(0) {
        return None;
    }
    let left = number("x-ratelimit-reset")?.saturating_sub(now.as_second());
    Some(Duration::from_secs(
        left.max(0).unsigned_abs().saturating_add(1),
    ))
}

/// The message and its details, cut between characters.
fn said(body: &[u8]) -> String {
    let Ok(said) = serde_json::from_slice::<Said>(body) else {
        return String::new();
    };
    let mut text = said.message;
    for error in &said.errors {
        let word = error.as_str().or_else(|| error.get("message")?.as_str());
        if let Some(word) = word {
            text.push_str("; ");
            text.push_str(word);
        }
    }
    let end = text
        .char_indices()
        .nth(SAID)
        .map_or(text.len(), |(at, _)| at);
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn kind(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &str,
    ) -> Option<ErrorKind> {
        let pairs = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        let headers: HeaderMap = pairs.collect();
        let body = body.as_bytes().to_vec();
        refused(
            &Answer {
                status,
                headers,
                body,
            },
            NOW,
        )
        .map(|(kind, _)| kind)
    }

    #[test]
    fn threat_27_a_refusal_is_never_an_empty_answer() {
        for status in (100..200).chain(300..600) {
            assert!(kind(status, &[], "[]").is_some(), "{status}");
        }
        assert_eq!(kind(200, &[], "[]"), None);
    }

    #[test]
    fn a_403_is_about_rights_unless_it_says_otherwise() {
        let limited = |seconds| Some(ErrorKind::RateLimited(seconds));
        let resource = r#"{"message":"Resource not accessible by integration"}"#;
        let secondary = r#"{"message":"You have exceeded a secondary rate limit."}"#;
        let reset = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "90")];
        assert_eq!(kind(403, &[], resource), Some(ErrorKind::Forbidden));
        assert_eq!(kind(403, &[], secondary), limited(None));
        assert_eq!(
            kind(403, &[("retry-after", "7")], "{}"),
            limited(Some(Duration::from_secs(7)))
        );
        assert_eq!(
            kind(403, &reset, ""),
            limited(Some(Duration::from_secs(91)))
        );
        assert_eq!(kind(429, &[], ""), limited(None));
    }

    #[test]
    fn hostile_headers_and_bodies_are_read_without_harm() {
        let far = [("retry-after", "-9223372036854775808")];
        assert_eq!(
            kind(429, &far, "\u{0}"),
            Some(ErrorKind::RateLimited(Some(Duration::ZERO)))
        );
        let odd = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "-9223372036854775808"),
        ];
        assert_eq!(
            kind(429, &odd, ""),
            Some(ErrorKind::RateLimited(Some(Duration::from_secs(1))))
        );
        assert!(said("{\"message\":\"".as_bytes()).is_empty());
        let long = format!(r#"{{"message":"{}"}}"#, "限".repeat(9_000));
        assert_eq!(said(long.as_bytes()).chars().count(), SAID);
    }
}
