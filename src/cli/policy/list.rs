//! `plangate policy list`.

use std::io;

use crate::cli::arguments::{ListArguments, ListFormat};
use crate::cli::packs::ground;
use crate::cli::world::World;
use crate::cli::{CLEAN, COULD_NOT_CHECK};
use crate::policy::PackSource;
use crate::report::policy::{self as pages, Choice};

pub(super) fn run(world: &mut World<'_>, arguments: &ListArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin();
    let Some(ground) = ground(world, &arguments.shared, builtin, |_| ())? else {
        return Ok(COULD_NOT_CHECK);
    };
    let as_of = arguments.shared.as_of.day(world.today);
    let choice = Choice {
        day: arguments
            .edition
            .map_or(as_of, |when| when.day(world.today)),
        in_force: arguments.edition.is_some(),
        grade: arguments.grade,
        ending: arguments.ending,
        confidence: arguments.confidence,
    };
    match arguments.format {
        ListFormat::Text => pages::list(&ground.pack, &choice, ground.language, world.out)?,
        ListFormat::Json => pages::list_json(&ground.pack, &choice, world.out)?,
    }
    Ok(CLEAN)
}
