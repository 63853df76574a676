//! A code host in a test: a bare repository, and a forge that remembers what it is told.
//!
//! What the command says that it would write is done to what the next snapshot tells, as a forge
//! would: comments get numbers, a fold folds, the newest status of a context counts.

#![expect(clippy::disallowed_methods, reason = "writes the snapshot of a test")]

use std::collections::BTreeMap;

use git2::{Oid, Repository, Signature, Time};
use serde_json::{Value, json};

use crate::untouched::{CONFIG, OWN, said};
use crate::world::tree::tree;
use crate::world::{Folder, folder, run};

pub(crate) use crate::untouched::WEB;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A host with one pull request.
pub(crate) struct Host {
    pub(crate) repository: Repository,
    root: Folder,
    /// What the forge tells; `comments`, `statuses`, `reviews` and all else.
    pub(crate) told: Value,
    /// The year and month of the runs.
    pub(crate) month: &'static str,
    /// Steps so far; each is an hour.
    hour: std::cell::Cell<u32>,
}

/// What a run came to.
pub(crate) struct Verdict {
    pub(crate) code: u8,
    pub(crate) json: Value,
    pub(crate) err: String,
}

pub(crate) const ROSTER: &str = "\
agencies:
  - { id: bureau, name: 甲局 }
  - { id: office, name: 乙所, folder: plans/office, supervisor: bureau }
  - { id: other, name: 丙所, folder: plans/other, supervisor: bureau }
people:
  - { id: desk, login: desk, account: 1, emails: [desk@office.example], roles: [{ role: 資安承辦人, agency: office }] }
  - { id: ciso, login: ciso, account: 2, emails: [ciso@office.example], roles: [{ role: 資安長, agency: office }, { role: 局長, agency: office }] }
  - { id: director, login: director, account: 3, emails: [director@bureau.example], roles: [{ role: 局長, agency: bureau }] }
  - { id: other-desk, login: other-desk, account: 4, emails: [desk@other.example], roles: [{ role: 資安長, agency: other }, { role: 局長, agency: other }] }
";

/// A plan of a name with a health check every so often.
pub(crate) fn plan(agency: &str, every: &str) -> String {
    format!(
        "\
header:
  title: 資通安全維護計畫
  agency: {agency}
  issued: 115-03-02
  edition: \"1.0\"
  reviser: 資安承辦人
  approver: 所長
bodies:
  - id: {agency}
    name: 本所
    grade: C
    sector: government
    graded_on: 112-05-01
systems:
  - id: mail
    name: 公文系統
controls:
  health_check:
    every: {every}
    items: [network, malicious-traffic, clients, servers, directory-firewall]
reporting:
  every: 1y
  to: [supervisor]
history:
  - edition: \"1.0\"
    issued: 115-03-02
    reviser: 資安承辦人
    notes: [{{ text: 初版 }}]
    approver: 所長
"
    )
}

/// The files of the base.
pub(crate) fn base() -> Files {
    let files = [
        ("plangate.yaml", CONFIG.to_owned()),
        ("roster.yaml", ROSTER.to_owned()),
        ("plans/office/plan.yaml", plan("office", "1y")),
        ("plans/other/plan.yaml", plan("other", "1y")),
    ];
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect()
}

/// The files with one of them rewritten.
pub(crate) fn with(files: &Files, path: &str, change: impl FnOnce(String) -> String) -> Files {
    let mut files = files.clone();
    let text = files.get(path).cloned().unwrap_or_default();
    let text = change(String::from_utf8(text).expect("UTF-8"));
    files.insert(path.to_owned(), text.into_bytes());
    files
}

/// The plan of the office with one passage replaced; the passage must be there.
pub(crate) fn office(files: &Files, old: &str, new: &str) -> Files {
    with(files, "plans/office/plan.yaml", |text| {
        assert!(text.contains(old), "{old} is not in the plan");
        text.replace(old, new)
    })
}

/// The base, and the health check of the office made lawfully rarer, with its row of the change log:
/// two approvals are needed, and nothing else.
pub(crate) fn rarer() -> (Files, Files) {
    let start = base();
    let head = office(&start, "every: 1y\n    items", "every: 2y\n    items");
    let row = "  - edition: \"1.1\"
    issued: 115-11-21
    reviser: 資安承辦人
    notes:
      - { chapter: 9, text: 健診改為每二年, class: weakened, covers: [controls.health_check.every] }
    approver: 所長
";
    let head = with(&head, "plans/office/plan.yaml", |text| text + row);
    let (old, new) = (
        "issued: 115-03-02\n  edition: \"1.0\"",
        "issued: 115-11-21\n  edition: \"1.1\"",
    );
    (start, office(&head, old, new))
}

pub(crate) fn account(login: &str) -> Value {
    let id = match login {
        "desk" => 1,
        "ciso" => 2,
        "director" => 3,
        "other-desk" => 4,
        _ => 99,
    };
    json!({ "id": id, "login": login })
}

