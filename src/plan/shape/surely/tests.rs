//! What is sure is what the validator accepts: over all plans of the repository, and over what is
//! left of them when one thing after the other is changed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::super::json_view::View;
use super::super::validator::Validator;
use super::super::walk::Seen;
use super::Forms;
use crate::document::{Document, Limits, Node, parse};
use crate::plan::Schema;
use crate::text::SourceFile;

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);
static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::of(&SCHEMA));
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(&SCHEMA));

fn read(text: &str) -> Option<Document> {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    parse(&file, Limits::default()).document
}

/// Whether it is sure, and whether the validator accepts it. What is seen in a sure one on the way is what
/// a walk of its own sees.
#[track_caller]
fn both(plan: &Document) -> (bool, bool) {
    let mut seen = Seen::default();
    let is_sure = FORMS.accept(plan.root(), &mut seen);
    if is_sure {
        assert_eq!(seen, Seen::plan(plan.root(), &SCHEMA));
    }
    let violations = VALIDATOR.violations(View::Node(plan.root()));
    (is_sure, violations.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans");
    let folders = std::fs::read_dir(folder).expect("the fixtures");
    let mut plans: Vec<PathBuf> = folders
        .map(|folder| folder.expect("readable").path().join("plan.yaml"))
        .filter(|plan| plan.is_file())
        .collect();
    plans.sort();
    plans
        .iter()
        .map(|plan| std::fs::read_to_string(plan).expect("readable"))
        .collect()
}

#[test]
fn every_plan_of_the_repository_is_sure() {
    for text in fixtures() {
        assert_eq!(both(&read(&text).unwrap()), (true, true));
    }
}

/// What stands in the way of a value, of every kind that a form knows.
const INSTEAD: [&str; 12] = [
    "",
    "~",
    "甲",
    "-1",
    "2.5",
    "true",
    "[]",
    "{}",
    "[甲, 甲]",
    "{ by_law: { law: act } }",
    "{ not_applicable: 無, for: [A] }",
    "[{ for: [A], see: 甲 }, { delegated_to: [] }]",
];

/// A node and all below it.
fn all(node: Node<'_>) -> Vec<Node<'_>> {
    let values = node.entries().map(|entry| entry.value);
    let below = values.chain(node.items()).flat_map(all);
    std::iter::once(node)
        .chain(below.collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_is_sure_the_validator_accepts_whatever_is_changed() {
    let mut sure = 0;
    let small = fixtures().into_iter().filter(|text| text.len() < 100_000);
    for (at, text) in small.enumerate() {
        let plan = read(&text).unwrap();
        // Another value in every place of the plans would take minutes; each takes its share.
        let share = all(plan.root()).into_iter().skip(at).step_by(17);
        for (turn, node) in share.enumerate() {
            let value = INSTEAD[turn % INSTEAD.len()];
            let mut changed = text.clone();
            changed.replace_range(node.span().range(), value);
            let Some(changed) = read(&changed) else {
                continue;
            };
            let (is_sure, is_accepted) = both(&changed);
            assert!(is_accepted || !is_sure, "{} becomes {value}", node.path());
            sure += usize::from(is_sure);
        }
    }
    assert!(sure > 20, "some changes are harmless: {sure}");
}

#[test]
fn what_has_to_be_looked_at_again_is_seen_on_the_way() {
    let text = "risk: [{ for: [A], every: 1y, cite: 12 }, { except: A, every: 2y }]
bodies: [{ id: a, name: 7 }, { id: a, name: 乙 }]
training: { rules: [{ by_law: { law: act, article: 10 }, for: [A] }], delegated_to: [1.10] }
";
    let plan = read(text).unwrap();
    let mut seen = Seen::default();
    assert!(FORMS.accept(plan.root(), &mut seen));
    let unquoted = seen.unquoted.iter().map(|node| node.written());
    assert_eq!(unquoted.collect::<Vec<_>>(), ["12", "7", "1.10"]);
    assert_eq!((seen.keyed.len(), seen.variants.len()), (2, 1));
}

#[track_caller]
fn check(text: &str, expected: bool) {
    assert_eq!(both(&read(text).unwrap()), (expected, expected), "{text}");
}

#[test]
fn a_section_in_a_file_of_its_own_is_judged_as_that_section() {
    let risk = read("every: 1y\n").unwrap();
    let accepts = |name, section: &Document| {
        let mut seen = Seen::default();
        let is_sure = FORMS.accept_section(name, section.root(), &mut seen);
        if is_sure {
            assert_eq!(seen, Seen::section(name, section.root(), &SCHEMA));
        }
        is_sure
    };
    assert!(accepts("risk", &risk));
    for name in ["header", "riks"] {
        assert!(!accepts(name, &risk), "{name}");
    }
    let bodies = read("[{ id: a, name: 甲 }, { id: b, name: 1.10 }]\n").unwrap();
    assert!(accepts("bodies", &bodies));
}

#[test]
fn modes_stand_where_the_schema_lets_them() {
    check("risk: { by_law: { law: act } }\n", true);
    check("risk: { every: { not_applicable: 無 } }\n", true);
    check("risk: { every: { for: [A] } }\n", false);
    check(
        "risk: { every: 1y, delegated_to: [甲, 乙], see: 丙 }\n",
        true,
    );
    check("risk: { every: 1y, delegated_to: [] }\n", false);
    check(
        "risk: [{ for: [A], every: 1y }, { except: A, every: 2y }]\n",
        true,
    );
    check("risk: [{ every: 1y }]\n", false);
    check("risk: []\n", false);
    check("systems: { annex: annex-1 }\n", true);
    check("systems: { annex: { column: 甲 } }\n", false);
    check(
        "risk: { every: 1y, cite: [{ law: act, article: 10 }, 甲] }\n",
        true,
    );
    check("risk: { every: 1y, cite: { lw: act } }\n", false);
}

#[test]
fn rows_say_for_whom_their_mode_holds() {
    check(
        "training: { rules: [{ not_applicable: 無, for: [A, B] }] }\n",
        true,
    );
    check("training: { rules: [{ not_applicable: 無 }] }\n", false);
    check(
        "training: { rules: [{ not_applicable: 無, for: [A, A] }] }\n",
        false,
    );
}

#[test]
fn scalars_keep_their_bounds_and_spellings() {
    check("bodies: [{ id: a-1, name: 甲, grade: C }]\n", true);
    check("bodies: [{ id: A1, name: 甲, grade: C }]\n", false);
    check("bodies: [{ id: a, name: 甲, grade: F }]\n", false);
    check("bodies: [{ id: a }]\n", false);
    check("header: { title: 1.10, issued: 111年4月 }\n", true);
    check("header: { title: 甲, issued: 四月 }\n", false);
    check("conventions: { hours_per_workday: 8 }\n", true);
    check("conventions: { hours_per_workday: 99 }\n", false);
    check("extra: 1\n", false);
    check("甲\n", false);
}
