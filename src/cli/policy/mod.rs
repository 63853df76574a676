//! `plangate policy …`: from a finding to its reason, and what an author of policies needs.

mod examples;
mod explain;
mod lint;
mod list;
mod new;
mod packs;

use std::io;

use super::arguments::PolicyCommand;
use super::world::World;

pub(super) fn run(world: &mut World<'_>, command: &PolicyCommand) -> io::Result<u8> {
    match command {
        PolicyCommand::List(arguments) => list::run(world, arguments),
        PolicyCommand::Explain(arguments) => explain::run(world, arguments),
        PolicyCommand::Lint(arguments) => lint::run(world, arguments),
        PolicyCommand::Test(arguments) => examples::run(world, arguments),
        PolicyCommand::New(arguments) => new::run(world, arguments),
    }
}
