//! The changes applied to the old plan, and what two plans mean.

use std::collections::BTreeMap;

use plangate::change::{Change, Changes, Kind, Pair};
use plangate::document::{Node, NodeId};
use plangate::plan::{Field, MODE_KEYS, Plan, SIDE_KEYS, Scalar, Schema, Shape, ShapeId};
use plangate::text::{DateRange, Duration, Unit};

/// A value that remembers which node of the old plan it was.
#[derive(Debug, Clone)]
struct Tree {
    id: Option<NodeId>,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    Leaf(String),
    Null,
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// The key of a text that stands for the main field of its map.
const MAIN: &str = "\0";

/// What a plan means: every path with its value, lists as sets.
pub(crate) fn meaning(plan: &Plan<'_>) -> Vec<String> {
    lines(plan.schema(), &tree(plan.root(), false))
}

/// What the old plan means with all changes made.
pub(crate) fn applied(old: &Plan<'_>, changes: &Changes<'_>) -> Vec<String> {
    let mut root = tree(old.root(), true);
    // What comes first, so that no list is gone into which something comes.
    let each = || {
        changes
            .all
            .iter()
            .flat_map(|change| change.pairs.iter().map(move |pair| (change, pair)))
    };
    each().for_each(|(change, pair)| come(&mut root, change, pair));
    each().for_each(|(change, pair)| alter(&mut root, change, pair));
    each().for_each(|(change, pair)| go(&mut root, change, pair));
    lines(old.schema(), &root)
}

/// The first line that only one of them has.
pub(crate) fn first_difference(found: &[String], expected: &[String]) -> Option<String> {
    let only = |a: &[String], b: &[String]| a.iter().find(|line| !b.contains(line)).cloned();
    match (only(found, expected), only(expected, found)) {
        (None, None) if found.len() == expected.len() => None,
        (extra, missing) => Some(format!("extra {extra:?}, missing {missing:?}")),
    }
}

fn in_lists(change: &Change<'_>, pair: &Pair<'_>) -> bool {
    change.kind == Kind::Moved && pair.old.node.is_some_and(|node| node != pair.old.near)
}

fn come(root: &mut Tree, change: &Change<'_>, pair: &Pair<'_>) {
    let Some(new) = pair
        .new
        .node
        .filter(|_| pair.old.node.is_none() || in_lists(change, pair))
    else {
        return;
    };
    let near = find(root, pair.old.near.id()).expect("what holds it is there");
    let item = tree(new, false);
    match &mut near.value {
        Value::List(items) => items.push(item),
        // An item of a list that the old plan does not have.
        Value::Map(entries) if new.own_index().is_some() && pair.old.key.is_some() => {
            let is_new = |(own, list): &&mut (String, Tree)| *own == key(pair) && list.id.is_none();
            match entries.iter_mut().find(is_new) {
                Some((
                    _,
                    Tree {
                        value: Value::List(items),
                        ..
                    },
                )) => items.push(item),
                _ => entries.push((
                    key(pair),
                    Tree {
                        id: None,
                        value: Value::List(vec![item]),
                    },
                )),
            }
        }
        // An item of a list where the old plan has one map.
        _ if new.own_index().is_some() && pair.old.node.is_none() && key_is_own(pair) => {
            let own = std::mem::replace(
                near,
                Tree {
                    id: None,
                    value: Value::Null,
                },
            );
            near.value = Value::List(vec![own, item]);
        }
        Value::Map(entries) => entries.push((key(pair), item)),
        Value::Leaf(text) => {
            let main = Tree {
                id: None,
                value: Value::Leaf(std::mem::take(text)),
            };
            near.value = Value::Map(vec![(MAIN.to_owned(), main), (key(pair), item)]);
        }
        Value::Null => panic!("nothing holds nothing"),
    }
}

/// Whether the place of what is absent is that of what would hold it: an item, not a field.
fn key_is_own(pair: &Pair<'_>) -> bool {
    pair.new.place.path.ends_with(']')
}

fn key(pair: &Pair<'_>) -> String {
    pair.old.key.unwrap_or_default().to_owned()
}

fn alter(root: &mut Tree, change: &Change<'_>, pair: &Pair<'_>) {
    if let (Some(old), Some(new)) = (pair.old.node, pair.new.node)
        && !in_lists(change, pair)
    {
        let place = find(root, old.id()).expect("what changes is there");
        let value = tree(new, false).value;
        // The text that stands for a map changes alone, even where more was put beside it.
        match &mut place.value {
            Value::Map(entries) if !old.is_map() => entries[0].1.value = value,
            other => *other = value,
        }
    }
}

fn go(root: &mut Tree, change: &Change<'_>, pair: &Pair<'_>) {
    if let Some(old) = pair.old.node
        && (pair.new.node.is_none() || in_lists(change, pair))
    {
        assert!(
            take(root, old.id()),
            "what goes is there: {}",
            change.path()
        );
        // Of a list that the new plan does not have nothing stays but its items.
        if let Some(list) = old
            .parent()
            .filter(|list| list.is_list() && pair.new.key.is_some())
            && find(root, list.id())
                .is_some_and(|list| matches!(&list.value, Value::List(left) if left.is_empty()))
        {
            take(root, list.id());
        }
    }
}

fn tree(node: Node<'_>, old: bool) -> Tree {
    let value = match () {
        () if node.is_map() => Value::Map(
            node.entries()
                .map(|entry| (entry.key.to_owned(), tree(entry.value, old)))
                .collect(),
        ),
        () if node.is_list() => Value::List(node.items().map(|item| tree(item, old)).collect()),
        () if node.is_null() => Value::Null,
        () => Value::Leaf(node.written().to_owned()),
    };
    Tree {
        id: old.then(|| node.id()),
        value,
    }
}

fn find(tree: &mut Tree, id: NodeId) -> Option<&mut Tree> {
    if tree.id == Some(id) {
        return Some(tree);
    }
    match &mut tree.value {
        Value::List(items) => items.iter_mut().find_map(|item| find(item, id)),
        Value::Map(entries) => entries.iter_mut().find_map(|(_, value)| find(value, id)),
        Value::Leaf(_) | Value::Null => None,
    }
}

fn take(tree: &mut Tree, id: NodeId) -> bool {
    match &mut tree.value {
        Value::List(items) => {
            let before = items.len();
            items.retain(|item| item.id != Some(id));
            items.len() < before || items.iter_mut().any(|item| take(item, id))
        }
        Value::Map(entries) => {
            // Of a text beside which more was put, the text alone goes.
            let beside = entries.iter_mut().find(|(_, value)| value.id == Some(id));
            if let Some((
                _,
                Tree {
                    value: Value::Map(inner),
                    ..
                },
            )) = beside
                && inner.first().is_some_and(|(key, _)| key == MAIN)
            {
                inner.remove(0);
                return true;
            }
            let before = entries.len();
            entries.retain(|(_, value)| value.id != Some(id));
            entries.len() < before || entries.iter_mut().any(|(_, value)| take(value, id))
        }
        Value::Leaf(_) | Value::Null => false,
    }
}

fn lines(schema: &Schema, root: &Tree) -> Vec<String> {
    let meant = Meant { schema }.of(root, Some(schema.root()), None);
    let mut lines = Vec::new();
    split(&meant, "", &mut lines);
    lines
}

/// What a value means.
enum Said {
    Nothing,
    Text(String),
    Set(Vec<String>),
    Fields(BTreeMap<String, Said>),
}

fn split(said: &Said, path: &str, lines: &mut Vec<String>) {
    match said {
        Said::Fields(fields) => {
            for (key, said) in fields {
                split(said, &format!("{path}.{key}"), lines);
            }
        }
        other => lines.push(format!("{path} = {}", one_line(other))),
    }
}

fn one_line(said: &Said) -> String {
    match said {
        Said::Nothing => String::new(),
        Said::Text(text) => text.clone(),
        Said::Set(items) => format!("[{}]", items.join(" | ")),
        Said::Fields(fields) => {
            let fields = fields
                .iter()
                .map(|(key, said)| format!("{key}: {}", one_line(said)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

struct Meant<'s> {
    schema: &'s Schema,
}

impl Meant<'_> {
    fn of(&self, tree: &Tree, shape: Option<ShapeId>, field: Option<&Field>) -> Said {
        let kind = shape.map(|shape| self.schema.shape(shape));
        match (&tree.value, kind) {
            (Value::Null, _) => Said::Nothing,
            (Value::Leaf(text), Some(Shape::Scalar(scalar))) => {
                default_or(single(scalar, text), field)
            }
            (Value::Leaf(text), Some(Shape::TextOr { .. })) => {
                let main = self.main(shape);
                Said::Fields([(main, Said::Text(text.clone()))].into())
            }
            (Value::Leaf(text), _) => Said::Text(folded(text)),
            (Value::List(items), Some(Shape::List { item })) => self.set(items, Some(*item)),
            (Value::List(items), _) if items.len() == 1 => self.of(&items[0], shape, None),
            (Value::List(items), _) => self.set(items, shape),
            (Value::Map(entries), _) => self.fields(entries, shape),
        }
    }

    fn set(&self, items: &[Tree], item: Option<ShapeId>) -> Said {
        let mut items: Vec<String> = items
            .iter()
            .map(|tree| one_line(&self.of(tree, item, None)))
            .collect();
        items.sort();
        Said::Set(items)
    }

    fn fields(&self, entries: &[(String, Tree)], shape: Option<ShapeId>) -> Said {
        let all_modes = entries
            .iter()
            .all(|(key, _)| MODE_KEYS.contains(&&**key) || SIDE_KEYS.contains(&&**key));
        let mut fields = BTreeMap::new();
        for (key, value) in entries {
            let key = if key == MAIN {
                self.main(shape)
            } else {
                key.clone()
            };
            let field = shape
                .filter(|_| !all_modes)
                .and_then(|shape| self.schema.field_named(shape, &key));
            let field = field.map(|id| self.schema.field(id));
            let said = self.of(value, field.map(|field| field.shape), field);
            if !matches!(said, Said::Nothing) {
                fields.insert(key, said);
            }
        }
        // A map without anything in it says what its absence says.
        if fields.is_empty() {
            return Said::Nothing;
        }
        Said::Fields(fields)
    }

    fn main(&self, shape: Option<ShapeId>) -> String {
        let fields = shape
            .map(|shape| self.schema.fields(shape))
            .unwrap_or_default();
        let fields = || fields.iter().map(|&id| self.schema.field(id));
        let main = fields().find(|field| field.required).or(fields().next());
        main.map(|field| field.name.clone()).unwrap_or_default()
    }
}

fn default_or(text: String, field: Option<&Field>) -> Said {
    let default = field.and_then(|field| field.default.as_ref());
    match default.and_then(serde_json::Value::as_str) {
        Some(default) if default == text => Said::Nothing,
        _ => Said::Text(text),
    }
}

/// A single value in one spelling; a text stays as it is, for editorial changes are applied too.
fn single(scalar: &Scalar, text: &str) -> String {
    let number = || text.parse::<f64>().ok().map(|number| number.to_string());
    let found = match scalar {
        Scalar::Date => DateRange::parse(text).map(|date| format!("{} {}", date.first, date.last)),
        Scalar::Duration => Duration::parse(text).map(|span| match span {
            Duration::Length {
                count,
                unit: Unit::Year,
                ..
            } => format!("{} months", 12 * count),
            Duration::Length {
                count,
                unit: Unit::Month,
                ..
            } => format!("{count} months"),
            _ => text.to_owned(),
        }),
        Scalar::Integer | Scalar::Number => number(),
        _ => None,
    };
    found.unwrap_or_else(|| text.to_owned())
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
