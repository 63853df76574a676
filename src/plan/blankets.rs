//! What the reserved keys say of every node of a plan: which of them it carries itself, and which map at
//! or above it carries a mode.
//!
//! In: the documents of a plan. Out: both for every node of them, found in one walk, since expressions ask
//! for the first of every row and for the second of every key that a plan leaves out. Knows nothing of
//! what a mode means.

use super::join::PlanFiles;
use crate::document::{Document, Node, NodeId};

/// The reserved keys of one map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reserved {
    /// It carries a mode.
    pub(super) modes: bool,
    /// It says for whom it holds.
    pub(super) scope: bool,
    /// It has keys that are not reserved.
    others: bool,
}

impl Reserved {
    pub(super) fn of(node: Node<'_>) -> Self {
        let mut found = Self::default();
        for key in node.keys() {
            match key {
                b"by_law" | b"delegated_to" | b"annex" | b"not_applicable" => found.modes = true,
                b"for" | b"except" => found.scope = true,
                b"see" | b"cite" => {}
                _ => found.others = true,
            }
        }
        found
    }

    /// Whether a mode stands instead of a value.
    pub(super) fn is_mode(self) -> bool {
        self.modes && !self.others
    }

    /// Whether it states nothing, for it has no key or side keys alone.
    pub(super) fn is_bare(self) -> bool {
        !self.modes && !self.others
    }
}

/// The reserved keys of all nodes of a plan, and the nearest carriers of modes: by the number of the file
/// among those of the plan.
#[derive(Debug, Default)]
pub(super) struct Blankets(Vec<Vec<Known>>);

/// What is known of a node.
#[derive(Debug, Clone, Copy)]
struct Known {
    reserved: Reserved,
    carrier: Option<NodeId>,
}

impl Blankets {
    /// Walks the documents once.
    pub(super) fn of(files: &PlanFiles) -> Self {
        Self(files.all().map(walk).collect())
    }

    /// The nearest map at or above a node of a file that carries a mode.
    pub(super) fn over<'p>(&self, file: usize, node: Node<'p>) -> Option<Node<'p>> {
        let carrier = self.known(file, node)?.carrier?;
        Some(node.document().node(carrier))
    }

    /// The reserved keys of a node of a file.
    pub(super) fn on(&self, file: usize, node: Node<'_>) -> Reserved {
        let known = self.known(file, node);
        known.map_or_else(|| Reserved::of(node), |known| known.reserved)
    }

    fn known(&self, file: usize, node: Node<'_>) -> Option<&Known> {
        self.0.get(file)?.get(node.id().number())
    }
}

fn walk(document: &Document) -> Vec<Known> {
    let mut nodes: Vec<Known> = Vec::with_capacity(document.len());
    for node in document.nodes() {
        let reserved = Reserved::of(node);
        // A container is numbered before what it holds.
        let above = || node.parent().map(|parent| nodes[parent.id().number()]);
        let carrier = if reserved.modes {
            Some(node.id())
        } else {
            above().and_then(|above| above.carrier)
        };
        nodes.push(Known { reserved, carrier });
    }
    nodes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::fact::{MODE_KEYS, SIDE_KEYS};
    use super::*;
    use crate::document::{Limits, parse};
    use crate::text::SourceFile;

    #[test]
    fn every_reserved_key_is_known() {
        for key in MODE_KEYS.into_iter().chain(SIDE_KEYS) {
            let file = Arc::new(SourceFile::new("plan.yaml", format!("{key}: 甲")));
            let document = parse(&file, Limits::default()).document.expect("a tree");
            let found = Reserved::of(document.root());
            assert_eq!(found.is_mode(), MODE_KEYS.contains(&key), "{key}");
            assert_eq!(found.is_bare(), SIDE_KEYS.contains(&key), "{key}");
            assert_eq!(found.scope, ["for", "except"].contains(&key), "{key}");
        }
    }

    fn over(files: &PlanFiles, file: usize, place: &str) -> Option<String> {
        let document = files.all().nth(file)?;
        let node = document.nodes().find(|node| node.path() == place)?;
        Some(Blankets::of(files).over(file, node)?.path())
    }

    #[test]
    fn the_nearest_map_with_a_mode_covers_what_is_under_it() {
        let text = "controls:
  delegated_to: D-01
  backup: { by_law: { law: act }, see: D-02 }
  office: { must: [甲] }
training: { annual: 3 }
";
        let read = |text: &str| {
            let file = Arc::new(SourceFile::new("plan.yaml", text));
            parse(&file, Limits::default()).document.expect("a tree")
        };
        let files = PlanFiles {
            folder: "plan".into(),
            main: read(text),
            sections: BTreeMap::from([("risk".to_owned(), read("{ annex: a, see: [甲] }"))]),
            annexes: BTreeMap::new(),
        };
        let check = |place, expected: Option<&str>| {
            assert_eq!(over(&files, 0, place).as_deref(), expected, "{place}");
        };
        check("controls.office.must[0]", Some("controls"));
        check("controls", Some("controls"));
        check("controls.backup.see", Some("controls.backup"));
        check("training.annual", None);
        check("", None);
        assert_eq!(over(&files, 1, "see[0]").as_deref(), Some(""));
    }
}
