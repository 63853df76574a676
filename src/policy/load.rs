//! Files of packs → a [`Pack`]. Laws come first; after them every policy is read by itself, in any
//! order and on any core.

use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::lint::lint;
use super::pack::{Pack, PackSource};
use super::policy::Policy;
use super::problem::Problems;
use super::raw::RawPolicy;
use super::read_laws;
use super::resolve::{Against, resolve};
use crate::document::{self, Limits};
use crate::finding::Finding;
use crate::plan::Schema;
use crate::text::{SourceFile, Span};

/// Packs of which the laws are read and the policies are not.
#[derive(Debug)]
pub struct Loading<'s> {
    pack: Pack,
    findings: Vec<Finding>,
    files: Vec<PolicyFile<'s>>,
    schema: &'s Schema,
    strict: bool,
}

/// One file to read.
#[derive(Debug, Clone, Copy)]
pub struct PolicyFile<'s> {
    source: &'s PackSource,
    path: &'s str,
    file: &'s Arc<SourceFile>,
}

/// A file read: the policy, unless it does not resolve.
#[derive(Debug)]
pub struct Loaded<'s> {
    id: Arc<str>,
    title: Span,
    policy: Option<Policy>,
    problems: Problems<'s>,
    form: Vec<Finding>,
}

impl Pack {
    /// Loads packs as [`Self::load`] does, and lints every policy of them.
    pub fn lint(sources: &[PackSource], schema: &Schema) -> (Self, Vec<Finding>) {
        Loading::begin(sources, schema).strictly().all()
    }

    /// Loads packs, the built-in one first. A policy that does not resolve does not load; the
    /// findings say why, in its file.
    pub fn load(sources: &[PackSource], schema: &Schema) -> (Self, Vec<Finding>) {
        Loading::begin(sources, schema).all()
    }
}

impl<'s> Loading<'s> {
    /// Reads the laws and finds the policies.
    pub fn begin(sources: &'s [PackSource], schema: &'s Schema) -> Self {
        let mut pack = Pack::default();
        let mut findings = Vec::new();
        let mut files = Vec::new();
        for source in sources {
            pack.sources
                .push((Arc::clone(&source.name), source.digest()));
            for (path, file) in &source.files {
                if path == "laws.yaml" {
                    laws(source, file, &mut pack, &mut findings);
                } else if is_policy(path) {
                    files.push(PolicyFile { source, path, file });
                }
            }
        }
        Self {
            pack,
            findings,
            files,
            schema,
            strict: false,
        }
    }

    /// Lints the built-in pack too, which its tests have done already. A local pack always is.
    #[must_use]
    pub fn strictly(self) -> Self {
        Self {
            strict: true,
            ..self
        }
    }

    /// The files to read, in the order of the packs.
    pub fn files(&self) -> &[PolicyFile<'s>] {
        &self.files
    }

    /// Reads one of them.
    pub fn read(&self, file: &PolicyFile<'s>) -> Loaded<'s> {
        let PolicyFile { source, path, file } = *file;
        let (theme, stem) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = stem.trim_end_matches(".yaml");
        let id: Arc<str> = match source.local {
            true => format!("{}/{stem}", source.name).into(),
            false => stem.into(),
        };
        let parsed = document::parse(file, Limits::default());
        let mut loaded = Loaded {
            id: Arc::clone(&id),
            title: Span::at(0),
            policy: None,
            problems: Problems::of(file),
            form: parsed.findings,
        };
        let Some(document) = parsed.document else {
            return loaded;
        };
        match document::from_node::<RawPolicy>(document.root()) {
            Ok(raw) => {
                let against = Against {
                    schema: self.schema,
                    laws: &self.pack.laws,
                };
                let problems = &mut loaded.problems;
                loaded.title = raw.title.zh_tw.span;
                loaded.policy = resolve(id, theme.into(), &raw, document, &against, problems);
                let is_linted = self.strict || source.local;
                if let Some(policy) = loaded.policy.as_ref().filter(|_| is_linted) {
                    lint(policy, problems);
                }
                loaded.policy = loaded.policy.filter(|_| problems.loads());
            }
            Err(error) => loaded
                .problems
                .add("policy/shape", error.span, error.message),
        }
        loaded
    }

    fn all(self) -> (Pack, Vec<Finding>) {
        let loaded = self.files().iter().map(|file| self.read(file)).collect();
        self.finish(loaded)
    }

    /// Puts the policies into the pack, in the order of [`Self::files`].
    pub fn finish(mut self, loaded: Vec<Loaded<'s>>) -> (Pack, Vec<Finding>) {
        for Loaded {
            id,
            title,
            policy,
            mut problems,
            form,
        } in loaded
        {
            self.findings.extend(form);
            match self.pack.policies.entry(id) {
                Entry::Occupied(own) => {
                    let id = own.key();
                    let zh = format!("政策 id「{id}」已有");
                    problems.say("policy/duplicate", title, zh, format!("{id} stands twice"));
                }
                Entry::Vacant(place) => {
                    if let Some(policy) = policy {
                        place.insert(policy);
                    }
                }
            }
            self.findings.extend(problems.findings);
        }
        (self.pack, self.findings)
    }
}

fn laws(source: &PackSource, file: &Arc<SourceFile>, pack: &mut Pack, findings: &mut Vec<Finding>) {
    let parsed = document::parse(file, Limits::default());
    findings.extend(parsed.findings);
    let mut problems = Problems::of(file);
    if let Some(document) = parsed.document {
        read_laws::read(document.root(), source.local, &mut pack.laws, &mut problems);
    }
    findings.extend(problems.findings);
}

fn is_policy(path: &str) -> bool {
    path.ends_with(".yaml")
        && path.contains('/')
        && !path.starts_with("schema/")
        && !path.ends_with("/laws.yaml")
}
