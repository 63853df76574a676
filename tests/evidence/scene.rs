//! An agency makes its health check rarer; two people have to approve, and do.

#![expect(clippy::disallowed_methods, reason = "a test writes its own files")]

use git2::Oid;
use serde_json::{Value, json};

use crate::builder::Built;
use crate::world::{Run, run};

const CONFIG: &str = "\
plans: [plans]
packs: [policies]
approvals:
  - id: weakened
    title: 減弱之事項
    when: change.effect == \"weaker\"
    require: [{ role: 資安長 }, { role: 局長, of: supervisor }]
";

const ROSTER: &str = "\
agencies:
  - { id: bureau, name: 甲局 }
  - { id: office, name: 乙所, folder: plans/office, supervisor: bureau }
people:
  - { id: desk, login: desk, account: 1, emails: [plans@example.invalid], roles: [{ role: 資安承辦人, agency: office }] }
  - { id: ciso, login: ciso, account: 2, emails: [ciso@office.example], roles: [{ role: 資安長, agency: office }] }
  - { id: director, login: director, account: 3, emails: [director@bureau.example], roles: [{ role: 局長, agency: bureau }] }
";

/// A plan with a health check every so often.
pub(crate) fn plan(every: &str) -> String {
    format!(
        "\
header: {{ title: 資通安全維護計畫, agency: office, issued: 115-03-02, edition: \"1.0\" }}
bodies: [{{ id: office, name: 乙所, grade: C, sector: government, graded_on: 112-05-01 }}]
controls:
  health_check: {{ every: {every}, items: [network, malicious-traffic, clients, servers, directory-firewall] }}
"
    )
}

/// A repository with a pull request, and what the forge says of it.
pub(crate) struct Scene {
    pub(crate) built: Built,
    pub(crate) head: Oid,
    pub(crate) said: Value,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let built = Built::bare();
        let base = built.commit(files(&built, "1y", "二"), "初版");
        let head = built.commit_with(files(&built, "2y", "二"), "健診改為二年", &[base]);
        let review = |id: u64, account: u64, login: &str| {
            json!({
                "id": id,
                "author": { "id": account, "login": login },
                "state": "approved",
                "commit": head.to_string(),
                "submitted_at": "2026-11-20T04:00:00Z",
            })
        };
        let said = json!({
            "schema": 1,
            "taken_at": "2026-11-20T05:00:00Z",
            "address": "https://forge.example/city/plans",
            "own": { "account": 42, "app": null },
            "web_address": "noreply@forge.example",
            "pull_request": {
                "number": 7,
                "title": "健診",
                "author": { "id": 1, "login": "desk" },
                "standing": "open",
                "is_draft": false,
                "head": head.to_string(),
                "base": "main",
                "base_commit": base.to_string(),
                "head_branch": "topic",
                "head_repository": "city/plans",
                "changed_files": 1,
                "commits": 1,
                "requested": [],
                "labels": [],
            },
            "pushers": [{ "id": 1, "login": "desk" }],
            "reviews": [review(81, 2, "ciso"), review(82, 3, "director")],
            "signatures": [],
            "comments": [],
            "statuses": [],
            "same_head": [7],
        });
        Self { built, head, said }
    }

    pub(crate) fn repository(&self) -> String {
        self.built.folder().to_string_lossy().into_owned()
    }

    /// The receipt, as the command writes it.
    pub(crate) fn receipt(&self) -> Value {
        let snapshot = self.written("snapshot.json", &self.said.to_string());
        let path = self.built.beside("receipt.json");
        let run = run(&[
            "review",
            "--snapshot",
            &snapshot,
            "--repository",
            &self.repository(),
            "--evidence",
            &path,
        ]);
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
        serde_json::from_str(&text).expect("a receipt")
    }

    /// A file beside the repository.
    pub(crate) fn written(&self, name: &str, text: &str) -> String {
        let path = self.built.beside(name);
        std::fs::write(&path, text).expect("it is ours");
        path
    }

    /// Verifies a receipt.
    pub(crate) fn verify(&self, receipt: &Value, more: &[&str]) -> Run {
        self.verify_text(&receipt.to_string(), more)
    }

    pub(crate) fn verify_text(&self, receipt: &str, more: &[&str]) -> Run {
        let path = self.written("given.json", receipt);
        let repository = self.repository();
        let given = [
            "verify-evidence",
            &path,
            "--repository",
            &repository,
            "--lang",
            "en",
        ];
        run(&[&given[..], more].concat())
    }

    /// Another commit on the base branch.
    pub(crate) fn on_main(&self, every: &str, other: &str) -> Oid {
        self.built.commit(files(&self.built, every, other), "併入")
    }
}

fn files(built: &Built, every: &str, other: &str) -> Oid {
    built.files(&[
        ("plangate.yaml", CONFIG),
        ("roster.yaml", ROSTER),
        ("plans/office/plan.yaml", &plan(every)),
        ("README.md", other),
        ("policies/laws.yaml", "{}\n"),
    ])
}
