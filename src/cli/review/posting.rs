//! A judged pull request → what is to be told to the forge.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::gather::Told;
use crate::finding::Finding;
use crate::forge::{LABEL, Planned, Seen, ToSet};
use crate::report::pull_request::{
    Links, Review, comment, fixed, status_line, suggestion, summary,
};
use crate::review::Roster;
use crate::review::anchor::{Anchor, ChangedFile, Side, anchor};
use crate::review::judgement::{Judged, Judgement};
use crate::review::statuses::Status;
use crate::review::writes::{Desired, Own, Superseded, Wanted, plan};
use crate::text::Language;

/// The most comments on the diff; the rest is in the summary.
const MAX_COMMENTS: usize = 25;
/// The longest label that GitHub takes, in characters.
const MAX_LABEL: usize = 50;

/// What is to be told of a pull request that was judged, or not.
pub(super) struct Posting<'p> {
    pub(super) told: &'p Told,
    pub(super) review: Review<'p>,
    pub(super) judged: Option<(&'p Judgement, &'p Roster)>,
    pub(super) files: &'p [ChangedFile],
    pub(super) run: u64,
}

impl Posting<'_> {
    /// The fewest writes that say it.
    pub(super) fn plan(&self, standing: &[Seen]) -> Result<Planned, Superseded> {
        let language = self.review.language;
        let mut desired = Desired {
            summary: summary(self.review),
            fixed: fixed(&self.review.pull_request.head, language),
            ..Desired::default()
        };
        if let Some((judgement, _)) = self.judged {
            desired.comments = self.comments(judgement);
            desired.holding = holding(judgement);
        }
        let comments = plan(&self.told.posted, &desired, self.told.own, self.run)?;
        let (add_labels, remove_labels) = self.labels();
        Ok(Planned {
            comments,
            reviewers: self.reviewers(),
            add_labels,
            remove_labels,
            statuses: self.statuses(standing),
        })
    }

    /// A comment for each finding that is new or blocks, where the diff has a place for it; the
    /// weightiest first.
    fn comments(&self, judgement: &Judgement) -> Vec<Wanted> {
        let mut said: Vec<&Judged> = judgement
            .findings()
            .filter(|own| own.is_told_in_place())
            .collect();
        said.sort_by(|a, b| {
            let weight = |own: &Judged| {
                (
                    own.blocks.is_none(),
                    std::cmp::Reverse(own.finding.severity),
                )
            };
            let by_place = || a.finding.place.order(&b.finding.place);
            weight(a).cmp(&weight(b)).then_with(by_place)
        });
        let wanted = said.into_iter().filter_map(|own| self.wanted(&own.finding));
        wanted.take(MAX_COMMENTS).collect()
    }

    fn wanted(&self, finding: &Finding) -> Option<Wanted> {
        let place = &finding.place;
        let suggested = finding
            .write
            .as_ref()
            .and_then(|edit| suggestion(&place.file, edit))
            .and_then(|suggested| {
                let at = anchor(
                    self.files,
                    place.file.name(),
                    Side::New,
                    suggested.lines.clone(),
                );
                stands_on(&at, &suggested.lines).then_some((suggested, at))
            });
        let (suggested, at) = match suggested {
            Some((suggested, at)) => (Some(suggested), at),
            None => {
                let line = u32::try_from(place.start().line).ok()?;
                let at = anchor(self.files, place.file.name(), Side::New, line..=line);
                (None, at)
            }
        };
        let (links, language): (&dyn Links, Language) = (self.review.links, self.review.language);
        (at != Anchor::Summary).then(|| Wanted {
            id: finding.fingerprint.to_string(),
            anchor: at,
            text: comment(finding, suggested.as_ref(), links, language),
        })
    }

    /// Whom to ask: who is awaited, and has neither been asked nor given an opinion.
    fn reviewers(&self) -> Vec<Arc<str>> {
        let Some((judgement, roster)) = self.judged else {
            return Vec::new();
        };
        let pull_request = self.review.pull_request;
        if pull_request.is_draft {
            return Vec::new();
        }
        let snapshot = &self.told.snapshot;
        let is_known = |login: &str, account: Option<u64>| {
            let same = |id: u64, other: &str| {
                account.map_or_else(|| other.eq_ignore_ascii_case(login), |own| own == id)
            };
            let asked = pull_request.requested.iter();
            let opinions = snapshot
                .reviews
                .iter()
                .filter_map(|own| own.author.as_ref());
            asked.chain(opinions).any(|own| same(own.id, &own.login))
        };
        let mut logins: BTreeSet<Arc<str>> = BTreeSet::new();
        let filled = judgement
            .outcome
            .approvals
            .iter()
            .flat_map(|own| &own.filled);
        for person in filled.flat_map(|filled| &filled.awaited) {
            let person = &roster.people[*person];
            if !is_known(&person.login, person.account) {
                logins.insert(Arc::clone(&person.login));
            }
        }
        logins.into_iter().collect()
    }

    /// Labels that say who is awaited.
    fn labels(&self) -> (Vec<String>, Vec<String>) {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        if let Some((judgement, roster)) = self.judged {
            let filled = judgement
                .outcome
                .approvals
                .iter()
                .flat_map(|own| &own.filled);
            for filled in filled.filter(|filled| filled.missing > 0) {
                let agency = roster.agencies.get(&filled.want.agency);
                let agency = agency.map_or(&*filled.want.agency, |agency| &*agency.name);
                let label = format!("{LABEL}{agency}{}", filled.want.role);
                wanted.insert(label.chars().take(MAX_LABEL).collect());
            }
        }
        let standing = &self.told.proposal.labels;
        let ours = standing.iter().filter(|label| label.starts_with(LABEL));
        let remove = ours.filter(|label| !wanted.contains(*label)).cloned();
        let remove = remove.collect();
        let add = wanted.into_iter().filter(|label| !standing.contains(label));
        (add.collect(), remove)
    }

    /// The statuses that do not stand like this already.
    fn statuses(&self, standing: &[Seen]) -> Vec<ToSet> {
        let base = &self.review.pull_request.base;
        let (statuses, language) = (self.review.statuses, self.review.language);
        to_set(statuses, base, language, standing, self.told.own)
    }
}

