//! `plangate …` in this process, on the day of the benchmarks.

use std::io;

use plangate::cli::{self, World};
use plangate::forge::pace::WallClock;

use crate::plans::TODAY;

/// Runs a command line, and gives its exit code; what it says goes to `out`.
pub(crate) fn run(arguments: &[&str], out: &mut dyn io::Write) -> u8 {
    let all = std::iter::once("plangate").chain(arguments.iter().copied());
    cli::run(&mut World {
        arguments: all.map(str::to_owned).collect(),
        input: &mut io::empty(),
        out,
        err: &mut io::stderr(),
        today: TODAY,
        now: jiff::Timestamp::UNIX_EPOCH,
        variables: &|_| None,
        temporary: std::env::temp_dir(),
        pace: &|| Box::new(WallClock),
        color: false,
        progress: false,
        ends: false,
    })
}
