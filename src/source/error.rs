//! What the world may refuse.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::git::GitError;
use super::refusal::Refusal;
use crate::text::Localized;

/// Why a file could not be had. The run cannot go on: exit status 2.
#[derive(Debug)]
pub enum SourceError {
    /// Nothing is there.
    NotFound {
        /// What was looked for.
        path: PathBuf,
    },
    /// A folder, a device or a pipe stands where a file is wanted.
    NotAFile {
        /// What is there.
        path: PathBuf,
    },
    /// A symbolic link, which is not followed.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// No plan is in a folder or below it.
    NoPlan {
        /// The folder.
        path: PathBuf,
    },
    /// The operating system refused.
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// What stands in a revision where a file is wanted is not read.
    Refused {
        /// Its path.
        path: PathBuf,
        /// Why.
        why: Refusal,
    },
    /// What sets the gate is not in the revision that it is read from.
    NotInBase {
        /// Its path, as typed.
        path: PathBuf,
        /// The revision, as typed.
        revision: String,
    },
    /// A repository refused.
    Git(GitError),
}

impl From<GitError> for SourceError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl SourceError {
    /// Sorts an error of the operating system.
    pub(super) fn unreadable(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Unreadable { path, source },
        }
    }

    /// The error in one sentence.
    pub fn message(&self) -> Localized {
        match self {
            Self::NotFound { path } => {
                let path = path.display();
                Localized::new(format!("找不到 {path}"), format!("{path} does not exist"))
            }
            Self::NotAFile { path } => {
                let path = path.display();
                Localized::new(
                    format!("{path} 不是一般檔案"),
                    format!("{path} is not a regular file"),
                )
            }
            Self::Link { path } => {
                let path = path.display();
                Localized::new(
                    format!("{path} 是符號連結，不予讀取"),
                    format!("{path} is a symbolic link, which is not followed"),
                )
            }
            Self::NoPlan { path } => {
                let path = path.display();
                Localized::new(
                    format!("{path} 之下沒有 plan.yaml"),
                    format!("there is no plan.yaml below {path}"),
                )
            }
            Self::Unreadable { path, source } => {
                let path = path.display();
                Localized::new(
                    format!("無法讀取 {path}：{source}"),
                    format!("{path} cannot be read: {source}"),
                )
            }
            Self::Refused { path, why } => {
                let (path, told) = (path.display(), why.words().1);
                Localized::new(
                    format!("{path}：{}", told.zh_tw),
                    format!("{path}: {}", told.en),
                )
            }
            Self::NotInBase { path, revision } => {
                let path = path.display();
                Localized::new(
                    format!(
                        "版本「{revision}」中沒有 {path}；對照時，設定與政策取自該版：先將其併入，或改指定該儲存庫內之路徑"
                    ),
                    format!(
                        "{revision} has no {path}; beside a base, configuration and policies are read from it: merge it there first, or name a path of that repository"
                    ),
                )
            }
            Self::Git(error) => error.message(),
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().en)
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            Self::Git(error) => Some(error),
            _ => None,
        }
    }
}
