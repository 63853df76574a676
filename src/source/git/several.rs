//! Many paths of a revision at once: a folder that several of them go through is opened once.
//!
//! A folder of ten thousand plans takes a millisecond to open, and libgit2 keeps none of that size.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::object::Kind;
use super::{GitError, ObjectId, Repository, Revision, RevisionFolder};
use crate::source::{Folder, PlanFile};

impl Repository {
    /// The plans that stand at these paths from the top of a revision, by path: each as
    /// [`Repository::plan_files`] gives a file. Where nothing stands or a folder, there is none.
    pub fn plans_at(
        self: &Arc<Self>,
        revision: &Revision,
        paths: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, PlanFile>, GitError> {
        let top = revision.tree.raw();
        let found = self.with(|handle| {
            let mut way = Way::new(handle, top)?;
            let mut found = Vec::new();
            for path in paths {
                let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
                if let Some(tree) = way.holding(folder, file)? {
                    found.push((path, folder, file, ObjectId::new(tree)));
                }
            }
            Ok(found)
        })?;
        let plan = |(path, folder, file, tree): (&String, &str, &str, ObjectId)| {
            let folder = RevisionFolder::new(self, tree, folder.to_owned());
            let plan = PlanFile {
                name: path.clone(),
                below: file.to_owned(),
                folder: Folder::Revision(folder),
                file: file.to_owned(),
                refused: None,
            };
            (path.clone(), plan)
        };
        Ok(found.into_iter().map(plan).collect())
    }
}

/// The folders that are open: the top, one in it, and so on down.
struct Way<'h> {
    handle: &'h git2::Repository,
    open: Vec<(String, git2::Tree<'h>)>,
}

impl<'h> Way<'h> {
    fn new(handle: &'h git2::Repository, top: git2::Oid) -> Result<Self, git2::Error> {
        Ok(Self {
            handle,
            open: vec![(String::new(), handle.find_tree(top)?)],
        })
    }

    /// The tree of a folder that holds such a file; `None` where it holds none or is no folder.
    fn holding(&mut self, folder: &str, file: &str) -> Result<Option<git2::Oid>, git2::Error> {
        if !self.enter(folder)? {
            return Ok(None);
        }
        let entry = self.last().get_name(file).map(|entry| entry.filemode());
        let kind = entry.and_then(Kind::of);
        let is_file = kind.is_some_and(|kind| kind != Kind::Folder);
        Ok(is_file.then(|| self.last().id()))
    }

    /// Goes up as far as needed and down to a folder; false where there is no such folder.
    fn enter(&mut self, folder: &str) -> Result<bool, git2::Error> {
        self.open.retain(|(path, _)| is_within(folder, path));
        while self.open.last().is_some_and(|(path, _)| path != folder) {
            let path = &self.open.last().expect("internal: the top stays open").0;
            let rest = folder[path.len()..].trim_start_matches('/');
            let name = rest.split('/').next().unwrap_or(rest);
            let below = folder.len() - rest.len() + name.len();
            let entry = self.last().get_name(name);
            let entry = entry.map(|entry| (Kind::of(entry.filemode()), entry.id()));
            let Some((Some(Kind::Folder), id)) = entry else {
                return Ok(false);
            };
            let tree = self.handle.find_tree(id)?;
            self.open.push((folder[..below].to_owned(), tree));
        }
        Ok(true)
    }

    fn last(&self) -> &git2::Tree<'h> {
        let (_, tree) = self.open.last().expect("internal: the top stays open");
        tree
    }
}

/// Whether a folder is another or lies in it; everything lies in the top.
fn is_within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
