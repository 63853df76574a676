//! One request → one answer. Knows no retry and no rule of GitHub; it alone knows octocrab.
//!
//! The token goes to the configured host and nowhere else: a redirect to another is not followed.

use std::error::Error;
use std::io;
use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use octocrab::service::middleware::auth_header::AuthHeaderLayer;
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::service::middleware::extra_headers::ExtraHeadersLayer;
use octocrab::service::middleware::reqwest_connector::ReqwestConnector;
use octocrab::{AuthState, Octocrab, OctocrabBuilder};
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::redirect;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::settings::{Limits, Proxy, Secret, Unusable, above_graphql};
use crate::forge::ErrorKind;

const AGENT: &str = concat!("plangate/", env!("CARGO_PKG_VERSION"));
const REDIRECTS: usize = 3;

/// A way to the host, under one token.
pub(super) struct Connection {
    runtime: Runtime,
    reads: Octocrab,
    writes: Octocrab,
    graphql: Octocrab,
    base: String,
    token: Secret,
    bytes: usize,
}

/// What HTTP can be asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Patch,
    Delete,
    /// A question or a change in GraphQL, which is always a POST.
    Graph,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Whether the host has heard us is not known.
    Silence,
    /// A proxy let nothing through.
    Proxy,
    /// Whoever answered has no certificate that this system trusts.
    Certificate,
}

impl Lost {
    /// By what lies beneath the errors of all the layers.
    fn because(error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            if is_about_certificate(error) {
                return Self::Certificate;
            }
            // The type of these is private to the crate that makes them; a test holds their words.
            if REFUSED_BY_PROXY.contains(&&*error.to_string()) {
                return Self::Proxy;
            }
            next = error.source();
        }
        Self::Silence
    }

    pub(super) fn kind(self) -> ErrorKind {
        match self {
            Self::Silence => ErrorKind::Unreachable,
            Self::Proxy => ErrorKind::Proxy,
            Self::Certificate => ErrorKind::Untrusted,
        }
    }
}

const REFUSED_BY_PROXY: [&str; 2] = [
    "tunnel error: proxy authorization required",
    "tunnel error: unsuccessful",
];

/// Each layer wraps the error of TLS in one of input and output once more.
fn is_about_certificate(error: &(dyn Error + 'static)) -> bool {
    let mut beneath = error;
    while let Some(wrapped) = beneath
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        beneath = wrapped;
    }
    let tls = beneath.downcast_ref::<rustls::Error>();
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}

impl Connection {
    pub(super) fn open(
        rest: &reqwest::Url,
        token: Secret,
        proxy: Option<&Proxy>,
        limits: &Limits,
    ) -> Result<Self, Unusable> {
        let is_token = |byte: u8| byte.is_ascii_graphic();
        if token.reveal().is_empty() || !token.reveal().bytes().all(is_token) {
            return Err(Unusable::Token);
        }
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| Unusable::Address)?;
        let base = rest.as_str().trim_end_matches('/').to_owned();
        let above_graphql = above_graphql(rest);
        let following = client(to_the_same_host(rest.clone()), proxy, limits)?;
        let steadfast = client(redirect::Policy::none(), proxy, limits)?;
        let entered = runtime.enter();
        let reads = octocrab(&base, &token, following)?;
        let writes = octocrab(&base, &token, steadfast.clone())?;
        let graphql = octocrab(&above_graphql, &token, steadfast)?;
        drop(entered);
        Ok(Self {
            runtime,
            reads,
            writes,
            graphql,
            base,
            token,
            bytes: limits.bytes,
        })
    }

    /// Sends once.
    pub(super) fn exchange(
        &self,
        method: Method,
        route: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Lost> {
        let sent = async {
            let response = match method {
                Method::Get => self.reads._get(route).await,
                Method::Post => self.writes._post(route, body).await,
                Method::Patch => self.writes._patch(route, body).await,
                Method::Delete => self.writes._delete(route, body).await,
                Method::Graph => self.graphql._post(route, body).await,
            };
            let response = response.map_err(|error| Lost::because(&error))?;
            let (parts, body) = response.into_parts();
            let read = Limited::new(body, self.bytes).collect().await;
            let body = read.map_err(|_| Lost::Silence)?.to_bytes().to_vec();
            Ok(Answer {
                status: parts.status.as_u16(),
                headers: parts.headers,
                body,
            })
        };
        self.runtime.block_on(sent)
    }

    /// The route of an address of this host; `None` for another host.
    pub(super) fn route_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        let route = address.strip_prefix(self.base.as_str())?;
        route.starts_with('/').then_some(route)
    }

    /// A text of the host without our token.
    pub(super) fn blotted(&self, text: &str) -> String {
        self.token.blotted(text)
    }
}

/// octocrab in layers of our choice: its ready-made ones would name octocrab as the agent, beside us.
fn octocrab(base: &str, token: &Secret, client: reqwest::Client) -> Result<Octocrab, Unusable> {
    let bearer = format!("Bearer {}", token.reveal());
    let mut bearer = HeaderValue::from_str(&bearer).map_err(|_| Unusable::Token)?;
    bearer.set_sensitive(true);
    let uri = || base.parse().map_err(|_| Unusable::Address);
    let headers = [
        (USER_AGENT, AGENT),
        (ACCEPT, "application/vnd.github+json"),
        (
            HeaderName::from_static("x-github-api-version"),
            "2022-11-28",
        ),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    let Ok(built) = OctocrabBuilder::new_empty()
        .with_service(ReqwestConnector::new(client))
        .with_layer(&ExtraHeadersLayer::new(Arc::new(headers.to_vec())))
        .with_layer(&BaseUriLayer::new(uri()?))
        .with_layer(&AuthHeaderLayer::new(Some(bearer), uri()?, uri()?))
        .with_auth(AuthState::None)
        .build();
    Ok(built)
}

/// The connection beneath all requests, to this host and to those that Git fetches from.
pub(in crate::forge) fn client(
    redirects: redirect::Policy,
    proxy: Option<&Proxy>,
    limits: &Limits,
) -> Result<reqwest::Client, Unusable> {
    // Whoever embeds us may have chosen another one, which then stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .connect_timeout(limits.connect)
        .timeout(limits.answer)
        .retry(reqwest::retry::never())
        .redirect(redirects)
        .referer(false)
        .no_proxy();
    let builder = match proxy {
        None => builder,
        Some(proxy) => {
            let through = reqwest::Proxy::all(proxy.address.reveal());
            let through = through.map_err(|_| Unusable::Proxy)?;
            builder.proxy(through.no_proxy(reqwest::NoProxy::from_string(&proxy.except)))
        }
    };
    builder.build().map_err(|_| Unusable::Certificates)
}

/// GitHub answers with a redirect where a repository was renamed. Only reads follow one: a POST that
/// was redirected would arrive as a GET, and be taken for done.
fn to_the_same_host(rest: reqwest::Url) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        let is_same = attempt.url().origin() == rest.origin();
        if is_same && attempt.previous().len() <= REDIRECTS {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}
