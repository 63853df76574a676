//! `plangate schema` and `plangate completions`.

use std::io;

use clap::CommandFactory;

use super::CLEAN;
use super::arguments::{Arguments, CompletionsArguments, SchemaArguments, SchemaWord};
use super::world::World;
use crate::plan::{Schema, expanded};

pub(super) fn run(world: &mut World<'_>, arguments: &SchemaArguments) -> io::Result<u8> {
    let text = match arguments.which {
        SchemaWord::Plan => plan_schema()?,
        SchemaWord::Config => crate::config::SCHEMA.to_owned(),
        SchemaWord::Roster => crate::config::roster::SCHEMA.to_owned(),
        SchemaWord::Waivers => crate::config::WAIVERS_SCHEMA.to_owned(),
        SchemaWord::Report => crate::report::json::SCHEMA.to_owned(),
        SchemaWord::Diff => crate::report::diff::json::SCHEMA.to_owned(),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(CLEAN)
}

/// The schema of a plan as editors read it.
pub(super) fn plan_schema() -> io::Result<String> {
    let schema = expanded(Schema::builtin().json());
    Ok(serde_json::to_string_pretty(&schema).map_err(io::Error::other)? + "\n")
}

pub(super) fn completions(world: &mut World<'_>, arguments: &CompletionsArguments) -> u8 {
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "plangate", &mut world.out);
    CLEAN
}
