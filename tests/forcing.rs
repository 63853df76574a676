//! Every check of the pack, forced true and then false, breaks an example: none is there untested.

mod pack;

use plangate::check::untested;
use rayon::prelude::*;

/// What is not tested yet. It may only shrink: what is closed goes, and nothing is added.
const OPEN: &str = include_str!("forcing/open.txt");

#[test]
fn every_check_decides_an_example_both_ways() {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    // Read a second time: the policies are changed while they are tried.
    let mut policies = pack::load(&pack::folder()).0.policies;
    let told = policies.par_iter_mut().flat_map_iter(|(id, policy)| {
        let found = untested(&pack, &pack::SCHEMA, policy);
        let file = policy.file.clone();
        found.into_iter().map(move |untested| {
            let source = file.slice(untested.span).split_whitespace();
            let source: Vec<&str> = source.collect();
            format!(
                "{id} {} always {}: {}",
                untested.check,
                untested.always,
                source.join(" ")
            )
        })
    });
    let mut told: Vec<String> = told.collect();
    for known in OPEN.lines().filter(|line| !line.starts_with('#')) {
        match told.iter().position(|told| told == known) {
            Some(at) => drop(told.remove(at)),
            None => told.push(format!(
                "closed, so that its line in open.txt goes: {known}"
            )),
        }
    }
    told.sort();
    assert!(
        told.is_empty(),
        "{} open\n{}\n",
        told.len(),
        told.join("\n")
    );
}
