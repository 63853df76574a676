//! `plangate policy lint`: what is wrong with policies, before any plan is there.

use std::io;

use super::packs::Work;
use crate::check::Outcome;
use crate::cli::arguments::LintArguments;
use crate::cli::world::World;
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::finding::Severity;
use crate::report::{self, Format, Options, policy as pages};

pub(super) fn run(world: &mut World<'_>, arguments: &LintArguments) -> io::Result<u8> {
    let Some(work) = Work::load(world, &arguments.packs)? else {
        return Ok(COULD_NOT_CHECK);
    };
    let fail_on = arguments.fail_on.unwrap_or(Severity::Error);
    let options = Options {
        language: work.language,
        color: world.color,
        fail_on,
        all: false,
    };
    let blocks = work
        .findings
        .iter()
        .any(|finding| finding.blocks_at(fail_on));
    match arguments.format.into() {
        Format::Text => {
            pages::problems(&work.findings, work.policies().count(), options, world.out)?;
        }
        format => {
            let outcome = Outcome {
                findings: work.findings,
                ..Outcome::default()
            };
            report::render(format, &outcome, options, world.out)?;
        }
    }
    Ok(if blocks { BLOCKED } else { CLEAN })
}
