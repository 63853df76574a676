//! What changed from one edition of the history to the next, read out of the repository.

use std::collections::BTreeSet;

use crate::repository::{Built, History};

/// The changes between two editions but for the header and the change log itself, as
/// (kind, class, path without the item), and how many pairs they have in all.
fn changes(built: &Built, old: &str, new: &str) -> (BTreeSet<(String, String, String)>, usize) {
    let of = |edition: &str| format!("cab/{edition}:plans/kaohsiung-civil-affairs");
    let repo = built.path("");
    let run = crate::world::run(&[
        "diff",
        &of(old),
        &of(new),
        "--repo",
        &repo,
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let diff: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let plans = diff["plans"].as_array().expect("plans");
    assert_eq!(plans.len(), 1, "{}", run.out);
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let (mut found, mut pairs) = (BTreeSet::new(), 0);
    for change in plans[0]["changes"].as_array().expect("changes") {
        let path = text(&change["path"]);
        let field = path.split('[').next().unwrap_or(&path);
        let item = path
            .rsplit("].")
            .next()
            .filter(|rest| rest.len() < path.len());
        if field.starts_with("header") || field.starts_with("history") {
            continue;
        }
        let field = item.map_or(field.to_owned(), |item| {
            format!("{field}.{}", item.split('[').next().unwrap_or(item))
        });
        found.insert((text(&change["kind"]), text(&change["class"]), field));
        pairs += change["pairs"].as_array().map_or(1, Vec::len);
    }
    (found, pairs)
}

fn check(old: &str, new: &str, pairs: usize, expected: &[(&str, &str, &str)]) {
    let built = History::read().build();
    let (found, count) = changes(&built, old, new);
    let own = |(kind, class, path): &(&str, &str, &str)| {
        ((*kind).to_owned(), (*class).to_owned(), (*path).to_owned())
    };
    assert_eq!(found, expected.iter().map(own).collect());
    assert_eq!(count, pairs);
}

#[test]
fn the_first_revision_is_about_grades_alone() {
    // One grade, and the state of all 23.
    let grades = [
        ("changed", "grade", "bodies.grade"),
        ("changed", "grade", "bodies.grade_status"),
    ];
    check("1.0", "1.1", 24, &grades);
}

#[test]
fn three_offices_are_merged_into_one() {
    let merger = [
        ("merged", "grade", "bodies"),
        ("changed", "changed", "security_policy.statements"),
    ];
    check("1.1", "1.2", 3 + 1, &merger);
}

#[test]
fn a_grade_is_approved_and_two_sites_leave() {
    let both = [
        ("changed", "grade", "bodies.grade_status"),
        ("removed", "changed", "businesses.systems"),
        ("removed", "scope", "systems"),
    ];
    check("1.2", "1.3", 1 + 2 + 2, &both);
}

#[test]
fn the_last_revision_renumbers_its_forms_and_changes_no_scope() {
    let built = History::read().build();
    let (found, _) = changes(&built, "1.3", "1.4");
    let fields: BTreeSet<&str> = found
        .iter()
        .filter_map(|(_, _, path)| path.split('.').next())
        .collect();
    // Another layout of the bodies is no change; the training that the log left out is one.
    let expected = [
        "businesses",
        "improvement",
        "objectives",
        "personnel",
        "references",
        "systems",
        "training",
    ];
    assert_eq!(fields.into_iter().collect::<Vec<_>>(), expected);
    let renumbered = found.iter().filter(|(kind, _, _)| kind == "renumbered");
    assert_eq!(renumbered.count(), 1, "{found:?}");
    let repo = built.path("");
    let of = |edition: &str| format!("cab/{edition}:plans/kaohsiung-civil-affairs");
    let run = crate::world::run(&["diff", &of("1.3"), &of("1.4"), "--repo", &repo]);
    assert!(run.out.contains("25 項"), "{}", run.out);
}
