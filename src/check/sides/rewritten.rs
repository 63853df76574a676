//! Old values written back into the text of a plan, and where its bytes were before that.
//!
//! In: changes to take back. Out: the files read again without them. Invariant: all of the changes
//! are taken back, or none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::{Change, Kind, Pair};
use crate::document::{self, Document, Limits, Node, NodeId};
use crate::finding::{Edit, Place};
use crate::plan::{Draft, PlanFiles, Schema, insert, insert_all, replace, without_keys};
use crate::text::{SourceFile, Span};

/// The edits of each file, by its name, in the order of the file.
#[derive(Debug, Default)]
pub(in crate::check) struct Edits(BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)>);

/// What is to be put into a map, a list or the text that stands for a map, with its keys and its path.
type Missing<'p> = BTreeMap<(&'p str, NodeId), (Node<'p>, Arc<str>, Vec<(String, Draft)>)>;

impl Edits {
    /// What takes changes back; `None` where something has no place to be put back to.
    pub(in crate::check) fn back<'c, 'p: 'c>(
        changes: impl Iterator<Item = &'c Change<'p>>,
        schema: &Schema,
    ) -> Option<Self> {
        let mut edits: Vec<(Node<'p>, Edit)> = Vec::new();
        let mut missing: Missing<'p> = BTreeMap::new();
        let mut miss = |near: Node<'p>, path: &Arc<str>, key: &str, value: Node<'p>| {
            let entry = missing.entry((near.document().file().name(), near.id()));
            let (.., values) = entry.or_insert_with(|| (near, Arc::clone(path), Vec::new()));
            values.push((key.to_owned(), Draft::of(value)));
        };
        for change in changes {
            let goes_on = change.kind == Kind::Merged && goes_on(change, schema);
            for (at, Pair { old, new }) in change.pairs.iter().enumerate() {
                match (old.node, new.node) {
                    // Of many that became one, the first stands in its place, or none where it is one
                    // that was there; the others are put beside it.
                    (Some(old), Some(one))
                        if change.kind == Kind::Merged && (goes_on || at > 0) =>
                    {
                        miss(one.parent()?, &new.place.path, "", old);
                    }
                    (Some(old), Some(new)) => edits.push((new, replace(new, &Draft::of(old)))),
                    // Nothing stands where a null does.
                    (None, Some(new)) => {
                        edits.push((new, replace(new, &Draft::Scalar("null".to_owned()))));
                    }
                    (Some(old), None) => {
                        miss(new.near, &new.place.path, new.key.unwrap_or_default(), old);
                    }
                    (None, None) => {}
                }
            }
        }
        for (near, path, values) in missing.into_values() {
            edits.push((near, put_into(near, values, &path, schema)?));
        }
        Self::by_file(edits)
    }

    /// Sorted by file and place; `None` where two of them would write over each other.
    fn by_file(edits: Vec<(Node<'_>, Edit)>) -> Option<Self> {
        let mut files = Self::default();
        for (node, edit) in edits {
            let file = node.document().file();
            let entry = files.0.entry(file.name().to_owned());
            let (_, own) = entry.or_insert_with(|| (Arc::clone(file), Vec::new()));
            own.push(edit);
        }
        for (_, own) in files.0.values_mut() {
            own.sort_by_key(|edit| (edit.span.start, edit.span.end));
            let apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
            if !own.windows(2).all(apart) {
                return None;
            }
        }
        Some(files)
    }

    /// The plan read again with the edits; `None` where it cannot be read to its end.
    pub(in crate::check) fn applied(&self, files: &PlanFiles) -> Option<PlanFiles> {
        let all = |documents: &BTreeMap<String, Document>| {
            let documents = documents.iter();
            let read =
                documents.map(|(name, document)| Some((name.clone(), self.again(document)?)));
            read.collect::<Option<BTreeMap<String, Document>>>()
        };
        Some(PlanFiles {
            folder: Arc::clone(&files.folder),
            main: self.again(&files.main)?,
            sections: all(&files.sections)?,
            annexes: all(&files.annexes)?,
        })
    }

    fn again(&self, document: &Document) -> Option<Document> {
        let file = document.file();
        let file = match self.0.get(file.name()) {
            None => Arc::clone(file),
            Some((_, edits)) => {
                let mut text = file.text().to_owned();
                for edit in edits.iter().rev() {
                    text = edit.apply(&text);
                }
                Arc::new(SourceFile::new(file.name(), text))
            }
        };
        let parsed = document::parse(&file, Limits::default());
        parsed.document.filter(Document::is_complete)
    }

    /// Makes a place of the files with the edits one of the files without them.
    pub(in crate::check) fn put_back(&self, place: &mut Place) {
        let Some((file, edits)) = self.0.get(place.file.name()) else {
            return;
        };
        let at = |position: u32| before(edits, position);
        let (start, end) = (at(place.span.start), at(place.span.end));
        place.span = Span {
            start,
            end: end.max(start),
        };
        place.file = Arc::clone(file);
    }
}

/// Whether what many were merged into is an item that was there before, by its identity.
fn goes_on(change: &Change<'_>, schema: &Schema) -> bool {
    let path = without_keys(change.path());
    let keys = schema.resolve(&path).map(|id| &schema.field(id).marks.key);
    let key = keys
        .and_then(|keys| keys.first())
        .map_or(&[][..], Vec::as_slice);
    let identity = |node: Node<'_>| -> Vec<Option<String>> {
        let parts = key.iter().map(|name| node.get(name));
        parts
            .map(|part| part.map(|part| part.written().to_owned()))
            .collect()
    };
    let Pair { old, new } = change.pair();
    let (Some(old), Some(new)) = (old.node, new.node) else {
        return false;
    };
    let mut rows = old.parent().into_iter().flat_map(Node::items);
    rows.any(|row| identity(row) == identity(new))
}

/// `path` is that of one of the values.
fn put_into(
    near: Node<'_>,
    mut values: Vec<(String, Draft)>,
    path: &str,
    schema: &Schema,
) -> Option<Edit> {
    if near.is_list() {
        let items: Vec<Draft> = values.into_iter().map(|(_, value)| value).collect();
        return insert_all(near, &items);
    }
    let is_no_key = |key: &str| key.is_empty() || key.contains(['[', ']']);
    if values.iter().any(|(key, _)| is_no_key(key)) {
        return None;
    }
    if near.is_map() {
        return insert(near, &Draft::Map(values));
    }
    let (path, _) = path.rsplit_once('.')?;
    let shape = schema.field(schema.resolve(&without_keys(path))?).shape;
    let main = schema.main_field(schema.item_of(shape).unwrap_or(shape))?;
    values.insert(0, (main.name.clone(), Draft::of(near)));
    Some(replace(near, &Draft::Map(values)))
}

/// Where a byte of the edited text was.
fn before(edits: &[Edit], position: u32) -> u32 {
    let mut shift: i64 = 0;
    for edit in edits {
        let start = i64::from(edit.span.start) + shift;
        let length = i64::try_from(edit.text.len()).unwrap_or(i64::MAX);
        let end = start + length;
        if i64::from(position) < start {
            break;
        }
        if i64::from(position) < end {
            return edit.span.start;
        }
        shift += length - i64::from(edit.span.end - edit.span.start);
    }
    u32::try_from(i64::from(position) - shift).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_where_it_was() {
        let edit = |start, end, text: &str| Edit {
            span: Span { start, end },
            text: text.to_owned(),
        };
        // "grade: C\nstatus: x" → "grade: BB\nadded: 1\nstatus: x"
        let edits = [edit(7, 8, "BB"), edit(9, 9, "added: 1\n")];
        let positions = [0, 7, 8, 9, 12, 19, 27].map(|at| before(&edits, at));
        assert_eq!(positions, [0, 7, 7, 8, 9, 9, 17]);
    }
}
