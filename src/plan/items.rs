//! The mandatory items of a plan (施行細則), as the schema maps fields to them.

use super::body::BodyIndex;
use super::fact::{Fact, Mode, look};
use super::join::Plan;
use super::schema::{Field, Schema, ShapeId};
use crate::document::Node;
use crate::text::Localized;

/// How many mandatory items there are.
pub const ITEM_COUNT: usize = 13;

/// One mandatory item: the facts that make it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// 款, from 1.
    pub number: u8,
    /// Paths of the outermost fields that carry the item, in the order of the schema.
    pub facts: Vec<Vec<String>>,
    /// 章 of the first of them.
    pub chapter: Option<u8>,
}

/// The items that the schema knows, by number.
pub fn items(schema: &Schema) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    collect(schema, schema.root(), &mut Vec::new(), None, &mut found);
    found.sort_by_key(|item| item.number);
    found
}

/// The names of the items as the law has them, by number.
pub fn item_names(schema: &Schema) -> Vec<Localized> {
    let marks = schema.source().get("x-plangate");
    let names = marks.and_then(|marks| marks.get("items"));
    let text =
        |name: Node<'_>, language: &str| name.get(language).map_or("", Node::written).to_owned();
    names
        .into_iter()
        .flat_map(Node::items)
        .map(|name| Localized::new(text(name, "zh-TW"), text(name, "en")))
        .collect()
}

fn collect(
    schema: &Schema,
    shape: ShapeId,
    path: &mut Vec<String>,
    chapter: Option<u8>,
    found: &mut Vec<Item>,
) {
    for &id in schema.fields(shape) {
        let field: &Field = schema.field(id);
        let chapter = field.marks.chapter.or(chapter);
        path.push(field.name.clone());
        match field.marks.item {
            Some(number) => add(found, number, path.clone(), chapter),
            // Items stand on sections or on the fields of sections, never deeper.
            None if path.len() < 2 => collect(schema, field.shape, path, chapter, found),
            None => {}
        }
        path.pop();
    }
}

fn add(found: &mut Vec<Item>, number: u8, path: Vec<String>, chapter: Option<u8>) {
    match found.iter_mut().find(|item| item.number == number) {
        Some(item) => item.facts.push(path),
        None => found.push(Item {
            number,
            facts: vec![path],
            chapter,
        }),
    }
}

/// What a plan says about an item: its mode is the best mode of its facts, stated first.
pub fn item_fact<'p>(plan: &Plan<'p>, item: &Item, body: Option<BodyIndex>) -> Option<Fact<'p>> {
    let facts = item.facts.iter().map(|path| {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        look(plan, &path, body)
    });
    facts.min_by_key(|fact| rank(&fact.mode))
}

fn rank(mode: &Mode<'_>) -> u8 {
    match mode {
        Mode::Stated(_) => 0,
        Mode::Delegated(_) => 1,
        Mode::ByLaw(_) => 2,
        Mode::Annex(_) => 3,
        Mode::NotApplicable(_) => 4,
        Mode::Silent { .. } => 5,
    }
}

/// The mandatory item that a path of the schema belongs to, by its outermost mark.
pub fn item_of(schema: &Schema, path: &[&str]) -> Option<u8> {
    marks_along(schema, path).find_map(|field| field.marks.item)
}

/// The chapter that a path of the schema belongs to, by its innermost mark.
pub fn chapter_of(schema: &Schema, path: &[&str]) -> Option<u8> {
    marks_along(schema, path)
        .filter_map(|field| field.marks.chapter)
        .last()
}

fn marks_along<'s>(schema: &'s Schema, path: &[&str]) -> impl Iterator<Item = &'s Field> {
    let mut shape = schema.root();
    path.iter().map_while(move |name| {
        let inner = schema.item_of(shape).unwrap_or(shape);
        let field = schema.field(schema.field_named(inner, name)?);
        shape = field.shape;
        Some(field)
    })
}
