//! What is derived from a plan, as expressions see it.

use crate::cel::{Content, Read, Value};
use crate::check::scene::cited_law::{CitedLaw, Named};
use crate::check::scene::delegations::Delegation;
use crate::check::scene::host::{PlanHost, Thing};
use crate::document::Node;
use crate::plan::{Citation, Item, Prose, Reference};
use crate::policy::{Collection, DerivedField};
use crate::text::{DateRange, Language};

impl<'p> PlanHost<'p> {
    /// How many items a collection has.
    pub(in crate::check) fn count(&self, collection: Collection) -> usize {
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
    pub(in crate::check) fn derived_item(
        &self,
        collection: Collection,
        at: usize,
    ) -> Read<'p, Thing<'p>> {
        match u32::try_from(at) {
            Ok(number) if at < self.count(collection) => {
                Read::Value(Value::object(Thing::Derived(collection, number)))
            }
            _ => Read::Silent,
        }
    }

    /// A field of an item.
    pub(in crate::check) fn derived_field(
        &self,
        collection: Collection,
        at: u32,
        field: DerivedField,
    ) -> Read<'p, Thing<'p>> {
        let thing = Thing::Derived(collection, at);
        let at = at as usize;
        let value = match collection {
            Collection::Citations => {
                let citation = self.derived.citations.get(at);
                citation.and_then(|citation| self.of_citation((at, citation), thing, field))
            }
            Collection::Texts => {
                let prose = self.derived.texts.get(at);
                prose.and_then(|prose| of_prose(prose, thing, field))
            }
            Collection::Items => {
                let item = self.items.get(at);
                item.and_then(|item| of_item(item, thing, field))
            }
            Collection::Delegations => {
                let delegations = self.delegations.borrow();
                let delegation = delegations.get(at);
                delegation.and_then(|delegation| of_delegation(delegation, thing, field))
            }
            Collection::Changes | Collection::Notes => {
                self.before.and_then(|before| before.field(thing, field))
            }
        };
        value.map_or(Read::Silent, Read::Value)
    }

    fn of_citation(
        &self,
        (at, citation): (usize, &Citation<'p>),
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        let text = match field {
            field if is_written(field) => written(citation, field),
            DerivedField::CitationNameMeant if citation.to == Reference::Law => {
                citation.title.and_then(|title| self.laws.name_meant(title))
            }
            DerivedField::CitationNameMeant => None,
            _ => return self.of_law((at, citation), thing, field),
        };
        text.map(|text| Value::text(text, thing))
    }

    /// A field of a citation of a law that the packs know.
    fn of_law(
        &self,
        (at, citation): (usize, &Citation<'p>),
        thing: Thing<'p>,
        field: DerivedField,
    ) -> Option<Value<'p, Thing<'p>>> {
        if citation.to != Reference::Law {
            return None;
        }
        let named = || Named::of(citation, self.laws, self.issued);
        let named = self.named.get(at)?.get_or_init(named);
        let law = CitedLaw::of((*named)?, *citation, self.row);
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

    /// What a reader is shown for a text of a derived thing that expressions know by a path or in one
    /// language: what a change is called, the title of a duty.
    pub(in crate::check) fn in_words(
        &self,
        thing: Thing<'p>,
        text: &str,
        language: Language,
    ) -> Option<String> {
        let (known, told) = match thing {
            Thing::Derived(Collection::Changes, at) => {
                let change = self.before?.change(at)?;
                let title = change.title().get(language).to_owned();
                (&**change.path(), title)
            }
            Thing::Derived(Collection::Delegations, at) => {
                let delegations = self.delegations.borrow();
                let title = delegations.get(at as usize)?.title;
                (&*title.zh_tw, title.get(language).to_owned())
            }
            _ => return None,
        };
        (known == text && !told.is_empty()).then_some(told)
    }

    /// The node of the plan that a thing is; none of a mandatory item or a whole collection.
    pub(in crate::check) fn node_of(&self, thing: Thing<'p>) -> Option<Node<'p>> {
        match thing {
            Thing::Seen { spot, .. } => Some(self.plan.at(spot)),
            Thing::Was { spot, .. } => Some(self.before?.host.plan.at(spot)),
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
            Thing::Derived(Collection::Items, _) | Thing::All(_) | Thing::Assumed(_) => None,
        }
    }
}

/// Whether a field stands in the citation itself; the others have to be found out.
fn is_written(field: DerivedField) -> bool {
    use DerivedField::{
        CitationId, CitationSection, CitationTitle, CitationTo, CitationVia, CitationWritten,
    };
    matches!(
        field,
        CitationTo | CitationVia | CitationWritten | CitationId | CitationTitle | CitationSection
    )
}

/// What stands in the citation itself, where it states it.
pub(in crate::check) fn written<'p>(
    citation: &Citation<'p>,
    field: DerivedField,
) -> Option<&'p str> {
    match field {
        DerivedField::CitationTo => Some(citation.to.word()),
        DerivedField::CitationVia => Some(citation.via),
        DerivedField::CitationWritten => Some(citation.written),
        DerivedField::CitationId => citation.id,
        DerivedField::CitationTitle => citation.title,
        DerivedField::CitationSection => citation.section,
        _ => None,
    }
}

fn of_prose<'p>(
    prose: &Prose<'p>,
    thing: Thing<'p>,
    field: DerivedField,
) -> Option<Value<'p, Thing<'p>>> {
    let text = match field {
        DerivedField::TextText => prose.node.written(),
        DerivedField::TextSection => prose.section,
        DerivedField::TextKey => prose.key,
        DerivedField::TextChapter => return prose.chapter.map(|number| figure(number, thing)),
        _ => return None,
    };
    Some(Value::text(text, thing))
}

fn of_item<'p>(item: &Item, thing: Thing<'p>, field: DerivedField) -> Option<Value<'p, Thing<'p>>> {
    match field {
        DerivedField::ItemNumber => Some(figure(item.number, thing)),
        DerivedField::ItemChapter => Some(figure(item.chapter.unwrap_or_default(), thing)),
        _ => None,
    }
}

fn of_delegation<'p>(
    delegation: &Delegation<'p>,
    thing: Thing<'p>,
    field: DerivedField,
) -> Option<Value<'p, Thing<'p>>> {
    let date = |date| Value::read(Content::Date(date), thing);
    let text = match field {
        DerivedField::DelegationPolicy => delegation.policy,
        DerivedField::DelegationDuty => &delegation.title.zh_tw,
        DerivedField::DelegationDocument => delegation.citation.written,
        DerivedField::DelegationIssued => return delegation.issued.map(date),
        DerivedField::DelegationChangedOn => {
            return Some(date(DateRange::day(delegation.changed_on)));
        }
        _ => return None,
    };
    Some(Value::text(text, thing))
}

fn figure(number: u8, thing: Thing<'_>) -> Value<'_, Thing<'_>> {
    Value::read(Content::Int(number.into()), thing)
}
