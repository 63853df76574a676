//! Two plans judged against each other: the policies of the kind `transition`.

use std::sync::Arc;

use crate::change::compare;
use crate::change::log::Notes;
use crate::check::examples::visited::Visited;
use crate::check::findings::conceal::conceal;
use crate::check::findings::find;
use crate::check::run::{Judge, Judged, sort};
use crate::check::scene::host::PlanHost;
use crate::check::sides::before::Before;
use crate::document::Document;
use crate::finding::{Basis, Finding, Place};
use crate::plan::{Plan, PlanFiles};
use crate::policy::Policy;
use crate::text::SourceFile;

/// A plan, and the one before.
#[derive(Debug, Clone, Copy)]
pub struct Transition<'f> {
    /// The plan before.
    pub old: &'f PlanFiles,
    /// The plan.
    pub new: &'f PlanFiles,
    /// Whether reasons are given outside of the plan, in trailers: a change may be explained there.
    pub told_elsewhere: bool,
    /// What places in the plan before are called.
    pub called: Option<Former<'f>>,
}

/// Where a plan was before.
#[derive(Debug, Clone, Copy)]
pub struct Former<'f> {
    /// What the revision is called.
    pub revision: &'f str,
    /// Its main file now and then, where it was moved: the plan before is judged under the name that
    /// it has now, so that what is the same is found again.
    pub moved: Option<(&'f str, &'f str)>,
}

impl<'f> Former<'f> {
    /// In a revision, under the name that it has now.
    pub fn of(revision: &'f str) -> Self {
        let moved = None;
        Self { revision, moved }
    }

    /// The name of one of its files there.
    fn name(self, file: &str) -> String {
        // With the stroke behind it, so that what is below goes on from there.
        let folder = |path: &'f str| path.rfind('/').map_or("", |at| &path[..=at]);
        let moved = self.moved.and_then(|(now, then)| {
            let below = file.strip_prefix(folder(now))?;
            Some(format!("{}{below}", folder(then)))
        });
        format!("{}:{}", self.revision, moved.as_deref().unwrap_or(file))
    }
}

impl Judge<'_> {
    /// Judges what changed by every transition of a theme, or by all of them.
    pub fn between(&self, transition: Transition<'_>, theme: Option<&str>) -> Judged {
        let policies = self.pack.policies.values();
        let asked = policies.filter(|policy| {
            policy.transition.is_some() && theme.is_none_or(|theme| *policy.theme == *theme)
        });
        self.transitions(transition, asked).1
    }

    /// Judges what changed by one transition: every verdict, and the findings.
    pub fn transition(
        &self,
        transition: Transition<'_>,
        policy: &Policy,
    ) -> (Vec<Visited>, Vec<Finding>) {
        let (visited, judged) = self.transitions(transition, std::iter::once(policy));
        (visited, judged.findings)
    }

    fn transitions<'q>(
        &self,
        transition: Transition<'_>,
        policies: impl Iterator<Item = &'q Policy>,
    ) -> (Vec<Visited>, Judged) {
        let Transition {
            old,
            new,
            told_elsewhere,
            called,
        } = transition;
        let (old_files, old, new) = (
            old,
            Plan::new(old, self.schema),
            Plan::new(new, self.schema),
        );
        let changes = compare(&old, &new, self.settings.today);
        let notes = Notes::between(&old, &new, told_elsewhere);
        let host = |plan| PlanHost::new(plan, &self.items, &self.defaults, &self.pack.laws);
        let (earlier, mut host) = (host(&old), host(&new));
        host.before = Some(Before {
            host: &earlier,
            changes: &changes,
            notes: &notes,
        });
        let mut sitting = self.sitting(&host);
        let (mut visited, mut found) = (Vec::new(), Vec::new());
        for policy in policies.filter(|policy| policy.transition.is_some()) {
            let entries = self.entries(&mut sitting, policy);
            let scene = &mut sitting.scene;
            visited.extend(entries.iter().flat_map(|entry| Visited::of(scene, entry)));
            find(scene, policy, &entries, self.explains, &mut found);
        }
        for finding in &mut found {
            name_former(finding, old_files, called);
        }
        conceal(&mut found);
        sort(&mut found);
        let judged = Judged {
            findings: found,
            summary: sitting.tallies.summary(&new, &sitting.dates),
            used: sitting.used,
        };
        (visited, judged)
    }
}

/// Gives places in the plan before a file that says which revision it is of: what was there is not
/// taken for what is there now.
pub(in crate::check) fn name_former(
    finding: &mut Finding,
    old: &PlanFiles,
    called: Option<Former<'_>>,
) {
    let Some(called) = called else {
        return;
    };
    let beside = old.sections.values().chain(old.annexes.values());
    let own = std::iter::once(&old.main).chain(beside);
    let files: Vec<&Arc<SourceFile>> = own.map(Document::file).collect();
    let name = |place: &mut Place| {
        if files.iter().any(|file| Arc::ptr_eq(file, &place.file)) {
            let name = called.name(place.file.name());
            place.file = Arc::new(SourceFile::new(name, place.file.text()));
        }
    };
    name(&mut finding.place);
    finding
        .related
        .iter_mut()
        .for_each(|related| name(&mut related.place));
    if let Basis::Consistency(place) = &mut finding.basis {
        name(place);
    }
}
