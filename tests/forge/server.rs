//! GitHub on a port of this machine: the requests are real ones, and so are the answers.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use plangate::forge::github::{GitHub, Identity, Limits, NotConnected, Secret, Settings};
use rustls::ServerConfig;
use serde_json::Value;
use tokio_rustls::TlsAcceptor;

use crate::contract::operation;
use crate::git;
use crate::pace::Virtual;
use crate::routes::{Reply, message};
use crate::state::{Exchange, Fault, Push, State, TOKEN};

/// The double. It goes away with its value, and complains of whatever was against the contract.
pub(crate) struct Hub {
    state: Arc<Mutex<State>>,
    address: SocketAddr,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    pub(crate) pace: Virtual,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self::behind(None)
    }

    /// Behind a certificate, where there is one: then over HTTPS alone.
    pub(crate) fn behind(tls: Option<Arc<ServerConfig>>) -> Self {
        let state = Arc::new(Mutex::new(State::new()));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let ends = Arc::new(AtomicBool::new(false));
        let (of_thread, end) = (Arc::clone(&state), Arc::clone(&ends));
        #[expect(clippy::disallowed_methods, reason = "the double is another machine")]
        let thread = std::thread::spawn(move || serve(listener, tls, &of_thread, &end));
        Self {
            state,
            address,
            ends,
            thread: Some(thread),
            pace: Virtual::default(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked")
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}{}", self.address, self.state().prefix)
    }

    pub(crate) fn port(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            api: self.address(),
            server: format!("http://{}", self.address),
            owner: "jia".to_owned(),
            name: "plans".to_owned(),
            identity: Identity::Token(Secret::new(TOKEN)),
            proxy: None,
            limits: Limits {
                answer: Duration::from_secs(5),
                ..Limits::default()
            },
            run: 5,
        }
    }

    pub(crate) fn connect(&self) -> GitHub {
        self.connect_with(&self.settings()).expect("a connection")
    }

    pub(crate) fn connect_with(&self, settings: &Settings) -> Result<GitHub, NotConnected> {
        GitHub::connect(settings, Box::new(self.pace.clone()))
    }

    /// What goes wrong with the request that is `ahead` requests away.
    pub(crate) fn will(&self, ahead: usize, fault: Fault) {
        let mut state = self.state();
        let at = state.log.len() + ahead;
        state.faults.insert(at, fault);
    }

    /// What happens just before the request that is `ahead` requests away.
    pub(crate) fn meanwhile(&self, ahead: usize, act: impl FnOnce(&mut State) + Send + 'static) {
        let mut state = self.state();
        let at = state.log.len() + ahead;
        state.meanwhile.insert(at, Box::new(act));
    }

    /// What happens just before the next such moment of a push.
    pub(crate) fn before(&self, moment: Push, act: impl FnOnce(&mut State) + Send + 'static) {
        self.state().before.push((moment, Box::new(act)));
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !std::thread::panicking() {
                ended.expect("the double panicked");
                let violations = self.state().violations.join("\n");
                assert!(violations.is_empty(), "against the contract:\n{violations}");
            }
        }
    }
}

fn serve(
    listener: std::net::TcpListener,
    tls: Option<Arc<ServerConfig>>,
    state: &Arc<Mutex<State>>,
    ends: &AtomicBool,
) {
    let scheme = if tls.is_some() { "https" } else { "http" };
    let tls = tls.map(TlsAcceptor::from);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        listener.set_nonblocking(true).expect("it can wait");
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        while !ends.load(Ordering::Relaxed) {
            let next = tokio::time::timeout(Duration::from_millis(20), listener.accept());
            let Ok(Ok((stream, _))) = next.await else {
                continue;
            };
            let state = Arc::clone(state);
            let service = service_fn(move |request| one(Arc::clone(&state), scheme, request));
            let http = hyper::server::conn::http1::Builder::new();
            match tls.clone() {
                None => drop(tokio::spawn(
                    http.serve_connection(TokioIo::new(stream), service),
                )),
                Some(tls) => drop(tokio::spawn(async move {
                    // Who does not trust the certificate goes away without a request.
                    if let Ok(stream) = tls.accept(stream).await {
                        let served = http.serve_connection(TokioIo::new(stream), service);
                        let _ = served.await;
                    }
                })),
            }
        }
    });
}

/// The connection breaks.
#[derive(Debug)]
struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("broken")
    }
}

impl std::error::Error for Broken {}

