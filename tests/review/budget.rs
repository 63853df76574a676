//! What a review of a few plans among many asks of the forge and of Git: no more than those few need.

use std::fs;

use serde_json::Value;

use crate::host::{Files, Host, base, plan, with};
use crate::site::{READ_ONLY, Site};
use crate::world::run;

/// The plans that change.
pub(crate) const CHANGED: usize = 5;
/// As many questions as a run may ask in all: what it judges by, and what guards its writes.
pub(crate) const READS: usize = 12;

pub(crate) fn path(number: usize) -> String {
    format!("plans/p{number}/plan.yaml")
}

/// So many agencies, each with a plan; the first five have a health check that becomes too rare.
pub(crate) fn many(agencies: usize) -> (Files, Files) {
    let mut start = base();
    let mut rows = String::from("agencies:\n");
    for number in 0..agencies {
        let id = format!("p{number}");
        rows += &format!(
            "  - {{ id: {id}, name: 第{number}所, folder: plans/{id}, supervisor: bureau }}\n"
        );
        start.insert(path(number), plan(&id, "1y").into_bytes());
    }
    let start = with(&start, "roster.yaml", |text| {
        text.replace("agencies:\n", &rows)
    });
    let rarer = |files, number| {
        with(&files, &path(number), |text| {
            text.replace("every: 1y\n    items", "every: 3y\n    items")
        })
    };
    let head = (0..CHANGED).fold(start.clone(), rarer);
    (start, head)
}

const ONE: [&str; 3] = ["review", "--pull-request", "7"];

/// A GitHub with a pull request of theirs.
fn site(agencies: usize) -> Site {
    let (base, head) = many(agencies);
    let mut site = Site::new(&base);
    site.open(7, "desk", &head);
    site
}

/// The requests to the forge of a run that says nothing, and what it would say.
fn asked(agencies: usize) -> (usize, Value) {
    let mut site = site(agencies);
    let json = ["--dry-run", "--format", "json"];
    let token = [("PLANGATE_TOKEN", READ_ONLY)];
    let run = site.run_under(&token, &[&ONE[..], &json].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    (
        site.requests(),
        serde_json::from_str(&run.out).expect("JSON"),
    )
}

#[test]
fn five_plans_take_as_many_reads_among_few_as_among_many() {
    let (reads, told) = asked(30);
    assert_eq!(told["plans"].as_array().map(Vec::len), Some(CHANGED));
    assert!(reads <= READS, "{reads} reads");
    assert_eq!(asked(CHANGED).0, reads);
}

#[test]
fn what_is_written_is_of_its_plans_and_said_once() {
    let (reads, told) = asked(30);
    let planned = |key: &str| told["writes"][key].as_array().map_or(0, Vec::len);
    let comments = told["writes"]["comments"].as_array().expect("comments");
    let places: Vec<&str> = comments
        .iter()
        .filter_map(|write| write["at"]["path"].as_str())
        .collect();
    let ours: Vec<String> = (0..CHANGED).map(path).collect();
    assert!(!places.is_empty());
    assert!(
        places.iter().all(|at| ours.iter().any(|own| own == at)),
        "{places:?}"
    );

    let mut site = site(30);
    let run = site.run(&ONE);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let written = site.written(reads);
    let count = |what: &str| written.iter().filter(|own| own.ends_with(what)).count();
    assert_eq!(count(" comments"), comments.len());
    assert_eq!((count(" statuses"), planned("statuses")), (3, 3));
    assert!(count(" requested_reviewers") <= 1 && count(" labels") <= 1);
    let rest = written.len() - comments.len() - 3;
    assert!(rest <= 2, "nothing else is written: {written:?}");
}

/// Takes a file of a commit out of the repository, as if it had never been fetched.
fn lose(host: &Host, files: &Files, path: &str) {
    let id = host
        .repository
        .blob(&files[path])
        .expect("a blob")
        .to_string();
    let (folder, name) = id.split_at(2);
    let object = host
        .repository
        .path()
        .join("objects")
        .join(folder)
        .join(name);
    fs::remove_file(object).expect("a loose object");
}

#[test]
fn plans_that_did_not_change_are_not_read() {
    let (base, head) = many(30);
    let mut host = Host::new(&base, &head);
    for number in CHANGED..30 {
        lose(&host, &base, &path(number));
    }
    let verdict = host.look();
    assert_eq!((verdict.code, verdict.err.as_str()), (1, ""));
    let judged = |told: &Value| told.as_array().map(Vec::len);
    assert_eq!(judged(&verdict.json["plans"]), Some(CHANGED));

    let repository = host.repository.path().to_string_lossy().into_owned();
    let (old, new) = (host.main().to_string(), format!("{}:plans", host.head()));
    let arguments = ["--base", &old, "--format", "json", "--repo", &repository];
    let checked = run(&[&["check", &new], &arguments[..]].concat());
    assert_eq!((checked.code, checked.err.as_str()), (1, ""));
    let told: Value = serde_json::from_str(&checked.out).expect("JSON");
    assert_eq!(judged(&told["summary"]["plans"]), Some(CHANGED));
    // It is the want of the objects that would be seen: a run over everything cannot do without.
    let whole = run(&["check", &new, "--repo", &repository]);
    assert_eq!(whole.code, 2);
    // And a plan that changed is read.
    lose(&host, &head, &path(0));
    assert_eq!(host.look().code, 2);
}
