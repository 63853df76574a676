//! The way to a forge: proxies, certificates, how long to wait.

use std::sync::Arc;
use std::time::Duration;

use ureq::Proxy;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::FetchLimits;

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(30);

/// The way to a forge. Certificates are those that the system trusts.
#[derive(Clone, Default)]
pub struct Network {
    proxy: Option<Proxy>,
}

impl Network {
    /// As the variables of the environment say: `HTTPS_PROXY` or `ALL_PROXY`, and for which hosts not,
    /// `NO_PROXY`; in lower case too. What is no address of a proxy is given back.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let either = |name: &str| {
            let given = [name.to_ascii_lowercase(), name.to_owned()];
            let mut given = given.iter().filter_map(|name| variable(name));
            given.find(|value| !value.is_empty())
        };
        let Some(text) = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")) else {
            return Ok(Self::default());
        };
        let proxy = read(&text, either("NO_PROXY").as_deref());
        proxy
            .map(|proxy| Self { proxy: Some(proxy) })
            // A name and password in it may not be shown.
            .ok_or_else(|| text.rsplit('@').next().unwrap_or_default().to_owned())
    }

    /// A client that follows nothing by itself: a redirect is looked at before a token follows it.
    pub(super) fn agent(&self, limits: FetchLimits) -> ureq::Agent {
        let crypto = rustls::crypto::ring::default_provider();
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(crypto))
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .proxy(self.proxy.clone())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(super::session::AGENT)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(limits.time));
        config.build().into()
    }
}

impl std::fmt::Debug for Network {
    /// A proxy may have a password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let proxy = self.proxy.as_ref().map(Proxy::host);
        formatter
            .debug_struct("Network")
            .field("proxy", &proxy)
            .finish()
    }
}

fn read(text: &str, exempt: Option<&str>) -> Option<Proxy> {
    let read = Proxy::new(text).ok()?;
    let Some(exempt) = exempt else {
        return Some(read);
    };
    let mut proxy = Proxy::builder(read.protocol())
        .host(read.host())
        .port(read.port());
    if let Some(user) = read.username() {
        proxy = proxy.username(user);
    }
    if let Some(password) = read.password() {
        proxy = proxy.password(password);
    }
    for host in exempt.split(',').map(str::trim) {
        proxy = proxy.no_proxy(host);
    }
    proxy.build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(set: &[(&str, &str)]) -> Result<Network, String> {
        let find = |name: &str| set.iter().find(|(other, _)| *other == name);
        Network::of(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_names_the_proxy_and_its_exceptions() {
        let proxy = network(&[
            ("HTTPS_PROXY", "http://me:secret@proxy.example:3128"),
            ("no_proxy", "forge.example, other.example"),
        ]);
        let network = proxy.unwrap();
        let proxy = network.proxy.as_ref().unwrap();
        assert_eq!((proxy.host(), proxy.port()), ("proxy.example", 3128));
        assert_eq!(proxy.password(), Some("secret"));
        let is_exempt = |uri: &str| proxy.is_no_proxy(&uri.parse().unwrap());
        assert!(is_exempt("https://forge.example/x") && is_exempt("https://other.example/x"));
        assert!(!is_exempt("https://third.example/x"));
        assert!(!format!("{network:?}").contains("secret"));
    }

    #[test]
    fn nothing_set_is_no_proxy_and_nonsense_is_told_without_its_password() {
        assert!(network(&[("HTTPS_PROXY", "")]).unwrap().proxy.is_none());
        let refused = network(&[("ALL_PROXY", "gopher://me:secret@proxy.example")]);
        assert_eq!(refused.unwrap_err(), "proxy.example");
    }
}
