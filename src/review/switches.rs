//! A plan with its own switches turned back: what a change may not loosen before it is approved.
//!
//! Grade, sector, the day of grading, the status of a body and the agency decide which duties a plan
//! has. A change could turn them, and be judged by what it says itself. So the plan is also read as
//! it would be with those values as they were, by writing them back into its text; what is found
//! there is told at the lines of the plan as proposed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::{Change, Kind, Pair};
use crate::document::{self, Document, Limits, Node};
use crate::finding::{Basis, Edit, Finding, Place};
use crate::plan::{Draft, PlanFiles, insert, replace};
use crate::text::{Localized, SourceFile, Span};

/// What [`Bodies`](crate::plan::Bodies) reads, and so what decides which duties there are.
const SWITCHES: [&str; 5] = [
    "header.agency",
    "bodies.sector",
    "bodies.grade",
    "bodies.graded_on",
    "bodies.status",
];

/// A plan as proposed, but for its switches.
#[derive(Debug)]
pub(super) struct TurnedBack {
    /// Its files.
    pub(super) files: PlanFiles,
    /// The edits of each file, by its name, in the order of the file.
    edits: BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)>,
}

impl TurnedBack {
    /// Writes back the switches that changed; `None` where none did, or where the plan that comes
    /// out cannot be read.
    pub(super) fn of(changes: &[Change<'_>], new: &PlanFiles) -> Option<Self> {
        let mut edits: BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)> = BTreeMap::new();
        for change in changes.iter().filter(|change| is_switch(change)) {
            for pair in &change.pairs {
                let Some((node, edit)) = back(pair) else {
                    continue;
                };
                let file = node.document().file();
                let entry = edits.entry(file.name().to_owned());
                let (_, own) = entry.or_insert_with(|| (Arc::clone(file), Vec::new()));
                own.push(edit);
            }
        }
        if edits.is_empty() {
            return None;
        }
        for (_, own) in edits.values_mut() {
            own.sort_by_key(|edit| (edit.span.start, edit.span.end));
            own.dedup_by(|later, earlier| later.span.start < earlier.span.end);
        }
        let again = |document: &Document| read_again(document, &edits);
        let all = |documents: &BTreeMap<String, Document>| {
            let documents = documents.iter();
            let read = documents.map(|(name, document)| Some((name.clone(), again(document)?)));
            read.collect::<Option<BTreeMap<String, Document>>>()
        };
        let files = PlanFiles {
            folder: Arc::clone(&new.folder),
            main: again(&new.main)?,
            sections: all(&new.sections)?,
            annexes: all(&new.annexes)?,
        };
        Some(Self { files, edits })
    }

    /// A finding of it, at the lines of the plan as proposed.
    pub(super) fn told(&self, mut finding: Finding) -> Finding {
        self.put_back(&mut finding.place);
        finding.related.clear();
        if let Basis::Consistency(place) = &mut finding.basis {
            self.put_back(place);
        }
        // Lines to write were made for another text.
        finding.write = None;
        let message = &finding.message;
        finding.message = Localized::new(
            format!("{}（變更核准前，仍依原等級及機關資料檢核）", message.zh_tw),
            format!(
                "{} (judged by the grade and the bodies as they were, until the change is approved)",
                message.en
            ),
        );
        finding
    }

    fn put_back(&self, place: &mut Place) {
        let Some((file, edits)) = self.edits.get(place.file.name()) else {
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

/// Whether a change turns a switch, or takes a body away.
fn is_switch(change: &Change<'_>) -> bool {
    let path = without_keys(change.path());
    let is_of_a_body = || path == "bodies" && change.kind == Kind::Removed;
    SWITCHES.contains(&path.as_str()) || is_of_a_body()
}

/// `bodies[jia].grade` → `bodies.grade`.
fn without_keys(path: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => bare.push(other),
            _ => {}
        }
    }
    bare
}

/// The edit of the new side that makes it what it was.
fn back<'p>(pair: &Pair<'p>) -> Option<(Node<'p>, Edit)> {
    match (pair.old.node, pair.new.node) {
        (Some(old), Some(new)) => Some((new, replace(new, &Draft::of(old)))),
        (None, Some(new)) => Some((new, replace(new, &Draft::Scalar("null".to_owned())))),
        (Some(old), None) => {
            let near = pair.new.near;
            let draft = if near.is_list() {
                Draft::of(old)
            } else {
                let key = pair.old.place.path.rsplit('.').next()?;
                Draft::Map(vec![(key.to_owned(), Draft::of(old))])
            };
            Some((near, insert(near, &draft)?))
        }
        (None, None) => None,
    }
}

/// The document as it is with its edits; `None` where it cannot be read to its end.
fn read_again(
    document: &Document,
    edits: &BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)>,
) -> Option<Document> {
    let file = document.file();
    let file = match edits.get(file.name()) {
        None => Arc::clone(file),
        Some((_, edits)) => {
            let text = edits
                .iter()
                .rev()
                .fold(file.text().to_owned(), |text, edit| edit.apply(&text));
            Arc::new(SourceFile::new(file.name(), text))
        }
    };
    let parsed = document::parse(&file, Limits::default());
    parsed.document.filter(Document::is_complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_loses_its_keys() {
        assert_eq!(without_keys("bodies[a.b].grade"), "bodies.grade");
        assert_eq!(without_keys("header.agency"), "header.agency");
    }

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
