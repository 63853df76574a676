//! Who has another id or name than before: bodies, systems and documents, which other fields cite.
//!
//! What cites them follows, and is no change of its own. Invariant: two names mean the same thing
//! where their representatives are equal, whichever side is called the old one.

use std::collections::BTreeMap;

use super::compare::Walk;
use super::list::likeness_of;
use super::meaning::{folded, same_text};
use super::pairing::{Pairing, Row};
use super::row::rows;
use crate::document::Node;
use crate::plan::{Field, Plan, Reference, Schema};

/// The registers that are cited, and what cites them.
const REGISTERS: [(Reference, &str); 3] = [
    (Reference::Body, "bodies"),
    (Reference::System, "systems"),
    (Reference::Document, "references.documents"),
];

/// Names of both plans → the one that stands for them.
#[derive(Debug, Default)]
pub struct Renames {
    old: BTreeMap<(Reference, String), String>,
    new: BTreeMap<(Reference, String), String>,
}

/// One of the two plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one before.
    Old,
    /// The one after.
    New,
}

impl Renames {
    /// What the registers of two plans tell.
    pub fn between(old: &Plan<'_>, new: &Plan<'_>) -> Self {
        let mut renames = Self::default();
        for (reference, path) in REGISTERS {
            let found = register(old, path).zip(register(new, path));
            let Some((a, b)) = found.filter(|&(a, b)| !same_text(a, b)) else {
                continue;
            };
            let schema = old.schema();
            let field = schema.resolve(path).map(|id| schema.field(id));
            let field = field.expect("internal: the schema has the registers");
            renames.read(reference, schema, field, (a, b));
        }
        renames
    }

    fn read(
        &mut self,
        to: Reference,
        schema: &Schema,
        field: &Field,
        (a, b): (Node<'_>, Node<'_>),
    ) {
        let item = schema.item_of(field.shape).unwrap_or(field.shape);
        let plain = |node: Option<Node<'_>>| node.map(|node| folded(node.written()));
        let old = rows(schema, field, item, a, &plain);
        let new = rows(schema, field, item, b, &plain);
        let pairing = Pairing::new(&old, &new, likeness_of(schema, field, item));
        let pairs = pairing.pairs.iter().map(|&(i, j)| (&old[i], &new[j]));
        let mut linked: Vec<(&Row<'_>, &Row<'_>)> = pairs.collect();
        for merger in &pairing.mergers {
            linked.extend(merger.many.iter().map(|&other| match merger.forward {
                true => (&old[other], &new[merger.one]),
                false => (&old[merger.one], &new[other]),
            }));
        }
        for (from, into) in linked {
            if names(from) == names(into) {
                continue;
            }
            // Of a merger both sides are named by the one, whichever side that is.
            let split = merged(from) && !merged(into);
            let standing = if split { from } else { into };
            let Some(standing) = names(standing).first().map(|&name| name.to_owned()) else {
                continue;
            };
            for (side, row) in [(&mut self.old, from), (&mut self.new, into)] {
                for name in names(row) {
                    side.insert((to, name.to_owned()), standing.clone());
                }
            }
        }
    }

    /// The name that stands for one of a plan's names.
    pub fn standing(&self, which: Which, to: Reference, name: &str) -> String {
        let names = match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        };
        let name = folded(name);
        names.get(&(to, name.clone())).cloned().unwrap_or(name)
    }

    /// The identity of an item with the names that stand for those in it: `jia/郵件系統`.
    pub fn identity(&self, which: Which, key: &str) -> String {
        let standing = |name: &str| {
            let all = REGISTERS.into_iter();
            all.fold(name.to_owned(), |name, (to, _)| {
                self.standing(which, to, &name)
            })
        };
        let names: Vec<String> = key.split('/').map(standing).collect();
        names.join("/")
    }

    /// Whether a citation only follows what it cites. A document may be cited by id and title.
    fn follows(&self, to: Reference, old: &str, new: &str) -> bool {
        let same =
            |a: &str, b: &str| self.standing(Which::Old, to, a) == self.standing(Which::New, to, b);
        if same(old, new) {
            return true;
        }
        match (old.split_once(' '), new.split_once(' ')) {
            (Some((a, old)), Some((b, new))) if to == Reference::Document => {
                same(a, b) && (folded(old) == folded(new) || same(old, new))
            }
            _ => false,
        }
    }
}

impl<'p> Walk<'_, 'p> {
    /// Whether a citation only follows what it cites, or cites it by its other name.
    pub(super) fn follows(&self, to: Reference, a: Node<'p>, b: Node<'p>) -> bool {
        if to != Reference::Body {
            return self.renames.follows(to, a.written(), b.written());
        }
        let ids = [(self.old, a), (self.new, b)].map(|(side, name)| {
            let bodies = side.plan.bodies();
            let body = bodies.named(name.written());
            body.map_or(name.written(), |body| bodies.get(body).id)
        });
        self.renames.follows(to, ids[0], ids[1])
    }
}

fn register<'p>(plan: &Plan<'p>, path: &str) -> Option<Node<'p>> {
    let mut keys = path.split('.');
    let section = plan.section(keys.next()?)?.node;
    keys.try_fold(section, Node::get)
        .filter(|node| node.is_list())
}

/// The id and the name of a row, the id first.
fn names<'r>(row: &'r Row<'_>) -> Vec<&'r str> {
    let names = [&row.key, &row.label];
    names.into_iter().filter_map(Option::as_deref).collect()
}

fn merged(row: &Row<'_>) -> bool {
    !row.merged_from.is_empty()
}
