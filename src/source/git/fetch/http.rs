//! Requests to the one host that a token was given for.

use std::io::{self, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ureq::http::header::{AUTHORIZATION, HeaderValue, LOCATION};
use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody, Body};

use super::{Access, Address, Credentials, FetchError, FetchLimits};

/// Where the references of a repository are told.
pub(super) const REFS: &str = "/info/refs?service=git-upload-pack";
/// Where everything else is asked.
const UPLOAD_PACK: &str = "/git-upload-pack";
/// Moves within a host that are followed: a renamed owner, a renamed repository, `.git` put behind.
const MAX_MOVES: usize = 3;

/// A repository of a forge, and who asks.
pub(super) struct Line<'l> {
    agent: Agent,
    pub(super) address: Address,
    credentials: Option<&'l Credentials>,
    pub(super) limits: FetchLimits,
}

impl<'l> Line<'l> {
    pub(super) fn new(address: &Address, access: &'l Access, limits: FetchLimits) -> Self {
        let credentials = access.credentials.as_ref();
        Self {
            agent: access.network.agent(limits),
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
            let request = self.request("GET", REFS).body(());
            let response = self.send(request)?;
            if !response.status().is_redirection() {
                return self.body(response, self.limits.answer);
            }
            let location = response.headers().get(LOCATION);
            let moved = location
                .and_then(|location| location.to_str().ok())
                .and_then(|location| self.address.moved(location, REFS));
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
        let request = self
            .request("POST", UPLOAD_PACK)
            .header("Content-Type", "application/x-git-upload-pack-request")
            .header("Accept", "application/x-git-upload-pack-result")
            .body(question);
        self.body(self.send(request)?, limit)
    }

    /// A failure in the middle of an answer, in our words.
    pub(super) fn broken(&self, error: io::Error) -> FetchError {
        let host = self.host();
        if matches!(
            error.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
        ) {
            return FetchError::Protocol { host };
        }
        match ureq::Error::from(error) {
            ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge,
            source => FetchError::Connection {
                host,
                source: Box::new(source),
            },
        }
    }

    fn request(&self, method: &str, resource: &str) -> ureq::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(self.address.below(resource))
            .header("Git-Protocol", "version=2");
        match self.credentials {
            Some(credentials) => request.header(AUTHORIZATION, basic(credentials)),
            None => request,
        }
    }

    fn send(
        &self,
        request: Result<Request<impl AsSendBody>, ureq::http::Error>,
    ) -> Result<Response<Body>, FetchError> {
        let answer = request
            .map_err(ureq::Error::from)
            .and_then(|request| self.agent.run(request));
        answer.map_err(|source| FetchError::Connection {
            host: self.host(),
            source: Box::new(source),
        })
    }

    fn body(&self, response: Response<Body>, limit: u64) -> Result<impl Read + use<>, FetchError> {
        let status = response.status();
        if status != ureq::http::StatusCode::OK {
            let host = self.host();
            return Err(if status.is_redirection() {
                FetchError::Redirect { host }
            } else {
                FetchError::Status {
                    host,
                    status: status.as_u16(),
                }
            });
        }
        let body = response.into_body().into_with_config();
        Ok(body.limit(limit).reader())
    }
}

/// Marked as secret, so that no log of the client shows it.
fn basic(credentials: &Credentials) -> HeaderValue {
    let Credentials { user, token, .. } = credentials;
    let pair = STANDARD.encode(format!("{user}:{token}"));
    let mut value = HeaderValue::try_from(format!("Basic {pair}"))
        .expect("internal: base64 has only characters that a header takes");
    value.set_sensitive(true);
    value
}
