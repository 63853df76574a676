//! The lines to write instead, from the policy's draft, put at their place in the plan.

use crate::cel::{Content, Value};
use crate::check::findings::Entry;
use crate::check::scene::Scene;
use crate::check::scene::visits::visit_of;
use crate::document::Node;
use crate::finding::Edit;
use crate::plan::{self, BodyIndex, Draft, Fact, Mode, Shape, Stated};
use crate::policy::{Each, FactPath, Policy, Start, Write, WriteKind};
use crate::text::{Duration, Unit};

/// The edit that cures the finding, where the policy says one.
pub(in crate::check) fn edit<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    write: &'p Write,
    entry: &Entry<'p>,
    bodies: &[BodyIndex],
) -> Option<Edit> {
    let fact = match &write.at {
        Some(path) => scene.look(&from_fact(path, policy)?, &entry.visit),
        None => match &entry.judgement.fact {
            Some(fact) => fact.clone(),
            None => scene.look(policy.fact.as_ref()?, &entry.visit),
        },
    };
    if policy.each == Each::Bodies && plan::has_owners(scene.plan().schema(), fact.shape) {
        return owned_rows(scene, policy, write, entry, bodies, &fact);
    }
    let draft = filled(scene, write, policy.draft(write))?;
    let scope = match policy.each {
        Each::Bodies => scope(scene, bodies),
        _ => None,
    };
    if write.kind == WriteKind::Add
        && scope.is_none()
        && let Some(row) = row_of_the_same_key(scene, policy, write, entry, &fact, &draft)
    {
        return Some(plan::merge(row, &draft));
    }
    put(scene, &fact, write.kind, draft, scope.as_ref())
}

/// The rows of a register belong to one body each: a row for each body.
fn owned_rows<'p>(
    scene: &mut Scene<'p>,
    policy: &'p Policy,
    write: &'p Write,
    entry: &Entry<'p>,
    bodies: &[BodyIndex],
    fact: &Fact<'p>,
) -> Option<Edit> {
    let edition = entry.judgement.edition?;
    let mut rows = Vec::new();
    for &body in bodies {
        let visit = visit_of(scene.host, body);
        let row = scene.row(Some(body));
        scene.enter(policy, edition, &visit, row);
        rows.push(filled(scene, write, policy.draft(write))?);
    }
    match &fact.mode {
        Mode::Stated(Stated::Rows { list }) => plan::insert_all(*list, &rows),
        Mode::Silent { .. } if fact.place.is_list() => plan::insert_all(fact.place, &rows),
        Mode::Silent { missing } => plan::insert(fact.place, &Draft::List(rows).under(missing)),
        _ if !fact.blanket => Some(plan::replace(fact.place, &Draft::List(rows))),
        _ => None,
    }
}

/// The row that has the identity of the one to add: a list never names the same thing twice, so that
/// the row is completed.
fn row_of_the_same_key<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    write: &Write,
    entry: &Entry<'p>,
    fact: &Fact<'p>,
    draft: &Draft,
) -> Option<Node<'p>> {
    let (Mode::Stated(Stated::Rows { list }), Draft::Map(new)) = (&fact.mode, draft) else {
        return None;
    };
    let path = match &write.at {
        Some(path) => from_fact(path, policy)?,
        None => policy.fact.clone()?,
    };
    let field = scene.field_of(policy, &path, &entry.visit)?;
    let of_draft = |name: &String| new.iter().find(|(key, _)| key == name).map(|(_, v)| v);
    let known = |names: &&Vec<String>| names.iter().all(|name| of_draft(name).is_some());
    let names = field.marks.key.iter().find(known)?;
    let same = |row: &Node<'p>| {
        names.iter().all(|name| {
            let value = row.get(name).map(|value| Draft::text(value.written()));
            value.is_some() && value.as_ref() == of_draft(name)
        })
    };
    plan::rows_for(scene.plan(), *list, entry.visit.body).find(same)
}

/// `fact.every` continues the path of the policy's fact.
fn from_fact(path: &FactPath, policy: &Policy) -> Option<FactPath> {
    if path.start != Start::Fact {
        return Some(path.clone());
    }
    let own = policy.fact.as_ref()?;
    let keys = own.keys.iter().chain(&path.keys).cloned().collect();
    Some(FactPath {
        keys,
        start: own.start,
    })
}

fn put<'p>(
    scene: &Scene<'p>,
    fact: &Fact<'p>,
    kind: WriteKind,
    draft: Draft,
    scope: Option<&Draft>,
) -> Option<Edit> {
    let is_list = matches!(scene.plan().schema().shape(fact.shape), Shape::List { .. });
    let row = |draft: Draft| with_scope(draft, scope.cloned());
    match (&fact.mode, kind) {
        (Mode::Stated(Stated::Rows { list }), WriteKind::Add) => plan::insert(*list, &row(draft)),
        (Mode::Stated(Stated::Rows { list }), _) => Some(plan::replace(*list, &draft)),
        (Mode::Stated(Stated::One(node)), WriteKind::Merge) => Some(plan::merge(*node, &draft)),
        (Mode::Stated(Stated::One(node)), _) => Some(plan::replace(*node, &draft)),
        (Mode::Silent { missing }, kind) => {
            let draft = match (is_list, kind) {
                (true, WriteKind::Add) => Draft::List(vec![row(draft)]),
                (true, _) => draft,
                (false, _) => row(draft),
            };
            silent(fact, missing, draft)
        }
        // A mode that stands on the fact itself is replaced; one of a section above is left as it
        // is and the fact stated beside it.
        (_, kind) if !fact.blanket => {
            let draft = match (is_list, kind) {
                (true, WriteKind::Add) => Draft::List(vec![row(draft)]),
                _ => draft,
            };
            Some(plan::replace(fact.place, &draft))
        }
        _ => None,
    }
}

