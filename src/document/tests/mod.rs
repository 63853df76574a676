//! What the reader promises, rule by rule.

mod bytes;
mod hostile;
mod profile;
mod spans;
mod syntax;

use std::sync::Arc;

use crate::finding::{Finding, Severity};
use crate::text::{Language, SourceFile};

use super::{Content, Document, Limits, Node, Parsed, parse};

/// Reads a text with the limits of the profile.
fn parsed(text: &str) -> Parsed {
    parse(
        &Arc::new(SourceFile::new("plan.yaml", text)),
        Limits::default(),
    )
}

fn document(text: &str) -> Document {
    parsed(text).document.expect("small enough")
}

/// A finding as `rule@place`, without the family of the rule.
fn brief(finding: &Finding) -> String {
    let rule = finding.policy.trim_start_matches("syntax/");
    format!("{rule}@{}", finding.place.text())
}

/// The findings of a text in brief.
fn findings(text: &str) -> Vec<String> {
    parsed(text).findings.iter().map(brief).collect()
}

/// Checks the findings of a text, and that each says what to do in both languages.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let findings = parsed(text).findings;
    let briefs: Vec<String> = findings.iter().map(brief).collect();
    assert_eq!(briefs, expected, "{text}");
    for finding in findings {
        let help = finding.help.expect("every finding has help");
        for language in Language::ALL {
            for words in [&finding.title, &finding.message, &help] {
                assert!(!words.get(language).is_empty(), "{text}: {words:?}");
            }
        }
    }
}

/// A tree in the flow style of YAML, strings in quotes.
fn shape(node: Node<'_>) -> String {
    match node.content() {
        Content::Null => "null".to_owned(),
        Content::Bool(value) => value.to_string(),
        Content::Int(value) => value.to_string(),
        Content::Float(value) => format!("{value:?}"),
        Content::Text(text) => format!("{text:?}"),
        Content::List => {
            let items: Vec<String> = node.items().map(shape).collect();
            format!("[{}]", items.join(", "))
        }
        Content::Map => {
            let entry = |entry: super::Entry<'_>| format!("{}: {}", entry.key, shape(entry.value));
            let entries: Vec<String> = node.entries().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[test]
fn a_tree_answers_by_key_index_and_type() {
    let document = document("name: 甲\ngrades: [A, 2, true, ~, 1.50]\nempty: {}\n");
    let root = document.root();
    assert_eq!(
        shape(root),
        r#"{name: "甲", grades: ["A", 2, true, null, 1.5], empty: {}}"#
    );
    let grades = root.get("grades").expect("it is there");
    let items: Vec<Node<'_>> = grades.items().collect();
    assert_eq!(
        (items[0].as_str(), items[1].as_int(), items[2].as_bool()),
        (Some("A"), Some(2), Some(true))
    );
    assert_eq!(
        (items[1].as_str(), items[0].as_int(), items[1].as_bool()),
        (None, None, None)
    );
    assert!(items[3].is_null() && grades.is_list() && root.is_map());
    assert_eq!(items[4].written(), "1.50");
    assert!(root.get("none").is_none() && grades.get("A").is_none() && root.items().len() == 0);
    assert_eq!(root.get("empty").map(|node| node.entries().len()), Some(0));
}

#[test]
fn a_node_knows_its_way_from_the_root() {
    let document = document("bodies:\n  - name: 甲\n    grades: [[x]]\n");
    let x = document
        .at(u32::try_from(document.file().text().find('x').expect("there")).expect("small"));
    assert_eq!(
        (x.written(), x.path().as_str()),
        ("x", "bodies[0].grades[0][0]")
    );
    assert_eq!(
        x.parent()
            .and_then(Node::parent)
            .map(|grades| grades.own_entry().map(|entry| entry.key)),
        Some(Some("grades"))
    );
    assert_eq!(x.own_index(), Some(0));
    assert_eq!(document.root().path(), "");
    assert!(document.root().parent().is_none() && document.root().own_entry().is_none());
}

#[test]
fn a_byte_between_two_entries_is_of_neither() {
    let document = document("a:\n  b: 1\n\nc: 2\n");
    let at = |byte| document.at(byte).path();
    assert_eq!(
        [at(0), at(5), at(8), at(10), at(11), at(14)],
        ["a", "a.b", "a.b", "", "c", "c"]
    );
}

#[test]
fn numbers_of_nodes_follow_the_text() {
    let document = document("a: [1, {b: 2}]\nc: 3\n");
    let starts: Vec<u32> = (0..document.len())
        .map(|id| {
            document
                .node(super::NodeId(u32::try_from(id).expect("few")))
                .span()
                .start
        })
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn an_empty_file_is_null() {
    for text in ["", "\n", "# nothing\n", "---\n", "---\n...\n"] {
        let parsed = parsed(text);
        assert!(parsed.findings.is_empty(), "{text:?}");
        let document = parsed.document.expect("small enough");
        assert!(
            document.root().is_null() && document.is_complete(),
            "{text:?}"
        );
    }
}

#[test]
fn findings_stand_in_the_order_of_the_file_with_paths() {
    let text = "a: no\nb:\n  - x: &y 1\n  - 'z\n";
    let findings = parsed(text).findings;
    let places: Vec<(String, &str)> = findings
        .iter()
        .map(|finding| (brief(finding), &*finding.place.path))
        .collect();
    assert_eq!(places[0], ("ambiguous-scalar@no".to_owned(), "a"));
    assert_eq!(places[1], ("anchor@&y".to_owned(), "b[0].x"));
    assert_eq!(places[2].0, "not-yaml@'");
    assert_eq!(findings[0].severity, Severity::Warning);
    assert_eq!(findings[1].severity, Severity::Error);
}

#[test]
fn alike_findings_at_one_path_have_distinct_fingerprints_that_do_not_hang_on_lines() {
    let fingerprints = |text: &str| -> Vec<String> {
        parsed(text)
            .findings
            .iter()
            .map(|finding| finding.fingerprint.to_string())
            .collect()
    };
    let there = fingerprints("a:\tb\tc\n");
    assert_eq!(there.len(), 2);
    assert_ne!(there[0], there[1]);
    assert_eq!(there, fingerprints("# moved\n\na:\tb\tc\n"));
}
