//! One pull request from its first push to its last, as its people live it: at a GitHub that answers
//! over HTTP, from a real repository, on the events that a workflow gets.

use serde_json::json;

use crate::host::{Files, base, office, with};
use crate::routes::node;
use crate::site::Site;
use crate::state::Comment;

/// What the desk pushes first: a health check every three years, a renumbered article, no row.
fn careless(files: &Files) -> Files {
    let files = office(files, "every: 1y\n    items", "every: 3y\n    items");
    office(
        &files,
        "reporting:\n  every: 1y\n",
        "reporting:\n  every: 1y\n  cite: { law: act, article: 12 }\n",
    )
}

/// What it pushes after reading the comments: lawful, still weaker than before, with its row.
fn careful(files: &Files) -> Files {
    let files = office(files, "every: 3y\n    items", "every: 2y\n    items");
    let files = office(
        &files,
        "cite: { law: act, article: 12 }",
        "cite: { law: act, article: 14 }",
    );
    let files = office(
        &files,
        "issued: 115-03-02\n  edition: \"1.0\"",
        "issued: 115-11-21\n  edition: \"1.1\"",
    );
    with(&files, "plans/office/plan.yaml", |text| {
        text + "  - edition: \"1.1\"
    issued: 115-11-21
    reviser: 資安承辦人
    notes:
      - chapter: 9
        text: 健診改為每二年
        class: weakened
        covers: [controls.health_check.every]
      - chapter: 16
        text: 載明提出實施情形之依據
        covers: [reporting.cite]
    approver: 所長
"
    })
}

const PULL: u64 = 7;
const GREEN: [&str; 3] = ["success"; 3];

impl Site {
    /// What the gate does when the pull request moves.
    fn gate(&mut self) {
        let payload = json!({ "action": "synchronize", "pull_request": { "number": PULL } });
        let run = self.on("pull_request_target", &payload, &["--format", "github"]);
        assert!(run.code < 2 && run.err.is_empty(), "{}{}", run.out, run.err);
    }

    /// What it does when somebody has given a review, which is told by the run of a workflow.
    fn gate_after_review(&mut self) {
        let head = self.head(PULL).to_string();
        let payload =
            json!({ "workflow_run": { "head_sha": head, "event": "pull_request_review" } });
        let run = self.on("workflow_run", &payload, &["--format", "github"]);
        assert!(run.code < 2 && run.err.is_empty(), "{}{}", run.out, run.err);
    }

    fn colors(&self) -> [String; 3] {
        self.states(self.head(PULL))
    }

    fn comments(&self, is_on_diff: bool) -> Vec<Comment> {
        let state = self.hub.state();
        let of = state.comments.iter();
        let of = of.filter(|it| it.pull == PULL && it.anchor.is_some() == is_on_diff);
        of.cloned().collect()
    }

    /// The one summary.
    fn told(&self) -> String {
        let told = self.comments(false);
        assert_eq!(told.len(), 1, "one summary");
        told[0].body.clone()
    }

    fn is_folded(&self, comment: &Comment) -> bool {
        self.hub.state().folded.contains(&node(comment.id))
    }

    /// The line of the plan on which a policy was commented.
    fn line_said(&self, files: &Files, policy: &str) -> String {
        let said = self.comments(true);
        let about = said.iter().find(|it| it.body.contains(policy));
        let anchor = about.expect("a comment").anchor.clone();
        let (path, lines) = anchor.expect("on the diff");
        let (side, _, line) = lines.expect("on a line");
        assert_eq!((&*path, &*side), ("plans/office/plan.yaml", "RIGHT"));
        let plan = String::from_utf8(files[&path].clone()).expect("UTF-8");
        let line = plan.lines().nth(usize::try_from(line).expect("a line") - 1);
        line.expect("a line of the plan").to_owned()
    }

    /// The base gets another agency's change, and the branch is updated by the forge's button.
    fn update_branch(&mut self, start: &Files, head: &Files) -> Files {
        let moved = |files: &Files| {
            with(files, "plans/other/plan.yaml", |text| {
                text.replace("every: 1y", "every: 6mo")
            })
        };
        let main = self.commit("other-desk", &moved(start), &[self.main()]);
        self.hub.state().point("refs/heads/main", main);
        let merged = moved(head);
        let update = self.commit("director", &merged, &[self.head(PULL), main]);
        self.point_head(PULL, update);
        merged
    }
}

