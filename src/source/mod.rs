//! Where text comes from: the work tree and standard input.
//!
//! In: paths as a user typed them. Out: bytes, bounded before they are read, and lists of files in a
//! fixed order. Knows nothing of what the bytes mean. Invariant: a link is never followed to a
//! plan, and no more than the limit is ever read.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The world refused.
#[derive(Debug)]
pub enum SourceError {
    /// A path could not be read.
    Unreadable {
        /// The path, as it was given.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// A link, a device or another thing that is neither file nor folder.
    NotAFile {
        /// The path, as it was given.
        path: String,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, cause } => {
                write!(formatter, "無法讀取 {path}：{cause} ／ cannot read it")
            }
            Self::NotAFile { path } => {
                write!(formatter, "{path} 不是檔案（連結不予讀取） ／ not a file; links are not followed")
            }
        }
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            Self::NotAFile { .. } => None,
        }
    }
}

/// Reads a file, at most one byte more than `limit`, so that the reader can tell that it is larger.
/// `-` is standard input.
pub fn read_file(path: &str, limit: usize) -> Result<Vec<u8>, SourceError> {
    let unreadable = |cause| SourceError::Unreadable { path: path.to_owned(), cause };
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    if path == "-" {
        io::stdin().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(bytes);
    }
    let kind = fs::symlink_metadata(path).map_err(unreadable)?;
    if !kind.is_file() {
        return Err(SourceError::NotAFile { path: path.to_owned() });
    }
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Whether a path is a file, and no link.
pub fn is_file(path: &str) -> bool {
    fs::symlink_metadata(path).is_ok_and(|kind| kind.is_file())
}

/// Whether a path is a folder.
pub fn is_folder(path: &str) -> bool {
    fs::metadata(path).is_ok_and(|kind| kind.is_dir())
}

/// Files with an extension in a folder and below it, as paths from the folder with `/`, sorted.
/// Links and names that start with a dot are passed over.
pub fn list_files(folder: &str, extension: &str) -> Result<Vec<String>, SourceError> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(current) = folders.pop() {
        for path in entries(&current)? {
            let kind = fs::symlink_metadata(&path);
            let kind = kind.map_err(|cause| unreadable(&path, cause))?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|found| found == extension) {
                files.extend(path.strip_prefix(folder).ok().map(with_slashes));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "the door to the work tree")]
fn entries(folder: &Path) -> Result<Vec<PathBuf>, SourceError> {
    let listing = fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))?;
    let mut paths = Vec::new();
    for entry in listing {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn unreadable(path: &Path, cause: io::Error) -> SourceError {
    SourceError::Unreadable { path: with_slashes(path), cause }
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
