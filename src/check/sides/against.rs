//! What a plan comes to, held against what it came to before a change.
//!
//! In: the findings of both, judged on the same date by the same pack. Out: each as new, unchanged
//! or fixed, with what blocks. This is the one comparison with a base: `check --base` and reviews of
//! pull requests both rest on it. Invariants: nothing that failed is fixed by saying it another way
//! (in a document, by reference to the law, as not applicable), nor by a switch of the plan's own,
//! such as its grade; what the base did not leave unknown, the change must not; a plan that cannot be
//! read fixes nothing.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::change::{Change, Changes, Class, Kind, Renames, Side, compare};
use crate::check::exceptions::Used;
use crate::check::run::{Judge, sort};
use crate::check::sides::between::{Transition, name_former};
use crate::check::sides::called::{Again, Called, Key, keys};
use crate::check::sides::duties::Duties;
use crate::check::sides::of_change::{stuck, unstated};
use crate::check::sides::restored::{
    Restored, Turned, is_apart, is_as_it_was, is_switch, is_taken, is_unsaid,
};
use crate::finding::{
    Against, Basis, Finding, Fingerprint, Place, Related, Stake, Status, Verdict,
};
use crate::plan::{Plan, has_path};
use crate::policy::Each;
use crate::text::Localized;

/// The other side of a plan.
#[derive(Debug, Clone, Copy)]
pub enum Beside<'f> {
    /// Both sides can be read.
    Both(Transition<'f>),
    /// There is another side, and one of the two cannot be read to its end.
    Unread,
    /// The base does not have the plan.
    Nothing,
}

impl Judge<'_> {
    /// Tells what a change brought. `found` is what the plan comes to, `before` what it came to;
    /// `all` where everything counts, and not only what the change brings or touches. Gives the
    /// findings, sorted, and the exceptions that comparing needed.
    pub fn against(
        &self,
        mut found: Vec<Finding>,
        before: Vec<Finding>,
        beside: Beside<'_>,
        all: bool,
    ) -> (Vec<Finding>, Used) {
        let Beside::Both(transition) = beside else {
            unread(&mut found, &before);
            return (found, Used::default());
        };
        let old = Plan::new(transition.old, self.schema);
        let new = Plan::new(transition.new, self.schema);
        let changes = compare(&old, &new, self.settings.today);
        let called = self.called(&old, &new);
        let mut held = Held {
            judge: self,
            transition,
            changes: &changes,
            known: called.known(&before),
            found: found.iter().flat_map(keys).collect(),
            again: Again::default(),
            duties: Duties::of(self, transition),
            has_mergers: called.has_mergers,
            stated: OnceCell::new(),
            all,
        };
        for finding in &mut found {
            finding.against = Some(held.told(finding));
        }
        held.again.note(&before, &called, &held.found);
        found.extend(held.under_old_switches(&old, &before));
        let gone = before.into_iter();
        found.extend(gone.filter_map(|finding| held.gone(finding, &old)));
        found.extend(held.not_restated());
        let between = self.between(transition, None);
        found.extend(between.findings.into_iter().map(|mut finding| {
            finding.against = Some(brought(&finding));
            finding
        }));
        sort(&mut found);
        (found, between.used)
    }

    /// How what one plan has is called in another.
    fn called<'p>(&self, old: &Plan<'p>, new: &Plan<'p>) -> Called<'_> {
        Called::between(&Renames::between(old, new), old, new, self.schema)
    }
}

/// Where there are not two plans to compare, whatever is found counts, and nothing is fixed.
fn unread(found: &mut [Finding], before: &[Finding]) {
    let known: BTreeSet<Key> = before.iter().flat_map(keys).collect();
    for finding in found {
        let mut against = brought(finding);
        if keys(finding).iter().all(|key| known.contains(key)) {
            against.status = Status::Unchanged;
            against.stake = Stake::Failure;
            against.touched = true;
        }
        finding.against = Some(against);
    }
}

/// Both sides, while what one came to is held against what the other came to.
struct Held<'c> {
    judge: &'c Judge<'c>,
    transition: Transition<'c>,
    changes: &'c Changes<'c>,
    /// What the base found, by the names of the plan as it is.
    known: BTreeSet<Key>,
    found: BTreeSet<Key>,
    again: Again,
    duties: Duties<'c>,
    stated: OnceCell<Option<Stated>>,
    has_mergers: bool,
    all: bool,
}

/// What fails where everything is stated that was.
enum Stated {
    Fails(BTreeSet<Fingerprint>),
    /// It cannot be put back, beginning with what stood here: nothing is known to be mended.
    Unknown(Place),
}

