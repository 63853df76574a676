//! Whole plans against what people said of them before there was a program.
//!
//! `oracle/expected.yaml` holds a mark for each rule and plan, `oracle/defects.yaml` what tells of
//! each defect that was known, `oracle/traps.yaml` what a naive checker would flag and this one must
//! not, `goldens/plans/` every finding with the reason why it is true. All four are data; the marks
//! and the reasons are written by hand.

mod pack;

#[path = "oracle/defects.rs"]
mod defects;
#[path = "oracle/entry.rs"]
mod entry;
#[path = "oracle/goldens.rs"]
mod goldens;
#[path = "oracle/mark.rs"]
mod mark;
#[path = "oracle/plans.rs"]
mod plans;
#[path = "oracle/rules.rs"]
mod rules;
#[path = "oracle/traps.rs"]
mod traps;
#[path = "oracle/undated.rs"]
mod undated;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = rules::trials();
    trials.extend(defects::trials());
    trials.extend(undated::trials());
    trials.extend(traps::trials());
    trials.extend(goldens::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
