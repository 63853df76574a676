//! Where a repository is, who we are there, and how patient we may be.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::source::git::fetch::Credentials;

/// What a connection needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of the REST API: `https://api.github.com`, or `https://HOST/api/v3` of an
    /// Enterprise Server; `GITHUB_API_URL` in a workflow.
    pub api: String,
    /// The address of the host for people and for Git: `https://github.com`; `GITHUB_SERVER_URL` in a
    /// workflow.
    pub server: String,
    /// The owner of the repository.
    pub owner: String,
    /// The name of the repository.
    pub name: String,
    /// Who we are.
    pub identity: Identity,
    /// Through which proxy, where through one.
    pub proxy: Option<Proxy>,
    /// How patient we may be.
    pub limits: Limits,
    /// The number of this run; runs at the same time wait for slightly different times.
    pub run: u64,
}

impl Settings {
    /// The host, with its port where one is written: where a token may go.
    pub(super) fn host(&self) -> &str {
        let host = self.server.split("://").nth(1).unwrap_or_default();
        host.split('/').next().unwrap_or_default()
    }

    /// What Git shows when it fetches: the same token, under the name that GitHub takes for any.
    pub(super) fn credentials(&self, token: &Secret) -> Credentials {
        Credentials {
            host: self.host().to_owned(),
            user: "x-access-token".to_owned(),
            token: token.reveal().to_owned(),
        }
    }

    /// The address under which GitHub commits what is done in a browser.
    pub(super) fn web_address(&self) -> Arc<str> {
        let name = self.host().split(':').next().unwrap_or_default();
        format!("noreply@{name}").into()
    }
}

/// Who we are.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Whoever a token was made for: a person, a machine user, an App, the workflow.
    Token(Secret),
    /// A GitHub App; its token is minted when we connect.
    App {
        /// The id of the App.
        id: u64,
        /// Its private key, as PEM.
        key: Secret,
        /// The id of its installation; that of the repository is looked up where it is not said.
        installation: Option<u64>,
    },
}

/// A proxy, and what goes past it.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Its address; may hold a user and a password.
    pub address: Secret,
    /// The hosts that are reached directly, as in `NO_PROXY`.
    pub except: String,
}

/// How patient we may be in one run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests, all together.
    pub requests: u32,
    /// Times that one request is sent at most.
    pub attempts: u32,
    /// The longest wait for one request, all its attempts together.
    pub wait: Duration,
    /// The distance between two writes.
    pub between_writes: Duration,
    /// The longest time for a connection to stand.
    pub connect: Duration,
    /// The longest time for an answer to come.
    pub answer: Duration,
    /// The longest answer, in bytes.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 300,
            attempts: 4,
            wait: Duration::from_mins(5),
            between_writes: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            bytes: 16 << 20,
        }
    }
}

/// What nobody may read: a token, a key, the password of a proxy.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes it in.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// A text in which it does not stand.
    pub(super) fn blotted(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

/// Settings that nobody could connect with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// The address is none, or would send the token in the clear.
    Address,
    /// The owner or the name is none.
    Repository,
    /// The token holds what no token holds.
    Token,
    /// The private key of the App cannot be read.
    Key,
    /// The address of the proxy is none.
    Proxy,
    /// The certificates of the system cannot be read.
    Certificates,
}

impl Settings {
    /// `/repos/OWNER/NAME`, under which all of a repository stands.
    pub(super) fn repository(&self) -> Result<String, Unusable> {
        let is_name = |name: &str| {
            let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            !name.is_empty() && !matches!(name, "." | "..") && name.bytes().all(is_allowed)
        };
        if !is_name(&self.owner) || !is_name(&self.name) {
            return Err(Unusable::Repository);
        }
        Ok(format!("/repos/{}/{}", self.owner, self.name))
    }

    /// The address without a slash at its end. Plain HTTP is for this machine alone.
    pub(super) fn rest(&self) -> Result<reqwest::Url, Unusable> {
        let trimmed = self.api.trim_end_matches('/');
        let address = reqwest::Url::parse(trimmed).map_err(|_| Unusable::Address)?;
        let is_safe = match address.scheme() {
            "https" => address.has_host(),
            "http" => matches!(
                address.host_str(),
                Some("127.0.0.1" | "[::1]" | "localhost")
            ),
            _ => false,
        };
        let is_plain = address.username().is_empty()
            && address.password().is_none()
            && address.query().is_none()
            && address.fragment().is_none();
        if is_safe && is_plain {
            Ok(address)
        } else {
            Err(Unusable::Address)
        }
    }
}

/// The address below which `/graphql` stands: an Enterprise Server has REST under `/api/v3` and
/// GraphQL under `/api`.
pub(super) fn above_graphql(rest: &reqwest::Url) -> String {
    let text = rest.as_str().trim_end_matches('/');
    text.strip_suffix("/v3").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(api: &str) -> Settings {
        Settings {
            api: api.to_owned(),
            server: "https://github.com".to_owned(),
            owner: "jia".to_owned(),
            name: "plans".to_owned(),
            identity: Identity::Token(Secret::new("ghp_abc")),
            proxy: None,
            limits: Limits::default(),
            run: 1,
        }
    }

    #[test]
    fn threat_28_no_token_goes_in_the_clear_or_to_an_address_with_a_user() {
        let refused = [
            "http://github.example.gov.tw/api/v3",
            "https://api.github.com@evil.example",
            "https://api.github.com?x=1",
            "ftp://api.github.com",
            "https://",
            "",
        ];
        for api in refused {
            assert_eq!(settings(api).rest(), Err(Unusable::Address), "{api}");
        }
        for api in ["https://api.github.com", "https://ghes.example/api/v3/"] {
            assert!(settings(api).rest().is_ok(), "{api}");
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_repository() {
        let mut settings = settings("https://api.github.com");
        for name in ["", "..", "a/b", "a?b", "計畫", "a%2f"] {
            settings.name = name.to_owned();
            assert_eq!(settings.repository(), Err(Unusable::Repository), "{name}");
        }
    }

    #[test]
    fn graphql_of_an_enterprise_server_stands_beside_its_rest() {
        let above = |api: &str| above_graphql(&settings(api).rest().expect("an address"));
        assert_eq!(above("https://api.github.com"), "https://api.github.com");
        assert_eq!(
            above("https://ghes.example/api/v3/"),
            "https://ghes.example/api"
        );
    }

    #[test]
    fn threat_29_settings_show_no_secret() {
        let shown = format!("{:?}", settings("https://api.github.com"));
        assert!(!shown.contains("ghp_abc"), "{shown}");
    }
}
