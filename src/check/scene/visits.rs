//! What a policy visits in a plan.

use std::rc::Rc;

use crate::cel::{Data, Read, Value};
use crate::check::law_date::LawDates;
use crate::check::scene::host::{PlanHost, Seen, Thing};
use crate::check::scene::prose::{self, Sieve, Sifted};
use crate::check::scene::{Scene, Visit};
use crate::check::sides::before;
use crate::plan::{self, BodyIndex, Fact, Mode, Stated};
use crate::policy::{Collection, Each, Policy};

/// The visits of a policy, or the fact that stands instead of the collection.
pub(in crate::check) enum Visits<'p> {
    /// One for each item.
    Items(Vec<Visit<'p>>),
    /// The collection itself is not stated: one verdict for all of it.
    Instead(Fact<'p>),
}

/// What several policies visit alike, made once for a plan.
pub(in crate::check) struct SharedVisits<'p> {
    known: Vec<(&'p Each, Rc<Visits<'p>>)>,
    /// The bodies, in so many groups: they are grouped, or each is by itself.
    bodies: Vec<(usize, Rc<Visits<'p>>)>,
    sieve: &'p Sieve<'p>,
    sifted: Option<Sifted<'p>>,
}

/// What a policy visits. Bodies that may share a verdict are visited once, as the first of `groups`.
pub(in crate::check) fn visits<'p>(
    host: &'p PlanHost<'p>,
    policy: &'p Policy,
    groups: &[Vec<BodyIndex>],
    shared: &mut SharedVisits<'p>,
) -> Rc<Visits<'p>> {
    if policy.transition.is_some() {
        return Rc::new(before::visits(host, policy));
    }
    match (&policy.each, &policy.forbid) {
        (Each::Bodies, _) => shared.bodies(host, groups),
        // What duties came to changes with every policy.
        (Each::Derived(Collection::Delegations), _) => Rc::new(Visits::Items(delegated(host))),
        (Each::Derived(Collection::Texts), Some(forbid)) => Rc::new(Visits::Items(prose::matches(
            host,
            forbid,
            shared.sifted(host),
        ))),
        (each, _) => shared.of(host, each),
    }
}

impl<'p> SharedVisits<'p> {
    /// None yet, of a pack whose text policies are these.
    pub(in crate::check) fn new(sieve: &'p Sieve<'p>) -> Self {
        Self {
            known: Vec::new(),
            bodies: Vec::new(),
            sieve,
            sifted: None,
        }
    }

    fn sifted(&mut self, host: &PlanHost<'p>) -> &Sifted<'p> {
        self.sifted.get_or_insert_with(|| self.sieve.sift(host))
    }

    fn bodies(&mut self, host: &'p PlanHost<'p>, groups: &[Vec<BodyIndex>]) -> Rc<Visits<'p>> {
        let is = |(known, _): &&(usize, _)| *known == groups.len();
        if let Some((_, known)) = self.bodies.iter().find(is) {
            return Rc::clone(known);
        }
        let made = Rc::new(bodies(host, groups));
        self.bodies.push((groups.len(), Rc::clone(&made)));
        made
    }

    fn of(&mut self, host: &'p PlanHost<'p>, each: &'p Each) -> Rc<Visits<'p>> {
        if let Some((_, known)) = self.known.iter().find(|(known, _)| *known == each) {
            return Rc::clone(known);
        }
        let made = Rc::new(made(host, each));
        self.known.push((each, Rc::clone(&made)));
        made
    }
}

/// The visits of what is the same for all policies.
fn made<'p>(host: &'p PlanHost<'p>, each: &'p Each) -> Visits<'p> {
    let agency = host.plan.bodies().agency();
    match each {
        Each::Plan => Visits::Items(vec![Visit {
            body: agency,
            ..Visit::of(host.root(agency), host.plan.root())
        }]),
        Each::Rows(path) => rows(host, path),
        Each::Derived(Collection::Items) => Visits::Items(mandatory(host, agency)),
        Each::Derived(Collection::Citations) => Visits::Items(cited(host)),
        Each::Derived(Collection::Texts) => Visits::Items(prose::texts(host)),
        // Bodies and delegations are not shared; changes and notes are of transitions only.
        Each::Bodies
        | Each::Derived(Collection::Delegations | Collection::Changes | Collection::Notes) => {
            Visits::Items(Vec::new())
        }
    }
}

