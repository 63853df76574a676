//! A pack: every policy and law that a run judges by.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::laws::Laws;
use super::policy::Policy;
use super::problem::Problems;
use super::raw::RawPolicy;
use super::resolve::{Against, resolve};
use super::{embedded, read_laws};
use crate::document::{self, Limits};
use crate::finding::Finding;
use crate::plan::Schema;
use crate::text::SourceFile;

/// The files of one pack.
#[derive(Debug, Clone)]
pub struct PackSource {
    /// `builtin`, or the name of a local pack: the last part of its folder.
    pub name: Arc<str>,
    /// Path below the pack's folder (`personnel/too-few.yaml`, `laws.yaml`) and text, sorted.
    pub files: Vec<(String, Arc<SourceFile>)>,
    /// Whether it is a local pack.
    pub local: bool,
}

/// Policies and laws, resolved.
#[derive(Debug, Default)]
pub struct Pack {
    /// The policies, by id.
    pub policies: BTreeMap<Arc<str>, Policy>,
    /// The laws.
    pub laws: Laws,
    /// Names and digests of the packs it was read from.
    pub sources: Vec<(Arc<str>, Arc<str>)>,
}

impl PackSource {
    /// The built-in pack, without its examples, so that starting costs little.
    pub fn builtin() -> Self {
        Self::embedded(|text, _| text.to_owned())
    }

    /// The built-in pack with its examples.
    pub fn builtin_with_examples() -> Self {
        Self::embedded(|text, examples| format!("{text}{examples}"))
    }

    fn embedded(text_of: impl Fn(&str, &str) -> String) -> Self {
        let files = embedded::FILES.iter().map(|(path, text, examples)| {
            let file = SourceFile::new(format!("policies/{path}"), text_of(text, examples));
            ((*path).to_owned(), Arc::new(file))
        });
        Self {
            name: "builtin".into(),
            files: files.collect(),
            local: false,
        }
    }

    /// Names the pack by what it holds: 12 hex digits of a SHA-256 over its files.
    fn digest(&self) -> Arc<str> {
        let mut hasher = Sha256::new();
        for (path, file) in &self.files {
            hasher.update(path.as_bytes());
            hasher.update([0]);
            hasher.update(file.text().as_bytes());
            hasher.update([0]);
        }
        let digest: String = hasher.finalize()[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        digest.into()
    }
}

impl Pack {
    /// Loads packs, the built-in one first. A policy that does not resolve does not load; the
    /// findings say why, in its file.
    pub fn load(sources: &[PackSource], schema: &Schema) -> (Self, Vec<Finding>) {
        let mut pack = Self::default();
        let mut findings = Vec::new();
        for source in sources {
            pack.sources
                .push((Arc::clone(&source.name), source.digest()));
            for (_, file) in source.files.iter().filter(|(path, _)| path == "laws.yaml") {
                let parsed = document::parse(file, Limits::default());
                findings.extend(parsed.findings);
                let mut problems = Problems::of(file);
                if let Some(document) = parsed.document {
                    read_laws::read(document.root(), source.local, &mut pack.laws, &mut problems);
                }
                findings.extend(problems.findings);
            }
        }
        for source in sources {
            for (path, file) in source.files.iter().filter(|(path, _)| is_policy(path)) {
                pack.load_policy(source, path, file, schema, &mut findings);
            }
        }
        (pack, findings)
    }

    fn load_policy(
        &mut self,
        source: &PackSource,
        path: &str,
        file: &Arc<SourceFile>,
        schema: &Schema,
        findings: &mut Vec<Finding>,
    ) {
        let parsed = document::parse(file, Limits::default());
        findings.extend(parsed.findings);
        let Some(document) = parsed.document else {
            return;
        };
        let mut problems = Problems::of(file);
        let raw = match document::from_node::<RawPolicy>(document.root()) {
            Ok(raw) => raw,
            Err(error) => {
                problems.add("policy/shape", error.span, error.message);
                findings.extend(problems.findings);
                return;
            }
        };
        let (theme, stem) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = stem.trim_end_matches(".yaml");
        let id: Arc<str> = match source.local {
            true => format!("{}/{stem}", source.name).into(),
            false => stem.into(),
        };
        let against = Against {
            schema,
            laws: &self.laws,
        };
        let policy = resolve(
            Arc::clone(&id),
            theme.into(),
            &raw,
            document,
            &against,
            &mut problems,
        );
        let taken = self.policies.contains_key(&id);
        if taken {
            let zh = format!("政策 id「{id}」已有");
            problems.say(
                "policy/duplicate",
                raw.title.zh_tw.span,
                zh,
                format!("{id} stands twice"),
            );
        } else if let Some(policy) = policy {
            self.policies.insert(id, policy);
        }
        findings.extend(problems.findings);
    }

    /// A policy by id.
    pub fn get(&self, id: &str) -> Option<&Policy> {
        self.policies.get(id)
    }
}

fn is_policy(path: &str) -> bool {
    path.ends_with(".yaml")
        && path.contains('/')
        && !path.starts_with("schema/")
        && !path.ends_with("/laws.yaml")
}
