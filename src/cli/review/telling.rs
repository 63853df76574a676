//! A pull request that was heard → printed, put on record, told to the forge.
//!
//! Invariant: what could not be told to the forge is told here, and is no clean run.

use super::gather::Told;
use super::posting::Posting;
use super::printed::Printed;
use super::{Court, Heard, Refused};
use crate::cli::arguments::{ReviewArguments, ReviewWord};
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::forge::{Carried, Forge, Job, Planned, carry_out};
use crate::report::pull_request::{self, Links, Review, Told as TellWhat};
use crate::review::Standing;
use crate::review::anchor::ChangedFile;
use crate::review::judgement::unjudged;
use crate::review::statuses::{Ground, State, Status};
use crate::review::writes::Write;
use crate::text::{Language, Localized};

/// What a pull request came to.
pub(super) struct Verdict {
    pub(super) told: Told,
    heard: Option<Heard>,
    /// Why it was not judged, where it was not.
    ground: Ground<()>,
    pub(super) statuses: [Status; 3],
}

/// What became of telling it.
#[derive(Default)]
pub(super) struct Said {
    pub(super) code: u8,
    pub(super) complaints: Vec<Localized>,
}

impl Verdict {
    /// Of one that was judged, has nobody who judges, or could not be judged.
    pub(super) fn of(told: Told, heard: Result<Option<Heard>, Refused>) -> Self {
        let (heard, ground) = match heard {
            Ok(Some(heard)) => (Some(heard), Ground::Judged(())),
            Ok(None) => (None, Ground::NotConfigured),
            Err(refused) => (None, Ground::NotTold(refused.0)),
        };
        let statuses = match &heard {
            Some(heard) => heard.judgement.statuses.clone(),
            None => unjudged(&ground, &told.snapshot, &told.foreign()),
        };
        Self {
            told,
            heard,
            ground,
            statuses,
        }
    }

    /// The language of its base, unless another was asked for.
    pub(super) fn language(&self, asked: Option<Language>) -> Language {
        let configured = self.heard.as_ref().map(|heard| heard.base.config.language);
        asked.or(configured).unwrap_or_default()
    }

    /// As it is told in a language.
    pub(super) fn review<'v>(&'v self, links: &'v dyn Links, language: Language) -> Review<'v> {
        Review {
            pull_request: &self.told.snapshot.pull_request,
            statuses: &self.statuses,
            told: self.what(),
            unguarded: self.told.unguarded.as_ref(),
            links,
            language,
        }
    }

    /// What is said of it, and how.
    fn what(&self) -> TellWhat<'_> {
        match &self.heard {
            Some(Heard {
                base, judgement, ..
            }) => TellWhat::Judged {
                judgement,
                rules: &base.rules,
                roster: &base.roster,
            },
            None => TellWhat::Unjudged(&self.ground),
        }
    }

    /// The lines that can be commented on.
    fn files(&self) -> &[ChangedFile] {
        self.heard.as_ref().map_or(&[], |heard| &heard.files)
    }
}

/// The exit code that statuses stand for.
pub(super) fn code(statuses: &[Status; 3]) -> u8 {
    match statuses.iter().map(|status| status.state).max() {
        Some(State::Failure) => BLOCKED,
        Some(State::Error) | None => COULD_NOT_CHECK,
        Some(State::Success | State::Pending) => CLEAN,
    }
}

impl Court {
    /// Prints it, puts it on record where that was asked for, and tells the forge.
    pub(super) fn tell(
        &self,
        forge: &mut dyn Forge,
        verdict: &Verdict,
        arguments: &ReviewArguments,
        printed: &mut Printed,
    ) -> Result<Said, Refused> {
        let (told, heard) = (&verdict.told, &verdict.heard);
        let language = verdict.language(self.language);
        let web = self.web(told);
        let review = verdict.review(&web, language);
        let posting = Posting {
            told,
            review,
            judged: heard.as_ref().map(|own| (&own.judgement, &own.base.roster)),
            files: verdict.files(),
            run: self.run(),
        };
        let planned = posting.plan(told.standing()).map_err(superseded)?;
        let is_dry = arguments.dry_run || arguments.snapshot.is_some();
        printed.review(review, is_dry.then_some(&planned));
        // Where nothing was judged there is nothing to keep a receipt of.
        if let (Some(path), Some(heard)) = (&arguments.evidence, heard) {
            self.record(path, told, heard)?;
        }
        let code = code(&verdict.statuses);
        let standing = told.snapshot.pull_request.standing;
        let is_merged = matches!(standing, Standing::Merged { .. });
        if is_dry || is_merged {
            let complaints = Vec::new();
            return Ok(Said { code, complaints });
        }
        let carried = self.carry_out(forge, told, &planned, language);
        if arguments.format == ReviewWord::Text {
            printed.out.push_str(&unposted(&carried));
        }
        let stands = carried.stands();
        Ok(Said {
            code: if stands { code } else { COULD_NOT_CHECK },
            complaints: carried.told(),
        })
    }

    fn carry_out(
        &self,
        forge: &mut dyn Forge,
        told: &Told,
        planned: &Planned,
        language: Language,
    ) -> Carried {
        let heading = Localized::new("### 無法標在行上的事項", "### What stands on no line");
        let overtaken = Localized::new(
            "較新的執行已接手，以其結果為準",
            "a later run has taken over",
        );
        let pull_request = &told.snapshot.pull_request;
        let job = Job {
            number: pull_request.number,
            head: &pull_request.head,
            listed: told.listed.as_ref(),
            own: told.own,
            run: self.run(),
            planned,
            heading: heading.get(language),
            overtaken: overtaken.get(language),
        };
        carry_out(forge, &job)
    }

    /// The number of this run; a later one has a greater.
    fn run(&self) -> u64 {
        u64::try_from(self.taken_at.as_second()).unwrap_or(0)
    }
}

fn superseded(superseded: crate::review::writes::Superseded) -> Refused {
    let by = superseded.by;
    Refused(Localized::new(
        format!("較新的執行（{by}）已發布，本次不再發布"),
        format!("a later run ({by}) has posted already; this one says nothing"),
    ))
}

/// What the forge did not take, for a terminal.
fn unposted(carried: &Carried) -> String {
    let bodies = carried.unposted.iter().filter_map(|it| match &it.write {
        Write::Comment { body, .. } | Write::Edit { body, .. } | Write::Summary { body } => {
            Some(body.as_str())
        }
        Write::Fold { .. } | Write::Unfold { .. } => None,
    });
    pull_request::unposted(bodies)
}
