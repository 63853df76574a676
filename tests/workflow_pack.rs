//! The workflow pack that `plangate init` writes, read as GitHub reads it.
//!
//! What keeps a pull request from judging itself is held here: who starts whom, who sees secrets, and
//! that whoever sees them checks nothing out.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the action of this repository"
)]

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use plangate::document::{self, Document, Limits, Node};
use plangate::finding::{Finding, Severity};
use plangate::text::SourceFile;
use world::{folder, run};

const ACTION: &str = "plangate/plangate@0123456789abcdef0123456789abcdef01234567";
/// Events whose workflow is that of the default branch, with secrets, whoever opened the pull request.
const PRIVILEGED: [&str; 4] = ["pull_request_target", "workflow_run", "push", "schedule"];
/// What each mode of the action may ask of the token; nothing else.
const RIGHTS: [(&str, &[(&str, &str)]); 3] = [
    (
        "validate",
        &[
            ("contents", "read"),
            ("pull-requests", "read"),
            ("statuses", "read"),
        ],
    ),
    (
        "evidence",
        &[
            ("contents", "write"),
            ("pull-requests", "read"),
            ("statuses", "read"),
        ],
    ),
    (
        "gate",
        &[
            ("contents", "read"),
            ("pull-requests", "write"),
            ("statuses", "write"),
        ],
    ),
];

fn parsed(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    let parsed = document::parse(&file, Limits::default());
    // GitHub's own words `on` and `true` are ambiguous to plans, and no more than that.
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let errors: Vec<_> = parsed.findings.iter().filter(is_error).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    parsed.document.expect("a document")
}

/// The workflows as they are written, by file.
fn pack() -> BTreeMap<String, Document> {
    static WRITTEN: LazyLock<BTreeMap<String, String>> = LazyLock::new(written);
    let files = WRITTEN.iter();
    files
        .map(|(name, text)| (name.clone(), parsed(name, text)))
        .collect()
}

fn written() -> BTreeMap<String, String> {
    let folder = folder(&[("README", "")]);
    let root = folder.path("repo");
    let fixed = ["init", &root, "--grade", "C", "--agency", "甲機關"];
    let run = run(&[&fixed[..], &["--action", ACTION, "--branch", "trunk"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let files = fs::read_dir(format!("{root}/.github/workflows")).expect("the workflows");
    let texts = files.map(|file| {
        let path = file.expect("a file").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("text");
        assert!(
            !text.contains("@ACTION@") && !text.contains("@BRANCH@"),
            "{name}"
        );
        (name, text)
    });
    let written: BTreeMap<_, _> = texts.collect();
    assert_eq!(written.len(), 5, "{:?}", written.keys());
    written
}

fn keys(node: Option<Node<'_>>) -> Vec<&str> {
    let entries = node.into_iter().flat_map(Node::entries);
    entries.map(|entry| entry.key).collect()
}

fn words(node: Option<Node<'_>>) -> Vec<&str> {
    let items = node.into_iter().flat_map(Node::items);
    items.filter_map(Node::as_str).collect()
}

fn text<'d>(node: Node<'d>, key: &str) -> Option<&'d str> {
    node.get(key).and_then(Node::as_str)
}

fn events(workflow: &Document) -> Vec<&str> {
    keys(workflow.root().get("on"))
}

fn jobs(workflow: &Document) -> Vec<Node<'_>> {
    let jobs = workflow.root().get("jobs").expect("jobs");
    jobs.entries().map(|entry| entry.value).collect()
}

