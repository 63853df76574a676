//! `plangate policy explain`.

use std::io;

use crate::check::{Judge, Judged, Outcome, Settings};
use crate::cli::arguments::ExplainArguments;
use crate::cli::check::VERSION;
use crate::cli::packs::ground;
use crate::cli::plans;
use crate::cli::world::World;
use crate::cli::{CLEAN, COULD_NOT_CHECK};
use crate::policy::{PackSource, Policy};
use crate::report::{Format, Options, policy as pages, render};
use crate::source::SourceError;
use crate::text::{Language, meant};

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
    pages::explain(policy, day, ground.language, world.out)?;
    if arguments.plan.is_empty() {
        return Ok(CLEAN);
    }
    let settings = Settings {
        as_of: arguments.shared.as_of.as_of(world.today),
        today: world.today,
        all: true,
    };
    let judge = Judge::new(&ground.pack, &ground.schema, settings).explaining(true);
    match judged(world, &judge, policy, &arguments.plan) {
        Ok(judged) => on_plans(world, &judge.outcome(judged, VERSION), ground.language),
        Err(error) => {
            let message = error.message();
            world.complain(&format!("plangate: {}", message.get(ground.language)));
            Ok(COULD_NOT_CHECK)
        }
    }
}

/// Every verdict of one policy, and why; nothing blocks, because nothing is checked.
fn on_plans(world: &mut World<'_>, outcome: &Outcome, language: Language) -> io::Result<u8> {
    let options = Options {
        language,
        color: world.color,
        all: true,
        ..Options::default()
    };
    writeln!(world.out)?;
    render(Format::Text, outcome, options, world.out)?;
    Ok(CLEAN)
}

/// What plans come to by one policy.
fn judged(
    world: &mut World<'_>,
    judge: &Judge<'_>,
    policy: &Policy,
    paths: &[String],
) -> Result<Vec<Judged>, SourceError> {
    let found = plans::find(world, paths, None)?;
    let judged = found.iter().map(|plan| {
        let read = plans::read(plan)?;
        Ok(match read.files {
            Some(files) => judge.by(&files, [policy]),
            None => judge.unread(&read.file, read.findings),
        })
    });
    judged.collect()
}
