//! The name of an object, and what may stand at a path of a tree.

use std::fmt;

/// The name of a Git object: equal names, equal content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectId(git2::Oid);

impl ObjectId {
    pub(super) fn new(id: git2::Oid) -> Self {
        Self(id)
    }

    /// The name as Git writes it whole: 40 hexadecimal digits.
    pub fn parse(written: &str) -> Option<Self> {
        let whole = written.len() == 40;
        whole.then(|| git2::Oid::from_str(written).ok().map(Self))?
    }

    /// The first eight digits: enough to find it by.
    pub fn short(self) -> String {
        let mut name = self.to_string();
        name.truncate(8);
        name
    }

    pub(super) fn raw(self) -> git2::Oid {
        self.0
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What stands at a path of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Submodule,
}

impl Kind {
    /// By the mode that the tree records. Git writes five modes; what carries another is no file
    /// that it would check out.
    pub(super) fn of(mode: i32) -> Option<Self> {
        match mode & 0o170_000 {
            0o100_000 => Some(Self::File),
            0o040_000 => Some(Self::Folder),
            0o120_000 => Some(Self::Link),
            0o160_000 => Some(Self::Submodule),
            _ => None,
        }
    }
}

/// Whether a file system could hold an entry of this name where Git puts it. Trees may name
/// entries as they like, and the names are shown and joined.
pub(super) fn is_usable(name: &str) -> bool {
    let reserved = matches!(name, "" | "." | "..") || name.eq_ignore_ascii_case(".git");
    !reserved && !name.contains(['/', '\\']) && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_modes_that_git_writes_have_a_kind() {
        let kinds = [0o100_644, 0o100_755, 0o040_000, 0o120_000, 0o160_000].map(Kind::of);
        let all = [
            Kind::File,
            Kind::File,
            Kind::Folder,
            Kind::Link,
            Kind::Submodule,
        ];
        assert_eq!(kinds, all.map(Some));
        assert_eq!(Kind::of(0o010_644), None);
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_not_usable() {
        assert!(is_usable("plan.yaml") && is_usable("民政局"));
        for name in [
            "", ".", "..", ".git", ".GIT", "a/b", "a\\b", "a\nb", "a\u{1b}b",
        ] {
            assert!(!is_usable(name), "{name:?}");
        }
    }
}
