//! A plan as JSON, and the same plan written otherwise: other orders, other spellings.

use plangate::document::{Content, Node};
use plangate::plan::{Scalar, Schema, Shape, ShapeId};
use plangate::text::{DateRange, Language};
use serde_json::{Value as Json, json};

use crate::edits::Dice;

/// A node as JSON; texts stay as they are written.
pub(crate) fn json(node: Node<'_>) -> Json {
    match node.content() {
        Content::Map => {
            let entries = node
                .entries()
                .map(|entry| (entry.key.to_owned(), json(entry.value)));
            Json::Object(entries.collect())
        }
        Content::List => Json::Array(node.items().map(json).collect()),
        Content::Int(number) => json!(number),
        Content::Bool(value) => json!(value),
        Content::Float(number) => json!(number),
        Content::Null => Json::Null,
        Content::Text(text) => json!(text),
    }
}

/// Puts keys and items in another order, and writes dates and spans of time otherwise.
pub(crate) fn shuffle(schema: &Schema, plan: &mut Json, dice: &mut Dice) {
    walk(schema, plan, Some(schema.root()), dice);
}

fn walk(schema: &Schema, value: &mut Json, shape: Option<ShapeId>, dice: &mut Dice) {
    match value {
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = std::mem::take(map).into_iter().collect();
            mix(&mut entries, dice);
            for (key, mut value) in entries {
                let field = shape.and_then(|shape| schema.field_named(shape, &key));
                let shape = field.map(|field| schema.field(field).shape);
                walk(schema, &mut value, shape, dice);
                map.insert(key, value);
            }
        }
        Json::Array(items) => {
            mix(items, dice);
            let item = shape.and_then(|shape| schema.item_of(shape)).or(shape);
            for value in items {
                walk(schema, value, item, dice);
            }
        }
        Json::String(text) => {
            if let Some(Shape::Scalar(scalar)) = shape.map(|shape| schema.shape(shape)) {
                respell(scalar, text);
            }
        }
        _ => {}
    }
}

fn mix<T>(items: &mut [T], dice: &mut Dice) {
    for at in (1..items.len()).rev() {
        let other = usize::try_from(dice.below(at as u64 + 1)).unwrap_or(0);
        items.swap(at, other);
    }
}

fn respell(scalar: &Scalar, text: &mut String) {
    match scalar {
        Scalar::Date => {
            if let Some(date) = DateRange::parse(text) {
                *text = match text.contains('年') {
                    true => date.show(Language::En),
                    false => date.show(Language::ZhTw),
                };
            }
        }
        Scalar::Duration => {
            if let Some(years) = text
                .strip_suffix('y')
                .and_then(|years| years.parse::<u32>().ok())
            {
                *text = format!("{}mo", 12 * years);
            }
        }
        _ => {}
    }
}
