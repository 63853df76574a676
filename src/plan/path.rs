//! The path of a node: by identity for machines, by title for people.

use super::join::Plan;
use super::label::label;
use super::schema::{Field, ShapeId};
use crate::document::Node;
use crate::finding::Place;
use crate::text::{Localized, Span};

/// One step of a path, from the root downward.
enum Step<'p> {
    Key(&'p str, Option<&'p Field>),
    /// By its identity; with its list and itself, for what it is called.
    Item(String, Option<&'p Field>, Node<'p>),
    /// Its place in a list whose items have no other name.
    At(usize),
}

/// `businesses[cab/戶政].max_tolerable_interruption`: list items by their identity key.
pub fn identity_path(plan: &Plan<'_>, node: Node<'_>) -> String {
    identity(&steps(plan, node), &[])
}

/// 「業務 › 戶政 › 最大可容忍中斷時間」, with the keys of `missing` behind it.
pub fn title_path(plan: &Plan<'_>, node: Node<'_>, missing: &[String]) -> Localized {
    title(plan, &steps(plan, node), missing)
}

/// The place of a node; of a missing fact, the key of the nearest thing that exists.
pub fn place_of(plan: &Plan<'_>, node: Node<'_>, missing: &[String]) -> Place {
    let steps = steps(plan, node);
    let span = if missing.is_empty() {
        node.span()
    } else {
        key_of(plan, node)
    };
    let path = identity(&steps, missing);
    let mut place = Place::new(node.document().file(), span, path);
    place.title = Some(title(plan, &steps, missing));
    place
}

fn identity(steps: &[Step<'_>], missing: &[String]) -> String {
    let mut path = String::new();
    let key = |path: &mut String, key: &str| {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    };
    for step in steps {
        match step {
            Step::Key(name, _) => key(&mut path, name),
            Step::Item(item, ..) => {
                for part in ["[", item, "]"] {
                    path.push_str(part);
                }
            }
            Step::At(at) => path.push_str(&format!("[{at}]")),
        }
    }
    for name in missing {
        key(&mut path, name);
    }
    path
}

fn title(plan: &Plan<'_>, steps: &[Step<'_>], missing: &[String]) -> Localized {
    let schema = plan.schema();
    let mut path = Localized::default();
    let mut shape = schema.root();
    let mut push = |(zh_tw, en): (&str, &str)| {
        for (path, title) in [(&mut path.zh_tw, zh_tw), (&mut path.en, en)] {
            if !path.is_empty() {
                path.push_str(" › ");
            }
            path.push_str(title);
        }
    };
    for step in steps {
        match step {
            Step::Key(key, field) => {
                shape = field.map_or(shape, |field| field.shape);
                push(titles(key, *field));
            }
            Step::Item(key, list, item) => {
                shape = schema.item_of(shape).unwrap_or(shape);
                match label(plan, *list, *item) {
                    Some(label) => push((&label.zh_tw, &label.en)),
                    None => push((key, key)),
                }
            }
            Step::At(at) => {
                shape = schema.item_of(shape).unwrap_or(shape);
                let (zh_tw, en) = (format!("第 {} 項", at + 1), format!("item {}", at + 1));
                push((&zh_tw, &en));
            }
        }
    }
    for key in missing {
        let field = schema.field_named(shape, key).map(|id| schema.field(id));
        shape = field.map_or(shape, |field| field.shape);
        push(titles(key, field));
    }
    path
}

/// The title of a reserved word, which is no field of the schema; in both languages.
pub fn reserved_title(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "delegated_to" => ("由文件規定", "Left to a document"),
        "by_law" => ("依法定內容", "As the law says"),
        "annex" => ("於附件", "In an annex"),
        "not_applicable" => ("不適用", "Not applicable"),
        "see" => ("參見", "See"),
        "cite" => ("依據", "Ground"),
        "for" => ("適用對象", "Applies to"),
        "except" => ("除外對象", "Does not apply to"),
        _ => return None,
    })
}

