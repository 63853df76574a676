//! A plan with its switches put back: grade, sector and scope as they were before a change.
//!
//! In: the plan and what changed. Out: the same plan in which every scalar that decides which duties
//! are owed says what it said. Which those are, the schema says. Rows that came or went are left:
//! policies over changes speak of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::{Change, Pair};
use crate::document::{self, Document, Limits, Node};
use crate::finding::{Edit, Place};
use crate::plan::{Draft, Field, PlanFiles, Schema, Shape, insert, replace};
use crate::text::SourceFile;

/// The plan, and the places of the switches that were put back; `None` where there are none.
pub(super) fn restored(
    files: &PlanFiles,
    changes: &[Change<'_>],
    schema: &Schema,
) -> Option<(PlanFiles, Vec<Place>)> {
    let mut edits: BTreeMap<*const Document, Vec<Edit>> = BTreeMap::new();
    let mut places = Vec::new();
    for change in changes {
        let path = change.path();
        let field = schema
            .resolve(&without_keys(path))
            .map(|id| schema.field(id));
        if !field.is_some_and(|field| is_switch(field, schema)) {
            continue;
        }
        let Some((document, edit)) = edit(change.pair(), last_key(path)) else {
            continue;
        };
        edits.entry(document).or_default().push(edit);
        places.push(change.place().clone());
    }
    if places.is_empty() {
        return None;
    }
    let again = |document: &Document| written(document, edits.get(&std::ptr::from_ref(document)));
    let all = |files: &BTreeMap<String, Document>| {
        let again = files
            .iter()
            .map(|(name, file)| Some((name.clone(), again(file)?)));
        again.collect::<Option<BTreeMap<_, _>>>()
    };
    let files = PlanFiles {
        folder: Arc::clone(&files.folder),
        main: again(&files.main)?,
        sections: all(&files.sections)?,
        annexes: all(&files.annexes)?,
    };
    Some((files, places))
}

/// Whether a field is one value that decides which duties are owed.
fn is_switch(field: &Field, schema: &Schema) -> bool {
    let decides = field.marks.switch || field.marks.concern.is_some();
    decides && matches!(schema.shape(field.shape), Shape::Scalar(_))
}

/// What puts the old value back, and the file it is for.
fn edit<'p>(pair: &Pair<'p>, key: &str) -> Option<(*const Document, Edit)> {
    let of = |node: Node<'p>| std::ptr::from_ref(node.document());
    match (pair.old.node, pair.new.node) {
        (Some(old), Some(new)) => Some((of(new), replace(new, &Draft::of(old)))),
        (Some(old), None) => {
            let near = pair.new.near;
            let value = Draft::Map(vec![(key.to_owned(), Draft::of(old))]);
            Some((of(near), insert(near, &value).filter(|_| near.is_map())?))
        }
        // Nothing stands where a null does.
        (None, Some(new)) => Some((of(new), replace(new, &Draft::Scalar("null".to_owned())))),
        (None, None) => None,
    }
}

/// A file read again with its edits; `None` where it cannot be.
fn written(document: &Document, edits: Option<&Vec<Edit>>) -> Option<Document> {
    let file = document.file();
    let mut text = file.text().to_owned();
    let mut edits: Vec<&Edit> = edits.into_iter().flatten().collect();
    edits.sort_by_key(|edit| edit.span);
    for edit in edits.into_iter().rev() {
        text = edit.apply(&text);
    }
    let file = Arc::new(SourceFile::new(file.name(), text));
    document::parse(&file, Limits::default()).document
}

fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// `bodies[cab].grade` as the schema has it: `bodies.grade`.
fn without_keys(path: &str) -> String {
    let mut depth = 0_usize;
    let kept = path.chars().filter(|character| {
        let inside = depth > 0;
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        !inside && depth == 0
    });
    kept.collect()
}
