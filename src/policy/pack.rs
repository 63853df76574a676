//! A pack: every policy and law that a run judges by.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::embedded;
use super::laws::Laws;
use super::policy::Policy;
use crate::text::SourceFile;

/// The name of the pack that comes with the program.
const BUILTIN: &str = "builtin";

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
        Self::embedded(|name, file| SourceFile::embedded(name, file.text))
    }

    /// The built-in pack with its examples.
    pub fn builtin_with_examples() -> Self {
        Self::embedded(|name, file| SourceFile::new(name, [file.text, file.examples].concat()))
    }

    /// The same, of some policies only.
    #[must_use]
    pub fn only(mut self, ids: &[&str]) -> Self {
        let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let wanted = |path: &str| {
            !path.contains('/') || ids.iter().any(|id| stem(path) == format!("{id}.yaml"))
        };
        self.files.retain(|(path, _)| wanted(path));
        self
    }

    fn embedded(read: impl Fn(String, &embedded::File) -> SourceFile) -> Self {
        let files = embedded::FILES.iter().map(|file| {
            let named = read(format!("policies/{}", file.path), file);
            (file.path.to_owned(), Arc::new(named))
        });
        Self {
            name: BUILTIN.into(),
            files: files.collect(),
            local: false,
        }
    }

    /// A pack that stands in for the built-in one: what `plangate pack export` wrote, perhaps by
    /// another version of the program.
    pub fn exported(files: Vec<(String, Arc<SourceFile>)>) -> Self {
        Self {
            name: BUILTIN.into(),
            files,
            local: false,
        }
    }

    /// Names the pack by what it holds: a SHA-256 over its files, 64 hex digits.
    pub fn whole_digest(&self) -> String {
        embedded::digest(&self.files).map_or_else(|| self.summed(), str::to_owned)
    }

    fn summed(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, file) in &self.files {
            hasher.update(path.as_bytes());
            hasher.update([0]);
            hasher.update(file.text().as_bytes());
            hasher.update([0]);
        }
        let digest = hasher.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same in short, for people: 12 hex digits.
    pub(super) fn digest(&self) -> Arc<str> {
        self.whole_digest()[..12].into()
    }
}

impl Pack {
    /// A policy by id.
    pub fn get(&self, id: &str) -> Option<&Policy> {
        self.policies.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_that_is_embedded_is_that_of_the_pack() {
        let pack = PackSource::builtin();
        assert_eq!(embedded::digest(&pack.files), Some(pack.summed().as_str()));
    }

    #[test]
    fn a_pack_of_other_files_has_another_digest() {
        let pack = PackSource::builtin();
        let mut shorter = pack.clone();
        shorter.files.pop();
        let mut other = pack.clone();
        let text = format!("{} ", other.files[0].1.text());
        other.files[0].1 = Arc::new(SourceFile::new("policies/x.yaml", text));
        for changed in [shorter, other, PackSource::builtin_with_examples()] {
            assert_ne!(changed.whole_digest(), pack.whole_digest());
        }
    }
}
