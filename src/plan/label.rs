//! An item of a list → what people call it.
//!
//! Its name and not its id, words by their titles, bodies by their names. The identity of an item is
//! another matter (`path`): it is for programs, and two items may well have one name.

use super::join::Plan;
use super::names::name_of;
use super::schema::{Field, ShapeId};
use crate::document::Node;
use crate::text::{Language, Localized};

/// Characters of a name that are shown: some items have a sentence for a name.
const LONGEST: usize = 40;

/// What an item of a list is called; `None` where nothing in it says.
pub(super) fn label(plan: &Plan<'_>, list: Option<&Field>, item: Node<'_>) -> Option<Localized> {
    let list = list?;
    let shape = plan.schema().item_of(list.shape)?;
    let in_language = |language| match item.is_map() {
        true => of_names(plan, names(list, item)?, (shape, item), language),
        false => Some(one(plan, list, (shape, item), language)),
    };
    let zh_tw = in_language(Language::ZhTw)?;
    let en = match plan.paths().english {
        true => in_language(Language::En)?,
        false => String::new(),
    };
    Some(Localized { zh_tw, en })
}

/// The fields that name an item: of several ways to know it the last that it has, for ids come first.
fn names<'f>(list: &'f Field, item: Node<'_>) -> Option<&'f [String]> {
    let has_begun = |names: &&Vec<String>| {
        let first = names.first();
        first.is_some_and(|first| item.get(first).is_some())
    };
    let known = list.marks.key.iter().rfind(has_begun);
    known.or(list.marks.key.first()).map(Vec::as_slice)
}

fn of_names(
    plan: &Plan<'_>,
    names: &[String],
    (shape, item): (ShapeId, Node<'_>),
    language: Language,
) -> Option<String> {
    let between = match language {
        Language::ZhTw => "／",
        Language::En => "/",
    };
    let mut whole: Option<String> = None;
    for name in names {
        let field = plan.schema().field_named(shape, name);
        let Some((field, value)) = field.zip(item.get(name)) else {
            continue;
        };
        let part = said(plan, plan.schema().field(field), value, language);
        whole = Some(match whole {
            Some(before) => [&before, between, &part].concat(),
            None => part,
        });
    }
    whole.map(shortened)
}

/// One part of a name, or several words that are one together.
fn said(plan: &Plan<'_>, field: &Field, value: Node<'_>, language: Language) -> String {
    let schema = plan.schema();
    if value.is_list() {
        let shape = schema.item_of(field.shape).unwrap_or(field.shape);
        let words = value.items().map(|word| schema.show(shape, word, language));
        let words: Vec<String> = words.collect();
        return words.join(match language {
            Language::ZhTw => "、",
            Language::En => ", ",
        });
    }
    one(plan, field, (field.shape, value), language)
}

/// One word; what is cited by its id, by its name.
fn one(
    plan: &Plan<'_>,
    field: &Field,
    (shape, value): (ShapeId, Node<'_>),
    language: Language,
) -> String {
    let reference = field.marks.reference;
    match reference.and_then(|reference| name_of(plan, reference, value.written())) {
        Some(name) => name.to_owned(),
        None => plan.schema().show(shape, value, language),
    }
}

fn shortened(mut name: String) -> String {
    if name.len() > LONGEST
        && let Some((at, _)) = name.char_indices().nth(LONGEST)
    {
        name.truncate(at);
        name.push('…');
    }
    name
}
