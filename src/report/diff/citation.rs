//! Citations in a plan → as a document writes them: 「資通安全管理法 第 12 條」, not the id and numbers.

use super::DiffOptions;
use std::sync::Arc;

use crate::document::Node;
use crate::finding::Citation;
use crate::plan::{Schema, ShapeId};
use crate::text::Localized;

/// The definitions of the schema that say how a law and a document are cited.
const LAW: &str = "law_citation";
const DOCUMENT: &str = "document_citation";
/// What a citation of a law consists of; one that says more is shown field by field.
const PARTS: [&str; 7] = [
    "law",
    "title",
    "article",
    "paragraph",
    "subparagraph",
    "item",
    "schedule",
];

/// The type of what stands under a reserved key, where it cites something.
pub(super) fn shape_under(key: &str, value: Node<'_>, schema: &Schema) -> Option<ShapeId> {
    let name = match key {
        "by_law" => LAW,
        "cite" if value.get("document").is_none() => LAW,
        "delegated_to" | "see" | "cite" => DOCUMENT,
        _ => return None,
    };
    schema.definition(name)
}

/// The law by its name of today with the numbers behind it; `None` where the map is no citation of a
/// law, says more than that, or the law is not known.
pub(super) fn law_cited(
    node: Node<'_>,
    shape: Option<ShapeId>,
    options: DiffOptions<'_>,
) -> Option<String> {
    let is_law = shape.is_some() && shape == options.schema.definition(LAW);
    let is_plain = || node.entries().all(|entry| PARTS.contains(&entry.key));
    if !is_law || !node.is_map() || !is_plain() {
        return None;
    }
    let number = |key| u16::try_from(node.get(key)?.as_int()?).ok();
    let citation = Citation {
        name: name(node, options)?,
        article: number("article"),
        paragraph: number("paragraph"),
        subparagraph: number("subparagraph"),
        item: number("item"),
        schedule: number("schedule"),
        ..Citation::default()
    };
    Some(citation.written_in(options.language))
}

/// What the law is called: by the newest edition, or as the plan prints it.
fn name(node: Node<'_>, options: DiffOptions<'_>) -> Option<Arc<Localized>> {
    match node.get("law") {
        Some(id) => {
            let law = options.laws.get(id.written())?;
            Some(Arc::clone(&law.editions.last()?.name))
        }
        None => Some(Localized::same(node.get("title")?.written()).into()),
    }
}
