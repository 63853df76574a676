//! What a plan says about a fact for a body: the value, or the mode that stands instead of it.
//!
//! Six different things (ARCHITECTURE.md): stated, delegated, adopted from the law, in an annex, not
//! applicable, silent. A mode on a section is a blanket over every fact under it that is not
//! stated.

use super::blankets::Reserved;
use super::body::BodyIndex;
use super::join::Plan;
use super::schema::{Field, Shape, ShapeId};
use super::scope::{owner_field, reaches};
use crate::document::Node;

/// The keys that make a map a mode.
pub const MODE_KEYS: [&str; 4] = ["by_law", "delegated_to", "annex", "not_applicable"];
/// The keys that stand beside a value or a mode and are neither.
pub const SIDE_KEYS: [&str; 4] = ["see", "cite", "for", "except"];

/// The mode of a fact.
#[derive(Debug, Clone)]
pub enum Mode<'p> {
    /// A value stands.
    Stated(Stated<'p>),
    /// Documents of the catalogue carry it.
    Delegated(Node<'p>),
    /// The law's figure is the plan's.
    ByLaw(Node<'p>),
    /// In an annex that is not there.
    Annex(Node<'p>),
    /// Declared not applicable, with a reason.
    NotApplicable(Node<'p>),
    /// Nothing stands.
    Silent {
        /// The keys that would have to be written under the place.
        missing: Vec<String>,
    },
}

impl Mode<'_> {
    /// The word of policies and of every format.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stated(_) => "stated",
            Self::Delegated(_) => "delegated",
            Self::ByLaw(_) => "by_law",
            Self::Annex(_) => "annex",
            Self::NotApplicable(_) => "not_applicable",
            Self::Silent { .. } => "silent",
        }
    }
}

/// A stated fact.
#[derive(Debug, Clone)]
pub enum Stated<'p> {
    /// One value.
    One(Node<'p>),
    /// The rows of a list that hold for the body; [`rows_for`] gives them.
    Rows {
        /// The list.
        list: Node<'p>,
    },
}

/// A fact as it holds for a body.
#[derive(Debug, Clone)]
pub struct Fact<'p> {
    /// Its mode.
    pub mode: Mode<'p>,
    /// Other modes that stand on the same map (`by_law` beside `delegated_to`), in the order of
    /// preference.
    pub others: Vec<Mode<'p>>,
    /// Whether the mode stands on an ancestor (概括).
    pub blanket: bool,
    /// The value, the mode's map, or the nearest thing that exists where the plan is silent.
    pub place: Node<'p>,
    /// The type at the end of the path.
    pub shape: ShapeId,
}

/// Looks for a fact along a path of keys from the root of the plan.
pub fn look<'p>(plan: &Plan<'p>, path: &[&str], body: Option<BodyIndex>) -> Fact<'p> {
    let root = plan.schema().root();
    let [first, rest @ ..] = path else {
        return stated(plan, plan.root(), root, body, None);
    };
    let Some(section) = plan.schema().field_named(root, first) else {
        return silent(plan.root(), path, root, None);
    };
    let field = plan.schema().field(section);
    match plan.section_of(section) {
        Some(section) => descend(plan, section.node, field.shape, rest, body, None),
        None => silent(plan.root(), path, shape_at(plan, field.shape, rest), None),
    }
}

/// Looks for a fact along a path of keys from an item.
pub fn look_from<'p>(
    plan: &Plan<'p>,
    item: Node<'p>,
    shape: ShapeId,
    path: &[&str],
    body: Option<BodyIndex>,
) -> Fact<'p> {
    let blanket = item.parent().and_then(|parent| plan.blanket(parent));
    descend(plan, item, shape, path, body, blanket)
}