fn steps(job: Node<'_>) -> Vec<Node<'_>> {
    job.get("steps").expect("steps").items().collect()
}

/// The modes that a workflow runs the action in.
fn modes(workflow: &Document) -> Vec<&str> {
    let steps = jobs(workflow).into_iter().flat_map(steps);
    steps
        .filter_map(|step| step.get("with")?.get("mode")?.as_str())
        .collect()
}

#[test]
fn every_workflow_that_another_waits_for_exists() {
    let pack = pack();
    let names: BTreeSet<&str> = pack
        .values()
        .filter_map(|w| text(w.root(), "name"))
        .collect();
    assert_eq!(names.len(), pack.len(), "each has a name of its own");
    let awaited = pack.values().filter_map(|workflow| {
        let run = workflow.root().get("on")?.get("workflow_run")?;
        Some(words(run.get("workflows")))
    });
    let awaited: Vec<&str> = awaited.flatten().collect();
    assert!(!awaited.is_empty());
    for name in awaited {
        assert!(names.contains(name), "{name} is no workflow of {names:?}");
    }
}

#[test]
fn every_event_reaches_a_mode() {
    let pack = pack();
    let mut reached: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for workflow in pack.values() {
        let modes = match modes(workflow) {
            // What only signals starts the workflow that awaits it.
            own if own.is_empty() => {
                let own = text(workflow.root(), "name").expect("a name");
                let awaits = |other: &&Document| {
                    let run = other.root().get("on").and_then(|on| on.get("workflow_run"));
                    words(run.and_then(|run| run.get("workflows"))).contains(&own)
                };
                pack.values().filter(awaits).flat_map(modes).collect()
            }
            own => own,
        };
        for event in events(workflow) {
            reached.entry(event).or_default().extend(&modes);
        }
    }
    let expected: BTreeMap<&str, Vec<&str>> = [
        ("merge_group", vec!["gate"]),
        ("pull_request", vec!["validate"]),
        ("pull_request_review", vec!["gate"]),
        ("pull_request_target", vec!["evidence", "gate"]),
        ("push", vec!["gate"]),
        ("schedule", vec!["gate"]),
        ("workflow_run", vec!["gate"]),
    ]
    .into();
    assert_eq!(reached, expected);
}

#[test]
fn threat_03_no_job_that_sees_secrets_checks_anything_out_or_runs_a_script() {
    for (name, workflow) in &pack() {
        let is_privileged = events(workflow)
            .iter()
            .any(|event| PRIVILEGED.contains(event));
        for job in jobs(workflow) {
            let whole = job.document().file().slice(job.span());
            let sees_secrets = whole.contains("secrets.") || is_privileged;
            assert!(
                job.get("environment").is_none() || is_privileged,
                "{name}: a key within reach of a pull request's own workflow"
            );
            for step in steps(job) {
                let uses = text(step, "uses").unwrap_or_default();
                assert!(!uses.contains("checkout"), "{name}: {uses}");
                if sees_secrets {
                    assert_eq!(uses, ACTION, "{name}");
                    assert!(step.get("run").is_none(), "{name}: runs a script");
                }
            }
        }
    }
}

#[test]
fn threat_02_the_key_of_the_app_is_only_in_the_environment_of_the_default_branch() {
    for (name, workflow) in &pack() {
        let text = workflow.file().text();
        let sees_key = text.contains("secrets.");
        let keepers = ["plan-gate.yml", "plan-evidence.yml"];
        assert_eq!(sees_key, keepers.contains(&name.as_str()), "{name}");
        if sees_key {
            for event in events(workflow) {
                assert!(
                    PRIVILEGED.contains(&event),
                    "{name}: {event} runs the text of a pull request"
                );
            }
            for job in jobs(workflow) {
                assert_eq!(
                    job.get("environment").and_then(Node::as_str),
                    Some("plan-gate")
                );
            }
        }
    }
}

#[test]
fn permissions_are_least() {
    let rights: BTreeMap<&str, &[(&str, &str)]> = RIGHTS.into();
    for (name, workflow) in &pack() {
        let own = workflow.root().get("permissions").expect("permissions");
        assert!(
            own.is_map() && own.entries().len() == 0,
            "{name}: the workflow grants nothing"
        );
        for job in jobs(workflow) {
            let granted: Vec<(&str, &str)> = job
                .get("permissions")
                .into_iter()
                .flat_map(Node::entries)
                .map(|entry| (entry.key, entry.value.as_str().unwrap_or_default()))
                .collect();
            let mode = steps(job)
                .into_iter()
                .find_map(|step| text(step.get("with")?, "mode"));
            let expected = mode.map_or(&[][..], |mode| rights[mode]);
            assert_eq!(granted, expected, "{name}");
        }
    }
}

#[test]
fn edge_44_threat_35_the_queue_is_judged_by_the_default_branch_and_under_the_same_name() {
    let pack = pack();
    // The text of a workflow that the queue starts is that of the queue: it is given nothing.
    for job in jobs(&pack["plan-queue.yml"]) {
        assert!(job.get("permissions").is_none() && job.get("environment").is_none());
        assert!(steps(job).iter().all(|step| step.get("uses").is_none()));
    }
    let gate = pack["plan-gate.yml"].root().get("on").expect("events");
    let run = gate.get("workflow_run").expect("the event");
    assert!(words(run.get("workflows")).contains(&"plan-queue"));
    assert!(
        run.get("branches").is_none(),
        "the queue has branches of its own"
    );
}

#[test]
fn threat_30_every_use_is_pinned_to_a_whole_commit() {
    let mut uses = Vec::new();
    for workflow in pack().values() {
        for job in jobs(workflow) {
            assert!(job.get("uses").is_none(), "no reusable workflow");
            uses.extend(
                steps(job)
                    .into_iter()
                    .filter_map(|step| text(step, "uses").map(str::to_owned)),
            );
        }
    }
    assert_eq!(uses.len(), 3);
    for one in uses {
        let commit = one.split_once('@').expect("pinned").1;
        let is_hash = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
        assert!(is_hash, "{one}");
    }
}

#[test]
fn threat_05_nothing_that_a_stranger_writes_is_put_into_a_script() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml"));
    let action = parsed("action.yml", &manifest.expect("action.yml"));
    let workflows = pack();
    let scripts = workflows.values().flat_map(jobs).flat_map(steps);
    let own = action.root().get("runs").and_then(|runs| runs.get("steps"));
    let scripts = scripts.chain(own.into_iter().flat_map(Node::items));
    let scripts: Vec<&str> = scripts.filter_map(|step| text(step, "run")).collect();
    assert!(scripts.len() >= 2, "{scripts:?}");
    for script in scripts {
        assert!(!script.contains("${{"), "{script}");
    }
}