impl Held<'_> {
    /// Of a merger, what one had is no excuse for what another came to have by it.
    fn status(&mut self, finding: &Finding) -> Status {
        let is_known = keys(finding).iter().all(|key| self.known.contains(key));
        match is_known && !(self.has_mergers && self.duties.were_mixed(finding)) {
            true => Status::Unchanged,
            false => Status::New,
        }
    }

    /// How a finding of the plan stands to the base.
    fn told(&mut self, finding: &Finding) -> Against {
        let status = self.status(finding);
        let is_new = status == Status::New;
        let touched = !is_new && touching(self.changes, finding).next().is_some();
        let stake = match finding.verdict {
            Verdict::Unknown if is_new => Stake::Owed,
            Verdict::Pending if is_new && self.duties.were_owed(finding) => Stake::Owed,
            _ if self.all || is_new || touched => Stake::Failure,
            _ => Stake::Shown,
        };
        Against {
            status,
            stake,
            touched,
            until_approved: false,
        }
    }

    /// What the plan would come to if its grade, sector and other switches were still as they were,
    /// and does not come to as it is: what fails, is doubted or not known.
    fn under_old_switches(&mut self, old: &Plan<'_>, before: &[Finding]) -> Vec<Finding> {
        let Judge { settings, .. } = self.judge;
        let new = self.transition.new;
        let merges = |change: &Change<'_>| {
            matches!(change.kind, Kind::Merged | Kind::Split)
                && is_switch(change, self.judge.schema)
        };
        // Bodies that are put back apart are put back with what named the one that they became.
        let turned: Turned = match self.changes.all.iter().any(merges) {
            true => is_apart,
            false => is_switch,
        };
        let put_back =
            |turned: Turned| Restored::of(old, new, (self.changes, turned), settings.today);
        // What was merged into a body that was there stands in the way of what that was before.
        let restored = match put_back(turned) {
            Some(Err(place)) => put_back(is_apart)
                .filter(Result::is_ok)
                .or(Some(Err(place))),
            restored => restored,
        };
        let restored = match restored {
            None => return Vec::new(),
            Some(Err(place)) => return vec![stuck(place)],
            Some(Ok(restored)) => restored,
        };
        let mut findings = self.judge.plan(&restored.files).findings;
        let open = [Verdict::Fail, Verdict::Doubt, Verdict::Unknown];
        let schema = self.judge.schema;
        let (put_back, new) = (Plan::new(&restored.files, schema), Plan::new(new, schema));
        // What is put back apart is told where what it became is.
        let is = self.judge.called(&put_back, &new);
        findings.retain(|finding| open.contains(&finding.verdict) && !self.is_told(finding, &is));
        let called = self.judge.called(old, &put_back);
        let known = called.known(before);
        for finding in &mut findings {
            let status = match keys(finding).iter().all(|key| known.contains(key)) {
                true => Status::Unchanged,
                false => Status::New,
            };
            let is_owed = finding.verdict == Verdict::Unknown && status == Status::New;
            finding.against = Some(Against {
                status,
                stake: if is_owed { Stake::Owed } else { Stake::Failure },
                touched: false,
                until_approved: true,
            });
        }
        let found = findings.iter().flat_map(keys).collect();
        self.again.note(before, &called, &found);
        let findings = findings.into_iter();
        findings.map(|finding| restored.told(finding)).collect()
    }

    /// Whether the plan as it is has the same, or fails.
    fn is_told(&self, finding: &Finding, called: &Called<'_>) -> bool {
        called.keys(finding).into_iter().all(|key| {
            let has = |key| self.found.contains(&key);
            key.is_some_and(|key| has(key) || has((key.0, Verdict::Fail)))
        })
    }

    /// A finding of the base that is gone: fixed, for the bodies for which nothing is found any more,
    /// unless it is only said another way.
    fn gone(&mut self, mut finding: Finding, old: &Plan<'_>) -> Option<Finding> {
        let is_open = finding.verdict.needs_attention();
        if !is_open || self.again.has(&finding) {
            return None;
        }
        if is_failure(&finding) {
            let is_taken = touching(self.changes, &finding).any(is_taken);
            if self.duties.are_evaded(&finding, is_taken) || self.is_unsaid(&finding, old) {
                return Some(self.evaded(self.without_waiver(finding)));
            }
        }
        let is_whole = finding.bodies.is_empty();
        finding
            .bodies
            .retain(|body| !self.again.has_some(body.fingerprint));
        let is_there = match is_whole {
            true => self.again.has_some(finding.fingerprint),
            false => finding.bodies.is_empty(),
        };
        if is_there {
            return None;
        }
        finding.against = Some(Against {
            status: Status::Fixed,
            stake: Stake::Shown,
            touched: false,
            until_approved: false,
        });
        name_former(&mut finding, self.transition.old, self.transition.called);
        Some(finding)
    }

    /// Whether a failure is only gone because something is not stated any more that its policy reads, be
    /// it the fact or not. What contradicts itself may be mended by saying it once, and what is cited
    /// wrongly by not citing it.
    fn is_unsaid(&self, finding: &Finding, old: &Plan<'_>) -> bool {
        let policy = self.judge.pack().get(&finding.policy);
        let is_owed = matches!(finding.basis, Basis::Law(_) | Basis::Local(_))
            && policy.is_some_and(|policy| !matches!(policy.each, Each::Derived(_)));
        let stated = || is_owed.then(|| self.stated.get_or_init(|| self.as_stated(old)).as_ref());
        match stated().flatten() {
            None => false,
            Some(Stated::Fails(known)) => keys(finding).iter().any(|key| known.contains(&key.0)),
            Some(Stated::Unknown(_)) => touching(self.changes, finding).any(is_unsaid),
        }
    }

    /// What blocks where a failure went, and it cannot be told whether for being mended.
    fn not_restated(&self) -> Option<Finding> {
        match self.stated.get()?.as_ref()? {
            Stated::Unknown(place) => Some(unstated(place.clone())),
            Stated::Fails(_) => None,
        }
    }

    /// What the plan comes to with all that it stated before; nothing where it states no less.
    fn as_stated(&self, old: &Plan<'_>) -> Option<Stated> {
        self.changes.all.iter().find(|change| is_unsaid(change))?;
        let today = self.judge.settings.today;
        let turned = (self.changes, is_as_it_was as Turned);
        let restored = match Restored::of(old, self.transition.new, turned, today)? {
            Ok(restored) => restored,
            Err(place) => return Some(Stated::Unknown(place)),
        };
        let findings = self.judge.plan(&restored.files).findings;
        let failures = findings.iter().filter(|finding| is_failure(finding));
        let known = failures.flat_map(keys).map(|key| key.0);
        Some(Stated::Fails(known.collect()))
    }

    /// A failure as it would be if it were not waived: a waiver accepts what is stated, and not that it is
    /// stated no more.
    fn without_waiver(&self, finding: Finding) -> Finding {
        let policy = self.judge.pack().get(&finding.policy);
        let Some(policy) = policy.filter(|_| finding.verdict == Verdict::Waived) else {
            return finding;
        };
        let known: BTreeSet<Fingerprint> = keys(&finding).iter().map(|key| key.0).collect();
        let (_, found) = self
            .judge
            .without_exceptions()
            .policy(self.transition.old, policy);
        let mut found = found.into_iter();
        let own = found.find(|found| keys(found).iter().any(|key| known.contains(&key.0)));
        own.map_or(finding, |mut own| {
            own.bodies.retain(|body| known.contains(&body.fingerprint));
            own
        })
    }

    /// A failure of what is not stated any more, at the place where it is said another way now.
    fn evaded(&self, mut finding: Finding) -> Finding {
        name_former(&mut finding, self.transition.old, self.transition.called);
        let unsaid = || self.changes.all.iter().find(|change| is_unsaid(change));
        let now = touching(self.changes, &finding).next().or_else(unsaid);
        if let Some(now) = now.map(|change| change.pair().new.place.clone()) {
            let place = std::mem::replace(&mut finding.place, now);
            let text = Localized::new("原載於此", "as it was stated");
            let text = text.into();
            finding.related.insert(0, Related { place, text });
        }
        finding.write = None;
        finding.trace = None;
        finding.message.zh_tw.push_str("（僅改變記載方式，未改正）");
        finding
            .message
            .en
            .push_str(" (only said another way now, which mends nothing)");
        finding.against = Some(Against {
            status: Status::Unchanged,
            stake: Stake::Failure,
            touched: true,
            until_approved: true,
        });
        finding
    }
}

