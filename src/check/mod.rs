//! Plans × pack × date → findings.
//!
//! In: plans, a pack of policies, a law date. Out: an [`Outcome`]. Does no I/O and cannot fail:
//! whatever is wrong is a finding. Knows nothing of formats, of Git or of pull requests.

mod basis;
mod bindings;
mod cited_law;
mod conceal;
mod deadline;
mod delegations;
mod derived;
mod examples;
mod findings;
mod group;
mod host;
mod judge;
mod law_date;
mod looser;
mod outcome;
mod prose;
mod rule;
mod run;
mod scene;
mod show;
mod tallies;
mod visited;
mod visits;
mod words;
mod write;

pub use basis::cited;
pub use conceal::conceal;
pub use examples::{example_day, example_files, run_example};
pub use law_date::{AsOf, LawDates};
pub use looser::looser;
pub use outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
pub use run::{Judge, Judged, Settings, sort};
pub use visited::Visited;
