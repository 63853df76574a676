//! `plangate review`: a pull request in; findings, changes, approvals and statuses out, and told to
//! the forge.
//!
//! What judges is read at the base, what is judged at the head, both as objects. What only the forge
//! knows comes through [`Forge`], from a recording of it with `--snapshot`. Whatever cannot be read
//! makes the statuses say so; no list that could not be read is taken as empty.

mod asked;
mod base;
mod court;
mod evidence;
mod explain;
mod fetching;
mod gather;
mod members;
mod moved;
mod posting;
mod printed;
mod queue;
mod scratch;
mod shadow;
mod telling;
mod touched;

use std::io;
use std::path::Path;

use jiff::Timestamp;

use super::arguments::ReviewArguments;
use super::connect::{connect, proxy};
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::check::Exceptions;
use crate::document::Limits;
use crate::forge::github::Proxy;
use crate::forge::github::event::Event;
use crate::forge::recorded::Recorded;
use crate::forge::{self, Forge};
use crate::review::anchor::ChangedFile;
use crate::review::judgement::{Approvers, Bench, Judgement, Proposed, judge_plan};
use crate::review::{Snapshot, Standing, day_in_taiwan};
use crate::source::git::{Repository, Revision};
use crate::source::{self, SourceError};
use crate::text::{Language, Localized};
use asked::{asked, numbers};
use base::Base;
use court::Court;
use gather::{Commits, Told};
use printed::Printed;
use queue::Group;
use telling::{Said, Verdict};
use touched::Touched;

pub(super) use evidence::{read as read_receipt, verify};
pub(super) use explain::run as explain;

/// Why there is no verdict, in one sentence.
pub(super) struct Refused(Localized);

impl<E: Into<SourceError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into().message())
    }
}

impl From<forge::Error> for Refused {
    fn from(error: forge::Error) -> Self {
        Self(error.told())
    }
}

/// A pull request judged by the rules of its base, with the lines that can be commented on.
struct Heard {
    base: Base,
    judgement: Judgement,
    files: Vec<ChangedFile>,
    head: Revision,
}

/// Whom to ask, and since when what it says holds.
struct Host {
    forge: Box<dyn Forge>,
    /// Where people read the repository; empty where that is not known.
    address: String,
    /// The way out of here.
    proxy: Option<Proxy>,
    taken_at: Timestamp,
}

pub(super) fn run(world: &mut World<'_>, arguments: &ReviewArguments) -> io::Result<u8> {
    let language = arguments.lang.unwrap_or_default();
    let mut printed = Printed::new(arguments.format);
    let heard = asked(world, arguments).and_then(|event| {
        let mut host = Host::of(world, arguments)?;
        let court = Court::open(arguments, &host, &world.temporary)?;
        Ok(court.hear_all(&mut *host.forge, &event, arguments, &mut printed))
    });
    let (code, complaints) = match heard {
        Ok(heard) => heard,
        Err(refused) => return Ok(refuse(world, &refused, language)),
    };
    world.out.write_all(printed.out.as_bytes())?;
    if let Some(path) = world.variable("GITHUB_STEP_SUMMARY")
        && let Err(error) = printed.append_summary(Path::new(&path))
    {
        world.complain(&format!("plangate: {path}: {error}"));
    }
    for complaint in complaints {
        world.complain(&format!("plangate: {}", complaint.get(language)));
    }
    Ok(code)
}

impl Host {
    /// The forge that is there, or what it has said once.
    fn of(world: &World<'_>, arguments: &ReviewArguments) -> Result<Self, Refused> {
        let Some(path) = &arguments.snapshot else {
            let connected = connect(world, arguments.forge.as_deref()).map_err(Refused)?;
            return Ok(Self {
                forge: connected.forge,
                address: connected.address,
                proxy: proxy(world),
                taken_at: world.now,
            });
        };
        let recorded = recorded(path)?;
        Ok(Self {
            address: recorded.address.clone().unwrap_or_default(),
            proxy: proxy(world),
            taken_at: recorded.taken_at,
            forge: Box::new(recorded),
        })
    }
}

