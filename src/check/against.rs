//! What a plan comes to, held against what it came to before a change.
//!
//! In: the findings of both, judged on the same date by the same pack. Out: each as new, unchanged
//! or fixed, with what blocks. Invariants: nothing that failed is fixed by saying it another way (in
//! a document, by reference to the law, as not applicable), nor by a switch of the plan's own, such
//! as its grade; what the base did not leave unknown, the change must not.

use std::collections::{BTreeMap, BTreeSet};

use super::between::{Transition, name_former};
use super::restored::restored;
use super::run::{Judge, Judged, sort};
use super::visited::Visited;
use crate::change::{Change, Class, compare};
use crate::finding::{Against, Finding, Fingerprint, Status, Verdict};
use crate::plan::Plan;

/// What a finding is known by over revisions: for one body, or for the plan.
type Key = (Fingerprint, Verdict);

/// Verdicts of one policy, before and after.
type Verdicts = (Vec<Visited>, Vec<Visited>);

impl Judge<'_> {
    /// Tells what a change brought. `judged` is what the plan comes to, `before` what it came to;
    /// `all` where everything counts, and not only what the change brings or touches.
    pub fn against(
        &self,
        judged: &mut Judged,
        before: Vec<Finding>,
        transition: Transition<'_>,
        all: bool,
    ) {
        let (old, new) = (
            Plan::new(transition.old, self.schema),
            Plan::new(transition.new, self.schema),
        );
        let changes = compare(&old, &new, self.settings.today);
        let known: BTreeSet<Key> = before.iter().flat_map(keys).collect();
        let mut found: BTreeSet<Key> = judged.findings.iter().flat_map(keys).collect();
        let mut verdicts: BTreeMap<String, Verdicts> = BTreeMap::new();
        for finding in &mut judged.findings {
            let is_new = !keys(finding).iter().all(|key| known.contains(key));
            let put_off = finding.verdict == Verdict::Pending
                && is_new
                && self.was_owed(finding, transition, &mut verdicts);
            finding.against = Some(Against {
                status: if is_new {
                    Status::New
                } else {
                    Status::Unchanged
                },
                counts: all || is_new || touches(&changes.all, finding),
                owed: put_off || (finding.verdict == Verdict::Unknown && is_new),
            });
        }
        for mut finding in self.under_old_switches(transition, &changes.all) {
            let own = keys(&finding);
            if own.iter().all(|key| found.contains(key)) {
                continue;
            }
            let is_new = !own.iter().all(|key| known.contains(key));
            finding.against = Some(Against {
                status: if is_new {
                    Status::New
                } else {
                    Status::Unchanged
                },
                counts: true,
                owed: finding.verdict == Verdict::Unknown && is_new,
            });
            found.extend(own);
            judged.findings.push(finding);
        }
        for mut finding in before {
            if keys(&finding).iter().all(|key| found.contains(key)) {
                continue;
            }
            let evaded = finding.verdict == Verdict::Fail
                && self.is_evaded(&finding, transition, &mut verdicts);
            finding.against = Some(Against {
                status: if evaded {
                    Status::Unchanged
                } else {
                    Status::Fixed
                },
                counts: evaded,
                owed: false,
            });
            name_former(&mut finding, transition.old, transition.called);
            judged.findings.push(finding);
        }
        let between = self.between(transition, None);
        judged.used.join(between.used);
        let brought = between.findings.into_iter().map(|mut finding| {
            finding.against = Some(brought(&finding));
            finding
        });
        judged.findings.extend(brought);
        sort(&mut judged.findings);
    }

    /// A plan that the base does not have: whatever it comes to is new.
    pub fn anew(&self, judged: &mut Judged) {
        for finding in &mut judged.findings {
            finding.against = Some(brought(finding));
        }
    }

    /// What the plan would come to if its grade, sector and other switches were still as they were:
    /// what fails, is doubted or not known, at the switch that would hide them.
    fn under_old_switches(
        &self,
        transition: Transition<'_>,
        changes: &[Change<'_>],
    ) -> Vec<Finding> {
        let Some((files, switches)) = restored(transition.new, changes, self.schema) else {
            return Vec::new();
        };
        let mut findings = self.plan(&files).findings;
        let open = [Verdict::Fail, Verdict::Doubt, Verdict::Unknown];
        findings.retain(|finding| open.contains(&finding.verdict));
        for finding in &mut findings {
            let of_body = |place: &&crate::finding::Place| {
                let named = |id: &str| place.path.starts_with(&format!("bodies[{id}]"));
                finding.bodies.iter().any(|body| named(&body.id))
            };
            let own = switches.iter().find(of_body).or(switches.first());
            if let Some(place) = own {
                finding.place = place.clone();
            }
            finding.write = None;
            finding
                .message
                .zh_tw
                .push_str("（變更核准前，仍依變更前之等級、範圍判定）");
            finding.message.en.push_str(
                " (judged by grade and scope as they were, until the change is approved)",
            );
        }
        findings
    }

    /// Whether the base already owed what is now put off.
    fn was_owed(
        &self,
        finding: &Finding,
        transition: Transition<'_>,
        verdicts: &mut BTreeMap<String, Verdicts>,
    ) -> bool {
        let Some((before, _)) = self.verdicts(finding, transition, verdicts) else {
            return false;
        };
        before.iter().any(|visited| {
            let decided = !matches!(
                visited.verdict,
                Verdict::Pending | Verdict::NotApplicable | Verdict::Unknown
            );
            decided && concerns(finding, visited)
        })
    }

    /// Whether a failure is gone because what failed is not stated any more.
    fn is_evaded(
        &self,
        finding: &Finding,
        transition: Transition<'_>,
        verdicts: &mut BTreeMap<String, Verdicts>,
    ) -> bool {
        let Some((before, after)) = self.verdicts(finding, transition, verdicts) else {
            return false;
        };
        let failed = before.iter().filter(|visited| {
            visited.verdict == Verdict::Fail
                && visited.mode == Some("stated")
                && concerns(finding, visited)
        });
        let same =
            |a: &Visited, b: &Visited| (&a.body, &a.item, &a.need) == (&b.body, &b.item, &b.need);
        let unsaid = |visited: &Visited| {
            visited.mode.is_some_and(|mode| mode != "stated") && visited.verdict != Verdict::Fail
        };
        let mut failed = failed;
        failed.any(|old| after.iter().any(|new| same(old, new) && unsaid(new)))
    }

    fn verdicts<'v>(
        &self,
        finding: &Finding,
        transition: Transition<'_>,
        known: &'v mut BTreeMap<String, Verdicts>,
    ) -> Option<&'v Verdicts> {
        let policy = self.pack().get(&finding.policy)?;
        let id = finding.policy.to_string();
        Some(known.entry(id).or_insert_with(|| {
            let judge = self.of_every_verdict();
            let of = |files| judge.policy(files, policy).0;
            (of(transition.old), of(transition.new))
        }))
    }
}

