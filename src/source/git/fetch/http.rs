//! Requests to the one host that a token was given for.

use std::io::{self, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::transport::Limited;
use super::{Access, Address, Credentials, FetchError, FetchLimits, Request, Response, Transport};

/// Where the references of a repository are told.
pub(super) const REFS: &str = "/info/refs?service=git-upload-pack";
/// Where everything else is asked.
const UPLOAD_PACK: &str = "/git-upload-pack";
/// Moves within a host that are followed: a renamed owner, a renamed repository, `.git` put behind.
const MAX_MOVES: usize = 3;

/// A repository of a forge, and who asks.
pub(super) struct Line<'l> {
    transport: &'l dyn Transport,
    pub(super) address: Address,
    credentials: Option<&'l Credentials>,
    pub(super) limits: FetchLimits,
}

impl<'l> Line<'l> {
    pub(super) fn new(address: &Address, access: &'l Access, limits: FetchLimits) -> Self {
        let credentials = access.credentials.as_ref();
        Self {
            transport: &*access.transport,
            address: address.clone(),
            credentials: credentials.filter(|own| address.is_at(&own.host)),
            limits,
        }
    }

    /// The host, to tell people of.
    pub(super) fn host(&self) -> String {
        self.address.host().to_owned()
    }

    /// Asks what the server speaks. Follows the repository where it has moved within its host, and
    /// stays there.
    pub(super) fn greet(&mut self) -> Result<impl Read + use<>, FetchError> {
        for _ in 0..=MAX_MOVES {
            let response = self.send(REFS, Vec::new(), None)?;
            if !is_redirection(response.status) {
                return self.body(response, self.limits.answer);
            }
            let location = response.location.as_deref();
            let moved = location.and_then(|location| self.address.moved(location, REFS));
            self.address = moved.ok_or_else(|| FetchError::Redirect { host: self.host() })?;
        }
        Err(FetchError::Redirect { host: self.host() })
    }

    /// Asks something; the answer is read up to `limit`.
    pub(super) fn ask(
        &self,
        question: Vec<u8>,
        limit: u64,
    ) -> Result<impl Read + use<>, FetchError> {
        let form = |what: &str| format!("application/x-git-upload-pack-{what}");
        let headers = vec![
            ("Content-Type", form("request")),
            ("Accept", form("result")),
        ];
        self.body(self.send(UPLOAD_PACK, headers, Some(question))?, limit)
    }

    /// A failure in the middle of an answer, in our words.
    pub(super) fn broken(&self, error: io::Error) -> FetchError {
        let host = self.host();
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                FetchError::Protocol { host }
            }
            io::ErrorKind::FileTooLarge => FetchError::TooLarge,
            _ => FetchError::Connection {
                host,
                source: Box::new(error),
            },
        }
    }

    fn send(
        &self,
        resource: &str,
        headers: Vec<(&'static str, String)>,
        body: Option<Vec<u8>>,
    ) -> Result<Response, FetchError> {
        let mut headers = headers;
        headers.push(("Git-Protocol", "version=2".to_owned()));
        headers.push(("User-Agent", super::session::AGENT.to_owned()));
        let request = Request {
            url: self.address.below(resource),
            headers,
            authorization: self.credentials.map(basic),
            body,
            time: self.limits.time,
        };
        let sent = self.transport.send(request);
        sent.map_err(|source| FetchError::Connection {
            host: self.host(),
            source,
        })
    }

    fn body(&self, response: Response, limit: u64) -> Result<impl Read + use<>, FetchError> {
        match response.status {
            200 => Ok(Limited::new(response.body, limit)),
            status if is_redirection(status) => Err(FetchError::Redirect { host: self.host() }),
            status => Err(FetchError::Status {
                host: self.host(),
                status,
            }),
        }
    }
}

fn is_redirection(status: u16) -> bool {
    (300..400).contains(&status)
}

fn basic(credentials: &Credentials) -> String {
    let Credentials { user, token, .. } = credentials;
    format!("Basic {}", STANDARD.encode(format!("{user}:{token}")))
}
