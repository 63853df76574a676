//! Links that stand where the folder of a plan would.
//!
//! No link is followed (0022), but one that leads to a plan is not passed over either: whoever looks at
//! the files sees a plan there, and the gate would not. So it is looked where a link leads, and nothing
//! is read there. Invariant: what is looked at is bounded, whatever a tree says.

use std::path::Path;

use super::PLAN_FILE;
use super::plans::children;

/// Folders within folders that are looked into for a plan.
pub(super) const MAX_DEPTH: usize = 4;
/// Folders that are looked into for one link.
pub(super) const MAX_FOLDERS: usize = 200;

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    /// To a folder with a plan in it or below it.
    ToPlan,
    /// To a file, to a folder without any plan, or up to a folder that it stands in itself.
    Elsewhere,
    /// Nobody can tell: nowhere, out of what can be seen, or to more than is looked at.
    Unknown,
}

impl Leads {
    /// Whether the link stands for a plan. One that leads nobody knows where does so beside the folders of
    /// plans; elsewhere it is none of our business.
    pub(super) fn hides_plan(self, is_beside: impl FnOnce() -> bool) -> bool {
        match self {
            Self::ToPlan => true,
            Self::Elsewhere => false,
            Self::Unknown => is_beside(),
        }
    }

    /// Where a link of the work tree leads.
    pub(super) fn of_work_tree(link: &Path) -> Self {
        match link.metadata() {
            Err(_) => return Self::Unknown,
            Ok(kind) if !kind.is_dir() => return Self::Elsewhere,
            Ok(_) => {}
        }
        let stands_in = link.parent().map(|folder| match folder.as_os_str() {
            folder if folder.is_empty() => Path::new("."),
            _ => folder,
        });
        let stands_in = stands_in.and_then(|folder| folder.canonicalize().ok());
        match link.canonicalize().ok().zip(stands_in) {
            None => Self::Unknown,
            Some((to, stands_in)) if stands_in.starts_with(&to) => Self::Elsewhere,
            Some((to, _)) => below(&to),
        }
    }
}

/// Looks for a plan in a folder and below it.
fn below(top: &Path) -> Leads {
    let mut open = vec![(top.to_owned(), 0)];
    let mut looked = 0;
    while let Some((folder, depth)) = open.pop() {
        looked += 1;
        let Ok(children) = children(&folder) else {
            return Leads::Unknown;
        };
        if looked > MAX_FOLDERS || depth > MAX_DEPTH {
            return Leads::Unknown;
        }
        for (path, kind) in children {
            let name = path.file_name().unwrap_or_default();
            if name == PLAN_FILE && !kind.is_dir() {
                return Leads::ToPlan;
            }
            if kind.is_dir() && !name.as_encoded_bytes().starts_with(b".") {
                open.push((path, depth + 1));
            }
        }
    }
    Leads::Elsewhere
}
