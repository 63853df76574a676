//! Plans × pack × date → findings.
//!
//! In: plans, a pack of policies, a law date. Out: an [`Outcome`]. Does no I/O and cannot fail:
//! whatever is wrong is a finding. Knows nothing of formats, of Git or of pull requests.

mod also;
mod duty;
mod examples;
mod exceptions;
mod findings;
mod gather;
mod law_date;
mod looser;
mod outcome;
mod prepare;
mod rule;
mod run;
mod scene;
mod sides;
mod tallies;

pub use also::{Also, Difference};
pub use examples::forcing::{Untested, untested};
pub use examples::visited::Visited;
pub use examples::{Played, example_day, example_files, run_example};
pub use exceptions::{Exceptions, Used};
pub use findings::basis::cited;
pub use findings::conceal::conceal;
pub use findings::reader::Reader;
pub use law_date::{AsOf, LawDates};
pub use looser::looser;
pub use outcome::{BodySummary, Outcome, PlanSummary, Rule, Tally, Tool};
pub use run::{Judge, Judged, Settings, sort};
pub use sides::against::{Beside, is_within};
pub use sides::between::{Former, Transition};
pub use sides::of_change::removed;