/// The modes that stand on a map itself, best first.
pub fn modes_on(node: Node<'_>) -> impl Iterator<Item = Mode<'_>> {
    MODE_KEYS.iter().filter_map(move |key| {
        let value = node.get(key)?;
        Some(match *key {
            "by_law" => Mode::ByLaw(value),
            "delegated_to" => Mode::Delegated(value),
            "annex" => Mode::Annex(value),
            _ => Mode::NotApplicable(value),
        })
    })
}

/// The fact whose value or mode is `node`, without regard to what stands above it.
pub fn fact_at<'p>(
    plan: &Plan<'p>,
    node: Node<'p>,
    shape: ShapeId,
    body: Option<BodyIndex>,
) -> Fact<'p> {
    stated(plan, node, shape, body, None)
}

/// The mode that stands on the map or above it, for facts under it that are not stated.
pub fn blanket_over<'p>(plan: &Plan<'p>, node: Node<'p>) -> Option<Mode<'p>> {
    plan.blanket(node).and_then(|node| modes_on(node).next())
}

/// Whether a map holds a mode key and no other than side keys.
pub fn is_mode(node: Node<'_>) -> bool {
    Reserved::of(node).is_mode()
}

fn descend<'p>(
    plan: &Plan<'p>,
    node: Node<'p>,
    shape: ShapeId,
    path: &[&str],
    body: Option<BodyIndex>,
    blanket: Option<Node<'p>>,
) -> Fact<'p> {
    let [name, rest @ ..] = path else {
        return stated(plan, node, shape, body, blanket);
    };
    let Some(node) = variant(plan, node, shape, body) else {
        return silent(node, path, shape_at(plan, shape, path), blanket);
    };
    let carries = plan.reserved(node).modes;
    let blanket = carries.then_some(node).or(blanket);
    let field = plan
        .schema()
        .field_named(shape, name)
        .map(|field| plan.schema().field(field));
    match (node.get(name), field) {
        (Some(child), Some(field)) => descend(plan, child, field.shape, rest, body, blanket),
        _ => silent(node, path, shape_at(plan, shape, path), blanket),
    }
}

/// Of `[{ for: … }, { for: … }]` where the schema wants one map, the one that holds for the body;
/// of a map that says `for`, itself if it does.
fn variant<'p>(
    plan: &Plan<'p>,
    node: Node<'p>,
    shape: ShapeId,
    body: Option<BodyIndex>,
) -> Option<Node<'p>> {
    let holds = |node: &Node<'p>| reaches_in(plan, *node, body);
    let single = !matches!(plan.schema().shape(shape), Shape::List { .. });
    if node.is_list() && single {
        return node.items().find(holds);
    }
    Some(node).filter(holds)
}

/// The fact whose value, list or map is `node`.
fn stated<'p>(
    plan: &Plan<'p>,
    node: Node<'p>,
    shape: ShapeId,
    body: Option<BodyIndex>,
    blanket: Option<Node<'p>>,
) -> Fact<'p> {
    if let Shape::List { item } = *plan.schema().shape(shape)
        && node.is_list()
    {
        return rows(plan, node, shape, item, body, blanket);
    }
    let Some(node) = variant(plan, node, shape, body) else {
        return silent(node, &[], shape, blanket);
    };
    let reserved = plan.reserved(node);
    if reserved.is_mode() {
        return match plan.annexed(node) {
            Some(inside) => stated(plan, inside, shape, body, blanket),
            None => of_modes(node, shape, false),
        };
    }
    // A map without a key, or with side keys alone, states nothing; an empty list states that there
    // is none.
    if node.is_null() || (node.is_map() && reserved.is_bare()) {
        return silent(node, &[], shape, blanket);
    }
    let mode = Mode::Stated(Stated::One(node));
    Fact {
        mode,
        others: Vec::new(),
        blanket: false,
        place: node,
        shape,
    }
}

