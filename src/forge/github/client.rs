//! A question → its answer, asked again where asking again can do no harm.
//!
//! Knows how GitHub says that it wants to be left alone, and nothing of what is asked. Invariants: a
//! POST whose answer got lost is never sent again from here, for it may have been heard; a refusal
//! for asking too much is no answer, whatever the method; no run asks more often than its budget.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::connection::{Answer, Connection, Method};
use super::refusal::refused;
use super::settings::Limits;
use crate::forge::pace::Pace;
use crate::forge::{Error, ErrorKind};

/// More pages than any list of a pull request has.
const PAGES: usize = 100;
/// GitHub asks for a minute where it names no time.
const A_MINUTE: Duration = Duration::from_mins(1);

/// Asks.
pub(super) struct Client {
    connection: Connection,
    pace: Box<dyn Pace>,
    limits: Limits,
    asked: u32,
    last_write: Option<Timestamp>,
    seed: u64,
}

/// What is asked.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    pub(super) route: &'a str,
    pub(super) body: Option<&'a Value>,
}

impl<'a> Ask<'a> {
    pub(super) fn get(route: &'a str) -> Self {
        Self {
            method: Method::Get,
            route,
            body: None,
        }
    }

    pub(super) fn send(method: Method, route: &'a str, body: &'a Value) -> Self {
        Self {
            method,
            route,
            body: Some(body),
        }
    }

    /// What is asked, in the words of an error; the words of GraphQL would only be long.
    fn told(&self) -> String {
        let verb = match self.method {
            Method::Get => "GET",
            Method::Post | Method::Graph => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        format!("{verb} {}", self.route)
    }

    /// Whether asking twice does no more than asking once. Our GraphQL reads, folds and unfolds.
    fn is_repeatable(&self) -> bool {
        self.method != Method::Post
    }

    /// The words of an answer.
    pub(super) fn decode<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        let decoded = serde_json::from_slice(&answer.body);
        decoded.map_err(|_| self.error(ErrorKind::Malformed, String::new()))
    }

    fn error(&self, kind: ErrorKind, said: String) -> Error {
        Error {
            kind,
            asked: self.told(),
            said,
        }
    }
}

impl Client {
    pub(super) fn new(
        connection: Connection,
        pace: Box<dyn Pace>,
        limits: Limits,
        run: u64,
    ) -> Self {
        Self {
            connection,
            pace,
            limits,
            asked: 0,
            last_write: None,
            seed: run,
        }
    }

    /// Goes on under another token, within the same budget.
    pub(super) fn under(self, connection: Connection) -> Self {
        Self { connection, ..self }
    }

    /// One thing.
    pub(super) fn read<T: DeserializeOwned>(&mut self, route: &str) -> Result<T, Error> {
        let ask = Ask::get(route);
        let answer = self.ask(&ask)?;
        ask.decode(&answer)
    }

