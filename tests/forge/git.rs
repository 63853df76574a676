//! The Git side of the double: Git's own server over the very repository that the API tells of.

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper::http::request::Parts;

use crate::state::{Push, State};

/// The name under which GitHub takes any token.
const USER: &str = "x-access-token";

/// The moment of a push that a request is, if it is of one.
pub(crate) fn push(asked: &Parts, service: &str, query: &str) -> Option<Push> {
    match (asked.method.as_str(), service) {
        ("GET", "info/refs") if query == "service=git-receive-pack" => Some(Push::Announced),
        ("POST", "git-receive-pack") => Some(Push::Sent),
        _ => None,
    }
}

/// What Git answers, to whoever shows a token.
pub(crate) fn answer(
    state: &State,
    asked: &Parts,
    service: &str,
    query: &str,
    body: &Bytes,
) -> Response<Full<Bytes>> {
    let header = |name: &str| {
        let value = asked.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    };
    let known = state.tokens.keys();
    let mut known = known.map(|token| STANDARD.encode(format!("{USER}:{token}")));
    let shown = header("authorization").strip_prefix("Basic ");
    if !known.any(|pair| Some(&*pair) == shown) {
        let mut response = Response::new(Full::default());
        *response.status_mut() = hyper::StatusCode::UNAUTHORIZED;
        return response;
    }
    let repository = state.repository.path();
    let root = repository.parent().expect("a folder around it");
    let name = repository.file_name().expect("a name").to_string_lossy();
    let mut backend = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_PROTOCOL", header("git-protocol"))
        .env("REQUEST_METHOD", asked.method.as_str())
        .env("PATH_INFO", format!("/{name}/{service}"))
        .env("QUERY_STRING", query)
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", body.len().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tests need the git program");
    let mut input = backend.stdin.take().expect("a pipe");
    input.write_all(body).expect("git reads it");
    drop(input);
    respond(&backend.wait_with_output().expect("git answers").stdout)
}

/// An answer of a gateway program (RFC 3875), as HTTP has it.
fn respond(answer: &[u8]) -> Response<Full<Bytes>> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.expect("a head") + 4);
    let mut response = Response::new(Full::from(body.to_vec()));
    for line in String::from_utf8_lossy(head).lines() {
        let Some((name, value)) = line.split_once(": ") else {
            continue;
        };
        if name == "Status" {
            let status = value.get(..3).expect("a number").as_bytes();
            *response.status_mut() = hyper::StatusCode::from_bytes(status).expect("a status");
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        let value = HeaderValue::from_str(value).expect("a value");
        response.headers_mut().insert(name, value);
    }
    response
}
