//! A folder of a revision: which files it has, and what is in them.

use std::path::Path;
use std::sync::Arc;

use super::object::{Kind, is_usable};
use super::plans::entry_at;
use super::{GitError, ObjectId, Repository, Revision};
use crate::source::plans::children;
use crate::source::{Content, Refusal, read_file};

/// Folders within folders that are entered, and files that are listed.
const MAX_DEPTH: usize = 16;
const MAX_FILES: usize = 10_000;

/// A folder of a revision.
#[derive(Debug, Clone)]
pub struct RevisionFolder {
    repository: Arc<Repository>,
    tree: ObjectId,
    path: String,
}

impl Repository {
    /// The top folder of a revision.
    pub fn top(self: &Arc<Self>, revision: &Revision) -> RevisionFolder {
        RevisionFolder::new(self, revision.tree, String::new())
    }
}

/// What stands at a path below a folder.
enum Found {
    Nothing,
    Refused(Refusal),
    Blob(git2::Oid),
}

impl Repository {
    /// A folder of a revision, by a path as a user types it; `None` where there is none.
    pub fn folder(
        self: &Arc<Self>,
        revision: &Revision,
        typed: &str,
    ) -> Result<Option<RevisionFolder>, GitError> {
        let Some(path) = self.path_from_top(typed) else {
            return Ok(None);
        };
        let found = self.entry(revision, &path)?;
        Ok(match found {
            Some((Kind::Folder, tree)) => Some(RevisionFolder::new(self, tree, path)),
            _ => None,
        })
    }
}

impl RevisionFolder {
    pub(super) fn new(repository: &Arc<Repository>, tree: ObjectId, path: String) -> Self {
        let repository = Arc::clone(repository);
        Self {
            repository,
            tree,
            path,
        }
    }

    /// The way to it from the top of the repository, with `/`; empty for the top.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The name of its content: folders of the same name hold the same files.
    pub fn id(&self) -> ObjectId {
        self.tree
    }

    /// The YAML files directly in it, sorted; links and submodules of such a name among them, so
    /// that reading one says what it is.
    pub fn yaml_files(&self) -> Result<Vec<String>, GitError> {
        let tree = self.tree.raw();
        let mut names = self.repository.with(|handle| {
            let tree = handle.find_tree(tree)?;
            let files = tree
                .iter()
                .filter(|entry| Kind::of(entry.filemode()) != Some(Kind::Folder));
            let names = files.filter_map(|entry| entry.name().ok().map(str::to_owned));
            Ok(names.collect::<Vec<String>>())
        })?;
        names.retain(|name| {
            is_usable(name) && !name.starts_with('.') && name.len() > 5 && name.ends_with(".yaml")
        });
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The YAML files in it and below it, sorted, as names from it with `/`. A link or a submodule of
    /// such a name is among them, with the refusal that reading it gives; names that begin with a dot
    /// are passed over.
    pub fn yaml_files_below(&self) -> Result<Vec<String>, GitError> {
        let tree = self.tree.raw();
        self.repository.with(|handle| yaml_below(handle, tree))
    }

    /// The same of one of its folders, as names from there. Empty where there is no such folder.
    pub fn yaml_below(&self, folder: &str) -> Result<Vec<String>, GitError> {
        let tree = self.tree.raw();
        self.repository
            .with(|handle| match entry_at(handle, tree, folder)? {
                Some((Kind::Folder, tree)) => yaml_below(handle, tree),
                _ => Ok(Vec::new()),
            })
    }

    /// Whether a folder of the work tree has the same files, byte for byte, and no others. Nothing of
    /// it is parsed; a file of more than `limit` bytes is taken as another.
    pub fn is_laid_at(&self, work: &Path, limit: usize) -> Result<bool, GitError> {
        let here = Path::new(".");
        let work = Some(work).filter(|work| !work.as_os_str().is_empty());
        let work = work.unwrap_or(here).to_owned();
        let mut open = vec![(self.tree.raw(), work, 0)];
        self.repository.with(|handle| {
            while let Some((tree, work, depth)) = open.pop() {
                let tree = handle.find_tree(tree)?;
                // As many files, and each name of the one in the other: they are the same names.
                let count = children(&work).map_or(0, |children| children.len());
                if count != tree.len() || depth > MAX_DEPTH {
                    return Ok(false);
                }
                for entry in &tree {
                    let name = entry.name().unwrap_or_default();
                    let path = work.join(name);
                    match Kind::of(entry.filemode()) {
                        _ if !is_usable(name) => return Ok(false),
                        Some(Kind::Folder) if is_folder(&path) => {
                            open.push((entry.id(), path, depth + 1));
                        }
                        Some(Kind::File) if is_object(&path, entry.id(), limit) => {}
                        _ => return Ok(false),
                    }
                }
            }
            Ok(true)
        })
    }

    /// Reads a file below it. The size is asked before the content: nothing larger than `limit`
    /// bytes is ever unpacked.
    pub fn read(&self, name: &str, limit: usize) -> Result<Content, GitError> {
        let tree = self.tree.raw();
        self.repository.with(|handle| {
            let id = match find(handle, tree, name)? {
                Found::Blob(id) => id,
                Found::Nothing => return Ok(Content::Absent),
                Found::Refused(refusal) => return Ok(Content::Refused(refusal)),
            };
            let objects = handle.odb()?;
            let (size, _) = objects.read_header(id)?;
            if size > limit {
                return Ok(Content::Refused(Refusal::TooLarge { limit }));
            }
            Ok(Content::Bytes(objects.read(id)?.data().to_owned()))
        })
    }
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|kind| kind.is_dir())
}