/// Whether it is a failure, be it waived.
fn is_failure(finding: &Finding) -> bool {
    matches!(finding.verdict, Verdict::Fail | Verdict::Waived)
}

fn brought(finding: &Finding) -> Against {
    Against::brought(finding.verdict == Verdict::Unknown)
}

/// The changes about what the finding is about.
fn touching<'c, 'p>(
    changes: &'c Changes<'p>,
    finding: &Finding,
) -> impl Iterator<Item = &'c Change<'p>> {
    let path = Arc::clone(&finding.place.path);
    // What is absent on one side has only what would hold it there, with all that stands beside it; and what
    // comes or goes as a whole is not about what it never had.
    let is_near = move |side: &Side<'_>| {
        let place = &*side.place.path;
        let has_it = |node| {
            path.strip_prefix(place)
                .is_some_and(|rest| has_path(node, rest))
        };
        side.node.is_some_and(|node| {
            is_within(place, &path) || (is_within(&path, place) && has_it(node))
        })
    };
    changes.all.iter().filter(move |change| {
        let mut pairs = change.pairs.iter();
        change.class < Class::Editorial
            && pairs.any(|pair| is_near(&pair.old) || is_near(&pair.new))
    })
}

/// Whether a path is another or lies below it; the whole plan is below nothing.
pub fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer).filter(|_| !outer.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
