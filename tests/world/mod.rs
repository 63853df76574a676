//! A world for the command line, and folders that go away by themselves.

#![allow(
    dead_code,
    reason = "every test file that includes this uses a part of it"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use plangate::cli::{self, World};
use plangate::forge::pace::{Pace, WallClock};

/// What a run gave.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: u8,
    /// The output.
    pub(crate) out: String,
    /// The error output.
    pub(crate) err: String,
}

/// Runs a command line on 2026-11-20.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

/// Runs a command line with something on standard input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    run_in(arguments, input, &Surroundings::default())
}

/// What is around a process.
pub(crate) struct Surroundings {
    /// The variables of its environment.
    pub(crate) variables: Vec<(&'static str, String)>,
    /// The clock by which it waits for a forge.
    pub(crate) pace: Box<dyn Fn() -> Box<dyn Pace>>,
    /// Now.
    pub(crate) now: String,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            variables: Vec::new(),
            pace: Box::new(|| Box::new(WallClock)),
            now: "2026-11-20T04:00:00Z".to_owned(),
        }
    }
}

/// Runs a command line with something on standard input, somewhere.
pub(crate) fn run_in(arguments: &[&str], mut input: &[u8], around: &Surroundings) -> Run {
    let variables = |name: &str| {
        let found = around.variables.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.clone())
    };
    let now: jiff::Timestamp = around.now.parse().expect("a moment");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = std::iter::once("plangate").chain(arguments.iter().copied());
    let mut world = World {
        arguments: all.map(str::to_owned).collect(),
        input: &mut input,
        out: &mut out,
        err: &mut err,
        today: plangate::review::day_in_taiwan(now),
        now,
        variables: &variables,
        temporary: std::env::temp_dir(),
        pace: &*around.pace,
        color: false,
        progress: false,
        ends: false,
    };
    let code = cli::run(&mut world);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    Run {
        code,
        out: text(out),
        err: text(err),
    }
}

/// A folder that is removed when it goes out of scope.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A new folder with files.
#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
pub(crate) fn folder(files: &[(&str, &str)]) -> Folder {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("plangate-test-{}-{number}", std::process::id());
    let root = std::env::temp_dir().join(name);
    for (path, text) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    Folder(root)
}
