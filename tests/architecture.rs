//! The architecture, held by tests: the layers that ARCHITECTURE.md draws, and the habits that keep
//! the modules apart. Each rule is a function from a source file to what is wrong with it, runs over
//! the whole of `src/`, and is shown below to be able to fail.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the source of this repository"
)]

#[path = "architecture/code.rs"]
mod code;

use std::fs;
use std::path::{Path, PathBuf};

use code::{code_only, lines_without_tests, named_modules, tokens};

/// Lines of a file without its tests; beyond this it holds more than one idea.
const MAX_LINES: usize = 400;
/// Modules that carry whatever found no place elsewhere.
const DRAWERS: [&str; 8] = [
    "util",
    "utils",
    "utilities",
    "common",
    "helper",
    "helpers",
    "misc",
    "shared",
];
/// Modules that may print, for they are the process.
const PRINTERS: [&str; 2] = ["cli", "main"];
/// Modules whose types have a written form.
const WRITERS: [&str; 2] = ["report", "forge"];
/// Modules whose types are read from what a user wrote, or what a forge answers.
const READERS: [&str; 3] = ["config", "policy", "forge"];
/// Implements serde's `Deserializer` over the tree, so it must name the trait; it decodes nothing.
const DESERIALIZER: &str = "src/document/typed/";
/// Modules that open files or read the configuration. What judges gets its input as arguments.
const DOORS: [&str; 2] = ["source", "config"];
/// Modules that may open a door.
const DOORKEEPERS: [&str; 4] = ["cli", "main", "review", "forge"];

/// A file of `src/`.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: code_only(text),
        }
    }

    /// The module of the crate's root that it belongs to; `lib` and `main` for the roots themselves.
    fn module(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below
            .split('/')
            .next()
            .unwrap_or(below)
            .trim_end_matches(".rs")
    }

    /// How many modules lie between the root and it.
    fn depth(&self) -> usize {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        below
            .trim_end_matches("/mod")
            .split('/')
            .filter(|part| !matches!(*part, "lib" | "main"))
            .count()
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    fn at(&self, line: usize, problem: &str) -> String {
        format!("{}:{line}: {problem}", self.path)
    }

    /// Every place where one of `words` stands in the code.
    fn words(&self, words: &[&str], problem: &str) -> Vec<String> {
        let found = tokens(&self.code)
            .into_iter()
            .filter(|(_, word)| words.contains(word));
        found
            .map(|(line, word)| self.at(line, &format!("`{word}` {problem}")))
            .collect()
    }
}

/// A row of the table of layers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer {
    number: u8,
    module: String,
    planned: bool,
}

/// The rows `| 4 | `plan` | … |` of a Markdown page; `*later*` marks a module that is not there yet.
fn layers(page: &str) -> Vec<Layer> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
        let number = cells.first()?.parse().ok()?;
        let module = cells
            .get(1)?
            .strip_prefix('`')?
            .split('`')
            .next()?
            .to_owned();
        Some(Layer {
            number,
            module,
            planned: line.contains("*later*"),
        })
    };
    page.lines().filter_map(row).collect()
}

fn layer_of<'l>(module: &str, layers: &'l [Layer]) -> Option<&'l Layer> {
    layers.iter().find(|layer| layer.module == module)
}

fn imports_point_down(source: &Source, layers: &[Layer]) -> Vec<String> {
    let own = source.module();
    let Some(layer) = layer_of(own, layers).filter(|_| own != "lib") else {
        return Vec::new();
    };
    let named = named_modules(&source.code, source.depth());
    let upward = named.into_iter().filter_map(|(line, name)| {
        let other = layer_of(&name, layers)?;
        (other.module != own && other.number >= layer.number).then(|| {
            let (from, to) = (layer.number, other.number);
            source.at(
                line,
                &format!("`{own}` (layer {from}) imports `{name}` (layer {to})"),
            )
        })
    });
    upward.collect()
}

