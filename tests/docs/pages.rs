//! Markdown pages of the repository, taken apart: code blocks, tables, links.

use std::fs;
use std::path::{Path, PathBuf};

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The word after the fence.
    pub(crate) language: String,
    /// Its lines.
    pub(crate) lines: Vec<String>,
    /// The file it is a part of, if the line above says `<!-- from FILE -->`.
    pub(crate) from: Option<String>,
}

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths of all pages: those at the root, and those under `docs/`.
pub(crate) fn pages() -> Vec<String> {
    let mut found = files("", "md", false);
    found.extend(files("docs", "md", true));
    assert!(found.len() > 10, "the pages were not found");
    found
}

/// Files with an extension in a folder, and below it if `deep`, as paths from the root, sorted.
pub(crate) fn files(folder: &str, extension: &str, deep: bool) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join(folder), extension, deep, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, extension: &str, deep: bool, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() && deep {
            collect(&path, extension, deep, found);
        } else if path.is_file() && path.extension().is_some_and(|other| other == extension) {
            let below = path.strip_prefix(root()).expect("it is below the root");
            found.push(below.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// The code blocks of a page.
pub(crate) fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    let mut before = "";
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                let from = before
                    .strip_prefix("<!-- from ")
                    .and_then(|s| s.strip_suffix(" -->"));
                let from = from.map(str::to_owned);
                open = Some(Fence {
                    language: language.to_owned(),
                    lines: Vec::new(),
                    from,
                });
            }
            (None, Some(fence)) => fence.lines.push(line.to_owned()),
            (None, None) => {}
        }
        before = line;
    }
    found
}

/// The text outside of code blocks.
pub(crate) fn prose(page: &str) -> String {
    let mut inside = false;
    let lines = page.lines().filter(|line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The rows of all tables whose first column is called `first`, their cells trimmed.
pub(crate) fn rows(page: &str, first: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        let Some(line) = line.strip_prefix('|') else {
            inside = false;
            continue;
        };
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        if cells[0] == first {
            inside = true;
        } else if inside && !cells[0].starts_with("--") {
            found.push(cells);
        }
    }
    found
}

/// What stands between backticks.
pub(crate) fn code_spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The targets of links, without those that lead away or to a heading.
pub(crate) fn links(page: &str) -> Vec<String> {
    let prose = prose(page);
    let targets = prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let own = targets.filter(|target| !target.starts_with("http") && !target.starts_with('#'));
    own.map(|target| target.split('#').next().unwrap_or(target).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# A\n[b](docs/b.md#c) [d](https://e) [f](#g)\n<!-- from x.yaml -->\n```yaml\na: [1](2)\n```\n\
        | k | v |\n|---|---|\n| `a` | b |\n\n| other |\n|---|\n| c |\n";

    #[test]
    fn a_page_is_taken_apart() {
        let fences = fences(PAGE);
        assert_eq!(fences.len(), 1);
        assert_eq!(
            (&*fences[0].language, fences[0].from.as_deref()),
            ("yaml", Some("x.yaml"))
        );
        assert_eq!(fences[0].lines, ["a: [1](2)"]);
        assert_eq!(links(PAGE), ["docs/b.md"]);
        assert_eq!(rows(PAGE, "k"), [["`a`", "b", ""]]);
        assert_eq!(code_spans("x `a` y `b.c`"), ["a", "b.c"]);
    }
}
