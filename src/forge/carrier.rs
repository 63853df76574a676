//! Requests that are no API's, carried over the same connection as those that are: Git's.

use std::error::Error as _;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderValue, LOCATION};
use reqwest::{Client, Method, redirect};
use tokio::runtime::{Builder, Runtime};

use super::github::{Limits, Proxy, Unusable, client};
use crate::source::git::fetch::{Request, Response, Transport, Unreached};

/// A way to any host.
pub struct Carrier {
    runtime: Arc<Runtime>,
    client: Client,
}

impl Carrier {
    /// Through a proxy, or straight.
    pub fn new(proxy: Option<&Proxy>) -> Result<Self, Unusable> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = Arc::new(runtime.map_err(|_| Unusable::Address)?);
        let entered = runtime.enter();
        let client = client(redirect::Policy::none(), proxy, &Limits::default())?;
        drop(entered);
        Ok(Self { runtime, client })
    }
}

impl Transport for Carrier {
    fn send(&self, request: Request) -> Result<Response, Unreached> {
        let method = match request.body {
            Some(_) => Method::POST,
            None => Method::GET,
        };
        let mut asked = self
            .client
            .request(method, request.url)
            .timeout(request.time);
        for (name, value) in request.headers {
            asked = asked.header(name, value);
        }
        if let Some(secret) = request.authorization {
            let mut secret = HeaderValue::try_from(secret)?;
            secret.set_sensitive(true);
            asked = asked.header(AUTHORIZATION, secret);
        }
        if let Some(body) = request.body {
            asked = asked.body(body);
        }
        // Its clock starts when it is sent, and needs the runtime for that.
        let answer = self.runtime.block_on(async { asked.send().await });
        let answer = answer.map_err(|error| root(&error))?;
        let location = answer.headers().get(LOCATION);
        let location = location.and_then(|location| location.to_str().ok());
        Ok(Response {
            status: answer.status().as_u16(),
            location: location.map(str::to_owned),
            body: Box::new(Rest {
                runtime: Arc::clone(&self.runtime),
                answer,
                piece: Cursor::default(),
            }),
        })
    }
}

impl fmt::Debug for Carrier {
    /// A proxy may have a password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Carrier(…)")
    }
}

/// The body of an answer, piece after piece.
struct Rest {
    runtime: Arc<Runtime>,
    answer: reqwest::Response,
    piece: Cursor<Vec<u8>>,
}

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match self.runtime.block_on(async { self.answer.chunk().await }) {
                Ok(Some(piece)) => self.piece = Cursor::new(piece.to_vec()),
                Ok(None) => return Ok(0),
                Err(error) => return Err(io::Error::other(root(&error))),
            }
        }
    }
}

/// The reason beneath the others, which only say in which part of a request it happened; no address.
fn root(error: &reqwest::Error) -> Unreached {
    if error.is_timeout() {
        return io::Error::from(io::ErrorKind::TimedOut).into();
    }
    let mut deepest = error.source();
    while let Some(deeper) = deepest.and_then(std::error::Error::source) {
        deepest = Some(deeper);
    }
    let told = deepest.map(ToString::to_string);
    told.unwrap_or_else(|| "no answer".to_owned()).into()
}
