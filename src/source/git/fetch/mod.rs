//! Commits that a forge has → the same commits in a bare repository of our own.
//!
//! In: the address of a repository and the names or ids of the commits that are wanted. Out: these
//! commits with their whole history, as objects and nothing else. Speaks Git's protocol, version 2,
//! over HTTPS, or reads another repository of this machine. Does not know what the commits are for.
//!
//! Invariants: nothing is checked out, no hook, filter, submodule, credential helper or `git` program
//! is run, no configuration of the user is read for it; a token goes to the host it was given for,
//! over TLS, and is printed nowhere; no answer is read beyond its limit.

mod address;
mod error;
mod http;
mod local;
mod packet;
mod session;
mod store;
mod transport;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::ObjectId;

pub use address::Address;
pub use error::FetchError;
pub use store::Store;
pub use transport::{Request, Response, Transport, Unreached};

/// Where objects come from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A repository of a forge.
    Forge {
        /// Its address.
        address: Address,
        /// Who asks, and the way there.
        access: Access,
    },
    /// A repository of this machine.
    Local(PathBuf),
}

/// Who asks a forge, and the way there.
#[derive(Debug, Clone)]
pub struct Access {
    /// Who asks; `None` for a public repository.
    pub credentials: Option<Credentials>,
    /// What carries the requests.
    pub transport: Arc<dyn Transport>,
}

/// Who asks: for GitHub `x-access-token` and a token.
#[derive(Clone)]
pub struct Credentials {
    /// The host, and the port where one is written, that may see the token. No other is sent it.
    pub host: String,
    /// The name of the account.
    pub user: String,
    /// The token.
    pub token: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials(…)")
    }
}

/// A commit that is wanted, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// The reference of the origin, whole: `refs/heads/main`, `refs/pull/7/head`. The store keeps
    /// the commit under `refs/plangate/` and the rest of this name.
    pub reference: String,
    /// The very commit. The reference may have moved since somebody was told of it; without this,
    /// whatever it stands at now is taken.
    pub commit: Option<ObjectId>,
}

/// Up to where an answer is read. A plan of 40 KB through fifty editions is half a megabyte.
#[derive(Debug, Clone, Copy)]
pub struct FetchLimits {
    /// Bytes of the pack that is sent.
    pub pack: u64,
    /// Objects in it.
    pub objects: usize,
    /// Bytes of any other answer.
    pub answer: u64,
    /// From the first byte of a request to the last of its answer.
    pub time: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            pack: 1 << 30,
            objects: 5_000_000,
            answer: 16 << 20,
            time: Duration::from_mins(10),
        }
    }
}
