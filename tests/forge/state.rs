//! What the double knows: a bare repository with real commits, and what GitHub keeps beside it.

use std::collections::{BTreeMap, BTreeSet};

use git2::{DiffOptions, Oid, Repository, Signature, Time};
use serde_json::Value;

use crate::actions::Actions;
use crate::world::tree::tree;
use crate::world::{Folder, folder};

/// A pull request.
pub(crate) struct Pull {
    pub(crate) author: &'static str,
    pub(crate) is_open: bool,
    /// When it was merged.
    pub(crate) merged_at: Option<String>,
    pub(crate) is_draft: bool,
    pub(crate) is_locked: bool,
    pub(crate) mergeable: Option<bool>,
    pub(crate) fork: Option<&'static str>,
    pub(crate) labels: BTreeSet<String>,
    pub(crate) requested: Vec<String>,
}

impl Pull {
    /// An ordinary one, open.
    pub(crate) fn by(author: &'static str) -> Self {
        Self {
            author,
            is_open: true,
            merged_at: None,
            is_draft: false,
            is_locked: false,
            mergeable: Some(true),
            fork: None,
            labels: BTreeSet::new(),
            requested: Vec::new(),
        }
    }
}

/// A path; and of lines the side, the first one where there are several, and the last.
pub(crate) type Where = (String, Option<(String, Option<u64>, u64)>);

/// A comment, in the conversation or on the diff.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) pull: u64,
    pub(crate) author: String,
    pub(crate) body: String,
    /// Path, side, first and last line; of a comment on a file there are no lines.
    pub(crate) anchor: Option<Where>,
    pub(crate) reply_to: Option<u64>,
}

/// A review.
pub(crate) struct Given {
    pub(crate) pull: u64,
    pub(crate) author: Option<&'static str>,
    pub(crate) state: &'static str,
    pub(crate) commit: Option<String>,
    /// When, as GitHub writes it.
    pub(crate) at: String,
}

/// A status.
#[derive(Debug, Clone)]
pub(crate) struct Set {
    pub(crate) commit: String,
    pub(crate) context: String,
    pub(crate) state: String,
    pub(crate) description: String,
    pub(crate) creator: String,
}

/// One request, as it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
}

/// Something that goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The request is never heard.
    Deaf,
    /// It is heard and done, and the answer gets lost.
    LostAnswer,
    /// It is refused.
    Refused {
        status: u16,
        headers: Vec<(&'static str, String)>,
        message: &'static str,
    },
    /// Half of a list, without a word that there is more.
    HalfAList,
    /// No answer at all, but bytes.
    Garbage,
}

/// Contexts, with the App that each is expected from.
pub(crate) type Checks = Vec<(String, Option<i64>)>;

/// How a branch is protected.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    /// By branch protection.
    pub(crate) older: Option<Checks>,
    /// By a ruleset, whose other rules are these.
    pub(crate) newer: Option<(Checks, Vec<&'static str>)>,
    /// How many may bypass the ruleset.
    pub(crate) bypass: usize,
    /// Whether the token may read what administrators see.
    pub(crate) is_open: bool,
}

/// Two moments of a push by Git.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Push {
    /// It asks what is there, to push upon.
    Announced,
    /// It sends what it has.
    Sent,
}

/// Something that happens while nobody looks.
pub(crate) type Meanwhile = Box<dyn FnOnce(&mut State) + Send>;

