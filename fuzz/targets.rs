//! What is fuzzed: one function for each target, which panics where a promise is broken. Each is
//! run without end by `cargo fuzz`, and for a minute by `cargo test`.

#![allow(dead_code, reason = "whoever includes this runs a part of it")]

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use plangate::cel::{self, Expected, Scope, Type};
use plangate::check::{AsOf, Judge, Settings};
use plangate::document::{Content, Document, Limits, Node, from_node, read};
use plangate::finding::Finding;
use plangate::plan::{PlanFiles, Schema, Validator, check_shape};
use plangate::policy::{Pack, PackSource, PlanCatalogue};
use plangate::text::SourceFile;

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| Validator::new(&SCHEMA));
static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::load(&[PackSource::builtin()], &SCHEMA).0);

/// Judges any bytes as a plan by the whole built-in pack: every finding stands in the text, and
/// what to write is an edit of it.
pub(crate) fn plan(bytes: &[u8]) {
    let (file, parsed) = read("plans/a/plan.yaml", bytes, Limits::default());
    let Some(main) = parsed.document else { return };
    let files = PlanFiles {
        folder: "plans/a".into(),
        main,
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    };
    let today = "2026-11-20".parse().expect("a day");
    let settings = Settings {
        as_of: AsOf::Issued,
        today,
        all: true,
    };
    let judged = Judge::new(&PACK, &SCHEMA, settings).plan(&files);
    let shape = check_shape(&files, &VALIDATOR, &SCHEMA);
    for finding in judged.findings.iter().chain(&shape) {
        let text = file.text();
        assert!(
            text.get(finding.place.span.range()).is_some(),
            "{finding:?}"
        );
        if let Some(edit) = &finding.write {
            assert!(text.get(edit.span.range()).is_some(), "{finding:?}");
        }
    }
}

/// Loads any bytes as a policy: it loads, or a finding in its file says why not.
pub(crate) fn policy(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = |name: &str, text: &str| {
        (
            name.to_owned(),
            Arc::new(SourceFile::new(format!("policies/{name}"), text)),
        )
    };
    let laws =
        "act:\n  editions: [{ id: \"107\", from: 2019-01-01, name: { zh-TW: 法, en: Act } }]\n";
    let files = vec![file("laws.yaml", laws), file("theme/fuzzed.yaml", &text)];
    let source = PackSource {
        name: "local".into(),
        files,
        local: true,
    };
    let (pack, findings) = Pack::load(&[source], &SCHEMA);
    assert!(
        !pack.policies.is_empty() || !findings.is_empty(),
        "neither loaded nor refused"
    );
    for finding in &findings {
        let text = finding.place.file.text();
        assert!(
            text.get(finding.place.span.range()).is_some(),
            "{finding:?}"
        );
    }
}

/// Compiles any bytes as an expression over the plan schema.
pub(crate) fn expression(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let catalogue = PlanCatalogue::new(&SCHEMA);
    let variables = [("plan", catalogue.type_of(SCHEMA.root())), ("n", Type::Int)];
    let scope = Scope {
        catalogue: &catalogue,
        variables: &variables,
        open: Some("plan"),
    };
    if let Err(problems) = cel::compile(&text, &scope, &Expected::Any) {
        assert!(!problems.is_empty(), "refused without a word");
        for problem in problems {
            assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
        }
    }
}

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
