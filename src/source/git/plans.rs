//! A path of a revision → the plans that it means.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::links::{Led, Link};
use super::object::{Kind, is_usable};
use super::{GitError, ObjectId, Repository, Revision, RevisionFolder};
use crate::source::{Folder, PLAN_FILE, PlanFile, Refusal};

/// Entries that are looked at before a tree is refused: some thousands of them, each naming the
/// next several times, would otherwise spell more paths than a machine can visit.
pub(super) const MAX_ENTRIES: usize = 250_000;
/// Folders within folders.
const MAX_DEPTH: usize = 64;

impl Repository {
    /// The plans that a path of a revision means, by name: a file as it is, whatever it is called;
    /// of a folder, every `plan.yaml` in it and below it, but for folders whose names begin with a
    /// dot. A plan that is a link or a submodule, or whose name cannot be shown, is among them with
    /// the refusal that reading it would give.
    pub fn plan_files(
        self: &Arc<Self>,
        revision: &Revision,
        typed: &str,
    ) -> Result<Vec<PlanFile>, GitError> {
        self.plans_of_path(revision, typed, None)
    }

    /// The same, but for plans in folders that another revision has alike, under the same path: those
    /// folders are not read. That all plans are such is no error.
    pub fn plan_files_unlike(
        self: &Arc<Self>,
        revision: &Revision,
        typed: &str,
        other: &Revision,
    ) -> Result<Vec<PlanFile>, GitError> {
        self.plans_of_path(revision, typed, Some(other))
    }

