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
mod conceal;
mod deadline;
mod decided;
mod delegations;
mod derived;
mod duties;
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
mod of_change;
mod outcome;
mod over_dates;
mod prose;
mod recall;
mod restored;
mod rewritten;
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

pub use against::{Beside, is_within};
pub use also::{Also, Difference};
pub use basis::cited;
pub use between::Transition;
pub use conceal::conceal;
pub use examples::{Played, example_day, example_files, run_example};
pub use exceptions::{Exceptions, Used};
pub use forcing::{Untested, untested};
pub use law_date::{AsOf, LawDates};
pub use looser::looser;
pub use of_change::removed;
pub use outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
pub use run::{Judge, Judged, Settings, sort};
pub use visited::Visited;
