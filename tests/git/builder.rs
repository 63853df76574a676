//! A repository, laid object by object: no work tree, no program, the same commits on every run.

use std::path::{Path, PathBuf};

use git2::{Oid, Repository, Signature, Time};

use crate::world::tree::tree;
use crate::world::{Folder, folder};

/// Modes of tree entries.
pub(crate) const FILE: i32 = 0o100_644;
pub(crate) const LINK: i32 = 0o120_000;
pub(crate) const SUBMODULE: i32 = 0o160_000;
pub(crate) const TREE: i32 = 0o040_000;

/// A sound plan of an edition.
pub(crate) fn plan(edition: &str) -> String {
    let lines: String = (1..=20).map(|n| format!("# 第 {n} 行說明\n")).collect();
    format!(
        "{lines}header: {{ title: 計畫, agency: jia, issued: 2018-01-01, edition: \"{edition}\" }}\n\
         bodies: [{{ id: jia, name: 甲機關, grade: E }}]\n"
    )
}

/// A repository in a folder that goes away.
pub(crate) struct Built {
    pub(crate) repository: Repository,
    root: Folder,
}

impl Built {
    pub(crate) fn new() -> Self {
        let root = folder(&[("repository/outside.txt", "")]);
        let repository = Repository::init(root.path("repository")).expect("a repository");
        Self { repository, root }
    }

    pub(crate) fn bare() -> Self {
        let root = folder(&[("repository.git/none", "")]);
        let repository = Repository::init_bare(root.path("repository.git")).expect("a repository");
        Self { repository, root }
    }

    /// The folder of the repository, to be named with `--repo`.
    pub(crate) fn folder(&self) -> PathBuf {
        let path = self.repository.path();
        self.repository.workdir().unwrap_or(path).to_owned()
    }

    /// A path beside the repository.
    pub(crate) fn beside(&self, name: &str) -> String {
        self.root.path(name)
    }

    pub(crate) fn blob(&self, bytes: &[u8]) -> Oid {
        self.repository.blob(bytes).expect("a blob")
    }

    /// A tree of entries as they are given: libgit2 would refuse to write some of them.
    pub(crate) fn tree(&self, entries: &[(&[u8], i32, Oid)]) -> Oid {
        let mut bytes = Vec::new();
        for (name, mode, id) in entries {
            bytes.extend(format!("{mode:o} ").bytes());
            bytes.extend(*name);
            bytes.push(0);
            bytes.extend(id.as_bytes());
        }
        let objects = self.repository.odb().expect("objects");
        objects
            .write(git2::ObjectType::Tree, &bytes)
            .expect("a tree")
    }

    /// A tree of files by path.
    pub(crate) fn files(&self, files: &[(&str, &str)]) -> Oid {
        let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
        tree(&self.repository, files)
    }

    /// A commit on `refs/heads/main`, which `HEAD` is made to name.
    pub(crate) fn commit(&self, tree: Oid, message: &str) -> Oid {
        let parent = self.repository.refname_to_id("refs/heads/main").ok();
        let id = self.commit_with(tree, message, parent.as_slice());
        let main = "refs/heads/main";
        self.repository
            .reference(main, id, true, "test")
            .expect("a branch");
        self.repository.set_head(main).expect("a head");
        id
    }

    /// A commit that no branch names.
    pub(crate) fn commit_with(&self, tree: Oid, message: &str, parents: &[Oid]) -> Oid {
        let find = |id: &Oid| self.repository.find_commit(*id).expect("a commit");
        let parents: Vec<_> = parents.iter().map(find).collect();
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.repository.find_tree(tree).expect("a tree");
        let who = signature();
        self.repository
            .commit(None, &who, &who, message, &tree, &parents)
            .expect("a commit")
    }

    /// A sound repository: one plan, one commit.
    pub(crate) fn sound() -> Self {
        let built = Self::new();
        let tree = built.files(&[("plans/a/plan.yaml", &plan("1.0"))]);
        built.commit(tree, "初版");
        built
    }

    /// Appends lines to a file of the repository itself.
    #[expect(
        clippy::disallowed_methods,
        reason = "a test breaks its own repository"
    )]
    pub(crate) fn append(&self, file: &str, lines: &str) {
        let path = self.repository.path().join(file);
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(path, before + lines).expect("it is ours");
    }

    /// Takes an object away, as a partial clone or a broken disk would.
    pub(crate) fn lose(&self, id: Oid) {
        let name = id.to_string();
        let path = Path::new("objects").join(&name[..2]).join(&name[2..]);
        std::fs::remove_file(self.repository.path().join(path)).expect("a loose object");
    }
}

/// The same hands and the same clock for every commit.
pub(crate) fn signature() -> Signature<'static> {
    let time = Time::new(1_550_421_000, 480);
    Signature::new("甲機關", "plans@example.invalid", &time).expect("a signature")
}
