//! The id and the private key of a GitHub App → a token for one repository.
//!
//! The token is made for this repository and for what `review` writes, whatever else the App may do.
//! It holds for an hour, which no run takes. The key is signed with by `ring`, which TLS brings
//! along; the crate that octocrab would sign with has a known weakness (docs/decisions/0027).

use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer};
use serde::Deserialize;
use serde_json::json;

use super::client::{Ask, Client};
use super::connection::Method;
use super::settings::{Secret, Unusable};
use crate::forge::{Error, ErrorKind};

/// GitHub takes no longer than ten minutes, and its clock may be behind ours.
const LIFE: i64 = 9 * 60;
const BEHIND: i64 = 60;

/// A private key that has been read.
pub(super) struct Key(RsaKeyPair);

impl Key {
    /// Reads PKCS #1, which GitHub hands out, or PKCS #8.
    pub(super) fn read(pem: &Secret) -> Result<Self, Unusable> {
        let der = PrivateKeyDer::from_pem_slice(pem.reveal().as_bytes());
        let pair = match der.map_err(|_| Unusable::Key)? {
            PrivateKeyDer::Pkcs1(der) => from_pkcs1(&der),
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            _ => return Err(Unusable::Key),
        };
        pair.map(Self).map_err(|_| Unusable::Key)
    }

    /// A JSON Web Token (RFC 7519, RS256) by which the App names itself.
    pub(super) fn token(&self, app: u64, now: Timestamp) -> Result<Secret, Unusable> {
        let now = now.as_second();
        let head = json!({ "alg": "RS256", "typ": "JWT" });
        let claims = json!({ "iat": now - BEHIND, "exp": now + LIFE, "iss": app.to_string() });
        let head = base64_url(head.to_string().as_bytes());
        let signed = format!("{head}.{}", base64_url(claims.to_string().as_bytes()));
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .map_err(|_| Unusable::Key)?;
        Ok(Secret::new(format!("{signed}.{}", base64_url(&signature))))
    }
}

fn from_pkcs1(der: &PrivatePkcs1KeyDer<'_>) -> Result<RsaKeyPair, ring::error::KeyRejected> {
    RsaKeyPair::from_der(der.secret_pkcs1_der())
}

#[derive(Deserialize)]
struct Installed {
    id: u64,
}

#[derive(Deserialize)]
struct Minted {
    token: String,
}

/// A token for one repository.
pub(super) fn mint(
    client: &mut Client,
    repository: &str,
    name: &str,
    installation: Option<u64>,
) -> Result<Secret, Error> {
    let id = match installation {
        Some(id) => id,
        None => {
            let route = format!("{repository}/installation");
            client.read::<Installed>(&route)?.id
        }
    };
    let route = format!("/app/installations/{id}/access_tokens");
    let body = json!({
        "repositories": [name],
        "permissions": {
            "contents": "read",
            "pull_requests": "write",
            "statuses": "write",
        },
    });
    let ask = Ask::send(Method::Post, &route, &body);
    let answer = client.ask(&ask)?;
    let minted: Minted = ask.decode(&answer)?;
    if minted.token.is_empty() {
        return Err(Error {
            kind: ErrorKind::Malformed,
            asked: format!("POST {route}"),
            said: String::new(),
        });
    }
    Ok(Secret::new(minted.token))
}

/// Base 64 for addresses, without padding (RFC 4648 §5).
fn base64_url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..=three.len() {
            let six = (bits >> (18 - 6 * place)) & 0x3f;
            out.push(char::from(LETTERS[six as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let table = [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, written) in table {
            assert_eq!(base64_url(plain.as_bytes()), written);
        }
        assert_eq!(base64_url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let texts = [
            "",
            "key",
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ];
        for text in texts {
            assert!(Key::read(&Secret::new(text)).is_err(), "{text}");
        }
    }
}
