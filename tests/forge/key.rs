//! The key of an App, made when a test first asks for one: none is kept, and so none can leak.

use std::process::{Command, Stdio};
use std::sync::LazyLock;

use ring::signature::{KeyPair, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

/// A private key as GitHub hands it out, and what GitHub keeps of it.
pub(crate) struct AppKey {
    pub(crate) pem: String,
    pub(crate) public: Vec<u8>,
}

impl AppKey {
    /// By `openssl`: what signs for us makes no RSA keys.
    pub(crate) fn new() -> Self {
        let mut command = Command::new("openssl");
        command.args(["genrsa", "2048"]).stderr(Stdio::null());
        let made = command.output().expect("the tests need openssl");
        let pem = String::from_utf8(made.stdout).expect("PEM is text");
        let pair = match PrivateKeyDer::from_pem_slice(pem.as_bytes()).expect("a key") {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            other => panic!("{other:?}"),
        };
        let public = pair.expect("a key").public_key().as_ref().to_vec();
        Self { pem, public }
    }
}

/// The key of the App number 12.
pub(crate) static KEY: LazyLock<AppKey> = LazyLock::new(AppKey::new);
