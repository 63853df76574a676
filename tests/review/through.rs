//! The way out of an agency: a proxy that wants a name and a password, hosts that are reached past it,
//! and certificates that only its own machines trust. The program itself runs, in an environment of
//! nothing else. On Linux, where a variable names the certificates; elsewhere the system keeps them.

#![expect(
    clippy::disallowed_methods,
    reason = "runs the program in an environment of its own"
)]

use std::process::Command;

use crate::certificate::{Certificate, ELSEWHERE};
use crate::host::{base, office, rarer};
use crate::proxy::Proxy;
use crate::server::Hub;
use crate::site::{Site, TOKEN};
use crate::world::Run;

/// As it is, and as an address writes it.
const WHOM: [&str; 2] = ["desk:p@ss/word", "desk:p%40ss%2Fword"];
const ONE: [&str; 4] = ["review", "--pull-request", "7", "--dry-run"];

/// An Enterprise Server behind a certificate, with one pull request.
fn site(certificate: &Certificate) -> Site {
    let (start, head) = rarer();
    let hub = Hub::behind(Some(certificate.server()));
    hub.state().prefix = "/api/v3";
    let mut site = Site::at(hub, &start);
    site.open(7, "desk", &head);
    site
}

/// The program, whose environment has this and no more.
fn program(host: &str, more: &[(&str, &str)]) -> Run {
    let server = format!("https://{host}");
    let output = Command::new(env!("CARGO_BIN_EXE_plangate"))
        .env_clear()
        .envs([
            ("GITHUB_SERVER_URL", &*server),
            ("GITHUB_REPOSITORY", "jia/plans"),
            ("PLANGATE_TOKEN", TOKEN),
        ])
        .envs(more.iter().copied())
        .args(ONE)
        .output();
    let output = output.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let run = Run {
        code: u8::try_from(output.status.code().expect("a code")).expect("a small one"),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    let told = format!("{}{}", run.out, run.err);
    for secret in [TOKEN, "p@ss", "p%40ss"] {
        assert!(!told.contains(secret), "{told}");
    }
    run
}

#[test]
fn every_request_goes_through_the_proxy_and_its_password_is_not_shown() {
    let certificate = Certificate::new();
    let site = site(&certificate);
    let proxy = Proxy::new(WHOM[0], site.hub.port());
    let trusted = certificate.file();
    let way = proxy.address(WHOM[1]);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let before = proxy.asked().len();
        let set = [("SSL_CERT_FILE", &*trusted), (name, &*way)];
        let run = program(ELSEWHERE, &set);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{name}: {}", run.out);
        assert!(run.out.contains("待核准"), "{}", run.out);
        let asked = proxy.asked().split_off(before);
        let tunnel = format!("CONNECT {ELSEWHERE}:443 HTTP/1.1");
        // The API by one connection at least, Git by another.
        assert!(asked.len() >= 2, "{asked:?}");
        assert!(asked.iter().all(|it| it.line == tunnel), "{asked:?}");
    }
    assert!(site.hub.state().fetches > 0, "Git went the same way");
}

#[test]
fn what_no_proxy_names_is_reached_past_it() {
    let certificate = Certificate::new();
    let site = site(&certificate);
    let proxy = Proxy::new(WHOM[0], site.hub.port());
    let (trusted, way) = (certificate.file(), proxy.address(WHOM[1]));
    let host = format!("localhost:{}", site.hub.port().port());
    for except in ["localhost", "office.example, localhost", "*"] {
        let set = [
            ("SSL_CERT_FILE", &*trusted),
            ("HTTPS_PROXY", &*way),
            ("NO_PROXY", except),
        ];
        let run = program(&host, &set);
        assert_eq!(
            (run.code, run.err.as_str()),
            (0, ""),
            "{except}: {}",
            run.out
        );
        assert_eq!(proxy.asked(), [], "{except}");
    }
    let set = [
        ("SSL_CERT_FILE", &*trusted),
        ("HTTPS_PROXY", &*way),
        ("NO_PROXY", "office.example"),
    ];
    assert_eq!(program(&host, &set).code, 0);
    assert!(!proxy.asked().is_empty(), "another host is not past it");
}

#[test]
fn a_proxy_that_lets_nobody_through_is_named_and_not_asked_for_ever() {
    let certificate = Certificate::new();
    let site = site(&certificate);
    let proxy = Proxy::new("desk:other", site.hub.port());
    let (trusted, way) = (certificate.file(), proxy.address(WHOM[1]));
    let run = program(
        ELSEWHERE,
        &[("SSL_CERT_FILE", &trusted), ("HTTPS_PROXY", &way)],
    );
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("代理伺服器不放行"), "{}", run.err);
    assert_eq!((proxy.asked().len(), site.requests()), (1, 0));
    for none in ["http://", "desk:p@ss@:0"] {
        let run = program(ELSEWHERE, &[("HTTPS_PROXY", none)]);
        assert_eq!(run.code, 2);
        assert!(
            run.err.contains("不是代理伺服器之網址"),
            "{none}: {}",
            run.err
        );
    }
}

#[test]
fn a_certificate_that_the_system_does_not_trust_is_named_and_gets_no_token() {
    let (certificate, other) = (Certificate::new(), Certificate::new());
    let site = site(&certificate);
    let host = format!("localhost:{}", site.hub.port().port());
    let run = program(&host, &[("SSL_CERT_FILE", &other.file())]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("不為本系統所信任"), "{}", run.err);
    assert_eq!(site.requests(), 0);
}

#[test]
fn whole_addresses_and_writes_go_through_a_proxy_too() {
    let start = base();
    let mut site = Site::new(&start);
    let wrong = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    site.open(7, "desk", &wrong);
    let proxy = Proxy::new(WHOM[0], site.hub.port());
    let way = proxy.address(WHOM[1]);
    let set = [("PLANGATE_TOKEN", TOKEN), ("HTTPS_PROXY", &*way)];
    let run = site.run_under(&set, &ONE[..3]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    assert_eq!(site.states(site.head(7))[0], "failure");
    let asked = proxy.asked();
    let count = |begin: &str| asked.iter().filter(|it| it.line.starts_with(begin)).count();
    let repository = format!("http://{}/repos/jia/plans", site.hub.port());
    assert_eq!(
        count(&format!("POST {repository}/statuses/")),
        3,
        "{asked:?}"
    );
    let seen = site.requests() + site.hub.state().fetches;
    assert_eq!(asked.len(), seen, "nothing went past it");
}