/// All of it.
pub(crate) struct State {
    pub(crate) repository: Repository,
    _folder: Folder,
    pub(crate) prefix: &'static str,
    /// Login → id and type.
    pub(crate) accounts: BTreeMap<&'static str, (u64, &'static str)>,
    /// Address → login.
    pub(crate) addresses: BTreeMap<&'static str, &'static str>,
    /// Token → login and whether it may write.
    pub(crate) tokens: BTreeMap<String, (&'static str, bool)>,
    pub(crate) pulls: BTreeMap<u64, Pull>,
    /// How workflows run.
    pub(crate) actions: Actions,
    /// How `main` is protected.
    pub(crate) guard: Guard,
    /// Who pushed a commit, where it was not the author of the pull request.
    pub(crate) pushers: BTreeMap<String, Vec<&'static str>>,
    pub(crate) reviews: Vec<Given>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) folded: BTreeSet<String>,
    /// Through which App a comment was written.
    pub(crate) through: BTreeMap<u64, u64>,
    pub(crate) statuses: Vec<Set>,
    pub(crate) log: Vec<Exchange>,
    /// Requests of Git's.
    pub(crate) fetches: usize,
    pub(crate) bodies: Vec<Value>,
    pub(crate) faults: BTreeMap<usize, Fault>,
    pub(crate) meanwhile: BTreeMap<usize, Meanwhile>,
    /// What happens just before a moment of a push; the first that fits, once.
    pub(crate) before: Vec<(Push, Meanwhile)>,
    pub(crate) redirect: Option<String>,
    pub(crate) may_fold: bool,
    pub(crate) violations: Vec<String>,
    pub(crate) app_key: Option<Vec<u8>>,
    next: u64,
}

pub(crate) const PULL: u64 = 7;
pub(crate) const TOKEN: &str = "ghp_not_a_token";
pub(crate) const READ_ONLY: &str = "ghs_of_a_fork";
pub(crate) const PLAN: &str = "plans/a/plan.yaml";

/// Twenty-four numbered lines, `changed` of them otherwise.
fn lines(changed: &[usize]) -> String {
    let line = |n: usize| {
        let word = if changed.contains(&n) { "改" } else { "原" };
        format!("# 第 {n} 行{word}\n")
    };
    (1..=24).map(line).collect()
}

impl State {
    pub(crate) fn new() -> Self {
        let root = folder(&[("repository.git/none", "")]);
        let repository = Repository::init_bare(root.path("repository.git")).expect("a repository");
        let bot = ("plangate[bot]", (900, "Bot"));
        let people = [
            ("jia", (1, "User")),
            ("yi", (2, "User")),
            ("bing", (3, "User")),
        ];
        let accounts = people.into_iter().chain([bot]).collect();
        let mut state = Self {
            repository,
            _folder: root,
            prefix: "",
            accounts,
            addresses: BTreeMap::from([("yi@example.invalid", "yi")]),
            tokens: BTreeMap::new(),
            pulls: BTreeMap::new(),
            actions: Actions::default(),
            guard: Guard::default(),
            pushers: BTreeMap::new(),
            reviews: Vec::new(),
            comments: Vec::new(),
            folded: BTreeSet::new(),
            through: BTreeMap::new(),
            statuses: Vec::new(),
            log: Vec::new(),
            fetches: 0,
            bodies: Vec::new(),
            faults: BTreeMap::new(),
            meanwhile: BTreeMap::new(),
            before: Vec::new(),
            redirect: None,
            may_fold: true,
            violations: Vec::new(),
            app_key: None,
            next: 100,
        };
        let token = |login, writes| (login, writes);
        state.tokens.insert(TOKEN.to_owned(), token("jia", true));
        state
            .tokens
            .insert(READ_ONLY.to_owned(), token("plangate[bot]", false));
        let base = state.commit(&[(PLAN, &lines(&[])), ("README.md", "計畫\n")], &[]);
        state.point("refs/heads/main", base);
        let head = state.commit(
            &[(PLAN, &lines(&[3, 20])), ("README.md", "計畫\n")],
            &[base],
        );
        state.point("refs/pull/7/head", head);
        let pull = Pull {
            labels: BTreeSet::from(["plan".to_owned()]),
            ..Pull::by("yi")
        };
        state.pulls.insert(PULL, pull);
        state
    }

    /// A commit of these files.
    pub(crate) fn commit(&mut self, files: &[(&str, &str)], parents: &[Oid]) -> Oid {
        self.commit_by("yi@example.invalid", files, parents)
    }

