//! The path of a node: by identity for machines, by title for people.
//!
//! Many findings stand at a few nodes, and those share what is above them: what a node is called is
//! spelled once for a plan, from what its parent is called.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::join::Plan;
use super::label::label;
use super::schema::{Field, FieldId, ShapeId};
use crate::document::{Node, NodeId};
use crate::finding::Place;
use crate::text::{Localized, Span};

/// What the nodes of a plan are called, as far as it was asked.
#[derive(Debug)]
pub(super) struct Paths {
    /// Whether titles are wanted in English too.
    pub(super) english: bool,
    /// Each by the number of its file and its own.
    known: RefCell<BTreeMap<(usize, NodeId), Called>>,
}

impl Default for Paths {
    fn default() -> Self {
        let known = RefCell::default();
        Self {
            english: true,
            known,
        }
    }
}

/// What one node is called.
#[derive(Debug, Clone)]
struct Called {
    /// 「業務 › 戶政 › 最大可容忍中斷時間」
    title: Arc<Localized>,
    /// `businesses[戶政].max_tolerable_interruption`
    identity: Arc<str>,
    /// The nearest field at or above it.
    field: Option<FieldId>,
    shape: ShapeId,
}

/// `businesses[cab/戶政].max_tolerable_interruption`: list items by their identity key.
pub fn identity_path(plan: &Plan<'_>, node: Node<'_>) -> Arc<str> {
    called(plan, node).identity
}

/// The place of a node; of a missing fact, the key of the nearest thing that exists.
pub fn place_of(plan: &Plan<'_>, node: Node<'_>, missing: &[String]) -> Place {
    let mut called = called(plan, node);
    let mut span = node.span();
    if !missing.is_empty() {
        span = key_of(plan, node);
        called = called.without(plan, missing);
    }
    let mut place = Place::new(node.document().file(), span, called.identity);
    place.title = Some(called.title);
    place
}

/// The same without what it is called.
pub fn nameless_place_of(plan: &Plan<'_>, node: Node<'_>, missing: &[String]) -> Place {
    let span = match missing {
        [] => node.span(),
        _ => key_of(plan, node),
    };
    Place::new(node.document().file(), span, Arc::default())
}

fn called(plan: &Plan<'_>, node: Node<'_>) -> Called {
    // Of another plan, which may end before this one, nothing is kept.
    let Some(file) = plan.number_of(node.document()) else {
        return spelled(plan, node);
    };
    let at = (file, node.id());
    if let Some(known) = plan.paths().known.borrow().get(&at) {
        return known.clone();
    }
    let called = spelled(plan, node);
    plan.paths().known.borrow_mut().insert(at, called.clone());
    called
}

fn spelled(plan: &Plan<'_>, node: Node<'_>) -> Called {
    let Some(parent) = node.parent() else {
        return root(plan, node);
    };
    let above = called(plan, parent);
    match node.own_entry() {
        Some(entry) => above.under_key(plan, parent, entry.key),
        None => above.as_item(plan, node),
    }
}

/// The root of a file: of the plan, or of a section in a file of its own.
fn root(plan: &Plan<'_>, node: Node<'_>) -> Called {
    let plan_itself = Called {
        title: Arc::default(),
        identity: Arc::default(),
        field: None,
        shape: plan.schema().root(),
    };
    match plan.section_file(node.document()) {
        Some(name) => plan_itself.with_key(plan, plan.schema().root(), name),
        None => plan_itself,
    }
}

impl Called {
    /// What stands under a key of a map, which may stand instead of a list.
    fn under_key(&self, plan: &Plan<'_>, map: Node<'_>, key: &str) -> Self {
        let item = plan.schema().item_of(self.shape);
        let inner = item.filter(|_| map.is_map()).unwrap_or(self.shape);
        self.with_key(plan, inner, key)
    }

    fn with_key(&self, plan: &Plan<'_>, shape: ShapeId, key: &str) -> Self {
        let schema = plan.schema();
        let field = schema.field_named(shape, key);
        let described = field.map(|field| schema.field(field));
        Self {
            title: self.titled(plan, titles(key, described)),
            identity: self.with_name(key).into(),
            field,
            shape: described.map_or(shape, |field| field.shape),
        }
    }

