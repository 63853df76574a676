//! Plans × pack × date → findings.
//!
//! In: plans, a pack of policies, a law date. Out: an [`Outcome`]. Does no I/O and cannot fail:
//! whatever is wrong is a finding. Knows nothing of formats, of Git or of pull requests.

mod outcome;

pub use outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
