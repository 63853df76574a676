use super::{document, parsed, shape};
use crate::document::{Content, Node, Style};

/// Every node of a tree.
fn nodes<'d>(node: Node<'d>, into: &mut Vec<Node<'d>>) {
    into.push(node);
    for entry in node.entries() {
        nodes(entry.value, into);
    }
    for item in node.items() {
        nodes(item, into);
    }
}

/// The texts of the spans of all nodes in the order of the file.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = document(text);
    let mut all = Vec::new();
    nodes(document.root(), &mut all);
    let spans: Vec<&str> = all
        .iter()
        .map(|node| document.file().slice(node.span()))
        .collect();
    assert_eq!(spans, expected, "{text}");
}

#[test]
fn a_block_ends_with_its_last_value_and_not_at_the_next_token() {
    check(
        "\n# top\na:\n  b: 1\n\n  # of b\n\nc: 2 # two\n\n",
        &["a:\n  b: 1\n\n  # of b\n\nc: 2", "b: 1", "1", "2"],
    );
    check(
        "a:\n  - x\n  - y: 1\n    z: 2\n\nb: 3\n",
        &[
            "a:\n  - x\n  - y: 1\n    z: 2\n\nb: 3",
            "- x\n  - y: 1\n    z: 2",
            "x",
            "y: 1\n    z: 2",
            "1",
            "2",
            "3",
        ],
    );
}

#[test]
fn a_list_begins_at_its_first_dash_indented_or_not() {
    check("a:\n- x\n- y\n", &["a:\n- x\n- y", "- x\n- y", "x", "y"]);
    check(
        "a: # - no\n  # - nor this\n- x\n",
        &["a: # - no\n  # - nor this\n- x", "- x", "x"],
    );
    check(
        "- - x\n  -\n-\n",
        &["- - x\n  -\n-", "- x\n  -", "x", "", ""],
    );
    check("a:\n- - x\n", &["a:\n- - x", "- - x", "- x", "x"]);
    check("a:\n-\n  - x\n", &["a:\n-\n  - x", "-\n  - x", "- x", "x"]);
}

#[test]
fn quotes_and_brackets_are_part_of_the_span() {
    check(
        "a: 'x'\nb: \"y\\n\"\nc: [ 1, {d: e} ]\n",
        &[
            "a: 'x'\nb: \"y\\n\"\nc: [ 1, {d: e} ]",
            "'x'",
            "\"y\\n\"",
            "[ 1, {d: e} ]",
            "1",
            "{d: e}",
            "e",
        ],
    );
    check("[a: b , c]", &["[a: b , c]", "a: b", "b", "c"]);
}

#[test]
fn a_block_scalar_runs_from_its_indicator_to_the_end_of_its_last_line() {
    check(
        "a: |\n  x\n\n  y\n\nb: 1\n",
        &["a: |\n  x\n\n  y\n\nb: 1", "|\n  x\n\n  y", "1"],
    );
    check(
        "- >-  # folded\n  x\n  y\n- 1\n",
        &[
            "- >-  # folded\n  x\n  y\n- 1",
            ">-  # folded\n  x\n  y",
            "1",
        ],
    );
    check(
        "a: |+\n  x\n\n\nb: 1\n",
        &["a: |+\n  x\n\n\nb: 1", "|+\n  x\n\n", "1"],
    );
    check(
        "a: |\n\nb: |2\n\n   x\n",
        &["a: |\n\nb: |2\n\n   x", "|", "|2\n\n   x"],
    );
    check(
        "a: |\r\n  x\r\nb: 1\r\n",
        &["a: |\r\n  x\r\nb: 1", "|\r\n  x", "1"],
    );
    check("--- |\n x\n", &["|\n x"]);
    check("a: |\n  x\n    \n \n", &["a: |\n  x\n    ", "|\n  x\n    "]);
}

#[test]
fn a_value_left_out_stands_behind_its_colon_or_dash() {
    let document = document("a:\nb : # none\nc: {d, e: }\n- x".trim_end_matches("- x"));
    let text = document.file().text();
    let end = |key: &str| {
        let mut all = Vec::new();
        nodes(document.root(), &mut all);
        let entry = all
            .iter()
            .find_map(|node| node.entry(key))
            .expect("it is there");
        assert!(entry.value.is_null());
        (entry.value.span().start, entry.value.span().end)
    };
    let after = |words: &str| {
        let at =
            u32::try_from(text.find(words).expect("it is there") + words.len()).expect("small");
        (at, at)
    };
    assert_eq!(end("a"), after("a:"));
    assert_eq!(end("b"), after("b :"));
    assert_eq!(end("d"), after("{d"));
    assert_eq!(end("e"), after("e:"));
}

#[test]
fn a_scalar_over_several_lines_is_folded_and_its_span_is_not() {
    let document = document("a: x\n  y\nb: \"p\n  q\\\n  r\"\nc: 'it''s'\n");
    assert_eq!(
        shape(document.root()),
        r#"{a: "x y", b: "p qr", c: "it's"}"#
    );
    check("a: x\n  y\n", &["a: x\n  y", "x\n  y"]);
}

#[test]
fn keys_have_spans_and_styles_of_values_are_kept() {
    let text = "\"a b\": 'x'\n中文: |\n  y\nk: >\n  z\nm: [1]\nn:\n  - 1\n";
    let document = document(text);
    let entries: Vec<_> = document.root().entries().collect();
    let keys: Vec<_> = entries
        .iter()
        .map(|entry| (entry.key, document.file().slice(entry.key_span)))
        .collect();
    assert_eq!(keys[0], ("a b", "\"a b\""));
    assert_eq!(keys[1], ("中文", "中文"));
    let styles: Vec<Style> = entries.iter().map(|entry| entry.value.style()).collect();
    assert_eq!(
        styles,
        [
            Style::Single,
            Style::Literal,
            Style::Folded,
            Style::Flow,
            Style::Block
        ]
    );
    assert_eq!(document.root().style(), Style::Block);
}

#[test]
fn crlf_changes_no_value() {
    let unix = "a: x\nb:\n  - |\n    y\n    z\n  - \"p\n    q\"\nc: {d: 1}\n";
    let windows = unix.replace('\n', "\r\n");
    assert!(parsed(&windows).findings.is_empty());
    assert_eq!(
        shape(document(&windows).root()),
        shape(document(unix).root())
    );
    let document = document(&windows);
    let mut all = Vec::new();
    nodes(document.root(), &mut all);
    let texts = all
        .iter()
        .filter(|node| matches!(node.content(), Content::Text(_)));
    for node in texts.filter(|node| node.style() == Style::Plain) {
        assert_eq!(document.file().slice(node.span()), node.written());
    }
}
