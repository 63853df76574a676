//! What is known of the tests before they run: the features that policies do not have, and the
//! ratchet of those that do not pass yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::suite::Test;

/// A part of CEL that policies do not have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feature {
    /// What it is.
    #[serde(rename = "feature")]
    pub(crate) name: String,
    /// Why policies do not have it.
    pub(crate) why: String,
    /// Names of tests; `*` stands for any text.
    #[serde(default)]
    tests: Vec<String>,
    /// Texts of which the expression holds one.
    #[serde(default)]
    words: Vec<String>,
}

impl Feature {
    /// Whether a test is about it.
    pub(crate) fn has(&self, test: &Test) -> bool {
        self.tests
            .iter()
            .any(|pattern| is_like(&test.name, pattern))
            || self
                .words
                .iter()
                .any(|word| test.expression.contains(&**word))
    }

    /// The patterns and words that no test has: leftovers of another edition of the specification.
    pub(crate) fn idle(&self, tests: &[Test]) -> Vec<&str> {
        let patterns = self
            .tests
            .iter()
            .filter(|pattern| !tests.iter().any(|test| is_like(&test.name, pattern)));
        let words = self
            .words
            .iter()
            .filter(|word| !tests.iter().any(|test| test.expression.contains(&***word)));
        patterns.chain(words).map(String::as_str).collect()
    }
}

/// What is known of the tests.
pub(crate) struct Accounts {
    /// Features that policies do not have.
    pub(crate) outside: Vec<Feature>,
    /// Names of tests that do not pass, with the reason.
    pub(crate) ratchet: BTreeMap<String, String>,
}

impl Accounts {
    /// Reads `outside.yaml` and `ratchet.yaml` of a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        Self {
            outside: yaml(&folder.join("outside.yaml")),
            ratchet: yaml(&folder.join("ratchet.yaml")),
        }
    }

    /// The feature that keeps a test outside.
    pub(crate) fn outside_of(&self, test: &Test) -> Option<&Feature> {
        self.outside.iter().find(|feature| feature.has(test))
    }
}

fn yaml<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).expect("a file of text");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a name is like a pattern.
fn is_like(name: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return name == pattern;
    };
    let Some(tail) = name.strip_prefix(start) else {
        return false;
    };
    (0..=tail.len())
        .filter(|&at| tail.is_char_boundary(at))
        .any(|at| is_like(&tail[at..], rest))
}
