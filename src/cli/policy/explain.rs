//! `plangate policy explain`.

use std::io;

use crate::cli::arguments::ExplainArguments;
use crate::cli::packs::ground;
use crate::cli::world::World;
use crate::cli::{CLEAN, COULD_NOT_CHECK};
use crate::policy::PackSource;
use crate::report::policy as pages;
use crate::text::meant;

pub(super) fn run(world: &mut World<'_>, arguments: &ExplainArguments) -> io::Result<u8> {
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
