//! `plangate check`: plans in, findings out.

use std::io;

use rayon::prelude::*;

use super::arguments::CheckArguments;
use super::packs::ground;
use super::plans::{self, Read};
use super::world::World;
use super::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::check::{Judge, Judged, Outcome, Settings, sort};
use crate::finding::Finding;
use crate::plan::{PlanFiles, Validator, check_shape};
use crate::policy::PackSource;
use crate::report::{self, Options};
use crate::source::SourceError;
use crate::text::Language;

/// From how many plans on progress is worth showing.
const MANY: usize = 50;

pub(super) fn run(world: &mut World<'_>, arguments: &CheckArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin();
    let Some(ground) = ground(world, &arguments.shared, builtin, Validator::new)? else {
        return Ok(COULD_NOT_CHECK);
    };
    let typed = if arguments.paths.is_empty() {
        &ground.config.plans
    } else {
        &arguments.paths
    };
    let found = match plans::find(world, typed) {
        Ok(found) => found,
        Err(error) => return Ok(refuse(world, &error, ground.language)),
    };
    let settings = Settings {
        as_of: arguments.shared.as_of.as_of(world.today),
        today: world.today,
        all: arguments.all,
    };
    let judge = Judge::new(&ground.pack, &ground.schema, settings);
    let outcome = match judge_all(world, &ground.beside, &judge, &found) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(refuse(world, &error, ground.language)),
    };
    let options = Options {
        language: ground.language,
        color: world.color,
        fail_on: arguments.fail_on.unwrap_or(ground.config.gate.fail_on),
        all: arguments.all,
    };
    report::render(arguments.format.into(), &outcome, options, world.out)?;
    Ok(if outcome.blocks_at(options.fail_on) {
        BLOCKED
    } else {
        CLEAN
    })
}

/// The world refused: nothing could be checked.
fn refuse(world: &mut World<'_>, error: &SourceError, language: Language) -> u8 {
    world.complain(&format!("plangate: {}", error.message().get(language)));
    COULD_NOT_CHECK
}

/// Every plan, on all cores; the order of the result is the order of the files.
fn judge_all(
    world: &World<'_>,
    validator: &Validator,
    judge: &Judge<'_>,
    found: &[plans::Found],
) -> Result<Outcome, SourceError> {
    let bar = plans::progress(world.progress && found.len() >= MANY, found.len());
    let judged: Result<Vec<Judged>, _> = found
        .par_iter()
        .map(|plan| {
            let judged = plans::read(plan).map(|read| {
                judge_one(read, judge, |files| {
                    check_shape(files, validator, judge.schema())
                })
            });
            bar.inc(1);
            judged
        })
        .collect();
    bar.finish_and_clear();
    Ok(judge.outcome(judged?, env!("CARGO_PKG_VERSION")))
}

/// A plan whose files could not be read to their end is not judged: what is not there may well be.
fn judge_one(read: Read, judge: &Judge<'_>, shape: impl Fn(&PlanFiles) -> Vec<Finding>) -> Judged {
    let Some(files) = read.files else {
        return judge.unread(&read.file, read.findings);
    };
    let mut judged = judge.plan(&files);
    judged.findings.extend(read.findings);
    judged.findings.extend(shape(&files));
    sort(&mut judged.findings);
    judged
}
