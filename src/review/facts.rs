//! What changed in a plan → what approval rules see of it, and what people are shown.

use std::sync::Arc;

use super::anchor::Side as DiffSide;
use super::rules::ChangeFacts;
use crate::cel::Data;
use crate::change::{Change, Kind, Pair, Side};
use crate::config::roster::AgencyId;
use crate::document::{Content, Node};
use crate::plan::{Plan, Scalar, Schema, Shape, ShapeId};
use crate::text::{DateRange, Duration, Localized};

/// A change with the place where it is seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What rules see.
    pub facts: ChangeFacts,
    /// The file.
    pub file: Arc<str>,
    /// The side on which it is seen: what is gone is seen where it was.
    pub side: DiffSide,
    /// The line there, from 1.
    pub line: usize,
    /// Where it is marked as weaker.
    pub may_weaken: bool,
    /// The type of what changed, where it is a thing of the schema.
    pub shape: Option<ShapeId>,
}

/// The changes of one plan as rules see them. What differs only in its spelling is left out.
pub(super) fn seen(
    agency: &AgencyId,
    changes: &[Change<'_>],
    old: &Plan<'_>,
    new: &Plan<'_>,
) -> Vec<Seen> {
    let changes = changes
        .iter()
        .filter(|change| change.class != crate::change::Class::Layout);
    changes
        .map(|change| see(agency, change, old, new))
        .collect()
}

fn see(agency: &AgencyId, change: &Change<'_>, old: &Plan<'_>, new: &Plan<'_>) -> Seen {
    let schema = new.schema();
    let place = change.place();
    let is_gone = change.pair().new.node.is_none() && change.pair().old.node.is_some();
    let (body, grade) = body_of(change, old, new);
    let value = |pick: for<'c, 'p> fn(&'c Pair<'p>) -> &'c Side<'p>| {
        values(change, schema, |pair| pick(pair).node)
    };
    Seen {
        facts: ChangeFacts {
            agency: Arc::clone(agency),
            path: Arc::clone(change.path()),
            title: (*change.title()).clone(),
            class: change.class.word(),
            kind: change.kind.word(),
            effect: change.effect.word(),
            chapter: change.chapter,
            body,
            grade,
            old: value(|pair| &pair.old),
            new: value(|pair| &pair.new),
        },
        file: place.file.name().into(),
        side: if is_gone {
            DiffSide::Old
        } else {
            DiffSide::New
        },
        line: place.start().line,
        may_weaken: change.may_weaken(),
        shape: Some(change.shape),
    }
}

/// A plan that comes or goes as a whole, beside what stands in it.
pub(super) fn whole(agency: &AgencyId, file: &str, kind: Kind) -> Seen {
    let is_gone = kind == Kind::Removed;
    let title = match is_gone {
        true => Localized::new("整份計畫", "the whole plan"),
        false => Localized::new("新的計畫", "a new plan"),
    };
    Seen {
        facts: ChangeFacts {
            agency: Arc::clone(agency),
            path: "".into(),
            title,
            class: "scope",
            kind: kind.word(),
            effect: if is_gone { "weaker" } else { "stronger" },
            chapter: None,
            body: None,
            grade: None,
            old: None,
            new: None,
        },
        file: file.into(),
        side: if is_gone {
            DiffSide::Old
        } else {
            DiffSide::New
        },
        line: 1,
        may_weaken: is_gone,
        shape: None,
    }
}

/// A plan whose folder has another name now. Whose it is hangs on its folder, so that it counts as
/// much as if it were gone.
pub(super) fn moved(agency: &AgencyId, from: &str, file: &str) -> Seen {
    let title = Localized::new(
        format!("計畫由 {from} 移至 {file}"),
        format!("the plan, moved from {from} to {file}"),
    );
    let seen = whole(agency, file, Kind::Moved);
    Seen {
        facts: ChangeFacts {
            title,
            effect: "weaker",
            old: Some(Data::text(from)),
            new: Some(Data::text(file)),
            ..seen.facts
        },
        may_weaken: true,
        ..seen
    }
}

/// A plan that cannot be read on one side: whatever it was or is, it may ask less. Bound to the
/// names of its content.
pub(super) fn unread(agency: &AgencyId, file: &str, old: Option<&str>, new: Option<&str>) -> Seen {
    let title = Localized::new("無法讀取的計畫", "a plan that cannot be read");
    let seen = control(agency, file, old, new);
    Seen {
        facts: ChangeFacts {
            path: "".into(),
            title,
            class: "scope",
            effect: "weaker",
            ..seen.facts
        },
        ..seen
    }
}

/// A file that decides how plans are judged, by the name of its content on both sides.
pub fn control(agency: &AgencyId, path: &str, old: Option<&str>, new: Option<&str>) -> Seen {
    let kind = match (old, new) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ => Kind::Changed,
    };
    Seen {
        facts: ChangeFacts {
            agency: Arc::clone(agency),
            path: path.into(),
            title: Localized::new(format!("控制檔 {path}"), format!("control file {path}")),
            class: "control",
            kind: kind.word(),
            effect: "unclear",
            chapter: None,
            body: None,
            grade: None,
            old: old.map(Data::text),
            new: new.map(Data::text),
        },
        file: path.into(),
        side: if new.is_none() {
            DiffSide::Old
        } else {
            DiffSide::New
        },
        line: 1,
        may_weaken: true,
        shape: None,
    }
}

