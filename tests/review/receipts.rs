//! What was merged gets a receipt: of the merge as it was, on a branch that several jobs write to.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "reads the receipts of a test, and pushes from another clone"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use git2::Oid;
use serde_json::Value;

use crate::host::rarer;
use crate::site::Site;
use crate::state::Push;
use crate::world::run;

const BRANCH: &str = "refs/heads/plangate-evidence";

/// Two pull requests; number 7 is approved by those who are named, and merged.
fn merged(approving: &[&'static str]) -> Site {
    let (start, head) = rarer();
    let mut site = Site::new(&start);
    site.open(7, "desk", &head);
    site.open(8, "desk", &start);
    site.says(7, approving, "APPROVED");
    {
        let mut state = site.hub.state();
        let mut settings = state.repository.config().expect("settings");
        let pushing = settings.set_bool("http.receivepack", true);
        pushing.expect("it may be pushed to");
        state.pulls.get_mut(&8).expect("there").is_open = false;
    }
    site.merge(7);
    site
}

impl Site {
    /// What a run of the program puts on record of number 7; beside it the store that it filled.
    fn record(&mut self, name: &str) -> (Value, String, String) {
        let (path, store) = (
            self.beside(&format!("{name}.json")),
            self.beside(&format!("{name}.git")),
        );
        let forge = format!("{}/jia/plans", self.hub.settings().server);
        let asked = ["review", "--pull-request", "7", "--evidence", &path];
        let place = ["--repository", &store, "--fetch", &forge];
        let run = self.run(&[&asked[..], &place].concat());
        let text = fs::read_to_string(&path);
        let text = text.unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
        (serde_json::from_str(&text).expect("JSON"), path, store)
    }

    fn kept(&self) -> Option<Oid> {
        self.hub.state().repository.refname_to_id(BRANCH).ok()
    }

    /// The receipts of number 7 on the branch.
    fn receipts(&self) -> Vec<Value> {
        let repository = &self.hub.state().repository;
        let tip = repository.refname_to_id(BRANCH).expect("the branch");
        let tree = repository.find_commit(tip).and_then(|tip| tip.tree());
        let folder = tree.expect("a tree");
        let folder = folder.get_path(Path::new("receipts/7")).expect("receipts");
        let folder = repository.find_tree(folder.id()).expect("a folder");
        let receipts = folder.iter().map(|entry| {
            let receipt = repository.find_blob(entry.id()).expect("a file");
            serde_json::from_slice(receipt.content()).expect("JSON")
        });
        receipts.collect()
    }
}

#[test]
fn what_was_merged_gets_a_receipt_on_a_branch_of_its_own_and_only_once() {
    let site = merged(&["ciso", "director"]);
    // Closed without a merge: nothing to keep.
    let (code, log) = site.job("evidence", 8);
    assert_eq!((code, site.kept()), (0, None), "{log}");
    let (code, log) = site.job("evidence", 7);
    assert_eq!(code, 0, "{log}");
    let kept = site.kept().expect("the branch");
    let receipts = site.receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0]["said"]["pull_request"]["standing"], "merged");
    {
        let state = site.hub.state();
        let commit = state.repository.find_commit(kept).expect("a commit");
        assert!(
            commit.parent_ids().any(|id| id == state.head(7)),
            "the head lives as long as the branch"
        );
    }
    let (code, log) = site.job("evidence", 7);
    assert_eq!(code, 0, "{log}");
    assert!(site.stands_upon(kept), "nothing is rewritten");
}