    fn plans_of_path(
        self: &Arc<Self>,
        revision: &Revision,
        typed: &str,
        other: Option<&Revision>,
    ) -> Result<Vec<PlanFile>, GitError> {
        let no_path = || GitError::NoPath {
            revision: revision.written.clone(),
            path: typed.to_owned(),
        };
        let path = self.path_from_top(typed).ok_or_else(no_path)?;
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let at = self.entry(revision, &path)?.ok_or_else(no_path)?;
        let (Kind::Folder, tree) = at else {
            let (_, folder) = self.entry(revision, parent)?.ok_or_else(no_path)?;
            let folder = RevisionFolder::new(self, folder, parent.to_owned());
            return Ok(vec![PlanFile {
                name: path.clone(),
                below: name.to_owned(),
                folder: Folder::Revision(folder),
                file: name.to_owned(),
                refused: None,
            }]);
        };
        let other = other.map(|other| self.entry(other, &path)).transpose()?;
        let other = match other.flatten() {
            Some((Kind::Folder, other)) => Some(other.raw()),
            _ => None,
        };
        let walk = |walk: Walk| self.walk(revision, tree, &path, walk);
        let found = walk(Walk::beside(other))?;
        let has_left_out = found.has_left_out;
        let is_beside_any = !found.submodules.is_empty() || !found.links.is_empty();
        let kept_in = match has_left_out && is_beside_any {
            true => walk(Walk::default())?.kept_in(),
            false => found.kept_in(),
        };
        let hidden = self.with(|handle| found.hidden(handle, revision.tree.raw(), &kept_in))?;
        let mut files = found.files(self, &path, hidden);
        if files.is_empty() {
            if has_left_out && !walk(Walk::to_the_first())?.plans.is_empty() {
                return Ok(files);
            }
            return Err(GitError::NoPlan {
                revision: revision.written.clone(),
                path: if path.is_empty() {
                    ".".to_owned()
                } else {
                    path
                },
            });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// Walks over what stands below a tree.
    fn walk(
        &self,
        revision: &Revision,
        tree: ObjectId,
        path: &str,
        mut walk: Walk,
    ) -> Result<Walk, GitError> {
        match self.with(|handle| walk.below(handle, tree, path))? {
            true => Ok(walk),
            false => Err(GitError::TooLarge {
                revision: revision.written.clone(),
            }),
        }
    }

    /// What stands at a path from the top of a revision.
    pub(super) fn entry(
        &self,
        revision: &Revision,
        path: &str,
    ) -> Result<Option<(Kind, ObjectId)>, GitError> {
        let tree = revision.tree.raw();
        self.with(|handle| {
            let found = entry_at(handle, tree, path)?;
            Ok(found.map(|(kind, id)| (kind, ObjectId::new(id))))
        })
    }
}

/// What stands at a path below a tree; the tree itself where the path is empty.
pub(super) fn entry_at(
    handle: &git2::Repository,
    tree: git2::Oid,
    path: &str,
) -> Result<Option<(Kind, git2::Oid)>, git2::Error> {
    let mut at = (Kind::Folder, tree);
    for name in path.split('/').filter(|name| !name.is_empty()) {
        if at.0 != Kind::Folder {
            return Ok(None);
        }
        let tree = handle.find_tree(at.1)?;
        let entry = tree.get_name(name);
        let Some(found) = entry.and_then(|entry| Some((Kind::of(entry.filemode())?, entry.id())))
        else {
            return Ok(None);
        };
        at = found;
    }
    Ok(Some(at))
}

/// A walk over the folders below a path.
#[derive(Default)]
struct Walk {
    /// Folders with a plan in them: their tree, their path, and why the plan cannot be read.
    plans: Vec<(git2::Oid, String, Option<Refusal>)>,
    /// Submodules: the path of the folder they stand in, and their own.
    submodules: Vec<(String, String)>,
    /// Links.
    links: Vec<Link>,
    /// The tree at the same path that folders are left out for, where it has them alike.
    other: Option<git2::Oid>,
    /// Whether any was.
    has_left_out: bool,
    /// Whether one plan is enough.
    is_short: bool,
}

/// A folder to look into.
struct Open {
    tree: git2::Oid,
    /// The tree of the same path that it is held against.
    other: Option<git2::Oid>,
    path: String,
    depth: usize,
    /// Whether every name on the way can be shown and joined.
    usable: bool,
}

impl Walk {
    /// Leaves out what another tree has alike.
    fn beside(other: Option<git2::Oid>) -> Self {
        Self {
            other,
            ..Self::default()
        }
    }

    /// Ends where it finds a plan.
    fn to_the_first() -> Self {
        Self {
            is_short: true,
            ..Self::default()
        }
    }

    /// Looks at everything below a tree; false where there is too much of it.
    fn below(
        &mut self,
        handle: &git2::Repository,
        tree: ObjectId,
        path: &str,
    ) -> Result<bool, git2::Error> {
        if self.other == Some(tree.raw()) {
            self.has_left_out = true;
            return Ok(true);
        }
        let mut open = vec![Open {
            tree: tree.raw(),
            other: self.other,
            path: path.to_owned(),
            depth: 0,
            usable: true,
        }];
        let mut seen = 0;
        while let Some(folder) = open.pop() {
            let tree = handle.find_tree(folder.tree)?;
            let other = folder.other.map(|other| handle.find_tree(other));
            let other = other.transpose()?;
            seen += tree.len();
            if seen > MAX_ENTRIES || folder.depth > MAX_DEPTH {
                return Ok(false);
            }
            names_once(&tree)?;
            for entry in &tree {
                self.look(&entry, &folder, other.as_ref(), &mut open);
            }
            if self.is_short && !self.plans.is_empty() {
                return Ok(true);
            }
        }
        Ok(true)
    }

    fn look(
        &mut self,
        entry: &git2::TreeEntry<'_>,
        folder: &Open,
        other: Option<&git2::Tree<'_>>,
        open: &mut Vec<Open>,
    ) {
        let name = String::from_utf8_lossy(entry.name_bytes());
        let kind = Kind::of(entry.filemode());
        if name == PLAN_FILE && kind != Some(Kind::Folder) {
            let refused = match kind {
                _ if !folder.usable => Some(Refusal::Name),
                Some(Kind::Link) => Some(Refusal::Link),
                Some(Kind::Submodule) => Some(Refusal::Submodule),
                _ => None,
            };
            self.plans.push((folder.tree, folder.path.clone(), refused));
            return;
        }
        let is_hidden = name.starts_with('.');
        let path = || join(&folder.path, &name);
        match kind {
            Some(Kind::Folder | Kind::Link) if is_hidden => {}
            Some(Kind::Folder) => {
                let other = alike(entry, other);
                if other == Some(entry.id()) {
                    self.has_left_out = true;
                    return;
                }
                let is_utf8 = std::str::from_utf8(entry.name_bytes()).is_ok();
                open.push(Open {
                    tree: entry.id(),
                    other,
                    path: path(),
                    depth: folder.depth + 1,
                    usable: folder.usable && is_utf8 && is_usable(&name),
                });
            }
            Some(Kind::Link) if alike(entry, other) == Some(entry.id()) => {
                self.has_left_out = true;
            }
            Some(Kind::Link) => self.links.push(Link {
                folder: folder.path.clone(),
                path: path(),
                text: entry.id(),
            }),
            Some(Kind::Submodule) => self.submodules.push((folder.path.clone(), path())),
            Some(Kind::File) | None => {}
        }
    }

    /// The folders that plans have their folders in.
    fn kept_in(&self) -> BTreeSet<String> {
        let parent = |path: &str| path.rsplit_once('/').map_or("", |(up, _)| up).to_owned();
        self.plans.iter().map(|(_, path, _)| parent(path)).collect()
    }

    /// What stands where the folder of a plan would, and is none: a submodule beside the folders of other
    /// plans, elsewhere it is none of our business; and a link that stands for a plan.
    fn hidden(
        &self,
        handle: &git2::Repository,
        top: git2::Oid,
        kept_in: &BTreeSet<String>,
    ) -> Result<Vec<(String, Refusal)>, git2::Error> {
        let submodules = self.submodules.iter();
        let beside = submodules.filter(|(folder, _)| kept_in.contains(folder));
        let mut hidden: Vec<(String, Refusal)> = beside
            .map(|(_, path)| (path.clone(), Refusal::Submodule))
            .collect();
        let mut led = Led::new(handle, top);
        for link in &self.links {
            if led.by(link)?.hides_plan(|| kept_in.contains(&link.folder)) {
                hidden.push((link.path.clone(), Refusal::Link));
            }
        }
        Ok(hidden)
    }

    /// The plans found, and what hides some.
    fn files(
        self,
        repository: &Arc<Repository>,
        top: &str,
        hidden: Vec<(String, Refusal)>,
    ) -> Vec<PlanFile> {
        let hidden = hidden
            .into_iter()
            .map(|(path, refusal)| (git2::Oid::ZERO_SHA1, path, Some(refusal)));
        let all = self.plans.into_iter().chain(hidden);
        all.map(|(tree, path, refused)| {
            let name = join(&path, PLAN_FILE);
            let below = name.strip_prefix(top).unwrap_or(&name);
            PlanFile {
                below: below.trim_start_matches('/').to_owned(),
                name,
                folder: Folder::Revision(RevisionFolder::new(
                    repository,
                    ObjectId::new(tree),
                    path,
                )),
                file: PLAN_FILE.to_owned(),
                refused,
            }
        })
        .collect()
    }
}

/// What another tree has under the name of an entry, where it is of the same kind.
fn alike(entry: &git2::TreeEntry<'_>, other: Option<&git2::Tree<'_>>) -> Option<git2::Oid> {
    let own = other?.get_name_bytes(entry.name_bytes())?;
    (Kind::of(own.filemode()) == Kind::of(entry.filemode())).then(|| own.id())
}

/// Refuses a tree that has a name twice, as no program of Git writes it: of two plans of one name each would
/// be held against what the other was, or against nothing.
fn names_once(tree: &git2::Tree<'_>) -> Result<(), git2::Error> {
    let mut names: Vec<Vec<u8>> = tree.iter().map(|it| it.name_bytes().to_vec()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(_) => {
            let why = format!("tree {} has a name twice", tree.id());
            Err(git2::Error::from_str(&why))
        }
    }
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
