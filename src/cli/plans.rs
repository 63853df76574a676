//! Plans of the work tree: found, read, joined with their sections and annexes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::world::World;
use crate::document::{self, Document, Limits, Node};
use crate::finding::{Finding, Place, Severity};
use crate::plan::PlanFiles;
use crate::source::git::{GitError, Repository, Revision, Typed};
use crate::source::{self, Content, Folder, PLAN_FILE, PlanFile, Refusal, SourceError};
use crate::text::{Localized, SourceFile, Span};

/// The word that means standard input, and the name that messages give it.
const STDIN: (&str, &str) = ("-", "<stdin>");

/// A plan to read.
pub(super) enum Found {
    /// A file of the work tree or of a revision.
    File(PlanFile),
    /// What came through standard input.
    Given(Vec<u8>),
}

impl Found {
    /// The name that messages give it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::File(plan) => &plan.name,
            Self::Given(_) => STDIN.1,
        }
    }
}

/// A plan as read.
pub(super) struct Read {
    /// Its main file.
    pub(super) file: Arc<SourceFile>,
    /// Its files, unless one of them could not be read to its end.
    pub(super) files: Option<PlanFiles>,
    /// What is wrong with how they are written.
    pub(super) findings: Vec<Finding>,
}

/// Whether an argument means standard input.
pub(super) fn is_input(typed: &str) -> bool {
    typed == STDIN.0
}

/// The plans that arguments name: those of the work tree first, then those of each revision.
pub(super) fn find(
    world: &mut World<'_>,
    typed: &[String],
    repo: Option<&Path>,
) -> Result<Vec<Found>, SourceError> {
    find_in(world, typed, repo, &|repository, revision, path| {
        repository.plan_files(revision, path)
    })
}

/// The same; of a revision only those in folders that another has not alike.
pub(super) fn find_unlike(
    world: &mut World<'_>,
    typed: &[String],
    repo: Option<&Path>,
    other: &Revision,
) -> Result<Vec<Found>, SourceError> {
    find_in(world, typed, repo, &|repository, revision, path| {
        repository.plan_files_unlike(revision, path, other)
    })
}

/// Which plans a path of a revision means.
type InRevision<'w> =
    dyn Fn(&Arc<Repository>, &Revision, &str) -> Result<Vec<PlanFile>, GitError> + 'w;

fn find_in(
    world: &mut World<'_>,
    typed: &[String],
    repo: Option<&Path>,
    in_revision_of: &InRevision<'_>,
) -> Result<Vec<Found>, SourceError> {
    let mut work: Vec<PathBuf> = Vec::new();
    let mut revisions = Vec::new();
    for text in typed.iter().filter(|text| *text != STDIN.0) {
        match in_revision(text) {
            Some(typed) => revisions.push(typed),
            None if text.starts_with(':') && !Path::new(text).exists() => {
                let written = text.clone();
                return Err(GitError::Index { written }.into());
            }
            None => work.push(PathBuf::from(text)),
        }
    }
    let mut files = source::plan_files(&work)?;
    if !revisions.is_empty() {
        let repository = Arc::new(Repository::around(repo.unwrap_or(Path::new(".")))?);
        for Typed { revision, path } in revisions {
            let revision = repository.revision(revision)?;
            files.extend(in_revision_of(&repository, &revision, path)?);
        }
    }
    let mut found: Vec<Found> = files.into_iter().map(Found::File).collect();
    if typed.iter().any(|path| path == STDIN.0) {
        let bytes = source::read_from(&mut *world.input, Limits::default().bytes);
        let unreadable = |source| SourceError::Unreadable {
            path: STDIN.1.into(),
            source,
        };
        found.push(Found::Given(bytes.map_err(unreadable)?));
    }
    Ok(found)
}

/// `REV:PATH`, unless a file of the work tree has that very name.
pub(super) fn in_revision(text: &str) -> Option<Typed<'_>> {
    Typed::parse(text).filter(|_| !Path::new(text).exists())
}

/// Reads a plan with its sections and annexes.
pub(super) fn read(found: &Found) -> Result<Read, SourceError> {
    match found {
        Found::File(plan) => read_file(plan),
        Found::Given(bytes) => Ok(read_alone(bytes)),
    }
}

/// The main file of a plan; empty, and so like nothing, where it is refused.
pub(super) fn bytes(plan: &PlanFile) -> Result<Vec<u8>, SourceError> {
    if plan.refused.is_some() {
        return Ok(Vec::new());
    }
    match plan.folder.read_main(&plan.file, Limits::default().bytes)? {
        Content::Bytes(bytes) => Ok(bytes),
        Content::Absent | Content::Refused(_) => Ok(Vec::new()),
    }
}

