//! Plans of the work tree: found, read, joined with their sections and annexes.

use std::collections::BTreeMap;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::document::{self, Document, Limits};
use crate::finding::{Finding, Place, Severity};
use crate::plan::PlanFiles;
use crate::source::{self, SourceError};
use crate::text::{Localized, SourceFile};

/// The file that makes a folder a plan's.
const PLAN: &str = "plan.yaml";

/// A plan to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// The path of its main file, or `-`.
    pub(super) path: String,
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

/// The plans that paths name: a file itself, of a folder every `plan.yaml` below it.
pub(super) fn find(paths: &[String]) -> Result<Vec<Found>, SourceError> {
    let mut found = Vec::new();
    for path in paths {
        if path == "-" || !source::is_folder(path) {
            found.push(Found { path: path.clone() });
            continue;
        }
        let base = path.trim_end_matches('/');
        let files = source::list_files(path, "yaml")?;
        let plans = files.iter().filter(|file| *file == PLAN || file.ends_with("/plan.yaml"));
        found.extend(plans.map(|file| Found { path: format!("{base}/{file}") }));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Reads a plan with its sections and annexes.
pub(super) fn read(found: &Found) -> Result<Read, SourceError> {
    let mut findings = Vec::new();
    let (file, main) = read_document(&found.path, display(&found.path), &mut findings)?;
    let folder = match found.path.rsplit_once('/') {
        Some((folder, _)) => folder,
        None => ".",
    };
    let mut reader = Reader { folder, findings: &mut findings, whole: true };
    let sections = reader.sections(&found.path)?;
    let annexes = match &main {
        Some(main) => reader.annexes(main)?,
        None => BTreeMap::new(),
    };
    let whole = reader.whole;
    let files = main.filter(|main| main.is_complete() && whole).map(|main| PlanFiles {
        folder: folder.into(),
        main,
        sections,
        annexes,
    });
    Ok(Read { file, files, findings })
}

fn display(path: &str) -> &str {
    if path == "-" { "<stdin>" } else { path.strip_prefix("./").unwrap_or(path) }
}

fn read_document(
    path: &str,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Result<(Arc<SourceFile>, Option<Document>), SourceError> {
    let limits = Limits::default();
    let bytes = source::read_file(path, limits.bytes)?;
    let decoded = document::decode(name, &bytes, limits);
    findings.extend(decoded.findings);
    if !decoded.readable {
        return Ok((decoded.file, None));
    }
    let parsed = document::parse(&decoded.file, limits);
    findings.extend(parsed.findings);
    Ok((decoded.file, parsed.document))
}

struct Reader<'r> {
    folder: &'r str,
    findings: &'r mut Vec<Finding>,
    whole: bool,
}

impl Reader<'_> {
    /// `<section>.yaml` beside `plan.yaml`; only a folder with a `plan.yaml` has sections.
    fn sections(&mut self, plan: &str) -> Result<BTreeMap<String, Document>, SourceError> {
        let mut sections = BTreeMap::new();
        if !plan.ends_with(PLAN) {
            return Ok(sections);
        }
        for file in source::list_files(self.folder, "yaml")? {
            let beside = !file.contains('/') && file != PLAN;
            let Some(name) = file.strip_suffix(".yaml").filter(|_| beside) else { continue };
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
        for row in rows.into_iter().flat_map(|rows| rows.items().collect::<Vec<_>>()) {
            let text = |key| row.get(key).and_then(|node| node.as_str());
            let (Some(id), Some(path)) = (text("id"), text("path")) else { continue };
            if leads_out(path) {
                let place = row.get("path").map_or(row.span(), |node| node.span());
                self.findings.push(out_of_folder(main.file(), place, path));
                continue;
            }
            if source::is_file(&format!("{}/{path}", self.folder))
                && let Some(document) = self.document(path)?
            {
                annexes.insert(id.to_owned(), document);
            }
        }
        Ok(annexes)
    }

    fn document(&mut self, file: &str) -> Result<Option<Document>, SourceError> {
        let path = format!("{}/{file}", self.folder);
        let (_, document) = read_document(&path, display(&path), self.findings)?;
        self.whole &= document.as_ref().is_some_and(Document::is_complete);
        Ok(document)
    }
}

fn leads_out(path: &str) -> bool {
    path.starts_with('/')
        || path.contains(['\\', ':'])
        || path.split('/').any(|part| part == ".." || part.is_empty())
}

fn out_of_folder(file: &Arc<SourceFile>, span: crate::text::Span, path: &str) -> Finding {
    let message = Localized::new(
        format!("附件路徑「{path}」不在計畫資料夾內"),
        format!("the annex path {path} leads out of the plan's folder"),
    );
    let help = Localized::new(
        "將附件放在計畫資料夾內，寫相對路徑，例如 annexes/annex-1.yaml",
        "keep the annex in the plan's folder and write a relative path, such as annexes/annex-1.yaml",
    );
    let place = Place::new(file, span, "annexes");
    Finding::of_form("shape/annex-outside", Severity::Error, place, message, Some(help))
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