/// What a change brings counts, and so does what it makes unknown.
fn brought(finding: &Finding) -> Against {
    Against {
        status: Status::New,
        counts: true,
        owed: finding.verdict == Verdict::Unknown,
    }
}

/// A finding for each of its bodies.
fn keys(finding: &Finding) -> Vec<Key> {
    if finding.bodies.is_empty() {
        return vec![(finding.fingerprint, finding.verdict)];
    }
    let bodies = finding.bodies.iter();
    bodies
        .map(|body| (body.fingerprint, finding.verdict))
        .collect()
}

fn concerns(finding: &Finding, visited: &Visited) -> bool {
    match &visited.body {
        None => true,
        Some(own) => {
            finding.bodies.is_empty() || finding.bodies.iter().any(|body| *body.id == **own)
        }
    }
}

/// Whether the change is about what the finding is about.
fn touches(changes: &[Change<'_>], finding: &Finding) -> bool {
    let path = &*finding.place.path;
    let of_meaning = changes
        .iter()
        .filter(|change| change.class < Class::Editorial);
    let mut sides = of_meaning.flat_map(|change| {
        let pairs = change.pairs.iter();
        pairs.flat_map(|pair| [&*pair.old.place.path, &*pair.new.place.path])
    });
    !path.is_empty() && sides.any(|side| is_within(path, side) || is_within(side, path))
}

fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
