//! Files of packs → a [`Pack`]. Laws come first; after them every policy is read by itself, in any
//! order and on any core.

use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::embedded;
use super::lint::lint;
use super::local;
use super::pack::{Pack, PackSource};
use super::policy::Policy;
use super::problem::Problems;
use super::raw::RawPolicy;
use super::read_laws;
use super::resolve::{Against, resolve};
use crate::document::{self, Limits, Parsed};
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
    trusting: bool,
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
    local: bool,
    title: Span,
    policy: Option<Box<Policy>>,
    problems: Problems<'s>,
    form: Vec<Finding>,
}

impl Pack {
    /// Loads packs as [`Self::load`] does, and lints every policy of them.
    pub fn lint(sources: &[PackSource], schema: &Schema) -> (Self, Vec<Finding>) {
        Loading::begin(sources, schema).strictly().all()
    }

    /// Loads packs, the built-in one first, everything in them. A policy that does not resolve does
    /// not load; the findings say why, in its file.
    pub fn load(sources: &[PackSource], schema: &Schema) -> (Self, Vec<Finding>) {
        Loading::begin(sources, schema).all()
    }
}

impl<'s> Loading<'s> {
    /// As [`Self::begin`], for a run that judges: what the tests of the built-in pack have compiled
    /// is compiled again when a plan asks for it, and most of it never. A build with debug
    /// assertions trusts nothing, so that who writes a policy sees at once what is wrong with it.
    pub fn trusting(sources: &'s [PackSource], schema: &'s Schema) -> Self {
        let trusting = !cfg!(debug_assertions);
        Self {
            trusting,
            ..Self::begin(sources, schema)
        }
    }

    /// Reads the laws and finds the policies. Every expression of every policy will be compiled.
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
            trusting: false,
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
        let parsed = tree(source, path, file);
        let mut loaded = Loaded {
            id: Arc::clone(&id),
            local: source.local,
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
                    trusted: self.trusting && !source.local && !self.strict,
                };
                let problems = &mut loaded.problems;
                loaded.title = raw.title.zh_tw.span;
                let policy = resolve(id, theme.into(), &raw, document, &against, problems);
                let is_linted = self.strict || source.local;
                if let Some(policy) = policy.as_ref().filter(|_| is_linted) {
                    lint(policy, problems);
                }
                loaded.policy = policy.filter(|_| problems.loads()).map(Box::new);
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
            local,
            title,
            policy,
            mut problems,
            form,
        } in loaded
        {
            self.findings.extend(form);
            if let Some(policy) = &policy {
                local::check(&self.pack, policy, local, &mut problems);
            }
            match self.pack.policies.entry(id) {
                Entry::Occupied(own) => {
                    let id = own.key();
                    let zh = format!("政策 id「{id}」已有");
                    problems.say("policy/duplicate", title, zh, format!("{id} stands twice"));
                }
                Entry::Vacant(place) => {
                    if let Some(policy) = policy {
                        place.insert(*policy);
                    }
                }
            }
            self.findings.extend(problems.findings);
        }
        (self.pack, self.findings)
    }
}

/// The tree of a file: of the built-in pack as it is embedded, else parsed.
fn tree(source: &PackSource, path: &str, file: &Arc<SourceFile>) -> Parsed {
    let own = || embedded::tree(path, file);
    match (!source.local).then(own).flatten() {
        Some(document) => Parsed {
            document: Some(document),
            findings: Vec::new(),
        },
        None => document::parse(file, Limits::default()),
    }
}

fn laws(source: &PackSource, file: &Arc<SourceFile>, pack: &mut Pack, findings: &mut Vec<Finding>) {
    let parsed = tree(source, "laws.yaml", file);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Expression, Message, Placeholder, Policy};
    use crate::text::{Language, Localized};

    fn load(trusting: bool, schema: &Schema) -> (Pack, Vec<Finding>) {
        let sources = [PackSource::builtin()];
        let loading = Loading {
            trusting,
            ..Loading::begin(&sources, schema)
        };
        let files = loading.files().iter();
        let loaded = files.map(|file| loading.read(file)).collect();
        loading.finish(loaded)
    }

    fn asserts(pack: &Pack) -> Vec<&Expression> {
        let editions = pack.policies.values().flat_map(|policy| &policy.editions);
        let checks = editions.flat_map(|edition| &edition.checks);
        checks.map(|check| &check.assert).collect()
    }

    fn messages(pack: &Pack) -> Vec<&Message> {
        pack.policies.values().flat_map(of_policy).collect()
    }

    fn of_policy(policy: &Policy) -> Vec<&Message> {
        let of_edition = policy.editions.iter().flat_map(|edition| {
            let checks = edition.checks.iter();
            let own = checks.flat_map(|check| [&check.message, &check.help]);
            let states = edition.messages.values();
            states.chain(own.flatten()).chain([&edition.message])
        });
        of_edition.chain([&policy.help]).collect()
    }

    /// A message with its placeholders as they are written.
    fn written(message: &Message) -> Localized {
        let value = |placeholder: &Placeholder| match placeholder {
            Placeholder::Shown(name) => format!("<{name}>"),
            Placeholder::Path(path) => format!("{{{}}}", path.source()),
        };
        let [zh_tw, en] = Language::ALL.map(|language| message.fill(language, value));
        Localized::new(zh_tw, en)
    }

    #[test]
    fn a_trusted_pack_has_the_same_messages() {
        let schema = Schema::builtin();
        let ((trusted, _), (whole, _)) = (load(true, &schema), load(false, &schema));
        let (lazy, eager) = (messages(&trusted), messages(&whole));
        assert!(!eager.is_empty());
        assert_eq!(lazy.len(), eager.len());
        for (lazy, eager) in lazy.iter().zip(eager) {
            assert_eq!(written(lazy), written(eager));
            assert_eq!(lazy.source(), eager.source());
        }
    }

    #[test]
    fn a_trusted_pack_is_the_same_pack() {
        let schema = Schema::builtin();
        let (trusted, findings) = load(true, &schema);
        let (whole, _) = load(false, &schema);
        assert!(findings.is_empty(), "{:?}", findings[0].message);
        let (lazy, eager) = (asserts(&trusted), asserts(&whole));
        assert_eq!(lazy.len(), eager.len());
        for (lazy, eager) in lazy.iter().zip(eager) {
            assert_eq!(lazy.source(), eager.source());
            assert_eq!(lazy.program().reads(), eager.program().reads());
        }
    }

    #[test]
    fn a_local_pack_is_never_trusted() {
        let text = PackSource::builtin().files.into_iter();
        let (path, file) = text
            .filter(|(_, file)| file.text().contains("assert: \"fact"))
            .nth(1)
            .expect("a policy");
        let broken = file.text().replace("assert: \"fact", "assert: \"fcat");
        let broken = Arc::new(SourceFile::new(&*path, broken));
        let mut sources = vec![PackSource::builtin()];
        sources.push(PackSource {
            name: "ours".into(),
            files: vec![(path, broken)],
            local: true,
        });
        let schema = Schema::builtin();
        let loading = Loading {
            trusting: true,
            ..Loading::begin(&sources, &schema)
        };
        let last = loading.files().last().expect("ours");
        let loaded = loading.read(last);
        assert!(loaded.policy.is_none());
        assert_eq!(&*loaded.problems.findings[0].policy, "policy/unknown-name");
    }
}
