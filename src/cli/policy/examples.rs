//! `plangate policy test`: the examples of policies, and whether each check is needed by one.

use std::io;
use std::mem::take;

use rayon::prelude::*;

use super::packs::Work;
use crate::check::{run_example, untested};
use crate::cli::arguments::PackArguments;
use crate::cli::packs::tell;
use crate::cli::world::World;
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::finding::Severity;
use crate::report::policy::{self as pages, Tested};

pub(super) fn run(world: &mut World<'_>, arguments: &PackArguments) -> io::Result<u8> {
    let Some(mut work) = Work::load(world, arguments)? else {
        return Ok(COULD_NOT_CHECK);
    };
    // What does not load cannot be tested; what is of no use only, can.
    if work
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        tell(world, take(&mut work.findings), work.language)?;
        return Ok(COULD_NOT_CHECK);
    }
    let mut policies = take(&mut work.pack.policies);
    policies.retain(|_, policy| work.wants(policy.file.name()));
    let (pack, schema) = (&work.pack, &work.schema);
    let tested = policies.par_iter_mut().map(|(_, policy)| {
        let examples = policy.examples.iter();
        let told = examples.map(|example| run_example(pack, schema, policy, example));
        let told: Vec<Result<(), String>> = told.collect();
        // Where an example does not hold as it is, none can tell what it would miss.
        let untested = match told.iter().all(Result::is_ok) {
            true => untested(pack, schema, policy),
            false => Vec::new(),
        };
        Tested {
            policy,
            told,
            untested,
        }
    });
    let tested: Vec<Tested<'_>> = tested.collect();
    let sound = pages::tested(&tested, work.language, world.out)?;
    Ok(if sound { CLEAN } else { BLOCKED })
}
