//! What a policy visits in a plan.

use super::before;
use super::host::{PlanHost, Thing};
use super::law_date::LawDates;
use super::prose;
use super::scene::{Scene, Visit};
use crate::cel::{Content, Data, Read, Value};
use crate::plan::{self, BodyIndex, Fact, Mode, Stated};
use crate::policy::{Collection, Each, Policy};

/// The visits of a policy, or the fact that stands instead of the collection.
pub(super) enum Visits<'p> {
    /// One for each item.
    Items(Vec<Visit<'p>>),
    /// The collection itself is not stated: one verdict for all of it.
    Instead(Fact<'p>),
}

/// What a policy visits. Bodies that may share a verdict are visited once, by `bodies`.
pub(super) fn visits<'p>(
    host: &'p PlanHost<'p>,
    policy: &'p Policy,
    bodies: &[BodyIndex],
) -> Visits<'p> {
    let plan = host.plan;
    let agency = plan.bodies().agency();
    if policy.transition.is_some() {
        return before::visits(host, policy);
    }
    match &policy.each {
        Each::Plan => Visits::Items(vec![Visit {
            it: host.root(agency),
            node: plan.root(),
            missing: Vec::new(),
            body: agency,
            need: None,
            fact: None,
            item: None,
            found: None,
            sides: None,
        }]),
        Each::Derived(Collection::Items) => Visits::Items(mandatory(host, agency)),
        Each::Derived(Collection::Citations) => Visits::Items(cited(host)),
        Each::Derived(Collection::Delegations) => Visits::Items(delegated(host)),
        // They are visited by transitions only.
        Each::Derived(Collection::Changes | Collection::Notes) => Visits::Items(Vec::new()),
        Each::Derived(Collection::Texts) => match &policy.forbid {
            Some(forbid) => Visits::Items(prose::matches(host, forbid)),
            None => Visits::Items(prose::texts(host)),
        },
        Each::Bodies => {
            let fact = plan::look(plan, &["bodies"], None);
            if !matches!(fact.mode, Mode::Stated(_)) {
                return Visits::Instead(fact);
            }
            Visits::Items(bodies.iter().map(|&body| visit_of(host, body)).collect())
        }
        Each::Rows(path) => rows(host, path),
    }
}

/// The visit of a body.
pub(super) fn visit_of<'p>(host: &'p PlanHost<'p>, body: BodyIndex) -> Visit<'p> {
    let schema = host.plan.schema();
    let rows = schema
        .resolve("bodies")
        .map_or(schema.root(), |field| schema.field(field).shape);
    let shape = schema.item_of(rows).unwrap_or(rows);
    let node = host.plan.bodies().get(body).node;
    Visit {
        it: Value::object(Thing::Seen {
            node,
            shape,
            body: Some(body),
        }),
        node,
        missing: Vec::new(),
        body: Some(body),
        need: None,
        fact: None,
        item: None,
        found: None,
        sides: None,
    }
}

fn mandatory<'p>(host: &'p PlanHost<'p>, agency: Option<BodyIndex>) -> Vec<Visit<'p>> {
    let visits = host.items.iter().enumerate().filter_map(|(at, item)| {
        let fact = plan::item_fact(host.plan, item, None)?;
        let missing = match &fact.mode {
            Mode::Silent { missing } => missing.clone(),
            _ => Vec::new(),
        };
        let thing = Thing::Derived(Collection::Items, u32::try_from(at).ok()?);
        Some(Visit {
            it: Value::new(Content::Object(thing)),
            node: fact.place,
            missing,
            body: agency,
            need: None,
            fact: Some(fact),
            item: Some(item.number),
            found: None,
            sides: None,
        })
    });
    visits.collect()
}