    /// An item of a list: by its identity, or its place where it has no other name.
    fn as_item(&self, plan: &Plan<'_>, item: Node<'_>) -> Self {
        let schema = plan.schema();
        let field = self.field.map(|field| schema.field(field));
        let (identity, title) = match identity_of(field, item) {
            Some(identity) => {
                let title = match label(plan, field, item) {
                    Some(label) => self.titled(plan, (&label.zh_tw, &label.en)),
                    None => self.titled(plan, (&identity, &identity)),
                };
                (identity, title)
            }
            None => {
                let at = item.own_index().unwrap_or_default();
                let (zh_tw, en) = (format!("第 {} 項", at + 1), format!("item {}", at + 1));
                (at.to_string(), self.titled(plan, (&zh_tw, &en)))
            }
        };
        Self {
            title,
            identity: [&self.identity, "[", &escaped(&identity), "]"]
                .concat()
                .into(),
            field: self.field,
            shape: schema.item_of(self.shape).unwrap_or(self.shape),
        }
    }

    /// What is not there, by its keys under the nearest thing that is.
    fn without(self, plan: &Plan<'_>, missing: &[String]) -> Self {
        let under = |above: Self, key: &String| above.with_key(plan, above.shape, key);
        missing.iter().fold(self, under)
    }

    fn with_name(&self, name: &str) -> String {
        let between = if self.identity.is_empty() { "" } else { "." };
        [&self.identity, between, name].concat()
    }

    fn titled(&self, plan: &Plan<'_>, (zh_tw, en): (&str, &str)) -> Arc<Localized> {
        let behind = |above: &str, title: &str| match above {
            "" => title.to_owned(),
            above => [above, " › ", title].concat(),
        };
        let zh_tw = behind(&self.title.zh_tw, zh_tw);
        let en = match plan.paths().english {
            true => behind(&self.title.en, en),
            false => String::new(),
        };
        Arc::new(Localized { zh_tw, en })
    }
}

/// A key in brackets, where its own brackets are told from those around it.
fn escaped(key: &str) -> Cow<'_, str> {
    if !key.contains(['[', ']', '\\']) {
        return Cow::Borrowed(key);
    }
    let mut escaped = String::with_capacity(key.len() + 4);
    for character in key.chars() {
        if matches!(character, '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Cow::Owned(escaped)
}

/// `bodies[cab].grade` as the schema has it: `bodies.grade`.
pub fn without_keys(path: &str) -> String {
    let mut is_key = false;
    let mut bare = String::with_capacity(path.len());
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_key => drop(characters.next()),
            '[' => is_key = true,
            ']' => is_key = false,
            other if !is_key => bare.push(other),
            _ => {}
        }
    }
    bare
}

/// Whether a node has what stands at a path below it, `.rules.must`; of what is below rows, nobody can tell.
pub fn has_path(node: Node<'_>, below: &str) -> bool {
    let Some(below) = below.strip_prefix('.').filter(|_| node.is_map()) else {
        return true;
    };
    let (key, rest) = below.split_at(below.find(['.', '[']).unwrap_or(below.len()));
    node.get(key).is_some_and(|node| has_path(node, rest))
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
    if node.parent().is_some() {
        let entry = node.own_entry();
        return entry.map_or_else(|| first_entry(node), |entry| entry.key_span);
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

/// The identity of a list's item: its key fields, or its own text.
fn identity_of(field: Option<&Field>, item: Node<'_>) -> Option<String> {
    let alternatives = field
        .map(|field| field.marks.key.as_slice())
        .unwrap_or_default();
    let begun = |alternative: &&Vec<String>| {
        let first = alternative.first();
        first.is_some_and(|first| item.get(first).is_some())
    };
    let chosen = alternatives.iter().find(begun);
    for alternative in chosen.into_iter().chain(alternatives) {
        let mut whole: Option<String> = None;
        for part in alternative.iter().filter_map(|name| item.get(name)) {
            let part = written_key(part);
            whole = Some(match whole {
                Some(before) => [&before, "/", &part].concat(),
                None => part,
            });
        }
        if whole.is_some() {
            return whole;
        }
    }
    let text = item.as_str()?;
    (text.chars().count() <= 40).then(|| text.to_owned())
}

fn written_key(node: Node<'_>) -> String {
    if node.is_list() {
        let words: Vec<&str> = node.items().map(Node::written).collect();
        return words.join("+");
    }
    node.written().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_loses_its_keys_whatever_they_hold() {
        let check = |key: &str, rest: &str| {
            let path = ["bodies[", &escaped(key), "]", rest].concat();
            let bare = ["bodies", rest].concat();
            assert_eq!(without_keys(&path), bare, "{path}");
        };
        for key in [
            "cab",
            "甲.乙",
            "甲].乙",
            "甲[乙",
            "甲[乙].丙",
            "甲\\",
            "甲\\]",
            "",
        ] {
            check(key, "");
            check(key, ".grade");
        }
        assert_eq!(without_keys("a[b.c].d[e].g"), "a.d.g");
        assert_eq!(without_keys("header.agency"), "header.agency");
    }
}
