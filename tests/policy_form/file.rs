//! A policy file as it is written.

use std::sync::Arc;

use plangate::document::{Content, Document, Limits, Node, parse};
use plangate::text::SourceFile;

/// Bytes of a whole file; beyond this its examples say things twice.
const MAX: usize = 26 * 1024;
/// Bytes of what every run reads: a policy without its examples. The largest names eighty controls in both
/// languages.
const MAX_EMBEDDED: usize = 14 * 1024;

pub(crate) struct File {
    pub(crate) path: String,
    text: String,
    document: Document,
}

/// A text with its languages, and where it stands.
#[derive(Debug)]
pub(crate) struct Text {
    /// The key it stands under: `title`, `message`, `silent`….
    pub(crate) key: String,
    pub(crate) languages: Vec<(String, String)>,
}

impl File {
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let source = Arc::new(SourceFile::new(path, text.to_owned()));
        let parsed = parse(&source, Limits::default());
        let document = parsed.document.expect("a policy file has a document");
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            document,
        }
    }

    /// Order, size and names.
    pub(crate) fn form(&self) -> Vec<String> {
        let mut found = Vec::new();
        let last = self
            .document
            .root()
            .entries()
            .last()
            .map(|entry| entry.key.to_owned());
        if last.as_deref() != Some("examples") {
            found.push("examples is not the last key, so that it cannot be cut off".to_owned());
        }
        let embedded = self.text.find("\nexamples:").unwrap_or(self.text.len());
        if self.text.len() > MAX || embedded > MAX_EMBEDDED {
            found.push(format!(
                "{} bytes, {embedded} without examples",
                self.text.len()
            ));
        }
        let stem = self.path.trim_end_matches(".yaml");
        let names = stem.split('/').map(str::to_owned).chain(self.check_ids());
        found.extend(
            names
                .filter(|name| !is_kebab(name))
                .map(|name| format!("`{name}` is no id")),
        );
        found
    }

    fn check_ids(&self) -> Vec<String> {
        let checks = self.document.root().get("checks");
        let checks = checks
            .into_iter()
            .flat_map(|list| list.items().collect::<Vec<_>>());
        let ids = checks.filter_map(|check| check.get("id"));
        ids.map(|id| id.written().to_owned()).collect()
    }

    /// Every text outside of the examples.
    pub(crate) fn texts(&self) -> Vec<Text> {
        let mut found = Vec::new();
        for entry in self.document.root().entries() {
            if !matches!(entry.key, "examples" | "base") {
                collect(entry.key, entry.value, &mut found);
            }
        }
        found
    }
}

fn collect(key: &str, node: Node<'_>, found: &mut Vec<Text>) {
    match node.content() {
        Content::Map if node.get("zh-TW").is_some() || node.get("en").is_some() => {
            let languages = node.entries();
            let languages =
                languages.map(|entry| (entry.key.to_owned(), entry.value.written().to_owned()));
            found.push(Text {
                key: key.to_owned(),
                languages: languages.collect(),
            });
        }
        Content::Map => node
            .entries()
            .for_each(|entry| collect(entry.key, entry.value, found)),
        Content::List => node.items().for_each(|item| collect(key, item, found)),
        Content::Text(text) if matches!(key, "why" | "note") => {
            let languages = vec![("zh-TW".to_owned(), text.to_owned())];
            found.push(Text {
                key: key.to_owned(),
                languages,
            });
        }
        _ => {}
    }
}

fn is_kebab(name: &str) -> bool {
    let part = |part: &str| {
        let rest = part
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
        rest && !part.is_empty()
    };
    name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.split('-').all(part)
}
