//! An HTTP server on this machine in front of Git's own `http-backend`: what a forge answers, whole or
//! as a fault leaves it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// What becomes of an answer on its way: the number of the exchange, then the answer as it was.
type Alter = dyn Fn(usize, Vec<u8>) -> Vec<u8> + Send + Sync;

/// A request as it came in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Bytes of the answer.
    pub(crate) answered: usize,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// `GET /plans.git/info/refs?…`.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

/// A server over the repositories in a folder; it ends with the process.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers as Git does.
    pub(crate) fn over(root: &Path) -> Self {
        Self::altered(root, |_, answer| answer)
    }

    /// Answers as Git does, and then something becomes of the answer.
    #[expect(clippy::disallowed_methods, reason = "the other side of the wire")]
    pub(crate) fn altered(
        root: &Path,
        alter: impl Fn(usize, Vec<u8>) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, root) = (Arc::clone(&asked), root.to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away in the middle is one of the faults.
                let _ = serve(stream, &root, &log, &alter);
            }
        });
        Self {
            address: format!("http://{address}"),
            asked,
        }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no thread panicked").clone()
    }
}

fn serve(
    stream: TcpStream,
    root: &Path,
    log: &Mutex<Vec<Asked>>,
    alter: &Alter,
) -> std::io::Result<()> {
    let mut asked = receive(&stream)?;
    let number = log.lock().expect("no thread panicked").len();
    let answer = alter(number, backend(&asked, root));
    asked.answered = answer.len();
    log.lock().expect("no thread panicked").push(asked);
    let mut stream = stream;
    stream.write_all(&answer)?;
    stream.shutdown(Shutdown::Write)
}

fn receive(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let mut asked = Asked {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        ..Asked::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(": ") else {
            break;
        };
        asked.headers.push((name.to_owned(), value.to_owned()));
    }
    let length = asked.header("content-length").map(str::parse);
    asked.body = vec![0; length.and_then(Result::ok).unwrap_or(0)];
    reader.read_exact(&mut asked.body)?;
    Ok(asked)
}

/// What Git itself answers.
fn backend(asked: &Asked, root: &Path) -> Vec<u8> {
    let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
    let mut backend = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_PROTOCOL", asked.header("git-protocol").unwrap_or(""))
        .env("REQUEST_METHOD", &asked.method)
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("CONTENT_TYPE", asked.header("content-type").unwrap_or(""))
        .env("CONTENT_LENGTH", asked.body.len().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tests need the git program");
    let mut input = backend.stdin.take().expect("a pipe");
    input.write_all(&asked.body).expect("git reads it");
    drop(input);
    let answer = backend.wait_with_output().expect("git answers").stdout;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.expect("a head") + 4);
    let head = String::from_utf8_lossy(head);
    let status = head
        .lines()
        .find_map(|line| line.strip_prefix("Status: "))
        .unwrap_or("200 OK");
    let mut out = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{head}").into_bytes();
    out.extend(body);
    out
}

/// An answer of our own.
pub(crate) fn answer(status: &str, header: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{header}\r\n{body}"
    )
    .into_bytes()
}

/// The folder that a repository lies in.
pub(crate) fn around(repository: &git2::Repository) -> PathBuf {
    let path = repository.path();
    path.parent().unwrap_or(path).to_owned()
}
