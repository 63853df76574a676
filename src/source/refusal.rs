//! What stands where a file of a plan is wanted, and is not read as one.

use std::sync::Arc;

use crate::document::rule;
use crate::finding::{Finding, Place, Severity};
use crate::text::{Localized, SourceFile, Span};

/// How a pointer of Git LFS begins.
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";

/// What a read gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bytes of a file.
    Bytes(Vec<u8>),
    /// There is no such file.
    Absent,
    /// Something is there that is not read.
    Refused(Refusal),
}

impl Content {
    /// Bytes that were read, unless they only point at the file.
    #[must_use]
    pub fn checked(self) -> Self {
        match self {
            Self::Bytes(bytes) if bytes.starts_with(LFS_POINTER) => {
                Self::Refused(Refusal::LfsPointer)
            }
            other => other,
        }
    }
}

/// Why what stands at the path of a plan's file is not read. A user wrote it, so it is a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A symbolic link: it may point at any file of the machine that reads it.
    Link,
    /// A submodule: its files are in another repository.
    Submodule,
    /// A pointer of Git LFS: the file itself is kept elsewhere.
    LfsPointer,
    /// A name that is not UTF-8, or that leads elsewhere when it is joined to a path.
    Name,
    /// A file over the limit of bytes.
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

impl Refusal {
    /// The finding at the file, called `name`.
    pub fn finding(self, name: &str) -> (Arc<SourceFile>, Finding) {
        let file = Arc::new(SourceFile::new(name, ""));
        let (rule, message, help) = self.words();
        let place = Place::new(&file, Span::at(0), "");
        let finding = Finding::of_form(rule, Severity::Error, place, message, Some(help));
        (file, finding)
    }

    pub(super) fn words(self) -> (&'static str, Localized, Localized) {
        let own_file = || {
            Localized::new(
                "在此路徑放置一般檔案，內容直接提交於本儲存庫",
                "put a regular file here, with its content committed to this repository",
            )
        };
        match self {
            Self::Link => (
                "source/link",
                Localized::new(
                    "此檔為符號連結，未讀取",
                    "this is a symbolic link; it was not read",
                ),
                own_file(),
            ),
            Self::Submodule => (
                "source/submodule",
                Localized::new(
                    "此處為子模組，未讀取",
                    "this is a submodule; it was not read",
                ),
                own_file(),
            ),
            Self::LfsPointer => (
                "source/lfs-pointer",
                Localized::new(
                    "此檔為 Git LFS 指標，內容不在儲存庫中",
                    "this is a Git LFS pointer; the content is not in the repository",
                ),
                Localized::new(
                    "於 .gitattributes 取消此路徑之 filter=lfs，再重新提交檔案",
                    "take filter=lfs off this path in .gitattributes, and commit the file again",
                ),
            ),
            Self::Name => (
                "source/name",
                Localized::new(
                    "路徑不是 UTF-8，或含無法使用之名稱，未讀取",
                    "the path is not UTF-8, or has a name that cannot be used; it was not read",
                ),
                Localized::new(
                    "以 UTF-8 名稱重新命名資料夾，不含斜線及控制字元",
                    "rename the folder in UTF-8, without slashes and control characters",
                ),
            ),
            Self::TooLarge { limit } => (
                rule::TOO_LARGE.id,
                Localized::new(
                    format!("檔案超過 {limit} 位元組的上限，未讀取"),
                    format!("the file is over the limit of {limit} bytes and was not read"),
                ),
                Localized::new(
                    "將過長的章節移到同資料夾的 <章節>.yaml，附件留在附件檔",
                    "move a long section to <section>.yaml in the same folder, and leave annexes in their own files",
                ),
            ),
        }
    }
}
