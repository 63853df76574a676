//! `plangate changelog --check`: the last edition held against the one before, by the policies of
//! the theme `revisions`. What they ask, they say themselves.

use std::io;

use super::states::States;
use super::{Refused, find, read, refuse};
use crate::change::log::{Step, steps};
use crate::check::{Exceptions, Former, Judge, Judged, Outcome, Settings, Transition, sort};
use crate::cli::arguments::{ChangelogArguments, TableWord};
use crate::cli::check::VERSION;
use crate::cli::packs::{Ground, ground};
use crate::cli::world::World;
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::policy::PackSource;
use crate::report::{self, Format, Options, Totals};
use crate::text::Localized;

/// The folder of the policies that hold a change log against what changed.
const THEME: &str = "revisions";

pub(super) fn run(world: &mut World<'_>, arguments: &ChangelogArguments) -> io::Result<u8> {
    let Some(ground) = ground(world, &arguments.shared, PackSource::builtin(), |_| ())? else {
        return Ok(COULD_NOT_CHECK);
    };
    let judged =
        format(arguments).and_then(|format| Ok((format, judge(world, arguments, &ground)?)));
    let (format, outcome) = match judged {
        Ok(judged) => judged,
        Err(refused) => return refuse(world, refused, ground.language),
    };
    let options = Options {
        language: ground.language,
        color: world.color,
        fail_on: ground.config.gate.fail_on,
        all: false,
    };
    report::render(format, &outcome, options, world.out)?;
    let blocking = Totals::of(&outcome.findings).blocking(options.fail_on);
    Ok(if blocking > 0 { BLOCKED } else { CLEAN })
}

/// Findings are no table.
fn format(arguments: &ChangelogArguments) -> Result<Format, Refused> {
    match arguments.format {
        None => Ok(Format::Text),
        Some(TableWord::Json) => Ok(Format::Json),
        Some(_) => Err(Refused::Usage(Localized::new(
            "--check 之輸出格式為文字（預設）或 json",
            "--check writes text, which is the default, or json",
        ))),
    }
}

fn judge(
    world: &mut World<'_>,
    arguments: &ChangelogArguments,
    ground: &Ground<()>,
) -> Result<Outcome, Refused> {
    let settings = Settings {
        as_of: arguments.shared.as_of.as_of(world.today),
        today: world.today,
        all: false,
    };
    let exceptions = Exceptions {
        root: &ground.root,
        waivers: &ground.waivers,
        lowered: &ground.config.gate.lowered,
    };
    let judge = Judge::new(&ground.pack, &ground.schema, settings).excepting(exceptions);
    let states = find(world, arguments, &ground.schema, ground.language)?;
    let mut whole: Option<Judged> = None;
    for step in steps(&states.snapshots, &states.spans) {
        let Some(mut judged) = between(&judge, &states, step)? else {
            continue;
        };
        if let Some(earlier) = whole.take() {
            judged.findings.extend(earlier.findings);
            judged.summary.join(&earlier.summary);
        }
        whole = Some(judged);
    }
    if whole.is_none() {
        let message = Localized::new(
            "沒有前一版可供比較",
            "there is no edition before to compare with",
        );
        world.complain(&format!("plangate: {}", message.get(ground.language)));
    }
    let mut outcome = judge.outcome(whole.into_iter().collect(), VERSION);
    sort(&mut outcome.findings);
    Ok(outcome)
}

/// What one step comes to; nothing where a state has no plan.
fn between(judge: &Judge<'_>, states: &States, step: Step) -> Result<Option<Judged>, Refused> {
    let (Some(old), Some(new)) = (states.plan_at(step.old), states.plan_at(step.new)) else {
        return Ok(None);
    };
    let called = states.called(step.old);
    let transition = Transition {
        old: &read(old)?,
        new: &read(new)?,
        called: called.as_deref().map(Former::of),
        told_elsewhere: step.is_edition && states.told_in_trailers(step.new),
    };
    Ok(Some(judge.between(transition, Some(THEME))))
}
