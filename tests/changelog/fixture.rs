//! The reconstructed history itself: what it shares with the published plan, and what it marks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use plangate::document::{Limits, Node, read};
use plangate::plan::{Plan, PlanFiles, Schema, Validator, check_shape, identity_path};

use crate::repository::{History, Marked, root};

fn files(path: &Path) -> PlanFiles {
    let bytes = std::fs::read(path).expect("it is there");
    let (_, parsed) = read("plan.yaml", &bytes, Limits::default());
    assert!(
        parsed.findings.is_empty(),
        "{}: {:?}",
        path.display(),
        parsed.findings
    );
    PlanFiles {
        folder: "plans/a".into(),
        main: parsed.document.expect("a tree"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}

fn edition(edition: &str) -> PlanFiles {
    files(&root().join(edition).join("plan.yaml"))
}

/// Every scalar of a plan by its path; items without identity by their place.
fn scalars(files: &PlanFiles, schema: &Schema) -> BTreeMap<String, String> {
    let plan = Plan::new(files, schema);
    let mut found = BTreeMap::new();
    let mut open = vec![plan.root()];
    while let Some(node) = open.pop() {
        let children: Vec<Node<'_>> = node
            .entries()
            .map(|entry| entry.value)
            .chain(node.items())
            .collect();
        if children.is_empty() {
            found.insert(
                identity_path(&plan, node).to_string(),
                node.written().to_owned(),
            );
        }
        open.extend(children);
    }
    found
}

#[test]
fn the_last_edition_is_the_published_plan() {
    let schema = Schema::builtin();
    let published = "fixtures/plans/kaohsiung-civil-affairs/plan.yaml";
    let published = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(published));
    // What is only known from the change log, and the change log in its own words.
    let apart = |path: &String| {
        path.starts_with("history")
            || path.contains(".grade_status")
            || path.contains(".merged_from")
    };
    let of = |files: &PlanFiles| {
        let mut scalars = scalars(files, &schema);
        scalars.retain(|path, _| !apart(path));
        scalars
    };
    let (ours, theirs) = (of(&edition("1.4")), of(&published));
    assert!(ours.len() > 500, "{}", ours.len());
    assert_eq!(ours, theirs);
}

#[test]
fn every_edition_has_the_form_of_a_plan() {
    let schema = Schema::builtin();
    let validator = Validator::new(&schema);
    for commit in History::read().commits.list {
        let files = edition(&commit.edition);
        let findings = check_shape(&files, &validator, &schema);
        let rules: Vec<&str> = findings.iter().map(|finding| &*finding.policy).collect();
        // The laws that 1.4 lists once.
        let expected: &[&str] = match commit.edition.as_str() {
            "1.4" => &[],
            _ => &["shape/duplicate-item", "shape/duplicate-item"],
        };
        assert_eq!(rules, expected, "{}", commit.edition);
        let header = files.main.root().get("header").expect("a header");
        assert_eq!(
            header.get("edition").map(Node::written),
            Some(commit.edition.as_str())
        );
    }
}

#[test]
fn what_is_invented_or_inferred_is_there_and_marked() {
    let schema = Schema::builtin();
    let commits = History::read().commits;
    let paths = |name: &str| {
        let files = edition(name);
        let plan = Plan::new(&files, &schema);
        let mut found = BTreeSet::new();
        let mut open = vec![plan.root()];
        while let Some(node) = open.pop() {
            found.insert(identity_path(&plan, node).to_string());
            open.extend(node.entries().map(|entry| entry.value).chain(node.items()));
        }
        found
    };
    for commit in &commits.list {
        let paths = paths(&commit.edition);
        let marked = |list: &[Marked]| -> Vec<String> {
            let ours = list
                .iter()
                .filter(|marked| marked.editions.contains(&commit.edition));
            ours.map(|marked| marked.path.clone()).collect()
        };
        for path in marked(&commits.invented)
            .iter()
            .chain(&marked(&commits.inferred))
        {
            assert!(paths.contains(path), "{}: {path}", commit.edition);
        }
        let text = std::fs::read_to_string(root().join(&commit.edition).join("plan.yaml"));
        let text = text.expect("it is there");
        let marks = ["# 虛構", "# 推論"].map(|mark| {
            let lines = text.lines().skip_while(|line| line.starts_with('#'));
            lines.filter(|line| line.contains(mark)).count()
        });
        let listed = [&commits.invented, &commits.inferred].map(|list| marked(list).len());
        assert_eq!(marks, listed, "{}", commit.edition);
    }
}
