//! Links of a revision that stand where the folder of a plan would: where they lead, told from the
//! revision alone.

use std::collections::BTreeMap;

use super::object::Kind;
use super::plans::entry_at;
use super::revision::joined;
use crate::source::PLAN_FILE;
use crate::source::links::{Leads, MAX_DEPTH, MAX_FOLDERS};

/// No file system takes a longer one.
const MAX_BYTES: usize = 4096;
/// Links that lead to links, as Linux follows them.
const MAX_HOPS: usize = 40;
/// Links that are followed in all: of more, nobody can tell.
const MAX_LINKS: usize = 10_000;

/// A link of a revision.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// The folder it stands in, from the top.
    pub(super) folder: String,
    /// Its own path.
    pub(super) path: String,
    /// What it says.
    pub(super) text: git2::Oid,
}

/// The folders that were looked into, so that none is twice.
pub(super) struct Led<'h> {
    handle: &'h git2::Repository,
    top: git2::Oid,
    known: BTreeMap<git2::Oid, Leads>,
    links: usize,
}

impl<'h> Led<'h> {
    pub(super) fn new(handle: &'h git2::Repository, top: git2::Oid) -> Self {
        Self {
            handle,
            top,
            known: BTreeMap::new(),
            links: 0,
        }
    }

    /// Where a link leads.
    pub(super) fn by(&mut self, link: &Link) -> Result<Leads, git2::Error> {
        let (mut folder, mut text) = (link.folder.clone(), link.text);
        for _ in 0..MAX_HOPS {
            self.links += 1;
            let words = match self.links > MAX_LINKS {
                true => None,
                false => self.words(text)?,
            };
            let Some(path) = words.and_then(|words| target(&folder, &words)) else {
                return Ok(Leads::Unknown);
            };
            match entry_at(self.handle, self.top, &path)? {
                Some((Kind::File, _)) => return Ok(Leads::Elsewhere),
                Some((Kind::Folder, _)) if is_within(&link.folder, &path) => {
                    return Ok(Leads::Elsewhere);
                }
                Some((Kind::Folder, tree)) => return self.below(tree),
                Some((Kind::Link, next)) => {
                    let up = path.rsplit_once('/').map_or("", |(up, _)| up);
                    up.clone_into(&mut folder);
                    text = next;
                }
                Some((Kind::Submodule, _)) | None => return Ok(Leads::Unknown),
            }
        }
        Ok(Leads::Unknown)
    }

    /// What a link says, unless it is none that a file system takes.
    fn words(&self, text: git2::Oid) -> Result<Option<String>, git2::Error> {
        let objects = self.handle.odb()?;
        let (size, _) = objects.read_header(text)?;
        if size > MAX_BYTES {
            return Ok(None);
        }
        let words = objects.read(text)?.data().to_owned();
        Ok(String::from_utf8(words).ok())
    }

    /// Looks for a plan in a folder and below it.
    fn below(&mut self, tree: git2::Oid) -> Result<Leads, git2::Error> {
        if let Some(known) = self.known.get(&tree) {
            return Ok(*known);
        }
        let leads = look(self.handle, tree)?;
        self.known.insert(tree, leads);
        Ok(leads)
    }
}

fn look(handle: &git2::Repository, top: git2::Oid) -> Result<Leads, git2::Error> {
    let mut open = vec![(top, 0)];
    let mut looked = 0;
    while let Some((tree, depth)) = open.pop() {
        looked += 1;
        if looked > MAX_FOLDERS || depth > MAX_DEPTH {
            return Ok(Leads::Unknown);
        }
        let tree = handle.find_tree(tree)?;
        let is_folder = |mode: i32| Kind::of(mode) == Some(Kind::Folder);
        let plan = tree.get_name(PLAN_FILE);
        if plan.is_some_and(|plan| !is_folder(plan.filemode())) {
            return Ok(Leads::ToPlan);
        }
        let folders = tree
            .iter()
            .filter(|entry| is_folder(entry.filemode()) && !entry.name_bytes().starts_with(b"."));
        open.extend(folders.map(|entry| (entry.id(), depth + 1)));
    }
    Ok(Leads::Elsewhere)
}

/// Where a link says that it leads; `None` where that is out of the revision.
fn target(folder: &str, words: &str) -> Option<String> {
    match words.starts_with('/') {
        true => None,
        false => joined(folder, words),
    }
}

/// Whether a folder is another or lies in it; everything lies in the top.
fn is_within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_joined_to_the_folder_it_stands_in() {
        let target = |words| target("plans/a", words);
        assert_eq!(target("../../store//b/"), Some("store/b".to_owned()));
        assert_eq!(target("./x"), Some("plans/a/x".to_owned()));
        assert_eq!(target("../.."), Some(String::new()));
        assert_eq!(target("../../.."), None);
        assert_eq!(target("/plans/b"), None);
    }
}