/// Whether the bytes of a file are those of an object. A link is none.
fn is_object(path: &Path, id: git2::Oid, limit: usize) -> bool {
    let bytes = read_file(path, limit)
        .ok()
        .filter(|bytes| bytes.len() <= limit);
    let own = bytes.and_then(|bytes| git2::Oid::hash_object(git2::ObjectType::Blob, &bytes).ok());
    own == Some(id)
}

/// Goes down from a tree, name by name; a link or a submodule on the way ends it.
fn find(handle: &git2::Repository, tree: git2::Oid, path: &str) -> Result<Found, git2::Error> {
    let mut tree = handle.find_tree(tree)?;
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        let entry = tree
            .get_name(name)
            .map(|entry| (entry.id(), entry.filemode()));
        let Some((id, mode)) = entry.filter(|_| is_usable(name)) else {
            return Ok(Found::Nothing);
        };
        let is_last = names.peek().is_none();
        match Kind::of(mode) {
            Some(Kind::File) if is_last => return Ok(Found::Blob(id)),
            Some(Kind::Link) => return Ok(Found::Refused(Refusal::Link)),
            Some(Kind::Submodule) => return Ok(Found::Refused(Refusal::Submodule)),
            Some(Kind::Folder) if !is_last => tree = handle.find_tree(id)?,
            _ => return Ok(Found::Nothing),
        }
    }
    Ok(Found::Nothing)
}

fn yaml_below(handle: &git2::Repository, tree: git2::Oid) -> Result<Vec<String>, git2::Error> {
    let mut names = Vec::new();
    let mut open = vec![(tree, String::new(), 0)];
    while let Some((tree, prefix, depth)) = open.pop() {
        for entry in &handle.find_tree(tree)? {
            let name = entry.name().unwrap_or_default();
            if !is_usable(name) || name.starts_with('.') {
                continue;
            }
            match Kind::of(entry.filemode()) {
                Some(Kind::Folder) if depth < MAX_DEPTH => {
                    open.push((entry.id(), format!("{prefix}{name}/"), depth + 1));
                }
                // What is none of them is listed too, so that reading it says so.
                kind if kind != Some(Kind::Folder) && name.ends_with(".yaml") => {
                    names.push(format!("{prefix}{name}"));
                }
                _ => {}
            }
        }
        // A tree may name the next several times: what is counted is what was looked at.
        if names.len() > MAX_FILES || open.len() > MAX_FILES {
            let why = format!("more than {MAX_FILES} files below one folder");
            return Err(git2::Error::from_str(&why));
        }
    }
    names.sort();
    Ok(names)
}