impl Host {
    /// A host whose base has these files, with a pull request of `desk` that has those.
    pub(crate) fn new(base: &Files, head: &Files) -> Self {
        let root = folder(&[("repository.git/none", "")]);
        let repository = Repository::init_bare(root.path("repository.git")).expect("a repository");
        let mut host = Self {
            repository,
            root,
            told: Value::Null,
            month: "2026-11",
            hour: 0.into(),
        };
        let main = host.commit(base, &[], "director@bureau.example");
        let topic = host.commit(head, &[main], "desk@office.example");
        host.told = said(&account("desk"), main, topic);
        host
    }

    pub(crate) fn set_base(&mut self, commit: Oid) {
        self.told["pull_request"]["base_commit"] = commit.to_string().into();
    }

    /// A push; statuses belong to a commit, so the new head has none.
    pub(crate) fn set_head(&mut self, commit: Oid) {
        self.told["pull_request"]["head"] = commit.to_string().into();
        self.told["statuses"] = json!([]);
    }

    pub(crate) fn head(&self) -> Oid {
        self.oid("head")
    }

    pub(crate) fn main(&self) -> Oid {
        self.oid("base_commit")
    }

    fn oid(&self, key: &str) -> Oid {
        let id = self.told["pull_request"][key].as_str().expect("a commit");
        Oid::from_str(id).expect("a commit")
    }

    pub(crate) fn tree(&self, files: &Files) -> Oid {
        let files = files.iter().map(|(path, bytes)| (&**path, &**bytes));
        tree(&self.repository, files)
    }

    /// A commit by one address.
    pub(crate) fn commit(&self, files: &Files, parents: &[Oid], email: &str) -> Oid {
        let tree = self.tree(files);
        self.commit_as(tree, parents, (email, email), "變更")
    }

    /// A commit written by one address and committed by another.
    pub(crate) fn commit_as(
        &self,
        tree: Oid,
        parents: &[Oid],
        (author, committer): (&str, &str),
        message: &str,
    ) -> Oid {
        self.hour.set(self.hour.get() + 1);
        let time = Time::new(1_790_000_000 + i64::from(self.hour.get()) * 3600, 480);
        let who = |email| Signature::new("乙所", email, &time).expect("a signature");
        let find = |id: &Oid| self.repository.find_commit(*id).expect("a commit");
        let parents: Vec<_> = parents.iter().map(find).collect();
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.repository.find_tree(tree).expect("a tree");
        let (author, committer) = (who(author), who(committer));
        self.repository
            .commit(None, &author, &committer, message, &tree, &parents)
            .expect("a commit")
    }

    /// Pushes these files on top of the head.
    pub(crate) fn push(&mut self, files: &Files, email: &str) -> Oid {
        let head = self.head();
        let commit = self.commit(files, &[head], email);
        self.set_head(commit);
        commit
    }

    /// Moves the base on with the plan of another agency, and the head by the forge's button, which
    /// somebody pressed.
    pub(crate) fn update_branch(&mut self, start: &Files, head: &Files, by: &str) -> Files {
        let moved = |files: &Files| {
            with(files, "plans/other/plan.yaml", |text| {
                text.replace("every: 1y", "every: 6mo")
            })
        };
        let main = self.commit(&moved(start), &[self.main()], "desk@other.example");
        self.set_base(main);
        let merged = moved(head);
        let tree = self.tree(&merged);
        let update = self.commit_as(tree, &[self.head(), main], (by, WEB), "更新分支");
        self.set_head(update);
        merged
    }

    /// A review of the head.
    pub(crate) fn says(&mut self, login: &str, state: &str) {
        self.hour.set(self.hour.get() + 1);
        let head = self.head().to_string();
        let at = self.now();
        // Whoever gives a review is not asked for it any more.
        let requested = self.told["pull_request"]["requested"].as_array_mut();
        requested
            .expect("a list")
            .retain(|own| own["login"] != login);
        let reviews = self.told["reviews"].as_array_mut().expect("a list");
        let id = 100 + reviews.len();
        reviews.push(json!({
            "id": id, "author": account(login), "state": state, "commit": head, "submitted_at": at,
        }));
    }

    pub(crate) fn approved_by(&mut self, logins: &[&str]) {
        for login in logins {
            self.says(login, "approved");
        }
    }

    fn now(&self) -> String {
        let (day, hour) = (21 + self.hour.get() / 24, self.hour.get() % 24);
        format!("{}-{day}T{hour:02}:00:00Z", self.month)
    }

    /// Runs the command, and does what it says it would.
    pub(crate) fn review(&mut self) -> Verdict {
        let verdict = self.look();
        self.hour.set(self.hour.get() + 1);
        if verdict.json["writes"].is_object() {
            self.carry_out(&verdict.json["writes"]);
        }
        verdict
    }

    /// Runs the command.
    pub(crate) fn look(&mut self) -> Verdict {
        let run = self.run("json");
        let json = serde_json::from_str(&run.out).unwrap_or(Value::Null);
        Verdict {
            code: run.code,
            json,
            err: run.err,
        }
    }

