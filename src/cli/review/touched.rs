//! What a pull request touches, between two commits: plans, and files that decide how plans are
//! judged. What is the same on both sides is neither read nor looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Refused;
use super::base::{Base, CONFIG, ROSTER, WAIVERS};
use crate::cli::plans::{self, Read};
use crate::config::Config;
use crate::config::roster::AgencyId;
use crate::plan::Schema;
use crate::review::Roster;
use crate::review::anchor::{ChangedFile, Hunk};
use crate::review::facts::{self, Seen};
use crate::review::judgement::{PlanCase, ReadSide, changes_of};
use crate::review::rules::ChangeFacts;
use crate::source::git::{Delta, Repository, Revision};
use crate::source::{Folder, PLAN_FILE, PlanFile, Refusal};
use crate::text::Day;

/// What differs between two commits.
pub(super) struct Touched {
    /// The plans.
    plans: Vec<TouchedPlan>,
    /// The files that decide how plans are judged.
    pub(super) control: Vec<Seen>,
    /// The lines that can be commented on.
    pub(super) files: Vec<ChangedFile>,
}

/// A plan that differs.
pub(super) struct TouchedPlan {
    pub(super) agency: AgencyId,
    pub(super) file: Arc<str>,
    /// The file that it was, where its folder had another name.
    pub(super) moved_from: Option<Arc<str>>,
    pub(super) old: Option<ReadPlan>,
    pub(super) new: Option<ReadPlan>,
}

pub(super) struct ReadPlan {
    content: String,
    read: Read,
}

impl ReadPlan {
    fn side(&self) -> ReadSide<'_> {
        ReadSide {
            content: &self.content,
            files: self.read.files.as_ref(),
            findings: &self.read.findings,
        }
    }
}

impl Touched {
    /// Reads what differs, by the configuration and the roster of the base.
    pub(super) fn between(
        repository: &Arc<Repository>,
        old: &Revision,
        new: &Revision,
        base: &Base,
    ) -> Result<Self, Refused> {
        let deltas = repository.deltas(old, new)?;
        let finder = Finder {
            repository,
            sides: [old, new],
            base,
        };
        Ok(Self {
            plans: finder.plans(&deltas)?,
            control: control(&deltas, base),
            files: deltas.iter().map(changed_file).collect(),
        })
    }

    /// The plans, to be judged, with the trailers of the commits.
    pub(super) fn cases<'c>(&'c self, trailers: &'c [(String, String)]) -> Vec<PlanCase<'c>> {
        let plans = self.plans.iter();
        plans.map(|plan| plan.case(trailers)).collect()
    }

    /// What changed, as rules see it.
    pub(super) fn facts(&self, schema: &Schema, today: Day) -> Vec<ChangeFacts> {
        let plans = changes_of(&self.cases(&[]), schema, today);
        let all = plans.iter().chain(&self.control);
        all.map(|seen| seen.facts.clone()).collect()
    }
}

impl TouchedPlan {
    fn case<'c>(&'c self, trailers: &'c [(String, String)]) -> PlanCase<'c> {
        PlanCase {
            trailers,
            agency: Arc::clone(&self.agency),
            file: Arc::clone(&self.file),
            moved_from: self.moved_from.clone(),
            old: self.old.as_ref().map(ReadPlan::side),
            new: self.new.as_ref().map(ReadPlan::side),
        }
    }

    /// Its main file as it is, or as it was where it is gone.
    pub(super) fn text(&self) -> &str {
        let side = self.new.as_ref().or(self.old.as_ref());
        side.map_or("", |side| side.read.file.text())
    }
}

/// Finds the plans that deltas belong to.
pub(super) struct Finder<'f> {
    repository: &'f Arc<Repository>,
    pub(super) sides: [&'f Revision; 2],
    pub(super) base: &'f Base,
}

