//! `plangate policy list` and `plangate policy explain`: from a finding to its reason.

use std::io;

use super::arguments::{ExplainArguments, ListArguments};
use super::packs::ground;
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::policy::PackSource;
use crate::report::policy as pages;
use crate::text::meant;

pub(super) fn list(world: &mut World<'_>, arguments: &ListArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin();
    let Some(ground) = ground(world, &arguments.shared, builtin, |_| ())? else {
        return Ok(COULD_NOT_CHECK);
    };
    let day = arguments.shared.as_of.day(world.today);
    pages::list(&ground.pack, day, ground.language, world.out)?;
    Ok(CLEAN)
}

pub(super) fn explain(world: &mut World<'_>, arguments: &ExplainArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin_with_examples();
    let Some(ground) = ground(world, &arguments.shared, builtin, |_| ())? else {
        return Ok(COULD_NOT_CHECK);
    };
    let Some(policy) = ground.pack.get(&arguments.id) else {
        let near = meant(&arguments.id, ground.pack.policies.keys().map(|id| &**id));
        let hint = near.map(|near| format!("；最接近者為 {near} ／ did you mean {near}?"));
        let id = &arguments.id;
        world.complain(&format!(
            "plangate: 沒有政策 {id}{}",
            hint.unwrap_or_default()
        ));
        return Ok(COULD_NOT_CHECK);
    };
    let day = arguments.shared.as_of.day(world.today);
    pages::explain(policy, &ground.pack, day, ground.language, world.out)?;
    Ok(CLEAN)
}