fn doors_stay_shut(source: &Source) -> Vec<String> {
    let own = source.module();
    if DOORKEEPERS.contains(&own) {
        return Vec::new();
    }
    let named = named_modules(&source.code, source.depth()).into_iter();
    let opened = named.filter(|(_, name)| DOORS.contains(&name.as_str()) && name != own);
    opened
        .map(|(line, name)| source.at(line, &format!("`{own}` imports `{name}`")))
        .collect()
}

fn prints_only_at_the_top(source: &Source) -> Vec<String> {
    if PRINTERS.contains(&source.module()) {
        return Vec::new();
    }
    source.words(
        &["println", "eprintln", "print", "eprint"],
        "outside of cli",
    )
}

fn says_nothing_is_unfinished(source: &Source) -> Vec<String> {
    let marks = ["TODO", "FIXME", "XXX", "HACK"];
    let lines = source.text.lines().enumerate();
    let is_marked = |line: &str| {
        let mut words = line.split(|c: char| !c.is_ascii_alphabetic());
        words.any(|word| marks.contains(&word))
    };
    let marked = lines.filter(|(_, line)| is_marked(line));
    marked
        .map(|(index, line)| source.at(index + 1, line.trim()))
        .collect()
}

fn has_one_order(source: &Source) -> Vec<String> {
    source.words(&["HashMap", "HashSet"], "has another order on every run")
}

fn writes_only_at_the_edge(source: &Source) -> Vec<String> {
    if WRITERS.contains(&source.module()) {
        return Vec::new();
    }
    source.words(&["Serialize", "Serializer"], "outside of report and forge")
}

fn reads_only_what_users_write(source: &Source) -> Vec<String> {
    if READERS.contains(&source.module()) || source.path.starts_with(DESERIALIZER) {
        return Vec::new();
    }
    let words = ["Deserialize", "Deserializer", "DeserializeOwned"];
    source.words(&words, "outside of config, policy and forge")
}

fn is_no_drawer(source: &Source) -> Vec<String> {
    let below = source
        .path
        .trim_start_matches("src/")
        .trim_end_matches(".rs");
    let by_path = below.split('/').filter(|part| DRAWERS.contains(part));
    let mut found: Vec<String> = by_path
        .map(|part| source.at(1, &format!("module `{part}`")))
        .collect();
    let all = tokens(&source.code);
    let declared = all
        .windows(2)
        .filter(|pair| pair[0].1 == "mod" && DRAWERS.contains(&pair[1].1));
    found.extend(declared.map(|pair| source.at(pair[1].0, &format!("module `{}`", pair[1].1))));
    found
}

fn is_one_idea_long(source: &Source) -> Vec<String> {
    let lines = lines_without_tests(&source.code);
    if source.is_test() || lines <= MAX_LINES {
        return Vec::new();
    }
    vec![source.at(lines, &format!("{lines} lines without tests"))]
}