#[test]
fn a_receipt_is_of_the_merge_and_not_of_the_day_it_was_made() {
    let mut site = merged(&["ciso"]);
    let state = |receipt: &Value| receipt["verdict"]["statuses"][2]["state"].clone();
    let (before, ..) = site.record("before");
    assert_eq!(state(&before), "pending");
    // Approved a minute later: too late, and told so.
    site.says(7, &["director"], "APPROVED");
    let (after, path, store) = site.record("after");
    assert_eq!(state(&after), "pending");
    let ignored = &after["verdict"]["approvals"]["ignored"];
    let why = ignored[0]["why"]["zh-TW"].as_str().unwrap_or_default();
    assert!(why.starts_with("合併後才給"), "{ignored:#}");
    assert_eq!(ignored.as_array().map(Vec::len), Some(1));
    assert_eq!(after["said"]["reviews"].as_array().map(Vec::len), Some(2));
    // Whoever judges again comes to the same.
    let verified = run(&["verify-evidence", &path, "--repository", &store]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

#[test]
fn what_is_taken_back_or_objected_to_after_the_merge_undoes_no_merge() {
    let mut site = merged(&["ciso", "director"]);
    let colors =
        |receipt: &Value| [0, 1, 2].map(|at| receipt["verdict"]["statuses"][at]["state"].clone());
    assert_eq!(colors(&site.record("first").0), ["success"; 3]);
    site.says(7, &["ciso"], "CHANGES_REQUESTED");
    let (objected, ..) = site.record("objected");
    assert_eq!(colors(&objected), ["success"; 3], "{objected:#}");
    // GitHub rewrites a review that is dismissed and keeps the moment it was given: that it stood at
    // the merge cannot be seen any more, and what cannot be seen is no approval.
    site.hub.state().reviews[1].state = "DISMISSED";
    assert_eq!(colors(&site.record("dismissed").0)[2], "pending");
}

#[test]
fn a_receipt_made_weeks_later_has_the_day_of_the_merge() {
    let mut site = merged(&["ciso", "director"]);
    let (receipt, ..) = site.record("now");
    // 16:00 in Greenwich is the next day in Taiwan.
    for (merge, day) in [
        ("2026-11-21T15:59:59Z", "2026-11-21"),
        ("2026-11-21T16:00:00Z", "2026-11-22"),
    ] {
        let mut state = site.hub.state();
        let pull = state.pulls.get_mut(&7).expect("there");
        pull.merged_at = Some(merge.to_owned());
        drop(state);
        let (later, ..) = site.record("later");
        assert_eq!(later["today"], day);
        assert_eq!(later["said"]["pull_request"]["merged_at"], merge);
    }
    assert_eq!(receipt["today"], "2026-11-21");
}

/// Another job: it has a receipt of its own, and pushes from its own clone when its time comes.
fn rival(site: &mut Site, number: usize) -> impl FnOnce(&mut crate::state::State) + Send + 'static {
    let (_, receipt, store) = site.record(&format!("rival-{number}"));
    move |state| {
        let forge = state.repository.path().to_string_lossy().into_owned();
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            let done = command.args(["-C", &store]).args(arguments).output();
            let done = done.expect("git runs");
            assert!(done.status.success(), "{done:?}");
        };
        let every = format!("+{BRANCH}*:{BRANCH}*");
        git(&["fetch", "--quiet", &forge, &every]);
        let kept = run(&["evidence", "keep", &receipt, "--repository", &store]);
        assert_eq!(kept.code, 0, "{}", kept.err);
        git(&["push", "--quiet", &forge, &format!("{BRANCH}:{BRANCH}")]);
    }
}

impl Site {
    /// Whether what was kept is still there.
    fn stands_upon(&self, kept: Oid) -> bool {
        let tip = self.kept().expect("the branch");
        let repository = &self.hub.state().repository;
        tip == kept || repository.graph_descendant_of(tip, kept).expect("commits")
    }
}

#[test]
fn edge_60_a_job_that_is_overtaken_keeps_its_receipt_upon_that_of_the_faster() {
    for moment in [Push::Announced, Push::Sent] {
        let mut site = merged(&["ciso", "director"]);
        let faster = rival(&mut site, 1);
        site.hub.before(moment, faster);
        let (code, log) = site.job("evidence", 7);
        assert_eq!(code, 0, "{moment:?}: {log}");
        assert_eq!(site.receipts().len(), 2, "{moment:?}: {log}");
        assert!(site.hub.state().before.is_empty(), "nobody was faster");
    }
}

#[test]
fn edge_60_a_job_that_is_overtaken_each_time_says_so_and_overwrites_nothing() {
    let mut site = merged(&["ciso", "director"]);
    for number in 1..=3 {
        let faster = rival(&mut site, number);
        site.hub.before(Push::Sent, faster);
    }
    let (code, log) = site.job("evidence", 7);
    assert_eq!(code, 2, "{log}");
    let said = "::error title=plangate::收據未能存入分支 plangate-evidence";
    assert!(log.contains(said), "{log}");
    assert_eq!(site.receipts().len(), 3, "{log}");
    // The next run of the job has nobody against it.
    let kept = site.kept().expect("the branch");
    let (code, log) = site.job("evidence", 7);
    assert_eq!((code, site.receipts().len()), (0, 4), "{log}");
    assert!(site.stands_upon(kept));
}
