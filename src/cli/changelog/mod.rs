//! `plangate changelog`: the history of one plan in, the official table out.

mod check;
mod states;
mod write;

use std::io;

use super::arguments::{ChangelogArguments, TableWord};
use super::packs::{read_config, tell};
use super::plans;
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::change::compare;
use crate::change::log::{self, Proposal, Snapshot};
use crate::finding::Finding;
use crate::plan::{Plan, PlanFiles, Schema};
use crate::report::change_log::render;
use crate::source::{PlanFile, SourceError};
use crate::text::{Language, Localized};
use states::States;

/// Why there is no table.
enum Refused {
    /// The world refused.
    Source(SourceError),
    /// What was asked for cannot be had, in one sentence.
    Usage(Localized),
    /// The plan cannot be read to its end.
    Plan(Vec<Finding>),
    /// Writing failed.
    Io(io::Error),
}

impl<E: Into<SourceError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Source(error.into())
    }
}

pub(super) fn run(world: &mut World<'_>, arguments: &ChangelogArguments) -> io::Result<u8> {
    if arguments.check {
        return check::run(world, arguments);
    }
    let (config, findings) = match read_config(arguments.shared.config.as_deref()) {
        Ok(read) => read,
        Err(error) => return refuse(world, Refused::Source(error), Language::default()),
    };
    let language = arguments.shared.lang.unwrap_or(config.language);
    if !findings.is_empty() {
        tell(world, findings, language)?;
        return Ok(COULD_NOT_CHECK);
    }
    match write_table(world, arguments, language) {
        Ok(()) => Ok(CLEAN),
        Err(refused) => refuse(world, refused, language),
    }
}

fn refuse(world: &mut World<'_>, refused: Refused, language: Language) -> io::Result<u8> {
    let message = match refused {
        Refused::Source(error) => error.message(),
        Refused::Usage(message) => message,
        Refused::Io(error) => return Err(error),
        Refused::Plan(findings) => {
            tell(world, findings, language)?;
            return Ok(COULD_NOT_CHECK);
        }
    };
    world.complain(&format!("plangate: {}", message.get(language)));
    Ok(COULD_NOT_CHECK)
}

fn write_table(
    world: &mut World<'_>,
    arguments: &ChangelogArguments,
    language: Language,
) -> Result<(), Refused> {
    let schema = Schema::builtin();
    let states = find(world, arguments, &schema, language)?;
    let rows = if arguments.draft {
        let proposal = propose(world, &states, &schema)?;
        if arguments.write {
            let written = write::into_history(&states.plan, &proposal, &schema)?;
            let message = Localized::new(
                format!("已將 {} 版之列寫入 {written}，理由待填", proposal.edition),
                format!(
                    "the row of {} is in {written}; its reasons are to be written",
                    proposal.edition
                ),
            );
            world.complain(&format!("plangate: {}", message.get(language)));
        }
        vec![proposal.row(language)]
    } else {
        log::rows(&states.snapshots, &states.spans, &states.told)
    };
    let format = arguments.format.unwrap_or(TableWord::Markdown).into();
    let name = states.plan.name.as_str();
    render(format, name, &rows, language, world.out).map_err(Refused::Io)
}

/// The states of the plan that was asked for; what could not be read is told.
fn find(
    world: &mut World<'_>,
    arguments: &ChangelogArguments,
    schema: &Schema,
    language: Language,
) -> Result<States, Refused> {
    let states = States::find(&arguments.path, arguments.repo.as_deref(), schema)?;
    for passed_over in &states.unread {
        let message = Localized::new(
            format!("版本 {passed_over} 之計畫無法讀取，略過"),
            format!("the plan at {passed_over} cannot be read and is passed over"),
        );
        world.complain(&format!("plangate: {}", message.get(language)));
    }
    Ok(states)
}

/// The next row, from the last edition to the plan as it was asked for.
fn propose(world: &World<'_>, states: &States, schema: &Schema) -> Result<Proposal, Refused> {
    let nothing = || {
        Refused::Usage(Localized::new(
            "上一版以來沒有變更，無列可擬；歷史中沒有上一版者亦同",
            "nothing has changed since the edition before, or there is none",
        ))
    };
    let base = log::base_of(&states.snapshots, &states.spans).map_err(|edition| {
        Refused::Usage(Localized::new(
            format!("{edition} 之次一版號無從推知；遞增 header.edition 後再擬"),
            format!("the number after {edition} cannot be told; raise header.edition first"),
        ))
    })?;
    let (base, edition) = base.ok_or_else(nothing)?;
    let tip = states.snapshots.len().saturating_sub(1);
    let has_row = |tip: &Snapshot| tip.is_unexplained() && tip.has_row(&edition);
    if states.snapshots.last().is_some_and(has_row) && states.told_in_trailers(tip) {
        return Err(nothing());
    }
    let Some(base) = states.plan_at(base) else {
        return Err(nothing());
    };
    let (old, new) = (read(base)?, read(&states.plan)?);
    let (old, new) = (Plan::new(&old, schema), Plan::new(&new, schema));
    let changes = compare(&old, &new, world.today);
    let snapshot = |plan| Snapshot::read(plan, "");
    let states = (&snapshot(&old), &snapshot(&new));
    let proposal = Proposal::new(edition, states, &changes, schema);
    if proposal.notes.is_empty() {
        return Err(nothing());
    }
    Ok(proposal)
}

/// The files of a plan, if they can be read to their end.
fn read(plan: &PlanFile) -> Result<PlanFiles, Refused> {
    let read = plans::read_file(plan)?;
    read.files.ok_or(Refused::Plan(read.findings))
}
