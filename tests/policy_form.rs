//! How policies are written, over the whole pack: what the loader does not mind and readers do.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the policies of this repository"
)]

mod pack;

#[path = "policy_form/cases.rs"]
mod cases;
#[path = "policy_form/file.rs"]
mod file;
#[path = "policy_form/words.rs"]
mod words;

use std::fs;
use std::sync::LazyLock;

use file::File;
use plangate::policy::Policy;

/// Every policy file of the pack.
static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let (pack, problems) = pack::load(&pack::folder());
    assert_eq!(problems, Vec::<String>::new());
    let file = |policy: &Policy| {
        let path = format!("{}/{}.yaml", policy.theme, policy.id);
        let text = fs::read_to_string(pack::folder().join(&path)).expect("the file reads");
        File::parse(&path, &text)
    };
    pack.policies.values().map(file).collect()
});

/// What is wrong with the form of any policy file of the pack.
fn wrong(of: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    FILES
        .iter()
        .flat_map(|file| {
            let told = of(file).into_iter();
            told.map(|told| format!("{}: {told}", file.path))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_file_keeps_the_order_the_size_and_the_names() {
    none(&wrong(File::form));
}

#[test]
fn every_text_is_in_both_languages_with_the_same_placeholders() {
    none(&wrong(|file| {
        file.texts().iter().flat_map(words::languages).collect()
    }));
}

#[test]
fn every_text_keeps_the_style_of_its_language() {
    none(&wrong(|file| {
        file.texts().iter().flat_map(words::style).collect()
    }));
}
