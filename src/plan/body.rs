//! The bodies of a plan: what the engine itself must know of them.

use std::collections::BTreeMap;

use super::join::Plan;
use crate::document::{Node, NodeId};
use crate::text::DateRange;

/// A body by its place in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BodyIndex(pub u32);

/// One body: an agency or a school with its own grade.
#[derive(Debug, Clone, Copy)]
pub struct Body<'p> {
    /// Its row.
    pub node: Node<'p>,
    /// Its id, or its name where it has none.
    pub id: &'p str,
    /// Its name, or its id where it has none.
    pub name: &'p str,
    /// `A`…`E`, where stated.
    pub grade: Option<char>,
    /// `government` unless stated.
    pub sector: &'p str,
    /// The day it was graded, where stated.
    pub graded_on: Option<DateRange>,
    /// Dissolved bodies owe nothing any more.
    pub dissolved: bool,
}

/// All bodies, in the order of the plan.
#[derive(Debug, Default)]
pub struct Bodies<'p> {
    all: Vec<Body<'p>>,
    agency: Option<BodyIndex>,
    ids: BTreeMap<&'p str, BodyIndex>,
    names: BTreeMap<&'p str, BodyIndex>,
    rows: BTreeMap<NodeId, BodyIndex>,
}

impl<'p> Bodies<'p> {
    /// Reads the register `bodies`; empty where it is absent or in an absent annex.
    pub(super) fn read(plan: &Plan<'p>) -> Self {
        let rows = plan.section("bodies").map(|section| section.node);
        let rows = rows
            .filter(|node| node.is_list())
            .into_iter()
            .flat_map(Node::items);
        let mut bodies = Self {
            all: rows.filter_map(read_body).collect(),
            ..Self::default()
        };
        for (index, body) in bodies.indices().zip(&bodies.all) {
            bodies.ids.entry(body.id).or_insert(index);
            bodies.names.entry(body.name).or_insert(index);
            bodies.rows.insert(body.node.id(), index);
        }
        let agency = plan
            .section("header")
            .and_then(|header| header.node.get("agency"));
        bodies.agency = match agency.and_then(Node::as_str) {
            Some(agency) => bodies.named(agency),
            None => None,
        };
        bodies
    }

    /// All, in order.
    pub fn all(&self) -> &[Body<'p>] {
        &self.all
    }

    /// One.
    pub fn get(&self, index: BodyIndex) -> &Body<'p> {
        &self.all[index.0 as usize]
    }

    /// The indices, in order.
    pub fn indices(&self) -> impl Iterator<Item = BodyIndex> + use<> {
        (0..u32::try_from(self.all.len()).unwrap_or(u32::MAX)).map(BodyIndex)
    }

    /// The body of that id or name.
    pub fn named(&self, name: &str) -> Option<BodyIndex> {
        self.ids.get(name).or_else(|| self.names.get(name)).copied()
    }

    /// The body that speaks for the plan: `header.agency`, else the only one.
    pub fn agency(&self) -> Option<BodyIndex> {
        self.agency
            .or((self.all.len() == 1).then_some(BodyIndex(0)))
    }

    /// The body that a row at this node is.
    pub fn at(&self, node: Node<'p>) -> Option<BodyIndex> {
        self.rows
            .get(&node.id())
            .copied()
            .filter(|&index| self.get(index).node == node)
    }
}

fn read_body(row: Node<'_>) -> Option<Body<'_>> {
    let text = |key| row.get(key).and_then(Node::as_str);
    let (id, name) = match (text("id"), text("name")) {
        (Some(id), name) => (id, name.unwrap_or(id)),
        (None, Some(name)) => (name, name),
        (None, None) => return None,
    };
    let grade = text("grade").and_then(|grade| grade.chars().next());
    Some(Body {
        node: row,
        id,
        name,
        grade: grade.filter(|grade| ('A'..='E').contains(grade)),
        sector: text("sector").unwrap_or("government"),
        graded_on: row
            .get("graded_on")
            .map(Node::written)
            .and_then(DateRange::parse),
        dissolved: text("status") == Some("dissolved"),
    })
}
