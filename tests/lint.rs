//! The static gate: the built-in pack passes it, and each kind of mistake is told at its exact
//! characters, in both languages.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the policies and goldens of this repository"
)]

mod pack;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{env, fs};

use plangate::finding::Finding;
use plangate::policy::{Pack, PackSource};
use plangate::report::{self, Options};
use plangate::text::{Language, SourceFile};

static BUILTIN: LazyLock<PackSource> = LazyLock::new(|| pack::source(&pack::folder(), false));

/// The laws of the built-in pack alone: all that a policy of another pack sees of it.
static LAWS: LazyLock<PackSource> = LazyLock::new(|| {
    let mut source = BUILTIN.clone();
    source.files.retain(|(path, _)| path == "laws.yaml");
    source
});

/// A policy with mistakes, and what its first lines say of them: a code and the characters.
struct Wrong {
    name: String,
    expected: Vec<(String, String)>,
    findings: Vec<Finding>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wrong-policies/lint")
}

fn wrong() -> Vec<Wrong> {
    let entries = fs::read_dir(folder()).expect("the folder reads");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| Wrong::read(path)).collect()
}

impl Wrong {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("the file reads");
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let said = text.lines().map_while(|line| line.strip_prefix("# "));
        let said = said.filter_map(|line| line.split_once(' '));
        let below = format!("lint/{name}.yaml");
        let file = SourceFile::new(format!("fixtures/wrong-policies/{below}"), text.clone());
        let local = PackSource {
            name: "wrong-policies".into(),
            files: vec![(below, Arc::new(file))],
            local: true,
        };
        let (pack, findings) = Pack::load(&[LAWS.clone(), local], &pack::SCHEMA);
        let refused = findings
            .iter()
            .any(|finding| finding.severity.word() == "error");
        let loaded = pack.get(&format!("wrong-policies/{name}")).is_some();
        assert_ne!(
            refused, loaded,
            "{name}: what has an error does not load, and only that"
        );
        Self {
            name,
            expected: said
                .map(|(code, at)| (code.to_owned(), at.to_owned()))
                .collect(),
            findings,
        }
    }

    fn rendered(&self, language: Language) -> String {
        let loaded = usize::from(self.findings.iter().all(|f| f.severity.word() != "error"));
        let options = Options {
            language,
            ..Options::default()
        };
        let mut out = Vec::new();
        let written = report::policy::problems(&self.findings, loaded, options, &mut out);
        written.expect("it is written");
        String::from_utf8(out).expect("UTF-8")
    }
}

#[test]
fn the_built_in_pack_passes_but_for_what_is_meant() {
    let (_, findings) = Pack::lint(std::slice::from_ref(&*BUILTIN), &pack::SCHEMA);
    let meant = include_str!("lint/meant.txt").lines();
    let meant = meant.filter(|line| !line.starts_with('#'));
    let mut idle: BTreeSet<&str> = meant
        .filter_map(|line| Some(line.split_once(':')?.0))
        .collect();
    let (listed, mut told) = (idle.clone(), Vec::new());
    for finding in &findings {
        let file = Path::new(finding.place.file.name());
        let policy = file.file_stem().unwrap_or_default().to_string_lossy();
        let read = format!("{policy} {}", finding.place.text());
        let is_read = &*finding.policy == "policy/unguarded";
        if is_read && listed.contains(read.as_str()) {
            idle.remove(read.as_str());
        } else {
            let at = finding.place.start();
            let (file, message) = (file.display(), &finding.message.en);
            told.push(format!(
                "{file}:{}:{}: {}: {message}",
                at.line, at.column, finding.policy
            ));
        }
    }
    told.extend(idle.iter().map(|line| format!("no longer there: {line}")));
    assert!(told.is_empty(), "\n{}\n", told.join("\n"));
}

#[test]
fn each_mistake_is_told_at_its_exact_characters() {
    for wrong in wrong() {
        let told = wrong.findings.iter().map(|finding| {
            let text = finding.place.text();
            (finding.policy.to_string(), text.to_owned())
        });
        let told: BTreeSet<(String, String)> = told.collect();
        let expected: BTreeSet<(String, String)> = wrong.expected.iter().cloned().collect();
        assert_eq!(told, expected, "{}", wrong.name);
    }
}

#[test]
fn each_kind_of_mistake_has_a_code_and_words_of_its_own() {
    let (mut codes, mut words) = (BTreeSet::new(), BTreeSet::new());
    for wrong in wrong().iter().filter(|wrong| wrong.name != "many-at-once") {
        let first = &wrong.expected[0].0;
        assert!(codes.insert(first.clone()), "{}: {first} again", wrong.name);
        for finding in &wrong.findings {
            let (zh, en) = (&finding.message.zh_tw, &finding.message.en);
            assert!(words.insert((zh.clone(), en.clone())), "{zh} again");
            assert!(!zh.is_empty() && zh != en, "{en}");
        }
    }
    assert!(codes.len() >= 12, "{codes:?}");
}

#[test]
fn the_mistakes_read_well_in_both_languages() {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/lint");
    for wrong in wrong() {
        for language in Language::ALL {
            let path = goldens.join(format!("{}.{}.txt", wrong.name, language.tag()));
            let rendered = wrong.rendered(language);
            if env::var("UPDATE").is_ok() {
                fs::write(&path, &rendered).expect("the golden is written");
            }
            let golden = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(rendered, golden, "{}", path.display());
        }
    }
}
