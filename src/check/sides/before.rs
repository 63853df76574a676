//! The plan before, as transitions see it beside the one that is judged.
//!
//! In: two plans as expressions see them, and what changed between them. Out: what a transition
//! visits, `old` and `new` there, and the fields of changes and of notes.

use std::collections::BTreeMap;

use crate::cel::{Content, List, Read, Value};
use crate::change::log::Notes;
use crate::change::{Change, Changes};
use crate::check::scene::host::{PlanHost, Thing, Whose};
use crate::check::scene::visits::{Visits, rows};
use crate::check::scene::{Scene, Visit};
use crate::document::Node;
use crate::finding::Place;
use crate::plan::{self, Fact, Mode, Plan};
use crate::policy::{Collection, DerivedField, Each, Pairs, Policy};

/// The plan before, with what changed since.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Before<'p> {
    pub(in crate::check) host: &'p PlanHost<'p>,
    pub(in crate::check) changes: &'p Changes<'p>,
    pub(in crate::check) notes: &'p Notes<'p>,
}

/// What is compared, before and after; of rows that came or went, one is not there.
#[derive(Debug, Clone)]
pub(in crate::check) struct Sides<'p> {
    pub(in crate::check) old: Option<Value<'p, Thing<'p>>>,
    pub(in crate::check) new: Option<Value<'p, Thing<'p>>>,
}

impl<'p> Before<'p> {
    pub(in crate::check) fn change(&self, at: u32) -> Option<&'p Change<'p>> {
        self.changes.all.get(at as usize)
    }

    /// Both plans as wholes.
    pub(in crate::check) fn whole(&self, new: Value<'p, Thing<'p>>) -> Sides<'p> {
        Sides {
            old: Some(value_as_it_was(self.host.root(None))),
            new: Some(new),
        }
    }

    /// A field of a change or of a note.
    pub(in crate::check) fn field(
        &self,
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        match thing {
            Thing::Derived(Collection::Changes, at) => {
                self.of_change(self.change(at)?, thing, field)
            }
            Thing::Derived(Collection::Notes, at) => self.of_note(at, thing, field),
            _ => None,
        }
    }

    fn of_change(
        &self,
        change: &'p Change<'p>,
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        let path: &'p str = change.path();
        let text = match field {
            DerivedField::ChangePath => path,
            DerivedField::ChangeSection => path.split(['.', '[']).next().unwrap_or(path),
            DerivedField::ChangeField => last_key(path),
            DerivedField::ChangeKind => change.kind.word(),
            DerivedField::ChangeClass => change.class.word(),
            DerivedField::ChangeEffect => change.effect.word(),
            DerivedField::ChangeExplained => self.notes.explain(change).word(),
            DerivedField::ChangeChapter => {
                let chapter = i64::from(change.chapter?);
                return Some(Value::read(Content::Int(chapter), thing));
            }
            _ => return None,
        };
        Some(Value::text(text, thing))
    }

    fn of_note(
        &self,
        at: u32,
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        let note = self.notes.all.get(at as usize)?;
        let text = match field {
            DerivedField::NoteText => note.text,
            DerivedField::NoteClass => note.class?.word(),
            DerivedField::NoteFounded => note.founded(self.changes).word(),
            _ => return None,
        };
        Some(Value::text(text, thing))
    }
}

/// The key below the last row of a path; nothing where the path ends at the row or the section.
fn last_key(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((_, last)) if !last.ends_with(']') => last,
        _ => "",
    }
}

impl<'p> Scene<'p> {
    /// The plan that a node belongs to: the one that is judged, or the one before.
    pub(in crate::check) fn plan_of(&self, node: Node<'p>) -> &'p Plan<'p> {
        let before = self.host.before.as_ref();
        let before = before.map(|before| before.host.plan);
        before
            .filter(|plan| plan.holds(node))
            .unwrap_or(self.host.plan)
    }

    /// The identity path of what is visited; of a change, its own.
    pub(in crate::check) fn path_of(&self, visit: &Visit<'p>) -> String {
        match self.change(visit) {
            Some(change) => change.path().to_string(),
            None => plan::identity_path(self.plan_of(visit.node), visit.node),
        }
    }

    /// The change that is visited.
    pub(in crate::check) fn change(&self, visit: &Visit<'p>) -> Option<&'p Change<'p>> {
        match visit.it.content {
            Content::Object(Thing::Derived(Collection::Changes, at)) => {
                self.host.before.as_ref()?.change(at)
            }
            _ => None,
        }
    }
}

