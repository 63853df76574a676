//! What is derived from a plan, as expressions see it.

use super::host::{PlanHost, Thing};
use crate::cel::{Content, Read, Value};
use crate::document::Node;
use crate::plan::{Citation, Prose};
use crate::policy::{Collection, DerivedField};

impl<'p> PlanHost<'p> {
    /// How many items a collection has.
    pub(super) fn count(&self, collection: Collection) -> usize {
        match collection {
            Collection::Items => self.items.len(),
            Collection::Citations => self.derived.citations.len(),
            Collection::Texts => self.derived.texts.len(),
        }
    }

    /// The item of a collection at a place; nothing beyond its end.
    pub(super) fn derived_item(&self, collection: Collection, at: usize) -> Read<'p, Thing<'p>> {
        match u32::try_from(at) {
            Ok(number) if at < self.count(collection) => {
                Read::Value(Value::object(Thing::Derived(collection, number)))
            }
            _ => Read::Silent,
        }
    }

    /// A field of an item.
    pub(super) fn derived_field(
        &self,
        collection: Collection,
        at: u32,
        field: DerivedField,
    ) -> Read<'p, Thing<'p>> {
        let thing = Thing::Derived(collection, at);
        let number = |number: Option<u8>| {
            number.map(|number| Value::read(Content::Int(i64::from(number)), thing))
        };
        let text = |text: Option<&'p str>| text.map(|text| Value::text(text, thing));
        let citation = self.derived.citations.get(at as usize);
        let prose = self.derived.texts.get(at as usize);
        let item = self.items.get(at as usize);
        let value = match field {
            DerivedField::ItemNumber => number(item.map(|item| item.number)),
            DerivedField::ItemChapter => number(item.map(|item| item.chapter.unwrap_or_default())),
            DerivedField::CitationTo => text(citation.map(|citation| citation.to.word())),
            DerivedField::CitationVia => text(citation.map(|citation| citation.via)),
            DerivedField::CitationWritten => text(citation.map(|citation| citation.written)),
            DerivedField::CitationId => text(citation.and_then(|citation| citation.id)),
            DerivedField::CitationTitle => text(citation.and_then(|citation| citation.title)),
            DerivedField::CitationSection => text(citation.and_then(|citation| citation.section)),
            DerivedField::TextText => text(prose.map(|prose| prose.node.written())),
            DerivedField::TextSection => text(prose.map(|prose| prose.section)),
            DerivedField::TextKey => text(prose.map(|prose| prose.key)),
            DerivedField::TextChapter => number(prose.and_then(|prose| prose.chapter)),
        };
        value.map_or(Read::Silent, Read::Value)
    }

    /// The node of the plan that a thing is; none of a mandatory item or a whole collection.
    pub(super) fn node_of(&self, thing: Thing<'p>) -> Option<Node<'p>> {
        match thing {
            Thing::Seen { node, .. } => Some(node),
            Thing::Derived(Collection::Citations, at) => {
                let citation: &Citation<'p> = self.derived.citations.get(at as usize)?;
                Some(citation.node)
            }
            Thing::Derived(Collection::Texts, at) => {
                let prose: &Prose<'p> = self.derived.texts.get(at as usize)?;
                Some(prose.node)
            }
            Thing::Derived(Collection::Items, _) | Thing::All(_) => None,
        }
    }
}
