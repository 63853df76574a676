//! Arguments in, exit code out: the only place that prints, reads the environment or asks the time.
//!
//! In: what a process has. Out: 0 clean, 1 findings that block, 2 could not check. Holds no rule of
//! its own: it finds files, hands them down and renders what comes back. Everything but
//! [`main`] takes its world as arguments, so that tests run it in process.

mod arguments;
mod base;
mod batches;
mod changelog;
mod check;
mod connect;
mod diff;
mod doctor;
mod init;
mod keep;
mod only;
mod pack;
mod packs;
mod plans;
mod policy;
mod review;
mod schema;
mod world;

use std::process::ExitCode;

use clap::Parser;

use arguments::{ApprovalsCommand, Arguments, Command};
pub use world::World;

/// Nothing blocks.
const CLEAN: u8 = 0;
/// Something blocks.
const BLOCKED: u8 = 1;
/// It could not be checked: usage, an unreadable file or policy.
const COULD_NOT_CHECK: u8 = 2;

/// Runs the process.
pub fn main() -> ExitCode {
    // This thread works too instead of waiting for others: one less to start, and its memory comes in
    // larger pieces than theirs. Where no thread can be started, the work is done all the same.
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread();
    let _ = pool.build_global();
    let mut world = World::of_process();
    ExitCode::from(run(&mut world))
}

/// Runs a command line in a world, and gives its exit code.
pub fn run(world: &mut World<'_>) -> u8 {
    let arguments = match Arguments::try_parse_from(&world.arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(world, &error),
    };
    let result = match arguments.command {
        Command::Init(arguments) => init::run(world, &arguments),
        Command::Doctor(arguments) => doctor::run(world, &arguments),
        Command::Check(arguments) => check::run(world, &arguments),
        Command::Changelog(arguments) => changelog::run(world, &arguments),
        Command::Diff(arguments) => diff::run(world, &arguments),
        Command::Review(arguments) => review::run(world, &arguments),
        Command::Approvals(ApprovalsCommand::Explain(arguments)) => {
            review::explain(world, &arguments)
        }
        Command::VerifyEvidence(arguments) => review::verify(world, &arguments),
        Command::Evidence(command) => keep::run(world, &command),
        Command::Pack(command) => pack::run(world, &command),
        Command::Policy(command) => policy::run(world, &command),
        Command::Schema(arguments) => schema::run(world, &arguments),
        Command::Completions(arguments) => Ok(schema::completions(world, &arguments)),
    };
    match result.and_then(|code| world.out.flush().map(|()| code)) {
        Ok(code) => code,
        // A reader that closes the pipe early has seen what it wanted.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => CLEAN,
        Err(error) => {
            world.complain(&format!("plangate: {error}"));
            COULD_NOT_CHECK
        }
    }
}

/// Help goes to the output and is no failure; a wrong argument goes to the error output.
fn usage(world: &mut World<'_>, error: &clap::Error) -> u8 {
    let text = if world.color {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if error.use_stderr() {
        world.complain(text.trim_end());
        return COULD_NOT_CHECK;
    }
    match world
        .out
        .write_all(text.as_bytes())
        .and_then(|()| world.out.flush())
    {
        Ok(()) => CLEAN,
        Err(_) => COULD_NOT_CHECK,
    }
}