impl Finder<'_> {
    fn plans(&self, deltas: &[Delta]) -> Result<Vec<TouchedPlan>, Refused> {
        let is_unnamed =
            |delta: &&Delta| !delta.is_named && is_kept(&delta.path, &self.base.config);
        let (unnamed, named): (Vec<&Delta>, Vec<&Delta>) = deltas.iter().partition(is_unnamed);
        let ways: Vec<Vec<String>> = named.iter().map(|it| self.around(&it.path)).collect();
        let asked: BTreeSet<String> = ways.iter().flatten().cloned().collect();
        let [old, new] = self
            .sides
            .map(|side| self.repository.plans_at(side, &asked));
        let (old, new) = (old?, new?);
        let stands = |name: &&String| old.contains_key(*name) || new.contains_key(*name);
        let names: BTreeSet<&String> = ways
            .iter()
            .filter_map(|it| it.iter().find(stands))
            .collect();
        let mut plans = Vec::new();
        for name in names {
            plans.push(TouchedPlan {
                agency: owner(&self.base.roster, name),
                moved_from: None,
                old: old.get(name).map(read).transpose()?,
                new: new.get(name).map(read).transpose()?,
                file: name.as_str().into(),
            });
        }
        let mut plans = self.follow(plans)?;
        plans.extend(unnamed.into_iter().map(|delta| self.unnamed(delta)));
        Ok(plans)
    }

    /// The plans that a path may belong to, the innermost first: one in its own folder, in the
    /// folder above, and so on as far as plans are kept.
    fn around(&self, path: &str) -> Vec<String> {
        let config = &self.base.config;
        let is_typed = |plan: &String| plan.trim_start_matches("./") == path;
        if config.plans.iter().any(is_typed) && path.ends_with(".yaml") {
            return vec![path.to_owned()];
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]).rev();
        let names = folders.map(|folder| format!("{folder}/{PLAN_FILE}"));
        names.take_while(|name| is_kept(name, config)).collect()
    }

    /// Reads a plan of a side under a name that it has elsewhere.
    pub(super) fn read_as(
        &self,
        side: &Revision,
        name: &str,
        shown: &str,
    ) -> Result<Option<ReadPlan>, Refused> {
        let asked = BTreeSet::from([name.to_owned()]);
        let found = self.repository.plans_at(side, &asked)?.remove(name);
        let renamed = found.map(|plan| PlanFile {
            name: shown.to_owned(),
            ..plan
        });
        renamed.as_ref().map(read).transpose()
    }

    /// A file below the plans whose name is not UTF-8: it may be anything.
    fn unnamed(&self, delta: &Delta) -> TouchedPlan {
        let read = |id| {
            let (file, finding) = Refusal::Name.finding(&delta.path);
            ReadPlan {
                content: format!("{id:?}"),
                read: Read {
                    file,
                    files: None,
                    findings: vec![finding],
                },
            }
        };
        TouchedPlan {
            agency: owner(&self.base.roster, &delta.path),
            file: delta.path.as_str().into(),
            moved_from: None,
            old: delta.old.map(read),
            new: delta.new.map(read),
        }
    }
}

fn read(plan: &PlanFile) -> Result<ReadPlan, Refused> {
    let content = match &plan.folder {
        Folder::Revision(folder) => folder.id().to_string(),
        Folder::Work(_) => String::new(),
    };
    let read = plans::read_file(plan)?;
    Ok(ReadPlan { content, read })
}

/// Whether a path is below one of the folders that hold plans, or is one of the plans.
fn is_kept(path: &str, config: &Config) -> bool {
    let within = |folder: &String| {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        let rest = path.strip_prefix(folder);
        folder.is_empty()
            || folder == "."
            || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    config.plans.iter().any(within)
}

/// Whose plan it is. A folder that the roster gives to nobody is an agency of its own, which nobody
/// can speak for.
fn owner(roster: &Roster, path: &str) -> AgencyId {
    let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
    roster.owner(path).cloned().unwrap_or_else(|| folder.into())
}

/// The files that decide how plans are judged, once for each agency that nobody supervises: such a
/// file is above all of them.
fn control(deltas: &[Delta], base: &Base) -> Vec<Seen> {
    let tops = base
        .roster
        .agencies
        .iter()
        .filter(|(_, agency)| agency.supervisor.is_none());
    let mut tops: Vec<AgencyId> = tops.map(|(id, _)| Arc::clone(id)).collect();
    if tops.is_empty() {
        tops.push("".into());
    }
    let name = |id: Option<crate::source::git::ObjectId>| id.map(|id| id.to_string());
    let controls = deltas
        .iter()
        .filter(|delta| is_control(&delta.path, &base.config));
    controls
        .flat_map(|delta| {
            let (old, new) = (name(delta.old), name(delta.new));
            let seen = |agency: &AgencyId| {
                facts::control(agency, &delta.path, old.as_deref(), new.as_deref())
            };
            tops.iter().map(seen).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a file decides how plans are judged, or who may change that.
pub(super) fn is_control(path: &str, config: &Config) -> bool {
    let below = |folder: &str| {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    matches!(path, CONFIG | ROSTER | WAIVERS)
        || below(".github")
        || path.rsplit('/').next() == Some("CODEOWNERS")
        || config.packs.iter().any(|folder| below(folder))
}

fn changed_file(delta: &Delta) -> ChangedFile {
    let hunk = |lines: &crate::source::git::DeltaLines| Hunk {
        old: lines.old.clone(),
        new: lines.new.clone(),
    };
    ChangedFile {
        path: delta.path.as_str().into(),
        hunks: delta.hunks.iter().map(hunk).collect(),
    }
}
