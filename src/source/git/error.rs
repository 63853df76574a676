//! What a repository may refuse, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::Localized;

/// Why a revision could not be read. The run cannot go on: exit status 2.
#[derive(Debug)]
pub enum GitError {
    /// No repository is in a folder or above it.
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// A kind of repository that libgit2 does not read, or not whole.
    Unsupported {
        /// Where it is.
        repository: PathBuf,
        /// Which kind, which is to say what to do about it.
        remedy: Remedy,
    },
    /// No commit goes by the name.
    NoRevision {
        /// The name as typed.
        written: String,
    },
    /// The branch that `HEAD` names has no commit yet.
    NoCommitYet {
        /// The name as typed.
        written: String,
    },
    /// A name of something else: a tree, a file.
    NotACommit {
        /// The name as typed.
        written: String,
    },
    /// The branch has no other that it follows.
    NoUpstream {
        /// The name as typed.
        written: String,
    },
    /// `:PATH` is a file of the index, which is not read.
    Index {
        /// As typed.
        written: String,
    },
    /// `A..B` names many commits.
    Range {
        /// As typed.
        written: String,
    },
    /// Two commits have no ancestor in common.
    NoMergeBase {
        /// As typed.
        written: String,
    },
    /// Nothing is at a path of a revision.
    NoPath {
        /// The revision as typed.
        revision: String,
        /// The path from the top of the repository.
        path: String,
    },
    /// A path of the work tree that is not in that of the repository.
    NotInWorkTree {
        /// The path as typed.
        path: PathBuf,
        /// The repository.
        repository: PathBuf,
    },
    /// No plan is in a folder of a revision, or below it.
    NoPlan {
        /// The revision as typed.
        revision: String,
        /// The path from the top of the repository.
        path: String,
    },
    /// A tree with more entries than any that people keep plans in.
    TooLarge {
        /// The revision as typed.
        revision: String,
    },
    /// libgit2 refused.
    Unreadable {
        /// The repository.
        repository: PathBuf,
        /// Its reason.
        source: git2::Error,
    },
}

/// Kinds of repositories that are refused, each with its own next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Older commits were not fetched: fetch them.
    Deepen,
    /// Files are fetched on demand: fetch them all.
    Fill,
    /// Objects are named by SHA-256: clone into one that uses SHA-1.
    ObjectFormat,
    /// References are kept in a reftable: convert them.
    ReferenceFormat,
    /// Somebody else owns the folder: say that it may be trusted.
    Trust,
}

impl GitError {
    /// Sorts an error of libgit2 in a repository that could be opened.
    pub(super) fn in_repository(repository: &git2::Repository, source: git2::Error) -> Self {
        let path = repository.path();
        if source.code() == git2::ErrorCode::NotFound {
            let missing = match () {
                () if is_partial(repository) => Some(Remedy::Fill),
                () if repository.is_shallow() => Some(Remedy::Deepen),
                () => None,
            };
            if let Some(remedy) = missing {
                return Self::unsupported(path, remedy);
            }
        }
        Self::Unreadable {
            repository: path.to_owned(),
            source,
        }
    }

    /// Sorts an error of opening a repository.
    pub(super) fn opening(folder: &Path, source: git2::Error) -> Self {
        let remedy = match source.code() {
            git2::ErrorCode::Owner => Some(Remedy::Trust),
            git2::ErrorCode::NotFound => {
                return Self::NoRepository {
                    folder: folder.to_owned(),
                };
            }
            _ => unread_extension(source.message()),
        };
        match remedy {
            Some(Remedy::Trust) => Self::unsupported(&trusted(folder), Remedy::Trust),
            Some(remedy) => Self::unsupported(folder, remedy),
            None => Self::Unreadable {
                repository: folder.to_owned(),
                source,
            },
        }
    }

    pub(super) fn unsupported(repository: &Path, remedy: Remedy) -> Self {
        Self::Unsupported {
            repository: repository.to_owned(),
            remedy,
        }
    }

