//! GitHub and GitHub Enterprise Server behind [`Forge`].
//!
//! In: [`Settings`] and a [`Pace`]. Out: the words of `review`. Knows nothing of plans. octocrab
//! carries each request to the configured host; what is asked, what is read out of an answer, and
//! when to ask again, is ours. Invariants: a list is read to its end or is an error; a POST is never
//! sent twice from here; writes keep their distance; no secret is shown.

mod app;
mod client;
mod comments;
mod connection;
mod discussion;
pub mod event;
mod folding;
mod graph;
mod protecting;
mod reads;
mod refusal;
mod reviews;
mod running;
mod settings;
mod wire;
mod writing;

pub(super) use connection::client;
pub use settings::{Identity, Limits, Proxy, Secret, Settings, Unusable};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use self::app::Key;
use self::client::Client;
use self::connection::Connection;
use self::protecting::Apps;
use super::pace::Pace;
use super::{Capabilities, Error, Forge, Listed, Proposal, Seen, Signed, ToSet};
use crate::review::health::{Protection, Required, Running};
use crate::review::writes::{Own, Posted, PostedKind, Write};
use crate::review::{Account, CommitId, Review};
use crate::source::git::fetch::Credentials;

/// The longest comment that GitHub takes has 65,536 characters; how it counts beyond the basic
/// plane it does not say, so bytes are counted, and some are left for what it adds.
const TEXT: usize = 65_000;

/// GraphQL's ids of comments.
type Nodes = BTreeMap<(PostedKind, u64), String>;

/// Through which App a comment of the conversation was written, as far as that was asked for.
type Through = BTreeMap<u64, Option<u64>>;

/// A repository at GitHub.
pub struct GitHub {
    client: Client,
    repository: String,
    /// Its owner and its name.
    name: (String, String),
    /// Who we are, once we have asked.
    account: Option<u64>,
    web_address: Arc<str>,
    credentials: Credentials,
    nodes: Nodes,
    through: Through,
    /// The pull request that was read last.
    latest: Option<Proposal>,
    /// The reviews of a pull request that came with its comments, until they are asked for.
    reviews: Option<(u64, Vec<Review>)>,
    /// What is known of the Apps whose statuses may be asked for.
    apps: Apps,
    /// The statuses that branches ask for, as they were read.
    required: BTreeMap<String, Option<Vec<Required>>>,
}

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotConnected {
    /// The settings are of no use.
    Unusable(Unusable),
    /// GitHub gave the App no token.
    Refused(Error),
}

impl GitHub {
    /// Makes ready. Nothing is asked yet, but for a token where we are an App.
    pub fn connect(settings: &Settings, pace: Box<dyn Pace>) -> Result<Self, NotConnected> {
        let repository = settings.repository()?;
        let rest = settings.rest()?;
        let open = |token: Secret| {
            Connection::open(&rest, token, settings.proxy.as_ref(), &settings.limits)
        };
        let begin = |connection, pace| Client::new(connection, pace, settings.limits, settings.run);
        let (client, token) = match &settings.identity {
            Identity::Token(token) => (begin(open(token.clone())?, pace), token.clone()),
            Identity::App {
                id,
                key,
                installation,
            } => {
                let named = Key::read(key)?.token(*id, pace.now())?;
                let mut client = begin(open(named)?, pace);
                let token = app::mint(&mut client, &repository, &settings.name, *installation)?;
                (client.under(open(token.clone())?), token)
            }
        };
        Ok(Self {
            client,
            repository,
            name: (settings.owner.clone(), settings.name.clone()),
            account: None,
            web_address: settings.web_address(),
            credentials: settings.credentials(&token),
            nodes: Nodes::new(),
            through: Through::new(),
            latest: None,
            reviews: None,
            apps: Apps::of(settings),
            required: BTreeMap::new(),
        })
    }
}

impl Forge for GitHub {
    fn own(&mut self) -> Result<Own, Error> {
        let account = match self.account {
            Some(account) => account,
            None => self.viewer()?,
        };
        self.account = Some(account);
        Ok(Own { account, app: None })
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lines: true,
            files: true,
            suggestions: true,
            folding: true,
            text: TEXT,
        }
    }

    fn web_address(&self) -> Arc<str> {
        Arc::clone(&self.web_address)
    }

    fn credentials(&self) -> Option<Credentials> {
        Some(self.credentials.clone())
    }

    fn pushers(&mut self, number: u64) -> Result<Vec<Account>, Error> {
        self.read_pushers(number)
    }

    fn pull_request(&mut self, number: u64) -> Result<Proposal, Error> {
        self.read_pull_request(number)
    }

    fn open_pull_requests(&mut self) -> Result<Vec<Listed>, Error> {
        self.read_open()
    }

    fn reviews(&mut self, number: u64) -> Result<Vec<Review>, Error> {
        self.read_reviews(number)
    }

    fn signatures(&mut self, number: u64) -> Result<Vec<Signed>, Error> {
        self.read_signatures(number)
    }

    fn comments(&mut self, number: u64) -> Result<Vec<Posted>, Error> {
        self.read_comments(number)
    }

    fn statuses(&mut self, commit: &CommitId) -> Result<Vec<Seen>, Error> {
        self.read_statuses(commit)
    }

    fn set_status(&mut self, commit: &CommitId, status: &ToSet) -> Result<(), Error> {
        self.post_status(commit, status)
    }

    fn write(&mut self, number: u64, head: &CommitId, write: &Write) -> Result<(), Error> {
        self.carry(number, head, write)
    }

    fn request_reviews(&mut self, number: u64, logins: &[Arc<str>]) -> Result<(), Error> {
        self.ask_for_reviews(number, logins)
    }

    fn protection(&mut self, branch: &str) -> Result<Option<Protection>, Error> {
        self.read_protection(branch)
    }

    fn required(
        &mut self,
        branch: &str,
        contexts: &[String],
    ) -> Result<Option<Vec<Required>>, Error> {
        self.read_required(branch, contexts)
    }

    fn running(&mut self, environment: &str) -> Result<Running, Error> {
        self.read_running(environment)
    }

    fn label(&mut self, number: u64, add: &[&str], remove: &[&str]) -> Result<(), Error> {
        self.change_labels(number, add, remove)
    }
}

impl From<Unusable> for NotConnected {
    fn from(unusable: Unusable) -> Self {
        Self::Unusable(unusable)
    }
}

impl From<Error> for NotConnected {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl fmt::Debug for GitHub {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("GitHub")
            .field("repository", &self.repository)
            .finish_non_exhaustive()
    }
}