    /// A list, to its end.
    pub(super) fn list<T: DeserializeOwned>(&mut self, route: &str) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let joint = if route.contains('?') { '&' } else { '?' };
        let mut next = Some(format!("{route}{joint}per_page=100"));
        for _ in 0..PAGES {
            let Some(route) = next.take() else {
                return Ok(all);
            };
            let ask = Ask::get(&route);
            let answer = self.ask(&ask)?;
            let page: Vec<T> = ask.decode(&answer)?;
            all.extend(page);
            let malformed = |said| ask.error(ErrorKind::Malformed, said);
            next = match next_page(&answer.headers).map_err(malformed)? {
                None => None,
                Some(address) => match self.connection.route_of(&address) {
                    Some(route) => Some(route.to_owned()),
                    None => return Err(malformed(address)),
                },
            };
        }
        Err(Ask::get(route).error(ErrorKind::Truncated, String::new()))
    }

    /// A write.
    pub(super) fn tell(
        &mut self,
        method: Method,
        route: &str,
        body: &Value,
    ) -> Result<Answer, Error> {
        self.ask(&Ask::send(method, route, body))
    }

    pub(super) fn ask(&mut self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let mut waited = Duration::ZERO;
        let mut attempt = 1;
        loop {
            let error = match self.once(ask)? {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let pause = self.pause(ask, &error, attempt);
            let Some(pause) = pause.filter(|pause| waited + *pause <= self.limits.wait) else {
                return Err(error);
            };
            self.pace.wait(pause);
            waited += pause;
            attempt += 1;
        }
    }

    /// Sends once; the outer error is that of a budget that is spent.
    fn once(&mut self, ask: &Ask<'_>) -> Result<Result<Answer, Error>, Error> {
        if self.asked >= self.limits.requests {
            return Err(ask.error(ErrorKind::BudgetSpent, String::new()));
        }
        self.asked += 1;
        if ask.method != Method::Get {
            self.keep_distance();
        }
        let sent = self.connection.exchange(ask.method, ask.route, ask.body);
        if ask.method != Method::Get {
            self.last_write = Some(self.pace.now());
        }
        Ok(match sent {
            Err(lost) => Err(ask.error(lost.kind(), String::new())),
            Ok(answer) => match refused(&answer, self.pace.now()) {
                None => Ok(answer),
                Some((kind, said)) => Err(ask.error(kind, self.connection.blotted(&said))),
            },
        })
    }

    /// Writes come one after another, and never in bursts.
    fn keep_distance(&mut self) {
        let Some(last) = self.last_write else {
            return;
        };
        let passed = self.pace.now().duration_since(last);
        let passed = Duration::try_from(passed).unwrap_or(Duration::ZERO);
        if let Some(left) = self.limits.between_writes.checked_sub(passed) {
            self.pace.wait(left);
        }
    }

    /// How long to wait before asking again; `None` where asking again is of no use, or may do harm.
    fn pause(&mut self, ask: &Ask<'_>, error: &Error, attempt: u32) -> Option<Duration> {
        if attempt >= self.limits.attempts {
            return None;
        }
        let doubled = 1_u32 << (attempt - 1).min(16);
        let pause = match error.kind {
            ErrorKind::RateLimited(said) => said.unwrap_or(A_MINUTE * doubled),
            ErrorKind::Unreachable if ask.is_repeatable() => Duration::from_secs(1) * doubled,
            _ => return None,
        };
        // A forge may name any number; what nobody waits for is not reckoned with.
        (pause <= self.limits.wait).then(|| pause + self.jitter(pause))
    }

    /// Up to a quarter more, other for each run, so that runs that were refused together do not come
    /// back together.
    fn jitter(&mut self, pause: Duration) -> Duration {
        let step = self.seed.wrapping_add(u64::from(self.asked));
        let mixed = step.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
        let share = u32::try_from(mixed).unwrap_or(0);
        pause / 4 * share / 256
    }
}

/// The address after `rel="next"` of a `Link` header (RFC 8288). One that cannot be read is told: the
/// list would end there, and seem whole.
fn next_page(headers: &HeaderMap) -> Result<Option<String>, String> {
    let Some(header) = headers.get("link") else {
        return Ok(None);
    };
    let unread = || String::from_utf8_lossy(header.as_bytes()).into_owned();
    let link = header.to_str().map_err(|_| unread())?;
    let mut links = link.split('<');
    if links.next().is_none_or(|before| !before.trim().is_empty()) {
        return Err(unread());
    }
    let mut next = None;
    for link in links {
        let (address, parameters) = link.split_once('>').ok_or_else(unread)?;
        let mut parameters = parameters.split([';', ',']).map(str::trim);
        if parameters.any(|parameter| matches!(parameter, r#"rel="next""# | "rel=next")) {
            next = Some(address.to_owned());
        }
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderValue, LINK};

    use super::*;

    #[test]
    fn the_next_page_is_read_or_told_and_never_taken_for_the_last() {
        let next = |link: &[u8]| {
            let value = HeaderValue::from_bytes(link).expect("a header");
            next_page(&HeaderMap::from_iter([(LINK, value)]))
        };
        let page = |number| Ok(Some(format!("https://api.example/x?page={number}")));
        let first = br#"<https://api.example/x?page=2>; rel="next", <https://api.example/x?page=9>; rel="last""#;
        assert_eq!(next(first), page("2"));
        assert_eq!(
            next(b"<https://api.example/x?page=1,3>; rel=next"),
            page("1,3")
        );
        assert_eq!(
            next(br#"<https://api.example/x?page=1>; rel="first""#),
            Ok(None)
        );
        assert_eq!(next_page(&HeaderMap::new()), Ok(None));
        let unread = |link| assert!(next(link).is_err(), "{}", link.escape_ascii());
        unread(b"\xff<https://api.example/x?page=2>; rel=next");
        unread(b"https://api.example/x?page=2; rel=next");
        unread(b"<https://api.example/x?page=2; rel=next");
    }
}
