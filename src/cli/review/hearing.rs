//! What was heard of a pull request, or why nothing was, in the form in which it is told.

use super::gather::Told;
use super::{Heard, Refused};
use crate::cli::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::report::pull_request::Told as TellWhat;
use crate::review::judgement::unjudged;
use crate::review::statuses::{Ground, State, Status};
use crate::text::Language;

/// A pull request that was heard.
pub(super) struct Hearing {
    /// Its judgement, where there is one.
    pub(super) heard: Option<Heard>,
    ground: Ground<()>,
    /// What is true of it.
    pub(super) statuses: [Status; 3],
    /// The language of its base, unless another was asked for.
    pub(super) language: Language,
}

impl Hearing {
    /// What became of hearing it. Whatever could not be read makes the statuses say so.
    pub(super) fn of(
        heard: Result<Option<Heard>, Refused>,
        told: &Told,
        language: Option<Language>,
    ) -> Self {
        let (heard, ground) = match heard {
            Ok(Some(heard)) => (Some(heard), Ground::Judged(())),
            Ok(None) => (None, Ground::NotConfigured),
            Err(refused) => (None, Ground::NotTold(refused.0)),
        };
        let own = heard.as_ref().map(|heard| heard.base.config.language);
        Self {
            statuses: match &heard {
                Some(heard) => heard.judgement.statuses.clone(),
                None => unjudged(&ground, &told.snapshot, &told.foreign()),
            },
            language: language.or(own).unwrap_or_default(),
            heard,
            ground,
        }
    }

    /// What there is to tell.
    pub(super) fn told(&self) -> TellWhat<'_> {
        match &self.heard {
            Some(heard) => TellWhat::Judged {
                judgement: &heard.judgement,
                rules: &heard.base.rules,
                roster: &heard.base.roster,
            },
            None => TellWhat::Unjudged(&self.ground),
        }
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
