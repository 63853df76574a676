//! The examples of the pack against its figures: every boundary of every policy, edition and row has
//! an example on it and one beside it; every mode a fact may have has an example; what is missing
//! from a plan can be written.

mod pack;

#[path = "boundaries/cases.rs"]
mod cases;
#[path = "boundaries/cell.rs"]
mod cell;
#[path = "boundaries/figures.rs"]
mod figures;
#[path = "boundaries/gaps.rs"]
mod gaps;
#[path = "boundaries/grace.rs"]
mod grace;
#[path = "boundaries/meaning.rs"]
mod meaning;
#[path = "boundaries/modes.rs"]
mod modes;
#[path = "pack/read.rs"]
mod read;
#[path = "boundaries/rehearsal.rs"]
mod rehearsal;
#[path = "boundaries/steps.rs"]
mod steps;
#[path = "boundaries/trial.rs"]
mod trial;
#[path = "boundaries/writes.rs"]
mod writes;

use std::sync::LazyLock;

use meaning::Meaning;
use plangate::policy::Pack;
use rayon::prelude::*;
use rehearsal::{Judges, Play};
use trial::{Gap, Trial};

static PACK: LazyLock<Pack> = LazyLock::new(policies);

fn policies() -> Pack {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    pack
}

/// The gaps that `of` finds, policy by policy. The policies are read a second time, for they are
/// changed while they are tried.
fn gaps(of: impl Fn(&mut Trial<'_, '_>) -> Vec<Gap> + Sync) -> Vec<Gap> {
    let judges = Judges::of(&PACK);
    let mut policies = policies().policies;
    let gaps = policies.par_iter_mut().flat_map_iter(|(_, policy)| {
        let plays = Play::all(policy);
        of(&mut Trial::of(policy, &plays, &judges))
    });
    let mut gaps: Vec<Gap> = gaps.collect();
    gaps.sort();
    gaps
}

/// What is missing, but for what the data says means nothing.
fn none(gaps: &[Gap]) {
    let meaning = Meaning::parse(include_str!("boundaries/not-meaningful.yaml"));
    let meaning = meaning.expect("the list reads");
    let told = gaps.iter().filter(|gap| !meaning.excuses(gap)).map(|gap| {
        format!(
            "{}: {} at {}: {}",
            gap.policy,
            gap.figure,
            gap.cell.named(),
            gap.what
        )
    });
    let mut told: Vec<String> = told.collect();
    told.extend(
        meaning
            .idle()
            .iter()
            .map(|idle| format!("means nothing to no one: {idle}")),
    );
    assert!(
        told.is_empty(),
        "{} gaps\n{}\n",
        told.len(),
        told.join("\n")
    );
}

#[test]
fn every_boundary_has_an_example_on_it_and_one_beside_it() {
    none(&gaps(|trial| {
        let mut found = trial.figures();
        found.extend(trial.idle_elements());
        found.extend(trial.grace());
        found.extend(trial.modes(&pack::SCHEMA));
        found.extend(trial.unwritten());
        found
    }));
}
