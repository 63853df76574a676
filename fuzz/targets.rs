//! What is fuzzed: one function for each target, which panics where a promise is broken. Each is
//! run without end by `cargo fuzz`, and for a minute by `cargo test`.

use plangate::document::{Content, Document, Limits, Node, from_node, read};
use plangate::finding::Finding;

/// Reads any bytes as a file, and holds the reader to what it promises about places.
pub(crate) fn document(bytes: &[u8]) {
    let (file, parsed) = read("plan.yaml", bytes, Limits::default());
    let text = file.text();
    assert!(
        parsed
            .findings
            .is_sorted_by(|a, b| a.place.order(&b.place).is_le()),
        "not by place"
    );
    for finding in &parsed.findings {
        check_finding(finding, text);
    }
    if let Some(document) = &parsed.document {
        check_document(document);
        let _ = from_node::<serde_json::Value>(document.root());
        let spotless = parsed.findings.is_empty();
        assert!(
            document.is_complete() || !spotless,
            "what was not read must be said"
        );
    }
    let (_, again) = read("plan.yaml", bytes, Limits::default());
    let fingerprints = |findings: &[Finding]| -> Vec<String> {
        findings
            .iter()
            .map(|finding| finding.fingerprint.to_string())
            .collect()
    };
    assert_eq!(
        fingerprints(&parsed.findings),
        fingerprints(&again.findings),
        "not deterministic"
    );
}

fn check_finding(finding: &Finding, text: &str) {
    assert!(
        text.get(finding.place.span.range()).is_some(),
        "{finding:?}"
    );
    for related in &finding.related {
        assert!(
            text.get(related.place.span.range()).is_some(),
            "{finding:?}"
        );
    }
    if let Some(edit) = &finding.write {
        assert!(text.get(edit.span.range()).is_some(), "{finding:?}");
        assert!(
            edit.apply(text) != text,
            "an edit that changes nothing: {finding:?}"
        );
    }
    assert!(
        finding.help.is_some() && finding.message.en.len() < 1000,
        "{finding:?}"
    );
}

fn check_document(document: &Document) {
    let mut open = vec![document.root()];
    while let Some(node) = open.pop() {
        check_node(node);
        open.extend(node.items());
        open.extend(node.entries().map(|entry| entry.value));
    }
}

fn check_node(node: Node<'_>) {
    let file = node.document().file();
    let span = node.span();
    assert!(file.text().get(span.range()).is_some(), "{node:?}");
    if let Some(parent) = node.parent() {
        let outer = parent.span();
        assert!(
            outer.start <= span.start && span.end <= outer.end,
            "{node:?} in {parent:?}"
        );
        assert!(parent.id() < node.id(), "{node:?} in {parent:?}");
    }
    if let Content::Float(value) = node.content() {
        assert!(value.is_finite(), "{node:?}");
    }
    let mut keys: Vec<&str> = node.entries().map(|entry| entry.key).collect();
    for entry in node.entries() {
        assert!(
            entry.key_span.end <= entry.value.span().start,
            "{node:?} {entry:?}"
        );
        assert_eq!(
            entry.value.own_entry().map(|own| own.key_span),
            Some(entry.key_span)
        );
    }
    keys.sort_unstable();
    assert!(
        keys.windows(2).all(|pair| pair[0] != pair[1]),
        "{node:?} has a key twice"
    );
    for (index, item) in node.items().enumerate() {
        assert_eq!(item.own_index(), Some(index));
    }
}
