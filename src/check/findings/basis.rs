//! The ground of a judgement: the provision in force, for the body's row.

use std::sync::Arc;

use crate::check::duty::judge::Judgement;
use crate::check::scene::{Scene, Visit};
use crate::document::Node;
use crate::finding::{Basis, Citation, Place, Related};
use crate::policy::{Cite, Grounds, Laws, Policy, Row, Table};
use crate::text::Day;

/// The ground of a judgement: exactly one.
pub(in crate::check) fn ground<'p>(
    scene: &Scene<'p>,
    policy: &Policy,
    judgement: &Judgement<'p>,
    visit: &Visit<'p>,
    places: &[Place],
    related: &[Related],
) -> Basis {
    let format = || Basis::Format {
        rule: Arc::clone(&policy.id),
    };
    let Some(edition) = judgement.edition.or(policy.editions.last()) else {
        return format();
    };
    match &edition.grounds {
        Grounds::Format => format(),
        Grounds::Consistency => {
            let other = related
                .iter()
                .map(|related| &related.place)
                .find(|place| !Arc::ptr_eq(&place.file, &policy.file));
            // Nothing contradicts itself: where no other place is there, it is how the plan is written.
            let own = |place: &Place| {
                places
                    .iter()
                    .any(|own| own.span == place.span && own.file.name() == place.file.name())
            };
            let place = other.filter(|place| !place.path.is_empty() && !own(place));
            place.map_or_else(format, |place| Basis::Consistency(place.clone()))
        }
        Grounds::Law(cites) => {
            let row = scene.row(visit.body.or(scene.plan().bodies().agency()));
            let confidence = edition.confidence.at(row).map_or("memory", |c| c.word());
            let day = judgement.day.max(edition.from);
            let Some(cite) = cites.first() else {
                return format();
            };
            let citation = citation(cite, day, row, visit.item, confidence);
            if cite.law.local {
                Basis::Local(citation)
            } else {
                Basis::Law(citation)
            }
        }
    }
}

/// A citation of a policy on a day, for a row.
pub(in crate::check) fn citation(
    cite: &Cite,
    day: Day,
    row: Row,
    item: Option<u8>,
    confidence: &'static str,
) -> Citation {
    let located = cite.provision.as_ref();
    let located = located.and_then(|provision| provision.on(day));
    let number = |own: &Option<Table<u16>>, located: Option<&Option<Table<u16>>>| {
        let table = own.as_ref().or_else(|| located?.as_ref())?;
        table.at(row).copied()
    };
    let mut citation = cite.law.cited(day);
    citation.article = number(&cite.numbers.article, located.map(|at| &at.article));
    citation.paragraph = number(&cite.numbers.paragraph, located.map(|at| &at.paragraph));
    citation.subparagraph = number(
        &cite.numbers.subparagraph,
        located.map(|at| &at.subparagraph),
    );
    citation.item = number(&cite.numbers.item, located.map(|at| &at.item));
    citation.schedule = number(&cite.numbers.schedule, located.map(|at| &at.schedule));
    if cite.subparagraph_of_item {
        citation.subparagraph = item.map(u16::from);
    }
    citation.row.clone_from(&cite.row);
    citation.confidence = confidence;
    citation
}

/// A citation of a policy as it stands on a day, for a row of its tables.
pub fn cited(cite: &Cite, day: Day, row: Row) -> Citation {
    citation(cite, day, row, None, "")
}

/// Whether a citation of a plan is the one that a policy rests on: the law, and each number that
/// the plan gives.
pub(in crate::check) fn is_cited(
    written: Node<'_>,
    cite: &Cite,
    laws: &Laws,
    day: Day,
    row: Row,
) -> bool {
    let named = written.get("law").map(Node::written);
    let titled = written
        .get("title")
        .and_then(|title| laws.titled(title.written()));
    let law = named
        .or(titled.map(|law| &*law.id))
        .unwrap_or(written.written());
    if law != &*cite.law.id {
        return false;
    }
    let own = cited(cite, day, row);
    let numbers = [
        ("article", own.article),
        ("paragraph", own.paragraph),
        ("subparagraph", own.subparagraph),
        ("schedule", own.schedule),
    ];
    numbers.into_iter().all(|(key, own)| {
        let stated = written.get(key).and_then(Node::as_int);
        stated.is_none_or(|stated| own.is_none_or(|own| i64::from(own) == stated))
    })
}