impl<'p> PlanHost<'p> {
    /// Something of the plan before, with the host that knows that plan.
    pub(in crate::check) fn earlier(
        &self,
        thing: Thing<'p>,
    ) -> Option<(&'p PlanHost<'p>, Thing<'p>)> {
        let Thing::Was { spot, shape } = thing else {
            return None;
        };
        let body = Whose::ALL;
        let seen = Thing::Seen { spot, shape, body };
        self.before.map(|before| (before.host, seen))
    }
}

/// What the host of the plan before read, marked as being of that plan.
pub(in crate::check) fn as_it_was<'p>(read: Read<'p, Thing<'p>>) -> Read<'p, Thing<'p>> {
    match read {
        Read::Value(value) => Read::Value(value_as_it_was(value)),
        other => other,
    }
}

fn value_as_it_was<'p>(value: Value<'p, Thing<'p>>) -> Value<'p, Thing<'p>> {
    let was = |thing| match thing {
        Thing::Seen { spot, shape, .. } => Thing::Was { spot, shape },
        other => other,
    };
    let content = match value.content {
        Content::Object(thing) => Content::Object(was(thing)),
        Content::List(List::Host(thing)) => Content::List(List::Host(was(thing))),
        other => other,
    };
    Value {
        content,
        origin: value.origin.map(was),
    }
}

/// Where a change was, if it is shown elsewhere.
pub(in crate::check) fn was_at(change: &Change<'_>) -> Option<Place> {
    let pair = change.pair();
    let both = pair.old.node.is_some() && pair.new.node.is_some();
    both.then(|| pair.old.place.clone())
}

/// What a transition visits; nothing without a plan before.
pub(in crate::check) fn visits<'p>(host: &'p PlanHost<'p>, policy: &'p Policy) -> Visits<'p> {
    let Some(before) = host.before else {
        return Visits::Items(Vec::new());
    };
    match &policy.each {
        Each::Derived(collection) => Visits::Items(derived(host, *collection)),
        Each::Bodies => paired(host, before, policy, &BODIES),
        Each::Rows(path) => paired(host, before, policy, path),
        Each::Plan => {
            let agency = host.plan.bodies().agency();
            Visits::Items(vec![Visit::of(host.root(agency), host.plan.root())])
        }
    }
}

static BODIES: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| vec!["bodies".to_owned()]);

fn derived<'p>(host: &'p PlanHost<'p>, collection: Collection) -> Vec<Visit<'p>> {
    let visits = (0..host.count(collection)).filter_map(|at| {
        let thing = Thing::Derived(collection, u32::try_from(at).ok()?);
        let node = host.node_of(thing).unwrap_or(host.plan.root());
        Some(Visit::of(Value::object(thing), node))
    });
    visits.collect()
}

/// Rows of both plans, matched by identity. A register that cannot be read on one side is one
/// verdict for all of it.
fn paired<'p>(
    host: &'p PlanHost<'p>,
    before: Before<'p>,
    policy: &'p Policy,
    path: &'p [String],
) -> Visits<'p> {
    let (old, new) = match (listed(rows(before.host, path)), listed(rows(host, path))) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(fact), _) | (_, Err(fact)) => return Visits::Instead(fact),
    };
    let was = |visit: &Visit<'p>| plan::identity_path(before.host.plan, visit.node);
    let mut old: BTreeMap<String, Visit<'p>> =
        old.into_iter().map(|visit| (was(&visit), visit)).collect();
    let pairs = policy.transition.unwrap_or(Pairs::Matched);
    let mut visits = Vec::new();
    for mut new in new {
        let old = old.remove(&plan::identity_path(host.plan, new.node));
        if old.is_some() != (pairs == Pairs::Matched) || pairs == Pairs::Removed {
            continue;
        }
        if policy.each == Each::Bodies {
            new.body = host.plan.bodies().at(new.node);
        }
        let sides = Sides {
            old: old.map(|old| value_as_it_was(old.it)),
            new: Some(new.it.clone()),
        };
        new.sides = Some(sides.into());
        visits.push(new);
    }
    if pairs == Pairs::Removed {
        let gone = old.into_values().map(|old| {
            let it = value_as_it_was(old.it);
            let sides = Sides {
                old: Some(it.clone()),
                new: None,
            };
            Visit {
                sides: Some(sides.into()),
                ..Visit::of(it, old.node)
            }
        });
        visits.extend(gone);
    }
    Visits::Items(visits)
}

/// The rows of a register; none where it is silent.
fn listed(visits: Visits<'_>) -> Result<Vec<Visit<'_>>, Fact<'_>> {
    match visits {
        Visits::Items(visits) => Ok(visits),
        Visits::Instead(fact) if matches!(fact.mode, Mode::Silent { .. }) => Ok(Vec::new()),
        Visits::Instead(fact) => Err(fact),
    }
}
