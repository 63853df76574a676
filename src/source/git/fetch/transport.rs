//! What carries requests: handed in, so that nothing here knows of proxies and certificates.

use std::error::Error;
use std::fmt::Debug;
use std::io::{self, Read};
use std::time::Duration;

/// The way to a host, over TLS but on this machine. It follows no redirect, sends nothing twice, and
/// shows no header.
pub trait Transport: Debug {
    /// Sends, and comes back with the head of the answer.
    fn send(&self, request: Request) -> Result<Response, Unreached>;
}

/// What is asked.
pub struct Request {
    /// The whole address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The value of `Authorization`.
    pub authorization: Option<String>,
    /// What is posted; without it, it is read.
    pub body: Option<Vec<u8>>,
    /// From the first byte of the request to the last of its answer.
    pub time: Duration,
}

/// What comes back.
pub struct Response {
    /// The status.
    pub status: u16,
    /// Where it is sent to.
    pub location: Option<String>,
    /// The rest, as it comes. A connection that breaks is an error, and so is an end too early.
    pub body: Box<dyn Read>,
}

/// Why a host was not reached.
pub type Unreached = Box<dyn Error + Send + Sync>;

/// An answer up to a limit, beyond which it is an error and not an end.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R> Limited<R> {
    pub(super) fn new(inner: R, limit: u64) -> Self {
        Self { inner, left: limit }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let length = u64::try_from(read).unwrap_or(u64::MAX);
        match self.left.checked_sub(length) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_than_its_limit_is_an_error_and_no_end() {
        let read = |limit| {
            let mut out = Vec::new();
            let mut limited = Limited::new(&b"12345"[..], limit);
            limited.read_to_end(&mut out).map_err(|error| error.kind())
        };
        assert_eq!(read(5), Ok(5));
        assert_eq!(read(4), Err(io::ErrorKind::FileTooLarge));
    }
}
