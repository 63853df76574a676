//! What a command may know of the process: arguments, streams, variables, the day, whether it is a
//! terminal.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use crate::forge::pace::{Pace, WallClock};
use crate::review::day_in_taiwan;
use crate::text::Day;

/// The world of one run.
pub struct World<'w> {
    /// The command line, the program's name first.
    pub arguments: Vec<String>,
    /// Standard input.
    pub input: &'w mut dyn Read,
    /// The output.
    pub out: &'w mut dyn Write,
    /// The error output.
    pub err: &'w mut dyn Write,
    /// Today in Asia/Taipei.
    pub today: Day,
    /// Now.
    pub now: Timestamp,
    /// The variables of the environment.
    pub variables: &'w dyn Fn(&str) -> Option<String>,
    /// A folder for what goes away with the run.
    pub temporary: PathBuf,
    /// The clock by which requests to a forge are paced.
    pub pace: &'w dyn Fn() -> Box<dyn Pace>,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether progress may be shown on the error output.
    pub progress: bool,
    /// Whether the process ends with the run: what the system takes back whole is not given back piece
    /// by piece.
    pub ends: bool,
}

impl World<'static> {
    /// The world of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the process"
    )]
    pub(super) fn of_process() -> Self {
        let input: &'static mut io::Stdin = Box::leak(Box::new(io::stdin()));
        let out = io::stdout();
        let err: &'static mut io::Stderr = Box::leak(Box::new(io::stderr()));
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        Self {
            arguments: std::env::args().collect(),
            color: out.is_terminal() && !set("NO_COLOR"),
            progress: err.is_terminal() && !set("CI"),
            ends: true,
            today: day_in_taiwan(now()),
            now: now(),
            variables: &variable,
            temporary: variable("RUNNER_TEMP").map_or_else(std::env::temp_dir, PathBuf::from),
            pace: &|| Box::new(WallClock),
            input,
            // A report is written in pieces of a few bytes, and `Stdout` by itself writes line by line. What
            // is larger than the buffer goes past it.
            out: Box::leak(Box::new(io::BufWriter::with_capacity(1 << 13, out))),
            err,
        }
    }
}

impl World<'_> {
    /// A variable of the environment; one that is set to nothing counts as not set.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        (self.variables)(name).filter(|value| !value.is_empty())
    }

    /// Writes a line to the error output; there is nobody to tell if that fails.
    pub(super) fn complain(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the time"
)]
fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    Timestamp::from_second(seconds).unwrap_or_default()
}