#[test]
fn threat_32_no_job_keeps_a_cache() {
    for (name, workflow) in &pack() {
        assert!(!workflow.file().text().contains("cache"), "{name}");
    }
}

#[test]
fn threat_36_edge_45_edge_46_edge_47_edge_48_no_gate_can_be_skipped() {
    let mut names = BTreeSet::new();
    for (name, workflow) in &pack() {
        let on = workflow.root().get("on").expect("events");
        for event in on.entries() {
            for filter in ["paths", "paths-ignore", "branches-ignore"] {
                assert!(event.value.get(filter).is_none(), "{name}: {filter}");
            }
        }
        for job in jobs(workflow) {
            assert!(
                job.get("needs").is_none() && job.get("if").is_none(),
                "{name}"
            );
            let job = text(job, "name").expect("a name").to_owned();
            assert!(
                !job.starts_with("plangate/"),
                "{job} would be taken for a status"
            );
            assert!(names.insert(job.clone()), "{job} stands twice");
        }
    }
}

#[test]
fn edge_16_edge_37_edge_38_every_turn_of_a_pull_request_is_seen() {
    let pack = pack();
    let on = pack["plan-gate.yml"].root().get("on").expect("events");
    let types = words(
        on.get("pull_request_target")
            .and_then(|event| event.get("types")),
    );
    for turn in [
        "opened",
        "synchronize",
        "reopened",
        "edited",
        "ready_for_review",
        "converted_to_draft",
    ] {
        assert!(types.contains(&turn), "{turn}");
    }
    let branches = words(on.get("push").and_then(|event| event.get("branches")));
    assert_eq!(branches, ["trunk"]);
}

#[test]
fn every_job_ends_by_itself_and_runs_of_one_head_do_not_overtake() {
    for (name, workflow) in &pack() {
        let runs = workflow.root().get("concurrency").expect("concurrency");
        assert!(
            text(runs, "group").is_some_and(|group| group.contains("${{")),
            "{name}"
        );
        for job in jobs(workflow) {
            let minutes = job.get("timeout-minutes").and_then(Node::as_int);
            assert!(minutes.is_some_and(|minutes| minutes <= 10), "{name}");
        }
    }
}