    /// Runs the command in another format.
    pub(crate) fn run(&mut self, format: &str) -> crate::world::Run {
        self.told["taken_at"] = self.now().into();
        let path = self.root.path("snapshot.json");
        std::fs::write(&path, self.told.to_string()).expect("it is ours");
        let repository = self.root.path("repository.git");
        run(&[
            "review",
            "--repository",
            &repository,
            "--snapshot",
            &path,
            "--format",
            format,
        ])
    }

    /// Puts what is judged on record, and what its receipt says to whoever reads it later.
    pub(crate) fn receipt(&mut self) -> crate::world::Run {
        self.run("text");
        let [snapshot, receipt] =
            ["snapshot.json", "receipt.json"].map(|name| self.root.path(name));
        let judged = self.command(&["review", "--snapshot", &snapshot, "--evidence", &receipt]);
        assert!(judged.code < 2, "{}", judged.err);
        self.command(&["verify-evidence", &receipt])
    }

    /// What a workflow is told by a check of the head.
    pub(crate) fn check(&self) -> crate::world::Run {
        let plans = format!("{}:plans", self.head());
        let repository = self.root.path("repository.git");
        run(&["check", &plans, "--format", "github", "--repo", &repository])
    }

    /// Runs another command with the repository.
    pub(crate) fn command(&self, arguments: &[&str]) -> crate::world::Run {
        let repository = self.root.path("repository.git");
        let all = arguments.iter().copied();
        run(&all.chain(["--repository", &repository]).collect::<Vec<_>>())
    }

    fn carry_out(&mut self, writes: &Value) {
        let list = |key: &str| writes[key].as_array().cloned().unwrap_or_default();
        for write in list("comments") {
            self.write(&write);
        }
        for status in list("statuses") {
            let mut status = status;
            status["creator"] = json!({ "id": OWN, "login": "plangate" });
            let statuses = self.told["statuses"].as_array_mut().expect("a list");
            statuses.retain(|own| own["context"] != status["context"]);
            statuses.push(status);
        }
        let pull_request = &mut self.told["pull_request"];
        let requested = pull_request["requested"].as_array_mut().expect("a list");
        requested.extend(
            list("reviewers")
                .iter()
                .filter_map(Value::as_str)
                .map(account),
        );
        let labels = pull_request["labels"].as_array_mut().expect("a list");
        labels.retain(|label| !list("remove_labels").contains(label));
        labels.extend(list("add_labels"));
    }

    fn write(&mut self, write: &Value) {
        let comments = self.told["comments"].as_array_mut().expect("a list");
        let number = comments.len() + 1;
        let kind = |write: &Value| match write["write"].as_str() {
            Some("summary") => "conversation",
            _ => "diff",
        };
        let known = |comment: &&mut Value| comment["id"] == write["comment"];
        let standing = comments.iter_mut().find(known);
        match (write["write"].as_str(), standing) {
            (Some("comment" | "summary"), _) => comments.push(json!({
                "id": number, "kind": kind(write), "author": OWN, "body": write["body"],
                "is_folded": false,
            })),
            (Some("edit"), Some(standing)) => standing["body"] = write["body"].clone(),
            (Some("fold"), Some(standing)) => standing["is_folded"] = true.into(),
            (Some("unfold"), Some(standing)) => standing["is_folded"] = false.into(),
            (other, _) => panic!("{other:?} of a comment that is not there"),
        }
    }

    /// The summary as it stands.
    pub(crate) fn summary(&self) -> String {
        let comments = self.told["comments"].as_array().expect("a list");
        let mut summaries = comments.iter().filter(|own| own["kind"] == "conversation");
        let summary = summaries.next().expect("a summary");
        assert!(summaries.next().is_none(), "one summary");
        summary["body"].as_str().expect("a text").to_owned()
    }
}

impl Verdict {
    /// The states of policies, change log and approval.
    pub(crate) fn states(&self) -> [&str; 3] {
        [0, 1, 2].map(|at| {
            self.json["statuses"][at]["state"]
                .as_str()
                .unwrap_or("none")
        })
    }

    /// The words of the status of approvals.
    pub(crate) fn approval(&self) -> &str {
        self.json["statuses"][2]["description"]["zh-TW"]
            .as_str()
            .unwrap_or_default()
    }

    /// Why approvals do not count.
    pub(crate) fn ignored(&self) -> Vec<&str> {
        let ignored = self.json["approvals"]["ignored"].as_array();
        let whys = ignored.into_iter().flatten();
        whys.filter_map(|own| own["why"]["zh-TW"].as_str())
            .collect()
    }

    /// The findings that block, by policy.
    pub(crate) fn blocking(&self) -> Vec<&str> {
        let plans = self.json["plans"].as_array().into_iter().flatten();
        let findings = plans.flat_map(|plan| plan["findings"].as_array().into_iter().flatten());
        let blocking = findings.filter(|own| own["blocks"].is_string());
        blocking.filter_map(|own| own["policy"].as_str()).collect()
    }
}