    /// The error in one sentence, with the next step where there is one.
    pub fn message(&self) -> Localized {
        match self {
            Self::NoRepository { folder } => {
                let folder = folder.display();
                Localized::new(
                    format!("{folder} 不在 Git 儲存庫內；以 --repo 指定儲存庫"),
                    format!("{folder} is in no Git repository; name one with --repo"),
                )
            }
            Self::Unsupported { repository, remedy } => remedy.message(repository),
            Self::NoRevision { written } => Localized::new(
                format!("儲存庫中沒有版本「{written}」；尚未取得者，先 git fetch"),
                format!("the repository has no revision {written}; git fetch it if it is new"),
            ),
            Self::NoCommitYet { written } => Localized::new(
                format!("儲存庫尚無提交，「{written}」不指任何版本；先提交，或指定其他分支"),
                format!("{written} has no commit yet; commit first, or name another branch"),
            ),
            Self::NotACommit { written } => Localized::new(
                format!("「{written}」不是提交；指定提交、分支或標籤"),
                format!("{written} is no commit; name a commit, a branch or a tag"),
            ),
            Self::NoUpstream { written } => Localized::new(
                format!(
                    "「{written}」：分支未設上游；指定分支，如 origin/main，或先 git branch -u"
                ),
                format!(
                    "{written}: the branch has no upstream; name a branch, such as origin/main, or set one with git branch -u"
                ),
            ),
            Self::Index { written } => Localized::new(
                format!(
                    "「{written}」指索引，不予讀取；指定版本，如 HEAD{written}，或工作目錄之路徑"
                ),
                format!(
                    "{written} is in the index, which is not read; name a revision, as in HEAD{written}, or a path of the work tree"
                ),
            ),
            Self::Range { written } => Localized::new(
                format!("「{written}」是一段範圍，不是一個版本；A...B 表示二者之共同祖先"),
                format!("{written} is a range and not a revision; A...B means their merge base"),
            ),
            Self::NoMergeBase { written } => Localized::new(
                format!("「{written}」二者沒有共同祖先"),
                format!("the two of {written} have no ancestor in common"),
            ),
            Self::NoPath { revision, path } => Localized::new(
                format!(
                    "版本「{revision}」中沒有 {path}；路徑自儲存庫頂端起算，自目前資料夾起算者加 ./"
                ),
                format!(
                    "{revision} has no {path}; paths begin at the top of the repository, or with ./"
                ),
            ),
            Self::NotInWorkTree { path, repository } => {
                let (path, repository) = (path.display(), repository.display());
                Localized::new(
                    format!(
                        "{path} 不在 {repository} 之工作目錄內，無從對照；以 --repo 指定其所在之儲存庫，或寫 版本:路徑"
                    ),
                    format!(
                        "{path} is not in the work tree of {repository}, and has no base there; name its repository with --repo, or write REV:PATH"
                    ),
                )
            }
            Self::NoPlan { revision, path } => Localized::new(
                format!("版本「{revision}」之 {path} 之下沒有 plan.yaml"),
                format!("there is no plan.yaml below {path} in {revision}"),
            ),
            Self::TooLarge { revision } => Localized::new(
                format!("版本「{revision}」之檔案過多或資料夾過深，未讀取；指定較小之資料夾"),
                format!("{revision} has too many files or too deep folders; name a smaller folder"),
            ),
            Self::Unreadable { repository, source } => {
                let (repository, reason) = (repository.display(), source.message());
                Localized::new(
                    format!("無法讀取儲存庫 {repository}：{reason}；以 git fsck 檢查"),
                    format!("{repository} cannot be read: {reason}; see git fsck"),
                )
            }
        }
    }
}

impl Remedy {
    fn message(self, repository: &Path) -> Localized {
        let path = repository.display();
        let (zh, en, command) = match self {
            Self::Deepen => (
                "只取得部分歷史（shallow）",
                "has only a part of its history (shallow)",
                "git fetch --unshallow （GitHub Actions: fetch-depth: 0）".to_owned(),
            ),
            Self::Fill => (
                "只取得部分物件（partial clone）",
                "has only a part of its objects (partial clone)",
                "git fetch --refetch --no-filter （git clone without --filter）".to_owned(),
            ),
            Self::ObjectFormat => (
                "以 SHA-256 命名物件，無法讀取",
                "names its objects by SHA-256, which is not read",
                "git init --object-format=sha1".to_owned(),
            ),
            Self::ReferenceFormat => (
                "以 reftable 存放參照，無法讀取",
                "keeps its references in a reftable, which is not read",
                "git refs migrate --ref-format=files".to_owned(),
            ),
            Self::Trust => (
                "屬於其他使用者，不予讀取",
                "belongs to another user and is not read",
                format!("git config --global --add safe.directory {path}"),
            ),
        };
        Localized::new(
            format!("儲存庫 {path} {zh}；{command}"),
            format!("the repository {path} {en}; {command}"),
        )
    }
}

/// The folder that Git wants named before it trusts a repository: its top, from the root of the file system.
/// It takes no other name, and says nothing of one that it does not take.
fn trusted(folder: &Path) -> PathBuf {
    let Ok(folder) = folder.canonicalize() else {
        return folder.to_owned();
    };
    let mut above = folder.ancestors();
    let top = above.find(|above| above.join(".git").exists());
    top.unwrap_or(&folder).to_owned()
}

/// Whether blobs of the repository are fetched only when they are asked for.
fn is_partial(repository: &git2::Repository) -> bool {
    let Ok(config) = repository.config() else {
        return false;
    };
    if config.get_entry("extensions.partialclone").is_ok() {
        return true;
    }
    let promised = |remotes: git2::ConfigEntries<'_>| {
        let mut any = false;
        let walked = remotes.for_each(|entry| any |= entry.value().is_ok_and(|v| v == "true"));
        walked.is_ok() && any
    };
    config
        .entries(Some(r"remote\..*\.promisor"))
        .is_ok_and(promised)
}

/// libgit2 names the extension that it does not know.
fn unread_extension(message: &str) -> Option<Remedy> {
    let message = message.to_ascii_lowercase();
    let is = |word: &str| message.contains(word);
    match () {
        () if is("objectformat") || is("object format") || is("sha256") => {
            Some(Remedy::ObjectFormat)
        }
        () if is("refstorage") || is("reftable") => Some(Remedy::ReferenceFormat),
        () if is("partialclone") => Some(Remedy::Fill),
        () => None,
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().en)
    }
}

impl std::error::Error for GitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}
