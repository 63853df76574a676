//! `fixtures/histories/<name>/` → a Git repository.

use std::path::{Path, PathBuf};

use git2::{Oid, Repository, Signature, Time};
use plangate::text::DateRange;
use serde::Deserialize;

use crate::world::{Folder, Run, folder, run};

/// `commits.yaml`.
#[derive(Deserialize)]
pub(crate) struct Commits {
    pub(crate) folder: String,
    #[serde(rename = "commits")]
    pub(crate) list: Vec<Commit>,
    pub(crate) invented: Vec<Marked>,
    pub(crate) inferred: Vec<Marked>,
}

#[derive(Deserialize)]
pub(crate) struct Commit {
    pub(crate) edition: String,
    author: String,
    date: String,
    message: String,
    pub(crate) trailers: Vec<Trailer>,
    pub(crate) tag: String,
}

#[derive(Deserialize)]
pub(crate) struct Trailer {
    key: String,
    value: String,
}

/// A place that is not a fact of the agency.
#[derive(Deserialize)]
pub(crate) struct Marked {
    pub(crate) path: String,
    pub(crate) editions: Vec<String>,
}

/// The fixture, and what a test makes of it before it is built.
pub(crate) struct History {
    pub(crate) commits: Commits,
    pub(crate) texts: Vec<String>,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/histories/kaohsiung-civil-affairs")
}

impl History {
    pub(crate) fn read() -> Self {
        let commits = std::fs::read_to_string(root().join("commits.yaml")).expect("it is there");
        let commits: Commits = serde_yaml::from_str(&commits).expect("it is one");
        let text = |commit: &Commit| {
            let path = root().join(&commit.edition).join("plan.yaml");
            std::fs::read_to_string(path).expect("it is there")
        };
        let texts = commits.list.iter().map(text).collect();
        Self { commits, texts }
    }

    /// The plans without their own change log, as they would be if it were kept in Git alone.
    pub(crate) fn without_history(mut self) -> Self {
        for text in &mut self.texts {
            let start = text.find("history:\n").expect("each edition has it");
            let end = text.find("editorial:\n").expect("each edition has it");
            text.replace_range(start..end, "");
        }
        self
    }

    pub(crate) fn without_trailers(mut self) -> Self {
        for commit in &mut self.commits.list {
            commit.trailers.clear();
        }
        self
    }

    pub(crate) fn build(&self) -> Built {
        let root = folder(&[("repository/none", "")]);
        let repository = Repository::init(root.path("repository")).expect("a repository");
        let built = Built { repository, root };
        let path = format!("{}/plan.yaml", self.commits.folder);
        for (commit, text) in self.commits.list.iter().zip(&self.texts) {
            let id = built.commit(&[(&path, text)], &commit.message(), &commit.who());
            let object = built.repository.find_object(id, None).expect("a commit");
            let message = commit.message.clone();
            built
                .repository
                .tag(&commit.tag, &object, &commit.who(), &message, false)
                .expect("a tag");
        }
        built
    }
}

impl Commit {
    fn message(&self) -> String {
        let trailers: String = self
            .trailers
            .iter()
            .map(|trailer| format!("{}: {}\n", trailer.key, trailer.value))
            .collect();
        format!("{}\n\n{trailers}", self.message)
    }

    /// The body that committed it, at nine in the morning of the day it was issued.
    fn who(&self) -> Signature<'static> {
        let day = DateRange::parse(&self.date).expect("a date").first;
        let since = jiff::civil::date(1970, 1, 1);
        let days = i64::from(since.until(day).expect("after 1970").get_days());
        let time = Time::new(days * 86_400 + 3_600, 480);
        Signature::new(&self.author, "plans@example.invalid", &time).expect("a signature")
    }
}

/// A repository in a folder that goes away.
pub(crate) struct Built {
    pub(crate) repository: Repository,
    root: Folder,
}

impl Built {
    /// Commits files on `main`.
    pub(crate) fn commit(&self, files: &[(&str, &str)], message: &str, who: &Signature<'_>) -> Oid {
        let main = "refs/heads/main";
        let parent = self.repository.refname_to_id(main).ok();
        let parent = parent.map(|id| self.repository.find_commit(id).expect("a commit"));
        let parents: Vec<_> = parent.iter().collect();
        let mut tree = git2::build::TreeUpdateBuilder::new();
        for (path, text) in files {
            let blob = self.repository.blob(text.as_bytes()).expect("a blob");
            tree.upsert(*path, blob, git2::FileMode::Blob);
        }
        let empty = self
            .repository
            .treebuilder(None)
            .expect("a tree")
            .write()
            .expect("a tree");
        let empty = self.repository.find_tree(empty).expect("a tree");
        let tree = tree
            .create_updated(&self.repository, &empty)
            .expect("a tree");
        let tree = self.repository.find_tree(tree).expect("a tree");
        let id = self
            .repository
            .commit(None, who, who, message, &tree, &parents)
            .expect("a commit");
        self.repository
            .reference(main, id, true, "test")
            .expect("a branch");
        self.repository.set_head(main).expect("a head");
        id
    }

    /// A file of the work tree.
    pub(crate) fn path(&self, file: &str) -> String {
        self.root.path(&format!("repository/{file}"))
    }

    /// Lays a file into the work tree.
    pub(crate) fn lay(&self, file: &str, bytes: &[u8]) -> String {
        let path = self.path(file);
        let folder = Path::new(&path).parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("it is ours");
        std::fs::write(&path, bytes).expect("it is ours");
        path
    }

    /// `plangate changelog` of a path in a revision.
    pub(crate) fn changelog(&self, path: &str, more: &[&str]) -> Run {
        let repo = self.root.path("repository");
        let mut arguments = vec!["changelog", path, "--repo", &repo];
        arguments.extend(more);
        run(&arguments)
    }
}