async fn one(
    state: Arc<Mutex<State>>,
    scheme: &str,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Broken> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Broken)?.to_bytes();
    let mut state = state.lock().map_err(|_| Broken)?;
    let state = &mut *state;
    let at = state.log.len();
    if let Some(act) = state.meanwhile.remove(&at) {
        act(state);
    }
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    if let Some(service) = path.strip_prefix("/jia/plans/") {
        state.fetches += 1;
        let moment = git::push(&parts, service, &query);
        let waiting = state.before.iter().position(|(of, _)| Some(*of) == moment);
        if let Some(waiting) = waiting {
            let (_, act) = state.before.remove(waiting);
            act(state);
        }
        return Ok(git::answer(state, &parts, service, &query, &body));
    }
    let fault = state.faults.remove(&at);
    let method = parts.method.as_str().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    state.bodies.push(body.clone());
    state.log.push(Exchange {
        method: method.clone(),
        path: path.clone(),
        status: 0,
    });
    let headers = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if headers("user-agent").is_none_or(|agent| !agent.starts_with("plangate/")) {
        state.violations.push("no user agent of ours".to_owned());
    }
    if headers("accept") != Some("application/vnd.github+json") {
        state.violations.push("no media type of GitHub".to_owned());
    }
    match &fault {
        Some(Fault::Deaf) => return Err(Broken),
        Some(Fault::Refused {
            status,
            headers,
            message: text,
        }) => {
            let mut response = respond(message(*status, text));
            for (name, value) in headers {
                let value = HeaderValue::from_str(value).expect("a value");
                response.headers_mut().insert(*name, value);
            }
            state.log[at].status = *status;
            return Ok(response);
        }
        Some(Fault::Garbage) => return Ok(Response::new(Full::from("\u{0}[{"))),
        _ => {}
    }
    if let Some(to) = state.redirect.clone() {
        let mut response = respond(message(301, "Moved Permanently"));
        *response.status_mut() = hyper::StatusCode::MOVED_PERMANENTLY;
        let to = HeaderValue::from_str(&to).expect("an address");
        response.headers_mut().insert("location", to);
        return Ok(response);
    }
    let token = headers("authorization").and_then(|it| it.strip_prefix("Bearer "));
    let is_cut = matches!(fault, Some(Fault::HalfAList));
    let asked = Asked {
        method: &method,
        path: &path,
        body: &body,
        token: token.unwrap_or_default(),
        is_cut,
    };
    let reply = reply(state, &asked);
    state.log[at].status = reply.0;
    if matches!(fault, Some(Fault::LostAnswer)) {
        return Err(Broken);
    }
    let host = headers("host").unwrap_or_default();
    Ok(paged(
        reply,
        &format!("{scheme}://{host}{path}"),
        &query,
        is_cut,
    ))
}

/// A request that is answered.
struct Asked<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a Value,
    token: &'a str,
    /// Whether a list is cut short.
    is_cut: bool,
}

fn reply(state: &mut State, asked: &Asked<'_>) -> Reply {
    let Asked {
        method, path, body, ..
    } = *asked;
    let graphql = if state.prefix.is_empty() {
        "/graphql"
    } else {
        "/api/graphql"
    };
    let Some((caller, may_write)) = caller(state, path, asked.token) else {
        return message(401, "Bad credentials");
    };
    if path == graphql && method == "POST" {
        return state.graphql(body, caller, asked.is_cut);
    }
    let Some(route) = path.strip_prefix(state.prefix) else {
        return message(404, "Not Found");
    };
    let Some((operation, names)) = operation(method, route) else {
        state
            .violations
            .push(format!("{method} {route} is not described"));
        return message(404, "Not Found");
    };
    let problems = operation.against_request(body).into_iter();
    let problems = problems.map(|problem| format!("we send {method} {route}: {problem}"));
    state.violations.extend(problems);
    if method != "GET" && !may_write {
        return message(403, "Resource not accessible by integration");
    }
    let Reply(status, answer) =
        state.answer(method, &names, route, &operation.example, body, caller);
    let problems = operation.against_answer(status, &answer).into_iter();
    let problems =
        problems.map(|problem| format!("the double answers {method} {route}: {problem}"));
    state.violations.extend(problems);
    Reply(status, answer)
}

fn caller(state: &State, path: &str, token: &str) -> Option<(&'static str, bool)> {
    let is_of_app = path.contains("/app") || path.ends_with("/installation");
    if is_of_app && state.is_signed(token) {
        return Some(("plangate[bot]", true));
    }
    state.tokens.get(token).copied()
}

fn respond(Reply(status, body): Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body.to_string()));
    *response.status_mut() = hyper::StatusCode::from_u16(status).expect("a status");
    response
}

/// A page of a list, and where the next one is; thirty entries where nothing is asked, never more
/// than a hundred.
fn paged(reply: Reply, address: &str, query: &str, is_cut: bool) -> Response<Full<Bytes>> {
    let Value::Array(all) = reply.1 else {
        return respond(reply);
    };
    let asked = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(key, _)| *key == name);
        found.and_then(|(_, value)| value.parse::<usize>().ok())
    };
    let size = asked("per_page").unwrap_or(30).clamp(1, 100);
    let page = asked("page").unwrap_or(1).max(1);
    let rest = all.len().saturating_sub(page * size);
    let mut shown: Vec<Value> = all.into_iter().skip((page - 1) * size).take(size).collect();
    if is_cut {
        shown.truncate(shown.len() / 2);
    }
    let mut response = respond(Reply(reply.0, Value::Array(shown)));
    if rest > 0 && !is_cut {
        let others = query.split('&').filter(|pair| !pair.starts_with("page="));
        let others: Vec<&str> = others.collect();
        let next = page + 1;
        let link = format!(
            "<{address}?{}&page={next}>; rel=\"next\", <{address}?page=99>; rel=\"last\"",
            others.join("&")
        );
        let link = HeaderValue::from_str(&link).expect("a value");
        response.headers_mut().insert("link", link);
    }
    response
}