/// The rows of a list that hold for the body. A row that is a mode speaks for the bodies it names
/// where no row states a value for them.
fn rows<'p>(
    plan: &Plan<'p>,
    list: Node<'p>,
    shape: ShapeId,
    item: ShapeId,
    body: Option<BodyIndex>,
    blanket: Option<Node<'p>>,
) -> Fact<'p> {
    if rows_for(plan, list, body).next().is_none() {
        if let Some(row) = mode_row(plan, list, item, body) {
            return of_modes(row, shape, false);
        }
        if list.items().len() > 0 {
            return silent(list, &[], shape, blanket);
        }
    }
    let mode = Mode::Stated(Stated::Rows { list });
    Fact {
        mode,
        others: Vec::new(),
        blanket: false,
        place: list,
        shape,
    }
}

/// The row that is a mode and holds for the body.
fn mode_row<'p>(
    plan: &Plan<'p>,
    list: Node<'p>,
    item: ShapeId,
    body: Option<BodyIndex>,
) -> Option<Node<'p>> {
    if owner_field(plan.schema(), item).is_some() {
        return None;
    }
    let mut rows = list.items();
    rows.find(|&row| plan.reserved(row).is_mode() && reaches_in(plan, row, body))
}

/// The rows of a list that state a value and hold for the body, in order.
pub fn rows_for<'r, 'p>(
    plan: &'r Plan<'p>,
    list: Node<'p>,
    body: Option<BodyIndex>,
) -> impl Iterator<Item = Node<'p>> + use<'r, 'p> {
    let mut cursor = 0;
    std::iter::from_fn(move || next_row(plan, list, body, &mut cursor))
}

/// The next of these rows. `cursor` starts at 0, so that a walk can be taken up again.
pub fn next_row<'p>(
    plan: &Plan<'p>,
    list: Node<'p>,
    body: Option<BodyIndex>,
    cursor: &mut usize,
) -> Option<Node<'p>> {
    // Of a register whose rows have owners, the places of the body's own.
    let owned = body.and_then(|body| plan.owned(list, body));
    let reader = body.filter(|_| owned.is_none());
    loop {
        let at = match owned {
            Some(owned) => *owned.get(*cursor)? as usize,
            None => *cursor,
        };
        *cursor += 1;
        let row = list.item(at)?;
        let reserved = plan.reserved(row);
        let reaches_it = |body| !reserved.scope || reaches(row, plan.bodies().get(body));
        if !reserved.is_mode() && reader.is_none_or(reaches_it) {
            return Some(row);
        }
    }
}

/// Whether a node of the plan holds for a body. Hardly any says for whom, so that is asked first.
fn reaches_in<'p>(plan: &Plan<'p>, node: Node<'p>, body: Option<BodyIndex>) -> bool {
    body.is_none_or(|body| !plan.reserved(node).scope || reaches(node, plan.bodies().get(body)))
}

fn of_modes(node: Node<'_>, shape: ShapeId, blanket: bool) -> Fact<'_> {
    let mut modes = modes_on(node);
    let mode = modes.next().expect("internal: the map carries a mode");
    Fact {
        mode,
        others: modes.collect(),
        blanket,
        place: node,
        shape,
    }
}

fn silent<'p>(
    place: Node<'p>,
    missing: &[&str],
    shape: ShapeId,
    blanket: Option<Node<'p>>,
) -> Fact<'p> {
    if let Some(blanket) = blanket {
        return of_modes(blanket, shape, true);
    }
    let missing = missing.iter().map(|&key| key.to_owned()).collect();
    Fact {
        mode: Mode::Silent { missing },
        others: Vec::new(),
        blanket: false,
        place,
        shape,
    }
}

/// The type at the end of a path, so that a silent fact still has one.
fn shape_at(plan: &Plan<'_>, start: ShapeId, path: &[&str]) -> ShapeId {
    let schema = plan.schema();
    path.iter().fold(start, |shape, name| {
        let field = schema
            .field_named(shape, name)
            .map(|field| schema.field(field));
        field.map_or(shape, |field: &Field| field.shape)
    })
}
