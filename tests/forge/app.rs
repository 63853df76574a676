//! A GitHub App: its key signs, GitHub checks the signature, and a token comes of it.

use plangate::forge::github::{Identity, NotConnected, Secret, Unusable};
use plangate::forge::{ErrorKind, Forge};

use crate::key::KEY;
use crate::server::Hub;
use crate::state::PULL;

fn hub() -> Hub {
    let hub = Hub::new();
    hub.state().app_key = Some(KEY.public.clone());
    hub
}

fn app(id: u64, key: &str, installation: Option<u64>) -> Identity {
    Identity::App {
        id,
        key: Secret::new(key),
        installation,
    }
}

#[test]
fn an_app_gets_a_token_for_this_repository_alone() {
    for installation in [None, Some(31)] {
        let hub = hub();
        let mut settings = hub.settings();
        settings.identity = app(12, &KEY.pem, installation);
        let mut github = hub.connect_with(&settings).expect("a connection");
        assert_eq!(github.own().expect("who we are").account, 900);
        assert!(github.pull_request(PULL).is_ok());
        let state = hub.state();
        let minting = state
            .log
            .iter()
            .position(|it| it.path.ends_with("/access_tokens"));
        let asked = &state.bodies[minting.expect("a token was asked for")];
        assert_eq!(asked["repositories"], serde_json::json!(["plans"]));
        assert_eq!(asked["permissions"]["contents"], "read");
    }
}

#[test]
fn an_app_that_github_does_not_know_gets_nothing() {
    let hub = hub();
    let mut settings = hub.settings();
    settings.identity = app(13, &KEY.pem, None);
    match hub.connect_with(&settings).expect_err("it is another App") {
        NotConnected::Refused(error) => assert_eq!(error.kind, ErrorKind::Unauthorized),
        other @ NotConnected::Unusable(_) => panic!("{other:?}"),
    }
}

#[test]
fn threat_29_a_key_that_cannot_be_read_is_not_shown() {
    let hub = hub();
    let mut settings = hub.settings();
    settings.identity = app(12, "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n", None);
    let error = hub.connect_with(&settings).expect_err("it is no key");
    assert_eq!(error, NotConnected::Unusable(Unusable::Key));
    assert!(!format!("{settings:?}").contains("c2VjcmV0"));
    assert!(hub.state().log.is_empty());
}