fn bodies<'p>(host: &'p PlanHost<'p>, groups: &[Vec<BodyIndex>]) -> Visits<'p> {
    let fact = plan::look(host.plan, &["bodies"], None);
    if !matches!(fact.mode, Mode::Stated(_)) {
        return Visits::Instead(fact);
    }
    let firsts = groups.iter().map(|group| visit_of(host, group[0]));
    Visits::Items(firsts.collect())
}

/// The visit of a body.
pub(in crate::check) fn visit_of<'p>(host: &'p PlanHost<'p>, body: BodyIndex) -> Visit<'p> {
    let schema = host.plan.schema();
    let rows = schema
        .resolve("bodies")
        .map_or(schema.root(), |field| schema.field(field).shape);
    let shape = schema.item_of(rows).unwrap_or(rows);
    let node = host.plan.bodies().get(body).node;
    let it = host.thing(Seen {
        node,
        shape,
        body: Some(body),
    });
    Visit {
        body: Some(body),
        ..Visit::of(Value::object(it), node)
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
        let visit = Visit::of(Value::object(thing), fact.place);
        Some(Visit {
            missing,
            body: agency,
            item: Some(item.number),
            fact: Some(fact),
            ..visit
        })
    });
    visits.collect()
}

/// Every duty that is left to a document, at the place where the document is cited.
fn delegated<'p>(host: &'p PlanHost<'p>) -> Vec<Visit<'p>> {
    let delegations = host.delegations.borrow();
    let visits = delegations.iter().enumerate().filter_map(|(at, one)| {
        let thing = Thing::Derived(Collection::Delegations, u32::try_from(at).ok()?);
        Some(Visit::of(Value::object(thing), one.citation.node))
    });
    visits.collect()
}

/// Everything that the plan cites.
fn cited<'p>(host: &'p PlanHost<'p>) -> Vec<Visit<'p>> {
    let visits = host.derived.citations.iter().enumerate();
    let visits = visits.map(|(at, citation)| {
        let number = u32::try_from(at).expect("internal: a plan has fewer citations than bytes");
        let thing = Thing::Derived(Collection::Citations, number);
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
        Visit {
            fact: Some(fact),
            ..Visit::of(Value::object(thing), citation.node)
        }
    });
    visits.collect()
}

/// The rows of a list of the plan; a path with several lists visits the rows of the inner one.
pub(in crate::check) fn rows<'p>(host: &'p PlanHost<'p>, path: &'p [String]) -> Visits<'p> {
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
    // A visit is large: a list that grows is copied.
    let mut all = Vec::with_capacity(level.len());
    all.extend(level.into_iter().filter_map(|(node, shape)| {
        let body = plan::owner(plan, node, shape);
        let Read::Value(it) = host.of_node(node, shape, body) else {
            return None;
        };
        Some(Visit {
            body,
            ..Visit::of(it, node)
        })
    }));
    Visits::Items(all)
}

/// The law's list on the last of the days that the policy asks of an item, if it has one.
pub(in crate::check) fn needs<'p>(
    scene: &Scene<'p>,
    policy: &'p Policy,
    visit: &Visit<'p>,
    dates: &LawDates,
) -> Option<&'p [Data]> {
    let list = policy.over.as_ref()?;
    let row = scene.row(visit.body);
    let in_force = dates.days.iter().rev().find_map(|&day| policy.on(day));
    let edition = in_force.filter(|edition| edition.applies_to.includes(row));
    match edition?.params.at(row).get(list) {
        Some(Data::List(needs)) => Some(needs),
        _ => None,
    }
}

/// What an entry of the law's list is called.
pub(in crate::check) fn id_of(need: &Data) -> &str {
    match need {
        Data::Text(text) => text,
        need => match need.get("id") {
            Some(Data::Text(id)) => id,
            _ => "",
        },
    }
}
