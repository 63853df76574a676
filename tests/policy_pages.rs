//! The pages of `docs/policies/`: fresh, of a readable size, and with the figures of the law.

#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes pages of this repository"
)]

mod pack;

#[path = "covers/figure.rs"]
mod figure;
#[path = "covers/obligations.rs"]
#[expect(
    dead_code,
    reason = "how sure the table is, `covers` holds the policies to"
)]
mod obligations;
#[path = "policy_pages/page.rs"]
mod page;
#[path = "covers/path.rs"]
#[expect(
    dead_code,
    reason = "a page is read by its cells, not by the policy's paths"
)]
mod path;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use plangate::policy::{Pack, Policy};
use plangate::report::policy as pages;

/// A page is read in a browser, not printed as a book.
const LONGEST: usize = 64 * 1024;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let (pack, problems) = pack::load(&pack::folder());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    pack
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policies")
}

/// Every page there should be, by its path below the folder.
fn wanted() -> BTreeMap<String, String> {
    let page = |policy: &Policy| {
        let path = format!("{}/{}.md", policy.theme, policy.id);
        (path, pages::page(policy))
    };
    let mut wanted: BTreeMap<String, String> = PACK.policies.values().map(page).collect();
    wanted.insert("README.md".to_owned(), pages::index(&PACK));
    wanted
}

fn there(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            there(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn the_pages_are_those_of_the_pack() {
    let wanted = wanted();
    let mut found = Vec::new();
    there(&folder(), &mut found);
    let updates = env::var("UPDATE").is_ok();
    for path in found {
        let below = path
            .strip_prefix(folder())
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/");
        if updates && !wanted.contains_key(&below) {
            fs::remove_file(&path).expect("an old page goes");
        }
        assert!(
            updates || wanted.contains_key(&below),
            "no policy has the page {below}"
        );
    }
    for (below, text) in &wanted {
        let path = folder().join(below);
        if updates {
            fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            fs::write(&path, text).expect("it is written");
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == *text,
            "{below} is not fresh: UPDATE=1 cargo test --test policy_pages"
        );
    }
}

#[test]
fn no_page_is_longer_than_one_reads() {
    for (below, text) in wanted() {
        assert!(text.len() <= LONGEST, "{below}: {} bytes", text.len());
    }
}

#[test]
fn every_figure_of_a_page_is_that_of_the_law() {
    let table = obligations::Table::parse(include_str!("../policies/obligations.yaml"));
    let table = table.expect("the table reads");
    let (mut problems, mut compared) = (Vec::new(), 0);
    for policy in PACK.policies.values() {
        let text = pages::page(policy);
        let page = page::Page::parse(&text);
        let (found, count) = page.problems(policy, &table);
        compared += count;
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{}: {problem}", policy.id)),
        );
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    assert!(
        compared > 100,
        "only {compared} figures were found on the pages"
    );
}
