//! Who has another id or name than before: bodies, systems and documents, which other fields cite.
//!
//! What cites them follows, and is no change of its own; nor is a document cited by its title in place
//! of its number. Invariant: two names mean the same thing where their representatives are equal,
//! whichever side is called the old one.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::compare::Walk;
use super::list::likeness_of;
use super::meaning::{folded, joined, same_text};
use super::pairing::{Pairing, Row};
use super::row::rows;
use crate::document::{Node, NodeId};
use crate::plan::{Plan, Reference, Schema, numbered};

/// The registers that are cited, and what cites them.
const REGISTERS: [(Reference, &str); 3] = [
    (Reference::Body, "bodies"),
    (Reference::System, "systems"),
    (Reference::Document, "references.documents"),
];

/// Names of both plans → the one that stands for them.
#[derive(Debug)]
pub struct Renames<'p>([Register<'p>; 3]);

/// A register of both plans, read when a name of it is asked for.
#[derive(Debug)]
struct Register<'p> {
    to: Reference,
    path: &'static str,
    schema: &'p Schema,
    /// None where a plan does not have it, and then no name of it stands for another.
    sides: Option<(Node<'p>, Node<'p>)>,
    names: OnceCell<Names<'p>>,
}

#[derive(Debug, Default)]
struct Names<'p> {
    old: BTreeMap<String, String>,
    new: BTreeMap<String, String>,
    /// Whether a name is that of another row than before.
    handed_on: bool,
    kept: Vec<(Node<'p>, Node<'p>)>,
    /// Of the names that stand for others, those that nothing has in the plan before, and in the one after: what
    /// cites them there cites nothing.
    strays: [BTreeSet<String>; 2],
}

/// A register that differs, with the rows before and after that say themselves that they are the same:
/// by id, by name, or by what they were merged from. Rows that are only alike are not among them, nor
/// are those that one row became: of several none is known to be the one.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'r, 'p> {
    /// What is in it.
    pub to: Reference,
    /// The register before.
    pub old: Node<'p>,
    /// The register after.
    pub new: Node<'p>,
    /// Each row before is there once at most.
    pub rows: &'r [(Node<'p>, Node<'p>)],
}

/// One of the two plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one before.
    Old,
    /// The one after.
    New,
}

impl<'p> Renames<'p> {
    /// What the registers of two plans tell.
    pub fn between(old: &Plan<'p>, new: &Plan<'p>) -> Self {
        Self(REGISTERS.map(|(to, path)| Register {
            to,
            path,
            schema: old.schema(),
            sides: register(old, path).zip(register(new, path)),
            names: OnceCell::new(),
        }))
    }

    /// Whether a name stands for another body, system or document than before, so that what cites it
    /// means another one by the same words.
    pub(super) fn hand_on(&self) -> bool {
        let mut registers = self.0.iter();
        registers.any(|register| register.names().handed_on)
    }

    /// The registers that differ, with the rows that are kept, whatever they are called.
    pub fn kept(&self) -> impl Iterator<Item = Kept<'_, 'p>> {
        self.0.iter().filter_map(|register| {
            let (old, new) = register.sides.filter(|&(a, b)| !same_text(a, b))?;
            let rows = &register.names().kept;
            let to = register.to;
            Some(Kept { to, old, new, rows })
        })
    }

    /// The name that stands for one of a plan's names.
    pub fn standing(&self, which: Which, to: Reference, name: &str) -> String {
        let name = folded(name);
        self.known(which, to, &name).cloned().unwrap_or(name)
    }

    fn known(&self, which: Which, to: Reference, name: &str) -> Option<&String> {
        let register = self.0.iter().find(|register| register.to == to)?;
        let names = register.names();
        match which {
            Which::Old => names.old.get(name),
            Which::New => names.new.get(name),
        }
    }

    /// Whether a name stands for something of the other plan, and is that of nothing in this one.
    fn is_stray(&self, which: Which, to: Reference, name: &str) -> bool {
        let register = self.0.iter().find(|register| register.to == to);
        let strays = register.map(|register| &register.names().strays[which as usize]);
        strays.is_some_and(|strays| strays.contains(name))
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

    /// What stands for that which a text cites. A document may be cited by number and title, and by
    /// another title than that of the register.
    pub(super) fn cited(&self, which: Which, to: Reference, text: &str) -> String {
        let said = |name: &str| {
            let standing = self.standing(which, to, name);
            match self.is_stray(which, to, &folded(name)) {
                true => format!("{which:?}\u{1f}{standing}"),
                false => standing,
            }
        };
        let whole = folded(text);
        if to != Reference::Document || self.known(which, to, &whole).is_some() {
            return said(text);
        }
        let (Some(number), Some(title)) = numbered(text) else {
            return said(text);
        };
        let (number, title) = [number, title].map(said).into();
        match number == title {
            true => number,
            false => format!("{number}\u{1f}{title}"),
        }
    }
}

impl<'p> Register<'p> {
    fn names(&self) -> &Names<'p> {
        self.names.get_or_init(|| self.read())
    }