#[test]
fn from_the_first_push_to_the_last() {
    let start = base();
    let first = careless(&start);
    let mut site = Site::new(&start);
    site.open(PULL, "desk", &first);

    // A weakened control, a superseded article, no row of the change log: red, and said on the lines.
    site.gate();
    assert_eq!(
        site.colors(),
        ["failure", "failure", "pending"],
        "{}",
        site.told()
    );
    let awaited = &site.statuses(site.head(PULL))[2].1;
    assert_eq!(awaited, "待核准：乙所資安長、甲局局長");
    let line = |policy: &str| site.line_said(&first, policy);
    assert_eq!(line("health-check-insufficient"), "    every: 3y");
    assert_eq!(
        line("superseded-article-cited"),
        "  cite: { law: act, article: 12 }"
    );
    let said = site.comments(true);
    assert!(
        said.iter()
            .any(|it| it.body.contains("`change-not-in-log`")),
        "{said:?}"
    );
    let told = site.told();
    assert!(told.contains("⛔ 尚不能合併"), "{told}");
    assert!(told.contains("- edition: \"1.1\""), "{told}");
    assert!(told.contains("⏳ 尚缺 1 名：`ciso`"), "{told}");
    let requested = site.hub.state().pulls[&PULL].requested.clone();
    assert_eq!(requested, ["ciso", "director"]);
    assert!(site.step_summary().contains("⛔ 尚不能合併"));

    // The same again says nothing.
    let writes = site.writes();
    site.gate();
    assert_eq!(site.writes(), writes);

    // Fixed: what was said is marked and folded, all is green but the approvals.
    let second = careful(&first);
    site.push(PULL, &second);
    site.gate();
    assert_eq!(
        site.colors(),
        ["success", "success", "pending"],
        "{}",
        site.told()
    );
    let said = site.comments(true);
    assert!(said.len() >= 3, "{said:?}");
    for comment in &said {
        assert!(
            site.is_folded(comment) && comment.body.contains("✅ 已於"),
            "{}",
            comment.body
        );
    }
    assert!(
        !site.told().contains("- edition: \"1.1\""),
        "{}",
        site.told()
    );

    // Only those who are asked count, and all of them.
    site.says(PULL, &["other-desk", "ciso"], "APPROVED");
    site.gate_after_review();
    assert_eq!(site.statuses(site.head(PULL))[2].1, "待核准：甲局局長");
    assert!(site.told().contains("職務屬於其他機關"), "{}", site.told());
    site.says(PULL, &["director"], "APPROVED");
    site.gate_after_review();
    assert_eq!(site.colors(), GREEN, "{}", site.told());
    assert!(site.told().contains("✅ 可以合併"), "{}", site.told());
    assert_eq!(site.hub.state().pulls[&PULL].labels.len(), 0);

    // Another order of keys means the same.
    let (old, new) = (
        "    grade: C\n    sector: government\n",
        "    sector: government\n    grade: C\n",
    );
    let third = office(&second, old, new);
    site.push(PULL, &third);
    site.gate();
    assert_eq!(site.colors(), GREEN, "{}", site.told());

    // The base moves on with another agency's plan, and is merged in by the forge's button.
    let merged = site.update_branch(&start, &third);
    site.gate();
    assert_eq!(site.colors(), GREEN, "{}", site.told());

    // Another meaning is another approval, and the summary says so.
    let last = office(&merged, "every: 2y\n    items", "every: 18mo\n    items");
    site.push(PULL, &last);
    site.gate();
    assert_eq!(site.colors()[2], "pending");
    let told = site.told();
    let stale = "核准後內容已變更；檢視變更後重新核准";
    assert_eq!(told.matches(stale).count(), 2, "{told}");
    assert!(
        told.contains("⏳ 檢核通過，尚待核准") || told.contains("⛔"),
        "{told}"
    );
}
