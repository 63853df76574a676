//! What judges, read out of one commit: configuration, roster, waivers, packs, approval rules.

use std::sync::Arc;

use super::Refused;
use crate::cli::packs::{load, looser};
use crate::config::{self, Config, roster};
use crate::document::{self, Limits};
use crate::finding::{Finding, Severity, Waiver};
use crate::plan::Schema;
use crate::policy::{Pack, PackSource};
use crate::review::Roster;
use crate::review::rules::{Rules, compile};
use crate::source::Content;
use crate::source::git::{Repository, Revision, RevisionFolder};
use crate::text::{Day, Localized, SourceFile};

/// The files at the top of a plans repository.
pub(super) const CONFIG: &str = "plangate.yaml";
pub(super) const ROSTER: &str = "roster.yaml";
pub(super) const WAIVERS: &str = "waivers.yaml";

/// What judges, as one commit has it.
pub(super) struct Base {
    pub(super) config: Config,
    pub(super) waivers: Vec<Waiver>,
    pub(super) pack: Pack,
    pub(super) roster: Roster,
    pub(super) rules: Rules,
    /// What is wrong with configuration, waivers and policies: nothing can be judged.
    pub(super) broken: Vec<Finding>,
    /// What is wrong with the roster and the rules: approvals cannot be told.
    pub(super) amiss: Vec<Finding>,
}

impl Base {
    /// Reads it; `None` where there is no `plangate.yaml`.
    pub(super) fn read(
        repository: &Arc<Repository>,
        revision: &Revision,
        schema: &Schema,
        today: Day,
    ) -> Result<Option<Self>, Refused> {
        let top = repository.top(revision);
        let mut reader = Reader {
            top,
            broken: Vec::new(),
        };
        let Some(file) = reader.file(CONFIG)? else {
            return Ok(None);
        };
        let (config, findings) = config::read(&file);
        reader.broken.extend(findings);
        let waivers = match reader.file(WAIVERS)? {
            Some(file) => {
                let (waivers, findings) = config::read_waivers(&file);
                reader.broken.extend(findings);
                waivers
            }
            None => Vec::new(),
        };
        let mut sources = vec![PackSource::builtin()];
        for folder in &config.packs {
            sources.push(reader.pack(folder)?);
        }
        let (pack, problems) = load(&sources, schema);
        reader.broken.extend(problems);
        reader.broken.extend(looser(&pack, schema));
        let before = reader.broken.len();
        let (roster, mut amiss) = match reader.file(ROSTER)? {
            Some(file) => roster::read(&file),
            None => (Roster::default(), Vec::new()),
        };
        amiss.extend(reader.broken.split_off(before));
        let (rules, problems) = compile(&config.approvals, &file, &roster, today);
        amiss.extend(problems);
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        reader.broken.retain(is_error);
        amiss.retain(is_error);
        Ok(Some(Self {
            config,
            waivers,
            pack,
            roster,
            rules,
            broken: reader.broken,
            amiss,
        }))
    }

    /// Why nothing can be judged by it, where that is so.
    pub(super) fn why_not(&self) -> Option<Localized> {
        told(&self.broken)
    }

    /// Why its approvals cannot be told, where that is so. A role that nobody holds only leaves
    /// approvals open.
    pub(super) fn why_no_approvals(&self) -> Option<Localized> {
        let amiss = self.amiss.iter();
        let broken = amiss.filter(|finding| &*finding.policy != "approvals/nobody");
        told(&broken.cloned().collect::<Vec<_>>())
    }
}

/// Whether a control file decides how plans are judged, and not only who may change such files.
pub(super) fn judges(path: &str, base: &Base) -> bool {
    let below = |folder: &String| {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    matches!(path, CONFIG | ROSTER | WAIVERS) || base.config.packs.iter().any(below)
}

/// The first thing that is wrong, with its place.
fn told(broken: &[Finding]) -> Option<Localized> {
    let first = broken.first()?;
    let (file, line) = (first.place.file.name(), first.place.start().line);
    Some(Localized::new(
        format!("{file}:{line} {}", first.message.zh_tw),
        format!("{file}:{line} {}", first.message.en),
    ))
}

struct Reader {
    top: RevisionFolder,
    broken: Vec<Finding>,
}

impl Reader {
    /// A file by its path; `None` where there is none. One that is not read as a file is broken.
    fn file(&mut self, path: &str) -> Result<Option<Arc<SourceFile>>, Refused> {
        let limits = Limits::default();
        let content = self.top.read(path, limits.bytes)?.checked();
        let bytes = match content {
            Content::Absent => return Ok(None),
            Content::Bytes(bytes) => bytes,
            Content::Refused(refusal) => {
                let (file, finding) = refusal.finding(path);
                self.broken.push(finding);
                return Ok(Some(file));
            }
        };
        let decoded = document::decode(path, &bytes, limits);
        self.broken.extend(decoded.findings);
        Ok(Some(decoded.file))
    }

    /// A local pack; its name is the last part of its folder.
    fn pack(&mut self, folder: &str) -> Result<PackSource, Refused> {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        let mut files = Vec::new();
        for path in self.top.yaml_below(folder)? {
            if let Some(file) = self.file(&format!("{folder}/{path}"))? {
                files.push((path, file));
            }
        }
        let name = folder.rsplit('/').next().unwrap_or(folder);
        Ok(PackSource {
            name: name.into(),
            files,
            local: true,
        })
    }
}
