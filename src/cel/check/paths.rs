//! Which places of the plan and of the policy an expression reads.

use std::collections::BTreeSet;

use super::{Scope, Typed};
use crate::cel::{ReadPath, Type};

/// A path of an expression, such as `fact.bands.low`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PathId(u16);

/// All paths of an expression, each once.
#[derive(Default)]
pub(super) struct Paths {
    nodes: Vec<Path>,
    noted: BTreeSet<PathId>,
}

#[derive(PartialEq, Eq)]
enum Path {
    Variable(u8),
    Field(PathId, Box<str>),
}

impl Paths {
    pub(super) fn variable(&mut self, index: u8) -> PathId {
        self.intern(Path::Variable(index))
    }

    pub(super) fn field(&mut self, above: &[PathId], name: &str) -> Vec<PathId> {
        above
            .iter()
            .map(|&path| self.intern(Path::Field(path, name.into())))
            .collect()
    }

    /// Takes note that values at these paths are used.
    pub(super) fn note(&mut self, paths: &[PathId]) {
        self.noted.extend(paths);
    }

    /// Whether a value may have been read from the host: policy data has no place in a plan.
    pub(super) fn any_of_host(&self, typed: &Typed, scope: &Scope<'_>) -> bool {
        typed.paths.iter().any(|&path| {
            let (variable, _) = self.resolve(path);
            let ty = scope.variables.get(usize::from(variable)).map(|(_, ty)| ty);
            !matches!(ty, Some(Type::Record(_) | Type::Map(_)))
        })
    }

    pub(super) fn reads(&self, scope: &Scope<'_>) -> Box<[ReadPath]> {
        let read = |&path: &PathId| {
            let (variable, fields) = self.resolve(path);
            let name = scope
                .variables
                .get(usize::from(variable))
                .map_or("", |(name, _)| name);
            ReadPath {
                variable: name.into(),
                fields,
            }
        };
        let mut reads: Vec<ReadPath> = self.noted.iter().map(read).collect();
        reads.sort_unstable();
        reads.into()
    }

    fn resolve(&self, mut path: PathId) -> (u8, Box<[Box<str>]>) {
        let mut fields = Vec::new();
        loop {
            match &self.nodes[usize::from(path.0)] {
                Path::Variable(index) => {
                    fields.reverse();
                    return (*index, fields.into());
                }
                Path::Field(above, name) => {
                    fields.push(name.clone());
                    path = *above;
                }
            }
        }
    }

    fn intern(&mut self, path: Path) -> PathId {
        let known = self.nodes.iter().position(|other| *other == path);
        let index = known.unwrap_or_else(|| {
            self.nodes.push(path);
            self.nodes.len() - 1
        });
        PathId(u16::try_from(index).expect("internal: 2 KB of text make fewer than 65,536 paths"))
    }
}