    /// A commit of these files, under an address.
    pub(crate) fn commit_by(
        &mut self,
        address: &str,
        files: &[(&str, &str)],
        parents: &[Oid],
    ) -> Oid {
        let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
        let tree = tree(&self.repository, files);
        let tree = self.repository.find_tree(tree).expect("the tree");
        let at = Time::new(1_795_000_000, 480);
        let who = Signature::new("乙", address, &at).expect("a signature");
        let parents: Vec<git2::Commit<'_>> = parents
            .iter()
            .map(|id| self.repository.find_commit(*id).expect("a parent"))
            .collect();
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let id = self
            .repository
            .commit(None, &who, &who, "修正", &tree, &parents);
        id.expect("a commit")
    }

    pub(crate) fn point(&mut self, name: &str, at: Oid) {
        let moved = self.repository.reference(name, at, true, "moved");
        moved.expect("a reference");
    }

    /// Another head, as after a push; the old one stays an object.
    pub(crate) fn push(&mut self, changed: &[usize]) -> String {
        let base = self.id_of("refs/heads/main");
        let text = lines(changed);
        let head = self.commit(&[(PLAN, &text), ("README.md", "計畫\n")], &[base]);
        self.point("refs/pull/7/head", head);
        head.to_string()
    }

    pub(crate) fn id_of(&self, name: &str) -> Oid {
        let reference = self.repository.refname_to_id(name);
        reference.expect("the reference is there")
    }

    pub(crate) fn head(&self, pull: u64) -> Oid {
        self.id_of(&format!("refs/pull/{pull}/head"))
    }

    pub(crate) fn id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The hunks of a file between the merge base and a commit: for both sides, the lines shown.
    pub(crate) fn hunks(&self, commit: Oid, path: &str) -> Option<Vec<[BTreeSet<u64>; 2]>> {
        let base = self.id_of("refs/heads/main");
        let merge_base = self.repository.merge_base(base, commit).ok()?;
        let tree = |id| self.repository.find_commit(id).and_then(|it| it.tree());
        let mut options = DiffOptions::new();
        options.context_lines(3).pathspec(path);
        let (old, new) = (tree(merge_base).ok()?, tree(commit).ok()?);
        let diff = self
            .repository
            .diff_tree_to_tree(Some(&old), Some(&new), Some(&mut options))
            .ok()?;
        diff.get_delta(0)?;
        let patch = git2::Patch::from_diff(&diff, 0).ok()??;
        let hunk = |at| {
            let lines = patch.num_lines_in_hunk(at).unwrap_or(0);
            let mut shown = [BTreeSet::new(), BTreeSet::new()];
            for line in 0..lines {
                let line = patch.line_in_hunk(at, line).expect("a line");
                shown[0].extend(line.old_lineno().map(u64::from));
                shown[1].extend(line.new_lineno().map(u64::from));
            }
            shown
        };
        Some((0..patch.num_hunks()).map(hunk).collect())
    }

    /// The status that counts.
    pub(crate) fn status(&self, commit: &str, context: &str) -> Option<&Set> {
        let of = self.statuses.iter().rev();
        let mut of = of.filter(|set| set.commit == commit);
        of.find(|set| set.context.eq_ignore_ascii_case(context))
    }

    /// What was to change something, since a request; GraphQL that only asks is no such thing.
    pub(crate) fn writes(&self, since: usize) -> impl Iterator<Item = &Exchange> {
        let log = self.log.iter().zip(&self.bodies).skip(since);
        let writes = log.filter(|(it, body)| {
            let query = body["query"].as_str().unwrap_or_default();
            it.method != "GET" && !query.starts_with("query")
        });
        writes.map(|(it, _)| it)
    }

    pub(crate) fn sent(&self, method: &str) -> usize {
        let of = self.log.iter().filter(|exchange| exchange.method == method);
        of.count()
    }
}
