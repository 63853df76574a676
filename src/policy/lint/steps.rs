//! Conditions that may take more steps than an evaluation has.

use crate::cel::{DEFAULT_STEPS, Sizes, cost};
use crate::policy::policy::Policy;
use crate::policy::problem::Problems;

/// As long as lists of real plans are: the largest known has 394 bodies, lists of some hundred rows,
/// and a dozen entries in a row.
const SIZES: Sizes = Sizes {
    bodies: 400,
    list: 150,
    inner: 15,
};

/// The estimate takes every list to be as long as any, and nothing to be decided early. What is ten
/// times too dear is too dear all the same; in between the budget of the evaluation decides.
const MARGIN: u64 = 10;

/// Says which conditions are too dear.
pub(super) fn check(policy: &Policy, problems: &mut Problems<'_>) {
    for edition in &policy.editions {
        let checks = edition.checks.iter();
        let checks = checks.flat_map(|check| [Some(&check.assert), check.when.as_ref()]);
        for condition in checks.chain([edition.when.as_ref()]).flatten() {
            let steps = cost(condition.program(), SIZES);
            if steps > MARGIN * DEFAULT_STEPS {
                let zh = format!("對最大之計畫約需 {steps} 步，上限為 {DEFAULT_STEPS} 步");
                let en = format!(
                    "some {steps} steps over the largest plan, {DEFAULT_STEPS} are allowed"
                );
                problems.say("policy/cost", condition.whole(policy), zh, en);
            }
        }
    }
}