fn says_what_it_is(source: &Source) -> Vec<String> {
    let tells = source.is_test() || source.text.starts_with("//! ");
    if tells {
        Vec::new()
    } else {
        vec![source.at(1, "does not begin with `//!`")]
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn drawn_layers() -> Vec<Layer> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md"));
    layers(&page.expect("ARCHITECTURE.md draws the layers"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below = path.strip_prefix(root()).expect("it is below the root");
            let name = below.to_string_lossy().replace('\\', "/");
            found.push(Source::new(
                &name,
                &fs::read_to_string(&path).expect("it is UTF-8"),
            ));
        }
    }
}

/// Runs a rule over `src/`.
fn hold(rule: impl Fn(&Source) -> Vec<String>, advice: &str) {
    let broken: Vec<String> = sources().iter().flat_map(rule).collect();
    assert!(broken.is_empty(), "\n{}\n\n{advice}\n", broken.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    let layers = drawn_layers();
    let mut modules: Vec<String> = sources().iter().map(|s| s.module().to_owned()).collect();
    modules.dedup();
    for module in modules.iter().filter(|module| *module != "lib") {
        let layer = layer_of(module, &layers);
        assert!(
            layer.is_some_and(|layer| !layer.planned),
            "src/{module} is there: give it a row in the table of ARCHITECTURE.md, without *later*"
        );
    }
    for layer in layers.iter().filter(|layer| !layer.planned) {
        assert!(
            modules.contains(&layer.module),
            "ARCHITECTURE.md draws `{0}`, but src/{0} is not there: mark its row *later*",
            layer.module
        );
    }
}

#[test]
fn imports_point_down_only() {
    let layers = drawn_layers();
    hold(
        |source| imports_point_down(source, &layers),
        "A module imports lower layers only (table in ARCHITECTURE.md). Move what both need down, \
         or let the caller pass it in.",
    );
}

#[test]
fn only_the_top_opens_files() {
    hold(
        doors_stay_shut,
        "What judges gets texts and settings as arguments: the same input must give the same \
         output on every machine. Read the file in cli and pass what is needed.",
    );
}

#[test]
fn only_cli_prints() {
    hold(
        prints_only_at_the_top,
        "Return a value, or write to the `io::Write` you were given.",
    );
}

#[test]
fn nothing_is_left_unfinished() {
    hold(
        says_nothing_is_unfinished,
        "Finish it, or open an issue and take the line out.",
    );
}

#[test]
fn maps_have_one_order() {
    hold(
        has_one_order,
        "Output is the same bytes on every run: use BTreeMap or BTreeSet.",
    );
}

#[test]
fn only_formats_are_serialized() {
    hold(
        writes_only_at_the_edge,
        "A domain type has no wire format: give the format a struct of its own in report.",
    );
}

#[test]
fn only_configuration_and_policies_are_deserialized() {
    hold(
        reads_only_what_users_write,
        "Plans are read as a tree, not into structs: a value that has lost its place gives a \
         finding without one.",
    );
}

#[test]
fn no_module_is_a_drawer() {
    hold(is_no_drawer, "Put each function where its noun lives.");
}

#[test]
fn files_hold_one_idea() {
    hold(
        is_one_idea_long,
        "Split it by noun; tests may move to <module>/tests.rs.",
    );
}

#[test]
fn every_module_says_what_it_is() {
    hold(
        says_what_it_is,
        "Begin with `//!`: what it turns into what, and what it deliberately does not know.",
    );
}

/// Every rule above, shown to fail where it must and only there.
mod the_rules_can_fail {
    use super::*;

    fn check(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str, problems: usize) {
        let found = rule(&Source::new(path, text));
        assert_eq!(found.len(), problems, "{path}: {text:?} gave {found:?}");
    }

    fn two_layers() -> Vec<Layer> {
        layers(
            "| 1 | `low` | q |\n| 1 | `beside` | q |\n| 2 | `high` | q |\n| 3 | `far` | q | *later* |",
        )
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let layers = two_layers();
        assert_eq!(layers.len(), 4);
        assert_eq!((layers[2].number, layers[2].module.as_str()), (2, "high"));
        assert!(layers[3].planned && !layers[2].planned);
        assert!(self::layers("| layer | module |\n|---|---|\n| `x` | 1 |").is_empty());
    }

    #[test]
    fn an_import_upward_or_sideways() {
        let layers = two_layers();
        let rule = |source: &Source| imports_point_down(source, &layers);
        check(rule, "src/low/mod.rs", "use crate::high::Thing;", 1);
        check(
            rule,
            "src/low/deep/mod.rs",
            "fn f(x: super::super::high::Thing) {}",
            1,
        );
        check(
            rule,
            "src/low/mod.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::high::f;\n}",
            1,
        );
        check(rule, "src/low/mod.rs", "use crate::{low::a, beside::b};", 1);
        check(
            rule,
            "src/high/mod.rs",
            "use crate::{low::a, beside::b, high::c};",
            0,
        );
        check(
            rule,
            "src/low/mod.rs",
            "// see crate::high\nuse crate::low::a;",
            0,
        );
    }

    #[test]
    fn a_door_opened_from_below() {
        check(
            doors_stay_shut,
            "src/check/run.rs",
            "use crate::source::read;",
            1,
        );
        check(
            doors_stay_shut,
            "src/cli/check.rs",
            "use crate::{config, source};",
            0,
        );
        check(
            doors_stay_shut,
            "src/source/mod.rs",
            "use crate::source::git;",
            0,
        );
    }

    #[test]
    fn a_print_below_cli() {
        check(
            prints_only_at_the_top,
            "src/check/run.rs",
            "fn f() { println!(\"x\"); }",
            1,
        );
        check(
            prints_only_at_the_top,
            "src/check/run.rs",
            "// println!(\"x\")",
            0,
        );
        check(
            prints_only_at_the_top,
            "src/cli/mod.rs",
            "fn f() { eprintln!(\"x\"); }",
            0,
        );
    }

    #[test]
    fn a_mark_of_unfinished_work() {
        check(
            says_nothing_is_unfinished,
            "src/a.rs",
            "// TODO: dates\n/* FIXME */",
            2,
        );
        check(
            says_nothing_is_unfinished,
            "src/a.rs",
            "// not a TODOLIST",
            0,
        );
    }

    #[test]
    fn an_unordered_map() {
        check(
            has_one_order,
            "src/a.rs",
            "use std::collections::HashMap;",
            1,
        );
        check(
            has_one_order,
            "src/a.rs",
            "// HashMap\nlet x = \"HashMap\";",
            0,
        );
    }

    #[test]
    fn a_wire_format_in_the_domain() {
        check(
            writes_only_at_the_edge,
            "src/finding/mod.rs",
            "#[derive(Serialize)] struct A;",
            1,
        );
        check(
            writes_only_at_the_edge,
            "src/report/json.rs",
            "#[derive(Serialize)] struct A;",
            0,
        );
        let derive = "#[derive(serde::Deserialize)] struct A;";
        check(reads_only_what_users_write, "src/plan/body.rs", derive, 1);
        check(reads_only_what_users_write, "src/policy/raw.rs", derive, 0);
        check(
            reads_only_what_users_write,
            "src/document/node.rs",
            derive,
            1,
        );
        check(
            reads_only_what_users_write,
            "src/document/typed/mod.rs",
            derive,
            0,
        );
    }

    #[test]
    fn a_drawer() {
        check(is_no_drawer, "src/check/util.rs", "//! x", 1);
        check(is_no_drawer, "src/helpers/mod.rs", "//! x", 1);
        check(is_no_drawer, "src/check/mod.rs", "mod common;", 1);
        check(
            is_no_drawer,
            "src/check/mod.rs",
            "mod uncommon; // mod util",
            0,
        );
    }

    #[test]
    fn a_file_of_many_ideas() {
        let long = "fn f() {}\n".repeat(MAX_LINES + 1);
        check(is_one_idea_long, "src/a.rs", &long, 1);
        check(is_one_idea_long, "src/a/tests.rs", &long, 0);
        check(
            is_one_idea_long,
            "src/a.rs",
            &format!("#[cfg(test)]\nmod tests {{\n{long}}}\n"),
            0,
        );
        check(
            is_one_idea_long,
            "src/a.rs",
            &"fn f() {}\n".repeat(MAX_LINES),
            0,
        );
    }

    #[test]
    fn a_module_without_a_word() {
        check(says_what_it_is, "src/a.rs", "use std::fs;", 1);
        check(says_what_it_is, "src/a.rs", "// a comment\n", 1);
        check(says_what_it_is, "src/a.rs", "//! Dates.\n", 0);
    }
}
