//! A proxy on a port of this machine: it dials for others, by `CONNECT` and by whole addresses
//! (RFC 9110 §9.3.6, RFC 9112 §3.2.2), if it knows their name and password.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::certificate::ELSEWHERE;

/// What it was asked: the first line, and whose word it was taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) by: Option<String>,
}

/// A proxy, until the test ends.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Proxy {
    /// It lets those through who show this name and password, and leads [`ELSEWHERE`] to a port here.
    pub(crate) fn new(whom: &str, elsewhere: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, whom) = (
            Arc::clone(&asked),
            format!("Basic {}", STANDARD.encode(whom)),
        );
        beside(move || {
            for client in listener.incoming() {
                let (log, whom) = (Arc::clone(&log), whom.clone());
                beside(move || {
                    // Either end may hang up at any time.
                    let _ = client.and_then(|client| dial(client, &whom, elsewhere, &log));
                });
            }
        });
        Self { address, asked }
    }

    /// Its address, with a name and a password as an address writes them.
    pub(crate) fn address(&self, whom: &str) -> String {
        format!("http://{whom}@{}", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

#[expect(clippy::disallowed_methods, reason = "a proxy is another machine")]
fn beside(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work);
}

fn dial(
    mut client: TcpStream,
    whom: &str,
    elsewhere: SocketAddr,
    log: &Mutex<Vec<Asked>>,
) -> io::Result<()> {
    let (head, rest) = head(&mut client)?;
    let line = head.lines().next().unwrap_or_default().to_owned();
    let by = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_it = name.eq_ignore_ascii_case("proxy-authorization");
        is_it.then(|| value.to_owned())
    });
    let is_known = by.as_deref() == Some(whom);
    let asked = Asked {
        line: line.clone(),
        by,
    };
    log.lock().expect("nobody panicked").push(asked);
    if !is_known {
        let no = b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        return client.write_all(no);
    }
    let mut words = line.split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let host = target.strip_prefix("http://").unwrap_or(target);
    let (host, path) = host.split_at(host.find('/').unwrap_or(host.len()));
    let mut server = match host.split_once(':') {
        Some((ELSEWHERE, _)) => TcpStream::connect(elsewhere)?,
        _ => TcpStream::connect(host)?,
    };
    if method == "CONNECT" {
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    } else {
        // One request a connection, so that each of them is seen here.
        let kept = head.lines().skip(1).filter(|line| {
            let name = line
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            !name.is_empty() && name != "connection" && !name.starts_with("proxy-")
        });
        let kept: String = kept.map(|line| format!("{line}\r\n")).collect();
        let begin = format!("{method} {path} HTTP/1.1\r\n{kept}connection: close\r\n\r\n");
        server.write_all(begin.as_bytes())?;
    }
    server.write_all(&rest)?;
    let (mut from, mut to) = (client.try_clone()?, server.try_clone()?);
    beside(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Write)
}

/// The head of a request, and what came along with it.
fn head(client: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let (mut read, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let end = read.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let rest = read.split_off(end + 4);
            return Ok((String::from_utf8_lossy(&read).into_owned(), rest));
        }
        match client.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => read.extend(&piece[..count]),
        }
    }
}
