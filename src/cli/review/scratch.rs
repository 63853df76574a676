//! A folder for the length of one run.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

/// Names tried before giving up; each taken one is another run, or somebody in our way.
const TRIES: u32 = 100;

/// A folder that goes away with its value.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// A new folder in another, for this account alone. Whatever stands there already is not used.
    pub(super) fn within(parent: &Path) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let process = std::process::id();
        for number in 0..TRIES {
            let path = parent.join(format!("plangate-{process}-{number}"));
            match builder.create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind is in the folder for such things.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_at_once_are_two_folders_and_both_go_away() {
        let parent = std::env::temp_dir();
        let (one, other) = (Scratch::within(&parent), Scratch::within(&parent));
        let (one, other) = (one.expect("a folder"), other.expect("a folder"));
        assert_ne!(one.path(), other.path());
        let paths = [one.path().to_owned(), other.path().to_owned()];
        assert!(paths.iter().all(|path| path.is_dir()));
        drop((one, other));
        assert!(paths.iter().all(|path| !path.exists()));
    }
}
