//! Paths that a user typed → the plan files they mean.

use std::collections::BTreeSet;
use std::fs::FileType;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::links::Leads;
use super::{Folder, Refusal, SourceError};

/// The name of a plan in the folder of its agency.
pub const PLAN_FILE: &str = "plan.yaml";

/// A plan to be read.
#[derive(Debug, Clone)]
pub struct PlanFile {
    /// The name to show: what was typed and the way from there, with `/`; in a revision, the way
    /// from the top of the repository.
    pub name: String,
    /// The way to it from the folder that was typed; its own name where it was typed itself.
    pub below: String,
    /// The folder it is in, with its sections and annexes.
    pub folder: Folder,
    /// Its name in the folder.
    pub file: String,
    /// Why it is not to be read, where that showed when it was found.
    pub refused: Option<Refusal>,
}

impl PlanFile {
    fn of_work_tree(path: &Path, typed: &Path) -> Self {
        let file = path.file_name().unwrap_or(path.as_os_str());
        let below = path.strip_prefix(typed).unwrap_or(path);
        let is_typed = below.as_os_str().is_empty();
        Self {
            name: shown(path),
            below: shown(if is_typed { Path::new(file) } else { below }),
            folder: Folder::Work(path.parent().unwrap_or(Path::new("")).to_owned()),
            file: file.to_string_lossy().into_owned(),
            refused: None,
        }
    }
}

/// The plan files that typed paths mean, each once, by name: a file is taken as it is, whatever it
/// is called; of a folder, every `plan.yaml` in it and below it, but for folders whose names begin
/// with a dot.
pub fn plan_files(typed: &[PathBuf]) -> Result<Vec<PlanFile>, SourceError> {
    let mut files = Vec::new();
    for path in typed {
        let kind = path
            .metadata()
            .map_err(|source| SourceError::unreadable(path, source))?;
        if !kind.is_dir() {
            files.push(PlanFile::of_work_tree(path, path));
            continue;
        }
        let before = files.len();
        walk(path, &mut files)?;
        if files.len() == before {
            return Err(SourceError::NoPlan { path: path.clone() });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    Ok(files)
}

/// Adds the plans below a folder. A `plan.yaml` that is a link is listed, so that reading it says
/// so; a link to a folder is not entered, and told where it stands for a plan.
fn walk(top: &Path, files: &mut Vec<PlanFile>) -> Result<(), SourceError> {
    let (before, mut links) = (files.len(), Vec::new());
    let mut open = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        let unreadable = |source| SourceError::unreadable(&folder, source);
        for (path, kind) in children(&folder).map_err(unreadable)? {
            let name = path.file_name().unwrap_or_default();
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            if !kind.is_dir() && name == PLAN_FILE {
                files.push(PlanFile::of_work_tree(&path, top));
            } else if kind.is_dir() && !is_hidden {
                open.push(path);
            } else if kind.is_symlink() && !is_hidden {
                links.push(path);
            }
        }
    }
    if !links.is_empty() {
        let hidden = hidden(links, &files[before..]);
        files.extend(hidden.iter().map(|link| PlanFile {
            refused: Some(Refusal::Link),
            ..PlanFile::of_work_tree(&link.join(PLAN_FILE), top)
        }));
    }
    Ok(())
}

/// The links that stand for the folder of a plan.
fn hidden(mut links: Vec<PathBuf>, found: &[PlanFile]) -> Vec<PathBuf> {
    let folder = |plan: &PlanFile| match &plan.folder {
        Folder::Work(folder) => folder.parent().map(Path::to_owned),
        Folder::Revision(_) => None,
    };
    let kept_in: BTreeSet<PathBuf> = found.iter().filter_map(folder).collect();
    links.retain(|link| {
        let stands_in = link.parent();
        let is_beside = || stands_in.is_some_and(|folder| kept_in.contains(folder));
        Leads::of_work_tree(link).hides_plan(is_beside)
    });
    links
}

/// What a folder holds, each as what it is itself: a link is a link.
#[expect(
    clippy::disallowed_methods,
    reason = "source is the door through which folders are read"
)]
pub(super) fn children(folder: &Path) -> io::Result<Vec<(PathBuf, FileType)>> {
    std::fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            Ok((entry.path(), entry.file_type()?))
        })
        .collect()
}

/// A path as messages show it: with `/` on every system, without `./`.
pub(super) fn shown(path: &Path) -> String {
    let mut name = String::new();
    for component in path
        .components()
        .filter(|component| *component != Component::CurDir)
    {
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        match component {
            Component::RootDir => name.push('/'),
            other => name.push_str(&other.as_os_str().to_string_lossy()),
        }
    }
    name
}
