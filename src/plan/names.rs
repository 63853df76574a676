//! The registers of a plan → what its ids stand for.
//!
//! In: bodies, systems and annexes. Out: the name of each by its id, for people who read a value that
//! cites one. What is cited by its name already, as roles and documents are, has no entry.

use std::collections::BTreeMap;

use super::join::Plan;
use super::schema::Reference;
use crate::document::Node;

/// The names of what a plan cites by id.
#[derive(Debug, Clone, Default)]
pub struct Names<'p>(BTreeMap<(Reference, &'p str), &'p str>);

/// The registers whose rows say both; bodies are read with the plan.
const REGISTERS: [(Reference, &str); 2] = [
    (Reference::System, "systems"),
    (Reference::Annex, "annexes"),
];

impl<'p> Names<'p> {
    /// The names of a plan.
    pub fn of(plan: &Plan<'p>) -> Self {
        let bodies = plan.bodies().all().iter();
        let bodies = bodies.map(|body| ((Reference::Body, body.id), body.name));
        let others = REGISTERS
            .into_iter()
            .flat_map(|(reference, section)| register(plan, reference, section));
        Self(bodies.chain(others).collect())
    }

    /// What an id stands for; `None` where no register has it.
    pub fn get(&self, reference: Reference, id: &str) -> Option<&'p str> {
        self.0.get(&(reference, id)).copied()
    }
}

/// What one id stands for, where only one is asked for.
pub(super) fn name_of<'p>(plan: &Plan<'p>, reference: Reference, id: &str) -> Option<&'p str> {
    if reference == Reference::Body {
        let bodies = plan.bodies();
        return bodies.named(id).map(|body| bodies.get(body).name);
    }
    let (_, section) = REGISTERS
        .into_iter()
        .find(|(known, _)| *known == reference)?;
    let mut rows = register(plan, reference, section).into_iter();
    rows.find_map(|((_, known), name)| (known == id).then_some(name))
}

/// The rows of a register: of the ways to know one the first is its id, the last its name.
fn register<'p>(
    plan: &Plan<'p>,
    reference: Reference,
    section: &str,
) -> Vec<((Reference, &'p str), &'p str)> {
    let schema = plan.schema();
    let field = schema.field_named(schema.root(), section);
    let keys = field.map(|field| &schema.field(field).marks.key);
    let ends = keys.and_then(|keys| keys.first()?.first().zip(keys.last()?.first()));
    let rows = plan.section(section).map(|section| section.node);
    let rows = rows.into_iter().filter(|rows| rows.is_list());
    let named = |row: Node<'p>| {
        let (id, name) = ends?;
        let (id, name) = (row.get(id)?.as_str()?, row.get(name)?.as_str()?);
        Some(((reference, id), name))
    };
    rows.flat_map(Node::items).filter_map(named).collect()
}
