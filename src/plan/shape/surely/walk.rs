//! The walk: a form beside a node. What is seen on it counts only where all of it holds.

use super::super::super::fact::MODE_KEYS;
use super::super::walk::Seen;
use super::{Beside, Bounds, Form, FormId, Forms, Member, ModeKind, Object, Text};
use crate::document::{Content, Node};

impl Forms {
    /// Whether a node surely has a form.
    pub(super) fn surely<'p>(&self, form: FormId, node: Node<'p>, seen: &mut Seen<'p>) -> bool {
        match self.form(form) {
            Form::Text(text) => {
                seen.text(node);
                text.accepts(node)
            }
            Form::Integer(bounds) => node.as_int().is_some_and(|value| bounds.hold(value)),
            Form::Number(bounds) => match node.content() {
                Content::Int(value) => bounds.hold(value),
                Content::Float(value) => bounds.0 <= value && value <= bounds.1,
                _ => false,
            },
            Form::Boolean => node.as_bool().is_some(),
            Form::TextOr { text, object } => {
                let form = if node.is_map() || node.is_list() {
                    object
                } else {
                    text
                };
                self.surely(*form, node, seen)
            }
            Form::List { items, unique } => {
                node.is_list()
                    && node.items().all(|item| self.surely(*items, item, seen))
                    && !(*unique && any_twice(node))
            }
            Form::Object(object) => self.object(object, node, seen),
            Form::Fact { value, mode } => self.fact(*value, *mode, node, seen),
            Form::Open => false,
        }
    }

    /// A mode, or the value; a map is a value only where an object may stand for a text.
    fn fact<'p>(&self, value: FormId, kind: ModeKind, node: Node<'p>, seen: &mut Seen<'p>) -> bool {
        if self.is_mode(node, kind) {
            node.entries().for_each(|entry| seen.citations(entry.value));
            return true;
        }
        let may_be_map = || matches!(self.form(value), Form::TextOr { .. });
        (!node.is_map() || may_be_map()) && self.surely(value, node, seen)
    }

    fn object<'p>(&self, object: &Object, node: Node<'p>, seen: &mut Seen<'p>) -> bool {
        let beside = object.beside;
        if beside.variants && node.is_list() {
            seen.variants.push(node);
            let mut variants = node.items();
            return variants.len() > 0
                && variants.all(|one| says_for_whom(one) && self.map(object, one, seen));
        }
        self.map(object, node, seen)
    }

    fn map<'p>(&self, object: &Object, map: Node<'p>, seen: &mut Seen<'p>) -> bool {
        if !map.is_map() || (object.not_empty && map.entries().len() == 0) {
            return false;
        }
        let mut next = 0;
        let mut only_reserved = true;
        let entries_hold = map
            .entries()
            .all(|entry| match object.member(entry.key, next) {
                Some(at) => {
                    next = at + 1;
                    only_reserved = false;
                    self.field(&object.fields[at], entry.value, seen)
                }
                None => {
                    seen.citations(entry.value);
                    object.beside.keys.contains(&entry.key) && self.reserved(entry)
                }
            });
        entries_hold && is_whole(object, map, only_reserved)
    }

    /// The value of a field.
    pub(super) fn field<'p>(&self, field: &Member, node: Node<'p>, seen: &mut Seen<'p>) -> bool {
        if let Some(keyed) = field.keyed.filter(|_| node.is_list()) {
            seen.keyed.push((node, keyed));
        }
        self.surely(field.form, node, seen)
    }
}

impl Object {
    /// Where the field of that name is. Plans follow the order of the schema: the next field is most
    /// often the next key.
    fn member(&self, name: &str, next: usize) -> Option<usize> {
        let is_it = |member: &Member| *member.name == *name;
        let (behind, ahead) = self.fields.split_at(next);
        match ahead.iter().position(is_it) {
            Some(steps) => Some(next + steps),
            None => behind.iter().position(is_it),
        }
    }
}

/// A mode needs no field, but in a row it says for whom it holds.
fn is_whole(object: &Object, map: Node<'_>, only_reserved: bool) -> bool {
    let Beside { fact, row, .. } = object.beside;
    let is_mode = fact && only_reserved && carries_mode(map);
    if is_mode {
        return !row || says_for_whom(map);
    }
    object.required.iter().all(|key| map.get(key).is_some())
}

impl Text {
    /// Whatever is one value is a text where a text belongs.
    fn accepts(&self, node: Node<'_>) -> bool {
        if node.is_null() || node.is_map() || node.is_list() {
            return false;
        }
        let text = node.written();
        let is_word = |words: &[Box<str>]| words.iter().any(|word| **word == *text);
        self.words.as_deref().is_none_or(is_word)
            && self.format.is_none_or(|accepts| accepts(text))
            && self
                .pattern
                .as_ref()
                .is_none_or(|regex| regex.is_match(text))
    }
}

impl Bounds {
    #[expect(clippy::cast_precision_loss, reason = "bounds of the schema are small")]
    fn hold(self, value: i64) -> bool {
        self.0 <= value as f64 && value as f64 <= self.1
    }
}

/// Whether a map carries a mode, whatever else it holds.
pub(super) fn carries_mode(map: Node<'_>) -> bool {
    map.entries().any(|entry| MODE_KEYS.contains(&entry.key))
}

/// Whether a map says for whom it holds.
pub(super) fn says_for_whom(map: Node<'_>) -> bool {
    map.get("for").is_some() || map.get("except").is_some()
}

/// Whether a text stands twice in a list; a list is short.
pub(super) fn any_twice(list: Node<'_>) -> bool {
    let texts: Vec<&str> = list.items().map(Node::written).collect();
    (1..texts.len()).any(|at| texts[..at].contains(&texts[at]))
}
