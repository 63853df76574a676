//! Where text comes from: files of the work tree, objects of a Git repository, and streams.
//!
//! Turns paths that a user typed into plan files with names to show, and files into bytes. Knows
//! nothing of YAML: bytes become text in [`crate::document::decode`]. One of the three doors to the
//! world (with `forge` and `cli`). Invariant: no symbolic link is followed below what was typed, no
//! device or pipe is opened, no file is read beyond its limit, and of a repository nothing is run.
//!
//! ```
//! use std::path::Path;
//! use plangate::source::{SourceError, read_file};
//!
//! let error = read_file(Path::new("src"), 1024).expect_err("a folder is no file");
//! assert!(matches!(error, SourceError::NotAFile { .. }));
//! ```

mod error;
mod folder;
pub mod git;
mod links;
mod plans;
mod refusal;

pub use error::SourceError;
pub use folder::{Folder, read_below, yaml_files};
pub use plans::{PLAN_FILE, PlanFile, plan_files};
pub use refusal::{Content, Refusal};

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads a file, at most one byte more than `limit`: enough to see that it is too large.
///
/// A symbolic link is refused: in a checked-out pull request it may point at any file of the
/// machine, whose lines the findings would then show.
pub fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>, SourceError> {
    let unreadable = |source| SourceError::unreadable(path, source);
    let metadata = path.symlink_metadata().map_err(unreadable)?;
    let kind = metadata.file_type();
    if kind.is_symlink() {
        return Err(SourceError::Link {
            path: path.to_owned(),
        });
    }
    if !kind.is_file() {
        // To open a pipe would wait for its writer for ever.
        return Err(SourceError::NotAFile {
            path: path.to_owned(),
        });
    }
    let file = File::open(path).map_err(unreadable)?;
    let expected = usize::try_from(metadata.len()).unwrap_or(limit).min(limit);
    read_into(Vec::with_capacity(expected.saturating_add(1)), file, limit).map_err(unreadable)
}

/// Reads a stream such as standard input, at most one byte more than `limit`.
pub fn read_from(stream: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    read_into(Vec::new(), stream, limit)
}

/// The same, where it is known how much is to be expected: one byte of room more than that is enough to
/// see the end without another look.
fn read_into(mut bytes: Vec<u8>, stream: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    stream.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
