//! Plans broken on purpose: from an example that passes, one fact is dropped, one figure moved by a
//! step or one word swapped for another, and the verdict must turn. A policy that no such break can
//! turn judges nothing.
//!
//! Nothing here knows a policy: what may be broken is what the schema says of the fields below the
//! section that the policy asks about.

mod pack;

#[path = "mutation/cases.rs"]
mod cases;
#[path = "mutation/mutants.rs"]
mod mutants;
#[path = "mutation/turned.rs"]
mod turned;

use plangate::policy::Policy;
use rayon::prelude::*;

#[test]
fn every_policy_turns_when_its_plan_is_broken() {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let policies: Vec<&Policy> = pack.policies.values().collect();
    let deaf: Vec<String> = policies
        .par_iter()
        .filter(|policy| !turned::turns(&pack, policy))
        .map(|policy| policy.id.to_string())
        .collect();
    assert!(
        deaf.is_empty(),
        "no break of a passing example turns: {deaf:?}"
    );
}
