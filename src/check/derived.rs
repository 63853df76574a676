//! What is derived from a plan, as expressions see it.

use super::cited_law::CitedLaw;
use super::host::{PlanHost, Thing};
use crate::cel::{Content, Read, Value};
use crate::document::Node;
use crate::plan::{Citation, Prose, Reference};
use crate::policy::{Collection, DerivedField};
use crate::text::DateRange;

impl<'p> PlanHost<'p> {
    /// How many items a collection has.
    pub(super) fn count(&self, collection: Collection) -> usize {
        match collection {
            Collection::Items => self.items.len(),
            Collection::Citations => self.derived.citations.len(),
            Collection::Texts => self.derived.texts.len(),
            Collection::Delegations => self.delegations.borrow().len(),
            Collection::Changes => self.before.map_or(0, |before| before.changes.all.len()),
            Collection::Notes => self.before.map_or(0, |before| before.notes.all.len()),
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
        let delegation = self.delegations.borrow().get(at as usize).copied();
        let date =
            |date: Option<DateRange>| date.map(|date| Value::read(Content::Date(date), thing));
        let value = match field {
            DerivedField::ItemNumber => number(item.map(|item| item.number)),
            DerivedField::ItemChapter => number(item.map(|item| item.chapter.unwrap_or_default())),
            DerivedField::CitationTo => text(citation.map(|citation| citation.to.word())),
            DerivedField::CitationVia => text(citation.map(|citation| citation.via)),
            DerivedField::CitationWritten => text(citation.map(|citation| citation.written)),
            DerivedField::CitationId => text(citation.and_then(|citation| citation.id)),
            DerivedField::CitationTitle => text(citation.and_then(|citation| citation.title)),
            DerivedField::CitationSection => text(citation.and_then(|citation| citation.section)),
            DerivedField::CitationLaw
            | DerivedField::CitationFullName
            | DerivedField::CitationNameThen
            | DerivedField::CitationNameNow
            | DerivedField::CitationArticle
            | DerivedField::CitationArticleThen
            | DerivedField::CitationArticleNow => {
                citation.and_then(|&citation| self.of_law(citation, thing, field))
            }
            DerivedField::CitationNameMeant => {
                let title = citation.filter(|citation| citation.to == Reference::Law);
                text(title.and_then(|citation| self.laws.name_meant(citation.title?)))
            }
            DerivedField::TextText => text(prose.map(|prose| prose.node.written())),
            DerivedField::TextSection => text(prose.map(|prose| prose.section)),
            DerivedField::TextKey => text(prose.map(|prose| prose.key)),
            DerivedField::TextChapter => number(prose.and_then(|prose| prose.chapter)),
            DerivedField::DelegationPolicy => text(delegation.map(|delegation| delegation.policy)),
            DerivedField::DelegationDuty => text(delegation.map(|delegation| delegation.title)),
            DerivedField::DelegationDocument => {
                text(delegation.map(|delegation| delegation.citation.written))
            }
            DerivedField::DelegationIssued => {
                date(delegation.and_then(|delegation| delegation.issued))
            }
            DerivedField::DelegationChangedOn => {
                date(delegation.map(|delegation| DateRange::day(delegation.changed_on)))
            }
            _ => self.before.and_then(|before| before.field(thing, field)),
        };
        value.map_or(Read::Silent, Read::Value)
    }

    /// A field of a citation of a law that the packs know.
    fn of_law(
        &self,
        citation: Citation<'p>,
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        if citation.to != Reference::Law {
            return None;
        }
        let law = CitedLaw::of(citation, self.laws, self.issued, self.row)?;
        let day = self.day.get();
        let article = match field {
            DerivedField::CitationLaw => return Some(Value::text(law.id(), thing)),
            DerivedField::CitationFullName => {
                return Some(Value::read(Content::Bool(law.is_full_name()), thing));
            }
            DerivedField::CitationNameThen => {
                return law.name_then().map(|name| Value::text(name, thing));
            }
            DerivedField::CitationNameNow => {
                return day.map(|day| Value::text(law.name_on(day), thing));
            }
            DerivedField::CitationArticle => law.article(),
            DerivedField::CitationArticleThen => law.article_then(),
            _ => day.and_then(|day| law.article_on(day)),
        };
        article.map(|article| Value::read(Content::Int(article), thing))
    }

    /// The node of the plan that a thing is; none of a mandatory item or a whole collection.
    pub(super) fn node_of(&self, thing: Thing<'p>) -> Option<Node<'p>> {
        match thing {
            Thing::Seen { node, .. } | Thing::Was { node, .. } => Some(node),
            Thing::Derived(Collection::Changes, at) => {
                Some(self.before?.change(at)?.pair().shown().nearest())
            }
            Thing::Derived(Collection::Notes, at) => {
                Some(self.before?.notes.all.get(at as usize)?.node)
            }
            Thing::Derived(Collection::Citations, at) => {
                let citation: &Citation<'p> = self.derived.citations.get(at as usize)?;
                Some(citation.node)
            }
            Thing::Derived(Collection::Texts, at) => {
                let prose: &Prose<'p> = self.derived.texts.get(at as usize)?;
                Some(prose.node)
            }
            Thing::Derived(Collection::Delegations, at) => {
                let delegations = self.delegations.borrow();
                Some(delegations.get(at as usize)?.citation.node)
            }
            Thing::Derived(Collection::Items, _) | Thing::All(_) => None,
        }
    }
}