fn recorded(path: &Path) -> Result<Recorded, Refused> {
    let bytes = source::read_file(path, 64 * Limits::default().bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Recorded::read(&text).map_err(Refused)
}

pub(super) fn refuse(world: &mut World<'_>, refused: &Refused, language: Language) -> u8 {
    world.complain(&format!("plangate: {}", refused.0.get(language)));
    COULD_NOT_CHECK
}

impl Court {
    /// Whatever an event is about; a pull request that cannot be judged stops no other.
    fn hear_all(
        &self,
        forge: &mut dyn Forge,
        event: &Event,
        arguments: &ReviewArguments,
        printed: &mut Printed,
    ) -> (u8, Vec<Localized>) {
        let refused = |refused: Refused| (COULD_NOT_CHECK, vec![refused.0]);
        if let Event::Queue { head, base, branch } = event {
            let base = base.as_ref();
            let group = Group { head, base, branch };
            let heard = self.hear_group(forge, &group, arguments, printed);
            return heard.map_or_else(refused, |code| (code, Vec::new()));
        }
        let numbers = match numbers(event, forge) {
            Ok(numbers) => numbers,
            Err(error) => return refused(error),
        };
        if numbers.is_empty() {
            printed.nothing(self.language.unwrap_or_default());
        }
        if numbers.len() > 1 && arguments.evidence.is_some() {
            return refused(one_receipt());
        }
        let (mut code, mut complaints) = (CLEAN, Vec::new());
        for number in numbers {
            let said = self.hear(forge, number, arguments, printed);
            let said = said.unwrap_or_else(|refused| Said {
                code: COULD_NOT_CHECK,
                complaints: vec![refused.0],
            });
            complaints.extend(said.complaints);
            code = code.max(said.code);
        }
        (code, complaints)
    }

    /// One pull request: read, judged, told.
    fn hear(
        &self,
        forge: &mut dyn Forge,
        number: u64,
        arguments: &ReviewArguments,
        printed: &mut Printed,
    ) -> Result<Said, Refused> {
        let mut told = Told::ask(forge, number, self.taken_at)?;
        if arguments.dry_run && arguments.snapshot.is_none() {
            told.speaks_for_nobody();
        }
        if !self.stands_to_be_heard(&told, arguments)? {
            printed.nothing(self.language.unwrap_or_default());
            return Ok(Said::default());
        }
        if arguments.snapshot.is_none() {
            told.ask_of_gate(forge);
        }
        let judged = self.fetch(&told).and_then(|()| self.judge(&mut told));
        // After all that takes time and before anything is written.
        told.look_around(forge)?;
        let heard = told.refuse_twins().and(judged);
        let verdict = Verdict::of(told, heard);
        self.tell(forge, &verdict, arguments, printed)
    }

    /// Whether it is to be judged: while it is open; once it is merged, for its receipt.
    fn stands_to_be_heard(
        &self,
        told: &Told,
        arguments: &ReviewArguments,
    ) -> Result<bool, Refused> {
        let number = told.snapshot.pull_request.number;
        match told.snapshot.pull_request.standing {
            Standing::Open | Standing::Conflict => Ok(true),
            Standing::Merged { .. } if arguments.evidence.is_some() => {
                self.fetch(told)?;
                let ends = [&told.proposal.base_commit, told.tip()];
                let [base, head] = ends.map(|commit| self.repository.revision(commit));
                // Upon a base that has it already it would change nothing.
                match self.repository.is_from(base?.commit, head?.commit)? {
                    true => Err(merged_already(number)),
                    false => Ok(true),
                }
            }
            Standing::Closed if arguments.evidence.is_some() => Ok(false),
            Standing::Closed | Standing::Merged { .. } => Err(Refused(Localized::new(
                format!("#{number} 已關閉或已合併，不再判定"),
                format!("#{number} is closed or merged and is not judged any more"),
            ))),
        }
    }

    /// Brings the commits here, where they are not kept here already.
    fn fetch(&self, told: &Told) -> Result<(), Refused> {
        let fetching = self.fetching.as_ref();
        fetching.map_or(Ok(()), |fetching| fetching.fetch(told))
    }

    /// Judges by the base; `None` where that is not set up.
    fn judge(&self, told: &mut Told) -> Result<Option<Heard>, Refused> {
        let today = day_in_taiwan(told.snapshot.judged_at());
        let (repository, schema) = (&self.repository, &self.schema);
        let base_revision = repository.revision(&told.proposal.base_commit)?;
        let head = repository.revision(&told.snapshot.pull_request.head)?;
        let Some(base) = Base::read(repository, &base_revision, self.library(), today)? else {
            return Ok(None);
        };
        if let Some(why) = base.why_not() {
            return Err(Refused(why));
        }
        let fork = repository.merge_base(&base_revision, &head)?;
        let touched = Touched::between(repository, &fork, &head, &base)?;
        let tip = repository.revision(told.tip())?;
        let commits = repository.proposed(&base_revision, &tip)?;
        let changes = touched.facts(schema, today);
        let head_id = &told.snapshot.pull_request.head;
        let asked = base.rules.ask(&changes, head_id, &base.roster);
        told.snapshot.commits = Commits {
            repository,
            base: &base,
            schema,
            web_address: &told.snapshot.web_address,
            signatures: told.signatures(),
            changes: &changes,
            asked: &asked,
            today,
        }
        .read(&commits)?;
        let bench = Bench {
            pack: &base.pack,
            schema,
            validator: &self.validator,
            exceptions: Exceptions {
                root: "",
                waivers: &base.waivers,
                lowered: &base.config.gate.lowered,
            },
            gate: &base.config.gate,
            today,
        };
        let trailers = gather::trailers(&commits);
        let cases = touched.cases(&trailers);
        let plans = cases.iter().map(|case| judge_plan(bench, case)).collect();
        drop(cases);
        let Touched { control, files, .. } = touched;
        let shadow = if control.iter().any(|seen| base::judges(&seen.file, &base)) {
            Some(shadow::shadow(
                repository,
                &head,
                &base,
                self.library(),
                today,
            )?)
        } else {
            None
        };
        let proposed = Proposed {
            plans,
            control,
            reviewed: self.reviewed(&told.snapshot, &base_revision, &base),
            shadow,
            no_approvals: base.why_no_approvals(),
        };
        let approvers = Approvers {
            rules: &base.rules,
            roster: &base.roster,
        };
        let foreign = told.foreign();
        let judgement = Judgement::new(bench, approvers, &told.snapshot, proposed, &foreign);
        Ok(Some(Heard {
            base,
            judgement,
            files,
            head,
        }))
    }

    /// What the pull request had changed at each commit that was reviewed. Of a commit that cannot be
    /// read any more nothing is told, and what was approved there counts for nothing.
    fn reviewed(
        &self,
        snapshot: &Snapshot,
        base_revision: &Revision,
        base: &Base,
    ) -> Vec<(
        crate::review::CommitId,
        Vec<crate::review::rules::ChangeFacts>,
    )> {
        let head = &snapshot.pull_request.head;
        let mut commits: Vec<_> = snapshot
            .reviews
            .iter()
            .filter_map(|review| review.commit.clone())
            .filter(|commit| commit != head)
            .collect();
        commits.sort();
        commits.dedup();
        let today = day_in_taiwan(snapshot.judged_at());
        let facts = |commit: &str| -> Result<_, Refused> {
            let revision = self.repository.revision(commit)?;
            let fork = self.repository.merge_base(base_revision, &revision)?;
            let touched = Touched::between(&self.repository, &fork, &revision, base)?;
            Ok(touched.facts(&self.schema, today))
        };
        let read = commits
            .into_iter()
            .filter_map(|commit| Some((facts(&commit).ok()?, commit)));
        read.map(|(facts, commit)| (commit, facts)).collect()
    }
}

fn one_receipt() -> Refused {
    Refused(Localized::new(
        "收據一次只作一件；以 --pull-request 指定",
        "a receipt is of one pull request: name it with --pull-request",
    ))
}

fn merged_already(number: u64) -> Refused {
    Refused(Localized::new(
        format!("平台所述之基底已含 #{number}，無從得知合併前之基底"),
        format!(
            "the base that the forge tells of has #{number} already; what it was merged upon cannot be told"
        ),
    ))
}
