//! Plans × pack × date → findings.
//!
//! In: plans, a pack of policies, a law date. Out: an [`Outcome`]. Does no I/O and cannot fail:
//! whatever is wrong is a finding. Knows nothing of formats, of Git or of pull requests.

mod against;
mod alike;
mod also;
mod basis;
mod before;
mod between;
mod bindings;
mod cited_law;
mod compared;
mod conceal;
mod deadline;
mod decided;
mod delegations;
mod derived;
mod entries;
mod examples;
mod exceptions;
mod explain;
mod findings;
mod forcing;
mod gather;
mod group;
mod host;
mod judge;
mod law_date;
mod looser;
mod lost;
mod outcome;
mod over_dates;
mod prose;
mod recall;
mod restored;
mod rule;
mod run;
mod scene;
mod sentences;
mod show;
mod tallies;
mod visited;
mod visits;
mod words;
mod write;

pub use also::{Also, Difference};
pub use basis::cited;
pub use between::Transition;
pub use compared::{Compared, Novelty, compared};
pub use conceal::conceal;
pub use examples::{Played, example_day, example_files, run_example};
pub use exceptions::{Exceptions, Used};
pub use forcing::{Untested, untested};
pub use law_date::{AsOf, LawDates};
pub use looser::looser;
pub use outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
pub use run::{Judge, Judged, Settings, sort};
pub use visited::Visited;
