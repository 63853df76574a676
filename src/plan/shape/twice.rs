//! Items that a list has twice: by their identity, or by their word.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::slice;

use super::super::schema::{Field, Schema};
use super::found::shortened;
use super::problem::{Problem, Problems};
use super::rule;
use super::site::Site;
use super::walk::rows;
use crate::document::Node;
use crate::text::Localized;

/// What one item of a list is known by: its key, and for whom it holds.
type Identity<'p> = (usize, Vec<Cow<'p, str>>, [Vec<&'p str>; 2]);

/// Items of a list that have one identity.
pub(super) fn identities<'p>(
    list: Node<'p>,
    field: &'p Field,
    schema: &Schema,
    problems: &mut Problems<'p>,
) {
    if surely_differ(list, field, schema) {
        return;
    }
    let known = |row: Node<'p>| identity(row, field, schema);
    let rows: Vec<(Identity<'p>, Node<'p>)> = rows(list).filter_map(known).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&one, &other| rows[one].0.cmp(&rows[other].0));
    let mut again: Vec<(usize, usize)> = Vec::new();
    for same in order.chunk_by(|&one, &other| rows[one].0 == rows[other].0) {
        again.extend(same[1..].iter().map(|&row| (row, same[0])));
    }
    again.sort_unstable();
    for (row, before) in again {
        let ((identity, known_by), (_, before)) = (&rows[row], &rows[before]);
        let parts = identity.1.iter().map(|part| &**part);
        let said: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let said = shortened(&said.join("／"));
        problems.add(rule::DUPLICATE_ITEM, known_by.span(), || {
            duplicate(*known_by, *before, &field.title, &said)
        });
    }
}

/// Whether the items surely have different identities: those that are known in one way say something else
/// last, each. What is not that simple is for [`identity`] to say.
fn surely_differ(list: Node<'_>, field: &Field, schema: &Schema) -> bool {
    if list.items().len() < 2 {
        return true;
    }
    let all: Vec<&[String]> = field.marks.key.iter().map(Vec::as_slice).collect();
    // Known in one way only, items that say something else last are others, whatever they say before.
    let ways = match all.as_slice() {
        [[.., last]] => &[slice::from_ref(last)],
        ways => ways,
    };
    let mut names = ways.iter().copied().flatten();
    if names.any(|name| has_default(field, name, schema)) {
        return false;
    }
    let mut words: Vec<(usize, &str)> = Vec::with_capacity(list.items().len());
    for row in list.items() {
        match last_word(row, ways) {
            Said::Word(way, word) => words.push((way, word)),
            Said::Nothing => {}
            Said::Several => return false,
        }
    }
    words.sort_unstable();
    words.is_sorted_by(|one, other| one < other)
}

/// What a row says last in the first way in which it is known.
enum Said<'p> {
    Word(usize, &'p str),
    Nothing,
    Several,
}

fn last_word<'p>(row: Node<'p>, ways: &[&[String]]) -> Said<'p> {
    for (way, names) in ways.iter().enumerate() {
        let parts = names.iter().map(|name| row.get(name));
        let parts = parts.map(|part| part.filter(|part| !part.is_map() && !part.is_null()));
        let mut last = None;
        for part in parts {
            last = part;
            match part {
                Some(part) if part.is_list() => return Said::Several,
                Some(_) => {}
                None => break,
            }
        }
        if let Some(last) = last {
            return Said::Word(way, last.written());
        }
    }
    Said::Nothing
}

/// Whether a part of the identity that is not there is known all the same: a row has an owner.
fn has_default(field: &Field, name: &str, schema: &Schema) -> bool {
    let item = schema.item_of(field.shape);
    let part = item.and_then(|item| schema.field_named(item, name));
    part.is_some_and(|part| schema.field(part).marks.owner)
}

/// Words that a list has twice.
pub(super) fn words<'p>(site: Site<'p>, problems: &mut Problems<'p>) {
    let mut first: BTreeMap<&str, Node<'p>> = BTreeMap::new();
    for item in site
        .node
        .items()
        .filter(|item| !item.is_map() && !item.is_list())
    {
        let Some(&before) = first.get(item.written()) else {
            first.insert(item.written(), item);
            continue;
        };
        problems.add(rule::DUPLICATE_ITEM, item.span(), || {
            duplicate(item, before, &site.title(), &shortened(item.written()))
        });
    }
}

fn duplicate<'p>(item: Node<'p>, before: Node<'p>, list: &Localized, said: &str) -> Problem<'p> {
    Problem::new(
        rule::DUPLICATE_ITEM,
        item,
        format!("「{}」重複列出「{said}」", list.zh_tw),
        format!("`{}` has \"{said}\" twice", list.en),
    )
    .related(
        before,
        before.span(),
        Localized::new("先列於此", "first here"),
    )
    .help(Localized::new(
        "合併為一項，或改正其中之一",
        "merge the two, or correct one of them",
    ))
}

/// The identity of a row and the node that says it; `None` where the key is not complete.
fn identity<'p>(row: Node<'p>, field: &Field, schema: &Schema) -> Option<(Identity<'p>, Node<'p>)> {
    schema.item_of(field.shape)?;
    let scope = ["for", "except"].map(|key| row.get(key).map(words_of).unwrap_or_default());
    let said = |node: Node<'_>| !node.is_map() && !node.is_null();
    for (at, names) in field.marks.key.iter().enumerate() {
        let mut words = Vec::with_capacity(names.len());
        let (mut is_complete, mut known_by) = (true, None);
        for name in names {
            let part = row.get(name);
            is_complete &= part.map_or_else(|| has_default(field, name, schema), said);
            known_by = part.or(known_by);
            words.push(part.map(said_by).unwrap_or_default());
        }
        if let Some(known_by) = known_by.filter(|_| is_complete) {
            return Some(((at, words, scope), known_by));
        }
    }
    None
}

/// The words of a list together, or the one word.
fn said_by(node: Node<'_>) -> Cow<'_, str> {
    match node.is_list() {
        true => Cow::Owned(words_of(node).join("＋")),
        false => Cow::Borrowed(node.written()),
    }
}

/// The words of a list in one order, or the one word.
fn words_of(node: Node<'_>) -> Vec<&str> {
    let mut words: Vec<&str> = node.items().map(Node::written).collect();
    if !node.is_list() {
        words.push(node.written());
    }
    words.sort_unstable();
    words
}
