//! Files and folders of a work tree, as `source` finds and reads them.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests lay the files that are read"
)]

use std::fs;
use std::path::{Path, PathBuf};

use plangate::source::{Refusal, SourceError, plan_files, read_file, read_from};

/// An empty folder of its own for a test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("source")
        .join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("it is ours");
    }
    fs::create_dir_all(&folder).expect("it is ours");
    folder
}

fn lay(folder: &Path, files: &[&str]) {
    for file in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("it is ours");
        fs::write(path, "header: {}\n").expect("it is ours");
    }
}

/// The names found, relative to the folder of the test.
fn names(folder: &Path, typed: &[&str]) -> Vec<String> {
    let typed: Vec<PathBuf> = typed.iter().map(|path| folder.join(path)).collect();
    let prefix = format!("{}/", folder.display());
    let files = plan_files(&typed).expect("they are there");
    files
        .iter()
        .map(|file| file.name.trim_start_matches(&prefix).to_owned())
        .collect()
}

#[test]
fn a_folder_means_the_plans_below_it_by_name() {
    let folder = folder("below");
    lay(
        &folder,
        &[
            "plans/乙/plan.yaml",
            "plans/a/plan.yaml",
            "plans/a/controls.yaml",
            "plan.yaml",
            ".git/plan.yaml",
        ],
    );
    assert_eq!(
        names(&folder, &["plans"]),
        ["plans/a/plan.yaml", "plans/乙/plan.yaml"]
    );
    assert_eq!(
        names(&folder, &["."]),
        ["plan.yaml", "plans/a/plan.yaml", "plans/乙/plan.yaml"]
    );
    assert_eq!(
        names(&folder, &["plans/a", "./plans/a/plan.yaml"]),
        ["plans/a/plan.yaml"]
    );
    assert_eq!(
        names(&folder, &["plans/a/controls.yaml"]),
        ["plans/a/controls.yaml"]
    );
}

#[test]
fn a_typed_path_is_shown_as_it_was_typed() {
    let files = plan_files(&[PathBuf::from("./tests/../Cargo.toml")]).expect("it is there");
    assert_eq!(files[0].name, "tests/../Cargo.toml");
}

#[test]
fn nothing_to_check_is_an_error() {
    let folder = folder("nothing");
    lay(&folder, &["notes.yaml"]);
    let error = |path: PathBuf| plan_files(&[path]).expect_err("there is no plan");
    assert!(matches!(error(folder.clone()), SourceError::NoPlan { .. }));
    let missing = error(folder.join("missing"));
    assert!(matches!(missing, SourceError::NotFound { .. }));
    assert!(missing.to_string().ends_with("missing does not exist"));
    assert!(missing.message().zh_tw.starts_with("找不到"));
}

#[test]
fn a_file_is_read_to_one_byte_over_its_limit() {
    let folder = folder("limit");
    lay(&folder, &["plan.yaml"]);
    let read = |limit| {
        read_file(&folder.join("plan.yaml"), limit)
            .expect("it is there")
            .len()
    };
    assert_eq!(
        [read(4), read(10), read(11), read(usize::MAX)],
        [5, 11, 11, 11]
    );
    assert_eq!(
        read_from(std::io::repeat(b'a'), 7)
            .expect("it does not end")
            .len(),
        8
    );
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_refused() {
    let folder = folder("links");
    lay(&folder, &["outside/secret/plan.yaml", "plans/a/plan.yaml"]);
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(folder.join(to), folder.join(at)).expect("it is ours");
    };
    fs::create_dir(folder.join("plans/b")).expect("it is ours");
    link("outside/secret/plan.yaml", "plans/b/plan.yaml");
    link("outside", "plans/c");
    link("plans", "plans/a/loop");
    assert_eq!(
        names(&folder, &["plans"]),
        [
            "plans/a/plan.yaml",
            "plans/b/plan.yaml",
            "plans/c/plan.yaml"
        ]
    );
    let error = |path: &Path| read_file(path, 100).expect_err("it is refused");
    assert!(matches!(
        error(&folder.join("plans/b/plan.yaml")),
        SourceError::Link { .. }
    ));
    assert!(matches!(
        error(Path::new("/dev/null")),
        SourceError::NotAFile { .. }
    ));
    assert!(matches!(error(&folder), SourceError::NotAFile { .. }));
    assert!(matches!(
        error(&folder.join("none")),
        SourceError::NotFound { .. }
    ));
}

/// Links below `plans`, beside a folder with a plan, and whether they are told.
#[cfg(unix)]
#[test]
fn a_link_that_stands_for_a_plan_is_told() {
    let folder = folder("links_for_plans");
    lay(
        &folder,
        &[
            "plans/a/plan.yaml",
            "store/b/plan.yaml",
            "plans/.store/b/plan.yaml",
            "docs/readme.md",
        ],
    );
    for (at, to, is_told) in [
        ("plans/b", "../store/b", true),
        ("plans/b", "../store", true),
        ("plans/b", ".store/b", true),
        ("plans/b", "a", true),
        ("plans/b", "../nowhere", true),
        ("plans/b", "b", true),
        ("plans/a/old", "../../store/b", true),
        ("plans/a/old", "../../nowhere", false),
        ("plans/docs", "../docs", false),
        ("plans/readme", "../docs/readme.md", false),
        ("plans/a/all", "..", false),
        ("plans/.b", "../store/b", false),
    ] {
        std::os::unix::fs::symlink(to, folder.join(at)).expect("it is ours");
        let found = plan_files(&[folder.join("plans")]).expect("it is there");
        let told = found
            .iter()
            .find(|plan| plan.refused == Some(Refusal::Link));
        let told = told.map(|plan| plan.below.as_str());
        let at_plan = format!("{at}/plan.yaml");
        let expected = is_told.then(|| at_plan.trim_start_matches("plans/"));
        assert_eq!(told, expected, "{at} -> {to}");
        assert_eq!(found.len(), 1 + usize::from(is_told), "{at} -> {to}");
        fs::remove_file(folder.join(at)).expect("it is ours");
    }
}