/// Reads a plan file with its sections and annexes.
pub(super) fn read_file(plan: &PlanFile) -> Result<Read, SourceError> {
    let limits = Limits::default();
    let content = match plan.refused {
        Some(refusal) => Content::Refused(refusal),
        None => plan.folder.read_main(&plan.file, limits.bytes)?,
    };
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::Refused(refusal) => return Ok(refused(&plan.name, refusal)),
        Content::Absent => {
            let path = PathBuf::from(&plan.name);
            return Err(SourceError::NotFound { path });
        }
    };
    let (file, parsed) = document::read(&plan.name, &bytes, limits);
    let shown = plan.name.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let mut reader = Reader {
        folder: &plan.folder,
        shown,
        findings: parsed.findings,
        whole: true,
    };
    let sections = reader.sections(&plan.file)?;
    let annexes = match &parsed.document {
        Some(main) => reader.annexes(main)?,
        None => BTreeMap::new(),
    };
    let whole = reader.whole;
    let main = parsed.document.filter(|main| main.is_complete() && whole);
    let files = main.map(|main| PlanFiles {
        folder: shown.into(),
        main,
        sections,
        annexes,
    });
    Ok(Read {
        file,
        files,
        findings: reader.findings,
    })
}

/// A plan whose main file is not one: that is all there is to say of it.
fn refused(name: &str, refusal: Refusal) -> Read {
    let (file, finding) = refusal.finding(name);
    Read {
        file,
        files: None,
        findings: vec![finding],
    }
}

/// A plan without a folder has neither sections of its own files nor annexes.
fn read_alone(bytes: &[u8]) -> Read {
    let (file, parsed) = document::read(STDIN.1, bytes, Limits::default());
    let main = parsed.document.filter(Document::is_complete);
    let files = main.map(|main| PlanFiles {
        folder: STDIN.1.into(),
        main,
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    });
    Read {
        file,
        files,
        findings: parsed.findings,
    }
}

struct Reader<'r> {
    folder: &'r Folder,
    shown: &'r str,
    findings: Vec<Finding>,
    whole: bool,
}

impl Reader<'_> {
    /// `<section>.yaml` beside `plan.yaml`; only a folder with a `plan.yaml` has sections.
    fn sections(&mut self, plan: &str) -> Result<BTreeMap<String, Document>, SourceError> {
        let mut sections = BTreeMap::new();
        if plan != PLAN_FILE {
            return Ok(sections);
        }
        for file in self.folder.yaml_files()? {
            let Some(name) = file.strip_suffix(".yaml").filter(|_| file != PLAN_FILE) else {
                continue;
            };
            if let Some(document) = self.document(&file)? {
                sections.insert(name.to_owned(), document);
            }
        }
        Ok(sections)
    }

    /// The annexes that the plan lists and that are there. A path that leads out of the plan's
    /// folder is a finding, never read.
    fn annexes(&mut self, main: &Document) -> Result<BTreeMap<String, Document>, SourceError> {
        let mut annexes = BTreeMap::new();
        let rows = main.root().get("annexes").filter(|rows| rows.is_list());
        for row in rows.into_iter().flat_map(Node::items) {
            let text = |key| row.get(key).and_then(Node::as_str);
            let (Some(id), Some(path)) = (text("id"), text("path")) else {
                continue;
            };
            if leads_out(path) {
                let place = row.get("path").map_or(row.span(), Node::span);
                self.findings.push(out_of_folder(main.file(), place, path));
                continue;
            }
            if let Some(document) = self.document(path)? {
                annexes.insert(id.to_owned(), document);
            }
        }
        Ok(annexes)
    }

    /// A file of the plan's folder; `None` where it is not there.
    fn document(&mut self, file: &str) -> Result<Option<Document>, SourceError> {
        let limits = Limits::default();
        let name = if self.shown == "." {
            file.to_owned()
        } else {
            format!("{}/{file}", self.shown)
        };
        let bytes = match self.folder.read(file, limits.bytes)? {
            Content::Bytes(bytes) => bytes,
            Content::Absent => return Ok(None),
            Content::Refused(refusal) => {
                self.findings.push(refusal.finding(&name).1);
                self.whole = false;
                return Ok(None);
            }
        };
        let (_, parsed) = document::read(&name, &bytes, limits);
        self.findings.extend(parsed.findings);
        self.whole &= parsed.document.as_ref().is_some_and(Document::is_complete);
        Ok(parsed.document)
    }
}

fn leads_out(path: &str) -> bool {
    path.starts_with('/')
        || path.contains(['\\', ':'])
        || path.split('/').any(|part| part == ".." || part.is_empty())
}

fn out_of_folder(file: &Arc<SourceFile>, span: Span, path: &str) -> Finding {
    let message = Localized::new(
        format!("附件路徑「{path}」不在計畫資料夾內"),
        format!("the annex path {path} leads out of the plan's folder"),
    );
    let help = Localized::new(
        "將附件放在計畫資料夾內，寫相對路徑，例如 annexes/annex-1.yaml",
        "keep the annex in the plan's folder and write a relative path, such as annexes/annex-1.yaml",
    );
    let place = Place::new(file, span, "annexes");
    Finding::of_form(
        "shape/annex-outside",
        Severity::Error,
        place,
        message,
        Some(help),
    )
}

/// A bar on the error output, or one that nobody sees.
pub(super) fn progress(shown: bool, plans: usize) -> ProgressBar {
    if !shown {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(plans).unwrap_or(0));
    let style = ProgressStyle::with_template("檢核 {bar:30} {pos}/{len} 份計畫，尚餘 {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
