//! What the pages and the comments point at: files, folders, sections of documents, policies.

use std::collections::BTreeSet;

use regex::Regex;

use crate::pages::{Fence, code_spans, fences, files, links, pages, prose, read, root, rows};

/// Folders whose paths are checked wherever a page names one in backticks.
const FOLDERS: [&str; 9] = [
    "src/",
    "tests/",
    "docs/",
    "policies/",
    "fixtures/",
    ".ci/",
    ".github/",
    "check/",
    "document/",
];
/// Lines of a page that is meant to be read at once.
const ARCHITECTURE_LINES: usize = 200;
const DECISION_LINES: usize = 40;
const DECISION_PARTS: [&str; 4] = [
    "## Context",
    "## Decision",
    "## Consequences",
    "## What would change our mind",
];

/// Specifications that comments cite by section; they are not ours.
const STANDARDS: [&str; 2] = ["SARIF", "YAML"];

fn exists(path: &str) -> bool {
    root().join(path).exists() || root().join("src").join(path).exists()
}

/// A path of the repository in backticks; one with a placeholder is none.
fn is_path(span: &str) -> bool {
    let whole = !span.contains(['<', '*', ' ', '…', '{']);
    whole
        && FOLDERS
            .iter()
            .any(|folder| span.starts_with(folder) && span.len() > folder.len())
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_link_and_path_leads_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = read(&page);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in links(&text) {
            if !root().join(folder).join(&link).exists() {
                broken.push(format!("{page}: the link {link} leads nowhere"));
            }
        }
        for span in code_spans(&prose(&text))
            .into_iter()
            .filter(|span| is_path(span))
        {
            if !exists(span.trim_end_matches('/')) {
                broken.push(format!("{page}: {span} is not there"));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn a_path_is_told_from_a_pattern() {
    assert!(is_path("src/cel/functions") && is_path("check/run.rs"));
    assert!(!is_path("policies/<theme>/<id>.yaml") && !is_path("src/") && !is_path("header.title"));
    assert!(exists("Cargo.toml") && exists("text/mod.rs") && !exists("src/nowhere.rs"));
}

/// `NAME §` in a comment names a document of the repository: `NAME.md` at the root or under `docs/`.
fn unknown_documents(text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let pattern = Regex::new(r"(\b[A-Z][A-Z_]{3,}|[\w/-]+\.md) §").expect("it is a pattern");
    let named = pattern.captures_iter(text).map(|found| found[1].to_owned());
    let own = named.filter(|name| !STANDARDS.contains(&name.as_str()));
    own.filter(|name| !known.contains(name.trim_end_matches(".md")))
        .collect()
}

#[test]
fn comments_name_documents_that_are_there() {
    let known: BTreeSet<String> = pages()
        .iter()
        .map(|page| page.trim_end_matches(".md").to_owned())
        .collect();
    let mut sources = files("src", "rs", true);
    sources.extend(files("tests", "rs", true));
    sources.extend(files("policies", "yaml", true));
    sources.extend(files("fixtures", "yaml", true));
    sources.extend(["Cargo.toml", "clippy.toml", "build.rs"].map(str::to_owned));
    let mut broken = Vec::new();
    for path in sources
        .iter()
        .filter(|path| !path.ends_with("docs/references.rs"))
    {
        for name in unknown_documents(&read(path), &known) {
            broken.push(format!("{path}: there is no document {name}"));
        }
    }
    assert_none(&broken);
}

#[test]
fn a_document_that_is_not_there_is_told() {
    let known = BTreeSet::from(["docs/policy-format".to_owned(), "ARCHITECTURE".to_owned()]);
    assert!(unknown_documents("as docs/policy-format.md §4 has it", &known).is_empty());
    assert!(unknown_documents("ARCHITECTURE §2; 民法 §121; SARIF §3.30", &known).is_empty());
    assert_eq!(
        unknown_documents("// GRAND_PLAN §4, docs/old.md §1", &known),
        ["GRAND_PLAN", "docs/old.md"]
    );
}

/// Whether the lines stand in the file, in one piece between lines that are `…` alone.
fn is_part_of(fence: &Fence, file: &str) -> bool {
    let file: Vec<&str> = file.lines().collect();
    let pieces = fence
        .lines
        .split(|line| line.trim() == "…" || line.trim() == "# …");
    let mut from = 0;
    pieces.filter(|piece| !piece.is_empty()).all(|piece| {
        let found = file[from..]
            .windows(piece.len())
            .position(|lines| lines == piece);
        found.is_some_and(|at| {
            from += at + piece.len();
            true
        })
    })
}

#[test]
fn quoted_files_say_what_is_quoted() {
    let mut broken = Vec::new();
    let mut quoted = 0;
    for page in pages() {
        for fence in fences(&read(&page)) {
            let Some(file) = &fence.from else { continue };
            quoted += 1;
            if !exists(file) || !is_part_of(&fence, &read(file)) {
                broken.push(format!(
                    "{page}: {file} does not say\n{}",
                    fence.lines.join("\n")
                ));
            }
        }
    }
    assert!(quoted > 0, "CONTRIBUTING.md quotes a policy");
    assert_none(&broken);
}

#[test]
fn a_quotation_that_differs_is_told() {
    let quote = |text: &str| Fence {
        language: "yaml".into(),
        lines: text.lines().map(str::to_owned).collect(),
        from: None,
    };
    let file = "a: 1\nb: 2\nc: 3\nd: 4\n";
    assert!(is_part_of(&quote("b: 2\nc: 3"), file));
    assert!(is_part_of(&quote("a: 1\n…\nc: 3"), file));
    assert!(!is_part_of(&quote("a: 1\nc: 3"), file));
    assert!(!is_part_of(&quote("c: 3\n…\na: 1"), file));
}

#[test]
fn the_map_names_every_folder_and_stays_short() {
    let map = read("ARCHITECTURE.md");
    let lines = map.lines().count();
    assert!(
        lines <= ARCHITECTURE_LINES,
        "ARCHITECTURE.md has {lines} lines: cut it"
    );
    let sources = files("src", "rs", true);
    let is_test = |path: &&String| path.ends_with("/tests.rs") || path.contains("/tests/");
    let code = sources.iter().filter(|path| !is_test(path));
    let folders = code.filter_map(|path| path.strip_prefix("src/")?.rsplit_once('/'));
    let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
    let named: BTreeSet<&str> = code_spans(&map).into_iter().collect();
    let missing: Vec<String> = folders
        .difference(&named)
        .map(|folder| format!("src/{folder} is not on the map"))
        .collect();
    assert_none(&missing);
}

#[test]
fn decisions_are_numbered_listed_and_complete() {
    let index = read("docs/README.md");
    let mut broken = Vec::new();
    for (number, path) in files("docs/decisions", "md", false).iter().enumerate() {
        let text = read(path);
        let name = path.trim_start_matches("docs/");
        let expected = format!("{:04}", number + 1);
        let title = text.lines().next().unwrap_or_default();
        if !name.starts_with(&format!("decisions/{expected}-"))
            || !title.starts_with(&format!("# {expected} "))
        {
            broken.push(format!(
                "{path}: its number is {expected}, in its name and its title"
            ));
        }
        let parts: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        if parts != DECISION_PARTS || text.lines().count() > DECISION_LINES {
            broken.push(format!(
                "{path}: its parts are {DECISION_PARTS:?}, in {DECISION_LINES} lines"
            ));
        }
        if !links(&index).iter().any(|link| link == name) {
            broken.push(format!("docs/README.md does not list {name}"));
        }
    }
    assert_none(&broken);
}

/// The fields of a struct in a source file; `r#type` and renamed ones by their written name.
fn fields(source: &str, name: &str) -> BTreeSet<String> {
    let body = source
        .split(&format!("struct {name} {{"))
        .nth(1)
        .expect("the struct is there");
    let body = body.split("\n}").next().unwrap_or(body);
    let field = Regex::new(r"(?m)^    pub\(super\) (\w+):").expect("it is a pattern");
    field
        .captures_iter(body)
        .map(|found| found[1].to_owned())
        .collect()
}

#[test]
fn the_policy_format_lists_the_keys_that_are_read() {
    let page = read("docs/policy-format.md");
    let rows = rows(&page, "key");
    let keys = rows.iter().flat_map(|row| code_spans(&row[0]));
    let documented: BTreeSet<String> = keys.map(str::to_owned).collect();
    let source = read("src/policy/raw.rs");
    let mut read_keys = fields(&source, "RawPolicy");
    let missing: Vec<&String> = read_keys.difference(&documented).collect();
    assert!(
        missing.is_empty(),
        "docs/policy-format.md §1 does not say what {missing:?} mean"
    );
    read_keys.extend(fields(&source, "RawExample"));
    let unread: Vec<&str> = documented
        .iter()
        .map(|key| key.split(':').next().unwrap_or(key))
        .filter(|key| !read_keys.contains(*key))
        .collect();
    assert!(
        unread.is_empty(),
        "docs/policy-format.md lists {unread:?}, which src/policy/raw.rs does not read"
    );
}