/// Every duty that is left to a document, at the place where the document is cited.
fn delegated<'p>(host: &'p PlanHost<'p>) -> Vec<Visit<'p>> {
    let delegations = host.delegations.borrow();
    let visits = delegations.iter().enumerate().filter_map(|(at, one)| {
        let thing = Thing::Derived(Collection::Delegations, u32::try_from(at).ok()?);
        Some(Visit {
            it: Value::object(thing),
            node: one.citation.node,
            missing: Vec::new(),
            body: None,
            need: None,
            fact: None,
            item: None,
            found: None,
            sides: None,
        })
    });
    visits.collect()
}

/// Everything that the plan cites.
fn cited<'p>(host: &'p PlanHost<'p>) -> Vec<Visit<'p>> {
    let visits = host.derived.citations.iter().enumerate();
    let visits = visits.filter_map(|(at, citation)| {
        let thing = Thing::Derived(Collection::Citations, u32::try_from(at).ok()?);
        let shape = citation.shape.unwrap_or(host.plan.schema().root());
        // The part that names what is cited: beside it a section stays as it is.
        let place = citation.node.get("document").unwrap_or(citation.node);
        let mode = Mode::Stated(Stated::One(place));
        let fact = Fact {
            mode,
            others: Vec::new(),
            blanket: false,
            place,
            shape,
        };
        Some(Visit {
            it: Value::object(thing),
            node: citation.node,
            missing: Vec::new(),
            body: None,
            need: None,
            fact: Some(fact),
            item: None,
            found: None,
            sides: None,
        })
    });
    visits.collect()
}

/// The rows of a list of the plan; a path with several lists visits the rows of the inner one.
pub(super) fn rows<'p>(host: &'p PlanHost<'p>, path: &'p [String]) -> Visits<'p> {
    let plan = host.plan;
    let mut level = vec![(plan.root(), plan.schema().root())];
    let mut alone = true;
    for key in path {
        let mut next = Vec::new();
        for (node, shape) in level {
            let fact = match node == plan.root() {
                true => plan::look(plan, &[key], None),
                false => plan::look_from(plan, node, shape, &[key], None),
            };
            match &fact.mode {
                Mode::Stated(Stated::Rows { list }) => {
                    let item = plan.schema().item_of(fact.shape).unwrap_or(fact.shape);
                    next.extend(plan::rows_for(plan, *list, None).map(|row| (row, item)));
                    alone = false;
                }
                Mode::Stated(Stated::One(inner)) => next.push((*inner, fact.shape)),
                _ if alone => return Visits::Instead(fact),
                _ => {}
            }
        }
        level = next;
    }
    let visits = level.into_iter().filter_map(|(node, shape)| {
        let body = plan::owner(plan, node, shape);
        let Read::Value(it) = host.of_node(node, shape, body) else {
            return None;
        };
        let missing = Vec::new();
        Some(Visit {
            it,
            node,
            missing,
            body,
            need: None,
            fact: None,
            item: None,
            found: None,
            sides: None,
        })
    });
    Visits::Items(visits.collect())
}

/// The visits of an item over the law's list on the last of the days, if the policy has one.
pub(super) fn needs<'p>(
    scene: &Scene<'p>,
    policy: &'p Policy,
    visit: Visit<'p>,
    dates: &LawDates,
) -> Vec<Visit<'p>> {
    let Some(list) = &policy.over else {
        return vec![visit];
    };
    let row = scene.row(visit.body);
    let in_force = dates.days.iter().rev().find_map(|&day| policy.on(day));
    let edition = in_force.filter(|edition| edition.applies_to.includes(row));
    over(
        visit,
        edition.and_then(|edition| edition.params.at(row).get(list)),
    )
}

/// A visit for each entry of a list of the law.
fn over<'p>(visit: Visit<'p>, needs: Option<&'p Data>) -> Vec<Visit<'p>> {
    let Some(Data::List(needs)) = needs else {
        return vec![visit];
    };
    let entry = |need: &'p Data| {
        let id = match need {
            Data::Text(text) => text.to_string(),
            need => match need.get("id") {
                Some(Data::Text(id)) => id.to_string(),
                _ => String::new(),
            },
        };
        Visit {
            need: Some((need, id)),
            ..visit.clone()
        }
    };
    needs.iter().map(entry).collect()
}
