//! Writes that were planned → what of them stands now, and what does not and why.
//!
//! The pull request may have moved, another run may be faster, a line may be refused and an answer
//! may get lost. Invariants: nothing is written about a head that is not the head any more; what is
//! refused on a line is said on the file, then in the summary; whatever is said nowhere is handed
//! back; nothing is sent again before it was looked for; a status that may not hold is never green.

mod attention;
mod demotion;
mod statuses;
mod told;
mod writing;

use demotion::Demotions;
pub use statuses::set_statuses;

use super::{Error, Forge, Listed, Planned, ToSet};
use crate::review::anchor::Anchor;
use crate::review::marker::Marker;
use crate::review::writes::{Own, Posted, PostedKind, Write};
use crate::review::{CommitId, Standing};

/// How often something is sent whose answer gets lost.
const SENDINGS: u32 = 3;

/// What is to be carried out, and about what it was planned.
#[derive(Debug, Clone)]
pub struct Job<'j> {
    /// The pull request.
    pub number: u64,
    /// The head that was judged.
    pub head: &'j CommitId,
    /// How it stood among the open ones, just now; `None` where it was not among them.
    pub listed: Option<&'j Listed>,
    /// Who we are.
    pub own: Own,
    /// The number of this run, as in the markers of the writes.
    pub run: u64,
    /// What is to be told.
    pub planned: &'j Planned,
    /// Stands in the summary above what could be said on no line: Markdown, one line.
    pub heading: &'j str,
    /// The line of a status that was green until a later run came.
    pub overtaken: &'j str,
}

/// What became of a job.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// How many writes stand, elsewhere than planned or not.
    pub posted: usize,
    /// What stands elsewhere than planned.
    pub demoted: Vec<Demoted>,
    /// What does not stand; to be said in another way.
    pub unposted: Vec<Unposted>,
    /// What could not be asked for: reviews, labels.
    pub unasked: Vec<Error>,
    /// The statuses that could not be set.
    pub unset: Vec<Unset>,
    /// Why nothing more was done.
    pub stopped: Option<Stop>,
}

/// Something that was said elsewhere than planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demoted {
    /// The fingerprint of its finding.
    pub id: String,
    /// Where it was said.
    pub to: Anchor,
}

/// Something that was said nowhere.
#[derive(Debug, Clone)]
pub struct Unposted {
    /// The write.
    pub write: Write,
    /// What the forge had against it; `None` where nothing was sent.
    pub error: Option<Error>,
}

/// A status that was not set.
#[derive(Debug, Clone)]
pub struct Unset {
    /// Its context.
    pub context: String,
    /// What the forge had against it.
    pub error: Error,
}

/// Why the rest was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The head is another one by now; whatever moved it starts a run of its own.
    Moved {
        /// The head now.
        to: CommitId,
    },
    /// It is closed or merged.
    NotOpen,
    /// Nobody may comment any more. The statuses were set.
    Locked,
    /// The token may not write, as that of a fork's pull request.
    MayNotWrite(Error),
    /// A later run has written.
    Overtaken {
        /// The later run.
        by: u64,
    },
    /// The forge does not answer, or answered enough.
    Failed(Error),
}

/// Carries a job out as far as it can be. A pull request that is not what was judged gets nothing,
/// a status neither: what is required of a head without one is not there.
pub fn carry_out(forge: &mut dyn Forge, job: &Job<'_>) -> Carried {
    let mut work = Work {
        forge,
        job,
        carried: Carried::default(),
        demotions: Demotions::new(job.heading),
        set: Vec::new(),
    };
    match work.may_begin() {
        Ok(true) => work.write_all(),
        Ok(false) => work.stop(Stop::Locked, &job.planned.comments),
        Err(stop) => {
            work.stop(stop, &job.planned.comments);
            return work.carried;
        }
    }
    if matches!(work.carried.stopped, None | Some(Stop::Locked)) {
        work.ask_for_attention();
    }
    if !matches!(
        work.carried.stopped,
        Some(Stop::Moved { .. } | Stop::NotOpen)
    ) {
        work.set_statuses();
        work.look_back();
    }
    work.carried
}

impl Carried {
    /// Whether the statuses stand as they were planned, and all was said that may be.
    pub fn stands(&self) -> bool {
        self.unset.is_empty() && matches!(self.stopped, None | Some(Stop::Locked))
    }
}

/// A job on its way.
struct Work<'w> {
    forge: &'w mut dyn Forge,
    job: &'w Job<'w>,
    carried: Carried,
    demotions: Demotions<'w>,
    /// The statuses that stand.
    set: Vec<&'w ToSet>,
}

impl Work<'_> {
    /// As [`Self::may_comment`], by the list that was read just now. One that is not in it was closed or
    /// merged, or slipped between two pages, and is asked about.
    fn may_begin(&mut self) -> Result<bool, Stop> {
        let Some(listed) = self.job.listed else {
            return self.may_comment();
        };
        self.has_not_moved(&listed.head)?;
        Ok(!listed.is_locked)
    }

    /// Whether the pull request still is what was judged, and whether anybody may comment on it.
    fn may_comment(&mut self) -> Result<bool, Stop> {
        let now = self.forge.pull_request(self.job.number);
        let now = now.map_err(Stop::Failed)?;
        self.has_not_moved(&now.pull_request.head)?;
        match now.pull_request.standing {
            Standing::Closed | Standing::Merged { .. } => Err(Stop::NotOpen),
            Standing::Open | Standing::Conflict => Ok(!now.is_locked),
        }
    }

    fn has_not_moved(&self, head: &CommitId) -> Result<(), Stop> {
        match head == self.job.head {
            true => Ok(()),
            false => Err(Stop::Moved {
                to: CommitId::clone(head),
            }),
        }
    }

    /// Nothing more is written; what was not sent is handed back.
    fn stop(&mut self, stop: Stop, unsent: &[Write]) {
        self.carried.stopped.get_or_insert(stop);
        let unsent = unsent.iter().cloned();
        let unposted = unsent.map(|write| Unposted { write, error: None });
        self.carried.unposted.extend(unposted);
    }

    /// Our own comments of one kind, under their markers.
    fn marked<'p>(
        &self,
        posted: &'p [Posted],
    ) -> impl Iterator<Item = (&'p Posted, Marker)> + use<'p> {
        let own = self.job.own;
        posted
            .iter()
            .filter(move |posted| posted.author == Some(own.account) && posted.app == own.app)
            .filter_map(|posted| Some((posted, Marker::read(&posted.body)?)))
    }
}

/// Where a comment under this id stands.
fn kind_of(id: &str) -> PostedKind {
    if id == Marker::SUMMARY {
        PostedKind::Conversation
    } else {
        PostedKind::Diff
    }
}
