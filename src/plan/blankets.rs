//! Which mode stands above a node: the nearest map at or above it that carries one.
//!
//! In: the documents of a plan. Out: for every node of them the map, found once, since expressions ask
//! it for every key that a plan leaves out. Knows nothing of what a mode means.

use super::fact::modes_on;
use super::join::PlanFiles;
use crate::document::{Document, Node, NodeId};

/// The nearest carriers of all nodes of a plan.
#[derive(Debug, Default)]
pub(super) struct Blankets<'p> {
    of: Vec<(&'p Document, Vec<Option<NodeId>>)>,
}

impl<'p> Blankets<'p> {
    /// Walks the documents once.
    pub(super) fn of(files: &'p PlanFiles) -> Self {
        let others = files.sections.values().chain(files.annexes.values());
        let all = std::iter::once(&files.main).chain(others);
        Self {
            of: all.map(|document| (document, nearest(document))).collect(),
        }
    }

    /// The nearest map at or above `node` that carries a mode.
    pub(super) fn over(&self, node: Node<'p>) -> Option<Node<'p>> {
        let own = |(document, _): &&(&Document, _)| std::ptr::eq(*document, node.document());
        let (document, nearest) = self.of.iter().find(own)?;
        let carrier = nearest.get(node.id().number()).copied().flatten()?;
        Some(document.node(carrier))
    }
}

fn nearest(document: &Document) -> Vec<Option<NodeId>> {
    let mut nearest: Vec<Option<NodeId>> = Vec::with_capacity(document.len());
    for node in document.nodes() {
        // A container is numbered before what it holds.
        let above = node.parent().map(|parent| nearest[parent.id().number()]);
        let carries = node.is_map() && modes_on(node).next().is_some();
        nearest.push(if carries {
            Some(node.id())
        } else {
            above.flatten()
        });
    }
    nearest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::document::{Limits, parse};
    use crate::text::SourceFile;

    fn over<'p>(blankets: &Blankets<'p>, document: &'p Document, place: &str) -> Option<String> {
        let node = document.nodes().find(|node| node.path() == place)?;
        Some(blankets.over(node)?.path())
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
        let blankets = Blankets::of(&files);
        let check = |place, expected: Option<&str>| {
            assert_eq!(
                over(&blankets, &files.main, place).as_deref(),
                expected,
                "{place}"
            );
        };
        check("controls.office.must[0]", Some("controls"));
        check("controls", Some("controls"));
        check("controls.backup.see", Some("controls.backup"));
        check("training.annual", None);
        check("", None);
        let risk = &files.sections["risk"];
        assert_eq!(over(&blankets, risk, "see[0]").as_deref(), Some(""));
    }
}