/// The title of a key: of its field, of the reserved word, else the key itself.
fn titles<'k>(key: &'k str, field: Option<&'k Field>) -> (&'k str, &'k str) {
    match field {
        Some(field) => (&field.title.zh_tw, &field.title.en),
        None => reserved_title(key).unwrap_or((key, key)),
    }
}

/// The place of the key of a node: where something inside it would stand that is not there.
pub fn key_place(plan: &Plan<'_>, node: Node<'_>) -> Place {
    Place {
        span: key_of(plan, node),
        ..place_of(plan, node, &[])
    }
}

/// The key under which a node stands, its first line where it has none: what to underline when
/// something inside it is missing.
fn key_of(plan: &Plan<'_>, node: Node<'_>) -> Span {
    if let Some(parent) = node.parent() {
        if let Some(entry) = parent.entries().find(|entry| entry.value.id() == node.id()) {
            return entry.key_span;
        }
        return first_entry(node);
    }
    let section = plan.sections().map(|(_, section)| section);
    let mut at_root = section.filter(|section| section.node.id() == node.id());
    match at_root.next() {
        Some(section) if section.key_span.start < section.key_span.end => section.key_span,
        _ => first_entry(node),
    }
}

fn first_entry(node: Node<'_>) -> Span {
    let first = node.entries().next().map(|entry| Span {
        start: entry.key_span.start,
        end: entry.value.span().end,
    });
    let span = first.unwrap_or(node.span());
    let text = node.document().file().slice(span);
    let line = text.find('\n').unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + line)
}

fn steps<'p>(plan: &'p Plan<'_>, node: Node<'p>) -> Vec<Step<'p>> {
    let mut chain = vec![node];
    while let Some(parent) = chain.last().and_then(|node| node.parent()) {
        chain.push(parent);
    }
    chain.reverse();
    let schema = plan.schema();
    let mut field: Option<&Field> = None;
    let mut shape = schema.root();
    let mut steps = Vec::new();
    if let Some(name) = plan.section_file(chain[0].document()) {
        field = schema.field_named(shape, name).map(|id| schema.field(id));
        shape = field.map_or(shape, |field| field.shape);
        steps.push(Step::Key(name, field));
    }
    for pair in chain.windows(2) {
        let (parent, child) = (pair[0], pair[1]);
        if let Some(entry) = parent
            .entries()
            .find(|entry| entry.value.id() == child.id())
        {
            let inner = schema
                .item_of(shape)
                .filter(|_| parent.is_map())
                .unwrap_or(shape);
            field = schema
                .field_named(inner, entry.key)
                .map(|id| schema.field(id));
            shape = field.map_or(inner, |field| field.shape);
            steps.push(Step::Key(entry.key, field));
        } else {
            steps.push(item_step(field, parent, child));
            shape = inner_shape(plan, shape);
        }
    }
    steps
}

fn inner_shape(plan: &Plan<'_>, shape: ShapeId) -> ShapeId {
    plan.schema().item_of(shape).unwrap_or(shape)
}

/// The identity of a list's item: its key fields, its own text, or its place in the list.
fn item_step<'p>(field: Option<&'p Field>, list: Node<'p>, item: Node<'p>) -> Step<'p> {
    let alternatives = field
        .map(|field| field.marks.key.as_slice())
        .unwrap_or_default();
    let begun = |alternative: &&Vec<String>| {
        let first = alternative.first();
        first.is_some_and(|first| item.get(first).is_some())
    };
    let chosen = alternatives.iter().find(begun);
    for alternative in chosen.into_iter().chain(alternatives) {
        let written = |name: &String| item.get(name).map(written_key);
        let parts: Vec<String> = alternative.iter().filter_map(written).collect();
        if !parts.is_empty() {
            return Step::Item(parts.join("/"), field, item);
        }
    }
    match item.as_str() {
        Some(text) if text.chars().count() <= 40 => Step::Item(text.to_owned(), field, item),
        _ => {
            let at = list.items().position(|other| other.id() == item.id());
            Step::At(at.unwrap_or_default())
        }
    }
}

fn written_key(node: Node<'_>) -> String {
    if node.is_list() {
        let words: Vec<&str> = node.items().map(Node::written).collect();
        return words.join("+");
    }
    node.written().to_owned()
}
