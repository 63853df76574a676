//! The address of a repository, taken apart far enough to stay at its host.

use http::Uri;

use super::FetchError;

/// An address that may be fetched from: `https`, no name or password in it, no query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    origin: Site,
    /// Begins with `/`, does not end with it.
    path: String,
}

/// A scheme, a host and a port: where a token may go.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Site {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Address {
    /// Reads an address. Plain `http` is taken for this machine alone: anywhere else a token, or the
    /// plan, would travel for all to read.
    pub fn parse(text: &str) -> Result<Self, FetchError> {
        let refuse = || FetchError::Address {
            // A name and password in it may not be shown.
            shown: text.rsplit('@').next().unwrap_or_default().to_owned(),
        };
        let uri: Uri = text.parse().map_err(|_| refuse())?;
        let origin = Site::of(&uri).ok_or_else(refuse)?;
        let path = uri.path().trim_end_matches('/');
        if uri.query().is_some() || path.is_empty() {
            return Err(refuse());
        }
        Ok(Self {
            origin,
            path: path.to_owned(),
        })
    }

    /// The host, to tell people of.
    pub fn host(&self) -> &str {
        &self.origin.host
    }

    /// Whether a host as written in credentials is this one.
    pub(super) fn is_at(&self, host: &str) -> bool {
        let own = match self.origin.port {
            Some(port) => format!("{}:{port}", self.origin.host),
            None => self.origin.host.clone(),
        };
        own.eq_ignore_ascii_case(host)
    }

    /// A resource of the repository.
    pub(super) fn below(&self, resource: &str) -> String {
        let Site { scheme, host, port } = &self.origin;
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{host}{port}{}{resource}", self.path)
    }

    /// Where a repository has moved to, if that is at the same host: the address that `location`
    /// gives for `resource`.
    pub(super) fn moved(&self, location: &str, resource: &str) -> Option<Self> {
        let absolute = if location.starts_with('/') && !location.starts_with("//") {
            let elsewhere = Self {
                origin: self.origin.clone(),
                path: String::new(),
            };
            elsewhere.below(location)
        } else {
            location.to_owned()
        };
        let moved = Self::parse(absolute.strip_suffix(resource)?).ok()?;
        (moved.origin == self.origin).then_some(moved)
    }
}

impl Site {
    fn of(uri: &Uri) -> Option<Self> {
        let authority = uri.authority()?;
        let (scheme, host) = (uri.scheme_str()?, authority.host());
        let is_here = matches!(host, "127.0.0.1" | "[::1]" | "localhost");
        let is_safe = scheme == "https" || (scheme == "http" && is_here);
        (is_safe && !authority.as_str().contains('@')).then(|| Self {
            scheme: scheme.to_owned(),
            host: host.to_ascii_lowercase(),
            port: authority.port_u16(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFS: &str = "/info/refs?service=git-upload-pack";

    #[test]
    fn only_https_without_a_password_is_taken() {
        for text in [
            "https://forge.example/city/plans.git",
            "https://forge.example:8443/plans/",
            "http://127.0.0.1:9/plans",
        ] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://forge.example/city/plans.git",
            "http://127.0.0.1.forge.example/plans",
            "https://name:secret@forge.example/plans",
            "https://forge.example/",
            "https://forge.example/plans?x=1",
            "ssh://forge.example/plans",
            "ext::sh -c true",
            "/plans",
            "",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        let error = Address::parse("https://name:secret@forge.example/plans").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("secret"));
    }

    #[test]
    fn a_move_to_another_host_is_no_move() {
        let address = Address::parse("https://forge.example/old").unwrap();
        let to = |location: &str| {
            let moved = address.moved(&format!("{location}{REFS}"), REFS);
            moved.map(|address| address.below(""))
        };
        let new = Some("https://forge.example/new".to_owned());
        assert_eq!(to("https://forge.example/new"), new);
        assert_eq!(to("/new"), new);
        assert_eq!(to("//evil.example/new"), None);
        assert_eq!(to("https://evil.example/new"), None);
        assert_eq!(to("https://forge.example:8443/new"), None);
        assert_eq!(to("https://forge.example@evil.example/new"), None);
        assert_eq!(to("http://forge.example/new"), None);
        assert_eq!(address.moved("https://forge.example/login", REFS), None);
    }
}
