//! A certificate for two names, made when a test first asks for one, and whom it makes trusted.

use std::process::Command;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::world::{Folder, folder};

/// A host that no server of names knows: whoever reaches it has gone through a proxy.
pub(crate) const ELSEWHERE: &str = "ghes.office.example";

const REQUEST: &str = "\
[req]
prompt = no
distinguished_name = name
x509_extensions = server
[name]
CN = ghes.office.example
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, DNS:ghes.office.example
";

/// A certificate that vouches for itself.
pub(crate) struct Certificate {
    folder: Folder,
}

impl Certificate {
    pub(crate) fn new() -> Self {
        let folder = folder(&[("request.cnf", REQUEST)]);
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            ])
            .args(["-config", &folder.path("request.cnf")])
            .args(["-keyout", &folder.path("key.pem")])
            .args(["-out", &folder.path("certificate.pem")])
            .output();
        let made = made.expect("the tests need openssl");
        assert!(made.status.success(), "{made:?}");
        Self { folder }
    }

    /// The file that whoever trusts it names.
    pub(crate) fn file(&self) -> String {
        self.folder.path("certificate.pem")
    }

    /// What a server shows.
    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        let shown = CertificateDer::from_pem_file(self.file()).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(self.folder.path("key.pem")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth();
        Arc::new(config.with_single_cert(vec![shown], key).expect("a pair"))
    }
}
