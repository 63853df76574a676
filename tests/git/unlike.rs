//! The plans in folders that two revisions have not alike: no other folder is read, and no plan is lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use git2::Oid;
use plangate::source::git::{GitError, ObjectId, Repository, Revision};
use plangate::source::{Folder, PlanFile};
use proptest::prelude::*;

use crate::builder::{Built, SUBMODULE, TREE};

type Files = BTreeMap<&'static str, String>;

/// A repository with these two revisions.
struct Two {
    repository: Arc<Repository>,
    now: Revision,
    other: Revision,
}

impl Two {
    fn of(built: &Built, now: Oid, other: Oid) -> Self {
        let repository = Repository::around(built.repository.path()).expect("a repository");
        let [now, other] = [now, other].map(|tree| {
            let id = built.commit_with(tree, "版", &[]).to_string();
            repository.revision(&id).expect("a commit")
        });
        Self {
            repository: Arc::new(repository),
            now,
            other,
        }
    }

    fn unlike(&self, path: &str) -> Result<Vec<String>, GitError> {
        let found = self
            .repository
            .plan_files_unlike(&self.now, path, &self.other);
        Ok(found?.into_iter().map(|plan| plan.name).collect())
    }
}

/// The plans of a revision, each with the id of its folder; none where there is no plan.
fn all(repository: &Arc<Repository>, revision: &Revision) -> BTreeMap<String, ObjectId> {
    let id = |plan: &PlanFile| match &plan.folder {
        Folder::Revision(folder) => folder.id(),
        Folder::Work(_) => unreachable!("it is read from a revision"),
    };
    let plans = repository.plan_files(revision, "").unwrap_or_default();
    plans
        .iter()
        .map(|plan| (plan.name.clone(), id(plan)))
        .collect()
}

/// Few names and few texts, so that folders are the same, differ, go and come, and lie in others.
fn files() -> impl Strategy<Value = Files> {
    let path = prop::sample::select(vec![
        "plan.yaml",
        "a/plan.yaml",
        "a/training.yaml",
        "a/b/plan.yaml",
        "a/b/c/plan.yaml",
        "b/plan.yaml",
        "b/.c/plan.yaml",
        "b/c/risk.yaml",
        "乙/plan.yaml",
        "乙/a/x",
        "c",
    ]);
    let text = prop::sample::select(vec!["甲\n", "乙\n"]).prop_map(str::to_owned);
    prop::collection::btree_map(path, text, 0..9)
}

fn laid(built: &Built, files: &Files) -> Oid {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    built.files(&files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn they_are_all_but_those_whose_folder_is_the_same(now in files(), other in files()) {
        let built = Built::bare();
        let two = Two::of(&built, laid(&built, &now), laid(&built, &other));
        let (mine, theirs) = (all(&two.repository, &two.now), all(&two.repository, &two.other));
        let differs = |(name, id): &(&String, &ObjectId)| theirs.get(*name) != Some(*id);
        let expected: Vec<&String> = mine.iter().filter(differs).map(|(name, _)| name).collect();
        match two.unlike("") {
            Ok(found) => prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected),
            Err(error) => {
                let is_told = matches!(error, GitError::NoPlan { .. });
                prop_assert!(is_told && mine.is_empty(), "{:?}", error);
            }
        }
    }
}

#[test]
fn a_folder_that_is_the_same_is_not_read() {
    let built = Built::bare();
    let same = built.files(&[("plan.yaml", "甲")]);
    let [now, other] = ["1", "2"].map(|text| {
        let plan = built.files(&[("plan.yaml", text)]);
        built.tree(&[(b"a", TREE, same), (b"b", TREE, plan)])
    });
    let two = Two::of(&built, now, other);
    built.lose(same);
    assert_eq!(two.unlike("").expect("they are found"), ["b/plan.yaml"]);
}

#[test]
fn that_nothing_differs_is_no_error_and_that_there_is_no_plan_is_one() {
    let built = Built::bare();
    let plans = built.files(&[("plans/a/plan.yaml", "甲"), ("docs/a/x", "乙")]);
    let two = Two::of(&built, plans, plans);
    for path in ["", "plans", "plans/a"] {
        assert_eq!(
            two.unlike(path).expect("all are the same"),
            [""; 0],
            "{path}"
        );
    }
    for path in ["docs", "docs/a"] {
        let error = two.unlike(path).expect_err("there is no plan");
        assert!(matches!(error, GitError::NoPlan { .. }), "{error:?}");
    }
    let error = two.unlike("plan").expect_err("there is nothing");
    assert!(matches!(error, GitError::NoPath { .. }), "{error:?}");
}

#[test]
fn a_submodule_beside_a_plan_that_is_the_same_stands_where_a_plan_would() {
    let built = Built::bare();
    let plan = built.files(&[("plan.yaml", "甲")]);
    let [now, other] = [&b"b"[..], b"c"].map(|name| {
        let mut entries = vec![(&b"a"[..], TREE, plan), (name, SUBMODULE, plan)];
        entries.sort();
        built.tree(&entries)
    });
    let two = Two::of(&built, now, other);
    assert_eq!(two.unlike("").expect("they are found"), ["b/plan.yaml"]);
}

#[test]
fn a_tree_that_has_a_plan_twice_is_refused() {
    let built = Built::bare();
    let [same, changed] = ["甲", "乙"].map(|text| built.files(&[("plan.yaml", text)]));
    let other = built.tree(&[(b"a", TREE, same)]);
    for twice in [[same, changed], [changed, same]] {
        let now = built.tree(&twice.map(|plan| (&b"a"[..], TREE, plan)));
        let two = Two::of(&built, now, other);
        for found in [
            two.unlike(""),
            two.repository.plan_files(&two.now, "").map(|_| Vec::new()),
        ] {
            let error = found.expect_err("which of them is it?");
            assert!(
                format!("{error:?}").contains("has a name twice"),
                "{error:?}"
            );
        }
    }
}