/// The body that a change is about, with its grade as it is proposed: the row it stands in, else the
/// only one. Where the row goes, as it was.
fn body_of(
    change: &Change<'_>,
    old: &Plan<'_>,
    new: &Plan<'_>,
) -> (Option<Arc<str>>, Option<Arc<str>>) {
    let pair = change.pair();
    let row = row(new, &pair.new)
        .or_else(|| row(old, &pair.old))
        .or_else(|| only(new));
    let Some((id, grade)) = row else {
        return (None, None);
    };
    let grade = grade.map(|grade| grade.to_string().into());
    (Some(id.into()), grade)
}

fn row<'p>(plan: &Plan<'p>, side: &Side<'p>) -> Option<(&'p str, Option<char>)> {
    let mut at = side.node.or(Some(side.near));
    while let Some(node) = at {
        if let Some(index) = plan.bodies().at(node) {
            let body = plan.bodies().get(index);
            return Some((body.id, body.grade));
        }
        at = node.parent();
    }
    None
}

fn only<'p>(plan: &Plan<'p>) -> Option<(&'p str, Option<char>)> {
    match plan.bodies().all() {
        [body] => Some((body.id, body.grade)),
        _ => None,
    }
}

/// The value on one side; of several pairs all of them.
fn values<'p>(
    change: &Change<'p>,
    schema: &Schema,
    node: impl Fn(&Pair<'p>) -> Option<Node<'p>>,
) -> Option<Data> {
    let of = |pair: &Pair<'p>| node(pair).map(|node| value(node, change.shape, schema));
    match change.pairs.as_slice() {
        [pair] => of(pair),
        pairs => {
            let each = pairs.iter().map(|pair| of(pair).unwrap_or(Data::Null));
            Some(Data::list(each))
        }
    }
}

/// A value by what it means: a date and a span of time are the same in every spelling.
fn value(node: Node<'_>, shape: ShapeId, schema: &Schema) -> Data {
    let by_meaning = match schema.shape(shape) {
        Shape::Scalar(Scalar::Date) => DateRange::parse(node.written()).map(Data::Date),
        Shape::Scalar(Scalar::Duration) => Duration::parse(node.written()).map(Data::Duration),
        _ => None,
    };
    by_meaning.unwrap_or_else(|| data(node))
}

fn data(node: Node<'_>) -> Data {
    match node.content() {
        Content::Null => Data::Null,
        Content::Bool(value) => Data::Bool(value),
        Content::Int(value) => Data::Int(value),
        Content::Float(value) => Data::Double(value),
        Content::Text(text) => Data::text(text),
        Content::List => Data::list(node.items().map(data)),
        Content::Map => Data::record(node.entries().map(|entry| (entry.key, data(entry.value)))),
    }
}