    fn read(&self) -> Names<'p> {
        let by_name = self.to == Reference::Document;
        let Some((a, b)) = self.sides.filter(|&(a, b)| by_name || !same_text(a, b)) else {
            return Names::default();
        };
        let schema = self.schema;
        let field = schema.resolve(self.path).map(|id| schema.field(id));
        let field = field.expect("internal: the schema has the registers");
        let item = schema.item_of(field.shape).unwrap_or(field.shape);
        let plain = |node: Option<Node<'_>>| node.map(|node| folded(node.written()));
        let old = rows(schema, field, item, a, &plain);
        let new = rows(schema, field, item, b, &plain);
        let pairing = Pairing::new(&old, &new, likeness_of(schema, field, item));
        let pairs = pairing.pairs.iter().map(|&(i, j)| (&old[i], &new[j]));
        let mut linked: Vec<(&Row<'p>, &Row<'p>)> = pairs.collect();
        let in_common = |from: &Row<'p>, into: &Row<'p>| {
            let into = names(into);
            names(from).iter().any(|name| into.contains(name))
        };
        let mut kept = linked.clone();
        kept.retain(|&(from, into)| in_common(from, into));
        for merger in pairing.mergers.iter().filter(|merger| merger.forward) {
            let many = merger.many.iter();
            kept.extend(many.map(|&other| (&old[other], &new[merger.one])));
        }
        for merger in &pairing.mergers {
            linked.extend(merger.many.iter().map(|&other| match merger.forward {
                true => (&old[other], &new[merger.one]),
                false => (&old[merger.one], &new[other]),
            }));
        }
        let kept = kept.into_iter();
        let mut found = Names {
            kept: kept.map(|(from, into)| (from.node, into.node)).collect(),
            ..Names::default()
        };
        for &(from, into) in &linked {
            // What has neither its name nor its number any more is not known to be the same.
            let is_same =
                in_common(from, into) || self.to == Reference::Body || merged(from) || merged(into);
            if !is_same || !by_name && names(from) == names(into) {
                continue;
            }
            // Of a merger both sides are named by the one, whichever side that is.
            let split = merged(from) && !merged(into);
            let standing = if split { from } else { into };
            let Some(standing) = names(standing).first().map(|&name| name.to_owned()) else {
                continue;
            };
            for (side, row) in [(&mut found.old, from), (&mut found.new, into)] {
                for name in names(row) {
                    side.insert(name.to_owned(), standing.clone());
                }
            }
        }
        let (olds, news) = (alone(&old), alone(&new));
        let linked = linked.into_iter();
        let linked = linked.map(|(from, into)| (from.node.id(), into.node.id()));
        found.tell_apart((&olds, &news), &linked.collect());
        if by_name {
            found.old.retain(|name, _| olds.contains_key(&**name));
            found.new.retain(|name, _| news.contains_key(&**name));
        }
        let standing: BTreeSet<&String> = found.old.values().chain(found.new.values()).collect();
        let without = |rows: &[Row<'p>]| -> BTreeSet<String> {
            let own: BTreeSet<&str> = rows.iter().flat_map(names).collect();
            let left = standing.iter().filter(|name| !own.contains(name.as_str()));
            left.map(|name| (*name).clone()).collect()
        };
        found.strays = [without(&old), without(&new)];
        found
    }
}

/// The rows by each name that only one of them has.
type Alone<'r, 'p> = BTreeMap<&'r str, &'r Row<'p>>;

impl Names<'_> {
    /// Finds the names that another row of the register has now, and makes them stand for two things.
    fn tell_apart(
        &mut self,
        (old, new): (&Alone<'_, '_>, &Alone<'_, '_>),
        linked: &BTreeSet<(NodeId, NodeId)>,
    ) {
        for (&name, row) in old {
            let other = new.get(name);
            let other = other.filter(|other| !linked.contains(&(row.node.id(), other.node.id())));
            if other.is_some() {
                self.handed_on = true;
                for (side, was) in [(&mut self.old, "old"), (&mut self.new, "new")] {
                    let own = || format!("{was}\u{1f}{name}");
                    side.entry(name.to_owned()).or_insert_with(own);
                }
            }
        }
    }
}

fn alone<'r, 'p>(rows: &'r [Row<'p>]) -> Alone<'r, 'p> {
    let mut found: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        let mut own = names(row);
        own.dedup();
        for name in own {
            found.entry(name).or_default().push(row);
        }
    }
    let one = found.into_iter().filter(|(_, rows)| rows.len() == 1);
    one.filter_map(|(name, rows)| Some((name, *rows.first()?)))
        .collect()
}

impl<'p> Walk<'_, 'p> {
    /// Whether a citation only follows what it cites, or cites it by its other name.
    pub(super) fn follows(&self, to: Reference, a: Node<'p>, b: Node<'p>) -> bool {
        let cited = |which: Which, node: Node<'p>| {
            let side = match which {
                Which::Old => self.old,
                Which::New => self.new,
            };
            let bodies = side.plan.bodies();
            let body = bodies
                .named(node.written())
                .filter(|_| to == Reference::Body);
            let name = body.map_or(node.written(), |body| bodies.get(body).id);
            self.renames.cited(which, to, name)
        };
        cited(Which::Old, a) == cited(Which::New, b)
    }

    /// Whether two values say the same but for the names by which they cite the same documents, in
    /// `delegated_to` and `see`.
    pub(super) fn cite_alike(&self, a: Node<'p>, b: Node<'p>) -> bool {
        let said = |which: Which, node: Node<'p>| {
            let own = node.own_entry().map_or("", |entry| entry.key);
            joined(node, own, &|key, text| match key {
                "delegated_to" | "see" | "document" => {
                    self.renames.cited(which, Reference::Document, text)
                }
                _ => folded(text),
            })
        };
        said(Which::Old, a) == said(Which::New, b)
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
