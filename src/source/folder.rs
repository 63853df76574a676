//! The files of a folder: the sections and annexes of a plan, the policies of a pack.

use std::path::{Component, Path, PathBuf};

use super::git::RevisionFolder;
use super::plans::{children, shown};
use super::{Content, Refusal, SourceError, read_file};

/// A folder that files are read from.
#[derive(Debug, Clone)]
pub enum Folder {
    /// A folder of the work tree.
    Work(PathBuf),
    /// A folder of a revision.
    Revision(RevisionFolder),
}

impl Folder {
    /// The YAML files directly in it, sorted.
    pub fn yaml_files(&self) -> Result<Vec<String>, SourceError> {
        match self {
            // The folder of `plan.yaml`, typed without one.
            Self::Work(folder) if folder.as_os_str().is_empty() => {
                yaml_files(Path::new("."), false)
            }
            Self::Work(folder) => yaml_files(folder, false),
            Self::Revision(folder) => Ok(folder.yaml_files()?),
        }
    }

    /// Reads the file that was asked for by name; that it is not there is an error.
    pub fn read_main(&self, name: &str, limit: usize) -> Result<Content, SourceError> {
        let content = match self {
            Self::Work(folder) => Content::Bytes(read_file(&folder.join(name), limit)?),
            Self::Revision(folder) => match folder.read(name, limit)? {
                Content::Absent => {
                    let path = Path::new(folder.path()).join(name);
                    return Err(SourceError::NotFound { path });
                }
                content => content,
            },
        };
        Ok(content.checked())
    }

    /// Reads a file below it, if it is there.
    pub fn read(&self, name: &str, limit: usize) -> Result<Content, SourceError> {
        let content = match self {
            Self::Work(folder) => match read_below(folder, name, limit) {
                Ok(Some(bytes)) => Content::Bytes(bytes),
                Ok(None) => Content::Absent,
                Err(SourceError::Link { .. }) => Content::Refused(Refusal::Link),
                Err(error) => return Err(error),
            },
            Self::Revision(folder) => folder.read(name, limit)?,
        };
        Ok(content.checked())
    }
}

/// The YAML files in a folder, and below it if `deep`, as names from the folder with `/`, sorted.
/// Names that start with a dot are passed over. A link of such a name is among them, so that reading it says
/// what it is: a section or a policy that is passed over loosens a gate.
pub fn yaml_files(folder: &Path, deep: bool) -> Result<Vec<String>, SourceError> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(current) = open.pop() {
        let unreadable = |source| SourceError::unreadable(&current, source);
        for (path, kind) in children(&current).map_err(unreadable)? {
            let name = path.file_name().unwrap_or_default();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let is_yaml = path.extension().is_some_and(|it| it == "yaml");
            if kind.is_dir() && deep {
                open.push(path);
            } else if is_yaml && !kind.is_dir() {
                files.extend(path.strip_prefix(folder).ok().map(shown));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a file of a folder by its name from there; `None` where there is no such file. No part of
/// the way may be a link, and none may lead upward.
pub fn read_below(folder: &Path, name: &str, limit: usize) -> Result<Option<Vec<u8>>, SourceError> {
    let mut path = folder.to_owned();
    for component in Path::new(name).components() {
        let Component::Normal(part) = component else {
            return Ok(None);
        };
        path.push(part);
        if path.is_symlink() {
            return Err(SourceError::Link { path });
        }
    }
    if !path.is_file() {
        return Ok(None);
    }
    read_file(&path, limit).map(Some)
}