fn silent(fact: &Fact<'_>, missing: &[String], draft: Draft) -> Option<Edit> {
    if fact.place.is_list() {
        return match draft {
            Draft::List(mut items) if items.len() == 1 => {
                plan::insert(fact.place, &items.remove(0))
            }
            Draft::List(_) => None,
            variant => plan::insert(fact.place, &variant),
        };
    }
    if missing.is_empty() {
        return Some(plan::replace_silent(fact.place, &draft));
    }
    plan::insert(fact.place, &draft.under(missing))
}

/// A row or map for some bodies only says for whom it holds.
fn with_scope(draft: Draft, scope: Option<Draft>) -> Draft {
    match (draft, scope) {
        (Draft::Map(entries), Some(scope)) => Draft::Map(
            [("for".to_owned(), scope)]
                .into_iter()
                .chain(entries)
                .collect(),
        ),
        (draft, _) => draft,
    }
}

/// For whom: nothing where it is all bodies, grades where they are all bodies of those grades, else
/// ids.
fn scope(scene: &Scene<'_>, bodies: &[BodyIndex]) -> Option<Draft> {
    let all = scene.plan().bodies();
    if bodies.len() == all.all().len() {
        return None;
    }
    let grade = |index: &BodyIndex| all.get(*index).grade;
    let mut grades: Vec<char> = bodies.iter().filter_map(grade).collect();
    grades.sort_unstable();
    grades.dedup();
    let whole = all.indices().all(|index| {
        let listed = bodies.contains(&index);
        all.get(index)
            .grade
            .is_some_and(|grade| grades.contains(&grade))
            == listed
    });
    let words: Vec<String> = if whole {
        grades.iter().map(char::to_string).collect()
    } else {
        bodies
            .iter()
            .map(|&index| all.get(index).id.to_owned())
            .collect()
    };
    Some(Draft::List(
        words.iter().map(|word| Draft::text(word)).collect(),
    ))
}

/// The policy's draft with its placeholders filled; one that is a whole scalar keeps its type.
fn filled<'p>(scene: &mut Scene<'p>, write: &'p Write, node: Node<'p>) -> Option<Draft> {
    if node.is_list() {
        let items: Option<Vec<Draft>> = node
            .items()
            .map(|item| filled(scene, write, item))
            .collect();
        return items.map(Draft::List);
    }
    if node.is_map() {
        let entries: Option<Vec<(String, Draft)>> = node
            .entries()
            .map(|entry| Some((entry.key.to_owned(), filled(scene, write, entry.value)?)))
            .collect();
        return entries.map(Draft::Map);
    }
    let Some(text) = node.as_str().filter(|text| text.contains('{')) else {
        return Some(Draft::of(node));
    };
    let whole = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    if let Some(expression) = whole.and_then(|source| write.placeholders.get(source)) {
        let value = scene.value(expression).ok()?;
        return draft_of(scene, &value);
    }
    let mut out = text.to_owned();
    for (source, expression) in &write.placeholders {
        let value = scene.value(expression).ok()?;
        let shown =
            crate::check::findings::show::written(scene, &value, crate::text::Language::ZhTw);
        out = out.replace(&format!("{{{source}}}"), &shown);
    }
    Some(Draft::text(&out))
}

fn draft_of<'p>(
    scene: &Scene<'p>,
    value: &Value<'p, crate::check::scene::host::Thing<'p>>,
) -> Option<Draft> {
    Some(match &value.content {
        Content::Bool(value) => Draft::Scalar(value.to_string()),
        Content::Int(value) => Draft::Scalar(value.to_string()),
        Content::Double(value) => Draft::Scalar(value.to_string()),
        Content::Text(text) => Draft::text(text),
        Content::Date(date) => Draft::Scalar(date.first.to_string()),
        Content::Duration(span) => Draft::Scalar(code(*span)?),
        Content::List(_) => {
            let elements = value.elements(scene.host)?;
            let items: Option<Vec<Draft>> = elements
                .iter()
                .map(|element| draft_of(scene, element))
                .collect();
            Draft::List(items?)
        }
        _ => return None,
    })
}

/// A span of time as plans write it: `2y`.
fn code(span: Duration) -> Option<String> {
    let Duration::Length { count, unit, .. } = span else {
        return (span == Duration::Immediate).then(|| "立即".to_owned());
    };
    let unit = match unit {
        Unit::Minute => "min",
        Unit::Hour | Unit::UnclockedHour => "h",
        Unit::WorkingHour => "wh",
        Unit::Day => "d",
        Unit::Month => "mo",
        Unit::Year => "y",
    };
    Some(format!("{count}{unit}"))
}