/// The statuses that do not stand like this already.
pub(super) fn to_set(
    statuses: &[Status; 3],
    base: &str,
    language: Language,
    standing: &[Seen],
    own: Own,
) -> Vec<ToSet> {
    let to_set = |status: &Status| ToSet {
        context: status.context.name(base),
        state: status.state,
        description: status_line(status, language),
        address: None,
    };
    let stands = |wanted: &ToSet| {
        standing.iter().any(|seen| {
            let is_ours = seen.creator.as_ref().map(|creator| creator.id) == Some(own.account);
            is_ours
                && seen.context.eq_ignore_ascii_case(&wanted.context)
                && seen.state == wanted.state
                && seen.description == wanted.description
        })
    };
    let wanted = statuses.iter().map(to_set);
    wanted.filter(|wanted| !stands(wanted)).collect()
}

fn holding(judgement: &Judgement) -> BTreeSet<String> {
    let findings = judgement.findings().map(|own| &own.finding);
    let attended = findings.filter(|own| own.verdict.needs_attention());
    let ids = attended.flat_map(|own| {
        let bodies = own.bodies.iter().map(|body| body.fingerprint);
        bodies.chain([own.fingerprint])
    });
    ids.map(|id| id.to_string()).collect()
}

/// Whether an anchor is these very lines.
fn stands_on(at: &Anchor, lines: &std::ops::RangeInclusive<u32>) -> bool {
    match at {
        Anchor::Lines { start, line, .. } => {
            start.unwrap_or(*line) == *lines.start() && line == lines.end()
        }
        Anchor::File { .. } | Anchor::Summary => false,
    }
}
